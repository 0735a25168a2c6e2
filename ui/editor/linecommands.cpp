// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/linecommands.h"

#include "ui/editor/replacements.h"
#include "ui/editor/textboundaries.h"
#include "ui/editor/textbuffer.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace ui::commands {

namespace {

struct Block
{
    qsizetype first = 0;
    qsizetype last = 0;
};

Block linesOf(const TextBuffer &buffer, const Caret &caret)
{
    Block block{buffer.lineOf(caret.begin()), buffer.lineOf(caret.end())};
    if (block.last > block.first && buffer.lineStart(block.last) == caret.end())
        --block.last;
    return block;
}

//! The lines of all carets, ascending; neighbours are one block.
std::vector<Block> blocksOf(const TextBuffer &buffer, const CaretSet &carets)
{
    std::vector<Block> blocks;
    for (const Caret &caret : carets.all()) {
        const Block block = linesOf(buffer, caret);
        if (!blocks.empty() && block.first <= blocks.back().last + 1)
            blocks.back().last = std::max(blocks.back().last, block.last);
        else
            blocks.push_back(block);
    }
    return blocks;
}

template <typename Visit>
void forEachLine(const TextBuffer &buffer, const CaretSet &carets, Visit visit)
{
    for (const Block &block : blocksOf(buffer, carets)) {
        for (qsizetype line = block.first; line <= block.last; ++line)
            visit(line);
    }
}

EditPlan planOf(const Replacements &replacements, const CaretSet &carets)
{
    return {replacements.edits(), replacements.moved(carets)};
}

//! \a carets with each end moved by what \a shiftOf says for the block that the caret is in.
template <typename ShiftOf>
CaretSet shifted(const TextBuffer &buffer, const CaretSet &carets, const std::vector<Block> &blocks, ShiftOf shiftOf)
{
    std::size_t at = 0;
    return carets.mapped([&](const Caret &caret) {
        const qsizetype line = linesOf(buffer, caret).first;
        while (line > blocks[at].last)
            ++at;
        const qsizetype shift = shiftOf(at);
        return Caret{caret.anchor + shift, caret.head + shift};
    });
}

} // namespace

QString leadingBlanks(const TextBuffer &buffer, qsizetype line, qsizetype upTo)
{
    const qsizetype start = buffer.lineStart(line);
    return buffer.text(start, std::min(boundaries::firstNonBlank(buffer, line), upTo) - start);
}

bool selectsLines(const TextBuffer &buffer, const Caret &caret)
{
    const Block lines = linesOf(buffer, caret);
    return caret.hasSelection()
        && (lines.first != lines.last
            || (caret.begin() == buffer.lineStart(lines.first) && caret.end() >= buffer.lineEnd(lines.first)));
}

EditPlan indentLines(const TextBuffer &buffer, const CaretSet &carets, const IndentStyle &style)
{
    Replacements replacements;
    forEachLine(buffer, carets, [&](qsizetype line) {
        if (buffer.lineLength(line) > 0)
            replacements.add(buffer.lineStart(line), 0, style.unit());
    });
    return planOf(replacements, carets);
}

EditPlan unindentLines(const TextBuffer &buffer, const CaretSet &carets, const IndentStyle &style)
{
    Replacements replacements;
    forEachLine(buffer, carets, [&](qsizetype line) {
        const QString blanks = leadingBlanks(buffer, line, buffer.lineEnd(line)).left(style.width);
        const qsizetype tab = blanks.indexOf(u'\t');
        replacements.add(buffer.lineStart(line), tab >= 0 ? tab + 1 : blanks.size(), {});
    });
    return planOf(replacements, carets);
}

EditPlan removeLines(const TextBuffer &buffer, const CaretSet &carets)
{
    const std::vector<Block> blocks = blocksOf(buffer, carets);
    Replacements replacements;
    for (const Block &block : blocks) {
        qsizetype from = buffer.lineStart(block.first);
        // The last line has no line feed of its own; without taking the one before it an empty line would stay behind.
        if (block.last + 1 == buffer.lineCount() && block.first > 0)
            --from;
        replacements.add(from, buffer.lineStart(block.last + 1) - from, {});
    }
    // Behind the end there is no line to stand on but the one above.
    const bool takesLast = blocks.back().last + 1 == buffer.lineCount();
    const qsizetype length = buffer.length() + replacements.growth();
    const qsizetype above = buffer.lineStart(std::max<qsizetype>(0, blocks.back().first - 1));
    const CaretSet after = carets.mapped([&](const Caret &caret) {
        qsizetype at = replacements.moved(caret.begin(), Stick::After);
        if (takesLast && at == length)
            at = replacements.moved(above, Stick::Before);
        return Caret{at, at};
    });
    return {replacements.edits(), after};
}

EditPlan moveLines(const TextBuffer &buffer, const CaretSet &carets, Direction direction)
{
    // The neighbour jumps over the block, so the block's own characters, and everybody's carets in it, are not touched.
    const bool up = direction == Direction::Backward;
    const std::vector<Block> blocks = blocksOf(buffer, carets);
    Replacements replacements;
    std::vector<qsizetype> shifts;
    for (const Block &block : blocks) {
        const bool isAtEdge = up ? block.first == 0 : block.last + 1 >= buffer.lineCount();
        const qsizetype neighbour = up ? block.first - 1 : block.last + 1;
        const QString text = isAtEdge ? QString() : buffer.line(neighbour);
        shifts.push_back(isAtEdge ? 0 : up ? -(text.size() + 1) : text.size() + 1);
        if (isAtEdge)
            continue;
        if (up) {
            replacements.add(buffer.lineStart(neighbour), text.size() + 1, {});
            replacements.add(buffer.lineEnd(block.last), 0, u'\n' + text);
        } else {
            replacements.add(buffer.lineStart(block.first), 0, text + u'\n');
            replacements.add(buffer.lineEnd(block.last), text.size() + 1, {});
        }
    }
    return {replacements.edits(), shifted(buffer, carets, blocks, [&shifts](std::size_t block) { return shifts[block]; })};
}

EditPlan duplicateLines(const TextBuffer &buffer, const CaretSet &carets, Direction direction)
{
    const std::vector<Block> blocks = blocksOf(buffer, carets);
    Replacements replacements;
    std::vector<qsizetype> shifts;
    for (const Block &block : blocks) {
        const qsizetype from = buffer.lineStart(block.first);
        const qsizetype to = buffer.lineEnd(block.last);
        const QString text = buffer.text(from, to - from);
        const qsizetype before = replacements.growth();
        // The copy goes where the carets are not: everybody else's carets stay with the lines that were there first.
        if (direction == Direction::Forward)
            replacements.add(from, 0, text + u'\n');
        else
            replacements.add(to, 0, u'\n' + text);
        shifts.push_back(direction == Direction::Forward ? replacements.growth() : before);
    }
    return {replacements.edits(), shifted(buffer, carets, blocks, [&shifts](std::size_t block) { return shifts[block]; })};
}

namespace {

bool isBlankLine(const TextBuffer &buffer, qsizetype line)
{
    return boundaries::firstNonBlank(buffer, line) == buffer.lineEnd(line);
}

//! True if \a mark stands at \a index.
bool standsAt(const TextBuffer &buffer, qsizetype index, const QString &mark)
{
    return index >= 0 && buffer.text(index, mark.size()) == mark;
}

//! The lines to work on: those with something in them, or all when none has.
std::vector<qsizetype> commentedLines(const TextBuffer &buffer, const CaretSet &carets)
{
    std::vector<qsizetype> lines;
    forEachLine(buffer, carets, [&](qsizetype line) { lines.push_back(line); });
    std::vector<qsizetype> filled;
    std::ranges::copy_if(lines, std::back_inserter(filled), [&](qsizetype line) { return !isBlankLine(buffer, line); });
    return filled.empty() ? lines : filled;
}

Replacements toggledLines(const TextBuffer &buffer, const CaretSet &carets, const CommentMarks &marks, const IndentStyle &style)
{
    const std::vector<qsizetype> lines = commentedLines(buffer, carets);
    const auto markPlace = [&](qsizetype line) {
        return marks.atLineStart ? buffer.lineStart(line) : boundaries::firstNonBlank(buffer, line);
    };
    Replacements replacements;
    if (std::ranges::all_of(lines, [&](qsizetype line) { return standsAt(buffer, markPlace(line), marks.line); })) {
        for (const qsizetype line : lines) {
            const qsizetype at = markPlace(line);
            const bool takesBlank = buffer.at(at + marks.line.size()) == u' ';
            replacements.add(at, marks.line.size() + (takesBlank ? 1 : 0), {});
        }
        return replacements;
    }
    // One column for all of them, so that what is indented deeper stays so behind the marks.
    int column = std::numeric_limits<int>::max();
    for (const qsizetype line : lines)
        column = std::min(column, marks.atLineStart ? 0 : columnsOf(leadingBlanks(buffer, line, buffer.lineEnd(line)), style.width));
    for (const qsizetype line : lines) {
        const QString blanks = leadingBlanks(buffer, line, buffer.lineEnd(line));
        qsizetype at = 0;
        while (at < blanks.size() && columnsOf(QStringView(blanks).first(at + 1), style.width) <= column)
            ++at;
        replacements.add(buffer.lineStart(line) + at, 0, marks.line + u' ');
    }
    return replacements;
}

//! The last place behind something other than blanks.
qsizetype behindText(const TextBuffer &buffer, qsizetype line)
{
    qsizetype at = buffer.lineEnd(line);
    while (at > buffer.lineStart(line) && (buffer.at(at - 1) == u' ' || buffer.at(at - 1) == u'\t'))
        --at;
    return at;
}

struct Stretch
{
    qsizetype from = 0;
    qsizetype to = 0;
};

//! The part of \a text that is not in block comments, without the blanks around it, and the comments that are whole in it.
//! Block comments do not nest: the first closing mark ends one, whether it began in \a text or in front of it.
struct CommentParts
{
    CommentParts(const QString &text, const CommentMarks &marks)
    {
        qsizetype at = 0;
        qsizetype open = text.indexOf(marks.open);
        while (true) {
            const qsizetype close = text.indexOf(marks.close, at);
            if (open >= 0 && open < at)
                open = text.indexOf(marks.open, at);
            if (close >= 0 && (open < 0 || close < open)) {
                code.clear();   // all so far was in a comment that began further up
                at = close + marks.close.size();
                continue;
            }
            const qsizetype end = open < 0 ? -1 : text.indexOf(marks.close, open + marks.open.size());
            addCode(text, at, end < 0 ? text.size() : open);
            if (end < 0)
                return;
            at = end + marks.close.size();
            comments.push_back({open, at});
        }
    }

    std::vector<Stretch> code;
    std::vector<Stretch> comments;

private:
    void addCode(const QString &text, qsizetype from, qsizetype to)
    {
        while (from < to && text[from].isSpace())
            ++from;
        while (from < to && text[to - 1].isSpace())
            --to;
        if (from < to)
            code.push_back({from, to});
    }
};

void takeMarksAway(const TextBuffer &buffer, const Stretch &comment, const CommentMarks &marks, Replacements &replacements)
{
    const qsizetype text = comment.from + marks.open.size();
    const qsizetype textEnd = comment.to - marks.close.size();
    const bool blankBefore = text < textEnd && buffer.at(text) == u' ';
    const bool blankBehind = text + (blankBefore ? 1 : 0) < textEnd && buffer.at(textEnd - 1) == u' ';
    replacements.add(comment.from, marks.open.size() + (blankBefore ? 1 : 0), {});
    replacements.add(textEnd - (blankBehind ? 1 : 0), marks.close.size() + (blankBehind ? 1 : 0), {});
}

Replacements toggledBlocks(const TextBuffer &buffer, const CaretSet &carets, const CommentMarks &marks)
{
    std::vector<Stretch> code;
    std::vector<Stretch> comments;
    for (Block block : blocksOf(buffer, carets)) {
        while (block.first < block.last && isBlankLine(buffer, block.first))
            ++block.first;
        while (block.first < block.last && isBlankLine(buffer, block.last))
            --block.last;
        const qsizetype from = boundaries::firstNonBlank(buffer, block.first);
        const qsizetype to = std::max(from, behindText(buffer, block.last));
        const CommentParts parts(buffer.text(from, to - from), marks);
        const auto inBuffer = [from](const Stretch &part) { return Stretch{from + part.from, from + part.to}; };
        std::ranges::transform(parts.code, std::back_inserter(code), inBuffer);
        std::ranges::transform(parts.comments, std::back_inserter(comments), inBuffer);
        if (from == to)
            code.push_back({from, to});   // a place to begin a comment in
    }
    Replacements replacements;
    for (const Stretch &part : code) {
        replacements.add(part.from, 0, marks.open + u' ');
        replacements.add(part.to, 0, u' ' + marks.close);
    }
    // With nothing left to be made a comment, the marks go.
    for (const Stretch &comment : code.empty() ? comments : std::vector<Stretch>())
        takeMarksAway(buffer, comment, marks, replacements);
    return replacements;
}

} // namespace

EditPlan toggleComment(const TextBuffer &buffer, const CaretSet &carets, const CommentMarks &marks, const IndentStyle &style)
{
    const bool byBlock = marks.line.isEmpty();
    if (byBlock && (marks.open.isEmpty() || marks.close.isEmpty()))
        return {{}, carets};
    const Replacements replacements = byBlock ? toggledBlocks(buffer, carets, marks) : toggledLines(buffer, carets, marks, style);
    EditPlan plan = planOf(replacements, carets);
    if (!byBlock || carets.hasSelection())
        return plan;
    // Behind the text is in front of the closing mark: one goes on typing inside the comment.
    plan.carets = carets.mapped([&](const Caret &caret) {
        const qsizetype line = buffer.lineOf(caret.head);
        const bool opens = !isBlankLine(buffer, line) && caret.head == boundaries::firstNonBlank(buffer, line);
        const qsizetype at = replacements.moved(caret.head, opens ? Stick::After : Stick::Before);
        return Caret{at, at};
    });
    return plan;
}

} // namespace ui::commands
