// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/landingpage.h"
#include "app/transport/limits.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>

using namespace transport;

namespace {

QByteArray between(const QByteArray &text, const QByteArray &from, const QByteArray &to)
{
    const qsizetype begin = text.indexOf(from) + from.size();
    return text.mid(begin, text.indexOf(to, begin) - begin);
}

QByteArray sha256Source(const QByteArray &content)
{
    return "'sha256-" + QCryptographicHash::hash(content, QCryptographicHash::Sha256).toBase64() + "'";
}

} // namespace

class TestLandingPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysSmallAndLoadsNothing();
    void policyAllowsExactlyItsOwnScriptAndStyle();
    void worksWithoutScript();
    void scriptOnlyReadsTheAddress();
    void sourceUrlIsUsedOnlyIfHarmless_data();
    void sourceUrlIsUsedOnlyIfHarmless();
    void everyAnswerCarriesStrictHeaders();
    void headHasNoBodyButItsLength();
};

void TestLandingPage::staysSmallAndLoadsNothing()
{
    const QByteArray html = LandingPage(QStringLiteral("https://") + QString(192, u'a')).html();
    QVERIFY2(html.size() < kMaxPageBytes, qPrintable(QString::number(html.size())));
    for (const char *forbidden : {"src=", "@import", "url(", "<link", "<img", "<iframe", "<form", "http://", "onclick", "style="})
        QVERIFY2(!html.contains(forbidden), forbidden);
    QVERIFY(html.contains("prefers-color-scheme:dark"));
    QVERIFY(html.contains("lang=\"en\""));
}

void TestLandingPage::policyAllowsExactlyItsOwnScriptAndStyle()
{
    const LandingPage page;
    QCOMPARE(page.html().count("<script"), 1);
    QCOMPARE(page.html().count("<style"), 1);
    const QByteArray script = between(page.html(), "<script>", "</script>");
    const QByteArray style = between(page.html(), "<style>", "</style>");
    QVERIFY(!script.isEmpty() && !style.isEmpty());
    QCOMPARE(page.contentSecurityPolicy(),
             "default-src 'none'; script-src " + sha256Source(script) + "; style-src " + sha256Source(style)
                 + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}

void TestLandingPage::worksWithoutScript()
{
    // What needs the script starts hidden; what replaces it starts shown.
    const QByteArray html = LandingPage().html();
    QVERIFY(html.contains("<div id=\"ready\" hidden>"));
    QVERIFY(html.contains("<div id=\"paste\" hidden>"));
    QVERIFY(html.contains("<p id=\"cut\" hidden>"));
    QVERIFY(html.contains("<p id=\"manual\">Copy this page's whole address"));
    QVERIFY(html.contains("packaging/run"));
}

void TestLandingPage::scriptOnlyReadsTheAddress()
{
    const QByteArray script = between(LandingPage().html(), "<script>", "</script>");
    for (const char *forbidden : {"fetch", "XMLHttp", "innerHTML", "cookie", "Storage", "eval", "open(", "submit", "postMessage", "navigator", "location ="})
        QVERIFY2(!script.contains(forbidden), forbidden);
    QVERIFY(script.contains("'alongside://' + location.hostname"));
}

void TestLandingPage::sourceUrlIsUsedOnlyIfHarmless_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isUsed");
    QTest::newRow("https") << QStringLiteral("https://code.example/alongside.git") << true;
    QTest::newRow("none") << QString() << false;
    QTest::newRow("bare scheme") << QStringLiteral("https://") << false;
    QTest::newRow("http") << QStringLiteral("http://code.example/a") << false;
    QTest::newRow("markup") << QStringLiteral("https://a/<script>") << false;
    QTest::newRow("shell") << QStringLiteral("https://a/;rm") << false;
    QTest::newRow("substitution") << QStringLiteral("https://a/$(id)") << false;
    QTest::newRow("quote") << QStringLiteral("https://a/'") << false;
    QTest::newRow("space") << QStringLiteral("https://a/ --upload-pack") << false;
    QTest::newRow("other letters") << QStringLiteral("https://\u0430/x") << false;
    QTest::newRow("long") << QStringLiteral("https://") + QString(193, u'a') << false;
}

void TestLandingPage::sourceUrlIsUsedOnlyIfHarmless()
{
    QFETCH(QString, url);
    QFETCH(bool, isUsed);
    const QByteArray commands = between(LandingPage(url).html(), "<pre>", "</pre>");
    const QByteArray source = isUsed ? url.toLatin1() : QByteArray("SOURCE");
    QCOMPARE(commands, "git clone " + source + " alongside\ncd alongside\npackaging/run");
}

void TestLandingPage::everyAnswerCarriesStrictHeaders()
{
    const LandingPage page;
    for (const Answer answer : {Answer::Page, Answer::NotFound, Answer::WrongMethod, Answer::WrongHost, Answer::Forbidden, Answer::WrongVersion, Answer::BadRequest}) {
        const QByteArray response = page.response(answer, true);
        const qsizetype end = response.indexOf("\r\n\r\n");
        const QByteArray head = response.first(end + 2);
        const QByteArray body = response.sliced(end + 4);
        QVERIFY(head.startsWith(QByteArray("HTTP/1.1 " + QByteArray::number(statusCode(answer)) + ' ')));
        for (const char *field : {"Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
                                  "Cache-Control: no-store", "Connection: close", "X-Frame-Options: DENY"})
            QVERIFY2(head.contains(QByteArray(QByteArray("\r\n") + field)), field);
        QVERIFY(!head.contains("Set-Cookie") && !head.contains("Access-Control") && !head.contains("Strict-Transport"));
        QVERIFY(head.contains(QByteArray("\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n")));
        QVERIFY(!body.isEmpty());
        QCOMPARE(body == page.html(), answer == Answer::Page);
    }
    QVERIFY(page.response(Answer::WrongMethod, true).contains("\r\nAllow: GET, HEAD\r\n"));
}

void TestLandingPage::headHasNoBodyButItsLength()
{
    const LandingPage page;
    const QByteArray response = page.response(Answer::Page, false);
    QVERIFY(response.endsWith("\r\n\r\n"));
    QVERIFY(response.contains(QByteArray("\r\nContent-Length: " + QByteArray::number(page.html().size()) + "\r\n")));
    QVERIFY(page.response(Answer::Page, true).startsWith(response));
}

QTEST_APPLESS_MAIN(TestLandingPage)
#include "tst_landingpage.moc"
