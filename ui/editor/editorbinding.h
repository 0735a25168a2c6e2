// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/shareddocument.h"

#include <QObject>
#include <QPointer>

namespace ui {

class CodeEditor;

//! Keeps a CodeEditor and a client::SharedDocument at the same text: what the user types goes into the document, what
//! others type and what undo does comes back, carets go both ways. Either side may be deleted first.
//!
//! The editor applies an edit before it announces it and the document does not report it back, so no edit makes a round.
class EditorBinding final : public QObject
{
    Q_OBJECT

public:
    //! Shows the document's text at once when it has one already. One binding per editor.
    EditorBinding(CodeEditor &editor, client::SharedDocument &document, QObject *parent = nullptr);

    client::SharedDocument *document() const { return m_document; }

Q_SIGNALS:
    //! The document did not take what the editor had; the editor shows the document's text again.
    void editRefused(const base::Error &reason);

private:
    void connectEditor();
    void connectDocument();
    //! Makes the editor's text the document's with one edit in the middle, so that caret and scroll survive.
    void adoptText();
    void send(const client::TextEdits &edits);
    void sendCarets();
    void showPeople();
    void showInfo();

    QPointer<CodeEditor> m_editor;
    QPointer<client::SharedDocument> m_document;
    bool m_hasText = false;   // the document's text has been shown once
};

} // namespace ui
