// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/releasequeue.h"

#include <QtTest>

using host::ReleaseQueue;

class tst_ReleaseQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsInOrderWhateverIsReleasedFirst()
    {
        ReleaseQueue queue;
        QString ran;
        const auto a = queue.hold([&] { ran += u'a'; });
        const auto b = queue.hold([&] { ran += u'b'; });
        queue.after([&] { ran += u'-'; });
        const auto c = queue.hold([&] { ran += u'c'; });
        queue.release(b);
        queue.release(c);
        QCOMPARE(ran, QString());
        queue.release(a);
        QCOMPARE(ran, QStringLiteral("ab-c"));
        QVERIFY(queue.isEmpty());
        queue.after([&] { ran += u'!'; });
        QCOMPARE(ran, QStringLiteral("ab-c!"));
    }

    void whatAnActionAddsRunsAfterIt()
    {
        ReleaseQueue queue;
        QString ran;
        queue.after([&] {
            queue.after([&] { ran += u'2'; });
            ran += u'1';
        });
        QCOMPARE(ran, QStringLiteral("12"));
    }
};

QTEST_APPLESS_MAIN(tst_ReleaseQueue)
#include "tst_releasequeue.moc"
