// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/foldmarks.h"
#include "ui/editor/linevalues.h"

#include <KSyntaxHighlighting/State>

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>

#include <QHash>
#include <QObject>
#include <QTextLayout>
#include <QTimer>

#include <chrono>
#include <vector>

namespace ui {

class TextBuffer;

//! Colours for a TextBuffer, lazily: the state at the end of each line is kept, formats are computed when a line is laid
//! out. Everything not yet known follows in slices of a few milliseconds from the event loop; after an edit the work stops
//! where the states agree again. A line far below what is known is coloured from a guess and once more when it is known.
class Highlighter final : public QObject, public KSyntaxHighlighting::AbstractHighlighter
{
    Q_OBJECT
    Q_INTERFACES(KSyntaxHighlighting::AbstractHighlighter)

public:
    //! Lines longer than this are left uncoloured: some definitions need quadratic time.
    static constexpr qsizetype kMaxUnits = 8192;
    static constexpr std::chrono::milliseconds kSlice{4};

    explicit Highlighter(const TextBuffer &buffer, QObject *parent = nullptr);

    //! An invalid definition is plain text.
    void setDefinition(const KSyntaxHighlighting::Definition &definition) override;
    void setTheme(const KSyntaxHighlighting::Theme &theme) override;
    bool isColouring() const { return m_colouring; }

    //! The text is another one.
    void reset();
    //! Line \a line changed; \a removed lines behind it went and \a added came in their place. Call it after the edit.
    void edited(qsizetype line, qsizetype removed, qsizetype added);
    //! A pause while nobody sees the text.
    void setActive(bool active);

    //! Brings the states up to \a lastLine if that takes no longer than a slice. Call it before painting.
    void prepare(qsizetype lastLine);
    //! Formats of \a line, whose text is \a text, in UTF-16 units of the text.
    QList<QTextLayout::FormatRange> formats(qsizetype line, const QString &text);

    //! What in a line is for people to read: strings, comments.
    struct Stretch
    {
        qsizetype from = 0;
        qsizetype length = 0;
    };
    //! In UTF-16 units of \a line. None while its colours are not known; nothing is worked out for it.
    QList<Stretch> proseIn(qsizetype line);

    //! Of the lines whose state is known.
    const FoldMarks &foldMarks() const { return m_foldMarks; }
    //! The language has no marks: what is indented deeper than the line above it can be folded.
    bool foldsByIndentation() const { return m_colouring && m_foldsByIndentation; }

    //! True when every state is known and settled.
    bool isSettled() const;

Q_SIGNALS:
    //! These lines are coloured differently now.
    void linesRecoloured(qsizetype first, qsizetype last);
    //! More lines have their states, and their fold marks, than before. Always from the event loop.
    void advanced();

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override;
    void applyFolding(int offset, int length, KSyntaxHighlighting::FoldingRegion region) override;

private:
    using State = KSyntaxHighlighting::State;

    //! Lines to run again: all up to \a last, then until the state agrees with the one kept.
    struct Stale
    {
        qsizetype first = 0;
        qsizetype last = 0;
    };

    State run(const QString &text, const State &before, QList<QTextLayout::FormatRange> *formats);
    //! The same for a line whose state before it is known: keeps its fold marks as well.
    State runLine(qsizetype line, const QString &text, QList<QTextLayout::FormatRange> *formats);
    //! Works until \a lastLine is settled or \a deadline has passed.
    void work(std::chrono::steady_clock::time_point deadline, qsizetype lastLine);
    void stepStale();
    void stepFrontier();
    void addStale(Stale stale);
    void noteRecoloured(qsizetype line);
    void flushRecoloured();
    void schedule();
    QTextCharFormat charFormat(const KSyntaxHighlighting::Format &format);

    const TextBuffer &m_buffer;
    LineValues<State> m_states;          // the state at the end of each line
    qsizetype m_frontier = 0;            // lines before it have a state
    std::vector<Stale> m_stale;          // ascending, apart from each other, all before the frontier
    qsizetype m_guessedFirst = -1;       // lines that were painted from a guess
    qsizetype m_guessedLast = -1;
    qsizetype m_guessLine = -1;          // the guess goes on below this line with this state
    State m_guessState;
    qsizetype m_recolouredFirst = -1;
    qsizetype m_recolouredLast = -1;
    QHash<quint16, QTextCharFormat> m_charFormats;
    QColor m_surface;
    QList<QTextLayout::FormatRange> *m_collecting = nullptr;
    QTimer m_timer;
    FoldMarks m_foldMarks;
    FoldMarks::Marks *m_marks = nullptr;
    bool m_colouring = false;
    bool m_foldsByIndentation = false;
    bool m_active = true;
    bool m_hasAdvanced = false;          // since advanced() was emitted
};

} // namespace ui
