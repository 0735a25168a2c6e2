// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tabbutton.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/paint.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kTabHeight = 34;
constexpr int kTabPadding = 12;
constexpr int kCloseSize = 24;
constexpr int kLongestName = 200;

QFont tabFont(bool isPreview)
{
    QFont font = Theme::font(TextSize::Normal);
    font.setItalic(isPreview);
    return font;
}

} // namespace

TabButton::TabButton(QWidget *parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setFixedHeight(kTabHeight);
}

void TabButton::setName(const QString &name)
{
    if (name == m_name)
        return;
    m_name = name;
    refreshName();
}

void TabButton::setPreview(bool isPreview)
{
    if (isPreview == m_isPreview)
        return;
    m_isPreview = isPreview;
    refreshName();
}

void TabButton::setUnsaved(bool isUnsaved)
{
    if (isUnsaved == m_isUnsaved)
        return;
    m_isUnsaved = isUnsaved;
    refreshName();
}

void TabButton::setPeople(const QList<Avatar> &people)
{
    if (people == m_people)
        return;
    m_people = people;
    refreshName();
}

void TabButton::setCurrent(bool isCurrent)
{
    m_isCurrent = isCurrent;
    setChecked(isCurrent);
    update();
}

void TabButton::refreshName()
{
    QStringList names;
    for (const Avatar &avatar : std::as_const(m_people))
        names += visibleName(avatar.name);
    QString spoken = m_name;
    if (m_isUnsaved)
        //: Spoken name of a tab; %1 is a file's name
        spoken = tr("%1, not saved").arg(spoken);
    if (!names.isEmpty())
        //: Spoken name of a tab; %1 is a file's name, %2 a list of people
        spoken = tr("%1, open by %2").arg(spoken, names.join(u", "_s));
    setText(m_name);
    setAccessibleName(spoken);
    updateGeometry();
    update();
}

int TabButton::peopleWidth() const
{
    const int cells = qMin<int>(3, static_cast<int>(m_people.size()));
    return cells == 0 ? 0 : cells * kAvatarInTabs - (cells - 1) * 2 + 8;
}

QSize TabButton::sizeHint() const
{
    const int text = qMin(kLongestName, QFontMetrics(tabFont(m_isPreview)).horizontalAdvance(m_name));
    return {kTabPadding + text + peopleWidth() + 4 + kCloseSize + 4, kTabHeight};
}

QRect TabButton::closeRect() const
{
    return {width() - kCloseSize - 4, (height() - kCloseSize) / 2, kCloseSize, kCloseSize};
}

bool TabButton::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip)
        setToolTip(closeRect().contains(static_cast<QHelpEvent *>(event)->pos()) ? tr("Close") : accessibleName());
    return QAbstractButton::event(event);
}

void TabButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor surface = Theme::color(m_isCurrent ? Role::Editor : Role::Window);
    if (!m_isCurrent && underMouse())
        surface = Theme::color(Role::Hover);
    painter.fillRect(rect(), surface);
    painter.fillRect(width() - 1, 0, 1, height(), Theme::color(Role::Hairline));
    if (m_isCurrent)
        painter.fillRect(0, 0, width() - 1, 2, Theme::color(Role::Accent));
    else
        painter.fillRect(0, height() - 1, width(), 1, Theme::color(Role::Hairline));
    const QFont font = tabFont(m_isPreview);
    painter.setFont(font);
    painter.setPen(Theme::color(m_isCurrent ? Role::Text : Role::SecondaryText));
    const int textRight = closeRect().left() - 4 - peopleWidth();
    const QRect textRect(kTabPadding, 0, textRight - kTabPadding, height());
    painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     QFontMetrics(font).elidedText(m_name, Qt::ElideMiddle, textRect.width() + 1));
    if (!m_people.isEmpty())
        AvatarPainter::paintRow(painter, closeRect().left() - 2, height() / 2, m_people, kAvatarInTabs, surface);
    // One place for both: the dot says unsaved, the pointer turns it into the cross.
    if (underMouse() || hasFocus() || (m_isCurrent && !m_isUnsaved)) {
        if (m_isOverClose)
            drawPanel(painter, closeRect().adjusted(2, 2, -2, -2), kControlRadius, Theme::color(Role::Selected), {});
        Icons::paint(painter, closeRect().adjusted(5, 5, -5, -5), u"close"_s, Theme::color(Role::SecondaryText));
    } else if (m_isUnsaved) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::color(Role::SecondaryText));
        painter.drawEllipse(QRectF(closeRect()).center(), 4, 4);
    }
    if (hasFocus())
        drawFocusRing(painter, QRectF(rect()).adjusted(1, 1, -2, -1), kControlRadius);
}

void TabButton::mousePressEvent(QMouseEvent *event)
{
    m_closePressed = event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && closeRect().contains(event->position().toPoint()));
    // As everywhere, a tab is taken on press, so that the file is there before the finger is up again.
    if (!m_closePressed && event->button() == Qt::LeftButton)
        Q_EMIT clicked();
    event->accept();
}

void TabButton::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_closePressed && rect().contains(event->position().toPoint())
        && (event->button() == Qt::MiddleButton || closeRect().contains(event->position().toPoint())))
        Q_EMIT closeRequested();
    m_closePressed = false;
    event->accept();
}

void TabButton::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (!closeRect().contains(event->position().toPoint()))
        Q_EMIT keepRequested();
}

void TabButton::mouseMoveEvent(QMouseEvent *event)
{
    const bool isOver = closeRect().contains(event->position().toPoint());
    if (isOver != m_isOverClose) {
        m_isOverClose = isOver;
        update();
    }
}

void TabButton::leaveEvent(QEvent *)
{
    m_isOverClose = false;
    update();
}

void TabButton::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Close")), &QAction::triggered, this, &TabButton::closeRequested);
    if (m_isPreview)
        connect(menu->addAction(tr("Keep Open")), &QAction::triggered, this, &TabButton::keepRequested);
    menu->popup(event->globalPos());
}

} // namespace ui
