// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace base {

//! Length of the well-formed UTF-8 sequence that \a bytes (not empty) begins with, and its code point in \a c; 0 if it
//! begins with none, and then \a c means nothing. Pure; any thread.
int sequenceLength(QByteArrayView bytes, char32_t &c);

} // namespace base
