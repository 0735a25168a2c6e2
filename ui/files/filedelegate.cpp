// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/filedelegate.h"

#include "app/base/displayname.h"
#include "app/client/filetree.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/paint.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QTreeView>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kFileRow = 24;

protocol::FileEntry entryOf(const QModelIndex &index)
{
    return index.data(client::FileTree::EntryRole).value<protocol::FileEntry>();
}

int errorOf(const QModelIndex &index)
{
    return index.data(client::FileTree::ErrorRole).toInt();
}

QString iconNameOf(const QModelIndex &index, bool isExpanded)
{
    if (errorOf(index) != 0)
        return u"warning"_s;
    if (index.data(client::FileTree::IsFolderRole).toBool())
        return isExpanded ? u"folder-open"_s : u"folder"_s;
    return entryOf(index).isLink ? u"link"_s : u"file"_s;
}

} // namespace

FileDelegate::FileDelegate(QTreeView *view, PeopleAt peopleAt)
    : QStyledItemDelegate(view), m_view(view), m_peopleAt(std::move(peopleAt))
{
}

QSize FileDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {120, qMax(kFileRow, QFontMetrics(Theme::font(TextSize::Normal)).height() + 6)};
}

void FileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isFolder = index.data(client::FileTree::IsFolderRole).toBool();
    const bool isExpanded = m_view->isExpanded(index);
    const bool isDimmed = index.data(client::FileTree::IsIgnoredRole).toBool() || entryOf(index).isBroken;
    const bool isSelected = (option.state & QStyle::State_Selected) != 0;
    const bool isHovered = (option.state & QStyle::State_MouseOver) != 0;
    // The mark runs over the whole row, indentation included, so that nested rows do not look like stairs.
    const QRect row(0, option.rect.top(), m_view->viewport()->width(), option.rect.height());
    QColor surface = Theme::color(Role::Panel);
    if (isSelected || isHovered)
        surface = Theme::color(isSelected ? Role::Selected : Role::Hover);
    painter->save();
    const QColor ink = Theme::color(isDimmed ? Role::DisabledText : Role::Text);
    const QRect icon(option.rect.left() + 2, option.rect.center().y() - 7, 16, 16);
    const Role iconRole = errorOf(index) != 0 ? Role::Warning : isDimmed ? Role::DisabledText : Role::SecondaryText;
    Icons::paint(*painter, icon, iconNameOf(index, isExpanded), Theme::color(iconRole));

    const QList<Avatar> people = m_peopleAt(index.data(client::FileTree::PathRole).toByteArray(), isFolder, isExpanded);
    const int used = AvatarPainter::paintRow(*painter, row.right() - 8, row.center().y() + 1, people, kAvatarInTabs, surface);
    const QRect textRect(icon.right() + 8, option.rect.top(), row.right() - icon.right() - 16 - (used > 0 ? used + 8 : 0),
                         option.rect.height());
    painter->setFont(Theme::font(TextSize::Normal));
    painter->setPen(ink);
    painter->drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, textRect.width()));
    painter->restore();
}

bool FileDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString text = base::displayName(index.data(client::FileTree::PathRole).toByteArray());
    if (const int error = errorOf(index); error != 0)
        text = describe({static_cast<base::ErrorCode>(error - 1), {}}, tr("“%1” could not be listed.").arg(text));
    else if (entryOf(index).isBroken)
        text = tr("“%1” is a link to nothing, or to something outside this folder.").arg(text);
    else if (index.data(client::FileTree::IsIgnoredRole).toBool())
        text = tr("%1 (ignored by git)").arg(text);
    QStringList names;
    const bool isFolder = index.data(client::FileTree::IsFolderRole).toBool();
    const auto people = m_peopleAt(index.data(client::FileTree::PathRole).toByteArray(), isFolder, m_view->isExpanded(index));
    for (const Avatar &avatar : people)
        names += visibleName(avatar.name);
    if (!names.isEmpty())
        //: %1 is a path, %2 a list of names of people who have it open
        text = tr("%1\nOpen: %2").arg(text, names.join(u", "_s));
    // Plain text only: names and paths come from other people.
    QToolTip::showText(event->globalPos(), u"<p style=\"white-space:pre-line\">"_s + text.toHtmlEscaped() + u"</p>"_s, view);
    return true;
}

} // namespace ui
