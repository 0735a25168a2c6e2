// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"
#include "tests/support/seed.h"

#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QtEndian>
#include <QtTest>

#include <optional>
#include <random>

using namespace protocol;
using support::TestEditor;
using support::TestPeer;

namespace {

enum class Form { Utf8, Utf8Bom, Utf16Le, Utf16Be, Windows1252 };
enum class Ending { Lf, CrLf, Cr, Mixed };

//! How a file is to be on disk. Written apart from app/files, which it checks.
struct Format
{
    Form form = Form::Utf8;
    Ending ending = Ending::Lf;

    QByteArray bytesOf(QString text) const
    {
        if (ending == Ending::CrLf)
            text.replace(QLatin1Char('\n'), QStringLiteral("\r\n"));
        if (ending == Ending::Cr)
            text.replace(QLatin1Char('\n'), QLatin1Char('\r'));
        switch (form) {
        case Form::Utf8: return text.toUtf8();
        case Form::Utf8Bom: return QByteArray::fromHex("efbbbf") + text.toUtf8();
        case Form::Utf16Le: return QByteArray::fromHex("fffe") + unitsOf(text, false);
        case Form::Utf16Be: return QByteArray::fromHex("feff") + unitsOf(text, true);
        case Form::Windows1252: return text.toLatin1();
        }
        return {};
    }
    //! What every version of another program begins with: form and line end can be told from the bytes.
    QString head(int version) const
    {
        return mark(version) + (ending == Ending::Mixed ? QStringLiteral("\r\nunix\nmac\r") : QStringLiteral("\n"));
    }
    static QString mark(int version) { return QStringLiteral("Fa\u00e7ade %1").arg(version); }
    //! Something to type that the form has a character for.
    QString piece(std::size_t number) const
    {
        static const QString kPieces[] = {QStringLiteral("a"),         QStringLiteral("word "),    QStringLiteral("\n"),
                                          QStringLiteral("\nline\n"),  QStringLiteral("\u00fc\u00df"), QStringLiteral("\t{}"),
                                          QStringLiteral("\u4e2d\u6587"), QStringLiteral("\U0001F600"), QStringLiteral("\u2028\ufeff")};
        return kPieces[number % (form == Form::Windows1252 ? 6 : std::size(kPieces))];
    }

private:
    static QByteArray unitsOf(const QString &text, bool isBigEndian)
    {
        QByteArray result(text.size() * 2, Qt::Uninitialized);
        if (isBigEndian)
            qToBigEndian<char16_t>(text.utf16(), text.size(), result.data());
        else
            qToLittleEndian<char16_t>(text.utf16(), text.size(), result.data());
        return result;
    }
};

} // namespace

// What is in the file is what is in the document, byte for byte, whatever the file looked like, once everybody is done: two people
// type and save over real sockets while another program rewrites the file. ROUNDS=n performs n plans, SEED=s starts at s.
class tst_OnDisk : public QObject
{
    Q_OBJECT

    support::TestHost m_host;
    TestPeer m_owner;
    quint32 m_ownerClient = 0;
    TestPeer m_guest;
    quint32 m_guestClient = 0;

    std::mt19937_64 m_random;
    Format m_format;
    QString m_name;
    int m_version = 0;
    std::vector<quint32> m_calls[2];

    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    bool chance(unsigned percent) { return m_random() % 100 < percent; }
    Format someFormat() { return {Form(below(5)), Ending(below(4))}; }

    void enter();
    void performPlan(std::uint64_t seed);
    void editSomewhere(TestEditor &editor, int who);
    void rewrite(const QString &body);
    QString bodyOf(const QString &text) const;
    void answerAll();
    void waitUntilAllIsWell(TestEditor &owner, TestEditor &guest);

private Q_SLOTS:
    void initTestCase() { enter(); }
    void theFileIsTheDocument();
    void theFormatStaysWhileNothingInTheTextTellsIt();
    void whatIsNoTextIsLeftToWhoeverWroteIt();
};

void tst_OnDisk::enter()
{
    QVERIFY(m_host.start());
    const auto owner = m_owner.enterAsOwner(m_host.socketPath());
    QVERIFY(owner);
    m_ownerClient = owner->you.client;
    const auto share = m_owner.call(CreateShare{
        .access = Access::Edit, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0, .addresses = {}, .port = 0});
    QVERIFY(share);
    const auto guest = m_guest.enterAsGuest(share->link, QStringLiteral("Gus"));
    QVERIFY(guest);
    m_guestClient = guest->you.client;
}

void tst_OnDisk::editSomewhere(TestEditor &editor, int who)
{
    const QString text = editor.text();
    // Nobody touches the mark that tells whether the last rewrite has come; it need not be in front, for the host may have seen the
    // file while it was cut to nothing, and what was typed since then stands before what came.
    static const QRegularExpression kMarks(QStringLiteral("Fa\u00e7ade \\d*"));
    qsizetype first = 0;
    for (auto marks = kMarks.globalMatch(text); marks.hasNext();)
        first = marks.next().capturedEnd();
    const auto whole = [&text](qsizetype at) { return at < text.size() && text[at].isLowSurrogate() ? at - 1 : at; };
    const qsizetype at = whole(first + qsizetype(below(std::size_t(text.size() - first) + 1)));
    const qsizetype end = std::max(at, whole(std::min(text.size(), at + qsizetype(below(10)))));
    const bool removes = chance(40);
    const QString inserted = removes && chance(50) ? QString() : m_format.piece(below(100));
    if (inserted.isEmpty() && end == at)
        return;
    m_calls[who].push_back(editor.type(at, removes ? end - at : 0, inserted));
    QVERIFY(m_calls[who].back() != 0);
}

// What stands behind the line of the mark.
QString tst_OnDisk::bodyOf(const QString &text) const
{
    const qsizetype mark = text.indexOf(Format::mark(m_version));
    const qsizetype end = text.indexOf(QLatin1Char('\n'), mark);
    return mark < 0 || end < 0 ? QString() : text.mid(end + 1);
}

// As another program does it: half of them write anew and rename, the others into the file as it is.
void tst_OnDisk::rewrite(const QString &body)
{
    const QByteArray bytes = m_format.bytesOf(m_format.head(++m_version) + body);
    if (chance(50)) {
        m_host.writeFile(m_name, bytes);
        return;
    }
    QSaveFile file(m_host.rootPath() + QLatin1Char('/') + m_name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    QVERIFY(file.commit());
}

void tst_OnDisk::answerAll()
{
    for (int who = 0; who < 2; ++who) {
        for (const quint32 call : std::exchange(m_calls[who], {})) {
            const auto answer = (who == 0 ? m_owner : m_guest).answerTo(call);
            QVERIFY2(answer, answer ? "" : answer.error().detail.c_str());
        }
    }
}

void tst_OnDisk::waitUntilAllIsWell(TestEditor &owner, TestEditor &guest)
{
    // Or wait until it is saved without being asked.
    if (chance(85))
        m_calls[0].push_back(m_owner.send(SaveDocument{.document = owner.id()}));
    answerAll();
    const QString mark = Format::mark(m_version);
    const auto isWell = [&] {
        (void)guest.info();
        return owner.info().save == SaveState::Saved && owner.text() == guest.text() && owner.text().contains(mark)
            && m_host.file(m_name) == m_format.bytesOf(owner.text());
    };
    (void)support::waitFor(isWell);
    QCOMPARE(owner.text(), guest.text());
    QVERIFY2(owner.text().contains(mark), qPrintable(owner.text()));
    QCOMPARE(m_host.file(m_name).toHex(' '), m_format.bytesOf(owner.text()).toHex(' '));
    QCOMPARE(owner.info().saveDetail, QString());
    QCOMPARE(int(owner.info().save), int(SaveState::Saved));
}

void tst_OnDisk::performPlan(std::uint64_t seed)
{
    m_random.seed(seed);
    m_format = someFormat();
    m_version = 10;
    m_name = QStringLiteral("plan%1.txt").arg(seed);
    QString body;
    for (std::size_t count = below(8); count > 0; --count)
        body += m_format.piece(below(100)) + (chance(70) ? QStringLiteral("\n") : QString());
    rewrite(body);

    TestEditor owner(m_owner, m_ownerClient);
    TestEditor guest(m_guest, m_guestClient);
    QVERIFY(owner.open(m_name.toUtf8()));
    QVERIFY(guest.open(m_name.toUtf8()));
    QCOMPARE(owner.text(), m_format.head(m_version) + body);
    for (int step = 0; step < 60 && !QTest::currentTestFailed(); ++step) {
        if (chance(4)) {
            m_calls[0].push_back(m_owner.send(SaveDocument{.document = owner.id()}));
        } else if (chance(6)) {
            // It has read what is in the file now, or some time ago, and changes the end or drops a part.
            if (chance(50)) {
                waitUntilAllIsWell(owner, guest);
                body = bodyOf(owner.text());
            }
            QString rest = body;
            if (chance(50))
                rest.append(m_format.piece(below(100)));
            else
                rest.truncate(rest.lastIndexOf(QLatin1Char('\n')) + 1);
            if (chance(40)) {
                waitUntilAllIsWell(owner, guest);
                m_format = someFormat();
                rest.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(QLatin1Char('\r'), QLatin1Char('\n'));
                if (m_format.form == Form::Windows1252)
                    rest.removeIf([](QChar unit) { return unit.unicode() > 0xff; });
                rewrite(rest);
                body = rest;
                waitUntilAllIsWell(owner, guest);
            } else {
                rewrite(rest);
            }
        } else if (chance(50)) {
            editSomewhere(owner, 0);
        } else {
            editSomewhere(guest, 1);
        }
    }
    if (QTest::currentTestFailed())
        return;
    answerAll();
    QVERIFY(m_guest.call(SaveDocument{.document = guest.id()}));
    waitUntilAllIsWell(owner, guest);
    QVERIFY(m_owner.call(CloseDocument{.document = owner.id()}));
    QVERIFY(m_guest.call(CloseDocument{.document = guest.id()}));
}

void tst_OnDisk::theFileIsTheDocument()
{
    const quint64 seed = support::seed();
    const int rounds = qEnvironmentVariableIsSet("ROUNDS") ? qEnvironmentVariableIntValue("ROUNDS") : 15;
    for (int round = 0; round < rounds && !QTest::currentTestFailed(); ++round) {
        performPlan(seed + quint64(round));
        if (QTest::currentTestFailed()) {
            std::printf("FAILED WITH SEED=%llu ROUNDS=1, format %d, line ends %d\n",
                        static_cast<unsigned long long>(seed + quint64(round)), int(m_format.form), int(m_format.ending));
        }
    }
}

void tst_OnDisk::theFormatStaysWhileNothingInTheTextTellsIt()
{
    m_host.writeFile(QStringLiteral("plain.txt"), "caf\xe9\r\n");
    TestEditor editor(m_owner, m_ownerClient);
    QVERIFY(editor.open("plain.txt"));
    QVERIFY(editor.edit(3, 2, {}));
    QVERIFY(m_owner.call(SaveDocument{.document = editor.id()}));
    QCOMPARE(m_host.file(QStringLiteral("plain.txt")), QByteArray("caf"));
    // So that the host is known to have looked at what it has written.
    const base::WallTime saved = editor.info().savedAt;
    QFile file(m_host.rootPath() + QStringLiteral("/plain.txt"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(1'000'000'000), QFileDevice::FileModificationTime));
    file.close();
    QVERIFY(editor.waitForInfo([saved](const DocumentInfo &info) { return info.savedAt < saved; }));

    QVERIFY(editor.edit(3, 0, QStringLiteral("\u00e9\n")));
    QVERIFY(m_owner.call(SaveDocument{.document = editor.id()}));
    QCOMPARE(m_host.file(QStringLiteral("plain.txt")), QByteArray("caf\xe9\r\n"));
}

// No document can take half a character. Were only the rest taken, the next save would be the end of it.
void tst_OnDisk::whatIsNoTextIsLeftToWhoeverWroteIt()
{
    const QByteArray half = QByteArray::fromHex("fffe 6100 00d8 6200");
    m_host.writeFile(QStringLiteral("half.txt"), QByteArray::fromHex("fffe 6100 6200"));
    TestEditor editor(m_owner, m_ownerClient);
    QVERIFY(editor.open("half.txt"));
    QCOMPARE(editor.text(), QStringLiteral("ab"));
    m_host.writeFile(QStringLiteral("half.txt"), half);
    QVERIFY(editor.waitForInfo([](const DocumentInfo &info) { return info.save == SaveState::Failed; }));
    QVERIFY(editor.edit(2, 0, QStringLiteral("c")));
    QVERIFY(!m_owner.call(SaveDocument{.document = editor.id()}));
    QCOMPARE(m_host.file(QStringLiteral("half.txt")).toHex(' '), half.toHex(' '));
}

QTEST_GUILESS_MAIN(tst_OnDisk)
#include "tst_ondisk.moc"
