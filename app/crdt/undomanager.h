// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/crdt/deleteset.h"
#include "app/crdt/document.h"
#include "app/crdt/ids.h"

#include <any>
#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace crdt {

struct Transaction;
class Undo;

//! Takes back what this replica did to a text and nothing else: characters of others stay as they are.
//!
//! Keeps the content of what was deleted within its scope until clear() or destruction. The document must outlive it.
class UndoManager
{
public:
    struct Options
    {
        //! Edits less than this apart are one step; zero makes every transaction its own step.
        std::chrono::milliseconds captureTimeout{500};
        //! Transactions with one of these origins are recorded.
        std::vector<Origin> trackedOrigins{Origin{}};
        const base::Clock *clock = nullptr;    //!< the system's if null; must outlive the manager
    };

    UndoManager(Document &document, Text scope, Options options);
    UndoManager(Document &document, std::vector<TypeIndex> scope, Options options);
    ~UndoManager();
    UndoManager(const UndoManager &) = delete;
    UndoManager &operator=(const UndoManager &) = delete;

    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }
    std::size_t undoSteps() const { return m_undo.size(); }
    std::size_t redoSteps() const { return m_redo.size(); }

    //! Takes back the newest step that still has an effect; false if there was none.
    bool undo();
    bool redo();
    //! The next edit starts a new step.
    void stopCapturing();
    //! Forgets all steps and lets the document discard what was kept for them.
    void clear();

    //! The origin of the transactions undo() and redo() make.
    Origin origin() const { return m_self; }

    //! \a capture is called when a step begins, right after its first transaction, to remember for example where the
    //! caret was; undo() and redo() begin a step as well. \a restore is called after undo() and redo() with what was
    //! remembered for the step taken back.
    void setMetadataHooks(std::function<std::any()> capture, std::function<void(const std::any &)> restore);
    //! Called whenever canUndo() or canRedo() may have changed.
    void setChangedHook(std::function<void()> changed);

private:
    friend class Undo;

    struct Step
    {
        DeleteSet inserted;
        DeleteSet deleted;
        std::vector<ClientId> insertedOrder;  // as the document got to know them, transaction by transaction
        std::vector<ClientId> deletedOrder;   // as the clients came up; decides the clocks of what is re-created
        std::any metadata;
    };

    void record(Transaction &transaction);
    void append(Step &step, const Transaction &transaction) const;
    bool concerns(const Transaction &transaction) const;
    bool takeBack(std::vector<Step> &from, bool &flag);
    void release(std::vector<Step> &steps);

    Document &m_document;
    std::vector<TypeIndex> m_scope;
    Options m_options;
    std::vector<Step> m_undo;
    std::vector<Step> m_redo;
    std::optional<base::Instant> m_lastCapture;
    bool m_undoing = false;
    bool m_redoing = false;
    std::function<std::any()> m_capture;
    std::function<void(const std::any &)> m_restore;
    std::function<void()> m_changed;
    int m_hook = 0;
    Origin m_self;
    base::SystemClock m_systemClock;
};

} // namespace crdt
