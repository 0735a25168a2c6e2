// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/random.h"
#include "app/crdt/clientstructs.h"
#include "app/crdt/deleteset.h"
#include "app/crdt/document.h"
#include "app/crdt/item.h"
#include "app/crdt/sequence.h"
#include "app/crdt/transaction.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace crdt {

//! A shared type: a root, or the content of an item.
struct TypeNode
{
    TypeKind kind = TypeKind::Untyped;
    ItemRef item = kNoRef;               //!< the item holding it; none for roots
    bool isDead = false;                 //!< its item's content was discarded
    bool hasFormatting = false;          //!< has or had format marks
    std::string name;                    //!< of a root; of an XML element or hook
    SequenceRef list = kNoRef;
    std::map<std::string, SequenceRef, std::less<>> keys;
    std::vector<std::pair<int, TextObserver>> observers;
    std::uint64_t changedIn = 0;         //!< number of the last transaction that changed it
};

//! Where a local edit goes: between two neighbours of a list.
struct Gap
{
    SequenceRef sequence = kNoRef;
    ItemRef left = kNoRef;
    ItemRef right = kNoRef;
};

//! The inside of a Document: items, lists, clients, transactions. Internal to this folder; handles, relative positions
//! and the undo manager work on it. The parts are in engine.cpp (store), integrate.cpp, apply.cpp, commit.cpp,
//! encode.cpp, observe.cpp, textedit.cpp and formattedtext.cpp.
class Engine
{
public:
    explicit Engine(DocumentOptions options);
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    // Store.
    std::vector<Item> items;
    Sequences sequences{items};
    std::vector<ClientStructs> clients;
    std::vector<std::unique_ptr<TypeNode>> types;
    std::map<ClientId, ClientRef, std::greater<>> clientRefs;
    std::unordered_map<std::uint64_t, ItemId> redone;    //!< unit -> its copy made by undo; see redoneKey()
    DocumentOptions options;

    std::optional<ClientRef> findClient(ClientId client) const
    {
        const bool isLast = m_lastClient.first == client && m_lastClient.second != kNoClient;
        return isLast ? m_lastClient.second : searchClient(client);
    }
    ClientRef clientRef(ClientId client);
    std::uint32_t state(ClientId client) const
    {
        const auto ref = findClient(client);
        return ref ? clients[*ref].state : 0;
    }
    static std::uint64_t redoneKey(ClientRef client, std::uint32_t clock) { return std::uint64_t(client) << 32 | clock; }

    std::uint32_t rootType(std::string_view name, TypeKind kind = TypeKind::Untyped);
    TypeNode &typeOf(SequenceRef sequence) { return *types[sequences.owner(sequence)]; }
    const TypeNode &typeOf(SequenceRef sequence) const { return *types[sequences.owner(sequence)]; }
    //! The root of that name, or kNoRef.
    std::uint32_t findRoot(std::string_view name) const
    {
        const auto found = m_roots.find(name);
        return found == m_roots.end() ? kNoRef : found->second;
    }
    //! The list of \a key's values, made if there is none.
    SequenceRef keyedList(std::uint32_t type, std::string_view key);
    bool isTypeDeleted(const TypeNode &type) const
    {
        return type.isDead || (type.item != kNoRef && items[type.item].deleted);
    }
    //! The type an item holds, if it does.
    std::uint32_t typeIn(const Item &item) const;

    ItemRef itemAt(ClientRef client, std::uint32_t clock) const { return clients[client].index.itemAt(items, clock); }
    //! The item that ends with / starts with a unit, split off if it is in the middle. A GC struct is never split.
    ItemRef itemEndingAt(ClientRef client, std::uint32_t clock);
    ItemRef itemStartingAt(ClientRef client, std::uint32_t clock);
    ItemRef split(ItemRef item, std::uint32_t offset);
    StoredValue &value(const Item &item, std::uint32_t offset = 0)
    {
        return clients[item.client].values[item.content + offset];
    }
    const StoredValue &value(const Item &item, std::uint32_t offset = 0) const
    {
        return clients[item.client].values[item.content + offset];
    }
    //! Unit \a offset of an item with content, as a value.
    SharedValue sharedValue(const Item &item, std::uint32_t offset) const;
    //! Writes the payload of an item holding \a value and returns its kind.
    static ContentKind encodeValue(const Any &value, base::VarWriter &payload);
    ItemId idOf(const Item &item) const { return {clients[item.client].id, item.clock}; }
    ItemId lastIdOf(const Item &item) const { return {clients[item.client].id, item.lastClock()}; }

    // Transactions.
    void beginTransaction(Origin origin);
    void endTransaction();
    Transaction &active() { return *m_active; }
    bool isInTransaction() const { return m_active != nullptr; }
    void deleteItem(ItemRef item);
    //! Keeps the content of an item and of the items of the types around it from garbage collection; release() ends that
    //! for the units of \a range.
    void keep(ItemRef item);
    void release(const UnitRange &range);
    //! Discards the contents of deleted, no longer kept items among \a ranges.
    void collectGarbage(const std::vector<UnitRange> &ranges);
    //! Marks \a type as changed in the active transaction.
    void touch(std::uint32_t type)
    {
        TypeNode &touched = *types[type];
        if (touched.changedIn == m_active->number)
            return;
        touched.changedIn = m_active->number;
        m_active->changedTypes.push_back(type);
    }

    // Local edits; inside a transaction.
    ClientId localClient = 0;
    ItemRef insertText(const Gap &gap, std::u16string_view units);
    //! An item of \a length units with the given payload of format v1.
    ItemRef insertContent(const Gap &gap, ContentKind kind, base::ByteView payload, std::uint32_t length);
    //! A new item with the content of \a source, for undo; kNoRef if that was discarded. The gap may be wider than one
    //! boundary: then the usual rule for concurrent insertions decides.
    ItemRef insertCopy(const Gap &gap, ItemRef source);
    bool hasRoomFor(std::size_t units) const;
    //! The place in front of visible unit \a index, or at the end, as late as possible; splits where needed.
    Gap gapBefore(SequenceRef list, std::size_t index);
    //! Deletes \a length visible units from \a index; the range must exist.
    void deleteRange(SequenceRef list, std::size_t index, std::size_t length);
    bool isInsidePair(SequenceRef list, std::size_t index) const;

    // Updates.
    base::Result<void> applyUpdate(base::ByteView update, Origin origin);
    base::Bytes encodeState(const StateVector &known) const;
    base::Bytes encodeStateVector() const;
    StateVector stateVector() const;
    struct Pending
    {
        base::Bytes update;
        std::map<ClientId, ClockValue> missing;
    };
    std::optional<Pending> pendingStructs;
    DeleteSet pendingDeletes;

    // Observers. All numbers come from one series.
    int observeUpdates(Document::UpdateObserver observer);
    int observeText(std::uint32_t type, TextObserver observer);
    int addTransactionHook(std::function<void(Transaction &)> hook);
    void removeObserver(int number);

    //! Calls \a visit for every item of \a client that overlaps the clocks [\a from, \a to). No changes meanwhile.
    template <typename Visit>
    void forItems(ClientRef client, std::uint32_t from, std::uint32_t to, Visit &&visit) const;

    std::size_t memoryUsage() const;

private:
    friend class UpdateApplier;

    // Store (engine.cpp).
    std::optional<ClientRef> searchClient(ClientId client) const;
    ItemRef allocate();
    void pack();
    void discard(ItemRef item);
    void discardContent(Item &item);
    void compact(ClientStructs &client);
    void damageSurrogates(const Item &left, const Item &right);

    // Integration (integrate.cpp).
    void integrate(const WireUpdate &update, const WireStruct &one);
    bool tryExtend(const WireUpdate &update, const WireStruct &one, ClientRef client);
    void integrateAt(const WireUpdate &update, const WireStruct &one, std::uint32_t offset, Item made, const Gap &gap);
    std::optional<SequenceRef> parentOf(const WireUpdate &update, const WireStruct &one, ItemRef left, ItemRef right);
    bool comesBefore(const Item &other, const Item &made) const;
    ItemRef rightOf(ItemRef left, const Item &made);
    ItemRef findPosition(const Gap &gap, const Item &made);
    void place(SequenceRef sequence, ItemRef left, Item made);
    ItemRef placeLocal(const Gap &gap, Item made);
    void appendGc(ClientRef client, std::uint32_t length);
    std::uint32_t storeContent(ClientStructs &client, ContentKind kind, base::ByteView payload, std::uint32_t length,
                               std::uint32_t offset);
    void makeType(ItemRef item);
    void advance(ClientRef client, std::uint32_t length, bool madeItem);
    void rollBack();
    void joinOuter(std::unique_ptr<Transaction> outer, const std::vector<Transaction::Advance> &advances);
    std::uint32_t stateBefore(ClientRef client) const;

    // Ending transactions (commit.cpp).
    void commit(Transaction &transaction);
    void notifyTexts(const Transaction &transaction);
    std::vector<TextDelta> textDelta(const Transaction &transaction, std::uint32_t type) const;
    void collectChildren(std::uint32_t type);
    void replaceByGc(ItemRef item);
    void mergeItems(const Transaction &transaction);
    void mergeBoundaries(ClientRef client, std::uint32_t from, std::uint32_t to);
    void mergeFrom(ClientRef client, ClockIndex::Cursor right, std::uint32_t to);
    //! If it does, \a left is where the merged item is then.
    bool tryMerge(ClientRef client, ClockIndex::Cursor &left, ClockIndex::Cursor right);
    void notifyUpdate(const Transaction &transaction);
    void leaveTakenClientId(const Transaction &transaction);

    // Superfluous formats (formattedtext.cpp).
    void cleanFormats(const Transaction &transaction);

    // Encoding (encode.cpp).
    void writeItem(base::VarWriter &out, const Item &item, std::uint32_t offset) const;
    void writeContentOf(base::VarWriter &out, const Item &item, std::uint32_t offset) const;
    void writeSection(base::VarWriter &out, ClientRef client, std::uint32_t from) const;
    void writeAllDeletes(base::VarWriter &out) const;
    void writeRuns(base::VarWriter &out, const std::vector<UnitRange> &runs) const;
    void writeTransaction(base::VarWriter &out, const Transaction &transaction) const;

    std::vector<ItemRef> m_freeItems;
    std::vector<UnitRange> m_released;     // waiting for collectGarbage()
    std::map<std::string, std::uint32_t, std::less<>> m_roots;
    std::unique_ptr<Transaction> m_active;
    int m_depth = 0;
    std::deque<std::unique_ptr<Transaction>> m_queue;
    bool m_committing = false;
    std::unique_ptr<Transaction> m_spare;
    std::uint64_t m_transactions = 0;
    mutable std::pair<ClientId, ClientRef> m_lastClient{0, kNoClient};
    std::size_t m_scanSteps = 0;
    std::unique_ptr<WireUpdate> m_wire;

    std::vector<std::pair<int, Document::UpdateObserver>> m_updateObservers;
    std::vector<std::pair<int, std::function<void(Transaction &)>>> m_hooks;
    int m_nextObserver = 1;
    base::SystemRandom m_systemRandom;
    base::VarWriter m_scratch;
    std::vector<ItemRef> m_scratchItems;
};

template <typename Visit>
void Engine::forItems(ClientRef client, std::uint32_t from, std::uint32_t to, Visit &&visit) const
{
    const ClockIndex &index = clients[client].index;
    if (from >= to || from >= clients[client].state)
        return;
    for (auto cursor = index.find(items, from); !index.isEnd(cursor); index.advance(cursor)) {
        const ItemRef ref = index.at(cursor);
        if (items[ref].clock >= to)
            return;
        visit(ref);
    }
}

} // namespace crdt
