// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/client/people.h"
#include "app/client/textedit.h"
#include "app/protocol/documentmessages.h"
#include "app/protocol/filemessages.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

// How things look in JSON; the reference is README.md in this folder.
namespace cli {

//! Adds "path", or "pathBase64" for bytes that are no UTF-8.
void insertPath(QJsonObject &object, const QByteArray &path);
//! nullopt when neither member is there.
std::optional<QByteArray> pathIn(const QJsonObject &object);

QJsonObject personObject(const client::Person &person);
QJsonObject entryObject(const protocol::FileEntry &entry);
QJsonObject infoObject(const protocol::DocumentInfo &info);
QJsonObject errorObject(const base::Error &error);
QJsonArray editsArray(const client::TextEdits &edits);
//! [[index, removed, "inserted"], …] or [{"index": …, "removed": …, "inserted": …}, …]; nullopt for anything else.
std::optional<client::TextEdits> editsIn(const QJsonValue &value);
QString accessName(protocol::Access access);
QString timeText(base::WallTime time);

} // namespace cli
