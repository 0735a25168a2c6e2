// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonevents.h"

#include "app/cli/exitcode.h"

#include <QDateTime>
#include <QTimeZone>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

std::optional<qsizetype> positionIn(const QJsonValue &value)
{
    const double number = value.toDouble(-1);
    if (number < 0 || number > 9e15 || number != double(qint64(number)))
        return std::nullopt;
    return qsizetype(number);
}

std::optional<client::TextEdit> editIn(const QJsonValue &value)
{
    const bool isList = value.isArray();
    const QJsonArray list = value.toArray();
    const QJsonObject object = value.toObject();
    const auto index = positionIn(isList ? list.at(0) : object.value("index"_L1));
    const auto removed = positionIn(isList ? list.at(1) : object.value("removed"_L1));
    const QJsonValue inserted = isList ? list.at(2) : object.value("inserted"_L1);
    if (!index || !removed || !inserted.isString())
        return std::nullopt;
    return client::TextEdit{*index, *removed, inserted.toString()};
}

QString kindName(protocol::EntryKind kind)
{
    switch (kind) {
    case protocol::EntryKind::File:
        return u"file"_s;
    case protocol::EntryKind::Folder:
        return u"folder"_s;
    case protocol::EntryKind::Link:
        return u"link"_s;
    case protocol::EntryKind::Other:
        break;
    }
    return u"other"_s;
}

QString saveName(protocol::SaveState state)
{
    switch (state) {
    case protocol::SaveState::Saved:
        return u"saved"_s;
    case protocol::SaveState::Unsaved:
        return u"unsaved"_s;
    case protocol::SaveState::Failed:
        break;
    }
    return u"failed"_s;
}

} // namespace

void insertPath(QJsonObject &object, const QByteArray &path)
{
    const QString text = QString::fromUtf8(path);
    if (text.toUtf8() == path)
        object.insert("path"_L1, text);
    else
        object.insert("pathBase64"_L1, QString::fromLatin1(path.toBase64()));
}

std::optional<QByteArray> pathIn(const QJsonObject &object)
{
    if (object.value("path"_L1).isString())
        return object.value("path"_L1).toString().toUtf8();
    if (object.value("pathBase64"_L1).isString())
        return QByteArray::fromBase64(object.value("pathBase64"_L1).toString().toLatin1());
    return std::nullopt;
}

QJsonObject personObject(const client::Person &person)
{
    return {{"person"_L1, QString::fromStdString(person.participant.id.toString())},
            {"name"_L1, person.participant.name},
            {"access"_L1, accessName(person.participant.access)},
            {"color"_L1, qint64(person.participant.color)},
            {"connected"_L1, person.participant.isConnected}};
}

QJsonObject entryObject(const protocol::FileEntry &entry)
{
    QJsonObject object{{"kind"_L1, kindName(entry.kind)}, {"size"_L1, entry.size}, {"ignored"_L1, entry.isIgnored}};
    const QString name = QString::fromUtf8(entry.name);
    if (name.toUtf8() == entry.name)
        object.insert("name"_L1, name);
    else
        object.insert("nameBase64"_L1, QString::fromLatin1(entry.name.toBase64()));
    if (entry.isLink)
        object.insert("link"_L1, true);
    return object;
}

QJsonObject infoObject(const protocol::DocumentInfo &info)
{
    QJsonObject object{{"save"_L1, saveName(info.save)},
                       {"savedAt"_L1, timeText(info.savedAt)},
                       {"deleted"_L1, info.file == protocol::FileState::Deleted},
                       {"readOnly"_L1, info.isReadOnly},
                       {"encoding"_L1, info.encoding},
                       {"size"_L1, info.size}};
    insertPath(object, info.path);
    if (info.save == protocol::SaveState::Failed)
        object.insert("saveError"_L1, QString::fromLatin1(base::name(info.saveError)));
    return object;
}

QJsonObject errorObject(const base::Error &error)
{
    return {{"code"_L1, QString::fromLatin1(base::name(error.code))}, {"message"_L1, sentence(error)}};
}

QJsonArray editsArray(const client::TextEdits &edits)
{
    QJsonArray list;
    for (const client::TextEdit &edit : edits)
        list.append(QJsonArray{qint64(edit.index), qint64(edit.removed), edit.inserted});
    return list;
}

std::optional<client::TextEdits> editsIn(const QJsonValue &value)
{
    if (!value.isArray())
        return std::nullopt;
    client::TextEdits edits;
    const QJsonArray list = value.toArray();
    for (const QJsonValue &element : list) {
        const auto edit = editIn(element);
        if (!edit)
            return std::nullopt;
        edits.append(*edit);
    }
    return edits;
}

QString accessName(protocol::Access access)
{
    switch (access) {
    case protocol::Access::Anyone:
        return u"none"_s;
    case protocol::Access::View:
        return u"view"_s;
    case protocol::Access::Edit:
        return u"edit"_s;
    case protocol::Access::Full:
        return u"full"_s;
    case protocol::Access::Owner:
        break;
    }
    return u"owner"_s;
}

QString timeText(base::WallTime time)
{
    if (time == base::WallTime{})
        return {};
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), QTimeZone::utc()).toString(Qt::ISODateWithMs);
}

} // namespace cli
