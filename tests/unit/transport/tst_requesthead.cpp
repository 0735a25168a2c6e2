// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/limits.h"
#include "app/transport/requesthead.h"

#include <QTest>

using namespace transport;

namespace {

const QByteArray kId("00112233445566778899aabbccddeeff");

QByteArray upgradeRequest(const QByteArray &host, const QByteArray &extra = {}, const QByteArray &protocols = "alongside.1")
{
    return "GET /ws HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + (protocols.isEmpty() ? QByteArray() : "Sec-WebSocket-Protocol: " + protocols + "\r\n")
        + extra + "\r\n";
}

QByteArray plainRequest(const QByteArray &method, const QByteArray &target, const QByteArray &host = "localhost:1", const QByteArray &extra = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + extra + "\r\n";
}

std::optional<Answer> answerTo(const QByteArray &bytes, const QStringList &names = {})
{
    const auto head = RequestHead::parse(bytes);
    if (!head || !*head)
        return std::nullopt;
    return decide(**head, names);
}

} // namespace

class TestRequestHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAHeadCutAtEveryByte();
    void malformedHeadsAreRefused_data();
    void malformedHeadsAreRefused();
    void boundsHold();
    void onlyOneCellOfTheMatrixUpgrades();
    void upgradesNeedEveryPart();
    void pagesAndRefusals_data();
    void pagesAndRefusals();
    void hostNamesAreChecked_data();
    void hostNamesAreChecked();
};

void TestRequestHead::readsAHeadCutAtEveryByte()
{
    const QByteArray whole = upgradeRequest("localhost:4711", "X-Empty:\r\n");
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto head = RequestHead::parse(whole.first(size));
        QVERIFY(head.has_value());
        QVERIFY(!head->has_value());
    }
    for (const QByteArray &after : {QByteArray(), QByteArray("\x82\x01x"), QByteArray(100'000, 'x')}) {
        const auto head = RequestHead::parse(QByteArray(whole + after));
        QVERIFY(head.has_value() && head->has_value());
        QCOMPARE((*head)->method, "GET");
        QCOMPARE((*head)->path, "/ws");
        QCOMPARE((*head)->value("upgrade"), "websocket");
        QVERIFY((*head)->has("x-empty"));
        QVERIFY(!(*head)->has("x-missing"));
    }
}

void TestRequestHead::malformedHeadsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) { QTest::newRow(name) << bytes; };
    row("empty lines", "\r\n\r\n");
    row("no version", "GET /\r\nHost: a\r\n\r\n");
    row("old version", "GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    row("other protocol", "GET / RTSP/1.0\r\nHost: a\r\n\r\n");
    row("lower-case method", "get / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("long method", QByteArray(17, 'A') + " / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n");
    row("absolute target", "GET http://evil/ HTTP/1.1\r\nHost: a\r\n\r\n");
    row("space in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n");
    row("fragment in target", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n");
    row("high byte in target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n");
    row("long target", "GET /" + QByteArray(2048, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n");
    row("folded field", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n");
    row("space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n");
    row("no colon", "GET / HTTP/1.1\r\nHost\r\n\r\n");
    row("no name", "GET / HTTP/1.1\r\n: a\r\n\r\n");
    row("NUL in a value", QByteArray("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29));
    row("bare line feed", "GET / HTTP/1.1\r\nHost: a\nOrigin: b\r\n\r\n");
    row("bare carriage return", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n");
    for (const char *name : {"Host", "Origin", "Upgrade", "Connection", "Cookie", "Content-Length", "Transfer-Encoding", "Sec-WebSocket-Key",
                             "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"})
        row(name, QByteArray("GET / HTTP/1.1\r\n") + name + ": a\r\n" + QByteArray(name).toLower() + ": b\r\n\r\n");
}

void TestRequestHead::malformedHeadsAreRefused()
{
    QFETCH(QByteArray, bytes);
    const auto head = RequestHead::parse(bytes);
    QVERIFY(!head.has_value());
    QCOMPARE(head.error().code, base::ErrorCode::Malformed);
}

void TestRequestHead::boundsHold()
{
    const QByteArray start = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
    const QByteArray fits = start + QByteArray(kMaxRequestHeadBytes - start.size() - 4, 'x') + "\r\n\r\n";
    QCOMPARE(fits.size(), kMaxRequestHeadBytes);
    QCOMPARE(answerTo(fits), std::optional(Answer::Page));
    const QByteArray above = start + QByteArray(kMaxRequestHeadBytes - start.size() - 3, 'x') + "\r\n\r\n";
    QCOMPARE(RequestHead::parse(above).error().code, base::ErrorCode::TooLarge);
    QVERIFY(!*RequestHead::parse(above.first(kMaxRequestHeadBytes - 1)));

    QByteArray fields;
    for (int i = 0; i < kMaxRequestFields - 1; ++i)
        fields += "A: b\r\n";
    QCOMPARE(answerTo(plainRequest("GET", "/", "localhost", fields)), std::optional(Answer::Page));
    const auto head = RequestHead::parse(plainRequest("GET", "/", "localhost", fields + "A: b\r\n"));
    QCOMPARE(head.error().code, base::ErrorCode::TooMany);
}

void TestRequestHead::onlyOneCellOfTheMatrixUpgrades()
{
    const QByteArrayList origins{"", "null", "https://localhost:4711", "https://host.example:4711", "https://evil.example", "file://"};
    const QByteArrayList hosts{"host.example:4711", "evil.example:4711", "host.example.evil.example", ""};
    const QByteArrayList protocols{"alongside.1", "", "alongside.2", "alongside", "ALONGSIDE.1", "chat"};
    const QByteArrayList cookies{"", "a=b"};
    int cells = 0;
    int upgrades = 0;
    for (const QByteArray &origin : origins) {
        for (const QByteArray &host : hosts) {
            for (const QByteArray &protocol : protocols) {
                for (const QByteArray &cookie : cookies) {
                    const QByteArray extra = (origin.isEmpty() ? QByteArray() : "Origin: " + origin + "\r\n")
                        + (cookie.isEmpty() ? QByteArray() : "Cookie: " + cookie + "\r\n");
                    const auto answer = answerTo(upgradeRequest(host, extra, protocol), {QStringLiteral("host.example")});
                    QVERIFY(answer.has_value());
                    ++cells;
                    upgrades += *answer == Answer::Upgrade;
                    if (*answer == Answer::Upgrade)
                        QVERIFY(origin.isEmpty() && host == hosts[0] && protocol == protocols[0] && cookie.isEmpty());
                }
            }
        }
    }
    QCOMPARE(cells, 288);
    QCOMPARE(upgrades, 1);
    // An empty Origin is still one: browsers send the field, native clients do not.
    QCOMPARE(answerTo(upgradeRequest("localhost", "Origin:\r\n")), std::optional(Answer::Forbidden));
}

void TestRequestHead::upgradesNeedEveryPart()
{
    const QByteArray good = upgradeRequest("localhost");
    const auto with = [&good](const char *from, const char *to) { return answerTo(QByteArray(good).replace(from, to)); };
    QCOMPARE(answerTo(good), std::optional(Answer::Upgrade));
    QCOMPARE(with("Upgrade: websocket", "Upgrade: WebSocket"), std::optional(Answer::Upgrade));
    QCOMPARE(with("Connection: Upgrade", "Connection: keep-alive, Upgrade"), std::optional(Answer::Upgrade));
    QCOMPARE(with(": alongside.1", ": chat, alongside.1"), std::optional(Answer::Upgrade));
    QCOMPARE(with("Upgrade: websocket", "Upgrade: h2c"), std::optional(Answer::BadRequest));
    QCOMPARE(with("Connection: Upgrade", "Connection: close"), std::optional(Answer::BadRequest));
    QCOMPARE(with("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Key: AAAA"), std::optional(Answer::BadRequest));
    QCOMPARE(with("AAAAAAAAAAAAAAAAAAAAAA==", "!!!!!!!!!!!!!!!!!!!!!!=="), std::optional(Answer::BadRequest));
    QCOMPARE(with("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", ""), std::optional(Answer::BadRequest));
    QCOMPARE(with("Version: 13", "Version: 8"), std::optional(Answer::WrongVersion));
    QCOMPARE(with("GET /ws", "GET /"), std::optional(Answer::NotFound));
    QCOMPARE(with("GET /ws", "GET /ws/"), std::optional(Answer::NotFound));
    QCOMPARE(with("GET /ws", "POST /ws"), std::optional(Answer::WrongMethod));
    QCOMPARE(with("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n"), std::optional(Answer::BadRequest));
    QCOMPARE(with("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n"), std::optional(Answer::BadRequest));
    QCOMPARE(with("Host: localhost\r\n", ""), std::optional(Answer::BadRequest));
}

void TestRequestHead::pagesAndRefusals_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const QByteArray &bytes, int status) { QTest::newRow(bytes.left(60).constData()) << bytes << status; };
    row(plainRequest("GET", "/"), 200);
    row(plainRequest("HEAD", "/"), 200);
    row(plainRequest("GET", "/s/" + kId), 200);
    row(plainRequest("GET", "/x/" + kId), 200);
    row(plainRequest("GET", "/s/" + kId + "?utm=1"), 200);
    row(plainRequest("GET", "/s/" + kId, "localhost", "Cookie: left=over\r\n"), 200); // cookies know no ports
    row(plainRequest("POST", "/"), 405);
    row(plainRequest("DELETE", "/s/" + kId), 405);
    row(plainRequest("OPTIONS", "/"), 405);
    row(plainRequest("GET", "/s/" + kId + "/"), 404);
    row(plainRequest("GET", "/s/" + kId.toUpper()), 404);
    row(plainRequest("GET", "/s/" + kId.chopped(1)), 404);
    row(plainRequest("GET", "/s/../x/" + kId), 404);
    row(plainRequest("GET", "//"), 404);
    row(plainRequest("GET", "/favicon.ico"), 404);
    row(plainRequest("GET", "/robots.txt"), 404);
    row(plainRequest("GET", "/%73/" + kId), 404);
    row(plainRequest("GET", "/ws"), 426);
    row(plainRequest("GET", "/", "localhost", "Origin: https://evil.example\r\n"), 403);
    row(plainRequest("GET", "/", "evil.example"), 421);
    row(plainRequest("GET", "/", "localhost", "Content-Length: 10\r\n"), 400);
}

void TestRequestHead::pagesAndRefusals()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const auto answer = answerTo(bytes);
    QVERIFY(answer.has_value());
    QCOMPARE(statusCode(*answer), status);
}

void TestRequestHead::hostNamesAreChecked_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    const auto row = [](const char *host, int status) { QTest::newRow(host) << QByteArray(host) << status; };
    for (const char *host : {"localhost", "LOCALHOST:1", "127.0.0.1:65535", "192.0.2.1", "[::1]:1", "[2001:db8::1]", "host.example:1", "Host.Example",
                             "a.wild.example:1"})
        row(host, 200);
    for (const char *host : {"evil.example", "host.example.evil.example", "xhost.example", "example", "wild.example", "a.b.wild.example", ".wild.example",
                             "localhost.evil.example", "127.0.0.1.evil.example", "host.example.", "localhost.", "[fe80::1%eth0]", "[host.example]", "[127.0.0.1]"})
        row(host, 421);
    for (const char *host : {"", ":1", "localhost:", "localhost:x", "localhost:123456", "::1", "[::1", "[::1]x", "localhost:1:2", "user@localhost:x"})
        row(host, 400);
}

void TestRequestHead::hostNamesAreChecked()
{
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    const auto answer = answerTo(plainRequest("GET", "/", host), {QStringLiteral("host.example"), QStringLiteral("*.wild.example")});
    QVERIFY(answer.has_value());
    QCOMPARE(statusCode(*answer), status);
}

QTEST_APPLESS_MAIN(TestRequestHead)
#include "tst_requesthead.moc"
