// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/gotoline.h"

#include "ui/editor/codeeditor.h"
#include "ui/editor/textboundaries.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

namespace ui {

std::optional<LinePlace> linePlace(QStringView text)
{
    text = text.trimmed();
    if (text.startsWith(u':'))
        text = text.mid(1);
    const qsizetype colon = text.indexOf(u':');
    const QStringView column = colon < 0 ? QStringView() : text.mid(colon + 1);
    bool lineIsNumber = false;
    bool columnIsNumber = true;
    LinePlace place;
    place.line = text.left(colon < 0 ? text.size() : colon).toLongLong(&lineIsNumber);
    if (!column.isEmpty())
        place.column = column.toLongLong(&columnIsNumber);
    if (!lineIsNumber || !columnIsNumber || place.line < 1 || place.column < 1)
        return std::nullopt;
    return place;
}

GoToLine::GoToLine(CodeEditor &editor, QWidget *parent)
    : QWidget(parent), m_editor(editor), m_field(new QLineEdit(this)), m_hint(new QLabel(this))
{
    setObjectName(QStringLiteral("goToLine"));
    setAccessibleName(tr("Go to line"));
    setAutoFillBackground(true);
    m_field->setObjectName(QStringLiteral("goToLineField"));
    m_field->setAccessibleName(tr("Line, or line:column"));
    m_field->setPlaceholderText(tr("Line, or line:column"));
    m_field->setFixedWidth(180);
    m_field->setMaxLength(40);
    m_hint->setObjectName(QStringLiteral("goToLineHint"));
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(8);
    row->addWidget(m_field);
    row->addWidget(m_hint, 1);
    connect(m_field, &QLineEdit::textChanged, this, &GoToLine::refreshHint);
    connect(m_field, &QLineEdit::returnPressed, this, &GoToLine::go);
    hide();
}

void GoToLine::open()
{
    m_field->clear();
    refreshHint();
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_editor.reveal(m_editor.caret().head);
}

void GoToLine::close()
{
    hide();
    m_editor.setFocus(Qt::OtherFocusReason);
}

void GoToLine::refreshHint()
{
    const bool mistaken = !m_field->text().isEmpty() && !linePlace(m_field->text());
    const QString lines = QLocale().toString(static_cast<qlonglong>(m_editor.buffer().lineCount()));
    m_hint->setText(mistaken ? tr("Type a number, or two as in 12:5") : tr("of %1 lines").arg(lines));
}

void GoToLine::go()
{
    const auto place = linePlace(m_field->text());
    if (!place)
        return;
    const TextBuffer &buffer = m_editor.buffer();
    const qsizetype line = std::min(place->line, buffer.lineCount()) - 1;
    const qsizetype start = buffer.lineStart(line);
    const qsizetype index = start + std::min(place->column - 1, buffer.lineEnd(line) - start);
    const qsizetype caret = boundaries::atGrapheme(buffer, index);
    hide();
    m_editor.setCaret(caret, caret);
    m_editor.setFocus(Qt::OtherFocusReason);
}

void GoToLine::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
