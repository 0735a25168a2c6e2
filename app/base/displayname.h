// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace base {

//! \a bytes, a name or path of somebody else's choosing, as text in which nothing hides: control, bidirectional and
//! invisible characters as \\u{…}, bytes that are no UTF-8 as \\x…, the backslash doubled. Pure; any thread.
QString displayName(const QByteArray &bytes);

//! False for what cannot be seen, or hides or reorders something else: controls, format characters, half pairs, private and
//! unassigned ones, every blank but the space, letters that are blank. Pure; any thread.
bool isShownAsItself(char32_t c);

} // namespace base
