// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include "ui/widgets/announce.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kToastWidth = 360;
constexpr int kToastGap = 8;
constexpr qsizetype kMostToasts = 3;

} // namespace

Toast::Toast(const ToastText &text, QWidget *parent)
    : Card(Kind::Floating, parent), m_title(new TextLabel(text.title, this, Role::Text, TextSize::Normal, true)),
      m_remaining(static_cast<int>(text.lifetime.count()))
{
    setObjectName(u"toast"_s);
    setAccessibleName(text.title);
    setAccessibleDescription(text.text);
    setFixedWidth(kToastWidth + 2 * kShadow);
    // Flat buttons have a padding of 8; with the same one before the words everything starts on one line.
    setInnerMargins(8, 12, 8, 8);
    m_title->setContentsMargins(8, 0, 0, 0);
    m_title->setObjectName(u"toastTitle"_s);
    auto *close = makeIconButton(u"close"_s, tr("Close this notice"), this);
    close->setObjectName(u"toastClose"_s);
    close->setFixedSize(24, 24);
    connect(close, &QToolButton::clicked, this, &Toast::dismiss);
    close->installEventFilter(this);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(close, 0, Qt::AlignTop);
    column->addLayout(head);
    if (!text.text.isEmpty()) {
        auto *body = new TextLabel(text.text, this, Role::SecondaryText);
        body->setObjectName(u"toastText"_s);
        body->setContentsMargins(8, 0, 8, 4);
        column->addWidget(body);
    }
    if (!text.field.isEmpty()) {
        auto *field = new QLineEdit(text.field, this);
        field->setObjectName(u"toastField"_s);
        field->setAccessibleName(text.title);
        field->setReadOnly(true);
        field->selectAll();
        auto *row = new QHBoxLayout;
        row->setContentsMargins(8, 0, 8, 4);
        row->addWidget(field);
        column->addLayout(row);
    }
    addButtons(text.buttons);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Toast::dismiss);
    m_timer.start(m_remaining);
    connect(qApp, &QApplication::focusChanged, this, &Toast::pauseOrRun);
}

void Toast::addButtons(const QList<ToastButton> &buttons)
{
    if (buttons.isEmpty())
        return;
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (const ToastButton &button : buttons) {
        QPushButton *widget = makeTextButton(button.text, this);
        widget->setObjectName(button.id);
        widget->installEventFilter(this);
        connect(widget, &QPushButton::clicked, this, [this, button] {
            if (button.pressed)
                button.pressed();
            if (button.closes)
                dismiss();
        });
        m_buttons += widget;
        row->addWidget(widget);
    }
    row->addStretch(1);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

Toast::~Toast()
{
    // A button that had the focus gives it up while the base class goes, when this is no toast any more.
    disconnect(qApp, nullptr, this, nullptr);
}

void Toast::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

QString Toast::title() const
{
    return m_title->text();
}

void Toast::setButtonText(int index, const QString &text)
{
    if (index >= 0 && index < m_buttons.size())
        m_buttons.at(index)->setText(text);
}

void Toast::confirmButton(int index)
{
    if (index < 0 || index >= m_buttons.size())
        return;
    QPushButton *button = m_buttons.at(index);
    button->setIcon(Icons::icon(u"check"_s, Role::Good));
    QTimer::singleShot(2000, button, [button] { button->setIcon({}); });
}

void Toast::dismiss()
{
    m_timer.stop();
    hide();
    deleteLater();
    Q_EMIT dismissed();
}

void Toast::enterEvent(QEnterEvent *)
{
    m_isHovered = true;
    pauseOrRun();
}

void Toast::leaveEvent(QEvent *)
{
    m_isHovered = false;
    pauseOrRun();
}

void Toast::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        Card::keyPressEvent(event);
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        dismiss();
        return true;
    }
    return Card::eventFilter(watched, event);
}

void Toast::pauseOrRun()
{
    const QWidget *focus = QApplication::focusWidget();
    const bool isHeld = m_isHovered || (focus != nullptr && isAncestorOf(focus));
    if (isHeld && m_timer.isActive()) {
        m_remaining = qMax(1000, m_timer.remainingTime());
        m_timer.stop();
    } else if (!isHeld && !m_timer.isActive() && isVisible()) {
        m_timer.start(m_remaining);
    }
}

ToastStack::ToastStack(QWidget *area) : QObject(area), m_area(area)
{
    area->installEventFilter(this);
}

Toast *ToastStack::show(const ToastText &text)
{
    while (m_toasts.size() >= kMostToasts)
        m_toasts.constFirst()->dismiss();
    auto *toast = new Toast(text, m_area);
    m_toasts += toast;
    connect(toast, &Toast::dismissed, this, [this, toast] {
        m_toasts.removeOne(toast);
        place();
    });
    toast->show();
    place();
    announce(toast, text.text.isEmpty() ? text.title : text.title + u". "_s + text.text);
    return toast;
}

bool ToastStack::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_area && event->type() == QEvent::Resize)
        place();
    return QObject::eventFilter(watched, event);
}

void ToastStack::place()
{
    // The visible card, not its shadow, keeps a distance of 16 from the corner.
    int bottom = m_area->height() - 16 + Card::kShadow;
    const int right = m_area->width() - 16 + Card::kShadow;
    for (auto toast = m_toasts.crbegin(); toast != m_toasts.crend(); ++toast) {
        Toast *widget = *toast;
        widget->setFixedHeight(fittedHeight(*widget, widget->width()));
        widget->move(right - widget->width(), bottom - widget->height());
        widget->raise();
        bottom -= widget->height() - 2 * Card::kShadow + kToastGap;
    }
}

} // namespace ui
