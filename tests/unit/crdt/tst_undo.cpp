// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/relativeposition.h"
#include "app/crdt/undomanager.h"
#include "tests/support/seed.h"
#include "tests/unit/crdt/crdttools.h"
#include "tests/unit/crdt/planted/plant.h"

#include <QTest>
#include <QThread>

#include <memory>
#include <set>

using namespace crdttest;

namespace {

class HandClock final : public base::Clock
{
public:
    base::Instant now() const override { return current; }
    base::WallTime wallTime() const override { return {}; }

    base::Instant current{std::chrono::hours(1)};
};

// Two participants whose edits reach each other at once; the first one can undo.
struct Pair
{
    Pair() : first({.client = 1}), second({.client = 2}), manager(first, first.text("t"), options())
    {
        first.onUpdate([this](const auto &event) { forward(event, second); });
        second.onUpdate([this](const auto &event) { forward(event, first); });
    }
    crdt::UndoManager::Options options()
    {
        crdt::UndoManager::Options result;
        result.clock = &clock;
        return result;
    }
    void forward(const crdt::Document::UpdateEvent &event, crdt::Document &to)
    {
        if (event.origin != crdt::Origin{99})
            QVERIFY(to.applyUpdate(event.update, {99}));
    }
    QString text() { return toQt(first.text("t").toString()); }
    void pass(int milliseconds) { clock.current += std::chrono::milliseconds(milliseconds); }

    HandClock clock;
    crdt::Document first;
    crdt::Document second;
    crdt::UndoManager manager;
};

} // namespace

class TestUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { plantDefect(); }

    void editsCloseTogetherAreOneStep()
    {
        Pair pair;
        crdt::Text text = pair.first.text("t");
        QVERIFY(text.insert(0, u"one"));
        pair.pass(499);
        QVERIFY(text.insert(3, u" two"));
        pair.pass(500);
        QVERIFY(text.insert(7, u" three"));
        QCOMPARE(pair.manager.undoSteps(), std::size_t(2));
        QVERIFY(pair.manager.undo());
        QCOMPARE(pair.text(), QStringLiteral("one two"));
        QVERIFY(pair.manager.undo());
        QCOMPARE(pair.text(), QString());
        QVERIFY(!pair.manager.undo());
        QVERIFY(pair.manager.redo());
        QVERIFY(pair.manager.redo());
        QCOMPARE(pair.text(), QStringLiteral("one two three"));
        QVERIFY(!pair.manager.canRedo());
        pair.manager.stopCapturing();
        QVERIFY(text.insert(0, u"x"));
        QVERIFY(pair.manager.undo());
        QCOMPARE(pair.text(), QStringLiteral("one two three"));
    }

    void leavesWhatOthersTyped()
    {
        Pair pair;
        QVERIFY(pair.first.text("t").insert(0, u"mine"));
        QVERIFY(pair.second.text("t").insert(2, u"THEIRS"));
        QVERIFY(pair.manager.undo());
        QCOMPARE(pair.text(), QStringLiteral("THEIRS"));
        QVERIFY(!pair.manager.canUndo());
        QVERIFY(pair.manager.redo());
        QCOMPARE(pair.text(), QStringLiteral("miTHEIRSne"));
        QCOMPARE(pair.second.text("t").toString(), pair.first.text("t").toString());
    }

    void recordsOnlyTrackedOrigins()
    {
        Pair pair;
        pair.first.transact({7}, [&] { QVERIFY(pair.first.text("t").insert(0, u"from a file")); });
        QVERIFY(!pair.manager.canUndo());
    }

    void remembersMetadata()
    {
        Pair pair;
        int caret = 3;
        int restored = 0;
        pair.manager.setMetadataHooks([&] { return std::any(caret); },
                                      [&](const std::any &value) { restored = std::any_cast<int>(value); });
        QVERIFY(pair.first.text("t").insert(0, u"a"));
        caret = 8;
        QVERIFY(pair.manager.undo());
        QCOMPARE(restored, 3);
        QVERIFY(pair.manager.redo());
        QCOMPARE(restored, 8);
    }

    void positionsFindWhatCameBack()
    {
        Pair pair;
        crdt::Text text = pair.first.text("t");
        QVERIFY(text.insert(0, u"0123456789"));
        const auto begin = crdt::RelativePosition::at(text, 2);
        const auto middle = crdt::RelativePosition::at(text, 4);
        const auto behind = crdt::RelativePosition::at(text, 4, -1);
        const auto end = crdt::RelativePosition::at(text, 6);
        pair.manager.stopCapturing();
        QVERIFY(text.replace(2, 4, u"new"));
        QCOMPARE(middle.resolve(pair.first).value(), std::size_t(5));
        // What undo brings back are copies, which may be cut and brought back again.
        for (int round = 0; round < 3; ++round) {
            QVERIFY(pair.manager.undo());
            QVERIFY(pair.second.text("t").insert(3, u"--"));
            QCOMPARE(begin.resolve(pair.first).value(), std::size_t(2));
            QCOMPARE(middle.resolve(pair.first).value(), std::size_t(6));
            QCOMPARE(behind.resolve(pair.first).value(), std::size_t(6));
            QCOMPARE(end.resolve(pair.first).value(), std::size_t(8));
            QVERIFY(pair.second.text("t").remove(3, 2));
            QVERIFY(pair.manager.redo());
        }
    }

    void clearLetsContentGo()
    {
        Pair pair;
        crdt::Text text = pair.first.text("t");
        QVERIFY(text.insert(0, u"forgotten"));
        QVERIFY(text.remove(0, 9));
        QVERIFY(toHex(pair.first.encodeStateAsUpdate()).contains("66 6f 72 67"));
        pair.manager.clear();
        QVERIFY(!pair.manager.canUndo());
        QVERIFY(text.insert(0, u"x"));
        QVERIFY(!toHex(pair.first.encodeStateAsUpdate()).contains("66 6f 72 67"));
    }

    // Whatever happens in between: undo and redo change no unit that somebody else typed.
    void neverTouchesWhatOthersTyped()
    {
        std::mt19937_64 random(support::seed());
        Pair pair;
        crdt::Text mine = pair.first.text("t");
        crdt::Text theirs = pair.second.text("t");
        // Others write capitals and remove nothing, so each of their characters must stay.
        std::u16string typed;
        for (int step = 0; step < 1500; ++step) {
            pair.pass(int(random() % 900));
            switch (random() % 5) {
            case 0: case 1: QVERIFY(mine.insert(random() % (mine.length() + 1), u"ab")); break;
            case 2: {
                const char16_t unit = char16_t(u'A' + random() % 26);
                QVERIFY(theirs.insert(random() % (theirs.length() + 1), std::u16string(1, unit)));
                typed.push_back(unit);
                break;
            }
            case 3: pair.manager.undo(); break;
            default: pair.manager.redo();
            }
            QCOMPARE(theirs.toString(), mine.toString());
            std::u16string left = mine.toString();
            std::erase_if(left, [](char16_t unit) { return unit == u'a' || unit == u'b'; });
            std::ranges::sort(left);
            std::ranges::sort(typed);
            QCOMPARE(left, typed);
        }
        while (pair.manager.undo()) { }
        QCOMPARE(mine.length(), typed.size());
    }

    // Every character is typed once, so each has an author and one who removed it.
    void restoresExactlyWhatItsOwnEditsRemoved()
    {
        std::mt19937_64 random(support::seed());
        for (int round = 0; round < 40 && !QTest::currentTestFailed(); ++round) {
            Pair pair;
            char16_t next = 0x3400;
            std::set<char16_t> theirs;   // typed by the other and not removed by the other
            const auto edit = [&](crdt::Document &document, bool mine) {
                crdt::Text text = document.text("t");
                const std::size_t at = random() % (text.length() + 1);
                if (random() % 3 == 0) {
                    const std::size_t length = std::min<std::size_t>(random() % 9, text.length() - at);
                    for (const char16_t unit : text.slice(at, length)) {
                        if (!mine)
                            theirs.erase(unit);
                    }
                    QVERIFY(text.remove(at, length));
                    return;
                }
                const std::u16string typed{next, char16_t(next + 1), char16_t(next + 2)};
                next = char16_t(next + 3);
                if (!mine)
                    theirs.insert(typed.begin(), typed.end());
                QVERIFY(text.insert(at, typed));
            };
            for (int step = 0; step < 60; ++step) {
                const bool mine = random() % 2 == 0;
                pair.pass(int(random() % 900));
                edit(mine ? pair.first : pair.second, mine);
            }
            const QString before = pair.text();
            std::size_t steps = 0;
            while (pair.manager.undo())
                ++steps;
            std::u16string left = pair.first.text("t").toString();
            std::ranges::sort(left);
            QCOMPARE(toQt(left), toQt(std::u16string(theirs.begin(), theirs.end())));
            QCOMPARE(pair.second.text("t").toString(), pair.first.text("t").toString());
            while (pair.manager.redo())
                --steps;
            QCOMPARE(steps, std::size_t(0));
            const auto sorted = [](QString text) {
                std::ranges::sort(text);
                return text;
            };
            QCOMPARE(sorted(pair.text()), sorted(before));
            QCOMPARE(pair.second.text("t").toString(), pair.first.text("t").toString());
        }
    }

    // Something deep inside is brought back before what it is in; finding the way up must not use up the stack.
    void typesMayNestAsDeepAsAPeerLikes()
    {
        constexpr int kDepth = 8000;
        crdt::Document deep({.client = 2});
        crdt::TypeIndex inner{};
        deep.transact({}, [&] {
            inner = deep.array("a").type();
            for (int level = 0; level < kDepth; ++level)
                inner = crdt::Array(deep.engine(), inner).insertType(0, crdt::TypeKind::Array).value();
        });
        crdt::Document document({.client = 1});
        crdt::Array outer = document.array("a");
        QVERIFY(document.applyUpdate(deep.encodeStateAsUpdate()));
        for (inner = outer.type(); crdt::Array(document.engine(), inner).length() > 0;)
            inner = std::get<crdt::SharedType>(crdt::Array(document.engine(), inner).values().front()).index;
        crdt::Array innermost(document.engine(), inner);
        QVERIFY(innermost.push(std::vector<crdt::Any>{crdt::Any(1)}));
        crdt::UndoManager manager(document, std::vector<crdt::TypeIndex>{outer.type()}, {.captureTimeout = {}});
        document.transact({}, [&] {
            QVERIFY(innermost.remove(0, 1));
            QVERIFY(outer.remove(0, 1));
        });
        QCOMPARE(outer.length(), std::size_t(0));
        bool isUndone = false;
        const std::unique_ptr<QThread> thread(QThread::create([&] { isUndone = manager.undo(); }));
        thread->setStackSize(768 << 10);
        thread->start();
        QVERIFY(thread->wait());
        QVERIFY(isUndone);
        QCOMPARE(outer.length(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestUndo)
#include "tst_undo.moc"
