// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/document.h"
#include "tests/support/host/testpeer.h"

#include <QString>

#include <optional>

namespace support {

//! One document at one TestPeer: types, receives, and knows which of its edits were acknowledged.
class TestEditor
{
public:
    TestEditor(TestPeer &peer, quint32 client);

    //! Opens \a path; false with error() otherwise.
    bool open(const QByteArray &path);
    const base::Error &error() const { return m_error; }
    const protocol::DocumentOpened &opened() const { return m_opened; }
    const base::DocumentId &id() const { return m_opened.document; }

    //! Replaces and sends without waiting; returns the call's number, 0 when the edit was impossible.
    quint32 type(qsizetype index, qsizetype removed, const QString &inserted);
    //! type() and waits for the acknowledgement.
    base::Result<void> edit(qsizetype index, qsizetype removed, const QString &inserted);
    //! Takes in everything that has been announced, waiting up to \a patience until \a expected is the text.
    bool receive(const QString &expected, int patience = 10'000);
    QString text();
    //! The last state the host announced, if any came.
    const protocol::DocumentInfo &info();
    bool waitForInfo(const std::function<bool(const protocol::DocumentInfo &)> &condition, int patience = 10'000);

    //! The update of the last type().
    const QByteArray &lastUpdate() const { return m_update; }
    crdt::Document &document() { return m_document; }

private:
    void drain();

    TestPeer &m_peer;
    crdt::Document m_document;
    QByteArray m_update;
    protocol::DocumentOpened m_opened;
    base::Error m_error;
};

base::ByteView viewOf(const QByteArray &bytes);

} // namespace support
