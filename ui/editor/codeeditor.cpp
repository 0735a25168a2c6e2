// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codeeditor.h"

#include "ui/editor/accessibleeditor.h"
#include "ui/editor/editorpainter.h"
#include "ui/editor/languages.h"
#include "ui/editor/searchresults.h"
#include "ui/editor/tickscrollbar.h"
#include "ui/widgets/theme.h"

#include <KSyntaxHighlighting/Theme>

#include <QFontDatabase>
#include <QGuiApplication>
#include <QPaintEvent>
#include <QPainter>
#include <QStyleHints>

#include <algorithm>

namespace ui {

namespace {

// Above this many edits at once it is cheaper to colour and lay out anew than to keep every piece in place.
constexpr qsizetype kBulkEdits = 256;
constexpr qsizetype kMaxTicks = 2000;
constexpr int kTickInterval = 50;

} // namespace

CodeEditor::CodeEditor(const Languages &languages, const base::Clock &clock, QWidget *parent)
    : QAbstractScrollArea(parent), m_languages(languages), m_clock(clock), m_highlighter(m_buffer),
      m_view(m_buffer, m_highlighter), m_regions(m_buffer, m_highlighter), m_font(QFontDatabase::systemFont(QFontDatabase::FixedFont))
{
    setUpChildren();
    connect(&m_highlighter, &Highlighter::linesRecoloured, this, [this](qsizetype first, qsizetype last) {
        m_view.forget(first, last);
        updateLines(first, last);
        m_bracketsDue.start(0, this);
    });
    connect(&m_highlighter, &Highlighter::advanced, this, &CodeEditor::tryFoldWish);
    refreshColors();
    refreshFont();
}

CodeEditor::~CodeEditor() = default;

void CodeEditor::setUpChildren()
{
    // First of all: naming a widget makes Qt ask for its description and keep the answer.
    installEditorAccessibility();
    setObjectName(QStringLiteral("codeEditor"));
    setAccessibleName(tr("Text editor"));
    viewport()->setObjectName(QStringLiteral("codeEditorViewport"));
    m_ticks = new TickScrollBar(this);
    setVerticalScrollBar(m_ticks);
    auto *const corner = new QWidget(this);
    corner->setAutoFillBackground(true);
    setCornerWidget(corner);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setAcceptDrops(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
}

// ---- the text ----------------------------------------------------------------------------------------------------

void CodeEditor::setText(const QString &text)
{
    clearPreedit();
    m_buffer.setText(text);
    m_carets = {};
    m_wantedX.clear();
    m_mouse.release();
    m_box.reset();
    m_wordCarets.reset();
    m_keptCarets.reset();
    m_dragsBox = false;
    m_brackets.reset();
    m_bracketsDue.start(0, this);
    m_folding.clear();
    m_foldWish.reset();
    m_view.reset();
    m_kept.reset();
    m_people.set({}, 0, m_clock.now());
    m_highlighter.reset();
    m_view.setScroll(0, 0);
    setIndentStyle(detectedIndent(m_buffer));
    refreshScrollBars();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    if (m_results)
        m_results->restart();
    refreshTicksSoon();
    announceCarets();
    viewport()->update();
    Q_EMIT textReplaced();
}

void CodeEditor::applyRemote(std::span<const TextEdit> edits)
{
    TextView::Anchor anchor = m_view.anchor();
    // At the very top with an untouched caret there is no place to keep: text that arrives there is meant to be seen.
    const bool keepsPlace = m_view.scrollY() > 0 || !m_carets.isSingle() || caret().head > 0;
    for (const TextEdit &edit : edits)
        anchor.index = movedBy(edit, anchor.index, keepsPlace ? Stick::After : Stick::Before);
    apply(edits, Origin::Remote);
    putBack(anchor);
    openFolds();
    announceCarets();
}

void CodeEditor::applyOwn(const QList<TextEdit> &edits, const CaretSet &carets)
{
    if (!refuse())
        perform({edits, carets});
}

void CodeEditor::apply(std::span<const TextEdit> edits, Origin origin)
{
    m_kept.reset();
    const bool composing = m_preedit.has_value();
    if (composing)
        m_view.clearPreedit();
    const int gutter = m_view.gutterWidth();
    const qsizetype lines = m_buffer.lineCount();
    const qsizetype rows = m_view.rowCount();
    const bool bulk = static_cast<qsizetype>(edits.size()) > kBulkEdits;
    QList<TextEdit> applied;
    applied.reserve(static_cast<qsizetype>(edits.size()));
    for (const TextEdit &edit : edits)
        applied.append(applyOne(edit, origin, bulk));
    if (origin == Origin::Remote)
        keepCarets(applied);
    m_bracketsDue.start(0, this);
    if (bulk) {
        m_view.forgetAll();
        m_highlighter.reset();
    }
    if (composing)
        m_view.setPreedit(caret().head, *m_preedit);
    if (m_results)
        m_results->edited(applied);
    refreshScrollBars();
    refreshTicksSoon();
    refreshFlags();
    if (bulk || lines != m_buffer.lineCount() || rows != m_view.rowCount() || gutter != m_view.gutterWidth())
        viewport()->update();
    Q_EMIT textChanged(applied);
}

void CodeEditor::keepCarets(std::span<const TextEdit> edits)
{
    const bool isBox = m_boxCarets == m_carets;
    const bool isWords = m_wordCarets == m_carets;
    m_carets = m_carets.movedBy(edits);
    if (isBox)
        m_boxCarets = m_carets;
    if (isWords)
        m_wordCarets = m_carets;
    if (m_keptCarets)
        m_keptCarets = m_keptCarets->movedBy(edits);
}

TextEdit CodeEditor::applyOne(const TextEdit &given, Origin origin, bool bulk)
{
    TextEdit edit = given;
    edit.index = std::clamp<qsizetype>(edit.index, 0, m_buffer.length());
    edit.removed = std::clamp<qsizetype>(edit.removed, 0, m_buffer.length() - edit.index);
    const qsizetype line = m_buffer.lineOf(edit.index);
    const qsizetype linesRemoved = m_buffer.lineOf(edit.index + edit.removed) - line;
    const QString removed = accessibilityIsActive() ? m_buffer.text(edit.index, edit.removed) : QString();
    const bool atLineEnd = edit.removed == 0 && edit.index == m_buffer.lineEnd(line);
    m_buffer.replace(edit.index, edit.removed, edit.inserted);
    const qsizetype linesAdded = std::count(edit.inserted.cbegin(), edit.inserted.cend(), u'\n');
    m_view.edited(line, linesRemoved, linesAdded, !bulk);
    moveFolds({line, linesRemoved, linesAdded, atLineEnd});
    if (!bulk) {
        m_highlighter.edited(line, linesRemoved, linesAdded);
        updateLines(line, line + linesAdded);
    }
    m_people.edited(edit, origin == Origin::Remote, m_clock.now());
    if (origin == Origin::Remote)
        m_mouse.edited(edit);
    if (m_box)
        m_box->edited(edit, line, linesRemoved, linesAdded);
    if (m_foldWish)
        m_foldWish->index = movedBy(edit, m_foldWish->index, Stick::After);
    if (m_brackets)
        m_brackets = BracketPair{movedBy(edit, m_brackets->open, Stick::After), movedBy(edit, m_brackets->close, Stick::After)};
    announceAccessibleEdit(*this, edit, removed);
    return edit;
}

void CodeEditor::perform(const EditPlan &plan)
{
    clearPreedit();
    m_wantedX.clear();
    if (plan.edits.isEmpty()) {
        placeCarets(plan.carets);
        return;
    }
    updateCarets(m_carets);
    m_carets = plan.carets;
    apply(plan.edits, Origin::User);
    Q_EMIT edited(plan.edits);
    // The listener may have answered by putting another text in place, so the carets are clipped again here.
    placeCarets(m_carets);
}

bool CodeEditor::refuse()
{
    if (m_readOnly)
        Q_EMIT editRefused();
    return m_readOnly;
}

// ---- the view of the carets --------------------------------------------------------------------------------------

QRect CodeEditor::caretRectangle() const
{
    QRectF rect = m_view.hasPreedit() ? m_view.preeditCursorRect() : m_view.caretRect(caret().head);
    rect.setWidth(EditorPainter::kCaretWidth);
    return rect.toAlignedRect();
}

void CodeEditor::restartBlink()
{
    m_caretShown = true;
    const int flash = QGuiApplication::styleHints()->cursorFlashTime();
    if (hasFocus() && flash >= 2)
        m_blink.start(flash / 2, this);
    else
        m_blink.stop();
    updateCarets(m_carets);
}

// ---- other people ------------------------------------------------------------------------------------------------

void CodeEditor::setRemoteCarets(const QList<RemoteCaret> &carets)
{
    m_people.setReducedMotion(Theme::reducesMotion());
    m_people.set(carets, m_buffer.length(), m_clock.now());
    refreshTicksSoon();
    refreshFlags();
    viewport()->update();
}

void CodeEditor::refreshFlags()
{
    const auto wait = m_people.untilChange(m_clock.now());
    if (wait)
        m_flags.start(static_cast<int>(wait->count()), this);
    else
        m_flags.stop();
}

void CodeEditor::updateFlags()
{
    for (qsizetype i = 0; i < m_people.count(); ++i) {
        const qsizetype head = m_people.at(i).head;
        const qsizetype line = m_view.lineShowing(head);
        if (line < m_view.firstVisibleLine() || line > m_view.lastVisibleLine())
            continue;
        // A flag lies over the row above its caret or below it, and may have been pushed aside: whole rows are cheap enough.
        const QRect caret = m_view.caretRect(head).toAlignedRect();
        const int reach = 2 * m_view.lineHeight();
        viewport()->update(0, caret.top() - reach, viewport()->width(), caret.height() + 2 * reach);
    }
}

void CodeEditor::refreshTicksSoon()
{
    // A thousand edits a second move every mark; the eye needs twenty of those pictures.
    if (!m_ticksDue.isActive())
        m_ticksDue.start(kTickInterval, this);
}

void CodeEditor::refreshTicks()
{
    QList<TickScrollBar::Tick> ticks;
    const auto rows = static_cast<double>(std::max<qsizetype>(1, m_view.rowCount()));
    const auto positionOf = [&](qsizetype index) { return static_cast<double>(m_view.rowsAbove(index)) / rows; };
    if (m_results) {
        // Evenly thinned: two thousand marks already fill any scroll bar.
        const QList<Match> &matches = m_results->matches();
        const qsizetype step = matches.size() / kMaxTicks + 1;
        for (qsizetype i = 0; i < matches.size(); i += step)
            ticks.append({positionOf(matches[i].index), m_colors.currentMatch, false});
    }
    for (qsizetype i = 0; i < m_people.count(); ++i)
        ticks.append({positionOf(m_people.at(i).head), m_people.at(i).color, true});
    m_ticks->setTicks(ticks);
}

// ---- settings ----------------------------------------------------------------------------------------------------

void CodeEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    if (readOnly)
        clearPreedit();
    setAttribute(Qt::WA_InputMethodEnabled, !readOnly);
    announceAccessibleState(*this);
}

void CodeEditor::setFileName(const QString &fileName)
{
    m_fileName = fileName;
    if (m_chosenLanguage.isEmpty())
        setLanguage({});
}

void CodeEditor::setLanguage(const QString &name)
{
    const QString before = languageName();
    m_chosenLanguage = name;
    const auto definition = name.isEmpty() ? m_languages.forFile(m_fileName) : m_languages.named(name);
    // The name comes with each news of the file, and to colour a large one anew takes seconds.
    if (definition == m_highlighter.definition())
        return;
    m_highlighter.setDefinition(definition);
    if (languageName() != before)
        Q_EMIT languageChanged(languageName());
}

QString CodeEditor::languageName() const
{
    return m_highlighter.isColouring() ? m_highlighter.definition().name() : tr("Plain text");
}

void CodeEditor::setIndentStyle(const IndentStyle &style)
{
    if (style == m_indent)
        return;
    m_indent = style;
    m_indent.width = std::clamp(style.width, 1, IndentStyle::kMaxWidth);
    m_view.setTabColumns(m_indent.width);
    viewport()->update();
    Q_EMIT indentStyleChanged(m_indent);
}

void CodeEditor::setEditorFont(const QFont &font)
{
    m_font = font;
    refreshFont();
}

void CodeEditor::setZoomPercent(int percent)
{
    percent = std::clamp(percent, kMinZoom, kMaxZoom);
    if (percent == m_zoom)
        return;
    m_zoom = percent;
    refreshFont();
    Q_EMIT zoomChanged(m_zoom);
}

void CodeEditor::setWhitespace(Whitespace whitespace)
{
    m_whitespace = whitespace;
    viewport()->update();
}

void CodeEditor::setSearchResults(SearchResults *results)
{
    if (m_results)
        m_results->disconnect(this);
    m_results = results;
    if (results) {
        connect(results, &SearchResults::changed, this, [this] {
            refreshTicksSoon();
            viewport()->update();
        });
    }
    refreshTicksSoon();
    viewport()->update();
}

void CodeEditor::refreshColors()
{
    const KSyntaxHighlighting::Theme theme = m_languages.theme(Theme::isDark());
    m_colors = editorColors(theme);
    QTextCharFormat mark;
    mark.setForeground(m_colors.mark);
    mark.setBackground(m_colors.markBackground);
    QTextCharFormat preedit;
    preedit.setFontUnderline(true);
    m_view.setFormats(mark, preedit);
    m_highlighter.setTheme(theme);
    m_people.recolor([](int index) { return Theme::personColor(static_cast<quint32>(index)); });
    refreshTicksSoon();
    viewport()->update();
}

void CodeEditor::refreshFont()
{
    const TextView::Anchor anchor = m_view.anchor();
    QFont font = m_font;
    if (m_font.pointSizeF() > 0)
        font.setPointSizeF(m_font.pointSizeF() * m_zoom / 100);
    else
        font.setPixelSize(std::max(1, m_font.pixelSize() * m_zoom / 100));
    m_view.setFont(font);
    refreshScrollBars();
    putBack({anchor.index, 0});
    viewport()->update();
}

// ---- scrolling and painting --------------------------------------------------------------------------------------

EditorScene CodeEditor::scene() const
{
    return {.buffer = m_buffer, .view = m_view, .colors = m_colors, .people = m_people, .results = m_results,
            .carets = m_carets, .brackets = m_brackets, .whitespace = m_whitespace,
            .regions = m_showsFoldMarks ? &m_regions : nullptr,
            .showsCaret = m_caretShown && hasFocus(), .hasFocus = hasFocus(), .dropIndex = m_dropIndex,
            .flagFont = Theme::font(TextSize::Small), .now = m_clock.now()};
}

void CodeEditor::paintEvent(QPaintEvent *event)
{
    m_highlighter.prepare(m_view.lastVisibleLine());
    m_view.settle();
    QPainter painter(viewport());
    const EditorScene picture = scene();
    EditorPainter(painter, picture).paint(event->rect());
    m_view.trim();
    const qint64 wide = std::max<qint64>(0, m_view.contentWidth() - viewport()->width());
    const qint64 high = std::max<qint64>(0, m_view.contentHeight() - viewport()->height());
    if (std::max<qint64>(wide, horizontalScrollBar()->value()) != horizontalScrollBar()->maximum()
        || high != verticalScrollBar()->maximum())
        QMetaObject::invokeMethod(this, &CodeEditor::refreshScrollBars, Qt::QueuedConnection);
}

void CodeEditor::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        refreshColors();
}

void CodeEditor::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    m_highlighter.setActive(true);
}

void CodeEditor::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    m_highlighter.setActive(false);
}

} // namespace ui
