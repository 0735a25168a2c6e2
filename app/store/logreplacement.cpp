// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/logreplacement.h"

#include "app/base/random.h"
#include "app/store/logformat.h"
#include "app/store/updatelog.h"

#include <linux/openat2.h>

#include <algorithm>

#include <fcntl.h>

namespace store {

namespace {

// Not injected: no behaviour that a test could replay depends on its value.
QByteArray newSalt()
{
    QByteArray salt(kSaltBytes, Qt::Uninitialized);
    base::SystemRandom().fill({reinterpret_cast<std::uint8_t *>(salt.data()), static_cast<std::size_t>(salt.size())});
    return salt;
}

bool isTooLarge(const QByteArray &payload)
{
    return payload.size() > kMaxRecordBytes;
}

} // namespace

LogReplacement::LogReplacement(std::shared_ptr<const files::FileHandle> folder, QByteArray name, QByteArray epoch,
                               quint64 firstSequence, files::FileOps &ops)
    : m_ops(ops), m_folder(std::move(folder)), m_name(std::move(name)), m_epoch(std::move(epoch)), m_salt(newSalt()),
      m_nextSequence(firstSequence)
{
}

LogReplacement::~LogReplacement()
{
    discard();
}

base::Result<void> LogReplacement::create(const QList<QByteArray> &payloads)
{
    if (std::ranges::any_of(payloads, isTooLarge))
        return base::Unexpected(base::ErrorCode::TooLarge, "record above the limit");
    const int gone = files::uninterrupted([&] { return m_ops.remove(m_folder->get(), m_name, 0); });
    if (gone < 0 && gone != -ENOENT)
        return files::failed(gone, "remove log file");
    auto file = files::openHandle(m_ops, m_folder->get(), m_name, O_RDWR | O_APPEND | O_NOFOLLOW | O_CREAT | O_EXCL, 0600,
                                  RESOLVE_BENEATH, "create log");
    if (!file)
        return file.unexpected();
    m_file = std::move(*file);
    if (const int got = files::uninterrupted([&] { return m_ops.setMode(m_file.get(), 0600); }); got < 0)
        return files::failed(got, "make log private");
    QByteArray bytes = logHeader(m_epoch, m_salt);
    for (const QByteArray &payload : payloads)
        appendRecord(bytes, m_salt, m_nextSequence++, payload);
    return write(bytes);
}

base::Result<void> LogReplacement::append(const QList<QByteArray> &payloads)
{
    if (payloads.isEmpty())
        return {};
    QByteArray bytes;
    for (const QByteArray &payload : payloads)
        appendRecord(bytes, m_salt, m_nextSequence++, payload);
    return write(bytes);
}

base::Result<void> LogReplacement::write(const QByteArray &bytes)
{
    if (auto done = files::writeAll(m_ops, m_file.get(), bytes); !done)
        return done;
    m_bytes += bytes.size();
    if (const int got = files::uninterrupted([&] { return m_ops.sync(m_file.get()); }); got < 0)
        return files::failed(got, "sync new log");
    return {};
}

void LogReplacement::discard()
{
    if (!m_file.isOpen())
        return;
    struct stat ours = {};
    struct stat there = {};
    const bool isOurs = m_ops.status(m_file.get(), ours) == 0 && m_ops.statusAt(m_folder->get(), m_name, there) == 0
        && ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
    if (isOurs)
        (void)files::uninterrupted([&] { return m_ops.remove(m_folder->get(), m_name, 0); });
    m_file = {};
}

files::FileHandle LogReplacement::release()
{
    return std::move(m_file);
}

} // namespace store
