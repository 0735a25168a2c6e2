// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/describe.h"

#include <QSet>
#include <QTest>

using namespace ui;

class DescribeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasItsOwnSentences();
    void detailIsNotShown();
    void whatFailedStandsInFront();
};

void DescribeTest::everyCodeHasItsOwnSentences()
{
    QSet<QString> seen;
    const int last = static_cast<int>(lastValue(base::ErrorCode()));
    for (int code = 0; code <= last; ++code) {
        const QString text = describe({static_cast<base::ErrorCode>(code), {}});
        QVERIFY2(text.size() > 20 && text.endsWith(u'.'), base::name(static_cast<base::ErrorCode>(code)));
        QVERIFY2(!seen.contains(text), base::name(static_cast<base::ErrorCode>(code)));
        QVERIFY(!text.contains(u'!'));
        seen += text;
    }
}

void DescribeTest::detailIsNotShown()
{
    QVERIFY(!describe({base::ErrorCode::DiskFull, "ENOSPC /home/secret"}).contains(QStringLiteral("secret")));
}

void DescribeTest::whatFailedStandsInFront()
{
    const QString text = describe({base::ErrorCode::DiskFull, {}}, QStringLiteral("“a” could not be saved."));
    QVERIFY(text.startsWith(QStringLiteral("“a” could not be saved. The disk")));
}

QTEST_GUILESS_MAIN(DescribeTest)
#include "tst_describe.moc"
