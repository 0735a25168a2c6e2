// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"
#include "ui/editor/viewstate.h"
#include "ui/shell/environment.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QStackedWidget;

namespace ui {

class BinaryView;
class CodeEditor;
class EditorBinding;
class EditorPane;
class StatePage;

//! One open file: its editor, or what stands there while it is loading, failed, or not a text.
class DocumentView final : public QWidget
{
    Q_OBJECT

public:
    DocumentView(client::Workspace &workspace, const QByteArray &path, const Environment &environment, QWidget *parent = nullptr);
    ~DocumentView() override;

    //! Where the file is now; follows renames.
    QByteArray path() const;
    QString name() const;
    const client::SharedDocument *document() const { return m_document; }
    client::SharedDocument *document() { return m_document; }
    EditorPane &pane() const { return *m_pane; }
    CodeEditor &editor() const;
    //! True when what is typed has not been in the file for a second: autosave makes shorter whiles all the time, and a
    //! mark that blinks with every word says nothing.
    bool isUnsaved() const { return m_isUnsaved; }
    bool isText() const;
    //! Size, wrapping and blanks as the settings say now.
    void adoptSettings();
    //! As soon as there is a text. \a line counts from 1.
    void goToLine(qint64 line);
    //! Back to \a state as soon as there is a text.
    void restore(const ViewState &state);
    //! Where the caret is; 0 for what is not a text.
    qint64 line() const { return m_line; }
    qint64 column() const { return m_column; }

Q_SIGNALS:
    //! Name, state or anything else but the caret that tab and status line show.
    void changed();
    //! The user chose another size of the text: it is in the settings and means every text.
    void zoomChanged();
    void caretMoved();
    void placeChanged();
    //! The user changed the text: a preview is kept from now on.
    void edited();
    //! What the user typed is not taken. \a lost: what of it is gone from the text.
    void editRefused(const base::Error &reason, const QString &lost);

private:
    void open();
    void showState();
    void showBinary();
    void connectEditor();
    bool hasUnsavedText() const;
    void checkUnsaved();

    QPointer<client::Workspace> m_workspace;
    Settings &m_settings;
    QByteArray m_path;
    QPointer<client::SharedDocument> m_document;
    EditorPane *m_pane;
    StatePage *m_state;
    QStackedWidget *m_stack;
    EditorBinding *m_binding = nullptr;
    BinaryView *m_binary = nullptr;
    QTimer m_loading;
    QTimer m_unsavedFor;
    bool m_isUnsaved = false;
    std::optional<ViewState> m_wantedState;
    qint64 m_wantedLine = 0;
    qint64 m_line = 0;
    qint64 m_column = 0;
};

} // namespace ui
