// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testeditor.h"

namespace support {

base::ByteView viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())};
}

TestEditor::TestEditor(TestPeer &peer, quint32 client) : m_peer(peer), m_document({.client = client})
{
    m_document.onUpdate([this](const crdt::Document::UpdateEvent &event) {
        if (event.local)
            m_update = QByteArray(reinterpret_cast<const char *>(event.update.data()), qsizetype(event.update.size()));
    });
}

bool TestEditor::open(const QByteArray &path)
{
    const auto opened = m_peer.call(protocol::OpenDocument{.path = path, .knownState = {}, .knownEpoch = {}});
    if (!opened) {
        m_error = opened.error();
        return false;
    }
    m_opened = *opened;
    return m_opened.kind != protocol::ContentKind::Text || bool(m_document.applyUpdate(viewOf(m_opened.update)));
}

quint32 TestEditor::type(qsizetype index, qsizetype removed, const QString &inserted)
{
    const auto done = m_document.text(protocol::kTextRoot)
                          .replace(std::size_t(index), std::size_t(removed), inserted.toStdU16String());
    return done ? m_peer.send(protocol::UpdateDocument{.document = id(), .update = m_update}) : 0;
}

base::Result<void> TestEditor::edit(qsizetype index, qsizetype removed, const QString &inserted)
{
    const auto answer = m_peer.answerTo(type(index, removed, inserted));
    return answer ? base::Result<void>() : base::Result<void>(answer.unexpected());
}

void TestEditor::drain()
{
    while (const auto edited = m_peer.next<protocol::DocumentEdited>(0)) {
        if (edited->document == id())
            (void)m_document.applyUpdate(viewOf(edited->update));
    }
    while (const auto changed = m_peer.next<protocol::DocumentInfoChanged>(0)) {
        if (changed->document == id())
            m_opened.info = changed->info;
    }
}

bool TestEditor::receive(const QString &expected, int patience)
{
    return waitFor(
        [&] {
            drain();
            return text() == expected;
        },
        patience);
}

QString TestEditor::text()
{
    return QString::fromStdU16String(m_document.text(protocol::kTextRoot).toString());
}

const protocol::DocumentInfo &TestEditor::info()
{
    drain();
    return m_opened.info;
}

bool TestEditor::waitForInfo(const std::function<bool(const protocol::DocumentInfo &)> &condition, int patience)
{
    return waitFor([&] { return condition(info()); }, patience);
}

} // namespace support
