// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/requesthead.h"

#include "app/base/id.h"
#include "app/transport/limits.h"

#include <QHostAddress>

#include <algorithm>
#include <array>

namespace transport {

namespace {

constexpr qsizetype kMaxTargetBytes = 2048;
constexpr qsizetype kMaxMethodBytes = 16;

// Repeated, each of these could mean one thing to us and another to whoever reads the request next.
constexpr std::array<QByteArrayView, 11> kSingleFields{
    "host", "origin", "upgrade", "connection", "cookie", "content-length", "transfer-encoding",
    "sec-websocket-key", "sec-websocket-version", "sec-websocket-protocol", "sec-websocket-extensions"};

bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

base::Unexpected malformedHead(const char *what)
{
    return base::Unexpected(base::ErrorCode::Malformed, what);
}

base::Result<void> readRequestLine(QByteArrayView line, RequestHead *head)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first || line.sliced(last + 1) != QByteArrayView("HTTP/1.1"))
        return malformedHead("no HTTP/1.1 request line");
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    if (method.size() > kMaxMethodBytes || !std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; }))
        return malformedHead("impossible method");
    const bool isPlain = std::ranges::all_of(target, [](char c) { return c > ' ' && c < '\x7f' && c != '#' && c != '\\'; });
    if (target.size() > kMaxTargetBytes || !target.startsWith('/') || !isPlain)
        return malformedHead("impossible request target");
    const qsizetype query = target.indexOf('?');
    head->method = method.toByteArray();
    head->path = (query < 0 ? target : target.first(query)).toByteArray();
    return {};
}

base::Result<void> readField(QByteArrayView line, RequestHead *head)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !std::ranges::all_of(line.first(colon), isTokenChar))
        return malformedHead("impossible header field");
    const QByteArray name = line.first(colon).toByteArray().toLower();
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    if (std::ranges::any_of(value, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; }))
        return malformedHead("control character in a header field");
    if (head->has(name) && std::ranges::find(kSingleFields, QByteArrayView(name)) != kSingleFields.end())
        return malformedHead("header field given twice");
    if (head->fields.size() >= kMaxRequestFields)
        return base::Unexpected(base::ErrorCode::TooMany, "too many header fields");
    head->fields.emplace_back(name, value.toByteArray());
    return {};
}

//! The items of a comma-separated list, trimmed and in lower case.
QByteArrayList listItems(const QByteArray &value)
{
    QByteArrayList items = value.split(',');
    for (QByteArray &item : items)
        item = item.trimmed();
    return items;
}

//! Without the port; nullopt if it is no host with an optional port.
std::optional<QByteArray> hostOnly(const QByteArray &value)
{
    const qsizetype end = value.startsWith('[') ? value.indexOf(']') + 1 : value.indexOf(':');
    if (value.startsWith('[') && end == 0)
        return std::nullopt;
    const QByteArray host = end < 0 ? value : value.first(end);
    const QByteArrayView port = end < 0 ? QByteArrayView() : QByteArrayView(value).sliced(end);
    if (host.isEmpty())
        return std::nullopt;
    if (!port.isEmpty()
        && (port.size() < 2 || port.size() > 6 || port.front() != ':'
            || !std::ranges::all_of(port.sliced(1), [](char c) { return c >= '0' && c <= '9'; })))
        return std::nullopt;
    return host.toLower();
}

bool isNamedBy(const QString &host, const QString &name)
{
    if (!name.startsWith(QLatin1String("*.")))
        return host == name;
    const qsizetype dot = host.indexOf(u'.');
    return dot > 0 && QStringView(host).sliced(dot) == QStringView(name).sliced(1);
}

bool isOurHost(const QByteArray &host, const QStringList &names)
{
    if (host == "localhost")
        return true;
    const bool isBracketed = host.startsWith('[');
    const QString text = QString::fromLatin1(isBracketed ? host.sliced(1, host.size() - 2) : host);
    // Rebinding needs a name that the attacker owns; a literal address can only be the one that was connected to.
    QHostAddress literal;
    if (!text.contains(u'%') && literal.setAddress(text))
        return isBracketed == (literal.protocol() == QAbstractSocket::IPv6Protocol);
    return !isBracketed && std::ranges::any_of(names, [&text](const QString &name) { return isNamedBy(text, name); });
}

Answer decideUpgrade(const RequestHead &head)
{
    if (head.method != "GET")
        return Answer::WrongMethod;
    if (head.path != kSocketPath)
        return Answer::NotFound;
    if (head.has("cookie"))
        return Answer::Forbidden;
    const QByteArray key = head.value("sec-websocket-key");
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    const bool isHandshake = head.value("upgrade").toLower() == "websocket"
        && listItems(head.value("connection").toLower()).contains("upgrade") && key.size() == 24
        && decoded.decodingStatus == QByteArray::Base64DecodingStatus::Ok && decoded.decoded.size() == 16;
    if (!isHandshake)
        return Answer::BadRequest;
    if (head.value("sec-websocket-version") != "13" || !listItems(head.value("sec-websocket-protocol")).contains(kSubprotocol))
        return Answer::WrongVersion;
    return Answer::Upgrade;
}

bool isPagePath(const QByteArray &path)
{
    if (path == "/")
        return true;
    if (!path.startsWith("/s/") && !path.startsWith("/x/"))
        return false;
    return base::ShareId::fromString(path.sliced(3).toStdString()).has_value();
}

} // namespace

bool RequestHead::has(QByteArrayView field) const
{
    return std::ranges::any_of(fields, [field](const auto &entry) { return entry.first == field; });
}

QByteArray RequestHead::value(QByteArrayView field) const
{
    const auto found = std::ranges::find_if(fields, [field](const auto &entry) { return entry.first == field; });
    return found == fields.end() ? QByteArray() : found->second;
}

base::Result<std::optional<RequestHead>> RequestHead::parse(QByteArrayView bytes)
{
    const qsizetype end = bytes.first(std::min(bytes.size(), kMaxRequestHeadBytes)).indexOf("\r\n\r\n");
    if (end < 0) {
        if (bytes.size() >= kMaxRequestHeadBytes)
            return base::Unexpected(base::ErrorCode::TooLarge, "request header above the limit");
        return std::optional<RequestHead>();
    }
    RequestHead head;
    QByteArrayView rest = bytes.first(end);
    bool isFirst = true;
    while (isFirst || !rest.isEmpty()) {
        const qsizetype lineEnd = rest.indexOf("\r\n");
        const QByteArrayView line = lineEnd < 0 ? rest : rest.first(lineEnd);
        const auto read = isFirst ? readRequestLine(line, &head) : readField(line, &head);
        if (!read)
            return read.unexpected();
        isFirst = false;
        rest = lineEnd < 0 ? QByteArrayView() : rest.sliced(lineEnd + 2);
    }
    return std::optional<RequestHead>(std::move(head));
}

Answer decide(const RequestHead &head, const QStringList &names)
{
    const auto host = hostOnly(head.value("host"));
    if (!host || head.has("transfer-encoding") || (head.has("content-length") && head.value("content-length") != "0"))
        return Answer::BadRequest;
    if (!isOurHost(*host, names))
        return Answer::WrongHost;
    if (head.has("origin"))
        return Answer::Forbidden;
    if (head.has("upgrade"))
        return decideUpgrade(head);
    if (head.path == kSocketPath)
        return Answer::WrongVersion;
    if (!isPagePath(head.path))
        return Answer::NotFound;
    return head.method == "GET" || head.method == "HEAD" ? Answer::Page : Answer::WrongMethod;
}

int statusCode(Answer answer)
{
    switch (answer) {
    case Answer::Upgrade: return 101;
    case Answer::Page: return 200;
    case Answer::NotFound: return 404;
    case Answer::WrongMethod: return 405;
    case Answer::WrongHost: return 421;
    case Answer::Forbidden: return 403;
    case Answer::WrongVersion: return 426;
    case Answer::BadRequest: return 400;
    }
    return 500;
}

} // namespace transport
