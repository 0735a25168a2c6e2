// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

#include <cstdint>

namespace files {

enum class Encoding : std::uint8_t {
    Utf8,
    Utf8Bom,
    Utf16Le,        //!< with byte order mark
    Utf16Be,        //!< with byte order mark
    Windows1252,    //!< what is not UTF-8 and has no control characters; a superset of Latin-1, every byte has a character
};

enum class LineEnding : std::uint8_t {
    Lf,
    CrLf,
    Cr,
    Mixed,          //!< carriage returns stay in the text as characters, so that untouched lines keep their bytes
};

//! How a text stands in its file. A missing last newline needs no mark: the text then ends without one as well.
struct TextFormat
{
    Encoding encoding = Encoding::Utf8;
    LineEnding lineEnding = LineEnding::Lf;

    friend bool operator==(const TextFormat &, const TextFormat &) = default;
};

struct DecodedText
{
    QString text;         //!< lines end with LF alone, unless the format is Mixed
    TextFormat format;
};

struct EncodedText
{
    QByteArray bytes;
    TextFormat format;    //!< as asked for, or UTF-8 where the text has characters that the encoding lacks
};

//! The text of a file's \a bytes. Errors: NotText (NUL, control characters in something that is no UTF-8, or half
//! a surrogate pair).
//! encodeText(decodeText(bytes)) gives back exactly \a bytes. Pure; linear in time.
base::Result<DecodedText> decodeText(const QByteArray &bytes);

//! \a text as it stands in a file. Unpaired surrogates become U+FFFD in UTF-8. Pure; linear in time.
EncodedText encodeText(const QString &text, const TextFormat &format);

//! As people call it: "UTF-8", "UTF-8 with BOM", "UTF-16 LE", "UTF-16 BE", "Windows-1252".
QString encodingName(Encoding encoding);

} // namespace files
