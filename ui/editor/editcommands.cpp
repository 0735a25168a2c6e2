// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editcommands.h"

#include "ui/editor/textboundaries.h"
#include "ui/editor/textbuffer.h"

namespace ui::commands {

namespace {

Caret caretAt(qsizetype index)
{
    return {index, index};
}

EditPlan removal(qsizetype from, qsizetype to)
{
    if (from == to)
        return {{}, caretAt(from)};
    return {{{from, to - from, {}}}, caretAt(from)};
}

struct LineRange
{
    qsizetype first = 0;
    qsizetype last = 0;
};

//! The lines a selection touches; one that ends at a line's start does not touch that line.
LineRange touchedLines(const TextBuffer &buffer, const Caret &caret)
{
    LineRange range{buffer.lineOf(caret.begin()), buffer.lineOf(caret.end())};
    if (range.last > range.first && buffer.lineStart(range.last) == caret.end())
        --range.last;
    return range;
}

QString leadingBlanks(const TextBuffer &buffer, qsizetype line, qsizetype upTo)
{
    const qsizetype start = buffer.lineStart(line);
    return buffer.text(start, qMin(boundaries::firstNonBlank(buffer, line), upTo) - start);
}

bool isOpening(QChar unit)
{
    return unit == u'{' || unit == u'(' || unit == u'[';
}

QChar closingFor(QChar opening)
{
    return opening == u'{' ? u'}' : opening == u'(' ? u')' : u']';
}

//! Edits made from the last line to the first do not disturb each other's indexes.
EditPlan withCaretMoved(QList<TextEdit> edits, const Caret &caret)
{
    Caret moved = caret;
    for (const TextEdit &edit : std::as_const(edits)) {
        moved.anchor = movedBy(edit, moved.anchor, Stick::After);
        moved.head = movedBy(edit, moved.head, Stick::After);
    }
    return {std::move(edits), moved};
}

} // namespace

EditPlan insertText(const Caret &caret, const QString &text)
{
    if (text.isEmpty() && !caret.hasSelection())
        return {{}, caret};
    return {{{caret.begin(), caret.end() - caret.begin(), text}}, caretAt(caret.begin() + text.size())};
}

EditPlan breakLine(const TextBuffer &buffer, const Caret &caret, const IndentStyle &style)
{
    const qsizetype at = caret.begin();
    const QString blanks = leadingBlanks(buffer, buffer.lineOf(at), at);
    const QChar before = buffer.at(at - 1);
    if (!isOpening(before))
        return insertText(caret, u'\n' + blanks);
    const QString deeper = QString(u'\n' + blanks + style.unit());
    EditPlan plan = insertText(caret, deeper);
    if (buffer.at(caret.end()) == closingFor(before))
        plan.edits.first().inserted += u'\n' + blanks;
    return plan;
}

EditPlan indent(const TextBuffer &buffer, const Caret &caret, const IndentStyle &style)
{
    const LineRange lines = touchedLines(buffer, caret);
    const bool wholeLines = caret.hasSelection()
        && (lines.first != lines.last
            || (caret.begin() == buffer.lineStart(lines.first) && caret.end() >= buffer.lineEnd(lines.first)));
    if (!wholeLines) {
        if (style.usesTabs)
            return insertText(caret, style.unit());
        const qsizetype start = buffer.lineStart(buffer.lineOf(caret.begin()));
        const int column = columnsOf(buffer.text(start, caret.begin() - start), style.width);
        return insertText(caret, QString(style.width - column % style.width, u' '));
    }
    QList<TextEdit> edits;
    for (qsizetype line = lines.last; line >= lines.first; --line) {
        if (buffer.lineLength(line) > 0)
            edits.append({buffer.lineStart(line), 0, style.unit()});
    }
    // A selection that starts with the line keeps starting with it, so that a second Tab indents the same lines.
    const bool fromStart = caret.begin() == buffer.lineStart(lines.first);
    EditPlan plan = withCaretMoved(edits, caret);
    if (fromStart)
        (plan.caret.anchor < plan.caret.head ? plan.caret.anchor : plan.caret.head) = caret.begin();
    return plan;
}

EditPlan unindent(const TextBuffer &buffer, const Caret &caret, const IndentStyle &style)
{
    const LineRange lines = touchedLines(buffer, caret);
    QList<TextEdit> edits;
    for (qsizetype line = lines.last; line >= lines.first; --line) {
        const qsizetype start = buffer.lineStart(line);
        const QString blanks = leadingBlanks(buffer, line, buffer.lineEnd(line)).left(style.width);
        const qsizetype tab = blanks.indexOf(u'\t');
        const qsizetype taken = tab >= 0 ? tab + 1 : blanks.size();
        if (taken > 0)
            edits.append({start, taken, {}});
    }
    return withCaretMoved(edits, caret);
}

EditPlan removeGrapheme(const TextBuffer &buffer, const Caret &caret, Direction direction, const IndentStyle &style)
{
    if (caret.hasSelection())
        return removal(caret.begin(), caret.end());
    const qsizetype at = caret.head;
    if (direction == Direction::Forward)
        return removal(at, boundaries::nextGrapheme(buffer, at));
    const qsizetype line = buffer.lineOf(at);
    const QString blanks = leadingBlanks(buffer, line, at);
    const bool inIndent = !blanks.isEmpty() && blanks.size() == at - buffer.lineStart(line);
    if (!style.usesTabs && inIndent && blanks.endsWith(u' ')) {
        const int column = columnsOf(blanks, style.width);
        qsizetype taken = column % style.width == 0 ? style.width : column % style.width;
        qsizetype from = at;
        while (taken-- > 0 && from > buffer.lineStart(line) && buffer.at(from - 1) == u' ')
            --from;
        return removal(from, at);
    }
    return removal(boundaries::previousGrapheme(buffer, at), at);
}

EditPlan removeWord(const TextBuffer &buffer, const Caret &caret, Direction direction)
{
    if (caret.hasSelection())
        return removal(caret.begin(), caret.end());
    if (direction == Direction::Forward)
        return removal(caret.head, boundaries::nextWordEnd(buffer, caret.head));
    return removal(boundaries::previousWordStart(buffer, caret.head), caret.head);
}

EditPlan removeLines(const TextBuffer &buffer, const Caret &caret)
{
    const LineRange lines = touchedLines(buffer, caret);
    qsizetype from = buffer.lineStart(lines.first);
    const qsizetype to = buffer.lineStart(lines.last + 1);
    // The last line has no line feed of its own; without taking the one before it an empty line would stay behind.
    if (lines.last + 1 == buffer.lineCount() && lines.first > 0)
        --from;
    EditPlan plan = removal(from, to);
    if (lines.last + 1 == buffer.lineCount() && lines.first > 0)
        plan.caret = caretAt(buffer.lineStart(lines.first - 1));
    return plan;
}

EditPlan moveLines(const TextBuffer &buffer, const Caret &caret, Direction direction)
{
    const LineRange lines = touchedLines(buffer, caret);
    const bool up = direction == Direction::Backward;
    if (up ? lines.first == 0 : lines.last + 1 >= buffer.lineCount())
        return {{}, caret};
    // The neighbour jumps over the block, so the block's own characters, and everybody's carets in it, are not touched.
    const qsizetype neighbour = up ? lines.first - 1 : lines.last + 1;
    const QString text = buffer.line(neighbour);
    const qsizetype blockStart = buffer.lineStart(lines.first);
    const qsizetype blockEnd = buffer.lineEnd(lines.last);
    const qsizetype width = text.size() + 1;
    if (up) {
        const qsizetype start = buffer.lineStart(neighbour);
        return {{{start, width, {}}, {blockEnd - width, 0, u'\n' + text}}, {caret.anchor - width, caret.head - width}};
    }
    return {{{blockEnd, width, {}}, {blockStart, 0, text + u'\n'}}, {caret.anchor + width, caret.head + width}};
}

EditPlan dropText(const Caret &source, qsizetype target, const QString &text, bool move)
{
    if (!move)
        return {{{target, 0, text}}, {target, target + text.size()}};
    if (target >= source.begin() && target <= source.end())
        return {{}, source};
    const qsizetype length = source.end() - source.begin();
    const qsizetype landing = target > source.begin() ? target - length : target;
    return {{{source.begin(), length, {}}, {landing, 0, text}}, {landing, landing + text.size()}};
}

QString clipboardText(const TextBuffer &buffer, const Caret &caret)
{
    if (caret.hasSelection())
        return buffer.text(caret.begin(), caret.end() - caret.begin());
    return buffer.line(buffer.lineOf(caret.head)) + u'\n';
}

} // namespace ui::commands
