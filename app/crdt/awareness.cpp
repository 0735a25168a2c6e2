// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/awareness.h"

#include "app/base/varint.h"
#include "app/crdt/any.h"
#include "app/crdt/utf.h"

#include <algorithm>

namespace crdt {

namespace {

std::string_view stateText(base::ByteView bytes) { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }

bool isSameState(const std::optional<std::string> &a, const std::optional<std::string> &b)
{
    if (a == b || !a || !b)
        return a == b;
    // The same value may be written differently.
    const auto left = Any::fromJson(*a);
    const auto right = Any::fromJson(*b);
    return left && right && *left == *right;
}

} // namespace

base::Result<std::vector<AwarenessEntry>> decodeAwareness(base::ByteView bytes, AwarenessLimits limits)
{
    base::VarReader in(bytes);
    std::size_t left = in.count(3);
    if (left > limits.maxEntries)
        return base::Unexpected(base::ErrorCode::TooMany, "awareness states");
    std::vector<AwarenessEntry> entries;
    entries.reserve(left);
    for (; left > 0 && !in.failed(); --left) {
        AwarenessEntry entry;
        entry.client = in.varUint();
        entry.clock = in.varUint();
        const base::ByteView state = in.varBytes();
        if (state.size() > limits.maxStateBytes)
            return base::Unexpected(base::ErrorCode::TooLarge, "awareness state");
        if (in.failed() || !utf16Length(state) || !isJson(stateText(state)))
            return base::Unexpected(base::ErrorCode::Malformed, "awareness state");
        if (stateText(state) != "null")
            entry.state = std::string(stateText(state));
        entries.push_back(std::move(entry));
    }
    if (in.failed())
        return base::Unexpected(base::ErrorCode::Malformed, "awareness update");
    return entries;
}

base::Bytes encodeAwareness(std::span<const AwarenessEntry> entries)
{
    base::VarWriter out;
    out.varUint(entries.size());
    for (const AwarenessEntry &entry : entries) {
        out.varUint(entry.client);
        out.varUint(entry.clock);
        out.varString(entry.state ? *entry.state : "null");
    }
    return out.take();
}

Awareness::Awareness(ClientId client, base::Instant now, AwarenessLimits limits) : m_client(client), m_limits(limits)
{
    m_entries[client] = Entry{0, now, "{}", m_nextAppearance++};
}

std::optional<std::string> Awareness::localState() const { return m_entries.at(m_client).state; }

base::Result<void> Awareness::setLocalState(std::optional<std::string> json, base::Instant now, Origin origin)
{
    if (json && json->size() > m_limits.maxStateBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "awareness state");
    if (json && !Any::fromJson(*json))
        return base::Unexpected(base::ErrorCode::Malformed, "awareness state is not JSON");
    if (json == "null")
        json.reset();
    Entry &own = m_entries.at(m_client);
    const std::optional<std::string> before = std::exchange(own.state, std::move(json));
    ++own.clock;
    own.updated = now;
    Change different;
    Change touched;
    if (!own.state) {
        touched.removed.push_back(m_client);
        different = touched;
    } else if (!before) {
        own.appeared = m_nextAppearance++;
        touched.added.push_back(m_client);
        different = touched;
    } else {
        touched.updated.push_back(m_client);
        if (!isSameState(before, own.state))
            different = touched;
    }
    notify(different, touched, origin);
    return {};
}

base::Result<void> Awareness::setLocalField(const std::string &name, const std::string &json, base::Instant now)
{
    const std::optional<std::string> state = localState();
    if (!state)
        return {};
    const auto object = Any::fromJson(*state);
    const auto value = Any::fromJson(json);
    if (!object || !object->get<Any::Object>() || !value)
        return base::Unexpected(base::ErrorCode::Malformed, "awareness field");
    Any::Object members = *object->get<Any::Object>();
    const auto found = std::ranges::find(members, name, &Any::Member::first);
    if (found != members.end())
        found->second = *value;
    else
        members.emplace_back(name, *value);
    return setLocalState(Any(std::move(members)).toJson(), now);
}

base::Result<void> Awareness::apply(base::ByteView update, base::Instant now, Origin origin)
{
    const auto decoded = decodeAwareness(update, m_limits);
    if (!decoded)
        return decoded.unexpected();
    const auto isNew = [this](const AwarenessEntry &entry) { return !m_entries.contains(entry.client); };
    if (m_entries.size() + std::size_t(std::ranges::count_if(*decoded, isNew)) > m_limits.maxEntries)
        return base::Unexpected(base::ErrorCode::TooMany, "participants");

    Change different;
    Change touched;
    for (const AwarenessEntry &received : *decoded) {
        const auto found = m_entries.find(received.client);
        const bool isKnown = found != m_entries.end();
        const ClockValue clock = isKnown ? found->second.clock : 0;
        const bool wasHere = isKnown && found->second.state;
        if (received.clock < clock || (received.clock == clock && (received.state || !wasHere)))
            continue;
        Entry &entry = m_entries[received.client];
        entry.clock = received.clock;
        entry.updated = now;
        const std::optional<std::string> before = entry.state;
        // Somebody thinks we are gone. We stay, and the higher clock makes us announce ourselves again.
        if (!received.state && received.client == m_client && wasHere)
            ++entry.clock;
        else
            entry.state = received.state;
        if (!wasHere && entry.state)
            entry.appeared = m_nextAppearance++;
        // As in Yjs, who comes back was updated, not added.
        if (!isKnown && received.state) {
            touched.added.push_back(received.client);
            different.added.push_back(received.client);
        } else if (isKnown && !received.state) {
            touched.removed.push_back(received.client);
            different.removed.push_back(received.client);
        } else if (received.state) {
            touched.updated.push_back(received.client);
            if (!isSameState(before, entry.state))
                different.updated.push_back(received.client);
        }
    }
    notify(different, touched, origin);
    return {};
}

void Awareness::remove(std::span<const ClientId> clients, base::Instant now, Origin origin)
{
    Change removed;
    for (const ClientId client : clients) {
        const auto found = m_entries.find(client);
        if (found == m_entries.end() || !found->second.state)
            continue;
        found->second.state.reset();
        if (client == m_client) {
            ++found->second.clock;
            found->second.updated = now;
        }
        removed.removed.push_back(client);
    }
    notify(removed, removed, origin);
}

void Awareness::removeStale(base::Instant now)
{
    std::vector<ClientId> stale;
    for (const AwarenessEntry &entry : states()) {
        if (entry.client != m_client && now - m_entries.at(entry.client).updated >= kStaleAfter)
            stale.push_back(entry.client);
    }
    remove(stale, now);
}

bool Awareness::isRenewalDue(base::Instant now) const
{
    const Entry &own = m_entries.at(m_client);
    return own.state && now - own.updated >= kRenewAfter;
}

std::vector<AwarenessEntry> Awareness::states() const
{
    std::vector<std::pair<std::uint64_t, AwarenessEntry>> present;
    for (const auto &[client, entry] : m_entries) {
        if (entry.state)
            present.push_back({entry.appeared, {client, entry.clock, entry.state}});
    }
    std::ranges::sort(present, {}, &std::pair<std::uint64_t, AwarenessEntry>::first);
    std::vector<AwarenessEntry> result;
    for (auto &entry : present)
        result.push_back(std::move(entry.second));
    return result;
}

std::optional<ClockValue> Awareness::clock(ClientId client) const
{
    const auto found = m_entries.find(client);
    return found == m_entries.end() ? std::nullopt : std::optional(found->second.clock);
}

base::Bytes Awareness::encode(std::span<const ClientId> clients) const
{
    std::vector<AwarenessEntry> entries;
    for (const ClientId client : clients) {
        if (const auto found = m_entries.find(client); found != m_entries.end())
            entries.push_back({client, found->second.clock, found->second.state});
    }
    return encodeAwareness(entries);
}

base::Bytes Awareness::encodeAll() const { return encodeAwareness(states()); }

int Awareness::observe(Observer observer)
{
    m_observers.emplace_back(m_nextObserver, std::move(observer));
    return m_nextObserver++;
}

void Awareness::removeObserver(int number)
{
    std::erase_if(m_observers, [number](const auto &entry) { return entry.first == number; });
}

void Awareness::notify(const Change &different, const Change &touched, Origin origin)
{
    if (touched.isEmpty())
        return;
    const auto observers = m_observers;
    for (const auto &entry : observers)
        entry.second(different, touched, origin);
}

} // namespace crdt
