// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keychain/memorystore.h"

#include <QTest>

using namespace keychain;

namespace {

base::Result<QByteArray> readNow(SecretStore *store, const QString &key)
{
    std::optional<base::Result<QByteArray>> answer;
    store->read(key, store, [&answer](const base::Result<QByteArray> &result) { answer = result; });
    if (answer)
        return base::Unexpected(base::ErrorCode::Internal, "answered inside the call");
    (void)QTest::qWaitFor([&answer] { return answer.has_value(); });
    return answer.value_or(base::Unexpected(base::ErrorCode::Internal, "no answer"));
}

base::Result<void> writeNow(SecretStore *store, const QString &key, const QByteArray &secret)
{
    std::optional<base::Result<void>> answer;
    store->write(key, secret, store, [&answer](const base::Result<void> &result) { answer = result; });
    (void)QTest::qWaitFor([&answer] { return answer.has_value(); });
    return answer.value_or(base::Unexpected(base::ErrorCode::Internal, "no answer"));
}

base::Result<void> removeNow(SecretStore *store, const QString &key)
{
    std::optional<base::Result<void>> answer;
    store->remove(key, store, [&answer](const base::Result<void> &result) { answer = result; });
    (void)QTest::qWaitFor([&answer] { return answer.has_value(); });
    return answer.value_or(base::Unexpected(base::ErrorCode::Internal, "no answer"));
}

} // namespace

class TestStores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryGivesBackWhatItWasGiven();
    void memoryRemovesAndReplaces();
    void impossibleNamesAndSizesAreRefused();
    void answersAreDroppedWhenNobodyListens();
    void copiesThatOthersHoldStayWhole();
    void unavailableSaysWhy();
};

void TestStores::memoryGivesBackWhatItWasGiven()
{
    MemoryStore store;
    const QByteArray secret("\0\xff binary", 9);
    QVERIFY(!store.isPermanent());
    QCOMPARE(readNow(&store, QStringLiteral("a")).error().code, base::ErrorCode::NotFound);
    QVERIFY(writeNow(&store, QStringLiteral("a"), secret).has_value());
    const auto found = readNow(&store, QStringLiteral("a"));
    QVERIFY(found.has_value());
    QCOMPARE(*found, secret);
    QVERIFY(writeNow(&store, QStringLiteral("empty"), {}).has_value());
    QVERIFY(readNow(&store, QStringLiteral("empty")).has_value());
    QCOMPARE(readNow(&store, QStringLiteral("A")).error().code, base::ErrorCode::NotFound);
}

void TestStores::memoryRemovesAndReplaces()
{
    MemoryStore store;
    QVERIFY(writeNow(&store, QStringLiteral("a"), "one").has_value());
    QVERIFY(writeNow(&store, QStringLiteral("a"), "two").has_value());
    QCOMPARE(*readNow(&store, QStringLiteral("a")), "two");
    QVERIFY(removeNow(&store, QStringLiteral("a")).has_value());
    QVERIFY(removeNow(&store, QStringLiteral("a")).has_value());
    QCOMPARE(readNow(&store, QStringLiteral("a")).error().code, base::ErrorCode::NotFound);
}

void TestStores::impossibleNamesAndSizesAreRefused()
{
    MemoryStore store;
    for (const QString &key : {QString(), QString(kMaxKeyUnits + 1, u'k')}) {
        QCOMPARE(readNow(&store, key).error().code, base::ErrorCode::InvalidArgument);
        QCOMPARE(writeNow(&store, key, "x").error().code, base::ErrorCode::InvalidArgument);
        QCOMPARE(removeNow(&store, key).error().code, base::ErrorCode::InvalidArgument);
    }
    QVERIFY(writeNow(&store, QString(kMaxKeyUnits, u'k'), QByteArray(kMaxSecretBytes, 's')).has_value());
    QCOMPARE(writeNow(&store, QStringLiteral("a"), QByteArray(kMaxSecretBytes + 1, 's')).error().code, base::ErrorCode::TooLarge);
    QCOMPARE(readNow(&store, QStringLiteral("a")).error().code, base::ErrorCode::NotFound);
}

void TestStores::answersAreDroppedWhenNobodyListens()
{
    int answers = 0;
    auto store = std::make_unique<MemoryStore>();
    auto receiver = std::make_unique<QObject>();
    store->read(QStringLiteral("a"), receiver.get(), [&answers](const base::Result<QByteArray> &) { ++answers; });
    receiver.reset();
    QObject other;
    store->write(QStringLiteral("a"), "x", &other, [&answers](const base::Result<void> &) { ++answers; });
    store.reset();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(answers, 0);
}

void TestStores::copiesThatOthersHoldStayWhole()
{
    MemoryStore store;
    QVERIFY(writeNow(&store, QStringLiteral("a"), "canary-0815").has_value());
    const auto held = readNow(&store, QStringLiteral("a"));
    QCOMPARE(*held, "canary-0815");
    QVERIFY(removeNow(&store, QStringLiteral("a")).has_value());
    QCOMPARE(*held, "canary-0815");
}

void TestStores::unavailableSaysWhy()
{
    const base::Error cause{base::ErrorCode::Unavailable, "switched off by the administrator"};
    UnavailableStore store(cause);
    QVERIFY(!store.isPermanent());
    QCOMPARE(readNow(&store, QStringLiteral("a")).error(), cause);
    QCOMPARE(writeNow(&store, QStringLiteral("a"), "x").error(), cause);
    QCOMPARE(removeNow(&store, QStringLiteral("a")).error(), cause);
}

QTEST_GUILESS_MAIN(TestStores)
#include "tst_stores.moc"
