// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/relativepath.h"

#include <QTest>

using files::RelativePath;

class RelativePathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsOnlyPathsThatStayBelow_data();
    void acceptsOnlyPathsThatStayBelow();
    void knowsGitsFolderInEverySpelling_data();
    void knowsGitsFolderInEverySpelling();
    void takesItselfApart();
    void followsAMove();
};

void RelativePathTest::acceptsOnlyPathsThatStayBelow_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isGood");
    const auto add = [](const QByteArray &bytes, bool isGood) {
        QTest::newRow(bytes.toPercentEncoding().left(60).constData()) << bytes << isGood;
    };
    const QList<QByteArray> bad = {
        "/", "//", "/a", "//a", "a/", "a//b", "a///b", "/a/b/", ".", "..", "./", "../", "/..", "/.", "./a", "../a",
        "a/.", "a/..", "a/./b", "a/../b", "a/../../b", "../../../../etc/passwd", "/etc/passwd", "a/b/..", "a/b/.",
        "..//", ".//", "a/../", "/proc/self/root", "/dev/null", QByteArray("a\0b", 3), QByteArray("\0", 1),
        QByteArray("a/\0/b", 5), QByteArray("\0a", 2), QByteArray("a\0", 2), QByteArray("../\0", 4),
        QByteArray(256, 'a'), "x/" + QByteArray(256, 'a'), QByteArray(256, 'a') + "/x", QByteArray(5000, 'a'),
        QByteArray("a/").repeated(2048) + "aa", QByteArray("a/").repeated(128) + "a", QByteArray("../").repeated(40) + "x",
        QByteArray("\xc3\xa4").repeated(128)};
    for (const QByteArray &bytes : bad)
        add(bytes, false);
    const QList<QByteArray> good = {
        "", "a", "a/b", "a/b/c", "...", "....", "..a", "a..", ".a", "a.", ".. ", " ..", ". ", " .", " ", "  ", "a b",
        "-", "--", "-rf", "--help", "~", "~root", "$HOME", "${x}", "`id`", "$(id)", "*", "?", "[a]", "{a,b}", "a;b",
        "a|b", "a&b", "a>b", "a<b", "a'b", "a\"b", "a\\b", "..\\..\\x", "\\", "C:", "C:\\x", "con", "nul", "aux.txt",
        "a\nb", "\n", "a\rb", "a\tb", "\x01", "\x7f", "\x1b[31m", "\xff", "\xfe\xff", "\xc0\xaf", "\xc0\xae\xc0\xae",
        "\xe2\x80\xae", "\xe2\x80\x8b", "\xef\xbb\xbf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x88\x95", "\xef\xbc\x8f",
        "\xe2\x80\xa4\xe2\x80\xa4", "%2e%2e", "%2e%2e%2f", "%00", "..%2f", "a%20b", "..;", "..:", "proc/self/root", "dev/null", "etc/passwd", ".env", ".ssh/id_rsa", ".git/config", ".GIT/HEAD", "a/.git", "file:a",
        "http:", "#a", "a#", "a:b", "=", "+", ",", "@", "!", "\xf0\x9f\x98\x80", "\xc3\xa4", "a\xcc\x88",
        QByteArray(255, 'a'), QByteArray("a/").repeated(127) + "a", QByteArray(255, '\xff'), "a/...", ".../a", "a/..b"};
    for (const QByteArray &bytes : good)
        add(bytes, true);
    add(QByteArray(QByteArray(255, 'a') + '/').repeated(16).chopped(1), true);      // 4095 bytes
    add(QByteArray(QByteArray(255, 'a') + '/').repeated(16) + "bb", false);         // 4098 bytes
    QVERIFY(bad.size() + good.size() >= 100);
}

void RelativePathTest::acceptsOnlyPathsThatStayBelow()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isGood);
    const auto parsed = RelativePath::parse(bytes);
    QCOMPARE(parsed.has_value(), isGood);
    if (isGood)
        QCOMPARE(parsed->bytes(), bytes);
}

void RelativePathTest::knowsGitsFolderInEverySpelling_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isProtected");
    for (const char *bytes :
         {".git", ".GIT", ".Git", ".gIt/config", "a/.git", "a/b/.git/hooks/x", ".git.", ".git..", ".git ", ".git  ", ".git. .",
          ".git...", ".GIT .", ".git:x", ".git::$INDEX_ALLOCATION", "git~1", "GIT~1", "git~1 .", ".g\xe2\x80\x8cit",
          "\xe2\x80\x8d.git", ".git\xef\xbb\xbf", ".\xe2\x80\xaegit", ".gi\xe2\x81\xaat/x"})
        QTest::newRow(QByteArray(bytes).toPercentEncoding().constData()) << QByteArray(bytes) << true;
    for (const char *bytes : {"", "git", ".gitignore", ".gitmodules", ".github", "a.git", ".git2", "x.git/config",
                                    " .git", "git~2", "agit~1", "..git"})
        QTest::newRow(QByteArray(bytes).toPercentEncoding().append('-').constData()) << QByteArray(bytes) << false;
}

void RelativePathTest::knowsGitsFolderInEverySpelling()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isProtected);
    const auto parsed = RelativePath::parse(bytes);
    QVERIFY(parsed);
    QCOMPARE(parsed->isProtected(), isProtected);
}

void RelativePathTest::takesItselfApart()
{
    const RelativePath deep = *RelativePath::parse("a/b/c");
    QCOMPARE(deep.name(), "c");
    QCOMPARE(deep.parent().bytes(), "a/b");
    QCOMPARE(deep.parent().parent().parent().bytes(), "");
    QVERIFY(RelativePath().parent().isRoot());
    QCOMPARE(deep.components(), (QList<QByteArray>{"a", "b", "c"}));
    QCOMPARE(RelativePath().components().size(), 0);
    QCOMPARE(deep.child("d")->bytes(), "a/b/c/d");
    QCOMPARE(RelativePath().child("d")->bytes(), "d");
    for (const char *name : {"", "..", ".", "a/b", "/"})
        QVERIFY(!deep.child(name));
    QVERIFY(deep.isWithin(deep));
    QVERIFY(deep.isWithin(*RelativePath::parse("a")));
    QVERIFY(deep.isWithin(RelativePath()));
    QVERIFY(!deep.isWithin(*RelativePath::parse("a/bb")));
    QVERIFY(!RelativePath::parse("ab")->isWithin(*RelativePath::parse("a")));
    QVERIFY(!RelativePath().isWithin(deep));
}

void RelativePathTest::followsAMove()
{
    const auto moved = [](const char *path, const char *from, const char *to) {
        const auto result = RelativePath::parse(path)->moved(*RelativePath::parse(from), *RelativePath::parse(to));
        return result ? result->bytes() : QByteArray("refused");
    };
    QCOMPARE(moved("a/b", "a", "c"), "c/b");
    QCOMPARE(moved("a", "a", "c/d"), "c/d");
    QCOMPARE(moved("a/b", "", "c"), "c/a/b");
    QCOMPARE(moved("ab", "a", "c"), "refused");
    QCOMPARE(moved("a/b", "a", ""), "refused");
}

QTEST_GUILESS_MAIN(RelativePathTest)
#include "tst_relativepath.moc"
