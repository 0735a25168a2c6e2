// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the landing page's own script under Node, with a page that has just the elements it may touch.
#include "app/transport/landingpage.h"
#include "app/transport/link.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace transport;

namespace {

const QString kSharePath = QStringLiteral("/s/00112233445566778899aabbccddeeff");
const QString kWholeSecret = QStringLiteral("#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8._-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-8");

// Strict and sandboxed: a script that reaches for anything else fails by itself.
constexpr char kHarness[] = R"(
'use strict';
const vm = require('vm');
let text = '';
process.stdin.on('data', (part) => { text += part; }).on('end', () => {
  const input = JSON.parse(text);
  const page = {};
  for (const id of ['open', 'code', 'ready', 'paste', 'manual', 'cut']) page[id] = { hidden: ['ready', 'paste', 'cut'].includes(id) };
  const location = Object.freeze({ pathname: input.path, hash: input.hash, hostname: input.hostname, port: input.port });
  vm.runInNewContext(input.script, { location, document: Object.freeze({ getElementById: (id) => page[id] }) });
  process.stdout.write(JSON.stringify({ href: page.open.href || '', code: page.code.textContent || '', isReady: !page.ready.hidden,
    hasCode: !page.paste.hidden, hasManual: !page.manual.hidden, isCut: !page.cut.hidden }));
});
)";

} // namespace

class TestLandingScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeLinkOpensTheProgram_data();
    void wholeLinkOpensTheProgram();
    void brokenLinkIsNamedAndOpensNothing_data();
    void brokenLinkIsNamedAndOpensNothing();
    void frontPageComplainsOfNothing();

private:
    QJsonObject run(const QString &hostname, const QString &port, const QString &path, const QString &hash);
};

QJsonObject TestLandingScript::run(const QString &hostname, const QString &port, const QString &path, const QString &hash)
{
    const QByteArray html = LandingPage().html();
    const qsizetype begin = html.indexOf("<script>") + 8;
    const QString script = QString::fromUtf8(html.mid(begin, html.indexOf("</script>") - begin));
    QProcess node;
    node.start(QStringLiteral("node"), {QStringLiteral("-e"), QString::fromLatin1(kHarness)});
    if (!node.waitForStarted())
        qFatal("node is not installed");
    node.write(QJsonDocument(QJsonObject{{QStringLiteral("script"), script}, {QStringLiteral("hostname"), hostname}, {QStringLiteral("port"), port},
                                         {QStringLiteral("path"), path}, {QStringLiteral("hash"), hash}}).toJson());
    node.closeWriteChannel();
    node.waitForFinished();
    return QJsonDocument::fromJson(node.readAllStandardOutput()).object();
}

void TestLandingScript::wholeLinkOpensTheProgram_data()
{
    QTest::addColumn<QString>("hostname");
    QTest::addColumn<QString>("port");
    QTest::addColumn<QString>("path");
    QTest::newRow("name") << QStringLiteral("host.example") << QStringLiteral("4711") << kSharePath;
    QTest::newRow("ipv6") << QStringLiteral("[2001:db8::1]") << QStringLiteral("4711") << kSharePath;
    QTest::newRow("default port") << QStringLiteral("192.0.2.1") << QString() << kSharePath;
    QTest::newRow("snapshot") << QStringLiteral("host.example") << QStringLiteral("4711") << QString(kSharePath).replace(u's', u'x');
}

void TestLandingScript::wholeLinkOpensTheProgram()
{
    QFETCH(QString, hostname);
    QFETCH(QString, port);
    QFETCH(QString, path);
    const QJsonObject page = run(hostname, port, path, kWholeSecret);
    const QString href = page[QStringLiteral("href")].toString();
    const auto link = Link::parse(href);
    QVERIFY2(link.has_value(), qPrintable(href));
    QCOMPARE(link->port, port.isEmpty() ? 443 : 4711);
    QVERIFY(href.contains(hostname) && href.endsWith(path + kWholeSecret));
    QCOMPARE(page[QStringLiteral("code")].toString(), href);
    QVERIFY(page[QStringLiteral("isReady")].toBool() && page[QStringLiteral("hasCode")].toBool());
    QVERIFY(!page[QStringLiteral("isCut")].toBool() && !page[QStringLiteral("hasManual")].toBool());
}

void TestLandingScript::brokenLinkIsNamedAndOpensNothing_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("hash");
    QTest::newRow("no secret") << kSharePath << QString();
    QTest::newRow("half") << kSharePath << kWholeSecret.left(44);
    QTest::newRow("cut by one") << kSharePath << kWholeSecret.chopped(1);
    QTest::newRow("markup") << kSharePath << kWholeSecret.chopped(1) + u'<';
    QTest::newRow("other path") << QStringLiteral("/s/x") << kWholeSecret;
    QTest::newRow("line break") << kSharePath << kWholeSecret + u'\n';
}

void TestLandingScript::brokenLinkIsNamedAndOpensNothing()
{
    QFETCH(QString, path);
    QFETCH(QString, hash);
    const QJsonObject page = run(QStringLiteral("host.example"), QStringLiteral("4711"), path, hash);
    QCOMPARE(page[QStringLiteral("href")].toString(), QString());
    QVERIFY(page[QStringLiteral("isCut")].toBool() && page[QStringLiteral("hasManual")].toBool());
    QVERIFY(!page[QStringLiteral("isReady")].toBool() && !page[QStringLiteral("hasCode")].toBool());
}

void TestLandingScript::frontPageComplainsOfNothing()
{
    const QJsonObject page = run(QStringLiteral("host.example"), QStringLiteral("4711"), QStringLiteral("/"), QString());
    QVERIFY(page[QStringLiteral("hasManual")].toBool());
    QVERIFY(!page[QStringLiteral("isCut")].toBool() && !page[QStringLiteral("isReady")].toBool());
}

QTEST_GUILESS_MAIN(TestLandingScript)
#include "tst_landingscript.moc"
