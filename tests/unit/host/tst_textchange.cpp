// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/textchange.h"
#include "tests/support/seed.h"

#include <QtTest>

#include <random>

using namespace host;
using Kind = crdt::TextDelta::Kind;

namespace {

std::u16string applied(std::u16string text, const TextChange &change)
{
    std::size_t index = 0;
    for (const crdt::TextDelta &step : change) {
        if (step.kind == Kind::Insert)
            text.insert(index, step.text);
        else if (step.kind == Kind::Delete)
            text.erase(index, step.length);
        if (step.kind != Kind::Delete)
            index += step.length;
    }
    return text;
}

QString shown(const std::u16string &text)
{
    return QString::fromStdU16String(text);
}

// A random change whose inserted characters are all from one alphabet, so that they can be found again.
TextChange randomChange(std::mt19937_64 &engine, std::size_t length, char16_t first)
{
    TextChange change;
    std::size_t left = length;
    for (int i = 0; i < 6; ++i) {
        const std::size_t size = left == 0 ? 0 : engine() % (left + 1);
        switch (engine() % 3) {
        case 0:
            if (size > 0)
                change.push_back({Kind::Retain, size, {}});
            left -= size;
            break;
        case 1:
            if (size > 0)
                change.push_back({Kind::Delete, size, {}});
            left -= size;
            break;
        default: {
            std::u16string text;
            for (auto n = engine() % 4 + 1; n > 0; --n)
                text += char16_t(first + engine() % 8);
            change.push_back({Kind::Insert, text.size(), text});
        }
        }
    }
    return change;
}

std::u16string inserted(const TextChange &change)
{
    std::u16string all;
    for (const auto &step : change)
        all += step.text;
    return all;
}

std::u16string only(const std::u16string &text, char16_t first)
{
    std::u16string found;
    for (const char16_t unit : text) {
        if (unit >= first && unit < first + 8)
            found += unit;
    }
    return found;
}

} // namespace

class tst_TextChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changeBetweenTurnsOneTextIntoTheOther()
    {
        const QString before = QStringLiteral("one\ntwo\nthree\n");
        for (const QString &after : {QStringLiteral("one\n2\nthree\nfour\n"), QString(), before, QString(QStringLiteral("x") + before)})
            QCOMPARE(shown(applied(before.toStdU16String(), changeBetween(before, after))), after);
    }

    void typingInsideALineAnotherProgramDeletesSurvives()
    {
        const TextChange typed{{Kind::Retain, 5, {}}, {Kind::Insert, 3, u"NEW"}};
        const TextChange theirs{{Kind::Retain, 4, {}}, {Kind::Delete, 4, {}}};
        const std::u16string document = applied(u"one\ntwo\nthree\n", typed);
        QCOMPARE(shown(applied(document, rebase(theirs, typed))), QStringLiteral("one\nNEWthree\n"));
    }

    void whatBothDeletedIsDeletedOnce()
    {
        const TextChange ours{{Kind::Delete, 4, {}}};
        const TextChange theirs{{Kind::Delete, 8, {}}};
        QCOMPARE(shown(applied(applied(u"one\ntwo\nthree\n", ours), rebase(theirs, ours))), QStringLiteral("three\n"));
    }

    // A host that was killed after it had logged its merge, but not that the file has this text, merges it again.
    void whatBothInsertedIsThereOnce()
    {
        const QString before = QStringLiteral("one\nold\n");
        const QString file = QStringLiteral("one\nnew\nlast\n");
        const QString document = QStringLiteral("typed one\nnew\nlast\n");
        const TextChange carried = rebase(changeBetween(before, file), changeBetween(before, document));
        QCOMPARE(shown(applied(document.toStdU16String(), carried)), document);
    }

    // Nothing that either side typed is lost or doubled, and what only one side deleted is gone.
    void nobodysTextIsLostOrDoubled()
    {
        std::mt19937_64 engine(support::seed());
        for (int round = 0; round < 5000; ++round) {
            std::u16string base;
            for (auto n = engine() % 20; n > 0; --n)
                base += char16_t(u'0' + engine() % 8);
            const TextChange ours = randomChange(engine, base.size(), u'a');
            const TextChange theirs = randomChange(engine, base.size(), u'A');
            const std::u16string merged = applied(applied(base, ours), rebase(theirs, ours));
            QCOMPARE(shown(only(merged, u'a')), shown(inserted(ours)));
            QCOMPARE(shown(only(merged, u'A')), shown(inserted(theirs)));
            // The survivors of the base are those that neither side deleted: the same whichever goes first.
            const std::u16string mirrored = applied(applied(base, theirs), rebase(ours, theirs));
            QCOMPARE(shown(only(merged, u'0')), shown(only(mirrored, u'0')));
        }
    }
};

QTEST_GUILESS_MAIN(tst_TextChange)
#include "tst_textchange.moc"
