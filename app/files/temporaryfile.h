// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/random.h"
#include "app/files/root.h"

namespace files {

//! A new file beside the one to be saved, gone with this object unless it was renamed. Locked as long as it is open, so
//! that another process tells it from one that was left behind.
class TemporaryFile
{
public:
    //! In \a folder, which must outlive this. \a mode: before the umask.
    static base::Result<TemporaryFile> create(FileOps &ops, int folder, mode_t mode, base::RandomSource &random);

    TemporaryFile(TemporaryFile &&other) noexcept;
    TemporaryFile &operator=(TemporaryFile &&) = delete;
    ~TemporaryFile();

    int get() const { return m_file.get(); }
    const QByteArray &name() const { return m_name; }
    const FileInfo &info() const { return m_info; }

    //! Renames it to the name that says: complete, and meant for the file \a inode of the same folder.
    base::Result<void> becomeCopyFor(quint64 inode);
    //! Renames it to \a name, replacing nothing. Errors: AlreadyExists.
    base::Result<void> moveTo(const QByteArray &name);
    //! The name is somebody else's now, or shall stay: do not remove it.
    void release() { m_isOurs = false; }
    //! Removes it before the end of its life. Errors count: a copy that stays would be taken for unfinished work.
    base::Result<void> remove();

private:
    TemporaryFile(FileOps &ops, int folder, QByteArray name, FileHandle file);

    FileOps *m_ops;
    int m_folder;
    QByteArray m_name;
    FileHandle m_file;
    FileInfo m_info;
    bool m_isOurs = true;
};

//! A name that isTemporaryName() recognises and nobody guesses.
QByteArray newTemporaryName(base::RandomSource &random);

//! The inode that a complete copy of this name is meant for; 0 if \a name is no such name.
quint64 copyTarget(const QByteArray &name);

//! Writes \a content over that of \a target, which is open for writing at its beginning, and syncs it.
base::Result<void> overwrite(FileOps &ops, int target, const QByteArray &content);

} // namespace files
