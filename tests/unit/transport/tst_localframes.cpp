// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/localframes.h"
#include "tests/support/transport/testtools.h"
#include "tests/support/seed.h"

#include <QTest>
#include <QtEndian>

using namespace transport;

namespace {

QByteArray framed(const QByteArray &payload)
{
    return LocalFrames::header(payload.size()) + payload;
}

QByteArray claim(quint32 word)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToLittleEndian(word, bytes.data());
    return bytes;
}

QList<LocalFrames::Item> all(LocalFrames *frames)
{
    QList<LocalFrames::Item> items;
    while (auto item = frames->next())
        items.append(*item);
    return items;
}

} // namespace

class TestLocalFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesSurviveACutAtEveryByte();
    void closingFrameCarriesCodeAndText();
    void aFrameAtTheLimitPassesOneAboveIsRefusedAtItsHeader();
    void impossibleClosingFramesAreMalformed();
    void unknownAndForbiddenCodesBecomeNormal();
    void closingTextIsCleaned();
    void nothingComesAfterAProblem();
    void bufferHoldsOneFrameAtMost();
};

void TestLocalFrames::framesSurviveACutAtEveryByte()
{
    const QByteArray stream = framed("first") + framed("") + framed(QByteArray("\0\x80\xff", 3))
        + LocalFrames::closingFrame({CloseCode::Ended, QStringLiteral("bye"), false});
    for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
        LocalFrames frames;
        frames.append(stream.first(cut));
        auto items = all(&frames);
        frames.append(stream.sliced(cut));
        items += all(&frames);
        QCOMPARE(items.size(), 4);
        QCOMPARE(std::get<QByteArray>(items[0]), "first");
        QCOMPARE(std::get<QByteArray>(items[1]), "");
        QCOMPARE(std::get<QByteArray>(items[2]), QByteArray("\0\x80\xff", 3));
        QCOMPARE(std::get<CloseReason>(items[3]), (CloseReason{CloseCode::Ended, QStringLiteral("bye"), true}));
        QCOMPARE(frames.bufferedBytes(), 0);
    }
}

void TestLocalFrames::closingFrameCarriesCodeAndText()
{
    const QString text(200, QChar(0x00e9)); // two bytes each in UTF-8
    LocalFrames frames;
    frames.append(LocalFrames::closingFrame({CloseCode::GoingAway, text, false}));
    const auto items = all(&frames);
    QCOMPARE(items.size(), 1);
    QCOMPARE(std::get<CloseReason>(items[0]).code, CloseCode::GoingAway);
    QCOMPARE(std::get<CloseReason>(items[0]).text, text.first(kMaxCloseTextBytes / 2));
}

void TestLocalFrames::aFrameAtTheLimitPassesOneAboveIsRefusedAtItsHeader()
{
    for (const qint64 limit : {qint64(0), qint64(1), kMaxFrameBeforeAuth, kMaxFrameToHost}) {
        LocalFrames frames;
        frames.setMaxFrameSize(limit);
        frames.append(framed(QByteArray(limit, 'x')));
        QCOMPARE(all(&frames).size(), 1);
        QVERIFY(!frames.problem());
        frames.append(claim(quint32(limit) + 1)); // the header alone, no payload
        QVERIFY(!frames.next());
        QVERIFY(frames.problem());
        QCOMPARE(frames.problem()->code, CloseCode::TooLarge);
    }
    LocalFrames frames;
    frames.append(claim(0x7fffffff));
    QVERIFY(!frames.next());
    QCOMPARE(frames.problem()->code, CloseCode::TooLarge);
}

void TestLocalFrames::impossibleClosingFramesAreMalformed()
{
    for (const quint32 size : {0U, 1U, quint32(2 + kMaxCloseTextBytes + 1), 0x7fffffffU}) {
        LocalFrames frames;
        frames.append(claim(size | 0x80000000U));
        QVERIFY(!frames.next());
        QVERIFY(frames.problem());
        QCOMPARE(frames.problem()->code, CloseCode::Malformed);
    }
}

void TestLocalFrames::unknownAndForbiddenCodesBecomeNormal()
{
    for (const char low : {char(6), char(9), char(200)}) {
        LocalFrames frames;
        frames.append(claim(2U | 0x80000000U) + low + '\0');
        const auto items = all(&frames);
        QCOMPARE(items.size(), 1);
        QCOMPARE(std::get<CloseReason>(items[0]).code, CloseCode::Normal);
    }
}

void TestLocalFrames::closingTextIsCleaned()
{
    const QByteArray payload = QByteArray("\x08\0", 2) + "a\nb\x1b[31m\xe2\x80\xae\xff";
    LocalFrames frames;
    frames.append(claim(quint32(payload.size()) | 0x80000000U) + payload);
    const auto items = all(&frames);
    QCOMPARE(std::get<CloseReason>(items[0]).text, QStringLiteral(u"a b [31m \xfffd"));
}

void TestLocalFrames::nothingComesAfterAProblem()
{
    LocalFrames frames;
    frames.append(claim(0x7fffffff));
    QVERIFY(!frames.next());
    frames.append(framed("late"));
    QVERIFY(!frames.next());
    QCOMPARE(frames.bufferedBytes(), 0);
}

void TestLocalFrames::bufferHoldsOneFrameAtMost()
{
    transporttest::SeededRandom random(support::seed());
    LocalFrames frames;
    QByteArray stream;
    int sent = 0;
    int got = 0;
    for (int round = 0; round < 300; ++round, ++sent)
        stream += framed(QByteArray(qsizetype(random.below(quint64(kMaxFrameBeforeAuth) + 1)), 'x'));
    for (qsizetype at = 0; at < stream.size();) {
        const qsizetype piece = qMin<qsizetype>(stream.size() - at, qsizetype(random.below(kFragmentBytes)) + 1);
        frames.append(stream.mid(at, piece));
        at += piece;
        got += int(all(&frames).size());
        QVERIFY(frames.bufferedBytes() <= kMaxFrameBeforeAuth + 4);
    }
    QCOMPARE(got, sent);
}

QTEST_APPLESS_MAIN(TestLocalFrames)
#include "tst_localframes.moc"
