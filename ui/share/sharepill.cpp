// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/share/sharepill.h"

#include "ui/share/sharetext.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/paint.h"

#include <QMenu>
#include <QPainter>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kPillHeight = 24;
constexpr int kMarkWidth = 16;
constexpr int kPillPadding = 10;

} // namespace

SharePill::SharePill(client::Workspace &workspace, QWidget *parent) : QAbstractButton(parent), m_workspace(workspace)
{
    setObjectName(u"sharePill"_s);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &SharePill::press);
    connect(&workspace.sharing(), &client::Sharing::stateChanged, this, &SharePill::refresh);
    connect(&workspace.people(), &client::People::peopleChanged, this, &SharePill::refresh);
    connect(&workspace, &client::Workspace::ended, this, &SharePill::refresh);
    refresh();
}

void SharePill::setMenuActions(const QList<QAction *> &actions)
{
    m_actions = actions;
}

QSize SharePill::sizeHint() const
{
    const bool hasMenu = m_isShared && m_workspace.isOwner();
    return {kPillPadding + kMarkWidth + 4 + fontMetrics().horizontalAdvance(text()) + (hasMenu ? 16 : 0) + kPillPadding, 32};
}

QSize SharePill::minimumSizeHint() const
{
    return sizeHint();
}

void SharePill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF pill(0, (height() - kPillHeight) / 2.0, width(), kPillHeight);
    const QColor surface = Theme::color(Role::Window);
    const bool isHovered = underMouse() && isEnabled();
    if (m_isShared)
        drawPanel(painter, pill, kPillHeight / 2.0, Theme::over(Theme::color(Role::Good), isHovered ? 0.24 : 0.16, surface), {});
    else
        drawPanel(painter, pill, kPillHeight / 2.0, isHovered ? Theme::color(Role::Hover) : QColor(), Theme::color(Role::Outline));
    if (hasFocus())
        drawFocusRing(painter, pill, kPillHeight / 2.0);
    const QColor ink = Theme::color(Role::Text);
    int x = kPillPadding;
    if (m_isShared) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::color(Role::Good));
        painter.drawEllipse(QPointF(x + kMarkWidth / 2.0 - 1, height() / 2.0), 4, 4);
    } else {
        Icons::paint(painter, QRect(x - 1, height() / 2 - 7, 14, 14), m_icon, Theme::color(Role::SecondaryText));
    }
    x += kMarkWidth + 4;
    painter.setPen(ink);
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
    if (m_isShared && m_workspace.isOwner())
        Icons::paint(painter, QRect(width() - kPillPadding - 11, height() / 2 - 6, 12, 12), u"chevron-down"_s,
                     Theme::color(Role::SecondaryText));
}

void SharePill::refresh()
{
    const auto &state = m_workspace.sharing().state();
    const bool isOver = m_workspace.session().state() == client::Session::State::Ended;
    m_isShared = state.has_value() && !isOver;
    m_icon = isOver ? u"stop"_s : u"lock"_s;
    QString words;
    QString hint;
    if (m_workspace.isOwner()) {
        if (m_isShared) {
            //: On the pill at the top; %1 is "View" or "Edit"
            words = tr("Shared · %1").arg(accessWord(state->access));
            hint = tr("This workspace is shared. %1").arg(accessSentence(state->access));
        } else {
            words = tr("Private");
            hint = tr("Nobody else can see this workspace. Press to share it.");
        }
    } else {
        const client::Person you = m_workspace.people().you();
        const auto owner = m_workspace.people().owner();
        const QString access = accessWord(you.participant.access);
        if (isOver) {
            words = tr("Ended");
            hint = tr("This session is over. What you see is the last text.");
        } else if (owner) {
            //: On the pill at the top, for a guest; %1 is the owner's name, %2 "View" or "Edit"
            words = tr("%1's · %2").arg(visibleName(owner->participant.name, 16), access);
            hint = tr("You are a guest of %1.").arg(visibleName(owner->participant.name));
        } else {
            //: On the pill at the top, for a guest; %1 is "View" or "Edit"
            words = tr("Guest · %1").arg(access);
            hint = tr("You are a guest in this workspace.");
        }
        if (words == text())
            return;
    }
    setText(words);
    setToolTip(hint);
    setAccessibleName(words);
    setAccessibleDescription(hint);
    updateGeometry();
    update();
}

void SharePill::press()
{
    if (!m_workspace.isOwner())
        return;
    if (!m_isShared) {
        Q_EMIT shareRequested();
        return;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(u"shareMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_actions);
    menu->popup(mapToGlobal(QPoint(0, height())));
}

} // namespace ui
