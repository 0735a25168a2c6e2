// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/update.h"
#include "app/crdt/utf.h"
#include "tests/interop/conformance/vectorfile.h"
#include "tests/support/seed.h"
#include "tests/unit/crdt/planted/plant.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

#include <memory>

// Random plans, performed by the engine and by a live Yjs: same update for every edit, same bytes for every document.
namespace {

// Yjs before 13.6 writes the clients of delete sets in any order; copying an update sorts them.
std::string comparable(const base::Bytes &update)
{
    const auto copied = crdt::diffUpdate(update, base::Bytes{0});
    return copied ? conformance::toBase64(*copied) : std::string("refused");
}

using conformance::Any;
using conformance::bytes;
using conformance::list;
using conformance::member;

struct Peer
{
    explicit Peer(crdt::ClientId client) : document({.client = client}), text(document.text("t"))
    {
        document.map("m");
        document.array("a");
        document.onUpdate([this](const crdt::Document::UpdateEvent &event) {
            if (event.local)
                last = event.update;
        });
    }

    crdt::Document document;
    crdt::Text text;
    std::optional<base::Bytes> last;
};

//! A plan and what the engine made of it.
class Plan
{
public:
    Plan(std::uint64_t seed, int steps) : m_random(seed)
    {
        for (const crdt::ClientId client : {crdt::ClientId(3), crdt::ClientId(1) << 31, crdt::ClientId(200)}) {
            m_peers.push_back(std::make_unique<Peer>(client));
            m_clients.push_back(Any(double(client)));
        }
        for (int step = 0; step < steps; ++step) {
            const std::size_t peer = below(m_peers.size());
            if (!m_made.empty() && below(2) == 0)
                deliver(peer, below(m_made.size()));
            else
                edit(peer);
        }
        for (std::size_t peer = 0; peer < m_peers.size(); ++peer) {
            for (std::size_t index = 0; index < m_made.size(); ++index)
                deliver(peer, index);
        }
    }

    Any written() const
    {
        return Any(Any::Object{{"clients", Any(m_clients)}, {"steps", Any(m_steps)}});
    }

    void compare(const Any &theirs) const
    {
        const Any::Array &made = list(member(theirs, "made"));
        QCOMPARE(made.size(), m_made.size());
        std::vector<base::Bytes> updates;
        for (std::size_t index = 0; index < made.size(); ++index) {
            QCOMPARE(made[index].isNull(), !m_made[index].has_value());
            if (m_made[index]) {
                const std::string mine = comparable(*m_made[index]);
                const std::string yjs = comparable(bytes(made[index]));
                QVERIFY2(mine == yjs, (std::to_string(index) + ": " + mine + " should be " + yjs).c_str());
                updates.push_back(*m_made[index]);
            }
        }
        for (std::size_t peer = 0; peer < m_peers.size(); ++peer) {
            crdt::Document &document = m_peers[peer]->document;
            QCOMPARE(crdt::toUtf8(m_peers[peer]->text.toString()), conformance::text(list(member(theirs, "texts"))[peer]));
            QCOMPARE(comparable(document.encodeStateAsUpdate()), comparable(bytes(list(member(theirs, "states"))[peer])));
            const auto vector = crdt::StateVector::decode(bytes(list(member(theirs, "vectors"))[peer]));
            QVERIFY(vector && *vector == document.stateVector());
            const Any view = conformance::viewOf(document, Any(Any::Object{{"m", Any("map")}, {"a", Any("array")}}));
            QVERIFY(member(member(view, "m"), "json") == list(member(theirs, "maps"))[peer]);
            QVERIFY(member(member(view, "a"), "json") == list(member(theirs, "arrays"))[peer]);
        }
        const auto merged = crdt::mergeUpdates(updates);
        QVERIFY(merged);
        QCOMPARE(comparable(*merged), comparable(bytes(member(theirs, "merged"))));
        const auto diff = crdt::diffUpdate(*merged, m_peers[0]->document.encodeStateVector());
        QVERIFY(diff);
        QCOMPARE(comparable(*diff), comparable(bytes(member(theirs, "diff"))));
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }

    void deliver(std::size_t peer, std::size_t index)
    {
        m_steps.push_back(Any(Any::Object{{"p", Any(double(peer))}, {"op", Any("deliver")}, {"edit", Any(double(index))}}));
        if (m_made[index])
            QVERIFY(m_peers[peer]->document.applyUpdate(*m_made[index]));
    }

    std::size_t wholePlace(const crdt::Text &text, std::size_t index) const
    {
        const bool cuts = index < text.length() && crdt::isLowSurrogate(text.slice(index, 1)[0]);
        return cuts ? index - 1 : index;
    }

    void editText(Peer &peer, Any::Object &step)
    {
        static const std::vector<std::string> kPieces{"a", "bc", "\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x98\x80", "long piece of text", ""};
        const std::size_t at = wholePlace(peer.text, below(peer.text.length() + 1));
        std::size_t end = at;
        if (below(3) == 0)
            end = std::max(at, wholePlace(peer.text, std::min(peer.text.length(), at + below(8))));
        const std::string &inserted = kPieces[below(kPieces.size())];
        QVERIFY(peer.text.replace(at, end - at, crdt::toUtf16(inserted)));
        step.insert(step.end(), {{"op", Any("text")}, {"at", Any(double(at))}, {"removed", Any(double(end - at))},
                                 {"inserted", Any(inserted)}});
    }

    void edit(std::size_t number)
    {
        Peer &peer = *m_peers[number];
        peer.last.reset();
        Any::Object step{{"p", Any(double(number))}};
        crdt::Array array = peer.document.array("a");
        const std::string key(1, char('a' + below(3)));
        switch (below(10)) {
        case 0:
            QVERIFY(peer.document.map("m").set(key, Any(double(below(1000)) / 4)));
            step.insert(step.end(), {{"op", Any("set")}, {"key", Any(key)},
                                     {"value", std::get<Any>(*peer.document.map("m").get(key))}});
            break;
        case 1:
            QVERIFY(peer.document.map("m").remove(key));
            step.insert(step.end(), {{"op", Any("unset")}, {"key", Any(key)}});
            break;
        case 2: {
            const std::vector<Any> values{Any(double(below(100))), Any(key), Any(), Any(Any::Object{{key, Any(true)}})};
            const std::size_t at = below(array.length() + 1);
            const Any::Array written(values.begin(), values.begin() + std::ptrdiff_t(1 + below(4)));
            QVERIFY(array.insert(at, written));
            step.insert(step.end(), {{"op", Any("ainsert")}, {"at", Any(double(at))}, {"values", Any(written)}});
            break;
        }
        case 3: {
            const std::size_t at = below(array.length() + 1);
            const std::size_t removed = std::min<std::size_t>(below(3), array.length() - at);
            QVERIFY(array.remove(at, removed));
            step.insert(step.end(), {{"op", Any("adelete")}, {"at", Any(double(at))}, {"removed", Any(double(removed))}});
            break;
        }
        default: editText(peer, step);
        }
        m_steps.push_back(Any(std::move(step)));
        m_made.push_back(peer.last);
    }

    std::mt19937_64 m_random;
    std::vector<std::unique_ptr<Peer>> m_peers;
    Any::Array m_clients;
    Any::Array m_steps;
    std::vector<std::optional<base::Bytes>> m_made;
};

} // namespace

class TestYjsOracle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { crdttest::plantDefect(); }

    void everyEditGivesTheBytesYjsGives()
    {
        const quint64 seed = support::seed();
        const int count = qEnvironmentVariableIsSet("ROUNDS") ? qEnvironmentVariableIntValue("ROUNDS") : 40;
        std::vector<std::unique_ptr<Plan>> plans;
        Any::Array written;
        for (int index = 0; index < count; ++index) {
            plans.push_back(std::make_unique<Plan>(seed + quint64(index), 150));
            written.push_back(plans.back()->written());
        }
        QVERIFY(!QTest::currentTestFailed());

        QProcess node;
        // Where the distribution's Node packages are; not every build of Node looks there by itself.
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral("/usr/share/nodejs"));
        node.setProcessEnvironment(environment);
        node.start(QStringLiteral("node"), {QStringLiteral(ALONGSIDE_SOURCE_DIR "/tests/interop/yjs/oracle.cjs")});
        QVERIFY2(node.waitForStarted(), "this test needs the packages nodejs and node-yjs");
        node.write(QByteArray::fromStdString(Any(Any::Object{{"plans", Any(written)}}).toJson()));
        node.closeWriteChannel();
        constexpr int kTimeout = 100'000;
        QVERIFY(node.waitForFinished(kTimeout));
        QVERIFY2(node.exitCode() == 0, node.readAllStandardError().constData());
        const auto answer = Any::fromJson(node.readAllStandardOutput().toStdString());
        QVERIFY(answer);
        const Any::Array &results = list(member(*answer, "results"));
        QCOMPARE(results.size(), plans.size());
        for (std::size_t index = 0; index < plans.size(); ++index) {
            plans[index]->compare(results[index]);
            if (QTest::currentTestFailed()) {
                std::printf("FAILED WITH SEED=%llu ROUNDS=1\n", static_cast<unsigned long long>(seed + quint64(index)));
                return;
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestYjsOracle)
#include "tst_yjsoracle.moc"
