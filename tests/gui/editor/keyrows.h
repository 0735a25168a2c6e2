// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/editor/editorfixture.h"

inline constexpr auto kNone = Qt::KeyboardModifiers(Qt::NoModifier);
inline constexpr auto kShift = Qt::KeyboardModifiers(Qt::ShiftModifier);
inline constexpr auto kCtrl = Qt::KeyboardModifiers(Qt::ControlModifier);
inline constexpr auto kAlt = Qt::KeyboardModifiers(Qt::AltModifier);

//! Tables of what a key makes of a text with carets, as EditorFixture::marked() writes it.
inline void addKeyColumns()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QString>("after");
}

inline void row(const char *name, const char *before, Qt::Key key, Qt::KeyboardModifiers modifiers, const char *after)
{
    QTest::newRow(name) << QString::fromUtf8(before) << int(key) << int(modifiers) << QString::fromUtf8(after);
}

enum class KeyDoes { Moves, Edits };

//! Presses the key of the current row in a C++ file.
inline void checkKeyRow(KeyDoes does)
{
    QFETCH(QString, before);
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QString, after);
    EditorFixture f({}, QStringLiteral("a.cpp"));
    f.restore(before);
    QCOMPARE(f.marked(), before);
    f.editor.setIndentStyle({false, 4});
    QSignalSpy byHand(&f.editor, &ui::CodeEditor::caretMovedByHand);
    f.key(Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(f.marked(), after);
    QCOMPARE(f.announcements, does == KeyDoes::Edits ? 1 : 0);
    QCOMPARE(byHand.count(), does == KeyDoes::Moves ? 1 : 0);
    QCOMPARE(f.mirror, f.editor.text());
}
