// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/presence.h"

#include "app/protocol/limits.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace client {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// Positions are JSON made by crdt; inside our state they are plain members, as editors based on Yjs expect.
QJsonValue jsonOf(const std::optional<crdt::RelativePosition> &position)
{
    if (!position)
        return QJsonValue::Null;
    return QJsonDocument::fromJson(QByteArray::fromStdString(position->toJson())).object();
}

std::optional<crdt::RelativePosition> positionOf(const QJsonValue &value)
{
    if (!value.isObject())
        return std::nullopt;
    const QByteArray json = QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    auto position = crdt::RelativePosition::fromJson({json.constData(), std::size_t(json.size())});
    if (!position)
        return std::nullopt;
    return *std::move(position);
}

base::ByteView viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())};
}

} // namespace

Place placeFromState(const std::string &json)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    Place place;
    place.path = QByteArray::fromBase64(object.value("path"_L1).toString().toLatin1());
    place.line = qint64(std::clamp(object.value("line"_L1).toDouble(), 0.0, 2147483647.0));
    place.document = base::DocumentId::fromString(object.value("document"_L1).toString().toStdString()).value_or(base::DocumentId{});
    place.anchor = positionOf(object.value("anchor"_L1));
    place.head = positionOf(object.value("head"_L1));
    place.isTyping = object.value("typing"_L1).toBool();
    place.isIdle = object.value("idle"_L1).toBool();
    return place;
}

std::string stateOfPlace(const Place &place)
{
    QJsonObject object;
    const QByteArray path = place.path.size() > Presence::kMaxPathBytes ? QByteArray() : place.path;
    object.insert("path"_L1, QString::fromLatin1(path.toBase64()));
    object.insert("line"_L1, place.line);
    object.insert("anchor"_L1, jsonOf(place.anchor));
    object.insert("head"_L1, jsonOf(place.head));
    object.insert("document"_L1, place.document.isNull() ? QString() : QString::fromStdString(place.document.toString()));
    object.insert("typing"_L1, place.isTyping);
    object.insert("idle"_L1, place.isIdle);
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

Presence::Presence(Session &session, const base::Clock &clock) : m_session(session), m_clock(clock)
{
    m_sendTimer.setSingleShot(true);
    m_sendTimer.setInterval(kSendInterval);
    connect(&m_sendTimer, &QTimer::timeout, this, [this] {
        if (m_isOwnDirty)
            ownChanged();
    });
    m_renewTimer.setInterval(kRenewInterval);
    connect(&m_renewTimer, &QTimer::timeout, this, &Presence::ownChanged);
    m_renewTimer.start();
    m_typingTimer.setSingleShot(true);
    m_typingTimer.setInterval(kTypingLasts);
    connect(&m_typingTimer, &QTimer::timeout, this, [this] {
        m_own.isTyping = false;
        ownChanged();
    });
    m_silenceTimer.setInterval(1s);
    connect(&m_silenceTimer, &QTimer::timeout, this, &Presence::checkSilence);
    m_session.on<protocol::PresenceChanged>(this, [this](const protocol::PresenceChanged &changed) { receive(changed.awareness); });
}

void Presence::setOwnClient(quint32 client)
{
    m_ownClient = client;
    ownChanged();
}

void Presence::setOwnPath(const QByteArray &path, qint64 line)
{
    if (m_own.path == path && m_own.line == line)
        return;
    m_own.path = path;
    m_own.line = line;
    ownChanged();
}

void Presence::setOwnIdle(bool idle)
{
    if (std::exchange(m_own.isIdle, idle) != idle)
        ownChanged();
}

void Presence::setOwnCaret(const base::DocumentId &document, const crdt::RelativePosition &anchor, const crdt::RelativePosition &head)
{
    m_own.document = document;
    m_own.anchor = anchor;
    m_own.head = head;
    ownChanged();
}

void Presence::clearOwnCaret(const base::DocumentId &document)
{
    if (m_own.document != document || document.isNull())
        return;
    m_own.document = {};
    m_own.anchor.reset();
    m_own.head.reset();
    ownChanged();
}

void Presence::noteTyping()
{
    m_typingTimer.start();
    if (!std::exchange(m_own.isTyping, true))
        ownChanged();
}

void Presence::ownChanged()
{
    m_isOwnDirty = true;
    if (m_session.state() != Session::State::Open || m_sendTimer.isActive() || m_ownClient == 0)
        return;
    m_sendTimer.start();
    // Documents go first on a slow line; the newest place goes out when the queue is short again.
    if (!m_session.isCongested())
        sendOwn();
}

void Presence::sendOwn()
{
    m_isOwnDirty = false;
    const std::array entries{crdt::AwarenessEntry{m_ownClient, ++m_ownClock, stateOfPlace(m_own)}};
    const base::Bytes bytes = crdt::encodeAwareness(entries);
    if (qsizetype(bytes.size()) <= protocol::kMaxPresenceBytes)
        m_session.notify(protocol::UpdatePresence{QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()))});
}

void Presence::receive(const QByteArray &awareness)
{
    const crdt::AwarenessLimits limits{std::size_t(protocol::kMaxParticipants) * 2, std::size_t(protocol::kMaxPresenceBytes)};
    const auto entries = crdt::decodeAwareness(viewOf(awareness), limits);
    if (!entries)
        return m_session.reportBrokenPeer(entries.error());
    for (const crdt::AwarenessEntry &entry : *entries) {
        const auto found = m_heard.find(quint32(entry.client));
        // Only people whom the host has announced: nobody can fill this table by inventing ids.
        if (entry.client > 0xffffffff || found == m_heard.end() || (found->place && entry.clock < found->clock))
            continue;
        std::optional<Place> place;
        if (entry.state)
            place = placeFromState(*entry.state);
        if (place && place->isIdle && !(found->place && found->place->isIdle))
            found->idleSince = m_clock.wallTime();
        const bool isNews = place != found->place || found->wasSilent;
        found->clock = entry.clock;
        found->place = std::move(place);
        found->at = m_clock.now();
        found->wasSilent = false;
        if (isNews)
            Q_EMIT placeChanged(quint32(entry.client));
    }
}

const Place *Presence::placeOf(quint32 client) const
{
    const auto found = m_heard.constFind(client);
    return found != m_heard.cend() && found->place ? &*found->place : nullptr;
}

bool Presence::isSilent(quint32 client) const
{
    const auto found = m_heard.constFind(client);
    return found == m_heard.cend() || m_clock.now() - found->at >= kSilentAfter;
}

base::WallTime Presence::idleSince(quint32 client) const
{
    return m_heard.value(client).idleSince;
}

void Presence::expect(quint32 client)
{
    if (!m_heard.contains(client))
        m_heard.insert(client, Heard{.at = m_clock.now()});
    if (!m_silenceTimer.isActive())
        m_silenceTimer.start();
}

void Presence::forget(quint32 client)
{
    m_heard.remove(client);
    if (m_heard.isEmpty())
        m_silenceTimer.stop();
}

void Presence::restartSilence()
{
    for (Heard &heard : m_heard) {
        heard.at = m_clock.now();
        heard.wasSilent = false;
        // The host counts, and a restarted one counts from the beginning.
        heard.clock = 0;
    }
}

void Presence::checkSilence()
{
    QList<quint32> gone;
    for (auto it = m_heard.begin(); it != m_heard.end(); ++it) {
        if (!it->wasSilent && m_clock.now() - it->at >= kSilentAfter) {
            it->wasSilent = true;
            gone.append(it.key());
        }
    }
    for (const quint32 client : std::as_const(gone))
        Q_EMIT placeChanged(client);
}

} // namespace client
