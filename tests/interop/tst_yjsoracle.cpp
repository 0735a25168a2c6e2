// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/oracleplan.h"
#include "tests/support/seed.h"
#include "tests/unit/crdt/planted/plant.h"

#include <QCoreApplication>
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
    void textAndValuesAsBefore() { performPlansOfToday(1, {}, {1952231349}); }
    void textAndValues();
    void undo() { performPlansOfToday(20, {.undo = true}); }
    void formats() { performPlansOfToday(30, {.formats = true}); }
    void formatsAndUndo() { performPlansOfToday(20, {.formats = true, .undo = true}); }

private:
    QByteArray runNode(const QStringList &arguments, const QByteArray &input);
    //! \a seed: none for SEED or a new one.
    void performPlans(int usual, const OracleKind &kind, std::optional<quint64> seed = {});
    void performPlansOfToday(int usual, const OracleKind &kind, std::optional<quint64> seed = {});

    QVersionNumber m_version;
};

namespace {

// The engine cleans up formats, keeps what undo needs and orders the clients of delete sets by the rules of this version.
const QVersionNumber kSince(13, 6);

} // namespace

QByteArray TestYjsOracle::runNode(const QStringList &arguments, const QByteArray &input)
{
    QProcess node;
    // A Yjs named by the environment, what tests/bench/crdt/peers/install has put into the build folder, the distribution's.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString folders[] = {environment.value(QStringLiteral("NODE_PATH")),
                               QCoreApplication::applicationDirPath() + QStringLiteral("/../../bench-peers/node_modules"),
                               QStringLiteral("/usr/share/nodejs")};
    environment.insert(QStringLiteral("NODE_PATH"), QStringList(std::begin(folders), std::end(folders)).join(QLatin1Char(':')));
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
    QVERIFY2(!version.isEmpty(), "this test needs the packages nodejs and node-yjs");
    m_version = QVersionNumber::fromString(QString::fromLatin1(version));
    std::printf("Yjs %s\n", version.constData());
}

void TestYjsOracle::textAndValues()
{
    // Yjs 13.5 leaves some garbage apart that 13.6 merges: plans in which that does not happen.
    constexpr quint64 kSeedOfOld = 1;
    performPlans(40, {}, m_version < kSince ? std::optional(kSeedOfOld) : std::nullopt);
}

void TestYjsOracle::performPlansOfToday(int usual, const OracleKind &kind, std::optional<quint64> seed)
{
    if (m_version < kSince)
        QSKIP("needs Yjs 13.6: tests/bench/crdt/peers/install");
    performPlans(usual, kind, seed);
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
        plans[index]->compare(results[index], m_version >= kSince);
        if (QTest::currentTestFailed()) {
            std::printf("FAILED WITH SEED=%llu ROUNDS=1\n", static_cast<unsigned long long>(seed + quint64(index)));
            return;
        }
    }
}

QTEST_GUILESS_MAIN(TestYjsOracle)
#include "tst_yjsoracle.moc"
