// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QHash>
#include <QWidget>

class QHBoxLayout;

namespace ui {

class StatusItem;

//! The bottom line: states in words at the left, facts about the current text at the right. Each word is a button.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    enum class Item { Branch, Saved, Host, People, Position, Indent, Encoding, LineEnding, Language, Zoom };

    explicit StatusLine(QWidget *parent = nullptr);

    //! An empty \a text hides the item.
    void setItem(Item item, const QString &text, const QString &hint = {}, const QString &icon = {}, Role role = Role::SecondaryText);
    QString text(Item item) const;
    QWidget *widget(Item item) const;

Q_SIGNALS:
    void pressed(ui::StatusLine::Item item);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusItem *add(Item item, const QString &name);

    QHBoxLayout *m_row;
    QHash<Item, StatusItem *> m_items;
};

} // namespace ui
