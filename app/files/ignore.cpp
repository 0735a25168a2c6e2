// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/ignore.h"

#include "app/base/displayname.h"

#include <algorithm>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

namespace files {

namespace {

constexpr qsizetype kMaxCachedFiles = 10'000;
constexpr qint64 kMaxConfigBytes = 256 * 1024;
constexpr qint64 kMaxHeadBytes = 4096;
constexpr qsizetype kMaxBranchBytes = 255;
constexpr qsizetype kShortCommitDigits = 7;

// A file outside the root that git would read as well. Regular files only, looked at before they are opened.
base::Result<FileHandle> openOutside(FileOps &ops, const QByteArray &absolutePath, FileInfo &info)
{
    const auto seen = openHandle(ops, AT_FDCWD, absolutePath, O_PATH, 0, 0, "open git file");
    if (!seen)
        return seen.unexpected();
    struct stat status = {};
    if (const int got = ops.status(seen->get(), status); got < 0)
        return failed(got, "look at git file");
    if (!S_ISREG(status.st_mode))
        return base::Unexpected(base::ErrorCode::NotAFile, "not a regular file");
    info = FileInfo::from(status);
    return openHandle(ops, AT_FDCWD, "/proc/self/fd/" + QByteArray::number(seen->get()), O_RDONLY | O_NONBLOCK, 0, 0,
                      "open git file");
}

QByteArray readOutside(FileOps &ops, const QByteArray &absolutePath, qint64 maxBytes)
{
    FileInfo info;
    const auto file = openOutside(ops, absolutePath, info);
    if (!file || info.size > maxBytes)
        return {};
    const auto bytes = readUpTo(ops, file->get(), 0, maxBytes);
    return bytes ? *bytes : QByteArray();
}

RelativePath placeOf(const RelativePath &folder, const char *below)
{
    const auto path = RelativePath::parse(folder.isRoot() ? QByteArray(below) : folder.bytes() + '/' + below);
    return path ? *path : RelativePath();
}

// The value of core.excludesFile in a configuration file, as far as people write it by hand or by "git config".
std::optional<QByteArray> excludesFileOf(const QByteArray &config)
{
    bool isInCore = false;
    std::optional<QByteArray> value;
    for (const QByteArray &raw : config.split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.startsWith('[')) {
            isInCore = line.toLower().startsWith("[core]");
            continue;
        }
        const qsizetype equals = line.indexOf('=');
        if (!isInCore || equals < 0 || line.first(equals).trimmed().toLower() != "excludesfile")
            continue;
        QByteArray path = line.sliced(equals + 1).trimmed();
        if (path.size() >= 2 && path.startsWith('"') && path.endsWith('"'))
            path = path.sliced(1).chopped(1);
        value = path;
    }
    return value;
}

QString branchOf(const QByteArray &head)
{
    const QByteArray line = head.left(head.indexOf('\n') < 0 ? head.size() : head.indexOf('\n')).trimmed();
    constexpr QByteArrayView kBranchPrefix = "ref: refs/heads/";
    if (line.startsWith(kBranchPrefix)) {
        const QByteArray name = line.sliced(kBranchPrefix.size()).left(kMaxBranchBytes);
        return name.startsWith('.') ? QString() : base::displayName(name);
    }
    const bool isCommit = (line.size() == 40 || line.size() == 64) && std::ranges::all_of(line, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    return isCommit ? QString::fromLatin1(line.first(kShortCommitDigits)) : QString();
}

} // namespace

Ignore::User Ignore::currentUser(FileOps &ops)
{
    const QByteArray home = qgetenv("HOME");
    if (!home.startsWith('/'))
        return {};
    QByteArray configuration = qgetenv("XDG_CONFIG_HOME");
    if (!configuration.startsWith('/'))
        configuration = home + "/.config";
    QByteArray file = configuration + "/git/ignore";
    for (const QByteArray &config : {QByteArray(configuration + "/git/config"), QByteArray(home + "/.gitconfig")}) {
        if (const auto value = excludesFileOf(readOutside(ops, config, kMaxConfigBytes)))
            file = value->startsWith("~/") ? home + value->sliced(1) : *value;
    }
    return {file.startsWith('/') ? file : QByteArray()};
}

Ignore::Ignore(std::shared_ptr<const Root> root, User user) : m_root(std::move(root)), m_user(std::move(user)) {}

QByteArray Ignore::rootPath() const
{
    QByteArray path(2 * kMaxPathBytes, Qt::Uninitialized);
    const ssize_t got = m_root->ops().readLink(AT_FDCWD, "/proc/self/fd/" + QByteArray::number(m_root->descriptor()),
                                               path.data(), static_cast<std::size_t>(path.size()));
    path.truncate(std::max<ssize_t>(got, 0));
    return path;
}

std::shared_ptr<const IgnoreRules> Ignore::rulesInside(const RelativePath &file) const
{
    const auto info = m_root->status(file);
    if (!info || info->kind() != Kind::File || info->size > kMaxIgnoreFileBytes)
        return nullptr;
    {
        QMutexLocker locker(&m_mutex);
        if (const auto cached = m_cache.constFind(file.bytes()); cached != m_cache.constEnd() && cached->info == *info)
            return cached->rules;
    }
    const auto read = m_root->read(file, kMaxIgnoreFileBytes);
    if (!read)
        return nullptr;
    auto rules = std::make_shared<const IgnoreRules>(IgnoreRules::parse(read->content));
    QMutexLocker locker(&m_mutex);
    if (m_cache.size() >= kMaxCachedFiles)
        m_cache.clear();
    m_cache.insert(file.bytes(), {read->info, rules});
    return rules;
}

std::shared_ptr<const IgnoreRules> Ignore::rulesOutside(const QByteArray &absolutePath) const
{
    FileInfo info;
    const auto file = openOutside(m_root->ops(), absolutePath, info);
    if (!file || info.size > kMaxIgnoreFileBytes)
        return nullptr;
    {
        QMutexLocker locker(&m_mutex);
        if (const auto cached = m_cache.constFind(absolutePath); cached != m_cache.constEnd() && cached->info == info)
            return cached->rules;
    }
    const auto content = readUpTo(m_root->ops(), file->get(), 0, kMaxIgnoreFileBytes);
    if (!content)
        return nullptr;
    auto rules = std::make_shared<const IgnoreRules>(IgnoreRules::parse(*content));
    QMutexLocker locker(&m_mutex);
    m_cache.insert(absolutePath, {info, rules});
    return rules;
}

void Ignore::addRepositoryLevels(Chain &chain, const RelativePath &top) const
{
    chain.levels.clear();
    chain.hasRepository = true;
    if (!m_user.excludesFile.isEmpty()) {
        if (auto rules = rulesOutside(m_user.excludesFile))
            chain.levels.push_back({top, {}, std::move(rules)});
    }
    if (auto rules = rulesInside(placeOf(top, ".git/info/exclude")))
        chain.levels.push_back({top, {}, std::move(rules)});
}

// The root may be a folder deep inside a repository. Only one that belongs to us counts, as for git itself: anybody may
// put a .git into /tmp.
void Ignore::addOuterLevels(Chain &chain) const
{
    FileOps &ops = m_root->ops();
    const QByteArray root = rootPath();
    std::vector<QByteArray> outer;      // folders above the root, innermost first
    for (qsizetype slash = root.lastIndexOf('/'); slash >= 0 && root.size() > 1; slash = slash == 0 ? -1 : root.lastIndexOf('/', slash - 1)) {
        outer.push_back(root.left(std::max<qsizetype>(slash, 1)));
        struct stat status = {};
        if (ops.statusAt(AT_FDCWD, outer.back() + "/.git", status) < 0)
            continue;
        if (status.st_uid != geteuid())
            return;
        chain.hasRepository = true;
        const auto add = [&](const QByteArray &folder, const QByteArray &file) {
            const QByteArray prefix = root.sliced(folder == "/" ? 1 : folder.size() + 1) + '/';
            if (auto rules = rulesOutside(file))
                chain.levels.push_back({RelativePath(), prefix, std::move(rules)});
        };
        if (!m_user.excludesFile.isEmpty())
            add(outer.back(), m_user.excludesFile);
        add(outer.back(), outer.back() + "/.git/info/exclude");
        for (auto folder = outer.rbegin(); folder != outer.rend(); ++folder)
            add(*folder, *folder + "/.gitignore");
        return;
    }
}

Ignore::Chain Ignore::chainFor(const RelativePath &folder) const
{
    Chain chain;
    RelativePath current;
    QList<QByteArray> rest = folder.components();
    for (bool isTop = true;; isTop = false) {
        if (m_root->status(placeOf(current, ".git")))
            addRepositoryLevels(chain, current);
        else if (isTop)
            addOuterLevels(chain);
        if (chain.hasRepository) {
            if (auto rules = rulesInside(placeOf(current, ".gitignore")))
                chain.levels.push_back({current, {}, std::move(rules)});
        }
        if (rest.isEmpty())
            return chain;
        const auto next = current.child(rest.takeFirst());
        if (!next)
            return chain;
        current = *next;
    }
}

bool Ignore::decide(const Chain &chain, const RelativePath &path, bool isFolder)
{
    for (auto level = chain.levels.rbegin(); level != chain.levels.rend(); ++level) {
        // A folder's own rules say nothing about the folder itself.
        if (!path.isWithin(level->folder) || path == level->folder)
            continue;
        const QByteArray relative =
            level->prefix + path.bytes().sliced(level->folder.isRoot() ? 0 : level->folder.bytes().size() + 1);
        if (const auto decision = level->rules->decide(relative, isFolder))
            return *decision;
    }
    return false;
}

// What lies in an ignored folder is ignored, whatever the rules say about it.
bool Ignore::isIgnoredAbove(const Chain &chain, const RelativePath &folder)
{
    for (RelativePath path = folder; !path.isRoot(); path = path.parent()) {
        if (decide(chain, path, true))
            return true;
    }
    return false;
}

std::vector<bool> Ignore::ignored(const RelativePath &folder, const std::vector<QByteArray> &names,
                                  const std::vector<bool> &isFolder) const
{
    std::vector<bool> result(names.size(), false);
    const Chain chain = chainFor(folder);
    if (!chain.hasRepository)
        return result;
    if (isIgnoredAbove(chain, folder))
        return std::vector<bool>(names.size(), true);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (const auto path = folder.child(names[i]))
            result[i] = decide(chain, *path, isFolder[i]);
    }
    return result;
}

std::vector<bool> Ignore::ignored(const RelativePath &folder, const std::vector<Entry> &entries) const
{
    std::vector<QByteArray> names;
    std::vector<bool> isFolder;
    for (const Entry &entry : entries) {
        names.push_back(entry.name);
        // To git a link is a file, whatever it leads to.
        isFolder.push_back(entry.kind == Kind::Folder);
    }
    return ignored(folder, names, isFolder);
}

bool Ignore::isFolderIgnored(const RelativePath &folder) const
{
    return !folder.isRoot() && (isIgnoredAbove(chainFor(folder.parent()), folder));
}

// The repository's own folder as an absolute path. A worktree or submodule has a file there that names it.
QByteArray Ignore::gitFolder() const
{
    FileOps &ops = m_root->ops();
    QByteArray folder = rootPath();
    while (!folder.isEmpty()) {
        const QByteArray git = (folder == "/" ? QByteArray() : folder) + "/.git";
        struct stat status = {};
        if (ops.statusAt(AT_FDCWD, git, status) == 0) {
            if (status.st_uid != geteuid() && folder != rootPath())
                return {};
            if (!S_ISREG(status.st_mode))
                return git;
            const QByteArray content = readOutside(ops, git, kMaxHeadBytes);
            if (!content.startsWith("gitdir: "))
                return {};
            const QByteArray target = content.sliced(8).trimmed();
            return target.startsWith('/') ? target : folder + '/' + target;
        }
        folder.truncate(folder == "/" ? 0 : std::max<qsizetype>(folder.lastIndexOf('/'), 1));
    }
    return {};
}

QString Ignore::branch() const
{
    const QByteArray git = gitFolder();
    return git.isEmpty() ? QString() : branchOf(readOutside(m_root->ops(), git + "/HEAD", kMaxHeadBytes));
}

} // namespace files
