// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/link.h"

#include <QHostAddress>
#include <QStringList>

#include <algorithm>
#include <variant>

namespace transport {

namespace {

using Parsed = std::variant<Link, LinkProblem>;

constexpr qsizetype kMaxHostUnits = 253;
constexpr qsizetype kMaxLabelUnits = 63;

bool isLinkDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isLowerOrDigit(QChar c)
{
    return isLinkDigit(c) || (c >= u'a' && c <= u'z');
}

bool isSpaceAround(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\r' || c == u'\n';
}

//! Without surrounding blanks and one pair of angle brackets, as mail programs put around links.
QStringView bare(QStringView text)
{
    const auto trim = [](QStringView view) {
        while (!view.isEmpty() && isSpaceAround(view.front()))
            view = view.sliced(1);
        while (!view.isEmpty() && isSpaceAround(view.back()))
            view.chop(1);
        return view;
    };
    text = trim(text);
    if (text.size() >= 2 && text.front() == u'<' && text.back() == u'>')
        text = trim(text.sliced(1, text.size() - 2));
    return text;
}

std::optional<QByteArray> fromBase64Url(QStringView text, qsizetype bytes)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok || decoded.decoded.size() != bytes)
        return std::nullopt;
    // One secret has one spelling; otherwise "used links" could be told apart from themselves.
    if (decoded.decoded.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) != text.toLatin1())
        return std::nullopt;
    return decoded.decoded;
}

QString toBase64Url(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

//! Four decimal numbers without leading zeros: no other spelling (127.1, 0x7f.1, 0177.0.0.1) means an address here.
bool isDottedQuad(QStringView host)
{
    const auto parts = host.split(u'.');
    return parts.size() == 4 && std::ranges::all_of(parts, [](QStringView part) {
        return !part.isEmpty() && part.size() <= 3 && std::ranges::all_of(part, isLinkDigit)
            && (part.size() == 1 || part.front() != u'0') && part.toInt() <= 255;
    });
}

bool isDnsLabel(QStringView label)
{
    return !label.isEmpty() && label.size() <= kMaxLabelUnits && label.front() != u'-' && label.back() != u'-'
        && std::ranges::all_of(label, [](QChar c) { return isLowerOrDigit(c) || c == u'-'; });
}

bool isDnsName(QStringView host)
{
    const auto labels = host.split(u'.');
    if (host.size() > kMaxHostUnits || !std::ranges::all_of(labels, isDnsLabel))
        return false;
    // Resolvers read a last label of this shape as part of a number, so it is an address in disguise.
    const QStringView last = labels.back();
    return !std::ranges::all_of(last, isLinkDigit) && !last.startsWith(QLatin1String("0x"));
}

std::optional<LinkProblem> readScheme(QStringView *rest)
{
    for (const QLatin1String scheme : {QLatin1String("https://"), QLatin1String("alongside://")}) {
        if (rest->startsWith(scheme, Qt::CaseInsensitive)) {
            *rest = rest->sliced(scheme.size());
            return std::nullopt;
        }
    }
    return LinkProblem::NotALink;
}

std::optional<LinkProblem> readAuthority(QStringView authority, Link *link)
{
    if (authority.contains(u'@'))
        return LinkProblem::UserInfo;
    qsizetype hostEnd = authority.indexOf(u':');
    if (authority.startsWith(u'[')) {
        const qsizetype bracket = authority.indexOf(u']');
        if (bracket < 0)
            return LinkProblem::BadHost;
        hostEnd = bracket + 1;
    }
    const QStringView hostPart = hostEnd < 0 ? authority : authority.first(hostEnd);
    const bool isBracketed = hostPart.startsWith(u'[');
    const auto host = normalizedHost(isBracketed ? hostPart.sliced(1, hostPart.size() - 2) : hostPart);
    if (!host || host->contains(u':') != isBracketed)
        return LinkProblem::BadHost;
    if (hostEnd < 0 || hostEnd >= authority.size() || authority[hostEnd] != u':')
        return LinkProblem::BadPort;
    const QStringView port = authority.sliced(hostEnd + 1);
    const bool isNumber = !port.isEmpty() && port.size() <= 5 && port.front() != u'0' && std::ranges::all_of(port, isLinkDigit);
    if (!isNumber || port.toInt() > 65535)
        return LinkProblem::BadPort;
    link->host = *host;
    link->port = quint16(port.toInt());
    return std::nullopt;
}

std::optional<LinkProblem> readPath(QStringView path, Link *link)
{
    if (path.startsWith(QLatin1String("/s/")))
        link->kind = Link::Kind::Share;
    else if (path.startsWith(QLatin1String("/x/")))
        link->kind = Link::Kind::Snapshot;
    else
        return LinkProblem::BadPath;
    const auto id = base::ShareId::fromString(path.sliced(3).toString().toStdString());
    if (!id)
        return LinkProblem::BadPath;
    link->id = *id;
    return std::nullopt;
}

std::optional<LinkProblem> readFragment(QStringView fragment, Link *link)
{
    const qsizetype dot = fragment.indexOf(u'.');
    if (dot < 0)
        return LinkProblem::BadSecret;
    const auto secret = fromBase64Url(fragment.first(dot), kSecretBytes);
    const auto pin = fromBase64Url(fragment.sliced(dot + 1), kPinBytes);
    if (!secret || !pin)
        return LinkProblem::BadSecret;
    link->secret = *secret;
    link->pin = *pin;
    return std::nullopt;
}

Parsed parseLink(QStringView text)
{
    if (text.size() > kMaxLinkUnits)
        return LinkProblem::TooLong;
    QStringView rest = bare(text);
    if (rest.isEmpty())
        return LinkProblem::Empty;
    if (std::ranges::any_of(rest, [](QChar c) { return c <= u' ' || c >= u'\x7f' || c == u'%' || c == u'\\'; }))
        return LinkProblem::NotPlain;

    Link link;
    if (const auto problem = readScheme(&rest))
        return *problem;
    const qsizetype hash = rest.indexOf(u'#');
    const QStringView address = hash < 0 ? rest : rest.first(hash);
    const qsizetype slash = address.indexOf(u'/');
    if (const auto problem = readAuthority(slash < 0 ? address : address.first(slash), &link))
        return *problem;
    if (const auto problem = readPath(slash < 0 ? QStringView() : address.sliced(slash), &link))
        return *problem;
    if (hash < 0 || hash + 1 == rest.size())
        return LinkProblem::NoSecret;
    if (const auto problem = readFragment(rest.sliced(hash + 1), &link))
        return *problem;
    return link;
}

} // namespace

base::Result<Link> Link::parse(QStringView text)
{
    Parsed parsed = parseLink(text);
    if (auto *link = std::get_if<Link>(&parsed))
        return std::move(*link);
    const LinkProblem problem = std::get<LinkProblem>(parsed);
    return base::Unexpected(problem == LinkProblem::TooLong ? base::ErrorCode::TooLarge : base::ErrorCode::Malformed,
                            describe(problem));
}

std::optional<LinkProblem> Link::problemOf(QStringView text)
{
    const Parsed parsed = parseLink(text);
    if (const auto *problem = std::get_if<LinkProblem>(&parsed))
        return *problem;
    return std::nullopt;
}

QString Link::toString(Form form) const
{
    Q_ASSERT(isValid());
    const bool isIpv6 = host.contains(u':');
    QString text = form == Form::App ? QStringLiteral("alongside://") : QStringLiteral("https://");
    text += isIpv6 ? u'[' + host + u']' : host;
    text += u':' + QString::number(port);
    text += kind == Kind::Share ? QStringLiteral("/s/") : QStringLiteral("/x/");
    text += QString::fromStdString(id.toString());
    text += u'#' + toBase64Url(secret) + u'.' + toBase64Url(pin);
    return text;
}

bool Link::isValid() const
{
    return port != 0 && normalizedHost(host) == host && secret.size() == kSecretBytes && pin.size() == kPinBytes;
}

const char *describe(LinkProblem problem)
{
    switch (problem) {
    case LinkProblem::Empty: return "the link is empty";
    case LinkProblem::TooLong: return "the text is too long for a link";
    case LinkProblem::NotPlain: return "the link contains a character that no link has";
    case LinkProblem::NotALink: return "the text is not an https: or alongside: link";
    case LinkProblem::BadHost: return "the link names no valid host";
    case LinkProblem::UserInfo: return "the link carries a user name, which no invitation does";
    case LinkProblem::BadPort: return "the link's port is missing or impossible";
    case LinkProblem::BadPath: return "the link is no invitation to a workspace or snapshot";
    case LinkProblem::NoSecret: return "the part of the link after # is missing";
    case LinkProblem::BadSecret: return "the part of the link after # is incomplete or damaged";
    }
    return "the link is damaged";
}

std::optional<QString> normalizedHost(QStringView host)
{
    if (host.isEmpty() || host.size() > kMaxHostUnits)
        return std::nullopt;
    // Lower case for ASCII only: Unicode has letters whose lower case is an ASCII one.
    QString lower;
    for (const QChar c : host)
        lower += c >= u'A' && c <= u'Z' ? QChar(c.unicode() + 32) : c;
    if (lower.contains(u':')) {
        const bool isPlain = std::ranges::all_of(lower, [](QChar c) {
            return isLinkDigit(c) || (c >= u'a' && c <= u'f') || c == u':' || c == u'.';
        });
        const QHostAddress address(lower);
        if (!isPlain || address.protocol() != QAbstractSocket::IPv6Protocol)
            return std::nullopt;
        return address.toString();
    }
    if (isDottedQuad(lower) || isDnsName(lower))
        return lower;
    return std::nullopt;
}

} // namespace transport
