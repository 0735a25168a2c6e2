// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/people.h"

#include "app/client/peopleprivate.h"
#include "app/client/workspaceprivate.h"

#include <algorithm>

namespace client {

People::Private::Private(People &people, Workspace &owningWorkspace) : q(people), workspace(owningWorkspace)
{
    Session &session = workspace.session();
    session.on<protocol::ParticipantJoined>(this, [this](const auto &message) { join(message.participant); });
    session.on<protocol::ParticipantLeft>(this, [this](const auto &message) { leave(message.participant, message.wasRemoved); });
    session.on<protocol::ParticipantChanged>(this, [this](const auto &message) { change(message.participant); });
    connect(&workspace.d->presence, &Presence::placeChanged, this, &Private::refresh);
}

void People::Private::adopt(const protocol::WorkspaceJoined &joined)
{
    Person you{.participant = joined.you, .isYou = true};
    if (rows.isEmpty()) {
        q.beginInsertRows({}, 0, 0);
        rows.append(you);
        q.endInsertRows();
    } else {
        const protocol::Access before = rows.constLast().participant.access;
        replace(rows.size() - 1, you);
        if (before != joined.you.access)
            Q_EMIT q.ownAccessChanged(joined.you.access);
    }
    for (qsizetype row = rows.size() - 2; row >= 0; --row) {
        const auto isStill = [id = rows.at(row).participant.id](const auto &other) { return other.id == id; };
        if (std::ranges::none_of(joined.others, isStill))
            remove(row, false);
    }
    for (const protocol::Participant &other : joined.others)
        change(other);
}

void People::Private::join(const protocol::Participant &participant)
{
    if (rowOf(participant.id) >= 0)
        return change(participant);
    if (rows.size() > protocol::kMaxParticipants)
        return;
    workspace.d->presence.expect(participant.client);
    const Person person = complete({.participant = participant});
    const auto later = [&](const Person &other) { return !other.isYou && other.participant.since > participant.since; };
    const auto row = int(std::ranges::find_if_not(rows, later) - rows.begin());
    q.beginInsertRows({}, row, row);
    rows.insert(row, person);
    q.endInsertRows();
    Q_EMIT q.joined(person);
    Q_EMIT q.peopleChanged();
}

void People::Private::leave(const base::ParticipantId &id, bool wasRemoved)
{
    const qsizetype row = rowOf(id);
    if (row >= 0 && !rows.at(row).isYou)
        remove(row, wasRemoved);
}

void People::Private::remove(qsizetype row, bool wasRemoved)
{
    q.beginRemoveRows({}, int(row), int(row));
    const Person person = rows.takeAt(row);
    q.endRemoveRows();
    workspace.d->presence.forget(person.participant.client);
    Q_EMIT q.left(person, wasRemoved);
    Q_EMIT q.peopleChanged();
    workspace.d->caretsChanged();
}

void People::Private::change(const protocol::Participant &participant)
{
    const qsizetype row = rowOf(participant.id);
    if (row < 0)
        return join(participant);
    const Person before = rows.at(row);
    if (!before.isYou && before.participant.client != participant.client) {
        workspace.d->presence.forget(before.participant.client);
        workspace.d->presence.expect(participant.client);
    }
    Person person = before;
    person.participant = participant;
    replace(row, before.isYou ? person : complete(person));
    if (before.isYou && before.participant.access != participant.access)
        Q_EMIT q.ownAccessChanged(participant.access);
    workspace.d->caretsChanged();
}

void People::Private::refresh(quint32 client)
{
    const auto row = std::ranges::find_if(rows, [client](const Person &p) { return !p.isYou && p.participant.client == client; });
    if (row != rows.end())
        replace(row - rows.begin(), complete(*row));
    workspace.d->caretsChanged();
}

Person People::Private::complete(Person person) const
{
    const Presence &presence = workspace.d->presence;
    const quint32 client = person.participant.client;
    const Place *place = presence.placeOf(client);
    person.path = place ? place->path : QByteArray();
    person.line = place ? place->line : 0;
    person.isTyping = place && place->isTyping;
    const bool isIdle = place && place->isIdle;
    person.idleSince = isIdle ? presence.idleSince(client) : base::WallTime{};
    if (!person.participant.isConnected || presence.isSilent(client))
        person.activity = Person::Activity::Silent;
    else
        person.activity = isIdle ? Person::Activity::Idle : Person::Activity::Active;
    return person;
}

qsizetype People::Private::rowOf(const base::ParticipantId &id) const
{
    const auto found = std::ranges::find_if(rows, [&](const Person &person) { return person.participant.id == id; });
    return found == rows.end() ? -1 : found - rows.begin();
}

void People::Private::replace(qsizetype row, const Person &person)
{
    if (rows.at(row) == person)
        return;
    rows[row] = person;
    const QModelIndex index = q.index(int(row));
    Q_EMIT q.dataChanged(index, index);
    Q_EMIT q.peopleChanged();
}

const Person *People::Private::byClient(quint32 client) const
{
    const auto found = std::ranges::find_if(rows, [client](const Person &person) { return person.participant.client == client; });
    return found == rows.end() ? nullptr : &*found;
}

People::People(Workspace &workspace) : d(std::make_unique<Private>(*this, workspace)) {}

People::~People() = default;

int People::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

QVariant People::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const protocol::Participant &participant = d->rows.at(index.row()).participant;
    if (role == Qt::DisplayRole)
        return participant.name;
    if (role == PersonIdRole)
        return QVariant::fromValue(participant.id);
    return {};
}

const Person &People::person(int row) const
{
    return d->rows.at(row);
}

std::optional<Person> People::find(const base::ParticipantId &id) const
{
    const auto found = std::ranges::find_if(d->rows, [&](const Person &person) { return person.participant.id == id; });
    return found == d->rows.end() ? std::nullopt : std::optional(*found);
}

Person People::you() const
{
    Person person = d->rows.constLast();
    const Place &place = d->workspace.d->presence.own();
    person.path = place.path;
    person.line = place.line;
    person.activity = place.isIdle ? Person::Activity::Idle : Person::Activity::Active;
    return person;
}

std::optional<Person> People::owner() const
{
    const auto isOwner = [](const Person &person) { return person.participant.access == protocol::Access::Owner; };
    const auto found = std::ranges::find_if(d->rows, isOwner);
    return found == d->rows.end() ? std::nullopt : std::optional(*found);
}

QList<Person> People::others() const
{
    return d->rows.first(d->rows.size() - 1);
}

QList<Person> People::peopleIn(const QByteArray &path) const
{
    QList<Person> there;
    for (const Person &person : std::as_const(d->rows)) {
        if (!person.isYou && person.path == path && !path.isEmpty())
            there.append(person);
    }
    return there;
}

void People::setOwnPlace(const QByteArray &path, qint64 line)
{
    d->workspace.d->presence.setOwnPath(path, line);
}

void People::setOwnIdle(bool idle)
{
    d->workspace.d->presence.setOwnIdle(idle);
}

} // namespace client
