// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/textformat.h"

#include <QStringDecoder>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <optional>

namespace files {

namespace {

constexpr char kUtf8Mark[] = "\xef\xbb\xbf";
constexpr char kUtf16LeMark[] = "\xff\xfe";
constexpr char kUtf16BeMark[] = "\xfe\xff";

// 0x80 to 0x9f. The five bytes without a character map to the control character of the same number, as in the WHATWG
// encoding standard, so that every byte comes back.
constexpr std::array<char16_t, 32> kHighControls = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

base::Unexpected notText(const char *why)
{
    return base::Unexpected(base::ErrorCode::NotText, why);
}

std::optional<QString> decodeUtf8(QByteArrayView bytes)
{
    // QString::fromUtf8 would swallow a second mark and replace what is wrong.
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

QString decodeUtf16(QByteArrayView bytes, bool isBigEndian)
{
    QString text(bytes.size() / 2, Qt::Uninitialized);
    if (isBigEndian)
        qFromBigEndian<char16_t>(bytes.data(), text.size(), text.data());
    else
        qFromLittleEndian<char16_t>(bytes.data(), text.size(), text.data());
    return text;
}

QString decodeWindows1252(QByteArrayView bytes)
{
    QString text(bytes.size(), Qt::Uninitialized);
    std::ranges::transform(bytes, text.begin(), [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        return QChar(code >= 0x80 && code < 0xa0 ? kHighControls[code - 0x80] : char16_t(code));
    });
    return text;
}

bool hasControlCharacters(QByteArrayView bytes)
{
    return std::ranges::any_of(bytes, [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        return (code < 0x20 && !(code >= '\t' && code <= '\r') && code != 0x1b) || code == 0x7f;
    });
}

base::Result<DecodedText> decodeCharacters(const QByteArray &bytes)
{
    const bool isLe = bytes.startsWith(kUtf16LeMark);
    if ((isLe || bytes.startsWith(kUtf16BeMark)) && bytes.size() % 2 == 0) {
        QString text = decodeUtf16(QByteArrayView(bytes).sliced(2), !isLe);
        if (text.contains(QChar(0)))
            return notText("UTF-16 with a NUL");
        // A document refuses half a character, and a change of which a part is refused would be overwritten in the file.
        if (!text.isValidUtf16())
            return notText("UTF-16 with half a surrogate pair");
        return DecodedText{std::move(text), {isLe ? Encoding::Utf16Le : Encoding::Utf16Be, LineEnding::Lf}};
    }
    if (bytes.contains('\0'))
        return notText("a NUL byte");
    const bool hasMark = bytes.startsWith(kUtf8Mark);
    if (auto text = decodeUtf8(hasMark ? QByteArrayView(bytes).sliced(3) : QByteArrayView(bytes)))
        return DecodedText{std::move(*text), {hasMark ? Encoding::Utf8Bom : Encoding::Utf8, LineEnding::Lf}};
    if (hasControlCharacters(bytes))
        return notText("control characters, and not UTF-8");
    return DecodedText{decodeWindows1252(bytes), {Encoding::Windows1252, LineEnding::Lf}};
}

LineEnding lineEndingOf(QStringView text)
{
    bool hasLf = false;
    bool hasCr = false;
    bool hasCrLf = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\n') {
            hasLf = true;
        } else if (text[i] == u'\r') {
            const bool isPair = i + 1 < text.size() && text[i + 1] == u'\n';
            (isPair ? hasCrLf : hasCr) = true;
            i += isPair;
        }
    }
    if (hasLf + hasCr + hasCrLf > 1)
        return LineEnding::Mixed;
    return hasCrLf ? LineEnding::CrLf : hasCr ? LineEnding::Cr : LineEnding::Lf;
}

QByteArray encodeUtf16(const QString &text, bool isBigEndian)
{
    QByteArray bytes(isBigEndian ? kUtf16BeMark : kUtf16LeMark, 2);
    bytes.resize(2 + 2 * text.size());
    if (isBigEndian)
        qToBigEndian<char16_t>(text.constData(), text.size(), bytes.data() + 2);
    else
        qToLittleEndian<char16_t>(text.constData(), text.size(), bytes.data() + 2);
    return bytes;
}

std::optional<QByteArray> encodeWindows1252(const QString &text)
{
    QByteArray bytes(text.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (c < 0x80 || (c >= 0xa0 && c <= 0xff)) {
            bytes[i] = static_cast<char>(c);
            continue;
        }
        const auto found = std::ranges::find(kHighControls, c);
        if (found == kHighControls.end())
            return std::nullopt;
        bytes[i] = static_cast<char>(0x80 + (found - kHighControls.begin()));
    }
    return bytes;
}

// Half a surrogate pair cannot be said in UTF-8, and Qt would write a question mark.
QByteArray encodeUtf8(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else
            text[i] = QChar::ReplacementCharacter;
    }
    return text.toUtf8();
}

} // namespace

base::Result<DecodedText> decodeText(const QByteArray &bytes)
{
    auto decoded = decodeCharacters(bytes);
    if (!decoded)
        return decoded;
    decoded->format.lineEnding = lineEndingOf(decoded->text);
    if (decoded->format.lineEnding == LineEnding::CrLf)
        decoded->text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"));
    else if (decoded->format.lineEnding == LineEnding::Cr)
        decoded->text.replace(u'\r', u'\n');
    return decoded;
}

EncodedText encodeText(const QString &text, const TextFormat &format)
{
    QString lines = text;
    if (format.lineEnding == LineEnding::CrLf)
        lines.replace(QLatin1StringView("\n"), QLatin1StringView("\r\n"));
    else if (format.lineEnding == LineEnding::Cr)
        lines.replace(u'\n', u'\r');

    switch (format.encoding) {
    case Encoding::Utf16Le:
    case Encoding::Utf16Be:
        return {encodeUtf16(lines, format.encoding == Encoding::Utf16Be), format};
    case Encoding::Utf8Bom:
        return {kUtf8Mark + encodeUtf8(lines), format};
    case Encoding::Windows1252:
        if (auto bytes = encodeWindows1252(lines))
            return {std::move(*bytes), format};
        break;
    case Encoding::Utf8:
        break;
    }
    // Also for what the file's old encoding cannot say: nobody loses a character because of a file's history.
    return {encodeUtf8(lines), {Encoding::Utf8, format.lineEnding}};
}

QString encodingName(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8: return QStringLiteral("UTF-8");
    case Encoding::Utf8Bom: return QStringLiteral("UTF-8 with BOM");
    case Encoding::Utf16Le: return QStringLiteral("UTF-16 LE");
    case Encoding::Utf16Be: return QStringLiteral("UTF-16 BE");
    case Encoding::Windows1252: return QStringLiteral("Windows-1252");
    }
    return {};
}

} // namespace files
