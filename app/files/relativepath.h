// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <compare>

namespace files {

inline constexpr qsizetype kMaxPathBytes = 4096;
inline constexpr qsizetype kMaxComponentBytes = 255;
inline constexpr qsizetype kMaxComponents = 128;

//! A place in a workspace: components separated by '/', none empty, "." or "..", no NUL. Any other byte is legal in a
//! Linux name, newlines and invalid UTF-8 included. The empty path is the root itself.
class RelativePath
{
public:
    RelativePath() = default;

    //! Errors: InvalidArgument (shape), TooLarge (above one of the limits).
    static base::Result<RelativePath> parse(const QByteArray &bytes);

    const QByteArray &bytes() const { return m_bytes; }
    bool isRoot() const { return m_bytes.isEmpty(); }
    QList<QByteArray> components() const;
    //! The last component; empty for the root.
    QByteArray name() const;
    //! The folder that contains this; the root for the root.
    RelativePath parent() const;
    base::Result<RelativePath> child(const QByteArray &name) const;
    //! True for \a folder itself and everything below it.
    bool isWithin(const RelativePath &folder) const;
    //! This path after \a from, which contains it, was moved to \a to. Errors: as parse().
    base::Result<RelativePath> moved(const RelativePath &from, const RelativePath &to) const;
    //! Some component is git's own folder under any of the spellings that a file system may take for it. Guests never
    //! write there: hooks and configuration run programs as the owner.
    bool isProtected() const;

    friend bool operator==(const RelativePath &, const RelativePath &) = default;
    friend bool operator<(const RelativePath &a, const RelativePath &b) { return a.m_bytes < b.m_bytes; }
    friend size_t qHash(const RelativePath &path, size_t seed = 0) { return qHash(path.m_bytes, seed); }

private:
    QByteArray m_bytes;
};

//! One component of a path, spelled so that some file system or git takes it for ".git".
bool isGitName(const QByteArray &component);

} // namespace files
