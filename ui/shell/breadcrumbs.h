// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QWidget>

class QHBoxLayout;

namespace ui {

//! The folders on the way to the current file. A press on one shows it in the tree.
class Breadcrumbs final : public QWidget
{
    Q_OBJECT

public:
    explicit Breadcrumbs(QWidget *parent = nullptr);

    void setPath(const QByteArray &path);

Q_SIGNALS:
    void partChosen(const QByteArray &path);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QByteArray m_path;
    QHBoxLayout *m_row;
};

} // namespace ui
