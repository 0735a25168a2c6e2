// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorbinding.h"

#include "ui/editor/codeeditor.h"
#include "ui/widgets/theme.h"

#include <QLoggingCategory>
#include <QMenu>

#include <algorithm>

Q_LOGGING_CATEGORY(lcEditorBinding, "ui.editor.binding", QtInfoMsg)

namespace ui {

namespace {

client::TextEdits forDocument(const QList<TextEdit> &edits)
{
    client::TextEdits result;
    result.reserve(edits.size());
    for (const TextEdit &edit : edits)
        result.append({edit.index, edit.removed, edit.inserted});
    return result;
}

QList<TextEdit> forEditor(const client::TextEdits &edits)
{
    QList<TextEdit> result;
    result.reserve(edits.size());
    for (const client::TextEdit &edit : edits)
        result.append({edit.index, edit.removed, edit.inserted});
    return result;
}

//! The one replacement that turns \a from into \a to.
TextEdit difference(const QString &from, const QString &to)
{
    const qsizetype shorter = std::min(from.size(), to.size());
    qsizetype head = std::mismatch(from.cbegin(), from.cbegin() + shorter, to.cbegin()).first - from.cbegin();
    const qsizetype room = shorter - head;
    const qsizetype tail = std::mismatch(from.crbegin(), from.crbegin() + room, to.crbegin()).first - from.crbegin();
    return {head, from.size() - head - tail, to.mid(head, to.size() - head - tail)};
}

} // namespace

EditorBinding::EditorBinding(CodeEditor &editor, client::SharedDocument &document, QObject *parent)
    : QObject(parent), m_editor(&editor), m_document(&document)
{
    connectEditor();
    connectDocument();
    showInfo();
    editor.setReadOnly(!document.isWritable());
    if (document.state() != client::SharedDocument::State::Opening)
        adoptText();
}

void EditorBinding::connectEditor()
{
    connect(m_editor, &CodeEditor::edited, this, [this](const QList<TextEdit> &edits) { send(forDocument(edits)); });
    connect(m_editor, &CodeEditor::undoRequested, this, [this] {
        if (m_document)
            m_document->undo();
    });
    connect(m_editor, &CodeEditor::redoRequested, this, [this] {
        if (m_document)
            m_document->redo();
    });
    connect(m_editor, &CodeEditor::contextMenuRequested, this, [this](QMenu *menu) {
        const auto offer = [menu](const QString &name, bool isPossible) {
            if (auto *const action = menu->findChild<QAction *>(name); action && !isPossible)
                action->setEnabled(false);
        };
        offer(QStringLiteral("undo"), m_document && m_document->canUndo());
        offer(QStringLiteral("redo"), m_document && m_document->canRedo());
    });
    connect(m_editor, &CodeEditor::caretMovedByHand, this, [this] {
        if (m_document)
            m_document->endUndoStep();
    });
    connect(m_editor, &CodeEditor::caretsChanged, this, &EditorBinding::sendCarets);
}

void EditorBinding::connectDocument()
{
    using client::SharedDocument;
    connect(m_document, &SharedDocument::changed, this, [this](const client::TextEdits &edits) {
        const QList<TextEdit> changes = forEditor(edits);
        if (m_editor)
            m_editor->applyRemote({changes.constData(), static_cast<std::size_t>(changes.size())});
    });
    connect(m_document, &SharedDocument::reloaded, this, &EditorBinding::adoptText);
    connect(m_document, &SharedDocument::caretsRestored, this, [this](const client::TextCarets &carets) {
        QList<Caret> places;
        for (const client::TextCaret &caret : carets)
            places.append({caret.anchor, caret.head});
        if (m_editor)
            m_editor->setCarets(CaretSet(places, 0));
    });
    connect(m_document, &SharedDocument::remoteCaretsChanged, this, &EditorBinding::showPeople);
    connect(m_document, &SharedDocument::infoChanged, this, &EditorBinding::showInfo);
    connect(m_document, &SharedDocument::writableChanged, this, [this](bool writable) {
        if (m_editor)
            m_editor->setReadOnly(!writable);
    });
}

void EditorBinding::send(const client::TextEdits &edits)
{
    if (!m_document)
        return;
    const base::Result<void> done = m_document->edit(edits);
    if (done) {
        sendCarets();
        return;
    }
    // The document has the last word: what it does not take must not stay on the screen as if it were shared.
    qCWarning(lcEditorBinding) << "an edit was not taken:" << base::name(done.error().code);
    adoptText();
    Q_EMIT editRefused(done.error());
}

void EditorBinding::sendCarets()
{
    if (!m_document || !m_editor || !m_hasText)
        return;
    const CaretSet &carets = m_editor->carets();
    client::TextCarets sent{{carets.primary().anchor, carets.primary().head}};
    sent.reserve(carets.count());
    for (qsizetype i = 0; i < carets.count(); ++i) {
        if (i != carets.primaryIndex())
            sent.append({carets.all()[i].anchor, carets.all()[i].head});
    }
    m_document->setCarets(sent);
}

void EditorBinding::adoptText()
{
    if (!m_editor || !m_document)
        return;
    const QString text = m_document->text();
    if (!m_hasText) {
        m_hasText = true;
        m_editor->setText(text);
        sendCarets();
    } else {
        const TextEdit edit = difference(m_editor->text(), text);
        if (edit.removed > 0 || !edit.inserted.isEmpty())
            m_editor->applyRemote({&edit, 1});
    }
    showPeople();
}

void EditorBinding::showPeople()
{
    if (!m_editor || !m_document)
        return;
    QList<RemoteCaret> carets;
    const QList<client::RemoteCaret> given = m_document->remoteCarets();
    for (const client::RemoteCaret &caret : given) {
        carets.append({.id = QString::fromStdString(caret.participant.toString()), .name = caret.name,
                       .colorIndex = static_cast<int>(caret.color), .color = Theme::personColor(caret.color),
                       .anchor = caret.anchor, .head = caret.head, .active = caret.isActive});
    }
    m_editor->setRemoteCarets(carets);
}

void EditorBinding::showInfo()
{
    if (m_editor && m_document)
        m_editor->setFileName(QString::fromUtf8(m_document->path().split('/').constLast()));
}

} // namespace ui
