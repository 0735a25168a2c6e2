// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "ui/editor/boxselection.h"
#include "ui/editor/brackets.h"
#include "ui/editor/caretset.h"
#include "ui/editor/editcommands.h"
#include "ui/editor/editorcolors.h"
#include "ui/editor/editorkeys.h"
#include "ui/editor/editorpainter.h"
#include "ui/editor/folding.h"
#include "ui/editor/foldregions.h"
#include "ui/editor/highlighter.h"
#include "ui/editor/indentstyle.h"
#include "ui/editor/linecommands.h"
#include "ui/editor/mouseselection.h"
#include "ui/editor/remotecarets.h"
#include "ui/editor/textbuffer.h"
#include "ui/editor/textview.h"
#include "ui/editor/viewstate.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QPointer>

#include <chrono>
#include <optional>
#include <span>

class QMenu;

namespace ui {

class Languages;
class SearchResults;
class TickScrollBar;

//! Shows and edits one text. What the user does is applied at once and announced by edited(); what others did comes in
//! through applyRemote() and is not announced. Undo and redo are asked for, not done: whoever owns the shared text answers.
//!
//! All indexes are UTF-16 code units, lines and columns in signals count from 1. GUI thread.
class CodeEditor : public QAbstractScrollArea
{
    Q_OBJECT

public:
    static constexpr int kMinZoom = 50;
    static constexpr int kMaxZoom = 400;

    //! \a languages and \a clock must outlive the editor.
    CodeEditor(const Languages &languages, const base::Clock &clock, QWidget *parent = nullptr);
    ~CodeEditor() override;

    //! Another text: caret and scroll go to the top, nothing is announced.
    void setText(const QString &text);
    QString text() const { return m_buffer.text(); }
    const TextBuffer &buffer() const { return m_buffer; }
    //! Edits that others made, or that undo made. One's own caret, selection and first visible line stay on their text.
    //! Ranges are clipped to the text.
    void applyRemote(std::span<const TextEdit> edits);
    //! Edits of the user's that did not come from a key, announced as one step (replace, completion).
    void applyOwn(const QList<TextEdit> &edits, const CaretSet &carets);

    //! The primary caret: the one others see.
    const Caret &caret() const { return m_carets.primary(); }
    const CaretSet &carets() const { return m_carets; }
    //! One caret. Clipped to the text; scrolls it into sight.
    void setCaret(qsizetype anchor, qsizetype head);
    //! Clipped to the text; scrolls the primary one into sight, unless only others are.
    void setCarets(const CaretSet &carets);
    //! Scrolls so that \a index is in sight, in the middle when it was far away.
    void reveal(qsizetype index);

    bool isReadOnly() const { return m_readOnly; }
    void setReadOnly(bool readOnly);
    void setRemoteCarets(const QList<RemoteCaret> &carets);
    const RemoteCarets &people() const { return m_people; }

    //! Chooses the language by the name; the user's own choice stays.
    void setFileName(const QString &fileName);
    //! The user's choice; an empty name returns to the file name's.
    void setLanguage(const QString &name);
    QString languageName() const;
    const IndentStyle &indentStyle() const { return m_indent; }
    void setIndentStyle(const IndentStyle &style);

    //! The font at 100 %.
    void setEditorFont(const QFont &font);
    int zoomPercent() const { return m_zoom; }
    //! Clipped to kMinZoom … kMaxZoom.
    void setZoomPercent(int percent);
    //! Breaks lines at the right edge instead of scrolling sideways.
    void setWraps(bool wraps);
    Whitespace whitespace() const { return m_whitespace; }
    void setWhitespace(Whitespace whitespace);
    //! What is folded; a fold opens when the caret comes into it.
    const Folding &folding() const { return m_folding; }
    //! Folds or opens the region that begins in \a line; nothing happens when none does. Where the colouring has not come
    //! to its end yet, it is folded when it has.
    void toggleFold(qsizetype line);
    //! Caret, place and folds, and back to them in a text that is the same or nearly so.
    ViewState viewState() const;
    void restore(const ViewState &state);
    //! Tab moves the focus instead of indenting, for people without a mouse.
    void setTabMovesFocus(bool moves) { m_tabMovesFocus = moves; }

    //! Matches to be marked, and updated on edits; not owned.
    void setSearchResults(SearchResults *results);

    const TextView &view() const { return m_view; }
    const Highlighter &highlighter() const { return m_highlighter; }
    const EditorColors &colors() const { return m_colors; }
    //! The brackets marked as a pair.
    const std::optional<BracketPair> &brackets() const { return m_brackets; }
    //! In viewport pixels.
    QRect caretRectangle() const;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

public Q_SLOTS:
    void run(ui::EditorCommand command, bool selects = false);

Q_SIGNALS:
    //! What the user did, once per action, in the order to apply. Already in the text.
    void edited(const QList<ui::TextEdit> &edits);
    //! The text changed, whoever did it.
    void textChanged(const QList<ui::TextEdit> &edits);
    void textReplaced();
    //! The user wanted to type and may not.
    void editRefused();
    void undoRequested();
    void redoRequested();
    //! Where the primary caret is.
    void caretMoved(qsizetype line, qsizetype column);
    //! Some caret or selection is another one.
    void caretsChanged();
    void caretCountChanged(qsizetype count);
    //! The user moved a caret without typing: a new undo step begins.
    void caretMovedByHand();
    void languageChanged(const QString &name);
    void indentStyleChanged(const ui::IndentStyle &style);
    void zoomChanged(int percent);
    //! The context menu, before it is shown. Whoever owns the shared text disables its actions "undo" and "redo" where there
    //! is nothing to undo.
    void contextMenuRequested(QMenu *menu);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    //! Where an edit comes from decides what follows from it; there is one way into the text.
    enum class Origin { User, Remote };

    void setUpChildren();
    void apply(std::span<const TextEdit> edits, Origin origin);
    //! Keeps one's own carets, and what belongs to them, on their text.
    void keepCarets(std::span<const TextEdit> edits);
    //! \returns \a edit as it was made, clipped to the text
    TextEdit applyOne(const TextEdit &edit, Origin origin, bool bulk);
    void perform(const EditPlan &plan);
    bool refuse();
    void moveTo(qsizetype index, bool selects);
    //! Each caret's head goes where \a target says, given the caret.
    template <typename Target>
    void moveEach(bool selects, Target target);
    //! \a revealed is the index to scroll to when it is not the primary caret.
    void moveByHand(const CaretSet &carets, std::optional<qsizetype> revealed = {});
    void placeCarets(const CaretSet &carets, std::optional<qsizetype> revealed = {});
    void updateCarets(const CaretSet &carets);
    //! Then typing must not take the eye to the primary one, which is out of sight.
    bool isSomeOtherCaretInSight() const;
    void announceCarets();

    bool runMove(EditorCommand command, bool selects);
    bool runEdit(EditorCommand command);
    //! What a key means here and now.
    std::optional<KeyAction> ownAction(const QKeyEvent &event) const;
    void runClipboard(EditorCommand command);
    void moveVertically(qsizetype rows, bool selects);
    //! The index \a rows below that of \a index, nearest to \a x; the text's end where there is no such row.
    qsizetype verticallyFrom(qsizetype index, qsizetype rows, qreal x) const;
    QList<qreal> wantedX() const;

    bool runCarets(EditorCommand command);
    void addCarets(qsizetype rows);
    void selectNextOccurrence();
    void selectAllOccurrences();
    //! Every bare caret's word; the carets as they are where there is none.
    CaretSet withWords() const;
    void extendBox(qsizetype rows, qsizetype columns);
    void placeBox();
    BoxSelection::Text boxText() const { return {m_buffer, m_view, m_indent.width}; }
    void goToBracket();
    BracketSearch bracketSearch(std::chrono::milliseconds patience);
    void refreshBrackets();
    CommentMarks commentMarks() const;
    void insertTyped(const QString &text);
    void copySelection();
    void pasteText(const QString &text);
    void publishPrimarySelection();

    void refreshColors();
    void refreshFont();
    void refreshScrollBars();
    void refreshTicks();
    void refreshTicksSoon();
    void refreshFlags();
    void updateFlags();
    void scrollToLine(qint64 y);
    TextView::Anchor anchor() const;
    void putBack(const TextView::Anchor &anchor);
    void revealColumn(qsizetype index);
    void estimateRows();

    //! A fold that was asked for where the colouring has not come by yet.
    struct FoldWish
    {
        enum class What { AtCaret, Begin, All };
        What what = What::AtCaret;
        qsizetype index = 0;   //!< in the line where the region begins, for Begin
        std::chrono::steady_clock::time_point tried;
    };

    void runFold(EditorCommand command);
    //! \returns false when no region is known there
    bool foldAtCaret();
    bool foldBeginning(qsizetype line);
    void unfoldAtCaret();
    void foldAll();
    //! Fulfilled as soon as enough is coloured, forgotten when the user goes on with something else.
    void wishFold(FoldWish wish);
    void tryFoldWish();
    //! Opens what hides a caret.
    void openFolds();
    void moveFolds(const Folding::LineEdit &edit);
    void hideAgain(qsizetype firstLine, qsizetype lastLine);
    void foldsChanged(const TextView::Anchor &place);
    std::size_t lineHash(qsizetype line) const;
    std::optional<qsizetype> foldMarkAt(const QPointF &point) const;
    void updateLines(qsizetype first, qsizetype last);
    void restartBlink();
    void clearPreedit();
    EditorScene scene() const;

    void pressLeft(QMouseEvent *event, MouseSelection::Unit unit);
    //! Alt: a caret more, or one less where there is one.
    void pressAdding(qsizetype index, MouseSelection::Unit unit);
    void startDrag();
    void dragTo(const QPointF &point);
    void hoverAt(const QPointF &point);
    bool isOverSelection(const QPointF &point) const;

    const Languages &m_languages;
    const base::Clock &m_clock;
    TextBuffer m_buffer;
    Highlighter m_highlighter;
    TextView m_view;
    FoldRegions m_regions;
    Folding m_folding;
    std::optional<FoldWish> m_foldWish;
    Whitespace m_whitespace = Whitespace::Selected;
    bool m_showsFoldMarks = false;   // the pointer is in the gutter
    RemoteCarets m_people;
    EditorColors m_colors;
    TickScrollBar *m_ticks = nullptr;
    QPointer<SearchResults> m_results;

    CaretSet m_carets;
    QList<qreal> m_wantedX;   // for each caret where up and down aim while they pass shorter lines; or empty
    CaretSet m_announced;
    std::optional<BoxSelection> m_box;       // what the carets were made from, while m_boxCarets are the carets
    CaretSet m_boxCarets;
    std::optional<CaretSet> m_wordCarets;    // selections that were made from words: only whole words are their like
    std::optional<CaretSet> m_keptCarets;    // those that stay while the mouse drags another one
    bool m_dragsBox = false;
    std::optional<BracketPair> m_brackets;
    qsizetype m_announcedLine = 0;
    qsizetype m_announcedColumn = 0;
    std::optional<Preedit> m_preedit;
    MouseSelection m_mouse;
    QPointF m_pressPoint;
    bool m_mayDrag = false;
    qsizetype m_dropIndex = -1;
    bool m_dragsOwnText = false;

    std::optional<TextView::Anchor> m_kept;   // where the text was put by itself, at the scroll below
    qint64 m_keptScroll = 0;

    QString m_fileName;
    QString m_chosenLanguage;
    IndentStyle m_indent;
    QFont m_font;
    int m_zoom = 100;
    bool m_readOnly = false;
    bool m_tabMovesFocus = false;
    bool m_caretShown = true;
    QBasicTimer m_blink;
    QBasicTimer m_flags;
    QBasicTimer m_ticksDue;
    QBasicTimer m_bracketsDue;
    QBasicTimer m_autoScroll;
    QBasicTimer m_estimates;
    QBasicTimer m_tripleClick;
};

} // namespace ui
