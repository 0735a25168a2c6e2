// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kRowHeight = 32;
constexpr int kMenuRowHeight = 28;

bool hasTone(const QWidget *widget, QLatin1StringView tone)
{
    return widget != nullptr && widget->property("tone").toString() == tone;
}

} // namespace

Style::Style() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) {}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 12;
    case PM_SplitterWidth:
        return 1;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return 4;
    case PM_SubMenuOverlap:
        return -2;
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_MenuBarHMargin:
        return 4;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_DefaultFrameWidth:
        return 1;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return widget != nullptr && widget->isWindow() ? 20 : 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_EtchDisabledText:
    case SH_MenuBar_AltKeyNavigation:
        return hint == SH_MenuBar_AltKeyNavigation ? 1 : 0;
    case SH_UnderlineShortcut:
        return m_showsMnemonics ? 1 : 0;
    case SH_Widget_Animation_Duration:
        return Theme::duration(120);
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_ScrollBar_ContextMenu:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton: {
        if (hasTone(widget, "link"_L1))
            return {size.width() + 2, 28};
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool isFlat = button != nullptr && (button->features & QStyleOptionButton::Flat) != 0;
        const int width = size.width() + (isFlat ? 16 : 28);
        return {isFlat || (button != nullptr && button->text.isEmpty()) ? width : qMax(72, width), isFlat ? 28 : kRowHeight};
    }
    case CT_ComboBox:
        result.rwidth() += 10;
        [[fallthrough]];
    case CT_LineEdit:
    case CT_SpinBox:
        result.setHeight(qMax(result.height(), kRowHeight));
        return result;
    case CT_CheckBox:
    case CT_RadioButton:
        return result.expandedTo({24, 28});
    case CT_ToolButton:
        return result.expandedTo({28, 28});
    case CT_MenuBarItem:
        return {size.width() + 16, qMax(size.height() + 8, 28)};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item == nullptr)
            return result;
        if (item->menuItemType == QStyleOptionMenuItem::Separator)
            return {10, 9};
        // 32 before the text for the check mark or the icon, 24 between text and shortcut, 24 at the end.
        int width = 32 + size.width() + 24;
        if (item->text.contains(u'\t'))
            width += 24;
        return {width, qMax(kMenuRowHeight, size.height() + 8)};
    }
    default:
        return result;
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return QProxyStyle::subControlRect(control, option, part, widget).adjusted(4, 0, 0, 0);
    if (control != CC_ScrollBar)
        return QProxyStyle::subControlRect(control, option, part, widget);
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (bar == nullptr)
        return {};
    // No arrow buttons: the groove is the whole bar.
    const bool isHorizontal = bar->orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar->rect.width() : bar->rect.height();
    const auto stretch = [&](int from, int to) {
        return isHorizontal ? QRect(bar->rect.x() + from, bar->rect.y(), to - from, bar->rect.height())
                            : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), to - from);
    };
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int handle = length;
    if (range > 0)
        handle = qBound(qMin(28, length), static_cast<int>(qint64(bar->pageStep) * length / (range + bar->pageStep)), length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
    switch (part) {
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSlider:
        return stretch(start, start + handle);
    case SC_ScrollBarSubPage:
        return stretch(0, start);
    case SC_ScrollBarAddPage:
        return stretch(start + handle, length);
    default:
        return {};
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (element == SE_LineEditContents && frame != nullptr && frame->lineWidth > 0)
        rect.adjust(5, 0, -5, 0);
    return rect;
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        drawButton(option, painter, widget);
        return;
    case PE_FrameDefaultButton:
    case PE_PanelMenuBar:
    case PE_FrameButtonBevel:
    case PE_PanelItemViewRow:
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelButtonTool:
        if ((option->state & State_Enabled) != 0 && (option->state & (State_MouseOver | State_On | State_Sunken)) != 0) {
            const bool isDown = (option->state & (State_On | State_Sunken)) != 0;
            drawPanel(*painter, option->rect, kControlRadius, Theme::color(isDown ? Role::Selected : Role::Hover), {});
        }
        return;
    case PE_FrameFocusRect:
        if ((option->state & State_KeyboardFocusChange) != 0 || qobject_cast<const QAbstractButton *>(widget) != nullptr)
            drawFocusRing(*painter, QRectF(option->rect).adjusted(-2, -2, 2, 2), kControlRadius);
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        const bool isBare = frame != nullptr && frame->lineWidth == 0;
        if (!isBare)
            drawField(option, painter);
        return;
    }
    case PE_PanelMenu:
        painter->fillRect(option->rect, Theme::color(Role::Raised));
        return;
    case PE_FrameMenu:
    case PE_PanelTipLabel:
        drawPanel(*painter, option->rect, 0, element == PE_PanelTipLabel ? Theme::color(Role::Raised) : QColor(),
                  Theme::color(Role::Hairline));
        return;
    case PE_Frame:
        drawPanel(*painter, option->rect, 0, {}, Theme::color(Role::Hairline));
        return;
    case PE_PanelItemViewItem:
        if ((option->state & (State_Selected | State_MouseOver)) != 0)
            drawPanel(*painter, option->rect, kControlRadius,
                      Theme::color((option->state & State_Selected) != 0 ? Role::Selected : Role::Hover), {});
        return;
    case PE_IndicatorArrowDown:
        drawArrow(option, painter);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        drawIndicator(element, option, painter);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton copy = *button;
            if ((button->state & State_Enabled) != 0) {
                if ((button->features & QStyleOptionButton::DefaultButton) != 0)
                    copy.palette.setColor(QPalette::ButtonText, Theme::color(Role::AccentText));
                else if (hasTone(widget, "danger"_L1))
                    copy.palette.setColor(QPalette::ButtonText, Theme::color(Role::Danger));
                else if (hasTone(widget, "link"_L1))
                    copy.palette.setColor(QPalette::ButtonText, Theme::color(Role::Accent));
            }
            QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        return;
    case CE_MenuItem:
        drawMenuItem(option, painter);
        return;
    case CE_MenuBarItem:
        drawMenuBarItem(option, painter);
        return;
    case CE_MenuBarEmptyArea:
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, Theme::color(Role::Hairline));
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        drawScrollBar(option, painter);
    else if (control == CC_ComboBox)
        drawComboBox(option, painter);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::polish(QApplication *application)
{
    QProxyStyle::polish(application);
    application->installEventFilter(this);
}

void Style::unpolish(QApplication *application)
{
    application->removeEventFilter(this);
    QProxyStyle::unpolish(application);
}

// Underlines under menu letters appear while Alt is held, as on other desktops; always shown they are noise.
bool Style::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease || event->type() == QEvent::ApplicationDeactivate) {
        bool isShown = false;
        if (event->type() == QEvent::KeyPress)
            isShown = static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt || m_showsMnemonics;
        if (event->type() == QEvent::KeyRelease)
            isShown = m_showsMnemonics && static_cast<QKeyEvent *>(event)->key() != Qt::Key_Alt;
        if (isShown != m_showsMnemonics) {
            m_showsMnemonics = isShown;
            const auto windows = QApplication::topLevelWidgets();
            for (QWidget *window : windows) {
                const auto bars = window->findChildren<QMenuBar *>();
                for (QMenuBar *bar : bars)
                    bar->update();
            }
        }
    }
    return QProxyStyle::eventFilter(watched, event);
}

} // namespace ui
