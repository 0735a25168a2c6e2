// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/members.h"

#include "app/host/limits.h"
#include "app/host/workspace.h"

#include <QLoggingCategory>

#include <algorithm>
#include <array>

namespace host {

namespace {

Q_LOGGING_CATEGORY(membersLog, "app.host.members", QtInfoMsg)

constexpr quint32 kColors = 8;

} // namespace

QString presentableName(const QString &name)
{
    QString clean;
    for (const QChar unit : name) {
        const auto category = unit.category();
        if (category == QChar::Other_Control || category == QChar::Separator_Line || category == QChar::Separator_Paragraph)
            clean += u' ';
        else if (category != QChar::Other_Format)
            clean += unit;
    }
    clean = clean.simplified();
    return clean.isEmpty() ? QStringLiteral("Guest") : clean.left(protocol::kMaxNameUnits);
}

Members::Members(Workspace &workspace, const base::Clock &clock, base::RandomSource &random)
    : m_workspace(workspace), m_clock(clock), m_random(random)
{
    m_returnTimer.setInterval(kReturnTime);
    m_returnTimer.setSingleShot(true);
    connect(&m_returnTimer, &QTimer::timeout, this, &Members::dropOverdue);
}

Members::~Members() = default;

Member &Members::add(Connection &connection, const QString &name, protocol::Access access, const base::ShareId &share,
                     const std::optional<Identity> &identity)
{
    auto member = std::make_unique<Member>();
    member->person.id = identity ? identity->id : base::ParticipantId::random(m_random);
    member->person.name = presentableName(name);
    member->person.access = access;
    member->person.color = freeColor();
    member->person.client = identity ? identity->client : freshClientId();
    m_usedClientIds.insert(member->person.client);
    member->person.since = m_clock.wallTime();
    member->person.address = connection.address();
    member->share = share;
    member->connection = &connection;
    Member &added = *m_members.emplace_back(std::move(member));
    connection.enter(m_workspace, added);
    for (const auto &other : m_members) {
        if (other.get() != &added && other->connection)
            other->connection->send(protocol::ParticipantJoined{.participant = seenBy(added, other->isOwner())});
    }
    qCInfo(membersLog) << "participant" << added.person.id.toString().c_str() << "joined with access" << int(access);
    Q_EMIT guestsChanged();
    return added;
}

void Members::resume(Member &member, Connection &connection)
{
    // The old socket may still look alive to us; whoever holds the token is the person.
    if (Connection *old = std::exchange(member.connection, nullptr)) {
        old->detach();
        old->refuse({base::ErrorCode::Disconnected, "resumed elsewhere"});
    }
    member.connection = &connection;
    member.person.isConnected = true;
    member.person.address = connection.address();
    connection.enter(m_workspace, member);
    announceChange(member);
}

void Members::lost(Connection &connection)
{
    Member *member = connection.member();
    if (!member || member->connection != &connection)
        return;
    connection.detach();
    member->connection = nullptr;
    if (member->isOwner()) {
        remove(member->person.id, Departure::Left);
        return;
    }
    member->lostAt = m_clock.now();
    member->person.isConnected = false;
    announceChange(*member);
    if (!m_returnTimer.isActive())
        m_returnTimer.start();
}

void Members::dropOverdue()
{
    QList<base::ParticipantId> overdue;
    bool anyoneMissing = false;
    for (const auto &member : m_members) {
        if (member->connection)
            continue;
        if (m_clock.now() - member->lostAt >= kReturnTime)
            overdue.append(member->person.id);
        else
            anyoneMissing = true;
    }
    for (const auto &id : overdue)
        remove(id, Departure::Lost);
    if (anyoneMissing)
        m_returnTimer.start();
}

void Members::remove(const base::ParticipantId &id, Departure departure)
{
    const auto found = std::ranges::find_if(m_members, [&](const auto &member) { return member->person.id == id; });
    if (found == m_members.end())
        return;
    const std::unique_ptr<Member> gone = std::move(*found);
    m_members.erase(found);
    if (gone->connection)
        gone->connection->detach();
    broadcast(protocol::ParticipantLeft{.participant = id, .wasRemoved = departure == Departure::ShownOut});
    Q_EMIT memberGone(*gone, departure);
    Q_EMIT guestsChanged();
}

int Members::cutOffGuests(const protocol::SessionEnded &ending)
{
    QList<base::ParticipantId> guests;
    // First every guest loses the connection, then the rest of the world hears of it: between the owner's click and the
    // last guest's last byte nothing else is done.
    for (const auto &member : m_members) {
        if (member->isOwner())
            continue;
        guests.append(member->person.id);
        if (member->connection)
            member->connection->cutOff(ending);
    }
    for (const auto &id : guests)
        remove(id, Departure::Left);
    return int(guests.size());
}

void Members::setGuestsAccess(protocol::Access access)
{
    for (const auto &member : m_members) {
        if (member->isOwner() || member->person.access == access)
            continue;
        member->person.access = access;
        Q_EMIT accessChanging(*member);
        announceChange(*member);
    }
}

Member *Members::find(const base::ParticipantId &id) const
{
    const auto found = std::ranges::find_if(m_members, [&](const auto &member) { return member->person.id == id; });
    return found == m_members.end() ? nullptr : found->get();
}

Member *Members::findByResumeHash(const QByteArray &hash) const
{
    const auto found = std::ranges::find_if(m_members, [&](const auto &member) {
        return !hash.isEmpty() && member->resumeHash == hash;
    });
    return found == m_members.end() ? nullptr : found->get();
}

Member *Members::owner() const
{
    Member *absent = nullptr;
    for (const auto &member : m_members) {
        if (member->isOwner() && member->connection)
            return member.get();
        if (member->isOwner())
            absent = member.get();
    }
    return absent;
}

bool Members::isOwnerHere() const
{
    const Member *member = owner();
    return member && member->connection;
}

int Members::guestCount() const
{
    return int(std::ranges::count_if(m_members, [](const auto &member) { return !member->isOwner(); }));
}

protocol::Participant Members::seenBy(const Member &person, bool receiverIsOwner)
{
    protocol::Participant seen = person.person;
    if (!receiverIsOwner)
        seen.address.clear();
    return seen;
}

QList<protocol::Participant> Members::othersOf(const Member &you) const
{
    QList<protocol::Participant> others;
    for (const auto &member : m_members) {
        if (member.get() != &you)
            others.append(seenBy(*member, you.isOwner()));
    }
    return others;
}

void Members::broadcastFrame(const QByteArray &frame, const Connection *except)
{
    for (const auto &member : m_members) {
        if (member->connection && member->connection != except)
            member->connection->sendFrame(frame);
    }
}

void Members::announceChange(const Member &member)
{
    for (const auto &receiver : m_members) {
        if (receiver->connection)
            receiver->connection->send(protocol::ParticipantChanged{.participant = seenBy(member, receiver->isOwner())});
    }
}

quint32 Members::freeColor() const
{
    std::array<int, kColors> uses{};
    for (const auto &member : m_members)
        ++uses[member->person.color % kColors];
    const auto least = std::ranges::min_element(uses);
    const auto index = quint32(least - uses.begin());
    // The ninth person shares a colour; the index beyond eight asks for the second ring.
    return index + kColors * quint32(*least);
}

quint32 Members::freshClientId()
{
    // Never reused, also not after its participant has left: two lives of one id would corrupt documents.
    quint32 id = 0;
    do {
        id = m_random.next32();
    } while (id == 0 || id == std::numeric_limits<quint32>::max() || m_usedClientIds.contains(id));
    m_usedClientIds.insert(id);
    return id;
}

base::Result<protocol::AccessSet> Members::setAccess(Connection &, const protocol::SetAccess &request)
{
    Member *member = find(request.participant);
    if (!member)
        return base::Unexpected(base::ErrorCode::NotFound, "nobody with that id is here");
    if (member->isOwner() || (request.access != protocol::Access::View && request.access != protocol::Access::Edit))
        return base::Unexpected(base::ErrorCode::InvalidArgument, "guests can be given View or Edit");
    member->person.access = request.access;
    Q_EMIT accessChanging(*member);
    announceChange(*member);
    return protocol::AccessSet{};
}

void Members::leave(Connection &caller, const protocol::Leave &, Answer<protocol::Left> answer)
{
    const Member *member = caller.member();
    if (!member) {
        answer(base::Unexpected(base::ErrorCode::NotFound, "not in a workspace"));
        return;
    }
    const base::ParticipantId id = member->person.id;
    answer(protocol::Left{});
    remove(id, Departure::Left);
}

} // namespace host
