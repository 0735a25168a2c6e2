// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/signin/recent.h"

#include <QAbstractButton>

class QToolButton;

namespace ui {

//! One recent folder: name, place, state, time. Enter opens it; Delete or the context menu takes it off the list.
class RecentRow final : public QAbstractButton
{
    Q_OBJECT

public:
    RecentRow(const RecentFolder &folder, const QDateTime &now, QWidget *parent);

    QSize sizeHint() const override;

Q_SIGNALS:
    void forgetRequested();
    //! Open it and the share dialog with it.
    void shareRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void showMenu(const QPoint &position);
    void refreshMore();
    void refreshMoreSoon();

    QString m_name;
    QString m_place;
    QString m_state;
    bool m_isMissing;
    QToolButton *m_more;
};

} // namespace ui
