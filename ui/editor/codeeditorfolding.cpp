// SPDX-License-Identifier: GPL-3.0-or-later
// CodeEditor: folding lines away and showing them again.
#include "ui/editor/codeeditor.h"

#include <algorithm>

namespace ui {

void CodeEditor::runFold(EditorCommand command)
{
    switch (command) {
    case EditorCommand::Fold:
        if (!foldAtCaret())
            wishFold({FoldWish::What::AtCaret});
        break;
    case EditorCommand::Unfold:
        unfoldAtCaret();
        break;
    case EditorCommand::FoldAll:
        foldAll();
        wishFold({FoldWish::What::All});
        break;
    default: {
        m_foldWish.reset();
        const TextView::Anchor place = anchor();
        m_folding.clear();
        m_view.show(0, m_buffer.lineCount() - 1);
        foldsChanged(place);
    }
    }
}

void CodeEditor::toggleFold(qsizetype line)
{
    m_foldWish.reset();
    if (m_folding.isFolded(line)) {
        const TextView::Anchor place = anchor();
        const auto opened = m_folding.open(line);
        hideAgain(opened->first + 1, opened->last);
        foldsChanged(place);
    } else if (!foldBeginning(line)) {
        wishFold({FoldWish::What::Begin, m_buffer.lineEnd(line)});
    }
}

bool CodeEditor::foldBeginning(qsizetype line)
{
    const auto fold = m_regions.foldAt(line);
    if (!fold)
        return false;
    const TextView::Anchor place = anchor();
    m_folding.add(*fold);
    m_view.hide(fold->first + 1, fold->last);
    foldsChanged(place);
    return true;
}

bool CodeEditor::foldAtCaret()
{
    // Where a region is folded already, the next key press folds the one around it.
    qsizetype line = m_buffer.lineOf(caret().head);
    auto fold = m_regions.foldAround(line);
    while (fold && m_folding.isFolded(fold->first) && fold->first > 0) {
        const auto outer = m_regions.foldAround(fold->first - 1);
        fold = outer && outer->last >= fold->first ? outer : std::nullopt;
    }
    return fold && !m_folding.isFolded(fold->first) && foldBeginning(fold->first);
}

void CodeEditor::wishFold(FoldWish wish)
{
    if (!m_highlighter.isSettled() && !m_highlighter.foldsByIndentation())
        m_foldWish = wish;
}

void CodeEditor::tryFoldWish()
{
    // Looking for the end of a region reads all lines up to it, which is too much for every slice of colouring.
    constexpr std::chrono::milliseconds kPause{100};
    const bool isLast = m_highlighter.isSettled();
    const auto now = std::chrono::steady_clock::now();
    if (!m_foldWish || (!isLast && (m_foldWish->what == FoldWish::What::All || now - m_foldWish->tried < kPause)))
        return;
    m_foldWish->tried = now;
    const FoldWish wish = *m_foldWish;
    bool isDone = true;
    if (wish.what == FoldWish::What::AtCaret)
        isDone = foldAtCaret();
    else if (wish.what == FoldWish::What::Begin)
        isDone = foldBeginning(m_buffer.lineOf(wish.index));
    else
        foldAll();
    if (isDone || isLast)
        m_foldWish.reset();
}

void CodeEditor::unfoldAtCaret()
{
    const qsizetype line = m_buffer.lineOf(caret().head);
    if (m_folding.isFolded(line))
        toggleFold(line);
}

void CodeEditor::foldAll()
{
    const TextView::Anchor place = anchor();
    // What was folded may be no region any more.
    m_view.show(0, m_buffer.lineCount() - 1);
    m_folding.set(m_regions.all());
    qsizetype behind = 0;
    for (const Fold &fold : m_folding.folds()) {
        if (fold.first < behind)
            continue;
        m_view.hide(fold.first + 1, fold.last);
        behind = fold.last + 1;
    }
    foldsChanged(place);
}

void CodeEditor::openFolds()
{
    if (m_folding.isEmpty())
        return;
    std::optional<TextView::Anchor> place;
    for (const Caret &caret : m_carets.all()) {
        const qsizetype line = m_buffer.lineOf(caret.head);
        if (!m_view.isHidden(line))
            continue;
        if (!place)
            place = anchor();
        if (const auto opened = m_folding.openAround(line))
            hideAgain(opened->first + 1, opened->last);
    }
    if (place)
        foldsChanged(*place);
}

void CodeEditor::moveFolds(const Folding::LineEdit &edit)
{
    if (m_folding.isEmpty() || (edit.removed == 0 && edit.added == 0))
        return;
    const std::vector<Fold> opened = m_folding.edited(edit);
    for (const Fold &fold : opened)
        hideAgain(fold.first, fold.last);
    hideAgain(edit.line, edit.line + edit.added);
}

//! Shows these lines, except those that a fold still hides.
void CodeEditor::hideAgain(qsizetype firstLine, qsizetype lastLine)
{
    lastLine = std::min(lastLine, m_buffer.lineCount() - 1);
    m_view.show(firstLine, lastLine);
    for (const Fold &fold : m_folding.folds()) {
        const qsizetype first = std::max(fold.first + 1, firstLine);
        const qsizetype last = std::min(fold.last, lastLine);
        if (first <= last)
            m_view.hide(first, last);
    }
}

void CodeEditor::foldsChanged(const TextView::Anchor &place)
{
    // No caret stays where nobody sees it: it goes to the end of the line that stands for its own.
    m_carets = m_carets.mapped([this](const Caret &caret) {
        const qsizetype end = m_buffer.lineEnd(m_view.lineShowing(caret.head));
        return m_view.isHidden(m_buffer.lineOf(caret.head)) ? Caret{end, end} : caret;
    });
    m_wantedX.clear();
    announceCarets();
    refreshScrollBars();
    putBack(place);
    refreshTicksSoon();
    viewport()->update();
}

// ---- remembering -------------------------------------------------------------------------------------------------

std::size_t CodeEditor::lineHash(qsizetype line) const
{
    constexpr qsizetype kEnough = 200;
    return qHash(m_buffer.text(m_buffer.lineStart(line), std::min(m_buffer.lineLength(line), kEnough)));
}

ViewState CodeEditor::viewState() const
{
    ViewState state;
    state.caretLine = m_buffer.lineOf(caret().head);
    state.caretColumn = caret().head - m_buffer.lineStart(state.caretLine);
    state.topLine = m_view.firstVisibleLine();
    for (const Fold &fold : m_folding.folds())
        state.folds.push_back({fold, lineHash(fold.first), lineHash(fold.last + 1)});
    return state;
}

void CodeEditor::restore(const ViewState &state)
{
    const qsizetype lines = m_buffer.lineCount();
    const auto start = [&](qsizetype line) { return m_buffer.lineStart(std::clamp<qsizetype>(line, 0, lines - 1)); };
    for (const ViewState::Remembered &one : state.folds) {
        const Fold &fold = one.fold;
        if (fold.last + 1 >= lines || lineHash(fold.first) != one.firstLine || lineHash(fold.last + 1) != one.lineBehind)
            continue;
        m_folding.add(fold);
        m_view.hide(fold.first + 1, fold.last);
    }
    foldsChanged({start(state.topLine), 0});
    const qsizetype line = std::clamp<qsizetype>(state.caretLine, 0, lines - 1);
    const qsizetype index = start(line) + std::min(state.caretColumn, m_buffer.lineLength(line));
    setCaret(index, index);
    putBack({start(state.topLine), 0});
}

std::optional<qsizetype> CodeEditor::foldMarkAt(const QPointF &point) const
{
    const qsizetype line = m_view.lineAt(point.y());
    const bool folded = m_view.isFolded(line);
    if (m_view.foldMark(line).contains(point) && (folded || m_regions.beginsAt(line)))
        return line;
    return folded && m_view.foldChip(line).contains(point) ? std::optional(line) : std::nullopt;
}

} // namespace ui
