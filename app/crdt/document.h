// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/crdt/array.h"
#include "app/crdt/ids.h"
#include "app/crdt/map.h"
#include "app/crdt/statevector.h"
#include "app/crdt/text.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

namespace base {
class RandomSource;
}

namespace crdt {

class Engine;

struct DocumentOptions
{
    //! 0: a random 32-bit number. Other implementations mishandle more than 32 bits, so assign none.
    ClientId client = 0;
    //! Forget the content of what was deleted. Off only for documents that must show their history.
    bool gc = true;
    //! How much may be kept that waits for something missing; an update that needs more is refused.
    std::size_t maxPendingBytes = std::size_t{1} << 20;
    //! For client ids; the system's generator if null. Must outlive the document.
    base::RandomSource *random = nullptr;
};

//! A document that converges with every other replica that has received the same updates, Yjs included.
//!
//! Not thread-safe: one thread at a time. Nothing here throws. See README.md in this folder.
class Document
{
public:
    struct UpdateEvent
    {
        base::Bytes update;    //!< Yjs update format v1: what this transaction added
        Origin origin;
        bool local = false;    //!< made here, not received by applyUpdate()
    };
    using UpdateObserver = std::function<void(const UpdateEvent &)>;

    explicit Document(DocumentOptions options = {});
    ~Document();
    Document(const Document &) = delete;
    Document &operator=(const Document &) = delete;
    Document(Document &&) noexcept;
    Document &operator=(Document &&) noexcept;

    //! The id new edits are written under. Changes by itself when a received update used the same id: somebody else
    //! writes under it, and two writers under one id destroy a document.
    ClientId client() const;
    void setClient(ClientId client);

    //! Root types exist as soon as they are named. Opening one name as two kinds gives two views of the same list.
    Text text(std::string_view rootName);
    Map map(std::string_view rootName);
    Array array(std::string_view rootName);
    Array xmlFragment(std::string_view rootName);

    //! All or nothing: \a update is validated completely before the document is touched. What it refers to may be
    //! missing: such parts are kept and take effect when the rest arrives. Duplicates are harmless.
    //! Errors: Malformed; TooLarge for pending bytes above the limit, clocks above 2^32, or work above the budget.
    base::Result<void> applyUpdate(base::ByteView updateV1, Origin origin = {});
    base::Result<void> applyUpdateV2(base::ByteView updateV2, Origin origin = {});

    //! Everything, pending parts included. Equal bytes to Yjs.
    base::Bytes encodeStateAsUpdate() const;
    //! What a replica with this encoded state vector lacks. Errors: Malformed.
    base::Result<base::Bytes> encodeStateAsUpdate(base::ByteView stateVector) const;
    base::Bytes encodeStateAsUpdateV2() const;
    base::Bytes encodeStateVector() const;
    StateVector stateVector() const;

    //! Whether received parts wait for something missing.
    bool hasPending() const;
    bool hasPendingStructs() const;
    bool hasPendingDeletes() const;

    //! Groups changes into one transaction: one update, one call per observer. Nested calls join the outer one.
    template <class F>
    void transact(Origin origin, F &&changes)
    {
        const TransactionScope scope(*this, origin);
        std::forward<F>(changes)();
    }

    //! Called once per transaction that changed anything, own or received. Changes made by an observer are new
    //! transactions, delivered afterwards.
    int onUpdate(UpdateObserver observer);
    //! For the numbers returned by onUpdate() and Text::observe(). Unknown numbers are ignored.
    void removeObserver(int number);

    //! Bytes held, estimated from capacities; cheap.
    std::size_t memoryUsage() const;

    Engine &engine() const { return *m_engine; }

private:
    class TransactionScope
    {
    public:
        TransactionScope(Document &document, Origin origin);
        ~TransactionScope();
        TransactionScope(const TransactionScope &) = delete;
        TransactionScope &operator=(const TransactionScope &) = delete;

    private:
        Document &m_document;
    };

    std::unique_ptr<Engine> m_engine;
};

} // namespace crdt
