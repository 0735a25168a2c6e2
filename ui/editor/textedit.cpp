// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/textedit.h"

namespace ui {

qsizetype movedBy(const TextEdit &edit, qsizetype position, Stick stick)
{
    if (position < edit.index)
        return position;
    if (position > edit.index + edit.removed)
        return position - edit.removed + edit.inserted.size();
    // The end of a replaced range stands behind its replacement, the start in front of it.
    const bool atEndOfRemoved = edit.removed > 0 && position == edit.index + edit.removed;
    if (atEndOfRemoved || (stick == Stick::After && position == edit.index && edit.removed == 0))
        return edit.index + edit.inserted.size();
    return edit.index;
}

Caret movedBy(const TextEdit &edit, const Caret &caret)
{
    if (!caret.hasSelection()) {
        const qsizetype position = movedBy(edit, caret.head, Stick::Before);
        return {position, position};
    }
    const qsizetype begin = movedBy(edit, caret.begin(), Stick::After);
    const qsizetype end = qMax(begin, movedBy(edit, caret.end(), Stick::Before));
    return caret.anchor < caret.head ? Caret{begin, end} : Caret{end, begin};
}

QString cleanedInput(const QString &text)
{
    QString result = text;
    result.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    result.replace(u'\r', u'\n');
    result.replace(QChar::ParagraphSeparator, u'\n');
    result.replace(QChar::LineSeparator, u'\n');
    for (qsizetype at = 0; at < result.size(); ++at) {
        if (!std::as_const(result)[at].isSurrogate())
            continue;
        const bool isPair = std::as_const(result)[at].isHighSurrogate() && at + 1 < result.size()
            && std::as_const(result)[at + 1].isLowSurrogate();
        if (isPair)
            ++at;
        else
            result[at] = QChar::ReplacementCharacter;
    }
    return result;
}

} // namespace ui
