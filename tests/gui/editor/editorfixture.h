// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "tests/unit/ui/markedtext.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editorpane.h"
#include "ui/editor/languages.h"

#include <QSignalSpy>
#include <QTest>

//! A clock that stands still until a test moves it.
class StillClock final : public base::Clock
{
public:
    base::Instant now() const override { return m_now; }
    base::WallTime wallTime() const override { return base::WallTime(m_now.time_since_epoch() / std::chrono::milliseconds(1)
                                                                     * std::chrono::milliseconds(1)); }
    void advance(std::chrono::milliseconds by) { m_now += by; }

private:
    base::Instant m_now{std::chrono::hours(1)};
};

//! A shown, focused editor of 80 by 20 cells or so, and a copy of the text kept by applying what it announces.
struct EditorFixture
{
    explicit EditorFixture(const QString &text = {}, const QString &fileName = {})
    {
        pane.resize(800, 480);
        editor.setFileName(fileName);
        editor.setText(text);
        mirror = text;
        QObject::connect(&editor, &ui::CodeEditor::edited, &pane, [this](const QList<ui::TextEdit> &edits) {
            ++announcements;
            for (const ui::TextEdit &edit : edits)
                mirror.replace(edit.index, edit.removed, edit.inserted);
        });
        pane.show();
        editor.setFocus();
        if (!QTest::qWaitForWindowActive(&pane))
            qFatal("the window did not become active");
    }

    void key(Qt::Key code, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(&editor, code, modifiers); }
    void type(const QString &text) { QTest::keyClicks(&editor, text); }
    //! The text with carets as '|', and the other ends of selections as '^'.
    QString marked() const { return markedText(editor.text(), editor.carets()); }
    //! Puts text, carets and selections into the state that \a text describes in the way of marked().
    void restore(const QString &text)
    {
        const ParsedText parsed = parsedText(text);
        editor.setText(parsed.text);
        mirror = parsed.text;
        editor.setCarets(parsed.carets);
    }
    //! A point just right of the gap at \a index, in viewport pixels.
    QPoint pointAt(qsizetype index) const
    {
        const QRectF rect = editor.view().caretRect(index);
        return QPointF(rect.left() + 1, rect.center().y()).toPoint();
    }
    void click(qsizetype index, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mouseClick(editor.viewport(), Qt::LeftButton, modifiers, pointAt(index));
    }

    ui::Languages languages;
    StillClock clock;
    ui::EditorPane pane{languages, clock};
    ui::CodeEditor &editor = pane.editor();
    QString mirror;
    int announcements = 0;
};
