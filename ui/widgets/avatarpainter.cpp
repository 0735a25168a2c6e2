// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/avatarpainter.h"

#include "ui/widgets/initials.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace ui {

namespace {

constexpr int kLeastSizeForMarks = 24;

void drawInitials(QPainter &painter, const QRectF &circle, const QString &name, const QColor &ink)
{
    QFont font = Theme::font(TextSize::Normal, true);
    font.setPixelSize(qMax(7, qRound(circle.height() * 0.42)));
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(circle, Qt::AlignCenter, initials(name));
}

// The mark's own disc in the surface colour keeps it apart from whatever colour the person has.
QRectF markDisc(QPainter &painter, const QRectF &circle, bool isUpper, const QColor &surface)
{
    const double size = qMax(10.0, circle.width() * 0.3);
    const QRectF disc(circle.right() - size + 1.5, isUpper ? circle.top() - 1.5 : circle.bottom() - size + 1.5, size, size);
    painter.setPen(Qt::NoPen);
    painter.setBrush(surface);
    painter.drawEllipse(disc.adjusted(-1, -1, 1, 1));
    return disc;
}

void drawCrown(QPainter &painter, const QRectF &disc, const QColor &ink)
{
    const auto at = [&disc](double x, double y) { return QPointF(disc.left() + x * disc.width(), disc.top() + y * disc.height()); };
    QPainterPath crown(at(0.08, 0.86));
    for (const QPointF &point : {at(0.0, 0.26), at(0.28, 0.52), at(0.5, 0.12), at(0.72, 0.52), at(1.0, 0.26), at(0.92, 0.86)})
        crown.lineTo(point);
    crown.closeSubpath();
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPath(crown);
}

void drawEye(QPainter &painter, const QRectF &disc, const QColor &ink)
{
    const QPointF center = disc.center();
    const double half = disc.width() / 2;
    QPainterPath eye(center - QPointF(half, 0));
    eye.quadTo(center - QPointF(0, half * 1.15), center + QPointF(half, 0));
    eye.quadTo(center + QPointF(0, half * 1.15), center - QPointF(half, 0));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, qMax(1.2, disc.width() * 0.11)));
    painter.drawPath(eye);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(center, half * 0.34, half * 0.34);
}

void drawMoon(QPainter &painter, const QRectF &disc, const QColor &ink)
{
    QPainterPath moon;
    moon.addEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5));
    QPainterPath shade;
    shade.addEllipse(disc.translated(disc.width() * 0.38, -disc.height() * 0.22));
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPath(moon.subtracted(shade));
}

void drawTypingDots(QPainter &painter, const QRectF &circle, const QColor &surface, const QColor &ink)
{
    const double radius = qMax(1.5, circle.width() * 0.055);
    const double y = circle.bottom() - radius + 1;
    const QRectF pill(circle.center().x() - radius * 5.6, y - radius * 2, radius * 11.2, radius * 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(surface);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setBrush(ink);
    for (int dot = -1; dot <= 1; ++dot)
        painter.drawEllipse(QPointF(circle.center().x() + dot * radius * 3, y), radius, radius);
}

void drawMarks(QPainter &painter, const QRectF &circle, const Avatar &avatar, const QColor &surface)
{
    if (avatar.isOwner)
        drawCrown(painter, markDisc(painter, circle, false, surface), Theme::color(Role::Text));
    else if (avatar.canOnlyView)
        drawEye(painter, markDisc(painter, circle, false, surface), Theme::color(Role::Text));
    if (avatar.state == Avatar::State::Idle)
        drawMoon(painter, markDisc(painter, circle, true, surface), Theme::color(Role::SecondaryText));
    else if (avatar.isTyping && avatar.state == Avatar::State::Active)
        drawTypingDots(painter, circle, surface, Theme::color(Role::Text));
}

} // namespace

void AvatarPainter::paint(QPainter &painter, const QRectF &rect, const Avatar &avatar, const QColor &surface)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF circle = rect;
    const QColor own = Theme::personColor(avatar.color);
    if (avatar.color >= Theme::kPersonColors && rect.width() >= kAvatarInLists) {
        // The ninth person shares a colour with the first: the second ring tells them apart.
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(own, 1.5));
        painter.drawEllipse(circle.adjusted(0.75, 0.75, -0.75, -0.75));
        circle.adjust(3, 3, -3, -3);
    }
    if (avatar.state == Avatar::State::Disconnected) {
        const QColor grey = Theme::color(Role::SecondaryText);
        painter.setBrush(surface);
        painter.setPen(QPen(grey, 1.5, Qt::DashLine));
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
        drawInitials(painter, circle, avatar.name, grey);
    } else {
        const bool isIdle = avatar.state == Avatar::State::Idle;
        painter.setPen(Qt::NoPen);
        painter.setBrush(isIdle ? Theme::over(own, 0.55, surface) : own);
        painter.drawEllipse(circle);
        const QColor fill = painter.brush().color();
        const QColor ink = Theme::contrast(fill, Theme::personText()) >= 4.5 ? Theme::personText() : Theme::color(Role::Text);
        drawInitials(painter, circle, avatar.name, ink);
    }
    if (rect.width() >= kLeastSizeForMarks)
        drawMarks(painter, rect, avatar, surface);
    painter.restore();
}

void AvatarPainter::paintMore(QPainter &painter, const QRectF &rect, int count, const QColor &surface, bool isHovered)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::over(Theme::color(Role::Text), isHovered ? 0.2 : 0.12, surface));
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    QFont font = Theme::font(TextSize::Small, true);
    font.setPixelSize(qMax(7, qRound(rect.height() * (count > 99 ? 0.34 : 0.4))));
    painter.setFont(font);
    painter.setPen(Theme::color(Role::Text));
    painter.drawText(rect, Qt::AlignCenter, u'+' + QString::number(count));
    painter.restore();
}

int AvatarPainter::paintRow(QPainter &painter, int right, int centerY, const QList<Avatar> &people, int size, const QColor &surface)
{
    if (people.isEmpty())
        return 0;
    const int overlap = 2;
    const int shown = people.size() > 3 ? 2 : static_cast<int>(people.size());
    const int cells = people.size() > 3 ? 3 : shown;
    const int width = cells * size - (cells - 1) * overlap;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (int cell = cells - 1; cell >= 0; --cell) {
        const QRectF rect(right - width + cell * (size - overlap), centerY - size / 2.0, size, size);
        if (cell + 1 < cells) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(surface);
            painter.drawEllipse(rect.adjusted(-1.5, -1.5, 1.5, 1.5));
        }
        if (cell < shown)
            paint(painter, rect, people.at(cell), surface);
        else
            paintMore(painter, rect, static_cast<int>(people.size()) - shown, surface, false);
    }
    painter.restore();
    return width;
}

AvatarView::AvatarView(int size, QWidget *parent) : QWidget(parent), m_size(size)
{
    // Room for the marks, which stand out by a little.
    setFixedSize(size + 4, size + 4);
}

void AvatarView::setAvatar(const Avatar &avatar)
{
    m_avatar = avatar;
    update();
}

QSize AvatarView::sizeHint() const
{
    return {m_size + 4, m_size + 4};
}

void AvatarView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    AvatarPainter::paint(painter, QRectF(2, 2, m_size, m_size), m_avatar, Theme::color(Role::Raised));
}

} // namespace ui
