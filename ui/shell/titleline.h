// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QMenuBar;

namespace ui {

class AvatarStrip;
class SharePill;

//! Menus, share pill and people on one line.
class TitleLine final : public QWidget
{
    Q_OBJECT

public:
    explicit TitleLine(QWidget *parent = nullptr);

    QMenuBar *menuBar() const { return m_menus; }
    //! Takes both; null while there is no workspace.
    void setWorkspaceParts(SharePill *pill, AvatarStrip *people);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QHBoxLayout *m_row;
    QMenuBar *m_menus;
    SharePill *m_pill = nullptr;
    AvatarStrip *m_people = nullptr;
};

} // namespace ui
