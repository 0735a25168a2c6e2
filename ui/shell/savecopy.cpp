// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/savecopy.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

bool isPlainPath(const QByteArray &path)
{
    if (path.isEmpty() || path.startsWith('/') || path.contains('\0'))
        return false;
    for (const QByteArray &part : path.split('/')) {
        if (part.isEmpty() || part == "." || part == ".." || part.compare(".git", Qt::CaseInsensitive) == 0)
            return false;
    }
    return true;
}

// "main.cpp", "main 2.cpp", …
QString freeName(const QString &wanted)
{
    const QFileInfo info(wanted);
    for (int number = 2; number < 1000; ++number) {
        const QString base = info.completeBaseName();
        const QString ending = info.suffix().isEmpty() ? QString() : u'.' + info.suffix();
        const QString candidate = info.dir().filePath(u"%1 %2%3"_s.arg(base).arg(number).arg(ending));
        if (!QFileInfo::exists(candidate))
            return candidate;
    }
    return {};
}

base::Result<void> writeNew(const QString &file, const QByteArray &content)
{
    // O_EXCL and O_NOFOLLOW: a link that stands there must not be written through.
    const int handle = ::open(QFile::encodeName(file).constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (handle < 0)
        return base::Unexpected(base::fromErrno(errno, "creating a copy"));
    QFile output;
    if (!output.open(handle, QIODevice::WriteOnly, QFileDevice::AutoCloseHandle) || output.write(content) != content.size()
        || !output.flush() || ::fsync(handle) != 0) {
        const int number = errno;
        QFile::remove(file);
        return base::Unexpected(base::fromErrno(number, "writing a copy"));
    }
    return {};
}

} // namespace

base::Result<int> saveCopies(const QString &folder, const QList<CopiedText> &texts)
{
    for (const CopiedText &text : texts) {
        if (!isPlainPath(text.path))
            return base::Unexpected(base::ErrorCode::OutsideRoot, "a path that leads out of the chosen folder");
    }
    int written = 0;
    for (const CopiedText &text : texts) {
        QString file = QDir(folder).filePath(QFile::decodeName(text.path));
        if (!QDir().mkpath(QFileInfo(file).path()))
            return base::Unexpected(base::ErrorCode::PermissionDenied, "making a folder for a copy");
        // A link among the folders on the way could lead anywhere.
        const QString real = QFileInfo(QFileInfo(file).path()).canonicalFilePath();
        const QString root = QFileInfo(folder).canonicalFilePath();
        if (real != root && !real.startsWith(root.endsWith(u'/') ? root : QString(root + u'/')))
            return base::Unexpected(base::ErrorCode::OutsideRoot, "a link that leads out of the chosen folder");
        if (QFileInfo::exists(file) || QFileInfo(file).isSymLink())
            file = freeName(file);
        if (file.isEmpty())
            return base::Unexpected(base::ErrorCode::AlreadyExists, "no free name for a copy");
        if (const auto done = writeNew(file, text.text.toUtf8()); !done)
            return done.unexpected();
        ++written;
    }
    return written;
}

} // namespace ui
