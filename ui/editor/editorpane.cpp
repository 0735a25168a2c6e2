// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorpane.h"

#include "ui/editor/codeeditor.h"
#include "ui/editor/findbar.h"
#include "ui/editor/gotoline.h"

#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

namespace {

//! The line between the text and the bar below it.
class BarEdge final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), Theme::color(Role::Hairline)); }
};

} // namespace

EditorPane::EditorPane(const Languages &languages, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_editor(new CodeEditor(languages, clock, this)), m_findBar(new FindBar(*m_editor, this)),
      m_goToLine(new GoToLine(*m_editor, this))
{
    setObjectName(QStringLiteral("editorPane"));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_editor, 1);
    m_edge = new BarEdge(this);
    m_edge->setFixedHeight(1);
    m_edge->hide();
    column->addWidget(m_edge);
    column->addWidget(m_findBar);
    column->addWidget(m_goToLine);
    setFocusProxy(m_editor);
    m_findBar->installEventFilter(this);
    m_goToLine->installEventFilter(this);
}

bool EditorPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        m_edge->setVisible(!m_findBar->isHidden() || !m_goToLine->isHidden());
    return QWidget::eventFilter(watched, event);
}

void EditorPane::find()
{
    m_goToLine->hide();
    m_findBar->open(false);
}

void EditorPane::replace()
{
    m_goToLine->hide();
    m_findBar->open(true);
}

void EditorPane::findNext()
{
    m_findBar->findNext();
}

void EditorPane::findPrevious()
{
    m_findBar->findPrevious();
}

void EditorPane::goToLine()
{
    m_findBar->hide();
    m_editor->setSearchResults(nullptr);
    m_goToLine->open();
}

void EditorPane::keyPressEvent(QKeyEvent *event)
{
    const auto is = [event](int key, Qt::KeyboardModifiers modifiers) {
        return event->key() == key && event->modifiers() == modifiers;
    };
    if (is(Qt::Key_F, Qt::ControlModifier))
        find();
    else if (is(Qt::Key_H, Qt::ControlModifier))
        replace();
    else if (is(Qt::Key_G, Qt::ControlModifier))
        goToLine();
    else if (is(Qt::Key_F3, Qt::NoModifier))
        findNext();
    else if (is(Qt::Key_F3, Qt::ShiftModifier))
        findPrevious();
    else if (is(Qt::Key_Escape, Qt::NoModifier) && m_findBar->isVisible())
        m_findBar->close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
