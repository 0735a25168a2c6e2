// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/id.h"
#include "app/base/result.h"
#include "app/transport/limits.h"

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <optional>

namespace transport {

//! What is wrong with a text that should be a link, for one clear sentence.
enum class LinkProblem {
    Empty,
    TooLong,         //!< above kMaxLinkUnits
    NotPlain,        //!< a character outside printable ASCII, a space or line break inside, a percent escape
    NotALink,        //!< neither https: nor alongside:
    BadHost,         //!< no DNS name, IPv4 address or [IPv6 address]
    UserInfo,        //!< somebody@host
    BadPort,         //!< missing, or not 1 … 65535
    BadPath,         //!< not /s/ID or /x/ID; also a query
    NoSecret,        //!< nothing after `#`: cut off on the way
    BadSecret,       //!< not 32 + 32 bytes: cut off or mangled
};

//! An invitation: which host, how to know it, what it opens. Whoever has it may knock; never log it or its string.
struct Link
{
    enum class Kind { Share, Snapshot };
    enum class Form { App, Browser };   //!< alongside: or https:

    Kind kind = Kind::Share;
    QString host;                       //!< lower case, ASCII, IPv6 without brackets
    quint16 port = 0;
    base::ShareId id;
    QByteArray secret;                  //!< kSecretBytes
    QByteArray pin;                     //!< kPinBytes, as HostIdentity::pin()

    //! Surrounding white space and one pair of `<…>` are allowed, nothing else beside the grammar in README.md.
    //!
    //! Errors: TooLarge or Malformed; the detail is describe(LinkProblem), without any part of \a text.
    static base::Result<Link> parse(QStringView text);
    //! Why parse() refuses \a text; nullopt if it does not.
    static std::optional<LinkProblem> problemOf(QStringView text);
    //! Round-trips through parse(). \pre isValid()
    QString toString(Form form) const;
    //! All parts in range, as after parse().
    bool isValid() const;

    friend bool operator==(const Link &, const Link &) = default;
};

//! English, for the log and the details line.
const char *describe(LinkProblem problem);

//! \a host in the form that links and Endpoint carry (lower case, IPv6 without brackets); nullopt if it cannot be in a link.
std::optional<QString> normalizedHost(QStringView host);

} // namespace transport
