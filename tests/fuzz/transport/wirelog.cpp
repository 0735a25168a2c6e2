// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/wirelog.h"

#include <QBuffer>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QBuffer device;
    device.setData(reinterpret_cast<const char *>(data), qsizetype(size));
    device.open(QIODevice::ReadOnly);
    const auto entries = transport::WireLog::load(device);
    if (!entries)
        return 0;
    qint64 bytes = 0;
    for (const auto &entry : *entries) {
        bytes += entry.bytes.size();
        if (entry.bytes.size() != (entry.isKept ? entry.size : 0))
            __builtin_trap();
    }
    if (entries->size() > transport::kMaxLoggedFrames || bytes > qint64(size))
        __builtin_trap();
    return 0;
}
