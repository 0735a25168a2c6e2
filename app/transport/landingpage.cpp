// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/landingpage.h"

#include "app/transport/limits.h"

#include <QCryptographicHash>

#include <algorithm>

namespace transport {

namespace {

constexpr char kPageStyle[] = R"(
:root{color-scheme:light dark;--window:#f4f4f6;--raised:#fff;--line:#dcdce1;--text:#1b1c1f;--soft:#5c5e66;--accent:#1a6fd4;--on-accent:#fff}
@media(prefers-color-scheme:dark){:root{--window:#26272b;--raised:#2e2f34;--line:#3a3b41;--text:#e8e8ea;--soft:#a6a8b0;--accent:#6fb1ff;--on-accent:#16181d}}
*{box-sizing:border-box}
body{margin:0;padding:48px 16px;background:var(--window);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:560px;margin:0 auto;padding:24px;background:var(--raised);border:1px solid var(--line);border-radius:8px}
h1{margin:0 0 8px;font-size:1.5em;line-height:1.25}
h2{margin:24px 0 4px;font-size:1em}
p{margin:0 0 12px}
.soft{color:var(--soft);font-size:.85em}
.open{display:inline-block;margin:8px 0 4px;padding:8px 20px;border-radius:4px;background:var(--accent);color:var(--on-accent);font-weight:600;text-decoration:none}
.open:focus-visible{outline:2px solid var(--text);outline-offset:2px}
pre,code.all{display:block;margin:0 0 12px;padding:8px 12px;border:1px solid var(--line);border-radius:4px;background:var(--window);font:.85em/1.5 ui-monospace,monospace;overflow-x:auto;user-select:all}
code.all{overflow-wrap:anywhere}
[hidden]{display:none}
)";

// Reads the address, writes two elements, talks to nobody: the policy below forbids everything else anyway.
constexpr char kPageScript[] = R"(
(function () {
  var path = location.pathname, secret = location.hash;
  function element(id) { return document.getElementById(id); }
  if (/^\/[sx]\/[0-9a-f]{32}$/.test(path) && /^#[\w-]{43}\.[\w-]{43}$/.test(secret)) {
    var link = 'alongside://' + location.hostname + ':' + (location.port || '443') + path + secret;
    element('open').href = link;
    element('code').textContent = link;
    element('ready').hidden = element('paste').hidden = false;
    element('manual').hidden = true;
  } else if (path !== '/') {
    element('cut').hidden = false;
  }
})();
)";

constexpr char kPageBody[] = R"(<main>
<h1>Work alongside someone</h1>
<p>You were given a link to a workspace. In Alongside, a program on your own computer, you see who is there and edit the same files at the same time.</p>
<div id="ready" hidden>
<p><a id="open" class="open" rel="noreferrer">Open in Alongside</a></p>
<p class="soft">Your browser asks before it opens a program. Nothing joins by itself: you see who invites you first.</p>
</div>
<p id="cut" hidden><strong>This link is incomplete.</strong> The part after the # is missing or damaged. Ask for the link again and copy it whole.</p>
<h2>Open it by hand</h2>
<p id="manual">Copy this page's whole address, with everything after the #. In Alongside choose <strong>Join with a Link</strong> and paste it.</p>
<div id="paste" hidden>
<p>In Alongside choose <strong>Join with a Link</strong> and paste this:</p>
<code id="code" class="all"></code>
</div>
<h2>Get Alongside</h2>
<p>On Debian 12 or 13, in a terminal. The last command installs what is missing, after asking, and starts the program:</p>
<pre>@COMMANDS@</pre>
@HINT@<h2>If it does not open</h2>
<p>A link works while its owner shares the workspace. If it opens nothing, ask the person who sent it for a new one.</p>
<p class="soft">What stands after the # in the address stays in your browser; this page was sent without it. Whoever has the whole address can ask to join, so do not pass it on.</p>
</main>
)";

bool isPlainHttps(const QString &url)
{
    const QString prefix = QStringLiteral("https://");
    return url.startsWith(prefix) && url.size() > prefix.size() && url.size() <= 200
        && std::ranges::all_of(url, [](QChar c) {
               return c.unicode() < 0x80 && (c.isLetterOrNumber() || QStringView(u"-._~/:").contains(c));
           });
}

QByteArray policyHash(const QByteArray &content)
{
    return "'sha256-" + QCryptographicHash::hash(content, QCryptographicHash::Sha256).toBase64() + '\'';
}

const char *statusText(Answer answer)
{
    switch (answer) {
    case Answer::Page: return "OK";
    case Answer::NotFound: return "Not Found";
    case Answer::WrongMethod: return "Method Not Allowed";
    case Answer::WrongHost: return "Misdirected Request";
    case Answer::Forbidden: return "Forbidden";
    case Answer::WrongVersion: return "Upgrade Required";
    case Answer::Upgrade:
    case Answer::BadRequest: break;
    }
    return "Bad Request";
}

const char *refusal(Answer answer)
{
    switch (answer) {
    case Answer::NotFound: return "There is nothing at this address.\n";
    case Answer::WrongMethod: return "This address can only be looked at.\n";
    case Answer::WrongHost: return "This host is not known by that name.\n";
    case Answer::Forbidden: return "Web pages cannot use this host.\n";
    case Answer::WrongVersion: return "This address is for the Alongside program, in a version that this host speaks.\n";
    default: return "This host does not understand the request.\n";
    }
}

} // namespace

LandingPage::LandingPage(const QString &sourceUrl)
{
    const bool isKnown = isPlainHttps(sourceUrl);
    const QByteArray source = isKnown ? sourceUrl.toLatin1() : QByteArrayLiteral("SOURCE");
    const QByteArray commands = "git clone " + source + " alongside\ncd alongside\npackaging/run";
    QByteArray body(kPageBody);
    body.replace("@COMMANDS@", commands);
    body.replace("@HINT@", isKnown ? "" : "<p class=\"soft\">SOURCE is where Alongside's source is kept. The person who invited you knows the address.</p>\n");
    const QByteArray style(kPageStyle);
    const QByteArray script(kPageScript);
    m_html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
             "<meta name=\"robots\" content=\"noindex\">\n<title>Open in Alongside</title>\n<style>"
        + style + "</style>\n</head>\n<body>\n" + body + "<script>" + script + "</script>\n</body>\n</html>\n";
    m_policy = "default-src 'none'; script-src " + policyHash(script) + "; style-src " + policyHash(style)
        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    Q_ASSERT(m_html.size() < kMaxPageBytes);
}

QByteArray LandingPage::response(Answer answer, bool withBody) const
{
    const bool isPage = answer == Answer::Page;
    const QByteArray body = isPage ? m_html : QByteArray(refusal(answer));
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(answer == Answer::Upgrade ? 400 : statusCode(answer)) + ' ' + statusText(answer) + "\r\n";
    bytes += isPage ? "Content-Type: text/html; charset=utf-8\r\n" : "Content-Type: text/plain; charset=utf-8\r\n";
    bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n";
    if (answer == Answer::WrongMethod)
        bytes += "Allow: GET, HEAD\r\n";
    if (answer == Answer::WrongVersion)
        bytes += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    bytes += "Content-Security-Policy: " + (isPage ? m_policy : QByteArrayLiteral("default-src 'none'; frame-ancestors 'none'")) + "\r\n";
    bytes += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\n"
             "X-Frame-Options: DENY\r\nX-Robots-Tag: noindex\r\nCross-Origin-Opener-Policy: same-origin\r\n"
             "Cross-Origin-Resource-Policy: same-origin\r\n\r\n";
    if (withBody)
        bytes += body;
    return bytes;
}

} // namespace transport
