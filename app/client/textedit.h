// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace client {

//! Replaces \a removed UTF-16 units at \a index by \a inserted. In a list each edit refers to the text as the ones before
//! it have left it.
struct TextEdit
{
    qsizetype index = 0;
    qsizetype removed = 0;
    QString inserted;
    friend bool operator==(const TextEdit &, const TextEdit &) = default;
};

using TextEdits = QList<TextEdit>;

//! Two ends of a selection in UTF-16 units; equal ends are a bare caret.
struct TextCaret
{
    qsizetype anchor = 0;
    qsizetype head = 0;
    friend bool operator==(const TextCaret &, const TextCaret &) = default;
};

//! The first one is the primary caret.
using TextCarets = QList<TextCaret>;

} // namespace client
