// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/codec.h"
#include "tests/support/messagesamples.h"

#include <QDir>
#include <QFile>

// Writes one frame of every message into the folder named: the start of the corpus, to be run again when messages are added.
int main(int argc, char **argv)
{
    const QDir folder(QString::fromLocal8Bit(argc > 1 ? argv[1] : "corpus/frame"));
    protocol::Messages::forEach([&]<typename T>() {
        support::MessageSamples samples(quint64(T::tag) * 31 + 5);
        QFile file(folder.filePath(QString::fromLatin1(protocol::nameOf(T::tag))));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write %s", qPrintable(file.fileName()));
        file.write(protocol::encode(samples.make<T>(), 1));
    });
    return 0;
}
