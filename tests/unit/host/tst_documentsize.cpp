// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/documentsize.h"

#include <QTest>

class DocumentSizeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsFullStaysFullUntilEnoughHasChanged()
    {
        host::DocumentSize size(1000, 100);
        int asked = 0;
        qsizetype real = 500;
        const auto measure = [&] {
            ++asked;
            return real;
        };
        // Nothing is known at first.
        QVERIFY(size.hasRoomFor(500, measure));
        QCOMPARE(asked, 1);
        // What was only feared to have come in is measured before anything is refused.
        size.changed(450, 450);
        QVERIFY(size.hasRoomFor(400, measure));
        QCOMPARE(asked, 2);
        real = 950;
        size.changed(450, 450);
        QVERIFY(!size.hasRoomFor(100, measure));
        QCOMPARE(asked, 3);
        // Asking again and again costs nothing, and little changes nothing.
        QVERIFY(!size.hasRoomFor(100, measure));
        size.changed(10, -80);
        QVERIFY(!size.hasRoomFor(100, measure));
        QCOMPARE(asked, 3);
        // What was deleted counts.
        real = 700;
        size.changed(10, -80);
        QVERIFY(size.hasRoomFor(100, measure));
        QCOMPARE(asked, 4);
    }
};

QTEST_GUILESS_MAIN(DocumentSizeTest)
#include "tst_documentsize.moc"
