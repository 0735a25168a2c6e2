// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/oracleplan.h"
#include "tests/support/seed.h"
#include "tests/unit/crdt/planted/plant.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>
#include <QVersionNumber>

#include <memory>
#include <optional>

using conformance::list;
using conformance::member;
using crdt::Any;

// Random plans, performed by the engine and by a live Yjs: same update for every edit, same bytes for every document. ROUNDS=n
// performs n plans of each kind, SEED=s starts at s.
class TestYjsOracle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    // Plans in which we differed once.
    void textAndValuesAsBefore() { performPlans(1, {}, {1952231349}); }
    void undoAsBefore() { performPlans(1, {.undo = true}, {4283168006}); }
    void textAndValues() { performPlans(40, {}); }
    void undo() { performPlans(20, {.undo = true}); }
    void formats() { performPlans(30, {.formats = true}); }
    void formatsAndUndo() { performPlans(20, {.formats = true, .undo = true}); }

private:
    QByteArray runNode(const QStringList &arguments, const QByteArray &input);
    //! \a seed: none for SEED or a new one.
    void performPlans(int usual, const OracleKind &kind, std::optional<quint64> seed = {});
};

namespace {

// The engine cleans up formats, merges garbage, keeps what undo needs and orders the clients of delete sets by its rules.
const QVersionNumber kSince(13, 6);

} // namespace

QByteArray TestYjsOracle::runNode(const QStringList &arguments, const QByteArray &input)
{
    QProcess node;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral(ALONGSIDE_BIN_DIR "/../bench-peers/node_modules"));
    node.setProcessEnvironment(environment);
    node.start(QStringLiteral("node"), QStringList(QStringLiteral(ALONGSIDE_SOURCE_DIR "/tests/interop/yjs/oracle.cjs")) + arguments);
    if (!node.waitForStarted())
        return {};
    node.write(input);
    node.closeWriteChannel();
    constexpr int kPatience = 3'000'000;
    if (!node.waitForFinished(kPatience) || node.exitCode() != 0) {
        std::printf("%s\n", node.readAllStandardError().constData());
        return {};
    }
    return node.readAllStandardOutput();
}

void TestYjsOracle::initTestCase()
{
    crdttest::plantDefect();
    const QByteArray version = runNode({QStringLiteral("--version")}, {});
    QVERIFY2(QVersionNumber::fromString(QString::fromLatin1(version)) >= kSince,
             "this test needs nodejs, and Yjs 13.6: tests/bench/crdt/peers/install BUILD-FOLDER");
    std::printf("Yjs %s\n", version.constData());
}

void TestYjsOracle::performPlans(int usual, const OracleKind &kind, std::optional<quint64> given)
{
    const quint64 seed = given ? *given : support::seed();
    const int count = qEnvironmentVariableIsSet("ROUNDS") ? qEnvironmentVariableIntValue("ROUNDS") : usual;
    std::vector<std::unique_ptr<OraclePlan>> plans;
    Any::Array written;
    for (int index = 0; index < count; ++index) {
        plans.push_back(std::make_unique<OraclePlan>(seed + quint64(index), kind));
        written.push_back(plans.back()->written());
    }
    QVERIFY(!QTest::currentTestFailed());
    const QByteArray input = QByteArray::fromStdString(Any(Any::Object{{"plans", Any(written)}}).toJson());
    const auto answer = Any::fromJson(runNode({}, input).toStdString());
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

QTEST_GUILESS_MAIN(TestYjsOracle)
#include "tst_yjsoracle.moc"
