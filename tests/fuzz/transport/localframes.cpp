// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/localframes.h"

// The stream must give the same frames whole and cut in two (the first byte says where), and hold no more than it may.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray stream(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    const auto read = [&stream](qsizetype cut) {
        transport::LocalFrames frames;
        QList<transport::LocalFrames::Item> items;
        for (const QByteArray &piece : {stream.first(cut), stream.sliced(cut)}) {
            frames.append(piece);
            while (auto item = frames.next())
                items.append(*item);
            if (frames.bufferedBytes() > transport::kMaxFrameBeforeAuth + 4)
                __builtin_trap();
        }
        return std::pair(items, frames.problem());
    };
    if (read(0) != read(qMin<qsizetype>(data[0], stream.size())))
        __builtin_trap();
    return 0;
}
