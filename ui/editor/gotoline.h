// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;

namespace ui {

class CodeEditor;

//! A place as people write it: "12", "12:5", ":12". Counted from 1; a missing column is 1.
struct LinePlace
{
    qsizetype line = 1;
    qsizetype column = 1;
    friend bool operator==(const LinePlace &, const LinePlace &) = default;
};

//! Nothing when \a text is not a place.
std::optional<LinePlace> linePlace(QStringView text);

//! The field that takes the caret to a line and column.
class GoToLine final : public QWidget
{
    Q_OBJECT

public:
    //! \a editor must outlive the field.
    explicit GoToLine(CodeEditor &editor, QWidget *parent = nullptr);

    void open();
    void close();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void go();
    void refreshHint();

    CodeEditor &m_editor;
    QLineEdit *m_field;
    QLabel *m_hint;
};

} // namespace ui
