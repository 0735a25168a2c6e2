// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/client/people.h"

#include <QTimer>
#include <QWidget>

namespace ui {

class AvatarButton;

//! Everybody in the workspace at the top right: others with the newest at the left, then a chip for those who do not fit,
//! then you. What is under the pointer does not move while it is there.
class AvatarStrip final : public QWidget
{
    Q_OBJECT

public:
    AvatarStrip(client::People &people, const base::Clock &clock, QWidget *parent = nullptr);

    //! How many others are drawn before the rest goes into the chip; at least 1.
    void setMostShown(int count);
    //! The session is over: nobody is here any more, whatever the list still says.
    void hideOthers();
    AvatarButton *ownButton() const { return m_own; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    //! Somebody's avatar was pressed; \a position is where a menu belongs, in global coordinates.
    void personPressed(const base::ParticipantId &person, const QPoint &position);
    void youPressed(const QPoint &position);

protected:
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refreshSoon();
    void refresh();
    void place();
    void showList();
    QPoint menuPosition(const QWidget *button) const;
    int widthFor(int buttons) const;

    client::People &m_people;
    const base::Clock &m_clock;
    QList<AvatarButton *> m_buttons;
    QList<client::Person> m_shown;
    AvatarButton *m_own;
    AvatarButton *m_more;
    QTimer m_settle;
    QTimer m_minute;
    int m_mostShown = 5;
    bool m_showsOthers = true;
};

} // namespace ui
