// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

//! A raised surface with rounded corners. Floating cards leave a margin for their shadow inside their own rectangle.
class Card : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Resting, Floating };
    static constexpr int kShadow = 12;

    explicit Card(Kind kind, QWidget *parent = nullptr);

    //! Content margins measured from the visible edge.
    void setInnerMargins(int left, int top, int right, int bottom);
    QRect visibleRect() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
};

} // namespace ui
