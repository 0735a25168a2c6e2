// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QAbstractButton;
class QButtonGroup;

namespace ui {

//! A few exclusive choices side by side. Arrow keys move between them; each is a radio button to a screen reader.
class SegmentedControl final : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(QWidget *parent = nullptr);

    //! \a value is what valueChosen() reports; \a description says what the choice means, for the screen reader.
    void addSegment(int value, const QString &text, const QString &description = {});
    int value() const;
    //! Does not emit valueChosen().
    void setValue(int value);

Q_SIGNALS:
    //! The user has chosen.
    void valueChosen(int value);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_group;
};

} // namespace ui
