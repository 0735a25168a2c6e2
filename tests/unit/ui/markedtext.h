// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/caretset.h"
#include "ui/editor/textbuffer.h"

#include <QString>

//! \a text with every caret as '|' and the other end of a selection as '^'.
inline QString markedText(const QString &text, const ui::CaretSet &carets)
{
    QString result = text;
    const QList<ui::Caret> &all = carets.all();
    for (auto caret = all.crbegin(); caret != all.crend(); ++caret) {
        result.insert(caret->end(), caret->end() == caret->head ? u'|' : u'^');
        if (caret->hasSelection())
            result.insert(caret->begin(), caret->begin() == caret->head ? u'|' : u'^');
    }
    return result;
}

struct ParsedText
{
    QString text;
    ui::CaretSet carets;
};

//! The other way round; the first caret is the primary one. A '^' belongs to the '|' behind it; only where none follows,
//! to the one in front.
inline ParsedText parsedText(const QString &marked)
{
    ParsedText result;
    QList<ui::Caret> carets;
    qsizetype anchor = -1;
    bool lastIsBare = false;
    for (const QChar unit : marked) {
        const qsizetype at = result.text.size();
        if (unit == u'|') {
            carets.append({anchor < 0 ? at : anchor, at});
            lastIsBare = anchor < 0;
            anchor = -1;
        } else if (unit == u'^') {
            anchor = at;
        } else {
            result.text += unit;
        }
    }
    // A '^' that no '|' follows is the far end of the last one.
    if (anchor >= 0 && lastIsBare)
        carets.last().anchor = anchor;
    result.carets = ui::CaretSet(carets);
    return result;
}
