// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/textformat.h"
#include "tests/support/seed.h"

#include <QTest>

#include <random>

using files::Encoding;
using files::LineEnding;
using files::TextFormat;

Q_DECLARE_METATYPE(files::Encoding)
Q_DECLARE_METATYPE(files::LineEnding)

class TextFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recognisesHowATextStands_data();
    void recognisesHowATextStands();
    void refusesWhatIsNoText_data();
    void refusesWhatIsNoText();
    void givesBackEveryByteOfEveryCut();
    void givesBackEveryByteOfRandomContent();
    void encodesAnEditLikeItsSurroundings();
    void widensAnEncodingThatCannotSayIt();
};

namespace {

// Whatever is taken for text comes back byte for byte.
void checkIdentity(const QByteArray &bytes)
{
    const auto decoded = files::decodeText(bytes);
    if (!decoded)
        return;
    const files::EncodedText encoded = files::encodeText(decoded->text, decoded->format);
    if (encoded.bytes != bytes || encoded.format != decoded->format)
        qFatal("not the same: %s -> %s", bytes.toHex().constData(), encoded.bytes.toHex().constData());
    if (decoded->format.lineEnding != LineEnding::Mixed && decoded->text.contains(u'\r'))
        qFatal("a carriage return in the text of %s", bytes.toHex().constData());
}

const QList<QByteArray> kSamples = {
    "", "a", "a\n", "a\nb", "a\r\nb\r\n", "a\rb\r", "a\r\nb\nc\rd", "a\r\r\nb", "\r", "\n", "\r\n", "\n\r", "\r\r\n\n",
    "\xef\xbb\xbf", "\xef\xbb\xbf" "a\r\n", "\xef\xbb\xbf\xef\xbb\xbf" "b\n", "gr\xc3\xbc\xc3\x9f\x65\n", "\xf0\x9f\x98\x80\r\n",
    "caf\xe9\r\nx", "\x80\x81\x8d\x8f\x90\x9d\x9f\xff", "\xc3\x28\n", "\xed\xa0\x80", "a\xed\xb0\x80\n", "\xf4\x90\x80\x80",
    QByteArray("\xff\xfe", 2), QByteArray("\xff\xfe" "a\0\r\0\n\0b\0", 10), QByteArray("\xfe\xff\0a\0\r\0b", 8),
    QByteArray("\xff\xfe\x3d\xd8\x00\xde\n\0", 8), QByteArray("\xff\xfe\x00\xd8\x0d\0", 6), QByteArray("\xff\xfe\xff\xfe" "a\0", 6),
    QByteArray("\xfe\xff\xdc\x00\xd8\x3d\xde\x00\0\n", 10), "\xff\xfe" "abc", "\xff\xfe" "a", "\x1b[1mbold\x1b[0m\xff\n", "\f\v\tx\xa0"};

} // namespace

void TextFormatTest::recognisesHowATextStands_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<LineEnding>("lineEnding");
    QTest::newRow("empty") << QByteArray("") << QString() << Encoding::Utf8 << LineEnding::Lf;
    QTest::newRow("no last newline") << QByteArray("a\nb") << QStringLiteral("a\nb") << Encoding::Utf8 << LineEnding::Lf;
    QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n") << QStringLiteral("a\nb\n") << Encoding::Utf8 << LineEnding::CrLf;
    QTest::newRow("CR") << QByteArray("a\rb") << QStringLiteral("a\nb") << Encoding::Utf8 << LineEnding::Cr;
    QTest::newRow("mixed") << QByteArray("a\r\nb\n") << QStringLiteral("a\r\nb\n") << Encoding::Utf8 << LineEnding::Mixed;
    QTest::newRow("CR before CRLF") << QByteArray("a\r\r\n") << QStringLiteral("a\r\r\n") << Encoding::Utf8 << LineEnding::Mixed;
    QTest::newRow("BOM") << QByteArray("\xef\xbb\xbf" "a\n") << QStringLiteral("a\n") << Encoding::Utf8Bom << LineEnding::Lf;
    QTest::newRow("two BOMs") << QByteArray("\xef\xbb\xbf\xef\xbb\xbf" "a") << QString(QChar(0xfeff) + QLatin1Char('a')) << Encoding::Utf8Bom << LineEnding::Lf;
    QTest::newRow("UTF-16 LE") << QByteArray("\xff\xfe" "a\0\r\0\n\0", 8) << QStringLiteral("a\n") << Encoding::Utf16Le << LineEnding::CrLf;
    QTest::newRow("UTF-16 BE") << QByteArray("\xfe\xff\0a\0\n", 6) << QStringLiteral("a\n") << Encoding::Utf16Be << LineEnding::Lf;
    QTest::newRow("euro and e acute") << QByteArray("\x80 caf\xe9") << QString::fromUtf8("\xe2\x82\xac caf\xc3\xa9") << Encoding::Windows1252 << LineEnding::Lf;
    QTest::newRow("cut UTF-8") << QByteArray("a\xc3") << QString::fromUtf8("a\xc3\x83") << Encoding::Windows1252 << LineEnding::Lf;
}

void TextFormatTest::recognisesHowATextStands()
{
    QFETCH(QByteArray, bytes);
    const auto decoded = files::decodeText(bytes);
    QVERIFY(decoded);
    QTEST(decoded->text, "text");
    QTEST(decoded->format.encoding, "encoding");
    QTEST(decoded->format.lineEnding, "lineEnding");
    checkIdentity(bytes);
}

void TextFormatTest::refusesWhatIsNoText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("UTF-16 without mark") << QByteArray("a\0b\0", 4);
    QTest::newRow("UTF-16 with NUL") << QByteArray("\xff\xfe" "a\0\0\0", 6);
    QTest::newRow("odd UTF-16") << QByteArray("\xff\xfe" "a\0b", 5);
    QTest::newRow("half a character in UTF-16") << QByteArray("\xff\xfe" "a\0\0\xd8" "b\0", 8);
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    QTest::newRow("control characters") << QByteArray("\x01\x02\xff\xfe\x05");
}

void TextFormatTest::refusesWhatIsNoText()
{
    QFETCH(QByteArray, bytes);
    const auto decoded = files::decodeText(bytes);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, base::ErrorCode::NotText);
}

void TextFormatTest::givesBackEveryByteOfEveryCut()
{
    QByteArray all;
    for (const QByteArray &sample : kSamples) {
        for (qsizetype cut = 0; cut <= sample.size(); ++cut) {
            checkIdentity(sample.first(cut));
            checkIdentity(sample.sliced(cut));
        }
        all += sample;
    }
    for (qsizetype cut = 0; cut <= all.size(); ++cut)
        checkIdentity(all.first(cut));
}

void TextFormatTest::givesBackEveryByteOfRandomContent()
{
    std::mt19937_64 random(support::seed());
    const QList<QByteArray> pieces = {"\r", "\n", "\r\n", "a", "bc ", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
                                      "\xef\xbb\xbf", "\xff", "\xfe", "\xed\xa0\x80", "\x80", QByteArray("\0", 1), "\x1b"};
    int texts = 0;
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = i % 5 == 0 ? QByteArray(random() % 2 != 0 ? "\xff\xfe" : "\xfe\xff") : QByteArray();
        const auto kinds = 2 + random() % static_cast<std::size_t>(pieces.size() - 1);
        for (auto count = random() % 12; count > 0; --count)
            bytes += pieces[static_cast<qsizetype>(random() % kinds)];
        checkIdentity(bytes);
        texts += files::decodeText(bytes).has_value();
    }
    QVERIFY(texts > 5000);
}

void TextFormatTest::encodesAnEditLikeItsSurroundings()
{
    const QString edited = QStringLiteral("one\ntwo\n");
    QCOMPARE(files::encodeText(edited, {Encoding::Utf8, LineEnding::CrLf}).bytes, "one\r\ntwo\r\n");
    QCOMPARE(files::encodeText(edited, {Encoding::Utf8, LineEnding::Cr}).bytes, "one\rtwo\r");
    QCOMPARE(files::encodeText(edited, {Encoding::Utf8Bom, LineEnding::Lf}).bytes, "\xef\xbb\xbf" "one\ntwo\n");
    QCOMPARE(files::encodeText(QStringLiteral("a\r\nb\n"), {Encoding::Utf8, LineEnding::Mixed}).bytes, "a\r\nb\n");
    QCOMPARE(files::encodeText(QString(QChar(0xd800)), {}).bytes, "\xef\xbf\xbd");
}

void TextFormatTest::widensAnEncodingThatCannotSayIt()
{
    const TextFormat narrow{Encoding::Windows1252, LineEnding::CrLf};
    QCOMPARE(files::encodeText(QString::fromUtf8("\xe2\x82\xac\xc3\xa9\n"), narrow).bytes, "\x80\xe9\r\n");
    const files::EncodedText wide = files::encodeText(QString::fromUtf8("\xc5\x82\n"), narrow);
    QCOMPARE(wide.bytes, "\xc5\x82\r\n");
    QCOMPARE(wide.format, (TextFormat{Encoding::Utf8, LineEnding::CrLf}));
}

QTEST_GUILESS_MAIN(TextFormatTest)
#include "tst_textformat.moc"
