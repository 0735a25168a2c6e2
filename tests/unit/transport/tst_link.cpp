// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/link.h"
#include "tests/support/transport/testtools.h"
#include "tests/support/seed.h"
#include "tests/unit/transport/hostilelinks.h"

#include <QTest>

using namespace transport;
using transporttest::kGoodId;
using transporttest::kGoodPin;
using transporttest::kGoodSecret;

namespace {

const QString kTail = QStringLiteral("/s/") + kGoodId + u'#' + kGoodSecret + u'.' + kGoodPin;

Link goodLink()
{
    QByteArray secret;
    for (char c = 0; c < 32; ++c)
        secret += c;
    return {.kind = Link::Kind::Share,
            .host = QStringLiteral("host.example"),
            .port = 4711,
            .id = *base::ShareId::fromString(kGoodId.toStdString()),
            .secret = secret,
            .pin = QByteArray::fromHex("fffbfe").repeated(11).first(30) + QByteArray::fromHex("ffff")};
}

} // namespace

class TestLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAllParts();
    void surroundingsThatMailsAddAreTrimmed();
    void hostsAreNormalized_data();
    void hostsAreNormalized();
    void everyValidLinkRoundTrips();
    void hostileTextsAreRefusedWithTheRightReason();
    void everyCutIsRefused();
    void everyChangedCharacterIsRefusedOrMeansSomethingElse();
    void detailNeverRepeatsTheText();
    void impossiblePartsAreInvalid();
};

void TestLink::readsAllParts()
{
    for (const QString &scheme : {QStringLiteral("alongside://"), QStringLiteral("https://"), QStringLiteral("HTTPS://"), QStringLiteral("Alongside://")}) {
        const auto link = Link::parse(QString(scheme + QStringLiteral("host.example:4711") + kTail));
        QVERIFY(link.has_value());
        QCOMPARE(link->kind, Link::Kind::Share);
        QCOMPARE(link->host, QStringLiteral("host.example"));
        QCOMPARE(link->port, 4711);
        QCOMPARE(QString::fromStdString(link->id.toString()), kGoodId);
        QCOMPARE(link->secret, goodLink().secret);
        QCOMPARE(link->pin.size(), kPinBytes);
        QVERIFY(link->isValid());
    }
    const auto snapshot = Link::parse(QString(QStringLiteral("https://h:1/x/") + kTail.sliced(3)));
    QVERIFY(snapshot.has_value());
    QCOMPARE(snapshot->kind, Link::Kind::Snapshot);
}

void TestLink::surroundingsThatMailsAddAreTrimmed()
{
    const QString plain = QStringLiteral("alongside://host.example:4711") + kTail;
    const auto expected = Link::parse(plain);
    QVERIFY(expected.has_value());
    for (const QString &text : QStringList{u' ' + plain, plain + QStringLiteral("\r\n"), u'<' + plain + u'>', QStringLiteral(" \t< ") + plain + QStringLiteral(" >\n")}) {
        const auto link = Link::parse(text);
        QVERIFY(link.has_value());
        QCOMPARE(*link, *expected);
    }
    for (const QString &text : QStringList{u'<' + plain, plain + u'>', QStringLiteral("<<") + plain + QStringLiteral(">>"), u'"' + plain + u'"'})
        QVERIFY(!Link::parse(text).has_value());
}

void TestLink::hostsAreNormalized_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("host");
    QTest::newRow("capitals") << QStringLiteral("Host.Example:1") << QStringLiteral("host.example");
    QTest::newRow("single label") << QStringLiteral("laptop:65535") << QStringLiteral("laptop");
    QTest::newRow("punycode") << QStringLiteral("xn--bcher-kva.example:443") << QStringLiteral("xn--bcher-kva.example");
    QTest::newRow("digits in a name") << QStringLiteral("4x.7up:1") << QStringLiteral("4x.7up");
    QTest::newRow("longest label") << QString(63, u'a') + QStringLiteral(":1") << QString(63, u'a');
    QTest::newRow("ipv4") << QStringLiteral("192.0.2.255:1") << QStringLiteral("192.0.2.255");
    QTest::newRow("ipv6") << QStringLiteral("[2001:DB8:0:0::1]:1") << QStringLiteral("2001:db8::1");
    QTest::newRow("ipv6 loopback") << QStringLiteral("[::1]:1") << QStringLiteral("::1");
    QTest::newRow("mapped ipv4") << QStringLiteral("[::ffff:192.0.2.1]:1") << QStringLiteral("::ffff:192.0.2.1");
}

void TestLink::hostsAreNormalized()
{
    QFETCH(QString, authority);
    QFETCH(QString, host);
    const auto link = Link::parse(QString(QStringLiteral("alongside://") + authority + kTail));
    QVERIFY(link.has_value());
    QCOMPARE(link->host, host);
    QCOMPARE(normalizedHost(host), std::optional(host));
    for (const auto form : {Link::Form::App, Link::Form::Browser}) {
        const auto again = Link::parse(link->toString(form));
        QVERIFY(again.has_value());
        QCOMPARE(*again, *link);
    }
}

void TestLink::everyValidLinkRoundTrips()
{
    transporttest::SeededRandom random(support::seed());
    const QStringList hosts{QStringLiteral("a"), QStringLiteral("host.example"), QStringLiteral("10.0.0.1"), QStringLiteral("fe80::1"), QStringLiteral("::ffff:1.2.3.4")};
    for (int round = 0; round < 5000; ++round) {
        Link link;
        link.kind = random.below(2) ? Link::Kind::Share : Link::Kind::Snapshot;
        link.host = hosts[qsizetype(random.below(quint64(hosts.size())))];
        link.port = quint16(1 + random.below(65535));
        link.id = base::ShareId::random(random);
        for (QByteArray *part : {&link.secret, &link.pin}) {
            part->resize(32);
            random.fill({reinterpret_cast<std::uint8_t *>(part->data()), 32});
        }
        const QString text = link.toString(random.below(2) ? Link::Form::App : Link::Form::Browser);
        QVERIFY(text.size() < kMaxLinkUnits);
        const auto parsed = Link::parse(text);
        QVERIFY2(parsed.has_value(), qPrintable(text));
        QCOMPARE(*parsed, link);
        QVERIFY(!Link::problemOf(text));
    }
}

void TestLink::hostileTextsAreRefusedWithTheRightReason()
{
    const auto corpus = transporttest::hostileLinks();
    QVERIFY2(corpus.size() >= 200, qPrintable(QString::number(corpus.size())));
    for (const auto &[text, problem] : corpus) {
        const auto found = Link::problemOf(text);
        const QString shown = text.left(120);
        QVERIFY2(found.has_value(), qPrintable(shown));
        QVERIFY2(*found == problem, qPrintable(shown + QStringLiteral(" -> ") + QString::fromLatin1(describe(*found))));
        const auto parsed = Link::parse(text);
        QVERIFY(!parsed.has_value());
        QCOMPARE(parsed.error().detail, std::string(describe(problem)));
    }
}

void TestLink::everyCutIsRefused()
{
    const QString whole = goodLink().toString(Link::Form::Browser);
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!Link::parse(QStringView(whole).first(size)).has_value(), qPrintable(whole.first(size)));
}

void TestLink::everyChangedCharacterIsRefusedOrMeansSomethingElse()
{
    transporttest::SeededRandom random(support::seed());
    const Link link = goodLink();
    const QString whole = link.toString(Link::Form::App);
    for (int round = 0; round < 20000; ++round) {
        QString changed = whole;
        const qsizetype at = qsizetype(random.below(quint64(whole.size())));
        changed[at] = QChar(ushort(random.below(0x180)));
        const auto parsed = Link::parse(changed);
        // Only letters of scheme and host may differ in case without meaning anything.
        const bool isSameMeaning = changed.toLower() == whole.toLower() && at < whole.indexOf(u'/', 12);
        if (parsed && changed != whole && !isSameMeaning)
            QVERIFY2(!(*parsed == link), qPrintable(changed));
    }
}

void TestLink::detailNeverRepeatsTheText()
{
    for (const auto &[text, problem] : transporttest::hostileLinks()) {
        const QString detail = QString::fromStdString(Link::parse(text).error().detail);
        QVERIFY(!detail.contains(kGoodSecret.left(8)) && !detail.contains(QStringLiteral("host.example")));
    }
}

void TestLink::impossiblePartsAreInvalid()
{
    QVERIFY(goodLink().isValid());
    Link link = goodLink();
    link.port = 0;
    QVERIFY(!link.isValid());
    link = goodLink();
    link.secret.chop(1);
    QVERIFY(!link.isValid());
    link = goodLink();
    link.pin += 'x';
    QVERIFY(!link.isValid());
    for (const QString &host : {QString(), QStringLiteral("Host"), QStringLiteral("a b"), QStringLiteral("[::1]"), QStringLiteral("a/b"), QStringLiteral("0:0::1")}) {
        link = goodLink();
        link.host = host;
        QVERIFY2(!link.isValid(), qPrintable(host));
    }
}

QTEST_APPLESS_MAIN(TestLink)
#include "tst_link.moc"
