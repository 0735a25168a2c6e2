// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

namespace ui {

struct PromptButton
{
    QString id;          //!< object name; what chosen() reports
    QString text;        //!< says what it does: "Stop sharing", never "Yes"
    bool isDanger = false;
};

//! A question that needs an answer before something is lost. Not modal to the event loop: open() it and connect chosen().
//! Deletes itself when closed. Escape and the window's close button choose nothing.
class Prompt final : public QDialog
{
    Q_OBJECT

public:
    //! \a buttons besides Cancel; the first one is the default unless it is a danger: then Cancel is.
    Prompt(const QString &title, const QString &text, const QList<PromptButton> &buttons, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &id);
};

} // namespace ui
