// SPDX-License-Identifier: GPL-3.0-or-later
// The painting half of Style.
#include "ui/widgets/style.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QWidget>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

void strokePath(QPainter *painter, const QPainterPath &path, const QColor &color, double width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(path);
    painter->restore();
}

void drawCheck(QPainter *painter, const QRectF &rect, const QColor &color)
{
    QPainterPath path(rect.topLeft() + QPointF(rect.width() * 0.22, rect.height() * 0.52));
    path.lineTo(rect.topLeft() + QPointF(rect.width() * 0.42, rect.height() * 0.72));
    path.lineTo(rect.topLeft() + QPointF(rect.width() * 0.78, rect.height() * 0.30));
    strokePath(painter, path, color, 1.5);
}

void drawChevron(QPainter *painter, const QPointF &center, bool pointsDown, const QColor &color)
{
    QPainterPath path;
    if (pointsDown) {
        path.moveTo(center + QPointF(-3.5, -1.75));
        path.lineTo(center + QPointF(0, 1.75));
        path.lineTo(center + QPointF(3.5, -1.75));
    } else {
        path.moveTo(center + QPointF(-1.75, -3.5));
        path.lineTo(center + QPointF(1.75, 0));
        path.lineTo(center + QPointF(-1.75, 3.5));
    }
    strokePath(painter, path, color, 1.5);
}

} // namespace

void Style::drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const bool isEnabled = (option->state & State_Enabled) != 0;
    const bool isHovered = isEnabled && (option->state & State_MouseOver) != 0;
    const bool isDown = (option->state & (State_Sunken | State_On)) != 0;
    const bool isFlat = button != nullptr && (button->features & QStyleOptionButton::Flat) != 0;
    const bool isDefault = isEnabled && button != nullptr && (button->features & QStyleOptionButton::DefaultButton) != 0;
    const bool isLink = widget != nullptr && widget->property("tone").toString() == "link"_L1;
    if (isLink) {
        const QRect line(option->rect.left() + 1, option->rect.center().y() + 9, option->rect.width() - 2, 1);
        if (isHovered || isDown)
            painter->fillRect(line, Theme::color(Role::Accent));
    } else if (isFlat) {
        if (isHovered || isDown)
            drawPanel(*painter, option->rect, kControlRadius, Theme::color(isDown ? Role::Selected : Role::Hover), {});
    } else if (isDefault) {
        QColor fill = Theme::color(Role::Accent);
        if (isHovered || isDown)
            fill = Theme::over(Theme::color(Role::Text), isDown ? 0.22 : 0.10, fill);
        drawPanel(*painter, option->rect, kControlRadius, fill, {});
    } else {
        const Role fill = isDown ? Role::Selected : isHovered ? Role::Hover : isEnabled ? Role::Raised : Role::Window;
        const QColor edge = Theme::isHighContrast() ? Theme::color(Role::Text)
                                                    : Theme::over(Theme::color(Role::Outline), isEnabled ? 0.55 : 0.3,
                                                                  Theme::color(Role::Raised));
        drawPanel(*painter, option->rect, kControlRadius, Theme::color(fill), edge);
    }
}

void Style::drawField(const QStyleOption *option, QPainter *painter) const
{
    const bool isEnabled = (option->state & State_Enabled) != 0;
    const bool hasFocus = isEnabled && (option->state & State_HasFocus) != 0;
    const bool isReadOnly = (option->state & State_ReadOnly) != 0;
    const QColor fill = Theme::color(isEnabled && !isReadOnly ? Role::Editor : Role::Window);
    drawPanel(*painter, option->rect, kControlRadius, fill, Theme::color(isEnabled ? Role::Outline : Role::Hairline));
    if (hasFocus)
        drawFocusRing(*painter, option->rect, kControlRadius);
}

void Style::drawMenuItem(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (item == nullptr)
        return;
    const QRect row = item->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(row.left(), row.center().y(), row.width(), 1), Theme::color(Role::Hairline));
        return;
    }
    const bool isEnabled = (item->state & State_Enabled) != 0;
    if ((item->state & State_Selected) != 0 && isEnabled)
        drawPanel(*painter, row, kControlRadius, Theme::color(Role::Selected), {});
    const QColor ink = Theme::color(isEnabled ? Role::Text : Role::DisabledText);
    const QColor softInk = Theme::color(isEnabled ? Role::SecondaryText : Role::DisabledText);
    const QRect mark(visualRect(item->direction, row, QRect(row.left() + 8, row.center().y() - 7, 16, 16)));
    if (item->checkType != QStyleOptionMenuItem::NotCheckable && item->checked) {
        if (item->checkType == QStyleOptionMenuItem::Exclusive) {
            drawPanel(*painter, QRectF(mark).adjusted(5, 5, -5, -5), 3, ink, {});
        } else {
            drawCheck(painter, mark, ink);
        }
    } else if (!item->icon.isNull()) {
        item->icon.paint(painter, mark, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    }
    const QRect textRect = visualRect(item->direction, row, row.adjusted(32, 0, -24, 0));
    const qsizetype tab = item->text.indexOf(u'\t');
    const int mnemonic = styleHint(SH_UnderlineShortcut, option, nullptr, nullptr) != 0 ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    painter->setFont(item->font);
    painter->setPen(ink);
    painter->drawText(textRect, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine | mnemonic,
                      tab < 0 ? item->text : item->text.left(tab));
    if (tab >= 0) {
        painter->setPen(softInk);
        painter->drawText(textRect.adjusted(0, 0, 12, 0), Qt::AlignVCenter | Qt::AlignTrailing | Qt::TextSingleLine,
                          item->text.mid(tab + 1));
    }
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        drawChevron(painter, QPointF(row.right() - 12, row.center().y() + 0.5), false, softInk);
}

void Style::drawMenuBarItem(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (item == nullptr)
        return;
    const bool isEnabled = (item->state & State_Enabled) != 0;
    if (isEnabled && (item->state & (State_Selected | State_Sunken)) != 0)
        drawPanel(*painter, item->rect, kControlRadius, Theme::color(Role::Selected), {});
    const int mnemonic = styleHint(SH_UnderlineShortcut, option, nullptr, nullptr) != 0 ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    painter->setPen(Theme::color(isEnabled ? Role::Text : Role::DisabledText));
    painter->drawText(item->rect, Qt::AlignCenter | Qt::TextSingleLine | mnemonic, item->text);
}

void Style::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (bar == nullptr || bar->maximum <= bar->minimum)
        return;
    const bool isActive = (bar->state & State_MouseOver) != 0 || (bar->activeSubControls & SC_ScrollBarSlider) != 0;
    const bool isHeld = isActive && (bar->state & State_Sunken) != 0;
    const QRectF handle = subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, nullptr);
    const double gap = isActive ? 2 : 3;
    const QRectF shape = bar->orientation == Qt::Horizontal ? handle.adjusted(2, gap, -2, -gap) : handle.adjusted(gap, 2, -gap, -2);
    const QColor color = Theme::over(Theme::color(Role::Outline), isHeld ? 1.0 : isActive ? 0.8 : 0.45, Theme::color(Role::Panel));
    drawPanel(*painter, shape, qMin(shape.width(), shape.height()) / 2, color, {});
}

void Style::drawComboBox(const QStyleOptionComplex *option, QPainter *painter) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (combo == nullptr)
        return;
    const bool isEnabled = (combo->state & State_Enabled) != 0;
    const bool isHovered = isEnabled && (combo->state & State_MouseOver) != 0;
    const QColor fill = Theme::color(!isEnabled ? Role::Window : isHovered ? Role::Hover : Role::Raised);
    drawPanel(*painter, combo->rect, kControlRadius, combo->editable ? Theme::color(Role::Editor) : fill,
              Theme::over(Theme::color(Role::Outline), 0.55, Theme::color(Role::Raised)));
    if ((combo->state & State_HasFocus) != 0)
        drawFocusRing(*painter, combo->rect, kControlRadius);
    const QRect arrow = subControlRect(CC_ComboBox, combo, SC_ComboBoxArrow, nullptr);
    drawChevron(painter, QRectF(arrow).center(), true, Theme::color(isEnabled ? Role::SecondaryText : Role::DisabledText));
}

void Style::drawArrow(const QStyleOption *option, QPainter *painter) const
{
    const bool isEnabled = (option->state & State_Enabled) != 0;
    drawChevron(painter, QRectF(option->rect).center(), true, Theme::color(isEnabled ? Role::SecondaryText : Role::DisabledText));
}

void Style::drawIndicator(PrimitiveElement element, const QStyleOption *option, QPainter *painter) const
{
    const bool isEnabled = (option->state & State_Enabled) != 0;
    const bool isOn = (option->state & State_On) != 0;
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool isRound = element == PE_IndicatorRadioButton;
    const QColor edge = Theme::color(isEnabled ? Role::Outline : Role::Hairline);
    const QColor fill = isOn && isEnabled ? Theme::color(Role::Accent) : Theme::color(Role::Editor);
    drawPanel(*painter, box, isRound ? box.width() / 2 : 3, fill, isOn && isEnabled ? QColor() : edge);
    if (!isOn)
        return;
    const QColor ink = Theme::color(isEnabled ? Role::AccentText : Role::DisabledText);
    if (isRound)
        drawPanel(*painter, box.adjusted(4, 4, -4, -4), box.width(), ink, {});
    else
        drawCheck(painter, box, ink);
}

} // namespace ui
