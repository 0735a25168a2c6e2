// SPDX-License-Identifier: GPL-3.0-or-later
// CodeEditor: one's own carets, where they go and who hears of it.
#include "ui/editor/codeeditor.h"

#include "ui/editor/accessibleeditor.h"
#include "ui/editor/occurrences.h"
#include "ui/editor/textboundaries.h"

#include <QHash>
#include <QScrollBar>

#include <algorithm>

namespace ui {

namespace {

constexpr std::chrono::milliseconds kBracketPatience{4};
constexpr std::chrono::milliseconds kJumpPatience{500};

} // namespace

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

void CodeEditor::placeCarets(const CaretSet &carets, std::optional<qsizetype> revealed)
{
    m_foldWish.reset();
    updateCarets(m_carets);
    m_carets = carets.clipped(m_buffer.length());
    openFolds();
    updateCarets(m_carets);
    if (revealed || !isSomeOtherCaretInSight())
        reveal(revealed.value_or(caret().head));
    restartBlink();
    announceCarets();
}

bool CodeEditor::isSomeOtherCaretInSight() const
{
    const auto inSight = [this](const Caret &caret) {
        const qsizetype line = m_buffer.lineOf(caret.head);
        return line >= m_view.firstVisibleLine() && line <= m_view.lastVisibleLine();
    };
    const qsizetype from = m_buffer.lineStart(m_view.firstVisibleLine());
    const qsizetype to = m_buffer.lineEnd(m_view.lastVisibleLine());
    return !inSight(caret()) && std::ranges::any_of(m_carets.touching(from, to), inSight);
}

void CodeEditor::moveByHand(const CaretSet &carets, std::optional<qsizetype> revealed)
{
    clearPreedit();
    m_wantedX.clear();
    placeCarets(carets, revealed);
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
        m_bracketsDue.start(0, this);
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
            // First to the row's start, then to the line's.
            const TextView::Row row = m_view.rowOf(caret.head);
            if (const qsizetype start = m_view.rowStart(row); row.row > 0 && caret.head != start)
                return start;
            const qsizetype line = m_buffer.lineOf(caret.head);
            const qsizetype nonBlank = boundaries::firstNonBlank(m_buffer, line);
            return caret.head == nonBlank ? m_buffer.lineStart(line) : nonBlank;
        });
        return true;
    case EditorCommand::MoveLineEnd:
        moveEach(selects, [this](const Caret &caret) {
            const qsizetype end = m_view.rowEnd(m_view.rowOf(caret.head));
            return caret.head == end ? m_buffer.lineEnd(m_buffer.lineOf(end)) : end;
        });
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
        const qsizetype page = std::max<qsizetype>(1, m_view.rowsPerPage() - 1);
        const qsizetype rows = command == EditorCommand::MovePageUp ? -page : page;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(rows) * m_view.lineHeight());
        moveVertically(rows, selects);
        return true;
    }
    default:
        return false;
    }
}

qsizetype CodeEditor::verticallyFrom(qsizetype index, qsizetype rows, qreal x) const
{
    const auto to = m_view.rowFrom(m_view.rowOf(index), rows);
    return to ? m_view.indexAtX(*to, x) : rows < 0 ? 0 : m_buffer.length();
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

void CodeEditor::moveVertically(qsizetype rows, bool selects)
{
    const QList<qreal> wanted = wantedX();
    QHash<qsizetype, qreal> wantedAt;
    auto x = wanted.cbegin();
    moveEach(selects, [&](const Caret &caret) {
        const qsizetype head = verticallyFrom(caret.head, rows, *x);
        wantedAt.insert(head, *x++);
        return head;
    });
    // At the ends of the text carets meet and become one; the others go on aiming where they did.
    for (const Caret &caret : m_carets.all())
        m_wantedX.append(wantedAt.value(caret.head));
}

// ---- several of them ---------------------------------------------------------------------------------------------

bool CodeEditor::runCarets(EditorCommand command)
{
    switch (command) {
    case EditorCommand::OneCaret:
        moveByHand(caret());
        return true;
    case EditorCommand::AddCaretAbove:
        addCarets(-1);
        return true;
    case EditorCommand::AddCaretBelow:
        addCarets(1);
        return true;
    case EditorCommand::SelectNextOccurrence:
        selectNextOccurrence();
        return true;
    case EditorCommand::SelectAllOccurrences:
        selectAllOccurrences();
        return true;
    case EditorCommand::BoxUp:
        extendBox(-1, 0);
        return true;
    case EditorCommand::BoxDown:
        extendBox(1, 0);
        return true;
    case EditorCommand::BoxLeft:
        extendBox(0, -1);
        return true;
    case EditorCommand::BoxRight:
        extendBox(0, 1);
        return true;
    case EditorCommand::GoToBracket:
        goToBracket();
        return true;
    default:
        return false;
    }
}

void CodeEditor::addCarets(qsizetype rows)
{
    const QList<qreal> wanted = wantedX();
    QHash<qsizetype, qreal> wantedAt;
    QList<Caret> carets = m_carets.all();
    qsizetype newest = caret().head;
    for (qsizetype i = 0; i < m_carets.count(); ++i) {
        const qsizetype head = m_carets.all()[i].head;
        wantedAt.insert(head, wanted[i]);
        const auto row = m_view.rowFrom(m_view.rowOf(head), rows);
        if (!row)
            continue;
        const qsizetype index = m_view.indexAtX(*row, wanted[i]);
        carets.append({index, index});
        wantedAt.insert(index, wanted[i]);
        if (rows > 0 || newest == caret().head)
            newest = index;
    }
    moveByHand(CaretSet(carets, m_carets.primaryIndex()), newest);
    for (const Caret &caret : m_carets.all())
        m_wantedX.append(wantedAt.value(caret.head));
}

CaretSet CodeEditor::withWords() const
{
    return m_carets.mapped([this](const Caret &caret) {
        const Caret word = caret.hasSelection() ? caret : boundaries::wordAt(m_buffer, caret.head);
        return boundaries::isWordUnit(m_buffer.at(word.begin())) ? word : caret;
    });
}

void CodeEditor::selectNextOccurrence()
{
    if (!std::ranges::all_of(m_carets.all(), &Caret::hasSelection)) {
        moveByHand(withWords());
        m_wordCarets = m_carets;
        return;
    }
    const bool isWord = m_wordCarets == m_carets;
    const Occurrence wanted{m_buffer.text(caret().begin(), caret().end() - caret().begin()), isWord};
    const std::optional<Caret> found = wanted.next(m_buffer, caret().end(), m_carets);
    if (!found)
        return;
    moveByHand(m_carets.with(*found, false), found->head);
    if (isWord)
        m_wordCarets = m_carets;
}

void CodeEditor::selectAllOccurrences()
{
    const bool isWord = !caret().hasSelection() || m_wordCarets == m_carets;
    const Caret here = caret().hasSelection() ? caret() : withWords().primary();
    const Occurrence wanted{m_buffer.text(here.begin(), here.end() - here.begin()), isWord};
    QList<Caret> found = wanted.all(m_buffer, CaretSet::kMaxCarets);
    if (found.isEmpty())
        return;
    // The one we are at counts even if an overlapping one was found before it.
    found.prepend(here);
    moveByHand(CaretSet(found, 0));
    if (isWord)
        m_wordCarets = m_carets;
}

// ---- a box of columns --------------------------------------------------------------------------------------------

void CodeEditor::extendBox(qsizetype rows, qsizetype columns)
{
    if (!m_box || m_boxCarets != m_carets)
        m_box = BoxSelection::around(boxText(), m_carets);
    m_box->extend(boxText(), rows, columns, m_carets);
    placeBox();
}

void CodeEditor::placeBox()
{
    moveByHand(m_box->carets(boxText()), m_box->headIndex(boxText()));
    m_boxCarets = m_carets;
}

// ---- brackets ----------------------------------------------------------------------------------------------------

BracketSearch CodeEditor::bracketSearch(std::chrono::milliseconds patience)
{
    struct Line
    {
        qsizetype number = -1;
        qsizetype start = 0;
        QList<Highlighter::Stretch> prose;
    };
    BracketSearch search;
    search.isCode = [this, line = Line()](qsizetype index) mutable {
        const qsizetype number = m_buffer.lineOf(index);
        if (number != line.number)
            line = {number, m_buffer.lineStart(number), m_highlighter.proseIn(number)};
        return std::ranges::none_of(line.prose, [column = index - line.start](const Highlighter::Stretch &stretch) {
            return column >= stretch.from && column < stretch.from + stretch.length;
        });
    };
    search.maySearchOn = [deadline = std::chrono::steady_clock::now() + patience] {
        return std::chrono::steady_clock::now() < deadline;
    };
    return search;
}

void CodeEditor::refreshBrackets()
{
    const auto update = [this] {
        for (const qsizetype at : m_brackets ? QList<qsizetype>{m_brackets->open, m_brackets->close} : QList<qsizetype>{})
            updateLines(m_buffer.lineOf(at), m_buffer.lineOf(at));
    };
    std::optional<BracketPair> pair;
    if (!m_carets.hasSelection())
        pair = bracketSearch(kBracketPatience).pairAt(m_buffer, caret().head);
    if (pair == m_brackets)
        return;
    update();
    m_brackets = pair;
    update();
}

void CodeEditor::goToBracket()
{
    const BracketSearch search = bracketSearch(kJumpPatience);
    const auto target = [&](qsizetype from) {
        const auto pair = search.pairAt(m_buffer, from);
        if (!pair)
            return from;
        // In front of one half goes in front of the other, so that the same key leads back.
        const bool isBehind = from == pair->open + 1 || from == pair->close + 1;
        const qsizetype here = from == pair->open || from == pair->open + 1 ? pair->open : pair->close;
        const qsizetype there = here == pair->open ? pair->close : pair->open;
        return isBehind && here + 1 == from ? there + 1 : there;
    };
    moveEach(false, [&](const Caret &caret) { return target(caret.head); });
}

} // namespace ui
