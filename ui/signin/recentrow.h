// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/signin/recent.h"

#include <QAbstractButton>

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

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QString m_name;
    QString m_place;
    QString m_state;
    bool m_isMissing;
};

} // namespace ui
