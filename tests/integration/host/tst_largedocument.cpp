// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/limits.h"
#include "app/protocol/limits.h"
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"

#include <QtTest>

using namespace protocol;
using base::ErrorCode;
using support::TestEditor;
using support::TestPeer;

namespace {

// What people call 50 MB, in lines of fifty bytes.
QByteArray millionLines()
{
    QByteArray content;
    content.reserve(50'000'000);
    for (int i = 0; i < 1'000'000; ++i)
        content += QByteArray::number(i).rightJustified(8, ' ') + ": forty more bytes, the line end included\n";
    return content;
}

} // namespace

//! Documents as large as they may be. One host and one file for all, as each opening takes a while in a debug build.
class LargeDocumentTest : public QObject
{
    Q_OBJECT

    support::TestHost m_host;
    TestPeer m_owner;
    TestPeer m_guest;
    quint32 m_ownerClient = 0;
    quint32 m_guestClient = 0;
    QByteArray m_content = millionLines();

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_host.start(), m_host.output().constData());
        const auto owner = m_owner.enterAsOwner(m_host.socketPath());
        QVERIFY(owner);
        m_ownerClient = owner->you.client;
        const auto shared = m_owner.call(
            CreateShare{.access = Access::Edit, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0, .addresses = {}, .port = 0});
        QVERIFY(shared);
        const auto guest = m_guest.enterAsGuest(shared->link, QStringLiteral("Gus"));
        QVERIFY(guest);
        m_guestClient = guest->you.client;
    }

    void aMillionLinesAreEditedTogether()
    {
        QCOMPARE(m_content.size(), 50'000'000);
        m_host.writeFile(QStringLiteral("million.txt"), m_content);
        TestEditor owner(m_owner, m_ownerClient);
        QVERIFY(owner.open("million.txt"));
        QCOMPARE(owner.opened().kind, ContentKind::Text);
        TestEditor guest(m_guest, m_guestClient);
        QVERIFY(guest.open("million.txt"));
        QVERIFY(owner.edit(0, 0, QStringLiteral("first ")));
        QVERIFY(guest.edit(50'000'000, 0, QStringLiteral("last\n")));
        m_content = "first " + m_content + "last\n";
        const QString text = QString::fromUtf8(m_content);
        QVERIFY(owner.receive(text));
        QVERIFY(guest.receive(text));
        QTRY_COMPARE_WITH_TIMEOUT(m_host.file(QStringLiteral("million.txt")) == m_content, true, 30'000);
        // Another program's change is taken in.
        m_content.replace(25'000'000, 3, "XYZ!");
        m_host.writeFile(QStringLiteral("million.txt"), m_content);
        QVERIFY(guest.receive(QString::fromUtf8(m_content), 30'000));
        QVERIFY(m_owner.call(CloseDocument{.document = owner.id()}));
        QVERIFY(m_guest.call(CloseDocument{.document = guest.id()}));
    }

    void nothingGrowsBeyondWhatCanBeSent()
    {
        TestEditor guest(m_guest, m_guestClient);
        QVERIFY(guest.open("million.txt"));
        QCOMPARE(guest.opened().kind, ContentKind::Text);
        guest.document().setClient(m_guestClient); // it stepped aside for what it had written before
        const QString much(700'000, QChar(u'm'));
        base::Result<void> done;
        int taken = 0;
        for (; taken < 200 && (done = guest.edit(0, 0, much)); ++taken) { }
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::TooLarge);
        const qsizetype room = host::kMaxDocumentUnits - m_content.size();
        QVERIFY2(taken == room / much.size(), qPrintable(QString::number(taken)));
        // Whoever comes now gets it all, and can make room.
        TestEditor owner(m_owner, m_ownerClient);
        QVERIFY(owner.open("million.txt"));
        QVERIFY(owner.edit(0, qsizetype(taken) * much.size(), {}));
        QVERIFY(owner.edit(0, 0, much));
        m_content = much.toUtf8() + m_content;
        QTRY_COMPARE_WITH_TIMEOUT(m_host.file(QStringLiteral("million.txt")) == m_content, true, 30'000);
    }

    void largerFilesAreReadInPages()
    {
        m_host.writeFile(QStringLiteral("larger.txt"), QByteArray(kMaxTextFileBytes + 1, 'x'));
        TestEditor larger(m_owner, m_ownerClient);
        QVERIFY(larger.open("larger.txt"));
        QCOMPARE(larger.opened().kind, ContentKind::Large);
        // Half of the limit on disk, and beyond it in UTF-8, which is how it would travel.
        m_host.writeFile(QStringLiteral("latin.txt"), QByteArray(kMaxTextFileBytes / 2 + 1, '\xe9'));
        TestEditor latin(m_owner, m_ownerClient);
        QVERIFY(latin.open("latin.txt"));
        QCOMPARE(latin.opened().kind, ContentKind::Large);
    }
};

QTEST_GUILESS_MAIN(LargeDocumentTest)
#include "tst_largedocument.moc"
