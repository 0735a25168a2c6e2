// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <QList>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>

class QPushButton;

namespace ui {

class TextLabel;

struct ToastButton
{
    QString id;      //!< object name, for tests
    QString text;
    std::function<void()> pressed;
    bool closes = true;
};

struct ToastText
{
    QString title;
    QString text;                        //!< second line; may be empty
    QList<ToastButton> buttons;          //!< at most three
    std::chrono::milliseconds lifetime = std::chrono::seconds(8);
    QString field = {};                  //!< shown to be copied by hand
};

//! One notice at the bottom right. Its time stands still while the pointer or the keyboard is in it.
class Toast final : public Card
{
    Q_OBJECT

public:
    explicit Toast(const ToastText &text, QWidget *parent);
    ~Toast() override;

    void setTitle(const QString &title);
    QString title() const;
    //! Changes the words on button \a index, as when its effect has happened.
    void setButtonText(int index, const QString &text);
    //! Shows a tick on button \a index for two seconds.
    void confirmButton(int index);
    void dismiss();

Q_SIGNALS:
    void dismissed();

protected:
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addButtons(const QList<ToastButton> &buttons);
    void pauseOrRun();

    TextLabel *m_title;
    QList<QPushButton *> m_buttons;
    QTimer m_timer;
    int m_remaining;
    bool m_isHovered = false;
};

//! Keeps up to three toasts stacked in the lower right corner of \a area; a fourth pushes the oldest out.
class ToastStack final : public QObject
{
    Q_OBJECT

public:
    explicit ToastStack(QWidget *area);

    Toast *show(const ToastText &text);
    QList<Toast *> toasts() const { return m_toasts; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QWidget *m_area;
    QList<Toast *> m_toasts;
};

} // namespace ui
