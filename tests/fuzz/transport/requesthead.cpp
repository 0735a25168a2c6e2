// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/limits.h"
#include "app/transport/requesthead.h"

// Whatever becomes an upgrade carries no Origin and no cookie, names us, and fits the limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto head = transport::RequestHead::parse(bytes);
    if (!head || !*head)
        return 0;
    const auto &request = **head;
    if (request.fields.size() > transport::kMaxRequestFields || !request.path.startsWith('/'))
        __builtin_trap();
    const auto answer = transport::decide(request, {QStringLiteral("host.example"), QStringLiteral("*.wild.example")});
    if (answer == transport::Answer::Upgrade && (request.has("origin") || request.has("cookie") || request.path != transport::kSocketPath))
        __builtin_trap();
    return 0;
}
