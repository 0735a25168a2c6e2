// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/document.h"

#include "app/crdt/engine.h"
#include "app/crdt/update.h"

namespace crdt {

Document::Document(DocumentOptions options) : m_engine(std::make_unique<Engine>(options)) {}
Document::~Document() = default;
Document::Document(Document &&) noexcept = default;
Document &Document::operator=(Document &&) noexcept = default;

ClientId Document::client() const { return m_engine->localClient; }
void Document::setClient(ClientId client) { m_engine->localClient = client; }

Text Document::text(std::string_view rootName)
{
    return Text(*m_engine, TypeIndex{m_engine->rootType(rootName, TypeKind::Text)});
}

Map Document::map(std::string_view rootName)
{
    return Map(*m_engine, TypeIndex{m_engine->rootType(rootName, TypeKind::Map)});
}

Array Document::array(std::string_view rootName)
{
    return Array(*m_engine, TypeIndex{m_engine->rootType(rootName, TypeKind::Array)});
}

Array Document::xmlFragment(std::string_view rootName)
{
    return Array(*m_engine, TypeIndex{m_engine->rootType(rootName, TypeKind::XmlFragment)});
}

base::Result<void> Document::applyUpdate(base::ByteView updateV1, Origin origin)
{
    return m_engine->applyUpdate(updateV1, origin);
}

base::Result<void> Document::applyUpdateV2(base::ByteView updateV2, Origin origin)
{
    const auto converted = convertUpdateV2ToV1(updateV2);
    if (!converted)
        return converted.unexpected();
    return m_engine->applyUpdate(*converted, origin);
}

base::Bytes Document::encodeStateAsUpdate() const { return m_engine->encodeState({}); }

base::Result<base::Bytes> Document::encodeStateAsUpdate(base::ByteView stateVector) const
{
    const auto known = StateVector::decode(stateVector);
    if (!known)
        return known.unexpected();
    return m_engine->encodeState(*known);
}

base::Bytes Document::encodeStateVector() const { return m_engine->encodeStateVector(); }
StateVector Document::stateVector() const { return m_engine->stateVector(); }

bool Document::hasPending() const { return hasPendingStructs() || hasPendingDeletes(); }
bool Document::hasPendingStructs() const { return m_engine->pendingStructs.has_value(); }
bool Document::hasPendingDeletes() const { return !m_engine->pendingDeletes.isEmpty(); }

int Document::onUpdate(UpdateObserver observer) { return m_engine->observeUpdates(std::move(observer)); }
void Document::removeObserver(int number) { m_engine->removeObserver(number); }

std::size_t Document::memoryUsage() const { return m_engine->memoryUsage(); }

Document::TransactionScope::TransactionScope(Document &document, Origin origin) : m_document(document)
{
    m_document.m_engine->beginTransaction(origin);
}

Document::TransactionScope::~TransactionScope() { m_document.m_engine->endTransaction(); }

} // namespace crdt
