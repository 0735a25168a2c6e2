// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/presencerelay.h"

#include "app/crdt/awareness.h"
#include "app/host/limits.h"
#include "app/host/members.h"
#include "app/host/workspace.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace host {

namespace {

using namespace Qt::StringLiterals;

base::ByteView viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())};
}

QJsonObject knownPosition(const QJsonValue &value)
{
    const QJsonObject sent = value.toObject();
    QJsonObject known;
    for (const auto &key : {u"type"_s, u"tname"_s, u"item"_s, u"assoc"_s}) {
        if (sent.contains(key))
            known.insert(key, sent.value(key));
    }
    return known;
}

// Keeps the fields this host knows, in their right types, and says who it is from. Everything else a participant
// writes into its state stays with the participant.
std::optional<QByteArray> stamped(const std::string &state, const Member &member)
{
    const QJsonObject sent = QJsonDocument::fromJson(QByteArray::fromStdString(state)).object();
    QJsonObject known;
    const QString path = sent.value("path"_L1).toString();
    if (path.size() > kMaxPresencePathBytes * 2)
        return std::nullopt;
    known.insert("path"_L1, path);
    known.insert("line"_L1, std::max(0.0, sent.value("line"_L1).toDouble()));
    known.insert("typing"_L1, sent.value("typing"_L1).toBool());
    known.insert("idle"_L1, sent.value("idle"_L1).toBool());
    const QString document = sent.value("document"_L1).toString();
    if (base::DocumentId::fromString(document.toStdString())) {
        known.insert("document"_L1, document);
        known.insert("anchor"_L1, knownPosition(sent.value("anchor"_L1)));
        known.insert("head"_L1, knownPosition(sent.value("head"_L1)));
    }
    known.insert("participant"_L1, QString::fromStdString(member.person.id.toString()));
    QByteArray json = QJsonDocument(known).toJson(QJsonDocument::Compact);
    if (json.size() > protocol::kMaxPresenceBytes)
        return std::nullopt;
    return json;
}

} // namespace

PresenceRelay::PresenceRelay(Workspace &workspace) : m_workspace(workspace)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kPresenceInterval);
    connect(&m_timer, &QTimer::timeout, this, &PresenceRelay::flush);
    connect(&workspace.members(), &Members::memberGone, this, &PresenceRelay::forget);
}

void PresenceRelay::update(Connection &caller, const protocol::UpdatePresence &notice)
{
    const Member *member = caller.member();
    const auto entries = crdt::decodeAwareness(viewOf(notice.awareness),
                                               {.maxEntries = 1, .maxStateBytes = std::size_t(protocol::kMaxPresenceBytes)});
    if (!member || !entries || entries->size() != 1)
        return;
    const crdt::AwarenessEntry &sent = entries->front();
    if (sent.client != member->person.client || !sent.state)
        return;
    const auto state = stamped(*sent.state, *member);
    if (!state)
        return;
    Entry &entry = m_entries[member->person.client];
    // Our own count: a client that starts again at 0, or jumps to the end of the range, must not silence itself.
    ++entry.clock;
    entry.state = *state;
    m_changed.insert(member->person.client);
    if (!m_timer.isActive())
        m_timer.start();
}

void PresenceRelay::forget(const Member &member)
{
    const auto entry = m_entries.find(member.person.client);
    if (entry == m_entries.end())
        return;
    const std::array gone{crdt::AwarenessEntry{member.person.client, entry->clock, std::nullopt}};
    const base::Bytes bytes = crdt::encodeAwareness(gone);
    m_entries.erase(entry);
    m_changed.remove(member.person.client);
    m_workspace.members().broadcast(protocol::PresenceChanged{
        .awareness = QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()))});
}

QByteArray PresenceRelay::encodeEntries(const QList<quint32> &clients) const
{
    std::vector<crdt::AwarenessEntry> entries;
    for (const quint32 client : clients) {
        const Entry &entry = *m_entries.constFind(client);
        entries.push_back({client, entry.clock, entry.state.toStdString()});
    }
    const base::Bytes bytes = crdt::encodeAwareness(entries);
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
}

void PresenceRelay::tellAll(Connection &newcomer)
{
    if (!m_entries.isEmpty())
        newcomer.send(protocol::PresenceChanged{.awareness = encodeEntries(m_entries.keys())});
}

void PresenceRelay::flush()
{
    const QList<quint32> changed = m_changed.values();
    m_changed.clear();
    if (changed.isEmpty())
        return;
    const QByteArray frame = protocol::encode(protocol::PresenceChanged{.awareness = encodeEntries(changed)});
    for (const auto &member : m_workspace.members().all()) {
        Connection *connection = member->connection;
        const bool isOnlyOwn = changed.size() == 1 && changed.front() == member->person.client;
        // Somebody who is behind gets the next round; only the newest place counts.
        if (connection && !isOnlyOwn && !connection->isBehind())
            connection->sendFrame(frame);
    }
}

} // namespace host
