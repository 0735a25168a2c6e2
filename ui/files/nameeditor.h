// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

class QLineEdit;

namespace ui {

class TextLabel;

//! Asks for a file's name right where it will stand, and says there what is wrong with it. Enter gives the name, Escape
//! and a press elsewhere give up.
class NameEditor final : public Card
{
    Q_OBJECT

public:
    //! \a title: what is being named; empty when the place says it. Placed below \a row of \a viewport.
    NameEditor(const QString &title, const QString &name, QWidget *viewport);

    void placeAt(const QRect &row);
    void showProblem(const QString &sentence);
    //! While the host works on it the field rests.
    void setBusy(bool isBusy);

    //! Why \a name cannot be a file's name; empty if it can.
    static QString problemOf(const QString &name);

Q_SIGNALS:
    void named(const QString &name);
    void givenUp();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();

    QLineEdit *m_field;
    TextLabel *m_problem;
};

} // namespace ui
