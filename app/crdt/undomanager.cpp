// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/undomanager.h"

#include "app/crdt/engine.h"
#include "app/crdt/planted.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

namespace crdt {

namespace {

// Origins of managers are never the application's.
Origin nextManagerOrigin()
{
    static std::atomic<std::uint64_t> count{0};
    return {std::uint64_t{1} << 63 | ++count};
}

} // namespace

//! Takes back one step; the rules are those of Yjs.
class Undo
{
public:
    Undo(UndoManager &manager, const UndoManager::Step &step)
        : m_manager(manager), m_engine(manager.m_document.engine()), m_step(step) {}

    //! Inside a transaction. False if nothing was left to take back.
    bool run();

    static bool inScope(const Engine &engine, const std::vector<TypeIndex> &scope, ItemRef item);
    template <typename Visit>
    static void forUnits(Engine &engine, ClientId client, const std::vector<DeleteSet::Range> &ranges, Visit &&visit);

private:
    // A hostile document may nest types deeper than the stack is.
    static constexpr int kMaxNesting = 500;

    bool isMine(ItemRef item) const { return inScope(m_engine, m_manager.m_scope, item); }
    ItemRef newest(ItemRef item);
    ItemRef copyOf(ItemRef item);
    bool recreate(ItemRef item, int depth);
    bool recreateParent(std::uint32_t &type, int depth);
    ItemRef traceInto(ItemRef item, std::uint32_t type);
    bool findMapPlace(ItemRef item, Gap &gap);
    bool isReplaceable(ItemRef item) const;

    UndoManager &m_manager;
    Engine &m_engine;
    const UndoManager::Step &m_step;
    std::set<ItemRef> m_wanted;
};

bool Undo::inScope(const Engine &engine, const std::vector<TypeIndex> &scope, ItemRef item)
{
    while (item != kNoRef && !engine.items[item].isGc()) {
        const std::uint32_t type = engine.sequences.owner(engine.sequences.of(engine.items[item]));
        if (std::ranges::find(scope, TypeIndex{type}) != scope.end())
            return true;
        item = engine.types[type]->item;
    }
    return false;
}

// Splits at the ends of the ranges, so that what is visited lies inside.
template <typename Visit>
void Undo::forUnits(Engine &engine, ClientId client, const std::vector<DeleteSet::Range> &ranges, Visit &&visit)
{
    const auto ref = engine.findClient(client);
    if (!ref)
        return;
    for (const DeleteSet::Range &range : ranges) {
        const auto end = std::uint32_t(std::min<ClockValue>(range.end(), engine.clients[*ref].state));
        for (auto clock = std::uint32_t(range.clock); clock < end;) {
            const ItemRef item = engine.itemStartingAt(*ref, clock);
            if (engine.items[item].end() > end && !engine.items[item].isGc())
                engine.split(item, end - clock);
            clock = engine.items[item].end();
            if (!engine.items[item].isGc())
                visit(item);
        }
    }
}

bool Undo::run()
{
    std::vector<ItemRef> doomed;
    for (const ClientId client : m_step.insertedOrder) {
        forUnits(m_engine, client, m_step.inserted.clients().at(client), [&](ItemRef item) {
            item = newest(item);
            if (!m_engine.items[item].deleted && isMine(item))
                doomed.push_back(item);
        });
    }
    std::vector<ItemRef> wanted;
    for (const ClientId client : m_step.deletedOrder) {
        const auto ranges = m_step.deleted.clients().find(client);
        if (ranges == m_step.deleted.clients().end())
            continue;
        forUnits(m_engine, client, ranges->second, [&](ItemRef item) {
            if (isMine(item) && !m_step.inserted.contains(m_engine.idOf(m_engine.items[item])))
                wanted.push_back(item);
        });
    }
    m_wanted.insert(wanted.begin(), wanted.end());
    bool changed = false;
    for (const ItemRef item : isPlanted(Defect::RedoForgets) ? std::vector<ItemRef>() : wanted)
        changed = recreate(item, 0) || changed;
    for (auto item = doomed.rbegin(); item != doomed.rend(); ++item)
        m_engine.deleteItem(*item);
    return changed || !doomed.empty();
}

// The first copy of an item, cut to start where its original does; kNoRef if it has none.
ItemRef Undo::copyOf(ItemRef item)
{
    const Item &original = m_engine.items[item];
    if (!original.redone)
        return kNoRef;
    const ItemId id = m_engine.redone.at(Engine::redoneKey(original.client, original.clock));
    return m_engine.itemStartingAt(*m_engine.findClient(id.client), std::uint32_t(id.clock));
}

ItemRef Undo::newest(ItemRef item)
{
    for (ItemRef copy = copyOf(item); copy != kNoRef; copy = copyOf(item)) {
        if (m_engine.items[copy].isGc())
            break;
        item = copy;
    }
    return item;
}

// Makes sure that the type an item belongs to is alive, and says which type it now is.
bool Undo::recreateParent(std::uint32_t &type, int depth)
{
    ItemRef parent = m_engine.types[type]->item;
    if (parent == kNoRef)
        return !m_engine.types[type]->isDead;
    if (!m_engine.items[parent].deleted)
        return true;
    if (!m_engine.items[parent].redone && (!m_wanted.contains(parent) || !recreate(parent, depth + 1)))
        return false;
    parent = newest(parent);
    type = m_engine.typeIn(m_engine.items[parent]);
    return type != kNoRef;
}

ItemRef Undo::traceInto(ItemRef item, std::uint32_t type)
{
    while (item != kNoRef
           && (m_engine.items[item].isGc() || m_engine.sequences.owner(m_engine.sequences.of(m_engine.items[item])) != type))
        item = m_engine.items[item].isGc() ? kNoRef : copyOf(item);
    return item;
}

bool Undo::recreate(ItemRef item, int depth)
{
    if (m_engine.items[item].redone)
        return true;
    if (depth > kMaxNesting)
        return false;
    const SequenceRef oldList = m_engine.sequences.of(m_engine.items[item]);
    std::uint32_t type = m_engine.sequences.owner(oldList);
    if (!recreateParent(type, depth))
        return false;
    Gap gap;
    if (m_engine.sequences.isKeyed(oldList)) {
        gap.sequence = m_engine.keyedList(type, std::string(m_engine.sequences.key(oldList)));
        if (!findMapPlace(item, gap))
            return false;
    } else {
        gap.sequence = m_engine.types[type]->list;
        for (ItemRef left = m_engine.sequences.previous(item); left != kNoRef && gap.left == kNoRef;
             left = m_engine.sequences.previous(left))
            gap.left = traceInto(left, type);
        for (ItemRef right = item; right != kNoRef && gap.right == kNoRef; right = m_engine.sequences.next(right))
            gap.right = traceInto(right, type);
    }
    const ItemRef copy = m_engine.insertCopy(gap, item);
    if (copy == kNoRef)
        return false;
    Item &original = m_engine.items[item];
    original.redone = 1;
    m_engine.redone[Engine::redoneKey(original.client, original.clock)] = m_engine.idOf(m_engine.items[copy]);
    m_engine.keep(copy);
    return true;
}

// A value is only brought back over values that this manager's own steps made or removed.
bool Undo::findMapPlace(ItemRef item, Gap &gap)
{
    if (m_engine.sequences.next(item) == kNoRef) {
        gap.left = m_engine.sequences.last(gap.sequence);
        return true;
    }
    gap.left = item;
    for (ItemRef next = m_engine.sequences.next(item); next != kNoRef && isReplaceable(next);
         next = m_engine.sequences.next(gap.left))
        gap.left = newest(next);
    return m_engine.sequences.next(gap.left) == kNoRef;
}

bool Undo::isReplaceable(ItemRef item) const
{
    const ItemId id = m_engine.idOf(m_engine.items[item]);
    const auto deletes = [id](const UndoManager::Step &step) { return step.deleted.contains(id); };
    return m_engine.items[item].redone || m_step.inserted.contains(id) || std::ranges::any_of(m_manager.m_undo, deletes)
        || std::ranges::any_of(m_manager.m_redo, deletes);
}

UndoManager::UndoManager(Document &document, Text scope, Options options)
    : UndoManager(document, std::vector<TypeIndex>{scope.type()}, std::move(options))
{
}

UndoManager::UndoManager(Document &document, std::vector<TypeIndex> scope, Options options)
    : m_document(document), m_scope(std::move(scope)), m_options(std::move(options)), m_self(nextManagerOrigin())
{
    m_hook = m_document.engine().addTransactionHook([this](Transaction &transaction) { record(transaction); });
}

UndoManager::~UndoManager()
{
    m_changed = nullptr;
    clear();
    m_document.removeObserver(m_hook);
}

bool UndoManager::concerns(const Transaction &transaction) const
{
    const bool isTracked = transaction.origin == m_self || isPlanted(Defect::UndoTakesForeign)
        || std::ranges::find(m_options.trackedOrigins, transaction.origin) != m_options.trackedOrigins.end();
    const Engine &engine = m_document.engine();
    return isTracked && std::ranges::any_of(transaction.changedTypes, [&](std::uint32_t type) {
        return std::ranges::find(m_scope, TypeIndex{type}) != m_scope.end()
            || Undo::inScope(engine, m_scope, engine.types[type]->item);
    });
}

// Runs before garbage collection, so what was deleted still has its content.
void UndoManager::record(Transaction &transaction)
{
    if (!concerns(transaction))
        return;
    std::vector<Step> &steps = m_undoing ? m_redo : m_undo;
    if (m_undoing)
        stopCapturing();
    else if (!m_redoing)
        release(m_redo);
    const base::Instant now = m_options.clock ? m_options.clock->now() : m_systemClock.now();
    const bool extends = m_lastCapture && !steps.empty() && !m_undoing && !m_redoing
        && std::chrono::duration_cast<std::chrono::milliseconds>(now - *m_lastCapture) < m_options.captureTimeout;
    if (!extends)
        steps.push_back({{}, {}, {}, {}, m_capture ? m_capture() : std::any()});
    append(steps.back(), transaction);
    if (!m_undoing && !m_redoing)
        m_lastCapture = now;
    Engine &engine = m_document.engine();
    for (const UnitRange &range : transaction.deleted) {
        engine.forItems(range.client, range.clock, range.end(), [&](ItemRef item) {
            if (Undo::inScope(engine, m_scope, item))
                engine.keep(item);
        });
    }
    if (m_changed)
        m_changed();
}

void UndoManager::append(Step &step, const Transaction &transaction) const
{
    const Engine &engine = m_document.engine();
    const auto note = [](std::vector<ClientId> &order, ClientId client) {
        if (std::ranges::find(order, client) == order.end())
            order.push_back(client);
    };
    for (const Transaction::Advance &made : transaction.advances) {
        const ClientStructs &client = engine.clients[made.client];
        if (client.state == made.before)
            continue;
        step.inserted.add(client.id, made.before, client.state - made.before);
        note(step.insertedOrder, client.id);
    }
    for (const UnitRange &range : transaction.deleted)
        step.deleted.add(engine.clients[range.client].id, range.clock, range.length);
    for (const ClientRef client : transaction.deletedOrder)
        note(step.deletedOrder, engine.clients[client].id);
    step.inserted.normalise();
    step.deleted.normalise();
}

bool UndoManager::undo() { return takeBack(m_undo, m_undoing); }
bool UndoManager::redo() { return takeBack(m_redo, m_redoing); }

bool UndoManager::takeBack(std::vector<Step> &from, bool &flag)
{
    Engine &engine = m_document.engine();
    if (engine.isInTransaction() || m_undoing || m_redoing)
        return false;
    flag = true;
    std::optional<std::any> metadata;
    engine.beginTransaction(m_self);
    while (!from.empty() && !metadata) {
        const Step step = std::move(from.back());
        from.pop_back();
        if (Undo(*this, step).run())
            metadata = step.metadata;
    }
    engine.endTransaction();
    flag = false;
    if (metadata && m_restore)
        m_restore(*metadata);
    if (m_changed)
        m_changed();
    return metadata.has_value();
}

void UndoManager::stopCapturing() { m_lastCapture.reset(); }

void UndoManager::clear()
{
    release(m_undo);
    release(m_redo);
    if (m_changed)
        m_changed();
}

void UndoManager::release(std::vector<Step> &steps)
{
    Engine &engine = m_document.engine();
    for (const Step &step : std::exchange(steps, {})) {
        for (const auto &[client, ranges] : step.deleted.clients()) {
            const auto ref = engine.findClient(client);
            for (const DeleteSet::Range &range : ranges) {
                if (ref)
                    engine.release({*ref, std::uint32_t(range.clock), std::uint32_t(range.length)});
            }
        }
    }
}

void UndoManager::setMetadataHooks(std::function<std::any()> capture, std::function<void(const std::any &)> restore)
{
    m_capture = std::move(capture);
    m_restore = std::move(restore);
}

void UndoManager::setChangedHook(std::function<void()> changed) { m_changed = std::move(changed); }

} // namespace crdt
