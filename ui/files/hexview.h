// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>

namespace ui {

class PageCache;

//! Bytes in rows of sixteen: offset, hexadecimal, and as characters. Fetches what is in sight.
class HexView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit HexView(PageCache &pages, QWidget *parent = nullptr);

    //! The row at \a offset comes to the top.
    void goTo(qint64 offset);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateRange();
    int rowHeight() const;
    int rowsInSight() const;

    PageCache &m_pages;
};

} // namespace ui
