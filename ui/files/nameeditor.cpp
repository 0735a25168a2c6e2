// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/nameeditor.h"

#include "app/protocol/limits.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/controls.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

NameEditor::NameEditor(const QString &title, const QString &name, QWidget *viewport)
    : Card(Kind::Floating, viewport), m_field(new QLineEdit(name, this)), m_problem(new TextLabel(QString(), this, Role::Danger))
{
    setObjectName(u"nameEditor"_s);
    setInnerMargins(8, 8, 8, 8);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    if (!title.isEmpty())
        column->addWidget(new TextLabel(title, this, Role::SecondaryText));
    m_field->setObjectName(u"nameField"_s);
    m_field->setAccessibleName(title.isEmpty() ? tr("New name") : title);
    column->addWidget(m_field);
    m_problem->setObjectName(u"nameProblem"_s);
    m_problem->hide();
    column->addWidget(m_problem);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        const QString problem = problemOf(m_field->text());
        if (problem.isEmpty())
            Q_EMIT named(m_field->text());
        else
            showProblem(problem);
    });
    connect(m_field, &QLineEdit::textEdited, this, [this] {
        m_problem->hide();
        fit();
    });
    // The ending is kept more often than changed.
    const qsizetype dot = name.lastIndexOf(u'.');
    m_field->setSelection(0, static_cast<int>(dot > 0 ? dot : name.size()));
}

void NameEditor::placeAt(const QRect &row)
{
    const int left = qMin(row.left(), parentWidget()->width() / 3);
    setFixedWidth(parentWidget()->width() - left + kShadow);
    fit();
    int top = row.top() - kShadow - 4;
    top = qBound(-kShadow, top, qMax(-kShadow, parentWidget()->height() - height() + kShadow));
    move(left - kShadow, top);
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void NameEditor::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    fit();
    m_field->setFocus();
    announce(m_problem, sentence);
}

void NameEditor::setBusy(bool isBusy)
{
    m_field->setReadOnly(isBusy);
}

QString NameEditor::problemOf(const QString &name)
{
    if (name.isEmpty())
        return tr("Type a name.");
    if (name.contains(u'/'))
        return tr("A name cannot contain a slash. Create the folder first.");
    if (name == u"."_s || name == u".."_s)
        return tr("This name means a folder already. Choose another one.");
    if (name.contains(QChar(0)))
        return tr("This name contains a character that no file can have.");
    if (name.toUtf8().size() > protocol::kMaxNameBytes)
        return tr("This name is too long. At most 255 bytes fit.");
    return {};
}

bool NameEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        Q_EMIT givenUp();
        return true;
    }
    // The tree would take these keys for itself.
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::FocusOut && !m_field->isReadOnly() && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason
        && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
        Q_EMIT givenUp();
    return Card::eventFilter(watched, event);
}

void NameEditor::fit()
{
    setFixedHeight(fittedHeight(*this, width()));
}

} // namespace ui
