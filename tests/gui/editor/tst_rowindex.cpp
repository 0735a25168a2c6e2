// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seed.h"
#include "ui/editor/rowindex.h"

#include <QTest>

#include <numeric>
#include <random>
#include <vector>

using ui::RowIndex;

namespace {

//! What the index must say, found by walking through every line.
struct Model
{
    std::vector<qint32> rows;

    qsizetype before(qsizetype line) const { return std::accumulate(rows.begin(), rows.begin() + line, qsizetype(0)); }
    qsizetype lineAt(qsizetype row) const
    {
        qsizetype found = 0;
        for (std::size_t line = 0; line < rows.size(); ++line) {
            if (rows[line] == 0)
                continue;
            found = static_cast<qsizetype>(line);
            if (row < rows[line])
                break;
            row -= rows[line];
        }
        return found;
    }
};

} // namespace

class TestRowIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFreshIndexIsOneStretch();
    void hiddenLinesHaveNoRow();
    void agreesWithANaiveModel();
    void staysSmallUnderEdits();
};

void TestRowIndex::aFreshIndexIsOneStretch()
{
    RowIndex index;
    index.reset(1'000'000);
    QCOMPARE(index.lines(), 1'000'000);
    QCOMPARE(index.rows(), 1'000'000);
    QCOMPARE(index.stretches(), 1);
    index.set(500'000, 3);
    QCOMPARE(index.rows(), 1'000'002);
    QCOMPARE(index.rowsBefore(500'001), 500'003);
    QCOMPARE(index.lineAtRow(500'002), 500'000);
    QVERIFY(index.stretches() <= 3);
}

void TestRowIndex::hiddenLinesHaveNoRow()
{
    RowIndex index;
    index.reset(100);
    index.setRange(10, 80, 0);
    QCOMPARE(index.rows(), 20);
    QCOMPARE(index.lineAtRow(9), 9);
    QCOMPARE(index.lineAtRow(10), 90);
    QCOMPARE(index.rowsBefore(50), 10);
    QCOMPARE(index.lineAtRow(1000), 99);
    index.setRange(90, 10, 0);
    QCOMPARE(index.lineAtRow(1000), 9);
    index.setRange(0, 10, 0);
    QCOMPARE(index.lineAtRow(0), 0);
}

void TestRowIndex::agreesWithANaiveModel()
{
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    const auto upTo = [&random](qsizetype most) { return static_cast<qsizetype>(random() % static_cast<unsigned>(most + 1)); };
    Model model;
    model.rows.assign(1500, 1);
    RowIndex index;
    index.reset(1500);
    for (int step = 0; step < 2000; ++step) {
        const auto lines = static_cast<qsizetype>(model.rows.size());
        const qsizetype line = upTo(lines);
        const qsizetype count = random() % 4 == 0 ? upTo(700) : upTo(5);
        const auto rows = static_cast<qint32>(upTo(3));
        const auto at = model.rows.begin() + line;
        const qsizetype there = std::min(count, lines - line);
        switch (random() % 5) {
        case 0:
            index.insert(line, count, rows);
            model.rows.insert(at, static_cast<std::size_t>(count), rows);
            break;
        case 1:
            index.remove(line, count);
            model.rows.erase(at, at + there);
            break;
        case 2:
            index.setRange(line, count, rows);
            std::fill(at, at + there, rows);
            break;
        default:
            index.set(line, rows);
            if (line < lines)
                *at = rows;
        }
        QCOMPARE(index.lines(), static_cast<qsizetype>(model.rows.size()));
        QCOMPARE(index.rows(), model.before(index.lines()));
        const qsizetype asked = upTo(index.lines());
        QCOMPARE(index.rowsBefore(asked), model.before(asked));
        QCOMPARE(index.rowsOf(asked), asked < index.lines() ? model.rows[static_cast<std::size_t>(asked)] : 0);
        const qsizetype row = upTo(index.rows());
        QCOMPARE(index.lineAtRow(row), model.lineAt(row));
    }
}

void TestRowIndex::staysSmallUnderEdits()
{
    RowIndex index;
    index.reset(100'000);
    std::mt19937 random(1);
    for (int i = 0; i < 30'000; ++i) {
        const auto line = static_cast<qsizetype>(random() % 100'000);
        index.insert(line, 1);
        if (i % 10 == 0)
            index.set(line, 2);
        index.remove(static_cast<qsizetype>(random() % 100'000), 1);
    }
    QCOMPARE(index.lines(), 100'000);
    // About 200 stretches of 512 lines, and room for those that splitting left smaller.
    QVERIFY2(index.stretches() < 600, qPrintable(QString::number(index.stretches())));
}

QTEST_APPLESS_MAIN(TestRowIndex)
#include "tst_rowindex.moc"
