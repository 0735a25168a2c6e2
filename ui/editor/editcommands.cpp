// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editcommands.h"

#include "ui/editor/linecommands.h"
#include "ui/editor/replacements.h"
#include "ui/editor/textboundaries.h"
#include "ui/editor/textbuffer.h"

#include <algorithm>

namespace ui::commands {

namespace {

//! What happens at one caret: [from, to) becomes \a text, and the caret stands \a caretAt units into that.
struct Change
{
    qsizetype from = 0;
    qsizetype to = 0;
    QString text;
    qsizetype caretAt = 0;
};

Change typed(const Caret &caret, const QString &text)
{
    return {caret.begin(), caret.end(), text, text.size()};
}

//! Joins what \a changeFor says for each caret.
template <typename ChangeFor>
EditPlan atEach(const CaretSet &carets, ChangeFor changeFor)
{
    Replacements replacements;
    QList<Caret> after;
    after.reserve(carets.count());
    qsizetype taken = 0;
    for (const Caret &caret : carets.all()) {
        const Change change = changeFor(caret);
        // Two carets in one word both remove the rest of it: what the first took is not there for the second.
        const qsizetype from = std::max(change.from, taken);
        const qsizetype to = std::max(change.to, from);
        const qsizetype at = from + replacements.growth() + change.caretAt;
        replacements.add(from, to - from, change.text);
        after.append({at, at});
        taken = to;
    }
    return {replacements.edits(), CaretSet(std::move(after), carets.primaryIndex())};
}

bool isOpening(QChar unit)
{
    return unit == u'{' || unit == u'(' || unit == u'[';
}

QChar closingFor(QChar opening)
{
    return opening == u'{' ? u'}' : opening == u'(' ? u')' : u']';
}

Change lineBreak(const TextBuffer &buffer, const Caret &caret, const IndentStyle &style)
{
    const qsizetype at = caret.begin();
    const QString blanks = leadingBlanks(buffer, buffer.lineOf(at), at);
    const QChar before = buffer.at(at - 1);
    if (!isOpening(before))
        return typed(caret, u'\n' + blanks);
    Change change = typed(caret, u'\n' + blanks + style.unit());
    if (buffer.at(caret.end()) == closingFor(before))
        change.text += u'\n' + blanks;
    return change;
}

//! Where Backspace starts to remove.
qsizetype backspaceFrom(const TextBuffer &buffer, qsizetype at, const IndentStyle &style)
{
    const qsizetype line = buffer.lineOf(at);
    const QString blanks = leadingBlanks(buffer, line, at);
    const bool inIndent = !blanks.isEmpty() && blanks.size() == at - buffer.lineStart(line);
    if (style.usesTabs || !inIndent || !blanks.endsWith(u' '))
        return boundaries::previousGrapheme(buffer, at);
    const int column = columnsOf(blanks, style.width);
    qsizetype taken = column % style.width == 0 ? style.width : column % style.width;
    qsizetype from = at;
    while (taken-- > 0 && from > buffer.lineStart(line) && buffer.at(from - 1) == u' ')
        --from;
    return from;
}

} // namespace

EditPlan insertText(const CaretSet &carets, const QString &text)
{
    return atEach(carets, [&text](const Caret &caret) { return typed(caret, text); });
}

EditPlan insertTexts(const CaretSet &carets, const QStringList &texts)
{
    Q_ASSERT(texts.size() == carets.count());
    auto text = texts.cbegin();
    return atEach(carets, [&text](const Caret &caret) { return typed(caret, *text++); });
}

EditPlan breakLine(const TextBuffer &buffer, const CaretSet &carets, const IndentStyle &style)
{
    return atEach(carets, [&](const Caret &caret) { return lineBreak(buffer, caret, style); });
}

EditPlan indent(const TextBuffer &buffer, const CaretSet &carets, const IndentStyle &style)
{
    const bool wholeLines = std::ranges::any_of(carets.all(), [&buffer](const Caret &caret) { return selectsLines(buffer, caret); });
    if (wholeLines)
        return indentLines(buffer, carets, style);
    return atEach(carets, [&](const Caret &caret) {
        if (style.usesTabs)
            return typed(caret, style.unit());
        const qsizetype start = buffer.lineStart(buffer.lineOf(caret.begin()));
        const int column = columnsOf(buffer.text(start, caret.begin() - start), style.width);
        return typed(caret, QString(style.width - column % style.width, u' '));
    });
}

EditPlan removeGrapheme(const TextBuffer &buffer, const CaretSet &carets, Direction direction, const IndentStyle &style)
{
    return atEach(carets, [&](const Caret &caret) -> Change {
        if (caret.hasSelection())
            return typed(caret, {});
        if (direction == Direction::Forward)
            return {caret.head, boundaries::nextGrapheme(buffer, caret.head), {}, 0};
        return {backspaceFrom(buffer, caret.head, style), caret.head, {}, 0};
    });
}

EditPlan removeWord(const TextBuffer &buffer, const CaretSet &carets, Direction direction)
{
    return atEach(carets, [&](const Caret &caret) -> Change {
        if (caret.hasSelection())
            return typed(caret, {});
        if (direction == Direction::Forward)
            return {caret.head, boundaries::nextWordEnd(buffer, caret.head), {}, 0};
        return {boundaries::previousWordStart(buffer, caret.head), caret.head, {}, 0};
    });
}

EditPlan dropText(const Caret &source, qsizetype target, const QString &text, bool move)
{
    if (!move)
        return {{{target, 0, text}}, Caret{target, target + text.size()}};
    if (target >= source.begin() && target <= source.end())
        return {{}, source};
    const qsizetype length = source.end() - source.begin();
    const qsizetype landing = target > source.begin() ? target - length : target;
    return {{{source.begin(), length, {}}, {landing, 0, text}}, Caret{landing, landing + text.size()}};
}

QString clipboardText(const TextBuffer &buffer, const CaretSet &carets)
{
    QString result;
    if (carets.hasSelection()) {
        bool isFirst = true;
        for (const Caret &caret : carets.all()) {
            if (!caret.hasSelection())
                continue;
            if (!std::exchange(isFirst, false))
                result += u'\n';
            result += buffer.text(caret.begin(), caret.end() - caret.begin());
        }
        return result;
    }
    qsizetype last = -1;
    for (const Caret &caret : carets.all()) {
        const qsizetype line = buffer.lineOf(caret.head);
        if (std::exchange(last, line) != line)
            result += buffer.line(line) + u'\n';
    }
    return result;
}

QStringList pastedTexts(const QString &text, qsizetype count)
{
    if (count > 1) {
        const QStringList lines = (text.endsWith(u'\n') ? text.chopped(1) : text).split(u'\n');
        if (lines.size() == count)
            return lines;
    }
    return QStringList(count, text);
}

} // namespace ui::commands
