// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/recentrow.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/words.h"

#include <QContextMenuEvent>
#include <QDir>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kRecentRowHeight = 52;
constexpr int kNameLeft = 40;

QString shortPath(const QString &path)
{
    const QString home = QDir::homePath();
    return path == home || path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

} // namespace

RecentRow::RecentRow(const RecentFolder &folder, const QDateTime &now, QWidget *parent)
    : QAbstractButton(parent), m_name(QDir(folder.path).dirName()), m_place(shortPath(folder.path)), m_isMissing(folder.isMissing),
      m_more(makeIconButton(u"more"_s, tr("What can be done with it"), this))
{
    m_more->setObjectName(u"recentMore"_s);
    m_more->setFixedSize(28, 28);
    m_more->hide();
    m_more->installEventFilter(this);
    connect(m_more, &QToolButton::clicked, this, [this] { showMenu(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    if (m_name.isEmpty())
        m_name = folder.path;
    const qint64 days = folder.opened.date().daysTo(now.date());
    if (folder.isMissing)
        m_state = tr("Not found");
    else if (folder.isOpen)
        m_state = tr("Open now");
    else if (days <= 0)
        m_state = timeOfDay(folder.opened.time());
    else if (days == 1)
        m_state = tr("Yesterday");
    else
        m_state = QLocale().toString(folder.opened.date(), QLocale::ShortFormat);
    setText(m_name);
    //: Spoken name of a row in the list of recent folders; %1 is a folder's name, %2 its path, %3 a time or a state
    setAccessibleName(tr("%1, %2, %3").arg(m_name, folder.path, m_state));
    setToolTip(folder.path);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RecentRow::sizeHint() const
{
    return {280, kRecentRowHeight};
}

void RecentRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (underMouse() || isDown())
        drawPanel(painter, rect(), kControlRadius, Theme::color(isDown() ? Role::Selected : Role::Hover), {});
    if (hasFocus())
        drawFocusRing(painter, rect(), kControlRadius);
    Icons::paint(painter, QRect(12, 10, 16, 16), u"folder"_s, Theme::color(m_isMissing ? Role::DisabledText : Role::SecondaryText));
    const QFont small = Theme::font(TextSize::Small);
    const int stateWidth = QFontMetrics(small).horizontalAdvance(m_state);
    const QRect nameRect(kNameLeft, 7, width() - kNameLeft - stateWidth - 24, 20);
    const QFont bold = Theme::font(TextSize::Normal, true);
    painter.setFont(bold);
    painter.setPen(Theme::color(m_isMissing ? Role::SecondaryText : Role::Text));
    painter.drawText(nameRect, Qt::AlignVCenter | Qt::AlignLeading, QFontMetrics(bold).elidedText(m_name, Qt::ElideRight, nameRect.width()));
    painter.setFont(small);
    painter.setPen(Theme::color(m_isMissing ? Role::Warning : Role::SecondaryText));
    // The button takes the state's place while it is there.
    if (!m_more->isVisible())
        painter.drawText(QRect(width() - stateWidth - 12, 7, stateWidth, 20), Qt::AlignVCenter | Qt::AlignTrailing, m_state);
    painter.setPen(Theme::color(Role::SecondaryText));
    const QRect placeRect(kNameLeft, 26, width() - (m_more->isVisible() ? 88 : 52), 18);
    painter.drawText(placeRect, Qt::AlignVCenter | Qt::AlignLeading,
                     QFontMetrics(small).elidedText(m_place, Qt::ElideMiddle, placeRect.width()));
}

void RecentRow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Delete:
        Q_EMIT forgetRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    case Qt::Key_Down:
        focusNextChild();
        return;
    case Qt::Key_Up:
        focusPreviousChild();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void RecentRow::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    showMenu(byKey ? mapToGlobal(QPoint(kNameLeft, height())) : event->globalPos());
}

void RecentRow::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"recentMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *open = menu->addAction(tr("Open"));
    open->setEnabled(!m_isMissing);
    connect(open, &QAction::triggered, this, &QAbstractButton::click);
    QAction *share = menu->addAction(tr("Open and Share…"));
    share->setEnabled(!m_isMissing);
    connect(share, &QAction::triggered, this, &RecentRow::shareRequested);
    menu->addSeparator();
    connect(menu->addAction(tr("Remove from This List")), &QAction::triggered, this, &RecentRow::forgetRequested);
    menu->popup(position);
}

void RecentRow::refreshMore()
{
    m_more->setVisible(underMouse() || hasFocus() || m_more->hasFocus());
    update();
}

void RecentRow::refreshMoreSoon()
{
    // When the focus has arrived, which may be from the row on its button or back.
    QMetaObject::invokeMethod(this, &RecentRow::refreshMore, Qt::QueuedConnection);
}

void RecentRow::resizeEvent(QResizeEvent *)
{
    m_more->move(width() - m_more->width() - 8, (height() - m_more->height()) / 2);
}

void RecentRow::enterEvent(QEnterEvent *)
{
    refreshMore();
}

void RecentRow::leaveEvent(QEvent *)
{
    refreshMore();
}

void RecentRow::focusInEvent(QFocusEvent *event)
{
    QAbstractButton::focusInEvent(event);
    refreshMore();
}

void RecentRow::focusOutEvent(QFocusEvent *event)
{
    QAbstractButton::focusOutEvent(event);
    refreshMoreSoon();
}

bool RecentRow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut)
        refreshMoreSoon();
    return QAbstractButton::eventFilter(watched, event);
}

} // namespace ui
