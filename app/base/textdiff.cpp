// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/textdiff.h"

#include "app/base/tokendiff.h"

#include <QHash>

#include <algorithm>

namespace base {

namespace {

constexpr qint64 kMaxSteps = 20'000'000;           // about a tenth of a second
constexpr qsizetype kMaxLines = 2'000'000;
constexpr qsizetype kMaxRefinedUnits = 64 * 1024;  // above that, whole lines are exact enough

struct Common
{
    qsizetype prefix = 0;
    qsizetype suffix = 0;
};

bool isPairAt(QStringView text, qsizetype boundary)
{
    return boundary > 0 && boundary < text.size() && text[boundary - 1].isHighSurrogate()
           && text[boundary].isLowSurrogate();
}

// How much the texts share at both ends, without taking half of a surrogate pair.
Common commonEnds(QStringView before, QStringView after)
{
    const qsizetype shorter = std::min(before.size(), after.size());
    Common common;
    while (common.prefix < shorter && before[common.prefix] == after[common.prefix])
        ++common.prefix;
    if (isPairAt(before, common.prefix) || isPairAt(after, common.prefix))
        --common.prefix;
    while (common.suffix < shorter - common.prefix
           && before[before.size() - 1 - common.suffix] == after[after.size() - 1 - common.suffix])
        ++common.suffix;
    if (isPairAt(before, before.size() - common.suffix) || isPairAt(after, after.size() - common.suffix))
        --common.suffix;
    return common;
}

// A text cut into tokens: token i reaches from ends[i - 1] to ends[i].
struct CutText
{
    Tokens tokens;
    std::vector<qsizetype> ends;

    qsizetype startOf(qsizetype token) const { return token == 0 ? 0 : ends[token - 1]; }
};

// Numbers equal tokens of both texts alike. QHash is seeded, so nobody can prepare collisions.
class Numbering
{
public:
    void add(CutText &cut, QStringView token)
    {
        const auto next = static_cast<std::uint32_t>(m_numbers.size());
        const auto found = m_numbers.constFind(token);
        const std::uint32_t number = found == m_numbers.constEnd() ? *m_numbers.insert(token, next) : *found;
        cut.tokens.push_back(number);
        cut.ends.push_back((cut.ends.empty() ? 0 : cut.ends.back()) + token.size());
    }

private:
    QHash<QStringView, std::uint32_t> m_numbers;
};

CutText cutLines(QStringView text, Numbering &numbering)
{
    CutText cut;
    while (!text.isEmpty()) {
        const qsizetype newline = text.indexOf(u'\n');
        const qsizetype length = newline < 0 ? text.size() : newline + 1;
        numbering.add(cut, text.first(length));
        text = text.sliced(length);
    }
    return cut;
}

enum class CharacterClass { Word, Space, Other };

CharacterClass classOf(QStringView text)
{
    if (text[0].isSpace())
        return CharacterClass::Space;
    if (text[0].isLetterOrNumber() || text[0] == u'_' || text[0].isMark())
        return CharacterClass::Word;
    return CharacterClass::Other;
}

// Words and runs of blanks as a whole; everything else by code points, so that a surrogate pair stays together.
CutText cutWords(QStringView text, Numbering &numbering)
{
    CutText cut;
    while (!text.isEmpty()) {
        const CharacterClass kind = classOf(text);
        qsizetype length = isPairAt(text, 1) ? 2 : 1;
        while (kind != CharacterClass::Other && length < text.size() && classOf(text.sliced(length)) == kind)
            ++length;
        numbering.add(cut, text.first(length));
        text = text.sliced(length);
    }
    return cut;
}

class TextDiffer
{
public:
    TextDiffer(QStringView before, QStringView after) : m_before(before), m_after(after), m_diff(kMaxSteps) {}

    std::vector<TextHunk> run()
    {
        if (m_before == m_after)
            return {};
        const Common common = commonEnds(m_before, m_after);
        const QStringView before = m_before.sliced(common.prefix).chopped(common.suffix);
        const QStringView after = m_after.sliced(common.prefix).chopped(common.suffix);
        if (before.isEmpty() || after.isEmpty() || before.count(u'\n') > kMaxLines || after.count(u'\n') > kMaxLines)
            add(common.prefix, before, after);
        else
            diffLines(common.prefix, before, after);
        return std::move(m_edits);
    }

private:
    void diffLines(qsizetype offset, QStringView before, QStringView after)
    {
        Numbering numbering;
        const CutText from = cutLines(before, numbering);
        const CutText to = cutLines(after, numbering);
        for (const TokenChange &change : m_diff.run(from.tokens, to.tokens))
            refine(offset + from.startOf(change.before), part(before, from, change.before, change.removed),
                   part(after, to, change.after, change.inserted));
    }

    void refine(qsizetype offset, QStringView before, QStringView after)
    {
        if (before.isEmpty() || after.isEmpty() || before.size() > kMaxRefinedUnits || after.size() > kMaxRefinedUnits)
            return addTrimmed(offset, before, after);
        Numbering numbering;
        const CutText from = cutWords(before, numbering);
        const CutText to = cutWords(after, numbering);
        for (const TokenChange &change : m_diff.run(from.tokens, to.tokens))
            addTrimmed(offset + from.startOf(change.before), part(before, from, change.before, change.removed),
                       part(after, to, change.after, change.inserted));
    }

    static QStringView part(QStringView text, const CutText &cut, qsizetype first, qsizetype count)
    {
        const qsizetype start = cut.startOf(first);
        return count == 0 ? QStringView() : text.sliced(start, cut.ends[first + count - 1] - start);
    }

    void addTrimmed(qsizetype offset, QStringView before, QStringView after)
    {
        const Common common = commonEnds(before, after);
        add(offset + common.prefix, before.sliced(common.prefix).chopped(common.suffix),
            after.sliced(common.prefix).chopped(common.suffix));
    }

    void add(qsizetype index, QStringView removed, QStringView inserted)
    {
        if (removed.isEmpty() && inserted.isEmpty())
            return;
        if (!m_edits.empty() && m_edits.back().index + m_edits.back().removed == index) {
            m_edits.back().removed += removed.size();
            m_edits.back().inserted += inserted;
            return;
        }
        m_edits.push_back({index, removed.size(), inserted.toString()});
    }

    QStringView m_before;
    QStringView m_after;
    TokenDiff m_diff;
    std::vector<TextHunk> m_edits;
};

} // namespace

std::vector<TextHunk> diffText(QStringView before, QStringView after)
{
    return TextDiffer(before, after).run();
}

QString applyHunks(QStringView before, const std::vector<TextHunk> &edits)
{
    QString after;
    qsizetype at = 0;
    for (const TextHunk &edit : edits) {
        after += before.sliced(at, edit.index - at);
        after += edit.inserted;
        at = edit.index + edit.removed;
    }
    return after += before.sliced(at);
}

} // namespace base
