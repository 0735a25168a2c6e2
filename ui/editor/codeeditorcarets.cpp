// SPDX-License-Identifier: GPL-3.0-or-later
// CodeEditor: one's own carets, where they go and who hears of it.
#include "ui/editor/codeeditor.h"

#include "ui/editor/accessibleeditor.h"
#include "ui/editor/textboundaries.h"

#include <QHash>
#include <QScrollBar>

#include <algorithm>

namespace ui {

// ---- placing -----------------------------------------------------------------------------------------------------

void CodeEditor::setCaret(qsizetype anchor, qsizetype head)
{
    setCarets(Caret{anchor, head});
}

void CodeEditor::setCarets(const CaretSet &carets)
{
    m_wantedX.clear();
    placeCarets(carets.mapped([this](const Caret &caret) {
        return Caret{boundaries::atCharacter(m_buffer, caret.anchor), boundaries::atCharacter(m_buffer, caret.head)};
    }));
}

void CodeEditor::placeCarets(const CaretSet &carets)
{
    updateCarets(m_carets);
    m_carets = carets.clipped(m_buffer.length());
    updateCarets(m_carets);
    reveal(caret().head);
    restartBlink();
    announceCarets();
}

void CodeEditor::moveByHand(const CaretSet &carets)
{
    clearPreedit();
    m_wantedX.clear();
    placeCarets(carets);
    publishPrimarySelection();
    Q_EMIT caretMovedByHand();
}

void CodeEditor::moveTo(qsizetype index, bool selects)
{
    moveByHand(Caret{selects ? caret().anchor : index, index});
}

void CodeEditor::updateCarets(const CaretSet &carets)
{
    const qsizetype from = m_buffer.lineStart(m_view.firstVisibleLine());
    const qsizetype to = m_buffer.lineEnd(m_view.lastVisibleLine());
    for (const Caret &caret : carets.touching(from, to))
        updateLines(m_buffer.lineOf(caret.begin()), m_buffer.lineOf(caret.end()));
}

void CodeEditor::announceCarets()
{
    if (m_carets != m_announced) {
        const qsizetype count = m_announced.count();
        m_announced = m_carets;
        updateMicroFocus();
        announceAccessibleCaret(*this);
        Q_EMIT caretsChanged();
        if (m_carets.count() != count)
            Q_EMIT caretCountChanged(m_carets.count());
    }
    const qsizetype line = m_buffer.lineOf(caret().head) + 1;
    const qsizetype column = caret().head - m_buffer.lineStart(line - 1) + 1;
    if (line == m_announcedLine && column == m_announcedColumn)
        return;
    m_announcedLine = line;
    m_announcedColumn = column;
    Q_EMIT caretMoved(line, column);
}

// ---- moving ------------------------------------------------------------------------------------------------------

template <typename Target>
void CodeEditor::moveEach(bool selects, Target target)
{
    moveByHand(m_carets.mapped([&](const Caret &caret) {
        const qsizetype head = target(caret);
        return Caret{selects ? caret.anchor : head, head};
    }));
}

bool CodeEditor::runMove(EditorCommand command, bool selects)
{
    const auto collapses = [selects](const Caret &caret) { return caret.hasSelection() && !selects; };
    switch (command) {
    case EditorCommand::MoveLeft:
        moveEach(selects, [&](const Caret &caret) {
            return collapses(caret) ? caret.begin() : boundaries::previousGrapheme(m_buffer, caret.head);
        });
        return true;
    case EditorCommand::MoveRight:
        moveEach(selects, [&](const Caret &caret) {
            return collapses(caret) ? caret.end() : boundaries::nextGrapheme(m_buffer, caret.head);
        });
        return true;
    case EditorCommand::MoveWordLeft:
        moveEach(selects, [this](const Caret &caret) { return boundaries::previousWordStart(m_buffer, caret.head); });
        return true;
    case EditorCommand::MoveWordRight:
        moveEach(selects, [this](const Caret &caret) { return boundaries::nextWordEnd(m_buffer, caret.head); });
        return true;
    case EditorCommand::MoveLineStart:
        moveEach(selects, [this](const Caret &caret) {
            const qsizetype line = m_buffer.lineOf(caret.head);
            const qsizetype nonBlank = boundaries::firstNonBlank(m_buffer, line);
            return caret.head == nonBlank ? m_buffer.lineStart(line) : nonBlank;
        });
        return true;
    case EditorCommand::MoveLineEnd:
        moveEach(selects, [this](const Caret &caret) { return m_buffer.lineEnd(m_buffer.lineOf(caret.head)); });
        return true;
    case EditorCommand::MoveTextStart:
        moveEach(selects, [](const Caret &) { return 0; });
        return true;
    case EditorCommand::MoveTextEnd:
        moveEach(selects, [this](const Caret &) { return m_buffer.length(); });
        return true;
    case EditorCommand::MoveUp:
        moveVertically(-1, selects);
        return true;
    case EditorCommand::MoveDown:
        moveVertically(1, selects);
        return true;
    case EditorCommand::MovePageUp:
    case EditorCommand::MovePageDown: {
        // The page scrolls with the caret, so that it stays where the eye is.
        const qsizetype page = std::max<qsizetype>(1, m_view.linesPerPage() - 1);
        const qsizetype lines = command == EditorCommand::MovePageUp ? -page : page;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(lines) * m_view.lineHeight());
        moveVertically(lines, selects);
        return true;
    }
    default:
        return false;
    }
}

qsizetype CodeEditor::verticallyFrom(qsizetype index, qsizetype lines, qreal x) const
{
    const qsizetype to = m_buffer.lineOf(index) + lines;
    if (to >= m_buffer.lineCount())
        return m_buffer.length();
    return to < 0 ? 0 : m_view.indexAtX(to, x);
}

QList<qreal> CodeEditor::wantedX() const
{
    if (m_wantedX.size() == m_carets.count())
        return m_wantedX;
    QList<qreal> result;
    result.reserve(m_carets.count());
    for (const Caret &caret : m_carets.all())
        result.append(m_view.caretX(caret.head));
    return result;
}

void CodeEditor::moveVertically(qsizetype lines, bool selects)
{
    const QList<qreal> wanted = wantedX();
    QHash<qsizetype, qreal> wantedAt;
    auto x = wanted.cbegin();
    moveEach(selects, [&](const Caret &caret) {
        const qsizetype head = verticallyFrom(caret.head, lines, *x);
        wantedAt.insert(head, *x++);
        return head;
    });
    // At the ends of the text carets meet and become one; the others go on aiming where they did.
    for (const Caret &caret : m_carets.all())
        m_wantedX.append(wantedAt.value(caret.head));
}

} // namespace ui
