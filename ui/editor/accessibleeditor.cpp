// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/accessibleeditor.h"

#include "ui/editor/codeeditor.h"
#include "ui/editor/textboundaries.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <algorithm>
#include <iterator>

namespace ui {

namespace {

//! Offsets are ints in the interface; a text that long is not loaded by this program.
class AccessibleEditor final : public QAccessibleWidget,
                               public QAccessibleTextInterface,
                               public QAccessibleEditableTextInterface
{
public:
    explicit AccessibleEditor(CodeEditor *editor) : QAccessibleWidget(editor, QAccessible::EditableText) {}

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        if (type == QAccessible::EditableTextInterface)
            return static_cast<QAccessibleEditableTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.multiLine = true;
        state.selectableText = true;
        state.editable = !editor().isReadOnly();
        state.readOnly = editor().isReadOnly();
        return state;
    }

    // Selections and carets: screen readers know one caret, the primary one, and any number of selections
    void selection(int index, int *start, int *end) const override
    {
        const QList<Caret> known = selections();
        const Caret caret = known.value(index);
        *start = static_cast<int>(caret.begin());
        *end = static_cast<int>(caret.end());
    }
    int selectionCount() const override { return static_cast<int>(selections().size()); }
    void addSelection(int start, int end) override
    {
        const CaretSet &carets = editor().carets();
        editor().setCarets(carets.hasSelection() ? carets.with({start, end}, false) : CaretSet(Caret{start, end}));
    }
    void removeSelection(int index) override
    {
        const QList<Caret> known = selections();
        if (index < 0 || index >= known.size())
            return;
        editor().setCarets(editor().carets().mapped([gone = known[index]](const Caret &caret) {
            return caret == gone ? Caret{caret.head, caret.head} : caret;
        }));
    }
    void setSelection(int index, int start, int end) override
    {
        const QList<Caret> known = selections();
        if (index < 0 || index >= known.size()) {
            editor().setCaret(start, end);
            return;
        }
        editor().setCarets(editor().carets().mapped([&](const Caret &caret) {
            return caret == known[index] ? Caret{start, end} : caret;
        }));
    }
    int cursorPosition() const override { return static_cast<int>(editor().caret().head); }
    void setCursorPosition(int position) override { editor().setCaret(position, position); }

    // Text
    using QAccessibleWidget::text;
    QString text(int start, int end) const override { return buffer().text(start, end - start); }
    int characterCount() const override { return static_cast<int>(buffer().length()); }
    QString textBeforeOffset(int offset, QAccessible::TextBoundaryType type, int *start, int *end) const override
    {
        const Caret here = unitAt(offset, type);
        return here.begin() > 0 ? given(unitAt(here.begin() - 1, type), start, end) : nothing(start, end);
    }
    QString textAfterOffset(int offset, QAccessible::TextBoundaryType type, int *start, int *end) const override
    {
        const Caret here = unitAt(offset, type);
        return here.end() < buffer().length() ? given(unitAt(here.end(), type), start, end) : nothing(start, end);
    }
    QString textAtOffset(int offset, QAccessible::TextBoundaryType type, int *start, int *end) const override
    {
        return given(unitAt(offset, type), start, end);
    }
    QString attributes(int offset, int *start, int *end) const override
    {
        const qsizetype line = buffer().lineOf(offset);
        *start = static_cast<int>(buffer().lineStart(line));
        *end = static_cast<int>(buffer().lineEnd(line));
        return QStringLiteral("font-family:\"%1\";").arg(editor().view().font().family());
    }

    // Places on the screen
    QRect characterRect(int offset) const override
    {
        if (offset < 0 || offset >= buffer().length())
            return {};
        const QRectF left = editor().view().caretRect(offset);
        const QRectF right = editor().view().caretRect(boundaries::nextGrapheme(buffer(), offset));
        QRectF place = left;
        place.setWidth(right.top() == left.top() ? qMax(1.0, right.left() - left.left()) : editor().view().cellWidth());
        return place.toAlignedRect().translated(editor().viewport()->mapToGlobal(QPoint()));
    }
    int offsetAtPoint(const QPoint &point) const override
    {
        const QPoint local = editor().viewport()->mapFromGlobal(point);
        return editor().viewport()->rect().contains(local) ? static_cast<int>(editor().view().indexAt(local)) : -1;
    }
    void scrollToSubstring(int start, int) override { editor().reveal(std::clamp<qsizetype>(start, 0, buffer().length())); }

    // Changing it: as if the user had typed
    void deleteText(int start, int end) override { replaceText(start, end, {}); }
    void insertText(int offset, const QString &text) override { replaceText(offset, offset, text); }
    void replaceText(int start, int end, const QString &text) override
    {
        const qsizetype from = boundaries::atGrapheme(buffer(), start);
        const qsizetype to = boundaries::atGrapheme(buffer(), std::max<qsizetype>(start, end));
        const QString clean = cleanedInput(text);
        const qsizetype behind = from + clean.size();
        editor().applyOwn({{from, to - from, clean}}, Caret{behind, behind});
    }

private:
    CodeEditor &editor() const { return *static_cast<CodeEditor *>(widget()); }
    const TextBuffer &buffer() const { return editor().buffer(); }

    QList<Caret> selections() const
    {
        QList<Caret> result;
        std::ranges::copy_if(editor().carets().all(), std::back_inserter(result), &Caret::hasSelection);
        return result;
    }

    Caret unitAt(qsizetype offset, QAccessible::TextBoundaryType type) const
    {
        offset = qBound<qsizetype>(0, offset, buffer().length());
        switch (type) {
        case QAccessible::CharBoundary: {
            const qsizetype start = boundaries::atGrapheme(buffer(), offset);
            return {start, boundaries::nextGrapheme(buffer(), start)};
        }
        case QAccessible::WordBoundary: {
            const Caret word = boundaries::wordAt(buffer(), offset);
            return word.hasSelection() ? word : Caret{offset, boundaries::nextGrapheme(buffer(), offset)};
        }
        case QAccessible::NoBoundary:
            return {0, buffer().length()};
        case QAccessible::SentenceBoundary:
        case QAccessible::ParagraphBoundary:
        case QAccessible::LineBoundary:
            break;
        }
        const qsizetype line = buffer().lineOf(offset);
        return {buffer().lineStart(line), buffer().lineStart(line + 1)};
    }

    QString given(const Caret &unit, int *start, int *end) const
    {
        *start = static_cast<int>(unit.begin());
        *end = static_cast<int>(unit.end());
        return text(*start, *end);
    }

    static QString nothing(int *start, int *end)
    {
        *start = -1;
        *end = -1;
        return {};
    }
};

QAccessibleInterface *makeAccessibleEditor(const QString &, QObject *object)
{
    // Qt asks for every class name up the hierarchy; subclasses are editors as well.
    if (auto *const editor = qobject_cast<CodeEditor *>(object))
        return new AccessibleEditor(editor);
    return nullptr;
}

} // namespace

void installEditorAccessibility()
{
    // Qt keeps one entry per function, so that installing again changes nothing.
    QAccessible::removeFactory(makeAccessibleEditor);
    QAccessible::installFactory(makeAccessibleEditor);
}

bool accessibilityIsActive()
{
    return QAccessible::isActive();
}

std::unique_ptr<QAccessibleEvent> accessibleEdit(CodeEditor &editor, const TextEdit &edit, const QString &removed)
{
    const auto index = static_cast<int>(edit.index);
    if (!removed.isEmpty() && !edit.inserted.isEmpty())
        return std::make_unique<QAccessibleTextUpdateEvent>(&editor, index, removed, edit.inserted);
    if (!removed.isEmpty())
        return std::make_unique<QAccessibleTextRemoveEvent>(&editor, index, removed);
    if (!edit.inserted.isEmpty())
        return std::make_unique<QAccessibleTextInsertEvent>(&editor, index, edit.inserted);
    return nullptr;
}

std::unique_ptr<QAccessibleEvent> accessibleCaret(CodeEditor &editor)
{
    const Caret &caret = editor.caret();
    if (!caret.hasSelection())
        return std::make_unique<QAccessibleTextCursorEvent>(&editor, static_cast<int>(caret.head));
    auto event = std::make_unique<QAccessibleTextSelectionEvent>(&editor, static_cast<int>(caret.begin()),
                                                                 static_cast<int>(caret.end()));
    event->setCursorPosition(static_cast<int>(caret.head));
    return event;
}

void announceAccessibleEdit(CodeEditor &editor, const TextEdit &edit, const QString &removed)
{
    if (!accessibilityIsActive())
        return;
    if (const auto event = accessibleEdit(editor, edit, removed))
        QAccessible::updateAccessibility(event.get());
}

void announceAccessibleCaret(CodeEditor &editor)
{
    if (accessibilityIsActive())
        QAccessible::updateAccessibility(accessibleCaret(editor).get());
}

void announceAccessibleState(CodeEditor &editor)
{
    if (!accessibilityIsActive())
        return;
    QAccessible::State changed;
    changed.readOnly = true;
    changed.editable = true;
    QAccessibleStateChangeEvent event(&editor, changed);
    QAccessible::updateAccessibility(&event);
}

} // namespace ui
