// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/textbuffer.h"

#include <algorithm>
#include <vector>

namespace ui {

namespace {

// A leaf is moved and scanned at every edit in it: small enough for a microsecond, big enough that 50 MB are 25,000 leaves.
constexpr qsizetype kLeafUnits = 2048;
constexpr qsizetype kMaxLeafUnits = 2 * kLeafUnits;
constexpr std::size_t kChildren = 16;
constexpr std::size_t kMaxChildren = 2 * kChildren;

qsizetype countBreaks(QStringView text)
{
    return std::count(text.utf16(), text.utf16() + text.size(), u'\n');
}

} // namespace

struct TextBuffer::Node
{
    qsizetype units = 0;
    qsizetype breaks = 0;
    QString text;                    // leaves only
    std::vector<NodePtr> children;   // inner nodes only; all leaves have the same depth

    bool isLeaf() const { return children.empty(); }
};

//! The operations on nodes, apart from the class so that its header stays small.
class TextBuffer::Tree
{
public:
    using Nodes = std::vector<NodePtr>;

    static NodePtr leaf(QStringView text)
    {
        auto node = std::make_unique<Node>();
        node->text = text.toString();
        node->units = text.size();
        node->breaks = countBreaks(text);
        return node;
    }

    static Nodes leaves(QStringView text)
    {
        Nodes result;
        result.reserve(static_cast<std::size_t>(text.size() / kLeafUnits + 1));
        for (qsizetype at = 0; at < text.size(); at += kLeafUnits)
            result.push_back(leaf(text.mid(at, kLeafUnits)));
        return result;
    }

    static void sum(Node &node)
    {
        node.units = 0;
        node.breaks = 0;
        for (const NodePtr &child : node.children) {
            node.units += child->units;
            node.breaks += child->breaks;
        }
    }

    //! Parents for \a nodes, each with about kChildren of them.
    static Nodes grouped(Nodes nodes)
    {
        Nodes parents;
        const std::size_t groups = (nodes.size() + kChildren - 1) / kChildren;
        std::size_t at = 0;
        for (std::size_t group = 0; group < groups; ++group) {
            auto parent = std::make_unique<Node>();
            const std::size_t end = nodes.size() * (group + 1) / groups;
            parent->children.reserve(kMaxChildren);
            for (; at < end; ++at)
                parent->children.push_back(std::move(nodes[at]));
            sum(*parent);
            parents.push_back(std::move(parent));
        }
        return parents;
    }

    static NodePtr rootOf(Nodes nodes)
    {
        if (nodes.empty())
            return std::make_unique<Node>();
        while (nodes.size() > 1)
            nodes = grouped(std::move(nodes));
        return std::move(nodes.front());
    }

    //! Inserts and returns the nodes that must follow \a node among its parent's children.
    static Nodes insert(Node &node, qsizetype index, QStringView text)
    {
        return node.isLeaf() ? insertIntoLeaf(node, index, text) : insertIntoInner(node, index, text);
    }

    static void remove(Node &node, qsizetype from, qsizetype count)
    {
        if (node.isLeaf()) {
            node.breaks -= countBreaks(QStringView(node.text).mid(from, count));
            node.text.remove(from, count);
            node.units -= count;
            return;
        }
        std::size_t child = childAt(node, from);
        const std::size_t first = child;
        while (count > 0) {
            Node &part = *node.children[child];
            const qsizetype here = qMin(count, part.units - from);
            if (here == part.units) {
                node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(child));
            } else {
                remove(part, from, here);
                ++child;
            }
            count -= here;
            from = 0;
        }
        mergeAround(node, first);
        sum(node);
    }

    //! The child that holds the unit at \a index, which becomes relative to it.
    static std::size_t childAt(const Node &node, qsizetype &index)
    {
        std::size_t child = 0;
        while (child + 1 < node.children.size() && index >= node.children[child]->units)
            index -= node.children[child++]->units;
        return child;
    }

private:
    static Nodes insertIntoLeaf(Node &node, qsizetype index, QStringView text)
    {
        node.text.insert(index, text);
        if (node.text.size() <= kMaxLeafUnits) {
            node.units += text.size();
            node.breaks += countBreaks(text);
            return {};
        }
        const QString whole = std::exchange(node.text, {});
        const qsizetype pieces = (whole.size() + kLeafUnits - 1) / kLeafUnits;
        Nodes rest;
        for (qsizetype piece = 0; piece < pieces; ++piece) {
            const qsizetype from = whole.size() * piece / pieces;
            const qsizetype to = whole.size() * (piece + 1) / pieces;
            NodePtr part = leaf(QStringView(whole).mid(from, to - from));
            if (piece == 0)
                node = std::move(*part);
            else
                rest.push_back(std::move(part));
        }
        return rest;
    }

    static Nodes insertIntoInner(Node &node, qsizetype index, QStringView text)
    {
        // A gap between two children belongs to the left one: appending then never opens a new leaf by itself.
        std::size_t child = 0;
        while (child + 1 < node.children.size() && index > node.children[child]->units)
            index -= node.children[child++]->units;
        Nodes extra = insert(*node.children[child], index, text);
        if (extra.empty()) {
            node.units += text.size();
            node.breaks += countBreaks(text);
            return {};
        }
        node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(child) + 1,
                             std::make_move_iterator(extra.begin()), std::make_move_iterator(extra.end()));
        if (node.children.size() <= kMaxChildren) {
            sum(node);
            return {};
        }
        Nodes parents = grouped(std::exchange(node.children, {}));
        node = std::move(*parents.front());
        parents.erase(parents.begin());
        return parents;
    }

    static bool mergedInto(Node &left, Node &right)
    {
        if (left.isLeaf()) {
            if (left.units + right.units > kLeafUnits)
                return false;
            left.text += right.text;
        } else {
            if (left.children.size() + right.children.size() > kChildren)
                return false;
            std::move(right.children.begin(), right.children.end(), std::back_inserter(left.children));
        }
        left.units += right.units;
        left.breaks += right.breaks;
        return true;
    }

    //! Joins small neighbours where something was removed, so that deleting text also shrinks the tree.
    static void mergeAround(Node &node, std::size_t child)
    {
        std::size_t at = child > 0 ? child - 1 : 0;
        for (int step = 0; step < 3 && at + 1 < node.children.size(); ++step) {
            if (mergedInto(*node.children[at], *node.children[at + 1]))
                node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(at) + 1);
            else
                ++at;
        }
    }
};

TextBuffer::TextBuffer() : m_root(std::make_unique<Node>()) {}
TextBuffer::~TextBuffer() = default;
TextBuffer::TextBuffer(TextBuffer &&) noexcept = default;
TextBuffer &TextBuffer::operator=(TextBuffer &&) noexcept = default;

void TextBuffer::setText(QStringView text)
{
    m_root = Tree::rootOf(Tree::leaves(text));
}

void TextBuffer::replace(qsizetype index, qsizetype removed, QStringView inserted)
{
    Q_ASSERT(index >= 0 && removed >= 0 && index + removed <= length());
    if (removed > 0) {
        Tree::remove(*m_root, index, removed);
        while (m_root->children.size() == 1)
            m_root = std::move(m_root->children.front());
        if (m_root->units == 0)
            m_root = std::make_unique<Node>();
    }
    if (inserted.isEmpty())
        return;
    Tree::Nodes extra = Tree::insert(*m_root, index, inserted);
    if (!extra.empty()) {
        extra.insert(extra.begin(), std::move(m_root));
        m_root = Tree::rootOf(std::move(extra));
    }
}

qsizetype TextBuffer::length() const
{
    return m_root->units;
}

qsizetype TextBuffer::lineCount() const
{
    return m_root->breaks + 1;
}

QString TextBuffer::text() const
{
    return text(0, length());
}

QString TextBuffer::text(qsizetype from, qsizetype count) const
{
    QString result;
    result.reserve(qBound<qsizetype>(0, count, length()));
    forEachPiece(from, count, [&result](QStringView piece) {
        result.append(piece);
        return true;
    });
    return result;
}

QChar TextBuffer::at(qsizetype index) const
{
    if (index < 0 || index >= length())
        return {};
    const Node *node = m_root.get();
    while (!node->isLeaf())
        node = node->children[Tree::childAt(*node, index)].get();
    return node->text[index];
}

qsizetype TextBuffer::lineStart(qsizetype line) const
{
    if (line <= 0)
        return 0;
    if (line > m_root->breaks)
        return length();
    // The line starts behind its line-th break.
    qsizetype start = 0;
    qsizetype wanted = line;
    const Node *node = m_root.get();
    while (!node->isLeaf()) {
        std::size_t child = 0;
        while (node->children[child]->breaks < wanted) {
            wanted -= node->children[child]->breaks;
            start += node->children[child++]->units;
        }
        node = node->children[child].get();
    }
    const char16_t *const begin = QStringView(node->text).utf16();
    const char16_t *at = begin;
    for (;; ++at) {
        if (*at == u'\n' && --wanted == 0)
            return start + (at - begin) + 1;
    }
}

qsizetype TextBuffer::lineEnd(qsizetype line) const
{
    return line >= m_root->breaks ? length() : lineStart(line + 1) - 1;
}

QString TextBuffer::line(qsizetype line) const
{
    const qsizetype start = lineStart(line);
    return text(start, lineEnd(line) - start);
}

qsizetype TextBuffer::lineOf(qsizetype index) const
{
    index = qBound<qsizetype>(0, index, length());
    qsizetype line = 0;
    const Node *node = m_root.get();
    while (!node->isLeaf()) {
        std::size_t child = 0;
        while (child + 1 < node->children.size() && index >= node->children[child]->units) {
            index -= node->children[child]->units;
            line += node->children[child++]->breaks;
        }
        node = node->children[child].get();
    }
    return line + countBreaks(QStringView(node->text).left(index));
}

void TextBuffer::forEachPiece(qsizetype from, qsizetype count, const std::function<bool(QStringView)> &visit) const
{
    from = qBound<qsizetype>(0, from, length());
    count = qMin(count, length() - from);
    while (count > 0) {
        qsizetype at = from;
        const Node *node = m_root.get();
        while (!node->isLeaf())
            node = node->children[Tree::childAt(*node, at)].get();
        const QStringView piece = QStringView(node->text).mid(at, count);
        if (!visit(piece))
            return;
        from += piece.size();
        count -= piece.size();
    }
}

} // namespace ui
