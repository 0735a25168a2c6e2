// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <optional>
#include <vector>

namespace files {

inline constexpr qsizetype kMaxIgnoreFileBytes = 1024 * 1024;
inline constexpr std::size_t kMaxIgnoreRules = 10'000;

//! The rules of one .gitignore file. Source: gitignore(5). Pure; bounded in time for every pattern and path.
class IgnoreRules
{
public:
    IgnoreRules() = default;
    //! Lines beyond kMaxIgnoreRules are not looked at.
    static IgnoreRules parse(const QByteArray &content);

    bool isEmpty() const { return m_rules.empty(); }
    //! True: ignored, false: expressly not ignored, nothing: no rule says anything about \a path (relative to the
    //! folder of the rules, components separated by '/').
    std::optional<bool> decide(QByteArrayView path, bool isFolder) const;

private:
    struct Rule
    {
        QByteArray pattern;
        //! What comes before the first special character. As in git it is compared first and then left out, which makes
        //! "a**/b" match "ax/y/b".
        qsizetype plainBytes = 0;
        bool negated = false;
        bool foldersOnly = false;
        bool anchored = false;      //!< matches the whole path, not just the last component
    };
    std::vector<Rule> m_rules;
};

//! gitignore's pattern language: '?' and '*' stop at '/', "**" does not, […] classes, backslash escapes.
bool wildcardMatches(QByteArrayView pattern, QByteArrayView text);

} // namespace files
