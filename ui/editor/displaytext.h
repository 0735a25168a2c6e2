// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace ui {

//! What is painted for a stretch of text. Characters that nobody can see, or that reorder what is seen, are replaced by
//! visible marks: control pictures (NUL to US, DEL) and boxed code points (bidi controls, zero-width characters, fillers,
//! lone surrogates). So the order on the screen is the order in the file, whatever the text tries.
class DisplayText
{
public:
    //! A stretch whose painted form differs from its source. Columns are UTF-16 units from the stretch's start.
    struct Mark
    {
        qsizetype source = 0;
        qsizetype sourceLength = 0;
        qsizetype display = 0;
        qsizetype displayLength = 0;
    };

    DisplayText() = default;
    //! \a before is the unit that stands in front of the stretch, or null at the start of a line.
    explicit DisplayText(QStringView source, QChar before = {});

    //! Shows \a preedit at \a sourceColumn although it is not part of the text.
    void insertPreedit(qsizetype sourceColumn, const QString &preedit);

    const QString &text() const { return m_text; }
    const std::vector<Mark> &marks() const { return m_marks; }
    qsizetype sourceLength() const { return m_sourceLength; }

    //! A column inside a mark maps to the mark's start.
    qsizetype toDisplay(qsizetype sourceColumn) const;
    //! The nearer end of a mark when the display column lies inside one.
    qsizetype toSource(qsizetype displayColumn) const;

private:
    std::vector<Mark> m_marks;
    QString m_text;
    qsizetype m_sourceLength = 0;
};

//! \a text for one line of chrome: marks as above, line ends as pictures, at most \a maxGraphemes and then an ellipsis.
//! For names that other people chose.
QString visibleText(QStringView text, qsizetype maxGraphemes);

} // namespace ui
