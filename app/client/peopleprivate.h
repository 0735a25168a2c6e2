// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/people.h"
#include "app/client/presence.h"

namespace client {

class People::Private final : public QObject
{
public:
    Private(People &people, Workspace &owningWorkspace);

    //! Entered (again): the host's list replaces ours; who is gone or new is announced.
    void adopt(const protocol::WorkspaceJoined &joined);
    //! Null when nobody here writes under \a client.
    const Person *byClient(quint32 client) const;

    People &q;
    Workspace &workspace;
    QList<Person> rows;     //!< others, newest first, then you

private:
    void join(const protocol::Participant &participant);
    void leave(const base::ParticipantId &id, bool wasRemoved);
    void change(const protocol::Participant &participant);
    void refresh(quint32 client);
    //! \a person with what presence knows.
    Person complete(Person person) const;
    qsizetype rowOf(const base::ParticipantId &id) const;
    void replace(qsizetype row, const Person &person);
    void remove(qsizetype row, bool wasRemoved);
};

} // namespace client
