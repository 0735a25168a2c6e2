// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace ui {

//! One replacement in a text. Positions are UTF-16 code units of the state right before this edit, so a list of edits
//! is applied from front to back and each entry already counts what the earlier ones did.
struct TextEdit
{
    qsizetype index = 0;
    qsizetype removed = 0;
    QString inserted;

    friend bool operator==(const TextEdit &, const TextEdit &) = default;
};

//! The two ends of a selection; \a head is where the caret blinks. Equal ends: no selection.
struct Caret
{
    qsizetype anchor = 0;
    qsizetype head = 0;

    qsizetype begin() const { return qMin(anchor, head); }
    qsizetype end() const { return qMax(anchor, head); }
    bool hasSelection() const { return anchor != head; }

    friend bool operator==(const Caret &, const Caret &) = default;
};

//! On which side of text inserted exactly at a position that position stays.
enum class Stick { Before, After };

//! Where \a position stands after \a edit. A position inside the removed range goes to its start.
qsizetype movedBy(const TextEdit &edit, qsizetype position, Stick stick);

//! Where one's own caret stands after somebody else's \a edit: text arriving at an end never extends the selection,
//! and text arriving at a bare caret leaves it in front, so that one's next letter continues one's own word.
Caret movedBy(const TextEdit &edit, const Caret &caret);

//! What may enter a document from a keyboard, a clipboard or an input method: CR LF, CR and the separators that Qt makes
//! (U+2028, U+2029) become LF, halves of surrogate pairs U+FFFD, for neither can be shared.
QString cleanedInput(const QString &text);

} // namespace ui
