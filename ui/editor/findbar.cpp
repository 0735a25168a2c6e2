// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/findbar.h"

#include "ui/editor/codeeditor.h"
#include "ui/widgets/icons.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

namespace ui {

namespace {

constexpr int kFieldWidth = 320;
constexpr int kButton = 28;
constexpr qsizetype kMaxSeed = 200;

} // namespace

FindBar::FindBar(CodeEditor &editor, QWidget *parent)
    : QWidget(parent), m_editor(editor), m_results(editor.buffer()), m_pattern(new QLineEdit(this)),
      m_replacement(new QLineEdit(this)), m_count(new QLabel(this)), m_replaceRow(new QWidget(this))
{
    setObjectName(QStringLiteral("findBar"));
    setAccessibleName(tr("Find and replace"));
    setAutoFillBackground(true);
    m_case = addOption(QStringLiteral("findCase"), QStringLiteral("case"), tr("Match case"));
    m_words = addOption(QStringLiteral("findWords"), QStringLiteral("word"), tr("Whole words"));
    m_regex = addOption(QStringLiteral("findRegex"), QStringLiteral("regex"), tr("Regular expression"));
    m_previous = addButton(QStringLiteral("findPrevious"), QStringLiteral("arrow-left"), tr("Previous match (Shift+F3)"));
    m_next = addButton(QStringLiteral("findNext"), QStringLiteral("arrow-right"), tr("Next match (F3)"));
    m_close = addButton(QStringLiteral("findClose"), QStringLiteral("close"), tr("Close (Esc)"));
    m_replaceOne = new QPushButton(tr("Replace"), m_replaceRow);
    m_replaceOne->setObjectName(QStringLiteral("replaceOne"));
    m_replaceAll = new QPushButton(tr("Replace all"), m_replaceRow);
    m_replaceAll->setObjectName(QStringLiteral("replaceAll"));
    m_pattern->setObjectName(QStringLiteral("findPattern"));
    m_pattern->setAccessibleName(tr("Find"));
    m_pattern->setPlaceholderText(tr("Find"));
    m_pattern->setMaxLength(static_cast<int>(TextSearch::kMaxPattern));
    m_replacement->setObjectName(QStringLiteral("findReplacement"));
    m_replacement->setAccessibleName(tr("Replace with"));
    m_replacement->setPlaceholderText(tr("Replace with"));
    m_count->setObjectName(QStringLiteral("findCount"));
    layOut();
    connectParts();
    hide();
}

// Not a word to the editor here: a window that closes may have deleted it first.
FindBar::~FindBar() = default;

QToolButton *FindBar::addOption(const QString &name, const QString &icon, const QString &text)
{
    QToolButton *const button = addButton(name, icon, text);
    button->setCheckable(true);
    return button;
}

QToolButton *FindBar::addButton(const QString &name, const QString &icon, const QString &text)
{
    auto *const button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(Icons::icon(icon));
    button->setAutoRaise(true);
    button->setFixedSize(kButton, kButton);
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

void FindBar::layOut()
{
    auto *const rows = new QGridLayout(this);
    rows->setContentsMargins(12, 6, 8, 6);
    rows->setHorizontalSpacing(8);
    rows->setVerticalSpacing(6);
    m_pattern->setMinimumWidth(140);
    m_pattern->setMaximumWidth(kFieldWidth);
    m_replacement->setMinimumWidth(140);
    m_replacement->setMaximumWidth(kFieldWidth);
    auto *const tools = new QHBoxLayout;
    tools->setSpacing(4);
    tools->addWidget(m_case);
    tools->addWidget(m_words);
    tools->addWidget(m_regex);
    tools->addSpacing(4);
    tools->addWidget(m_previous);
    tools->addWidget(m_next);
    tools->addSpacing(4);
    tools->addWidget(m_count, 1);
    tools->addWidget(m_close);
    auto *const replacing = new QHBoxLayout(m_replaceRow);
    replacing->setContentsMargins(0, 0, 0, 0);
    replacing->setSpacing(8);
    replacing->addWidget(m_replaceOne);
    replacing->addWidget(m_replaceAll);
    replacing->addStretch(1);
    rows->addWidget(m_pattern, 0, 0);
    rows->addLayout(tools, 0, 1);
    rows->addWidget(m_replacement, 1, 0);
    rows->addWidget(m_replaceRow, 1, 1);
    rows->setColumnStretch(0, 1);
    rows->setColumnStretch(1, 2);
}

void FindBar::connectParts()
{
    connect(m_pattern, &QLineEdit::textChanged, this, &FindBar::searchFromStart);
    for (QToolButton *const option : {m_case, m_words, m_regex})
        connect(option, &QToolButton::toggled, this, &FindBar::searchFromStart);
    connect(m_next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    connect(m_replaceOne, &QPushButton::clicked, this, &FindBar::replaceOne);
    connect(m_replaceAll, &QPushButton::clicked, this, &FindBar::replaceAll);
    connect(&m_results, &SearchResults::changed, this, &FindBar::refreshCount);
    connect(&m_editor, &CodeEditor::caretsChanged, this, [this] {
        if (!m_moving) {
            m_start = m_editor.caret().begin();
            m_note.clear();
        }
        refreshCount();
    });
    m_pattern->installEventFilter(this);
    m_replacement->installEventFilter(this);
}

void FindBar::open(bool withReplace)
{
    m_replacement->setVisible(withReplace);
    m_replaceRow->setVisible(withReplace);
    m_replacement->setEnabled(!m_editor.isReadOnly());
    m_replaceRow->setEnabled(!m_editor.isReadOnly());
    const Caret &caret = m_editor.caret();
    m_start = caret.begin();
    const QString selected = m_editor.buffer().text(caret.begin(), std::min(caret.end() - caret.begin(), kMaxSeed));
    QWidget::show();
    m_editor.setSearchResults(&m_results);
    if (!selected.isEmpty() && !selected.contains(u'\n')) {
        const QSignalBlocker blocker(m_pattern);
        m_pattern->setText(selected);
    }
    refreshQuery();
    m_pattern->setFocus(Qt::ShortcutFocusReason);
    m_pattern->selectAll();
    m_editor.reveal(caret.head);
}

void FindBar::close()
{
    m_editor.setSearchResults(nullptr);
    hide();
    m_editor.setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
}

void FindBar::refreshQuery()
{
    m_note.clear();
    m_results.setQuery({.pattern = m_pattern->text(), .matchesCase = m_case->isChecked(),
                        .wholeWords = m_words->isChecked(), .isRegex = m_regex->isChecked()});
    refreshCount();
}

void FindBar::searchFromStart()
{
    refreshQuery();
    if (m_results.search().isValid())
        show(m_results.next(m_start));
}

void FindBar::findNext()
{
    refreshQuery();
    const Caret &caret = m_editor.caret();
    show(m_results.next(m_results.isMatch(caret.begin(), caret.end()) ? caret.end() : caret.begin()));
    m_start = m_editor.caret().begin();
}

void FindBar::findPrevious()
{
    refreshQuery();
    show(m_results.previous(m_editor.caret().begin()));
    m_start = m_editor.caret().begin();
}

void FindBar::show(const std::optional<Match> &match)
{
    m_moving = true;
    if (match)
        m_editor.setCaret(match->index, match->index + match->length);
    m_moving = false;
    refreshCount();
}

void FindBar::refreshCount()
{
    const TextSearch &search = m_results.search();
    QString text;
    if (!m_note.isEmpty()) {
        text = m_note;
    } else if (!search.error().isEmpty()) {
        text = search.error();
    } else if (search.isValid()) {
        const QLocale locale;
        const Caret &caret = m_editor.caret();
        const qsizetype ordinal = m_results.ordinal(caret.begin(), caret.end());
        QString total = locale.toString(static_cast<qlonglong>(m_results.count()));
        if (m_results.isLimited() || !m_results.isComplete())
            total += u'+';
        if (m_results.count() == 0)
            text = m_results.isComplete() ? tr("No results") : tr("Searching…");
        else if (ordinal > 0)
            //: position of the selected match and number of all, e.g. "3 of 17"
            text = tr("%1 of %2").arg(locale.toString(static_cast<qlonglong>(ordinal)), total);
        else
            //: number of matches, none of them selected, e.g. "17 found"
            text = tr("%1 found").arg(total);
    }
    m_count->setText(text);
    m_count->setAccessibleName(text);
    const bool found = m_results.count() > 0;
    // Qt would hand the keyboard of a button that goes out to whatever comes next.
    if (!found && (m_replaceOne->hasFocus() || m_replaceAll->hasFocus()))
        m_replacement->setFocus(Qt::OtherFocusReason);
    else if (!found && m_results.isComplete() && (m_next->hasFocus() || m_previous->hasFocus()))
        m_pattern->setFocus(Qt::OtherFocusReason);
    m_next->setEnabled(found || !m_results.isComplete());
    m_previous->setEnabled(found || !m_results.isComplete());
    m_replaceOne->setEnabled(found);
    m_replaceAll->setEnabled(found);
}

QString FindBar::replacementFor(const Match &match) const
{
    const TextSearch &search = m_results.search();
    if (!search.query().isRegex)
        return cleanedInput(m_replacement->text());
    const TextBuffer &buffer = m_editor.buffer();
    const qsizetype line = buffer.lineOf(match.index);
    return cleanedInput(search.replaced(buffer.line(line), match.index - buffer.lineStart(line), m_replacement->text()));
}

void FindBar::replaceOne()
{
    refreshQuery();
    const Caret &caret = m_editor.caret();
    const Match match{caret.begin(), caret.end() - caret.begin()};
    if (m_results.isMatch(caret.begin(), caret.end())) {
        const QString text = replacementFor(match);
        const qsizetype behind = match.index + text.size();
        m_editor.applyOwn({{match.index, match.length, text}}, Caret{behind, behind});
    }
    findNext();
}

void FindBar::replaceAll()
{
    refreshQuery();
    const bool isComplete = m_results.finish();
    if (m_results.count() == 0)
        return;
    // A part of them would look like all of them.
    if (m_results.count() >= SearchResults::kMaxMatches)
        return note(tr("Too many to replace at once"));
    if (!isComplete)
        return note(tr("Still searching; try again"));
    QList<TextEdit> edits;
    qsizetype shift = 0;
    qsizetype caret = m_editor.caret().head;
    const QList<Match> matches = m_results.matches();
    edits.reserve(matches.size());
    for (const Match &match : matches) {
        edits.append({match.index + shift, match.length, replacementFor(match)});
        shift += edits.last().inserted.size() - match.length;
        caret = movedBy(edits.last(), caret, Stick::After);
    }
    const qsizetype lengthAfter = m_editor.buffer().length() + shift;
    const TextEdit first = edits.constFirst();
    m_moving = true;
    m_editor.applyOwn(edits, Caret{caret, caret});
    m_moving = false;
    // The document may not have taken it; whoever knows why says so.
    const bool isTaken = m_editor.buffer().length() == lengthAfter && m_editor.buffer().text(first.index, first.inserted.size()) == first.inserted;
    note(isTaken ? tr("%Ln replaced", nullptr, static_cast<int>(edits.size())) : QString());
}

void FindBar::note(const QString &text)
{
    m_note = text;
    refreshCount();
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *const key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && watched == m_replacement) {
            replaceOne();
            return true;
        }
        if (enter) {
            key->modifiers().testFlag(Qt::ShiftModifier) ? findPrevious() : findNext();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
