// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/documentview.h"

#include "app/base/displayname.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editorbinding.h"
#include "ui/editor/editorpane.h"
#include "ui/files/binaryview.h"
#include "ui/shell/settings.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/statepage.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

} // namespace

DocumentView::DocumentView(client::Workspace &workspace, const QByteArray &path, const Environment &environment, QWidget *parent)
    : QWidget(parent), m_workspace(&workspace), m_settings(environment.settings), m_path(path), m_pane(new EditorPane(environment.languages, environment.clock, this)),
      m_state(new StatePage(this)), m_stack(new QStackedWidget(this))
{
    setObjectName(u"documentView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_state->setBackgroundRole(QPalette::Base);
    m_stack->addWidget(m_pane);
    m_stack->addWidget(m_state);
    column->addWidget(m_stack);
    setFocusProxy(m_stack);
    adoptSettings();
    connectEditor();
    connect(m_state, &StatePage::buttonClicked, this, [this] {
        if (m_workspace != nullptr && m_document != nullptr)
            m_workspace->release(m_document);
        open();
    });
    // Most files are there before anyone could read a word; a page that flashes by says nothing.
    m_loading.setSingleShot(true);
    m_loading.setInterval(200ms);
    connect(&m_loading, &QTimer::timeout, this, [this] {
        m_state->showLoading(tr("Opening “%1”").arg(name()));
        m_stack->setCurrentWidget(m_state);
    });
    m_unsavedFor.setSingleShot(true);
    m_unsavedFor.setInterval(1s);
    connect(&m_unsavedFor, &QTimer::timeout, this, [this] {
        m_isUnsaved = hasUnsavedText();
        Q_EMIT changed();
    });
    open();
}

DocumentView::~DocumentView()
{
    delete m_binding;
    if (m_workspace != nullptr && m_document != nullptr)
        m_workspace->release(m_document);
}

void DocumentView::open()
{
    if (m_workspace == nullptr)
        return;
    m_document = m_workspace->open(m_path);
    editor().setReadOnly(true);
    connect(m_document, &client::SharedDocument::stateChanged, this, &DocumentView::showState);
    connect(m_document, &client::SharedDocument::infoChanged, this, [this] {
        m_path = m_document->path();
        checkUnsaved();
        Q_EMIT changed();
    });
    connect(m_document, &client::SharedDocument::unacknowledgedChanged, this, &DocumentView::checkUnsaved);
    connect(m_document, &client::SharedDocument::writableChanged, this, &DocumentView::changed);
    connect(m_document, &client::SharedDocument::undoStateChanged, this, &DocumentView::changed);
    connect(m_document, &client::SharedDocument::editRefused, this, &DocumentView::editRefused);
    m_loading.start();
    showState();
}

void DocumentView::connectEditor()
{
    connect(&editor(), &CodeEditor::caretMoved, this, [this](qsizetype line, qsizetype column) {
        const bool isOtherLine = line != m_line;
        m_line = line;
        m_column = column;
        if (isOtherLine)
            Q_EMIT placeChanged();
        Q_EMIT caretMoved();
    });
    connect(&editor(), &CodeEditor::caretCountChanged, this, &DocumentView::caretMoved);
    connect(&editor(), &CodeEditor::edited, this, &DocumentView::edited);
    connect(&editor(), &CodeEditor::editRefused, this, [this] { Q_EMIT editRefused({base::ErrorCode::Forbidden, {}}, {}); });
    connect(&editor(), &CodeEditor::languageChanged, this, &DocumentView::changed);
    connect(&editor(), &CodeEditor::indentStyleChanged, this, &DocumentView::changed);
    connect(&editor(), &CodeEditor::zoomChanged, this, [this](int percent) {
        m_settings.setZoomPercent(percent);
        Q_EMIT zoomChanged();
        Q_EMIT changed();
    });
}

void DocumentView::adoptSettings()
{
    editor().setZoomPercent(m_settings.zoomPercent());
    editor().setWraps(m_settings.wrapsLines());
    editor().setWhitespace(m_settings.whitespace());
}

void DocumentView::showState()
{
    using State = client::SharedDocument::State;
    if (m_document == nullptr || m_document->state() == State::Opening)
        return;
    m_loading.stop();
    if (m_document->state() == State::Failed) {
        m_state->showFailure(tr("“%1” could not be opened").arg(name()), describe(m_document->error()), tr("Try again"));
        m_stack->setCurrentWidget(m_state);
    } else if (m_document->kind() != protocol::ContentKind::Text) {
        showBinary();
    } else {
        if (m_binding == nullptr || m_binding->document() != m_document) {
            delete m_binding;
            m_binding = new EditorBinding(editor(), *m_document, this);
            connect(m_binding, &EditorBinding::editRefused, this, [this](const base::Error &reason) { Q_EMIT editRefused(reason, {}); });
        }
        m_stack->setCurrentWidget(m_pane);
        if (m_document->state() == client::SharedDocument::State::Ended)
            editor().setRemoteCarets({});
        if (const auto wanted = std::exchange(m_wantedState, std::nullopt))
            editor().restore(*wanted);
        if (m_wantedLine > 0)
            goToLine(m_wantedLine);
    }
    // Qt hands the focus on to a new proxy in the active window only; in the others the text would wait for a click.
    const bool awaitsFocus = window()->focusWidget() == m_stack;
    m_stack->setFocusProxy(m_stack->currentWidget());
    if (awaitsFocus)
        m_stack->currentWidget()->setFocus();
    Q_EMIT changed();
}

void DocumentView::showBinary()
{
    if (m_binary == nullptr) {
        m_binary = new BinaryView(*m_workspace, m_path, m_document->kind(), this);
        m_stack->addWidget(m_binary);
    }
    m_stack->setCurrentWidget(m_binary);
}

QByteArray DocumentView::path() const
{
    return m_path;
}

QString DocumentView::name() const
{
    return base::displayName(m_path.mid(m_path.lastIndexOf('/') + 1));
}

CodeEditor &DocumentView::editor() const
{
    return m_pane->editor();
}

bool DocumentView::isText() const
{
    return m_binding != nullptr && m_stack->currentWidget() == m_pane;
}

void DocumentView::checkUnsaved()
{
    if (!hasUnsavedText()) {
        m_unsavedFor.stop();
        if (std::exchange(m_isUnsaved, false))
            Q_EMIT changed();
    } else if (!m_isUnsaved && !m_unsavedFor.isActive()) {
        m_unsavedFor.start();
    }
}

bool DocumentView::hasUnsavedText() const
{
    return isText() && m_document != nullptr
        && (m_document->info().save != protocol::SaveState::Saved || m_document->hasUnacknowledged());
}

void DocumentView::restore(const ViewState &state)
{
    m_wantedState = state;
    showState();
}

void DocumentView::goToLine(qint64 line)
{
    if (!isText() || m_document->state() == client::SharedDocument::State::Opening) {
        m_wantedLine = line;
        return;
    }
    m_wantedLine = 0;
    const TextBuffer &buffer = editor().buffer();
    const qsizetype index = buffer.lineStart(qBound<qsizetype>(0, line - 1, buffer.lineCount() - 1));
    editor().setCaret(index, index);
    editor().reveal(index);
}

} // namespace ui
