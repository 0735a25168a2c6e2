// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/link.h"

// What parses must be written as something that parses to the same, and never hold a part out of range.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto link = transport::Link::parse(text);
    if (link.has_value() == transport::Link::problemOf(text).has_value())
        __builtin_trap();
    if (!link)
        return 0;
    for (const auto form : {transport::Link::Form::App, transport::Link::Form::Browser}) {
        const auto again = transport::Link::parse(link->toString(form));
        if (!link->isValid() || !again || *again != *link)
            __builtin_trap();
    }
    return 0;
}
