// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/ignorerules.h"
#include "app/files/root.h"

#include <QByteArray>
#include <QHash>
#include <QMutex>
#include <QString>

#include <memory>
#include <vector>

namespace files {

//! What git ignores in a workspace, and which branch is checked out.
//!
//! Reads every rule file through Root, bounded, regular files only. Not through libgit2: that opens .gitignore and the
//! files which a repository's configuration names with a waiting open(), and one named pipe would stop the host.
//! Nothing that a repository configures is run or followed. Thread-safe; blocking.
class Ignore
{
public:
    struct User
    {
        QByteArray excludesFile;    //!< absolute path of the user's own rule file; empty: none
    };
    //! The user's rule file as git finds it: core.excludesFile of ~/.gitconfig, else git/ignore of the configuration folder.
    static User currentUser(FileOps &ops);

    Ignore(std::shared_ptr<const Root> root, User user);

    //! For each of \a names in \a folder whether git ignores it; all false without a repository. \a isFolder has the
    //! same length: rules ending in '/' hold for folders only.
    std::vector<bool> ignored(const RelativePath &folder, const std::vector<QByteArray> &names,
                              const std::vector<bool> &isFolder) const;
    std::vector<bool> ignored(const RelativePath &folder, const std::vector<Entry> &entries) const;
    //! The folder itself or one that contains it is ignored.
    bool isFolderIgnored(const RelativePath &folder) const;

    //! The branch that is checked out, or the first seven digits of a detached commit; empty without a repository.
    QString branch() const;

private:
    //! The rules of one folder, relative to it.
    struct Level
    {
        RelativePath folder;
        QByteArray prefix;          //!< from the folder of the rules to the root, where that is above the root; ends in '/'
        std::shared_ptr<const IgnoreRules> rules;
    };
    //! All rules for one folder's entries; weakest first.
    struct Chain
    {
        bool hasRepository = false;
        std::vector<Level> levels;
    };
    struct Cached
    {
        FileInfo info;
        std::shared_ptr<const IgnoreRules> rules;
    };

    Chain chainFor(const RelativePath &folder) const;
    void addRepositoryLevels(Chain &chain, const RelativePath &top) const;
    void addOuterLevels(Chain &chain) const;
    std::shared_ptr<const IgnoreRules> rulesInside(const RelativePath &file) const;
    std::shared_ptr<const IgnoreRules> rulesOutside(const QByteArray &absolutePath) const;
    QByteArray rootPath() const;
    QByteArray gitFolder() const;
    static bool decide(const Chain &chain, const RelativePath &path, bool isFolder);
    static bool isIgnoredAbove(const Chain &chain, const RelativePath &folder);

    std::shared_ptr<const Root> m_root;
    User m_user;
    mutable QMutex m_mutex;                             // guards the cache
    mutable QHash<QByteArray, Cached> m_cache;          // by path; absolute for files outside the root
};

} // namespace files
