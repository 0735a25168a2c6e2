// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace ui {

class TabButton;

//! The row of open files. Scrolls when they do not fit; the button at its end lists all of them.
class TabStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit TabStrip(QWidget *parent = nullptr);

    TabButton *insertTab(int index);
    void removeTab(int index);
    int count() const { return static_cast<int>(m_tabs.size()); }
    TabButton *tab(int index) const { return m_tabs.at(index); }
    int currentIndex() const { return m_current; }
    void setCurrentIndex(int index);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void tabChosen(int index);
    void closeRequested(int index);
    void keepRequested(int index);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void place();
    void scrollTo(int index);
    void showList();
    int widthOfTabs() const;

    QList<TabButton *> m_tabs;
    QWidget *m_row;
    QToolButton *m_more;
    int m_current = -1;
    int m_offset = 0;
};

} // namespace ui
