// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Theme>

#include <QStringList>

#include <memory>

namespace KSyntaxHighlighting {
class Repository;
}

namespace ui {

//! The languages and colour themes that can be painted. One per program; read from its resources on first use, which
//! takes about 10 ms, so that a start page does not pay for it. GUI thread.
class Languages
{
public:
    Languages();
    ~Languages();
    Languages(const Languages &) = delete;
    Languages &operator=(const Languages &) = delete;

    //! Sorted names to choose from, as shown to people.
    QStringList names() const;
    //! Invalid when no language claims the name: plain text.
    KSyntaxHighlighting::Definition forFile(const QString &fileName) const;
    KSyntaxHighlighting::Definition named(const QString &name) const;
    KSyntaxHighlighting::Theme theme(bool dark) const;

private:
    KSyntaxHighlighting::Repository &repository() const;

    mutable std::unique_ptr<KSyntaxHighlighting::Repository> m_repository;
};

} // namespace ui
