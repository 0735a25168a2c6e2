// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace ui {

class TextBuffer;

//! How a file indents: by tabs, or by \a width spaces. For tabs the width is how many columns one is shown as.
struct IndentStyle
{
    static constexpr int kDefaultWidth = 4;
    static constexpr int kMaxWidth = 16;

    bool usesTabs = false;
    int width = kDefaultWidth;

    //! One level of indentation.
    QString unit() const { return usesTabs ? QStringLiteral("\t") : QString(width, u' '); }

    friend bool operator==(const IndentStyle &, const IndentStyle &) = default;
};

//! What most of the first lines do; \a fallback when nothing is indented.
IndentStyle detectedIndent(const TextBuffer &buffer, const IndentStyle &fallback = {});

//! The column that the units of \a blanks reach when tabs stop every \a tabWidth columns.
int columnsOf(QStringView blanks, int tabWidth);

} // namespace ui
