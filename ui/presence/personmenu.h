// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/people.h"

#include <QMenu>

namespace ui {

//! What can be done about a participant. Deletes itself when closed.
class PersonMenu final : public QMenu
{
    Q_OBJECT

public:
    //! \a youAreOwner adds access and showing out.
    PersonMenu(const client::Person &person, bool youAreOwner, QWidget *parent);

Q_SIGNALS:
    void goToPlaceChosen(const QByteArray &path, qint64 line);
    void accessChosen(const base::ParticipantId &person, protocol::Access access);
    void showOutChosen(const base::ParticipantId &person);
};

//! Your own menu: who you are, then \a actions, which the shell owns. Deletes itself when closed.
class OwnMenu final : public QMenu
{
    Q_OBJECT

public:
    OwnMenu(const client::Person &you, const QList<QAction *> &actions, QWidget *parent);
};

} // namespace ui
