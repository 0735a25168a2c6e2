// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/ignore.h"
#include "tests/support/files/testfolder.h"
#include "tests/support/seed.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <sys/stat.h>

#include <random>

using files::Ignore;
using files::IgnoreRules;
using support::path;
using support::TestFolder;

class IgnoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRulesLikeGit_data();
    void readsRulesLikeGit();
    void agreesWithGit();
    void staysBoundedWhateverThePattern();
    void followsTheTree();
    void noticesChangedRules();
    void ignoresNothingWithoutARepository();
    void knowsTheUsersOwnRules();
    void knowsARepositoryAboveTheRoot();
    void takesNoHarmFromHostileRuleFiles();
    void saysTheBranch_data();
    void saysTheBranch();

private:
    files::SystemFileOps m_ops;
};

namespace {

bool isIgnored(const Ignore &ignore, const QByteArray &file, bool isFolder = false)
{
    return ignore.ignored(path(file).parent(), {path(file).name()}, {isFolder})[0];
}

// What git prints. The person's own configuration stays out of it.
QByteArray git(const TestFolder &folder, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/nonexistent"));
    environment.insert(QStringLiteral("GIT_CONFIG_NOSYSTEM"), QStringLiteral("1"));
    environment.remove(QStringLiteral("XDG_CONFIG_HOME"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(QString::fromUtf8(folder.path()));
    process.start(QStringLiteral("git"), arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    return process.readAllStandardOutput();
}

} // namespace

void IgnoreTest::readsRulesLikeGit_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isFolder");
    QTest::addColumn<int>("expected");      // 1 ignored, 0 expressly not, -1 nothing said
    const auto row = [](const char *rules, const char *path, bool isFolder, int expected) {
        QTest::addRow("%s | %s%s", QByteArray(rules).replace('\n', '~').constData(), path, isFolder ? "/" : "")
            << QByteArray(rules) << QByteArray(path) << isFolder << expected;
    };
    row("*.o", "a.o", false, 1);
    row("*.o", "b/a.o", false, 1);
    row("*.o", "a.oo", false, -1);
    row("/a", "a", false, 1);
    row("/a", "b/a", false, -1);
    row("a/b", "a/b", false, 1);
    row("a/b", "c/a/b", false, -1);
    row("build/", "build", false, -1);
    row("build/", "build", true, 1);
    row("build/", "x/build", true, 1);
    row("*\n!keep", "keep", false, 0);
    row("!keep\n*", "keep", false, 1);
    row("**/x", "x", false, 1);
    row("**/x", "a/b/x", false, 1);
    row("a/**", "a/b/c", false, 1);
    row("a/**", "a", true, -1);
    row("a/**/b", "a/b", false, 1);
    row("a/**/b", "a/x/y/b", false, 1);
    row("a/**/b", "ab", false, -1);
    row("a**b", "axxb", false, 1);
    row("a**/b", "ax/y/b", false, 1);
    row("/x***/b", "x/y/b", false, 1);
    row("/a**b", "a/b", false, -1);
    row("/a*b", "a/b", false, -1);
    row("?", "a", false, 1);
    row("?", "ab", false, -1);
    row("[a-c]x", "bx", false, 1);
    row("[!a-c]x", "bx", false, -1);
    row("[^a-c]x", "dx", false, 1);
    row("[]]x", "]x", false, 1);
    row("[[:digit:]]x", "7x", false, 1);
    row("[a", "[a", false, -1);
    row("\\!a", "!a", false, 1);
    row("\\#a", "#a", false, 1);
    row("#a", "#a", false, -1);
    row("a ", "a", false, 1);
    row("a\\ ", "a ", false, 1);
    row("\\*", "*", false, 1);
    row("\\*", "a", false, -1);
    row("a\r\nb\r\n", "b", false, 1);
    row("\xef\xbb\xbf" "a", "a", false, 1);
    row("", "a", false, -1);
    row("/", "a", true, -1);
    row("!", "a", false, -1);
    row("\n\n\n", "a", false, -1);
}

void IgnoreTest::readsRulesLikeGit()
{
    QFETCH(QByteArray, rules);
    QFETCH(QByteArray, path);
    QFETCH(bool, isFolder);
    const auto decision = IgnoreRules::parse(rules).decide(path, isFolder);
    QTEST(decision ? int(*decision) : -1, "expected");
}

void IgnoreTest::agreesWithGit()
{
    if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
        QFAIL("git is needed to say what the rules mean");
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    const auto pick = [&](const QList<QByteArray> &from) { return from[qsizetype(random() % size_t(from.size()))]; };
    const QList<QByteArray> pieces = {"a", "b", "*", "?", "**/", "/", "[ab]", "[!a]", ".o", "build", "/**", "\\a", "x y", "[[:alpha:]]"};
    const auto rules = [&] {
        QByteArray text;
        for (auto lines = random() % 5; lines > 0; --lines) {
            QByteArray line = random() % 4 == 0 ? "!" : "";
            for (auto count = 1 + random() % 3; count > 0; --count)
                line += pick(pieces);
            text += line + (random() % 4 == 0 ? "/\n" : "\n");
        }
        return text;
    };
    int ignoredCount = 0;
    for (int i = 0; i < 40; ++i) {
        TestFolder folder(TestFolder::On::Memory);
        QCOMPARE(git(folder, {QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral(".")}, {}), "");
        const QByteArray top = rules();
        const QByteArray inner = rules();
        folder.write(".gitignore", top);
        folder.write("a/.gitignore", inner);
        folder.makeFolder("a/b");
        folder.makeFolder("build/a");
        QList<QByteArray> files;
        for (const QByteArray &prefix : {QByteArray(), QByteArray("a/"), QByteArray("a/b/"), QByteArray("build/a/")}) {
            for (const char *name : {"a", "b", "ab", "a.o", "b.o", "build", "x y", "[a]", "!a"}) {
                files.append(prefix + name);
                if (!folder.has(files.last()) && random() % 2 == 0)
                    folder.makeFolder(files.last());
                else if (!folder.has(files.last()))
                    folder.write(files.last(), "");
            }
        }
        // Four fields per path: the rule's file and line, the rule, the path.
        const QList<QByteArray> answers =
            git(folder, {QStringLiteral("check-ignore"), QStringLiteral("--no-index"), QStringLiteral("-z"), QStringLiteral("-v"), QStringLiteral("-n"), QStringLiteral("--stdin")}, files.join('\0')).split('\0');
        QCOMPARE(answers.size(), 4 * files.size() + 1);
        const Ignore ignore(folder.root(m_ops), {});
        for (qsizetype k = 0; k < files.size(); ++k) {
            const QByteArray rule = answers[4 * k + 2];
            const bool expected = !rule.isEmpty() && !rule.startsWith('!');
            const bool got = isIgnored(ignore, files[k], S_ISDIR(folder.status(files[k]).st_mode));
            ignoredCount += got;
            QVERIFY2(got == expected, QByteArray("rules:\n" + top + "in a:\n" + inner + "path: " + files[k]).constData());
        }
    }
    QVERIFY(ignoredCount > 100);
}

void IgnoreTest::staysBoundedWhateverThePattern()
{
    QElapsedTimer timer;
    timer.start();
    const QByteArray text(4000, 'a');
    const QList<QByteArray> bombs = {QByteArray("a*").repeated(2000) + "b", QByteArray("**/").repeated(1300) + "b",
                                     QByteArray("*a**/").repeated(700) + "b", QByteArray("[a-z]*").repeated(600) + "b",
                                     QByteArray("[").repeated(4000), QByteArray("\\").repeated(3999)};
    for (const QByteArray &bomb : bombs) {
        QVERIFY(!files::wildcardMatches(bomb, text));
        QVERIFY(!files::wildcardMatches(bomb, QByteArray("a/").repeated(2000)));
    }
    QByteArray rules;
    for (int i = 0; i < 20'000; ++i)
        rules += bombs[i % 3].left(50) + '\n';
    rules += "a\n";
    const IgnoreRules parsed = IgnoreRules::parse(rules);
    for (int i = 0; i < 100; ++i)
        (void)parsed.decide(text, false);
    QVERIFY(timer.elapsed() < 5000);
    QVERIFY(IgnoreRules::parse(QByteArray(5000, 'a')).isEmpty());
}

void IgnoreTest::followsTheTree()
{
    TestFolder folder;
    folder.makeFolder(".git/info");
    folder.write(".git/info/exclude", "*.secret\n");
    folder.write(".gitignore", "*.o\nnode_modules/\n/only-here\n");
    folder.write("sub/.gitignore", "!keep.o\n*.tmp\n");
    folder.write("sub/clone/.git/HEAD", "");
    folder.write("sub/clone/.gitignore", "x\n");
    folder.write("node_modules/p/.gitignore", "!*\n");
    const Ignore ignore(folder.root(m_ops), {});
    QVERIFY(isIgnored(ignore, "a.o"));
    QVERIFY(isIgnored(ignore, "sub/a.o"));
    QVERIFY(!isIgnored(ignore, "sub/keep.o"));
    QVERIFY(isIgnored(ignore, "sub/a.tmp"));
    QVERIFY(!isIgnored(ignore, "a.tmp"));
    QVERIFY(isIgnored(ignore, "a.secret"));
    QVERIFY(isIgnored(ignore, "only-here"));
    QVERIFY(!isIgnored(ignore, "sub/only-here"));
    QVERIFY(isIgnored(ignore, "node_modules", true));
    QVERIFY(isIgnored(ignore, "node_modules/p/file"));      // what lies in an ignored folder cannot be brought back
    QVERIFY(ignore.isFolderIgnored(path("node_modules/p")));
    QVERIFY(!ignore.isFolderIgnored(path("sub")));
    QVERIFY(isIgnored(ignore, "sub/clone/x"));
    QVERIFY(!isIgnored(ignore, "sub/clone/a.o"));           // another repository's rules
    const auto listing = folder.root(m_ops)->list({});
    const std::vector<bool> all = ignore.ignored({}, listing->entries);
    QCOMPARE(std::ranges::count(all, true), 1);
}

void IgnoreTest::noticesChangedRules()
{
    TestFolder folder;
    folder.makeFolder(".git");
    const Ignore ignore(folder.root(m_ops), {});
    QVERIFY(!isIgnored(ignore, "a"));
    folder.write(".gitignore", "a\n");
    QVERIFY(isIgnored(ignore, "a"));
    folder.write(".gitignore", "bcd\n");
    QVERIFY(!isIgnored(ignore, "a"));
    QVERIFY(isIgnored(ignore, "bcd"));
}

void IgnoreTest::ignoresNothingWithoutARepository()
{
    TestFolder folder;
    folder.write(".gitignore", "*\n");
    const Ignore ignore(folder.root(m_ops), {});
    QVERIFY(!isIgnored(ignore, "a"));
    QCOMPARE(ignore.branch(), QString());
}

void IgnoreTest::knowsTheUsersOwnRules()
{
    TestFolder folder;
    folder.write("home/.gitconfig", "[user]\n\tname = A\n[core]\n\texcludesFile = ~/mine\n[alias]\n\texcludesfile = /no\n");
    folder.write("home/mine", "*.swp\n");
    folder.write("home/.config/git/ignore", "*.orig\n");
    folder.makeFolder("root/.git");
    const QByteArray before = qgetenv("HOME");
    qputenv("HOME", folder.path("home"));
    qunsetenv("XDG_CONFIG_HOME");
    const Ignore::User user = Ignore::currentUser(m_ops);
    unlink(folder.path("home/.gitconfig").constData());
    const Ignore::User plain = Ignore::currentUser(m_ops);
    qputenv("HOME", before);
    QCOMPARE(user.excludesFile, folder.path("home/mine"));
    QCOMPARE(plain.excludesFile, folder.path("home/.config/git/ignore"));
    const Ignore ignore(*files::Root::open(folder.path("root"), m_ops), user);
    QVERIFY(isIgnored(ignore, "a.swp"));
    QVERIFY(!isIgnored(ignore, "a.orig"));
    folder.write("root/.gitignore", "!a.swp\n");
    QVERIFY(!isIgnored(ignore, "a.swp"));
}

void IgnoreTest::knowsARepositoryAboveTheRoot()
{
    TestFolder folder;
    folder.write(".git/HEAD", "ref: refs/heads/above\n");
    folder.write(".gitignore", "/sub/root/x\n*.o\n");
    folder.write("sub/.gitignore", "root/y\n");
    folder.makeFolder("sub/root");
    const Ignore ignore(*files::Root::open(folder.path("sub/root"), m_ops), {});
    QVERIFY(isIgnored(ignore, "x"));
    QVERIFY(isIgnored(ignore, "y"));
    QVERIFY(isIgnored(ignore, "deep/a.o"));
    QVERIFY(!isIgnored(ignore, "z"));
    QCOMPARE(ignore.branch(), QStringLiteral("above"));
}

void IgnoreTest::takesNoHarmFromHostileRuleFiles()
{
    QElapsedTimer timer;
    timer.start();
    TestFolder folder;
    folder.makeFolder(".git/info");
    QCOMPARE(mkfifo(folder.path(".gitignore").constData(), 0666), 0);
    QCOMPARE(mkfifo(folder.path(".git/info/exclude").constData(), 0666), 0);
    QCOMPARE(mkfifo(folder.path(".git/HEAD").constData(), 0666), 0);
    folder.makeFolder("sub");
    folder.link("sub/.gitignore", "/etc/passwd");
    folder.makeFolder("huge");
    folder.write("huge/.gitignore", "x\n");
    QCOMPARE(truncate(folder.path("huge/.gitignore").constData(), qint64(1) << 30), 0);
    folder.makeFolder("folder/.gitignore");
    const Ignore ignore(folder.root(m_ops), {folder.path(".gitignore")});
    for (const char *name : {"a", "sub/root", "huge/x", "folder/a"})
        QVERIFY2(!isIgnored(ignore, name), name);
    QCOMPARE(ignore.branch(), QString());
    QVERIFY(timer.elapsed() < 3000);
}

void IgnoreTest::saysTheBranch_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("branch");
    QTest::newRow("branch") << QByteArray("ref: refs/heads/main\n") << QStringLiteral("main");
    QTest::newRow("with slashes") << QByteArray("ref: refs/heads/feature/x\n") << QStringLiteral("feature/x");
    QTest::newRow("detached") << QByteArray("0123456789abcdef0123456789abcdef01234567\n") << QStringLiteral("0123456");
    QTest::newRow("detached, SHA-256") << QByteArray(64, 'a') << QStringLiteral("aaaaaaa");
    QTest::newRow("no commit") << QByteArray("0123456789ABCDEF0123456789abcdef01234567") << QString();
    QTest::newRow("bidi") << QByteArray("ref: refs/heads/a\xe2\x80\xae" "b") << QStringLiteral("a\\u{202e}b");
    QTest::newRow("empty") << QByteArray("") << QString();
    QTest::newRow("elsewhere") << QByteArray("ref: refs/remotes/x") << QString();
    QTest::newRow("reftable") << QByteArray("ref: refs/heads/.invalid\n") << QString();
    QTest::newRow("long") << QByteArray("ref: refs/heads/" + QByteArray(4000, 'x')) << QString(255, u'x');
    QTest::newRow("too long") << QByteArray(5000, 'x') << QString();
}

void IgnoreTest::saysTheBranch()
{
    QFETCH(QByteArray, head);
    TestFolder folder;
    folder.write("repo/.git/HEAD", head);
    folder.write("worktree/.git", "gitdir: ../repo/.git\n");
    folder.write("absolute/.git", "gitdir: " + folder.path("repo/.git"));
    for (const char *name : {"repo", "worktree", "absolute"}) {
        const Ignore ignore(*files::Root::open(folder.path(name), m_ops), {});
        QTEST(ignore.branch(), "branch");
    }
}

QTEST_GUILESS_MAIN(IgnoreTest)
#include "tst_ignore.moc"
