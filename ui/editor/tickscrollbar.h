// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QList>
#include <QScrollBar>

namespace ui {

//! A vertical scroll bar with 3 px marks beside the slider: where other people and search results are.
class TickScrollBar final : public QScrollBar
{
    Q_OBJECT

public:
    static constexpr int kTickHeight = 3;

    struct Tick
    {
        double position = 0;   //!< 0 top, 1 bottom of the document
        QColor color;
        bool wide = true;      //!< a person; search results are half as wide
        friend bool operator==(const Tick &, const Tick &) = default;
    };

    explicit TickScrollBar(QWidget *parent = nullptr);

    void setTicks(const QList<Tick> &ticks);
    const QList<Tick> &ticks() const { return m_ticks; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Tick> m_ticks;
};

} // namespace ui
