// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/link.h"

#include <QList>
#include <QString>

namespace transporttest {

inline const QString kGoodId = QStringLiteral("00112233445566778899aabbccddeeff");
inline const QString kGoodSecret = QStringLiteral("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
inline const QString kGoodPin = QStringLiteral("_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-8");

struct HostileLink
{
    QString text;
    transport::LinkProblem problem;
};

inline QString linkWith(const QString &authority, const QString &path, const QString &fragment,
                        const QString &scheme = QStringLiteral("alongside://"))
{
    return scheme + authority + path + fragment;
}

//! More than two hundred texts that are no links, each with what is wrong with it.
inline QList<HostileLink> hostileLinks()
{
    using P = transport::LinkProblem;
    const QString host = QStringLiteral("host.example:4711");
    const QString path = QStringLiteral("/s/") + kGoodId;
    const QString fragment = u'#' + kGoodSecret + u'.' + kGoodPin;
    const QString good = linkWith(host, path, fragment);
    QList<HostileLink> all;
    const auto add = [&all](P problem, const QStringList &texts) {
        for (const QString &text : texts)
            all.append({text, problem});
    };
    const auto authorities = [&](P problem, const QStringList &list) {
        for (const QString &authority : list)
            all.append({linkWith(authority, path, fragment), problem});
    };
    const auto paths = [&](P problem, const QStringList &list) {
        for (const QString &each : list)
            all.append({linkWith(host, each, fragment), problem});
    };
    const auto fragments = [&](P problem, const QStringList &list) {
        for (const QString &each : list)
            all.append({linkWith(host, path, each), problem});
    };

    add(P::Empty, {QString(), QStringLiteral(" "), QStringLiteral("\r\n\t"), QStringLiteral("<>"), QStringLiteral(" < > ")});
    add(P::TooLong, {QString(2049, u'a'), QString(1'000'000, u' '), good + QString(2048, u'A'), QString(3000, u'<')});

    for (int c = 1; c < 0x20; ++c)
        add(P::NotPlain, {linkWith(QStringLiteral("host") + QChar(c) + QStringLiteral(".example:4711"), path, fragment)});
    for (const QChar c : {QChar(0), QChar(u' '), QChar(0x7f), QChar(0xa0), QChar(0x00ad), QChar(0x0430), QChar(0x200b), QChar(0x202e), QChar(0x2044),
                          QChar(0x3002), QChar(0xfeff), QChar(0xff0e), QChar(0xd800), QChar(0xdfff), QChar(u'%'), QChar(u'\\')}) {
        add(P::NotPlain, {linkWith(QStringLiteral("host") + c + QStringLiteral("example:4711"), path, fragment),
                          linkWith(host, QStringLiteral("/s/") + c + kGoodId, fragment), linkWith(host, path, fragment + c + u'x')});
    }
    add(P::NotPlain, {good + QStringLiteral("\n--open-file=/etc/passwd"), good + u' ' + good, QStringLiteral("alongside://h%6fst:1/s/x"),
                      linkWith(QStringLiteral("b\u00fccher.example:1"), path, fragment)});

    for (const char *scheme : {"http://", "ws://", "wss://", "file://", "ftp://", "javascript:", "data:text/html,", "alongside:", "alongside:/",
                               "alongsides://", "along-side://", "https:", "https:/", "//", "/", "--", "-psn_0_1 ", "view-source:https://", "https//",
                               "alongside:alongside://", "URL:alongside://", "mailto:", "vscode://", "ssh://", ":", "h", "\"alongside://", "'", "[", "about:blank#"})
        add(QByteArrayView(scheme).contains(' ') ? P::NotPlain : P::NotALink, {linkWith(host, path, fragment, QString::fromLatin1(scheme))});

    authorities(P::UserInfo, {QStringLiteral("user@host.example:1"), QStringLiteral("user:pass@host.example:1"), QStringLiteral("good.example:1@evil.example:1"),
                              QStringLiteral("@host.example:1"), QStringLiteral("host.example:1@"), QStringLiteral("a@b@c:1"), QStringLiteral("[::1]@evil.example:1")});
    authorities(P::BadHost,
                {QStringLiteral(":4711"), QStringLiteral("-host:1"), QStringLiteral("host-:1"), QStringLiteral("a..b:1"), QStringLiteral(".host:1"),
                 QStringLiteral("host.:1"), QStringLiteral("ho_st:1"), QStringLiteral("host!:1"), QStringLiteral("*:1"), QStringLiteral("*.example:1"),
                 QString(64, u'a') + QStringLiteral(".example:1"), QStringLiteral("a.").repeated(127) + QStringLiteral("ab:1"),
                 QStringLiteral("127.1:1"), QStringLiteral("2130706433:1"), QStringLiteral("0x7f000001:1"), QStringLiteral("0x7f.0.0.1:1"),
                 QStringLiteral("0177.0.0.1:1"), QStringLiteral("127.0.0.01:1"), QStringLiteral("256.1.1.1:1"), QStringLiteral("1.2.3.4.5:1"),
                 QStringLiteral("1.2.3:1"), QStringLiteral("1.2.3.4.:1"), QStringLiteral("a.0x10:1"), QStringLiteral("host.1:1"),
                 QStringLiteral("[]:1"), QStringLiteral("[::1:1"), QStringLiteral("[:::1]:1"), QStringLiteral("[::g]:1"), QStringLiteral("[1.2.3.4]:1"),
                 QStringLiteral("[host]:1"), QStringLiteral("[::1]]:1").replace(QStringLiteral("]]"), QStringLiteral("x]")),
                 QStringLiteral("[1:2:3:4:5:6:7:8:9]:1"), QStringLiteral("[::1.2.3.256]:1"), QStringLiteral("host&x:1"), QStringLiteral("host;x:1"),
                 QStringLiteral("$(id):1"), QStringLiteral("`id`:1"), QStringLiteral("host|x:1"), QStringLiteral("\"host\":1"), QStringLiteral("host,other:1"),
                 QStringLiteral("{host}:1"), QStringLiteral("~root:1"), QStringLiteral("--help:1")});
    authorities(P::BadPort,
                {QStringLiteral("host.example"), QStringLiteral("host.example:"), QStringLiteral("host.example:0"), QStringLiteral("host.example:00001"),
                 QStringLiteral("host.example:01"), QStringLiteral("host.example:65536"), QStringLiteral("host.example:99999"), QStringLiteral("host.example:100000"),
                 QStringLiteral("host.example:-1"), QStringLiteral("host.example:+1"), QStringLiteral("host.example:1x"), QStringLiteral("host.example:0x10"),
                 QStringLiteral("host.example:1:2"), QStringLiteral("host.example::1"), QStringLiteral("[::1]"), QStringLiteral("[::1]:"), QStringLiteral("[::1]4711"),
                 QStringLiteral("[::1]x:1"), QStringLiteral("[::1]:65536"), QStringLiteral("127.0.0.1"), QStringLiteral("host.example:18446744073709551617"),
                 QStringLiteral("host.example:1,2"), QStringLiteral("host.example:1?"), QStringLiteral("host.example?:1").replace(u'?', QStringLiteral(":?"))});
    paths(P::BadPath,
          {QString(), QStringLiteral("/"), QStringLiteral("//"), QStringLiteral("/s"), QStringLiteral("/s/"), QStringLiteral("/x/"), QStringLiteral("/S/") + kGoodId,
           QStringLiteral("/t/") + kGoodId, QStringLiteral("/s//") + kGoodId, QStringLiteral("/./s/") + kGoodId, QStringLiteral("/../s/") + kGoodId,
           path + u'/', path + QStringLiteral("/.."), path + u'?', path + QStringLiteral("?q=1"), path + QStringLiteral(";v=1"), path + u'0', path.chopped(1),
           path.toUpper(), QStringLiteral("/s/") + kGoodId.toUpper(), QStringLiteral("/s/") + QString(32, u'g'), QStringLiteral("/s/") + QString(32, u'-'),
           QStringLiteral("/s/../x/") + kGoodId, QStringLiteral("/ws"), QStringLiteral("/open?file=/etc/passwd"), QStringLiteral("/s/") + kGoodId.left(31) + u'/',
           QStringLiteral("/s/{") + kGoodId + u'}'});
    fragments(P::NoSecret, {QString(), QStringLiteral("#")});
    const QString dot = QStringLiteral(".");
    fragments(P::BadSecret,
              {QStringLiteral("#."), QStringLiteral("#x"), u'#' + kGoodSecret, u'#' + kGoodSecret + dot, u'#' + dot + kGoodPin, u'#' + kGoodSecret + kGoodPin,
               u'#' + kGoodSecret.chopped(1) + dot + kGoodPin, u'#' + kGoodSecret + dot + kGoodPin.chopped(1), u'#' + kGoodSecret + u'A' + dot + kGoodPin,
               u'#' + kGoodSecret + dot + kGoodPin + u'A', u'#' + kGoodSecret + dot + kGoodPin + dot, u'#' + kGoodSecret + dot + kGoodPin + dot + kGoodPin,
               u'#' + fragment, u'#' + kGoodSecret + dot + u'#' + kGoodPin, u'#' + kGoodSecret + u'=' + dot + kGoodPin, u'#' + kGoodSecret + dot + kGoodPin + u'=',
               u'#' + kGoodSecret.left(42) + u'+' + dot + kGoodPin, u'#' + kGoodSecret.left(42) + u'/' + dot + kGoodPin, u'#' + kGoodSecret.left(42) + u'9' + dot + kGoodPin,
               u'#' + kGoodSecret + dot + kGoodPin.left(42) + u'9', u'#' + QString(43, u'!') + dot + kGoodPin, u'#' + kGoodSecret + u':' + kGoodPin,
               u'#' + kGoodSecret + u'/' + dot + kGoodPin, u'#' + kGoodSecret + dot + kGoodPin + QStringLiteral("?x"), u'#' + kGoodSecret + dot + kGoodPin + QStringLiteral("&y=1"),
               u'#' + kGoodSecret + dot + kGoodPin + QStringLiteral(">"), QStringLiteral("#<") + kGoodSecret + dot + kGoodPin,
               u'#' + kGoodId + dot + kGoodPin, u'#' + kGoodPin.left(22) + dot + kGoodPin.left(21)});
    return all;
}

} // namespace transporttest
