// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/prompt.h"

#include "ui/widgets/controls.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>

namespace ui {

Prompt::Prompt(const QString &title, const QString &text, const QList<PromptButton> &buttons, QWidget *parent) : QDialog(parent)
{
    using namespace Qt::StringLiterals;
    setObjectName(u"prompt"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setWindowModality(Qt::WindowModal);
    setMinimumWidth(400);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(8);
    auto *heading = new TextLabel(title, this, Role::Text, TextSize::Large, true);
    heading->setObjectName(u"promptTitle"_s);
    column->addWidget(heading);
    auto *body = new TextLabel(text, this, Role::SecondaryText);
    body->setObjectName(u"promptText"_s);
    column->addWidget(body);
    column->addSpacing(12);
    auto *box = new QDialogButtonBox(this);
    QPushButton *cancel = box->addButton(QDialogButtonBox::Cancel);
    cancel->setText(tr("Cancel"));
    cancel->setObjectName(u"promptCancel"_s);
    QPushButton *preferred = cancel;
    for (const PromptButton &button : buttons) {
        QPushButton *widget = box->addButton(button.text, QDialogButtonBox::ActionRole);
        widget->setObjectName(button.id);
        widget->setAutoDefault(false);
        if (button.isDanger)
            widget->setProperty("tone", u"danger"_s);
        else if (preferred == cancel && &button == &buttons.constFirst())
            preferred = widget;
        connect(widget, &QPushButton::clicked, this, [this, id = button.id] {
            Q_EMIT chosen(id);
            accept();
        });
    }
    preferred->setDefault(true);
    preferred->setFocus();
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(box);
    setAccessibleName(title);
    setAccessibleDescription(text);
}

} // namespace ui
