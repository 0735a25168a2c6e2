// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QStringView>

namespace base {

//! Length of the well-formed UTF-8 sequence that \a bytes (not empty) begins with, and its code point in \a c; 0 if it
//! begins with none, and then \a c means nothing. Pure; any thread.
int sequenceLength(QByteArrayView bytes, char32_t &c);

//! How many bytes \a text is in UTF-8; half a surrogate pair counts as two. Pure; any thread; linear in time.
qsizetype utf8Size(QStringView text);

} // namespace base
