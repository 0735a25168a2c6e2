// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/languages.h"

#include <KSyntaxHighlighting/Repository>

#include <algorithm>

namespace ui {

using KSyntaxHighlighting::Definition;
using KSyntaxHighlighting::Repository;

Languages::Languages() = default;
Languages::~Languages() = default;

QStringList Languages::names() const
{
    QStringList names;
    const auto definitions = repository().definitions();
    for (const Definition &definition : definitions) {
        if (!definition.isHidden() && definition.name() != QLatin1String("None"))
            names.append(definition.name());
    }
    std::sort(names.begin(), names.end(), [](const QString &a, const QString &b) {
        return QString::localeAwareCompare(a.toLower(), b.toLower()) < 0;
    });
    return names;
}

Definition Languages::forFile(const QString &fileName) const
{
    return repository().definitionForFileName(fileName);
}

Definition Languages::named(const QString &name) const
{
    return repository().definitionForName(name);
}

KSyntaxHighlighting::Theme Languages::theme(bool dark) const
{
    const KSyntaxHighlighting::Theme theme = repository().theme(dark ? QStringLiteral("GitHub Dark") : QStringLiteral("GitHub Light"));
    if (theme.isValid())
        return theme;
    return repository().defaultTheme(dark ? Repository::DarkTheme : Repository::LightTheme);
}

Repository &Languages::repository() const
{
    if (!m_repository)
        m_repository = std::make_unique<Repository>();
    return *m_repository;
}

} // namespace ui
