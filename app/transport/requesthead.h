// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QStringList>

#include <optional>
#include <utility>

namespace transport {

//! The first lines of an HTTP/1.1 request. Pure; the fuzz target's entry.
struct RequestHead
{
    QByteArray method;
    QByteArray path;   //!< without the query
    QList<std::pair<QByteArray, QByteArray>> fields; //!< names in lower case, values trimmed

    bool has(QByteArrayView field) const;
    //! The field's value; empty if missing. Fields that matter here cannot be repeated.
    QByteArray value(QByteArrayView field) const;

    //! \returns the head; nullopt: the blank line has not come yet
    //! Errors: TooLarge (kMaxRequestHeadBytes), TooMany (kMaxRequestFields), Malformed.
    static base::Result<std::optional<RequestHead>> parse(QByteArrayView bytes);
};

//! What a TlsListener does with a request.
enum class Answer {
    Upgrade,      //!< 101, becomes a Channel
    Page,         //!< 200, the landing page
    NotFound,     //!< 404
    WrongMethod,  //!< 405
    WrongHost,    //!< 421: a name that is not ours, as in DNS rebinding
    Forbidden,    //!< 403: sent by a web page (Origin), or with cookies
    WrongVersion, //!< 426: a WebSocket without our sub-protocol
    BadRequest,   //!< 400
};

//! Decides by the whole head. \a names: DNS names of this host in lower case; a leading `*.` stands for one label.
//!
//! In this order: Host must be an IP literal, localhost or one of \a names (else WrongHost). Any Origin is refused, for
//! native clients send none and browsers cannot leave it out where it matters. An upgrade must be for kSocketPath, carry
//! no cookie and offer kSubprotocol. The rest is GET or HEAD of `/`, `/s/ID`, `/x/ID`.
Answer decide(const RequestHead &head, const QStringList &names);

int statusCode(Answer answer);

} // namespace transport
