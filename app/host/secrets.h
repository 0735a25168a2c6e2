// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace host {

//! SHA-256. Right for secrets of 256 random bits, which need no slow hash; never use it for what a person chose.
QByteArray hashOf(const QByteArray &secret);

//! Compares in constant time.
bool sameBytes(const QByteArray &a, const QByteArray &b);

} // namespace host
