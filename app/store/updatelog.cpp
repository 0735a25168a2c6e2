// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/updatelog.h"

#include "app/store/logformat.h"

#include <linux/openat2.h>

#include <algorithm>
#include <cstdio>

#include <fcntl.h>

namespace store {

namespace {

constexpr int kLogFlags = O_RDWR | O_APPEND | O_NOFOLLOW;

base::Result<files::FileHandle> openLogFolder(const QByteArray &folder, files::FileOps &ops)
{
    return files::openHandle(ops, AT_FDCWD, folder, O_RDONLY | O_DIRECTORY, 0, 0, "open log folder");
}

base::Result<void> syncLogFolder(files::FileOps &ops, const files::FileHandle &folder)
{
    const int got = files::uninterrupted([&] { return ops.sync(folder.get()); });
    if (got < 0)
        return files::failed(got, "sync log folder");
    return {};
}

base::Result<void> removeIfThere(files::FileOps &ops, const files::FileHandle &folder, const QByteArray &name)
{
    const int got = files::uninterrupted([&] { return ops.remove(folder.get(), name, 0); });
    if (got < 0 && got != -ENOENT)
        return files::failed(got, "remove log file");
    return {};
}

base::Result<QByteArray> readLog(files::FileOps &ops, const files::FileHandle &file)
{
    auto bytes = files::readUpTo(ops, file.get(), 0, kMaxLogBytes + 1);
    if (bytes && bytes->size() > kMaxLogBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "update log above a gigabyte");
    return bytes;
}

QByteArray newName(const QByteArray &name)
{
    return name + ".new";
}

// Not the name above: another thread may be writing one of these while open() makes a log of the same name.
QByteArray replacementName(const QByteArray &name)
{
    return name + ".next";
}

QByteArray damagedName(const QByteArray &name)
{
    return name + ".damaged";
}

} // namespace

UpdateLog::UpdateLog(std::shared_ptr<const files::FileHandle> folder, QByteArray name, files::FileOps &ops)
    : m_ops(ops), m_folder(std::move(folder)), m_name(std::move(name))
{
}

base::Result<std::unique_ptr<UpdateLog>> UpdateLog::open(const QByteArray &folder, const QByteArray &name,
                                                         const QByteArray &epochIfNew, files::FileOps &ops)
{
    auto handle = openLogFolder(folder, ops);
    if (!handle)
        return handle.unexpected();
    std::unique_ptr<UpdateLog> log(new UpdateLog(std::make_shared<const files::FileHandle>(std::move(*handle)), name, ops));
    if (auto done = log->load(epochIfNew); !done)
        return done.unexpected();
    return log;
}

base::Result<void> UpdateLog::load(const QByteArray &epochIfNew)
{
    // Left by a process that did not live to rename it.
    for (const QByteArray &left : {newName(m_name), replacementName(m_name)}) {
        if (auto done = removeIfThere(m_ops, *m_folder, left); !done)
            return done;
    }
    auto file = files::openHandle(m_ops, m_folder->get(), m_name, kLogFlags, 0, RESOLVE_BENEATH, "open log");
    if (!file && file.error().code == base::ErrorCode::NotFound) {
        m_nextSequence = 1;
        auto done = rewrite({}, epochIfNew, OldFile::Drop);
        m_recovered.epoch = m_epoch;
        m_recovered.bytes = m_bytes;
        m_recovered.nextSequence = m_nextSequence;
        return done;
    }
    if (!file)
        return file.unexpected();
    const auto bytes = readLog(m_ops, *file);
    if (!bytes)
        return bytes.unexpected();
    auto content = parseLog(*bytes);
    if (!content)
        return content.unexpected();
    m_recovered = std::move(*content);
    m_file = std::move(*file);
    m_epoch = m_recovered.epoch;
    m_salt = m_recovered.salt;
    m_bytes = m_recovered.bytes;
    m_nextSequence = m_recovered.nextSequence;
    if (m_recovered.damagedBytes > 0)
        return rewrite(m_recovered.records, m_epoch, OldFile::SetAside);
    return m_recovered.tornBytes > 0 ? cutTornEnd(m_bytes) : base::Result<void>();
}

base::Result<void> UpdateLog::cutTornEnd(qint64 bytes)
{
    int got = files::uninterrupted([&] { return m_ops.truncate(m_file.get(), bytes); });
    if (got == 0)
        got = files::uninterrupted([&] { return m_ops.sync(m_file.get()); });
    if (got < 0)
        return files::failed(got, "cut off the torn end of a log");
    return {};
}

base::Result<LogContent> UpdateLog::read(const QByteArray &folder, const QByteArray &name, files::FileOps &ops)
{
    const auto handle = openLogFolder(folder, ops);
    if (!handle)
        return handle.unexpected();
    const auto file =
        files::openHandle(ops, handle->get(), name, O_RDONLY | O_NOFOLLOW, 0, RESOLVE_BENEATH, "open log");
    if (!file)
        return file.unexpected();
    const auto bytes = readLog(ops, *file);
    if (!bytes)
        return bytes.unexpected();
    return parseLog(*bytes);
}

base::Result<void> UpdateLog::setAside(const QByteArray &folder, const QByteArray &name, files::FileOps &ops)
{
    const auto handle = openLogFolder(folder, ops);
    if (!handle)
        return handle.unexpected();
    const int got =
        files::uninterrupted([&] { return ops.rename(handle->get(), name, handle->get(), damagedName(name), 0); });
    if (got < 0)
        return files::failed(got, "set log aside");
    return syncLogFolder(ops, *handle);
}

base::Result<void> UpdateLog::remove(const QByteArray &folder, const QByteArray &name, files::FileOps &ops)
{
    const auto handle = openLogFolder(folder, ops);
    if (!handle)
        return handle.unexpected();
    for (const QByteArray &each : {name, newName(name), replacementName(name), damagedName(name)}) {
        if (auto done = removeIfThere(ops, *handle, each); !done)
            return done;
    }
    return syncLogFolder(ops, *handle);
}

base::Result<void> UpdateLog::fail(const base::Error &error)
{
    m_failed = true;
    m_error = error;
    return base::Unexpected(error);
}

base::Result<void> UpdateLog::append(const QList<QByteArray> &payloads)
{
    if (m_failed)
        return base::Unexpected(m_error);
    const auto isTooLarge = [](const QByteArray &payload) { return payload.size() > kMaxRecordBytes; };
    if (std::ranges::any_of(payloads, isTooLarge))
        return base::Unexpected(base::ErrorCode::TooLarge, "update above the limit of a record");
    QByteArray out;
    quint64 sequence = m_nextSequence;
    for (const QByteArray &payload : payloads)
        appendRecord(out, m_salt, sequence++, payload);
    if (m_bytes + out.size() > kMaxLogBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "update log above a gigabyte");
    if (auto done = files::writeAll(m_ops, m_file.get(), out); !done)
        return fail(done.error());
    m_nextSequence = sequence;
    m_bytes += out.size();
    return {};
}

base::Result<void> UpdateLog::sync()
{
    if (m_failed)
        return base::Unexpected(m_error);
    const int got = files::uninterrupted([&] { return m_ops.syncData(m_file.get()); });
    if (got < 0)
        return fail(files::failed(got, "sync log").value);
    return {};
}

std::unique_ptr<LogReplacement> UpdateLog::makeReplacement(const QByteArray &epoch) const
{
    return std::make_unique<LogReplacement>(m_folder, replacementName(m_name), epoch.isEmpty() ? m_epoch : epoch, m_nextSequence, m_ops);
}

base::Result<void> UpdateLog::replace(std::unique_ptr<LogReplacement> replacement, const QList<QByteArray> &rest)
{
    if (auto done = replacement->append(rest); !done)
        return done;
    return install(*replacement, OldFile::Drop);
}

base::Result<void> UpdateLog::rewrite(const QList<QByteArray> &payloads, const QByteArray &epoch, OldFile oldFile)
{
    if (epoch.size() != kEpochBytes)
        return base::Unexpected(base::ErrorCode::InvalidArgument, "an epoch has 16 bytes");
    LogReplacement replacement(m_folder, newName(m_name), epoch, m_nextSequence, m_ops);
    if (auto done = replacement.create(payloads); !done)
        return done;
    return install(replacement, oldFile);
}

base::Result<void> UpdateLog::install(LogReplacement &replacement, OldFile oldFile)
{
    const auto rename = [&](const QByteArray &from, const QByteArray &to, unsigned flags) {
        return files::uninterrupted([&] { return m_ops.rename(m_folder->get(), from, m_folder->get(), to, flags); });
    };
    // Exchanged, so that at no moment there is no log.
    const QByteArray &fresh = replacement.name();
    const bool wasExchanged = oldFile == OldFile::SetAside && rename(fresh, m_name, RENAME_EXCHANGE) == 0;
    const int got = wasExchanged ? rename(fresh, damagedName(m_name), 0) : rename(fresh, m_name, 0);
    if (got < 0 && !wasExchanged)
        return files::failed(got, "rename new log");
    m_epoch = replacement.epoch();
    m_salt = replacement.salt();
    m_nextSequence = replacement.nextSequence();
    m_bytes = replacement.bytes();
    m_file = replacement.release();
    m_failed = false;
    // From here on the old file has no name, so a failure is one of the new file.
    if (auto done = syncLogFolder(m_ops, *m_folder); !done)
        return fail(done.error());
    return {};
}

} // namespace store
