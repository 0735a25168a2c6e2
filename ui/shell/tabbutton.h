// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/avatarpainter.h"

#include <QAbstractButton>

namespace ui {

//! One open file: name, a dot while it is unsaved, the avatars of others who have it open, and a cross to close.
class TabButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit TabButton(QWidget *parent);

    void setName(const QString &name);
    //! Not kept: gives way to the next file that is only looked at; shown in italics.
    void setPreview(bool isPreview);
    void setUnsaved(bool isUnsaved);
    void setPeople(const QList<Avatar> &people);
    void setCurrent(bool isCurrent);
    bool isPreview() const { return m_isPreview; }

    QSize sizeHint() const override;

Q_SIGNALS:
    void closeRequested();
    void keepRequested();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QRect closeRect() const;
    int peopleWidth() const;
    void refreshName();

    QString m_name;
    QList<Avatar> m_people;
    bool m_isPreview = false;
    bool m_isUnsaved = false;
    bool m_isCurrent = false;
    bool m_isOverClose = false;
    bool m_closePressed = false;
};

} // namespace ui
