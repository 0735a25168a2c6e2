// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/crdt/ids.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace crdt {

//! One participant's state as sent. No state: gone.
struct AwarenessEntry
{
    ClientId client = 0;
    ClockValue clock = 0;
    std::optional<std::string> state; //!< JSON text, verbatim

    friend bool operator==(const AwarenessEntry &, const AwarenessEntry &) = default;
};

struct AwarenessLimits
{
    std::size_t maxEntries = 1024;
    std::size_t maxStateBytes = 4096;
};

//! Errors: Malformed; TooMany, TooLarge above \a limits. Checks that each state is JSON.
base::Result<std::vector<AwarenessEntry>> decodeAwareness(base::ByteView bytes, AwarenessLimits limits = {});
base::Bytes encodeAwareness(std::span<const AwarenessEntry> entries);

//! Who is here and what they look at; the Yjs awareness protocol. Not part of the document, never stored.
//!
//! Owns no timer: call removeStale() and isRenewalDue() every few seconds. One thread at a time.
class Awareness
{
public:
    static constexpr std::chrono::seconds kRenewAfter{15};
    static constexpr std::chrono::seconds kStaleAfter{30};

    struct Change
    {
        std::vector<ClientId> added;
        std::vector<ClientId> updated;
        std::vector<ClientId> removed;

        bool isEmpty() const { return added.empty() && updated.empty() && removed.empty(); }
        friend bool operator==(const Change &, const Change &) = default;
    };
    //! \a different: entries whose state differs; \a touched: those and entries that only repeated their state.
    using Observer = std::function<void(const Change &different, const Change &touched, Origin origin)>;

    //! Starts online with the state {} and clock 0, as Yjs does.
    Awareness(ClientId client, base::Instant now, AwarenessLimits limits = {});

    ClientId client() const { return m_client; }
    std::optional<std::string> localState() const;
    //! \a json as is; nothing means going offline. Counts the own clock up. Errors: Malformed if not JSON; TooLarge.
    base::Result<void> setLocalState(std::optional<std::string> json, base::Instant now, Origin origin = {});
    //! Replaces one member of the own state. Does nothing when offline. Errors as setLocalState().
    base::Result<void> setLocalField(const std::string &name, const std::string &json, base::Instant now);

    //! Takes in what others sent. Errors as decodeAwareness(), and TooMany when more participants than the limit would be
    //! remembered; then nothing has changed.
    base::Result<void> apply(base::ByteView update, base::Instant now, Origin origin = {});
    //! Removes participants, as when their connection closed. Unknown ones are ignored.
    void remove(std::span<const ClientId> clients, base::Instant now, Origin origin = {});
    //! Removes those not heard of for kStaleAfter.
    void removeStale(base::Instant now);
    //! Whether the own state must be set again so that others do not think we are gone.
    bool isRenewalDue(base::Instant now) const;

    //! The present participants, in the order they appeared.
    std::vector<AwarenessEntry> states() const;
    //! The last clock heard of \a client, gone or not.
    std::optional<ClockValue> clock(ClientId client) const;
    //! Entries for \a clients; unknown ones are left out.
    base::Bytes encode(std::span<const ClientId> clients) const;
    base::Bytes encodeAll() const;

    int observe(Observer observer);
    void removeObserver(int number);

private:
    struct Entry
    {
        ClockValue clock = 0;
        base::Instant updated;
        std::optional<std::string> state;
        std::uint64_t appeared = 0;   // orders states()
    };

    void notify(const Change &different, const Change &touched, Origin origin);

    ClientId m_client;
    AwarenessLimits m_limits;
    std::unordered_map<ClientId, Entry> m_entries;
    std::uint64_t m_nextAppearance = 0;
    std::vector<std::pair<int, Observer>> m_observers;
    int m_nextObserver = 1;
};

} // namespace crdt
