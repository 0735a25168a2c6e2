// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/ignorerules.h"

#include <algorithm>

namespace files {

namespace {

// Enough for every honest pattern and file of them; what needs more is a bomb and does not match.
constexpr int kMaxStepsPerPattern = 5'000;
constexpr int kMaxStepsPerPath = 200'000;
constexpr qsizetype kMaxPatternBytes = 4096;

bool isInNamedClass(QByteArrayView name, unsigned char c)
{
    const bool isLower = c >= 'a' && c <= 'z';
    const bool isUpper = c >= 'A' && c <= 'Z';
    const bool isDigit = c >= '0' && c <= '9';
    const bool isGraph = c > 0x20 && c < 0x7f;
    if (name == "alpha") return isLower || isUpper;
    if (name == "digit") return isDigit;
    if (name == "alnum") return isLower || isUpper || isDigit;
    if (name == "lower") return isLower;
    if (name == "upper") return isUpper;
    if (name == "space") return c == ' ' || (c >= '\t' && c <= '\r');
    if (name == "blank") return c == ' ' || c == '\t';
    if (name == "punct") return isGraph && !isLower && !isUpper && !isDigit;
    if (name == "xdigit") return isDigit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (name == "cntrl") return c < 0x20 || c == 0x7f;
    if (name == "graph") return isGraph;
    if (name == "print") return isGraph || c == ' ';
    return false;
}

// One match of one pattern. Matching "*" and "**" may go back, so the steps are counted.
class WildcardMatcher
{
public:
    WildcardMatcher(QByteArrayView pattern, QByteArrayView text, int maxSteps)
        : m_pattern(pattern), m_text(text), m_maxSteps(maxSteps)
    {
    }

    bool matches() { return matchFrom(0, 0); }
    int steps() const { return m_steps; }

private:
    bool matchFrom(qsizetype p, qsizetype t)
    {
        while (p < m_pattern.size()) {
            if (++m_steps > m_maxSteps)
                return false;
            if (m_pattern[p] == '*')
                return matchStar(p, t);
            if (t >= m_text.size() || !matchOne(p, m_text[t]))
                return false;
            ++t;
        }
        return t == m_text.size();
    }

    bool matchStar(qsizetype p, qsizetype t)
    {
        const qsizetype first = p;
        while (p < m_pattern.size() && m_pattern[p] == '*')
            ++p;
        // "**" crosses folders only as a whole component; anywhere else it is a simple star.
        const bool isComponent = p - first >= 2 && (first == 0 || m_pattern[first - 1] == '/')
                                 && (p == m_pattern.size() || m_pattern[p] == '/');
        if (isComponent && p < m_pattern.size() && matchFrom(p + 1, t))
            return true;    // "**/" may stand for no folder at all
        for (;; ++t) {
            if (matchFrom(p, t))
                return true;
            if (t >= m_text.size() || (!isComponent && m_text[t] == '/') || m_steps > m_maxSteps)
                return false;
        }
    }

    // Moves \a p behind the element there.
    bool matchOne(qsizetype &p, char text)
    {
        const char c = m_pattern[p++];
        if (c == '?')
            return text != '/';
        if (c == '[')
            return matchClass(p, text);
        if (c == '\\') {
            if (p >= m_pattern.size())
                return false;
            return m_pattern[p++] == text;
        }
        return c == text;
    }

    bool matchClass(qsizetype &p, char text)
    {
        const bool isNegated = p < m_pattern.size() && (m_pattern[p] == '!' || m_pattern[p] == '^');
        p += isNegated;
        const auto c = static_cast<unsigned char>(text);
        bool isIn = false;
        for (bool isFirst = true; p < m_pattern.size() && (isFirst || m_pattern[p] != ']'); isFirst = false) {
            if (++m_steps > m_maxSteps)
                return false;
            if (m_pattern[p] == '[' && p + 1 < m_pattern.size() && m_pattern[p + 1] == ':') {
                const qsizetype end = m_pattern.indexOf(QByteArrayView(":]"), p + 2);
                if (end >= 0) {
                    isIn = isIn || isInNamedClass(m_pattern.sliced(p + 2, end - p - 2), c);
                    p = end + 2;
                    continue;
                }
            }
            const unsigned char low = classCharacter(p);
            unsigned char high = low;
            if (p + 1 < m_pattern.size() && m_pattern[p] == '-' && m_pattern[p + 1] != ']') {
                ++p;
                high = classCharacter(p);
            }
            isIn = isIn || (low <= c && c <= high);
        }
        if (p >= m_pattern.size())
            return false;   // never closed
        ++p;
        return text != '/' && isIn != isNegated;
    }

    unsigned char classCharacter(qsizetype &p) const
    {
        if (m_pattern[p] == '\\' && p + 1 < m_pattern.size())
            ++p;
        return static_cast<unsigned char>(m_pattern[p++]);
    }

    QByteArrayView m_pattern;
    QByteArrayView m_text;
    int m_maxSteps;
    int m_steps = 0;
};

bool isSpecial(char c)
{
    return c == '*' || c == '?' || c == '[' || c == '\\';
}

// Blanks at the end do not belong to the pattern unless a backslash keeps them.
QByteArray withoutTrailingBlanks(QByteArray line)
{
    if (line.endsWith('\r'))
        line.chop(1);
    while (line.endsWith(' ')) {
        qsizetype slashes = 0;
        while (slashes + 1 < line.size() && line[line.size() - 2 - slashes] == '\\')
            ++slashes;
        if (slashes % 2 == 1)
            break;
        line.chop(1);
    }
    return line;
}

} // namespace

bool wildcardMatches(QByteArrayView pattern, QByteArrayView text)
{
    return WildcardMatcher(pattern, text, kMaxStepsPerPattern).matches();
}

IgnoreRules IgnoreRules::parse(const QByteArray &content)
{
    IgnoreRules rules;
    const QByteArray plain = content.startsWith("\xef\xbb\xbf") ? content.sliced(3) : content;
    for (qsizetype begin = 0; begin < plain.size() && rules.m_rules.size() < kMaxIgnoreRules;) {
        qsizetype end = plain.indexOf('\n', begin);
        if (end < 0)
            end = plain.size();
        QByteArray line = withoutTrailingBlanks(plain.sliced(begin, end - begin));
        begin = end + 1;
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        Rule rule;
        if (line.startsWith('!')) {
            rule.negated = true;
            line.remove(0, 1);
        }
        if (line.endsWith('/')) {
            rule.foldersOnly = true;
            line.chop(1);
        }
        rule.anchored = line.contains('/');
        if (line.startsWith('/'))
            line.remove(0, 1);
        if (line.isEmpty() || line.size() > kMaxPatternBytes)
            continue;
        rule.plainBytes = std::ranges::find_if(line, isSpecial) - line.begin();
        rule.pattern = line;
        rules.m_rules.push_back(std::move(rule));
    }
    return rules;
}

std::optional<bool> IgnoreRules::decide(QByteArrayView path, bool isFolder) const
{
    const QByteArrayView name = path.sliced(path.lastIndexOf('/') + 1);
    int left = kMaxStepsPerPath;
    for (auto rule = m_rules.rbegin(); rule != m_rules.rend() && left > 0; ++rule) {
        if (rule->foldersOnly && !isFolder)
            continue;
        const QByteArrayView pattern = rule->pattern;
        const QByteArrayView text = rule->anchored ? path : name;
        --left;
        if (!text.startsWith(pattern.first(rule->plainBytes)))
            continue;
        WildcardMatcher matcher(pattern.sliced(rule->plainBytes), text.sliced(rule->plainBytes),
                                std::min(left, kMaxStepsPerPattern));
        if (matcher.matches())
            return !rule->negated;
        left -= matcher.steps();
    }
    return std::nullopt;
}

} // namespace files
