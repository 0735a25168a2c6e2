// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/palette/palettesource.h"

#include <QPointer>

class QAction;

namespace ui {

//! Every command of the program. Property "category" stands in front of the text, "aliases" holds words that find it as
//! well, "reason" says why it is disabled. Used ones come first next time.
class ActionSource final : public PaletteSource
{
public:
    explicit ActionSource(const QList<QAction *> &actions);

    QString prefix() const override { return {}; }
    QString hint() const override;
    void query(const QString &text, const Delivery &deliver) override;

private:
    QList<QPointer<QAction>> m_actions;
    QStringList m_used;
};

} // namespace ui
