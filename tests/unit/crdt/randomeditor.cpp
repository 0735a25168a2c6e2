// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/crdt/randomeditor.h"

#include "app/crdt/utf.h"

#include <QTest>

#include <algorithm>

namespace crdttest {

void RandomEditor::edit(Participant &peer)
{
    if (peer.manager && chance(20))
        takeBack(peer);
    else if (chance(15))
        editValues(peer);
    else
        editText(peer);
}

void RandomEditor::takeBack(Participant &peer)
{
    const std::size_t before = peer.fresh.size();
    (void)(chance(60) ? peer.manager->undo() : peer.manager->redo());
    for (std::size_t index = before; index < peer.fresh.size(); ++index)
        m_ledger.tookBack(peer.document, peer.document.text("t"), peer.fresh[index]);
}

std::size_t RandomEditor::wholePlace(const crdt::Text &text, std::size_t index) const
{
    return index < text.length() && crdt::isLowSurrogate(text.slice(index, 1)[0]) ? index - 1 : index;
}

void RandomEditor::editText(Participant &peer)
{
    static const std::u16string kPieces[] = {u"a", u"bc", u"\n", u"\u00e9", u"\u4e2d\u6587", u"\U0001F600", u"word ", u"0123456789"};
    crdt::Text text = peer.document.text("t");
    const std::size_t at = wholePlace(text, below(text.length() + 1));
    const std::size_t end = std::max(at, wholePlace(text, std::min(text.length(), at + below(12))));
    if (peer.kind.formats && chance(30)) {
        const crdt::Any value = chance(50) ? crdt::Any(true) : crdt::Any();
        QVERIFY(text.format(at, end - at, {{chance(50) ? "bold" : "mark", value}}));
        return;
    }
    const std::size_t removed = chance(35) ? end - at : 0;
    const std::u16string inserted = chance(25) ? std::u16string() : kPieces[below(std::size(kPieces))];
    m_ledger.removed(text, at, removed);
    QVERIFY(text.replace(at, removed, inserted));
    m_ledger.typed(text, at, inserted);
}

void RandomEditor::editValues(Participant &peer)
{
    const std::string key(1, char('a' + below(3)));
    crdt::Array array = peer.document.array("a");
    const std::size_t at = below(array.length() + 1);
    switch (below(4)) {
    case 0: QVERIFY(peer.document.map("m").set(key, crdt::Any(double(below(1000))))); break;
    case 1: QVERIFY(peer.document.map("m").remove(key)); break;
    case 2: QVERIFY(array.insert(at, std::vector<crdt::Any>{crdt::Any(key), crdt::Any(double(below(9)))})); break;
    default: QVERIFY(array.remove(at, std::min<std::size_t>(below(3), array.length() - at)));
    }
}

} // namespace crdttest
