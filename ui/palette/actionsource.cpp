// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/actionsource.h"

#include "ui/palette/fuzzymatch.h"

#include <QAction>
#include <QCoreApplication>

namespace ui {

namespace {

QString titleOf(const QAction &action)
{
    QString text = action.text();
    text.remove(u'&');
    const QString category = action.property("category").toString();
    //: A command in the palette; %1 is its menu, %2 its name
    return category.isEmpty() ? text : QCoreApplication::translate("ui::ActionSource", "%1: %2").arg(category, text);
}

} // namespace

ActionSource::ActionSource(const QList<QAction *> &actions)
{
    for (QAction *action : actions)
        m_actions += action;
}

QString ActionSource::hint() const
{
    return QCoreApplication::translate("ui::ActionSource", "Find a command");
}

void ActionSource::query(const QString &text, const Delivery &deliver)
{
    struct Found
    {
        int score;
        PaletteEntry entry;
    };
    QList<Found> found;
    for (const QPointer<QAction> &action : std::as_const(m_actions)) {
        if (action == nullptr || !action->isVisible())
            continue;
        const QString title = titleOf(*action);
        auto match = fuzzyMatch(text, title);
        if (!match && fuzzyMatch(text, action->property("aliases").toString()))
            match = FuzzyMatch{.score = -1, .positions = {}};
        if (!match)
            continue;
        PaletteEntry entry{.title = title, .highlights = match->positions, .detail = {}, .isEnabled = action->isEnabled(), .accept = {}};
        const QString reason = action->property("reason").toString();
        entry.detail = entry.isEnabled || reason.isEmpty() ? action->shortcut().toString(QKeySequence::NativeText) : reason;
        entry.accept = [this, action] {
            if (action == nullptr)
                return;
            m_used.removeAll(action->objectName());
            m_used.prepend(action->objectName());
            action->trigger();
        };
        int score = match->score;
        const qsizetype used = m_used.indexOf(action->objectName());
        if (used >= 0)
            score += 2000 - static_cast<int>(qMin<qsizetype>(used, 1000));
        found.append({score, entry});
    }
    std::ranges::stable_sort(found, [](const Found &a, const Found &b) { return a.score > b.score; });
    QList<PaletteEntry> entries;
    for (const Found &one : std::as_const(found))
        entries += one.entry;
    deliver(entries);
}

} // namespace ui
