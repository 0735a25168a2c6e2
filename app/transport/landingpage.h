// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/requesthead.h"

#include <QByteArray>
#include <QString>

namespace transport {

//! What a browser gets for a link: how to open it in the program. One page for every id, so it tells nobody which exist.
//!
//! The only script reads the address's fragment into the *Open* button, in the browser; no request carries it.
class LandingPage
{
public:
    //! \a sourceUrl: where the program's source can be cloned from; https only, else it is left out.
    explicit LandingPage(const QString &sourceUrl = {});

    //! The page, UTF-8, below kMaxPageBytes.
    const QByteArray &html() const { return m_html; }
    //! The whole HTTP response; \a withBody is false for HEAD. Any Answer but Upgrade.
    QByteArray response(Answer answer, bool withBody) const;
    const QByteArray &contentSecurityPolicy() const { return m_policy; }

private:
    QByteArray m_html;
    QByteArray m_policy;
};

} // namespace transport
