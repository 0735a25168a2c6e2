// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace store {

inline constexpr qsizetype kLogHeaderBytes = 40;
inline constexpr qsizetype kRecordHeaderBytes = 16;
inline constexpr qsizetype kSaltBytes = 8;

//! The beginning of a log file. \a salt is random, kSaltBytes long and never leaves the file: with it in every
//! checksum, nobody can hide a record in the text of another one, to be found after a crash.
QByteArray logHeader(const QByteArray &epoch, const QByteArray &salt);
//! Appends one record to \a out. \a sequence counts a log's records from its first life on, gaps allowed.
void appendRecord(QByteArray &out, const QByteArray &salt, quint64 sequence, const QByteArray &payload);

} // namespace store
