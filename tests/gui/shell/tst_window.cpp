// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/shell/windows.h"
#include "tests/gui/support/stage.h"
#include "ui/editor/codeeditor.h"
#include "ui/files/filespane.h"
#include "ui/files/filetreeview.h"
#include "ui/presence/avatarbutton.h"
#include "ui/presence/avatarstrip.h"
#include "ui/share/sharepill.h"
#include "ui/shell/actions.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/shell/statusline.h"
#include "ui/shell/tabbutton.h"
#include "ui/shell/tabstrip.h"
#include "ui/shell/workspaceview.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QWheelEvent>

using namespace ui;
using namespace Qt::StringLiterals;

//! A workspace window over a host that answers what the test says.
class WindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tabLookedAtGivesWayAndEditedTabStays();
    void ownMenuHasTheEntriesForTheState();
    void strangersNamesCannotHideAnything();
    void toastCopiesAndMakesReadOnly();
    void deletingOffersUndo();
    void nameThatIsTakenIsExplainedWhereItIsTyped();
    void closingASharedWorkspaceAsksFirst();
    void paletteFindsCommandsByOtherWords();
    void severalCaretsAreCountedAndCommandsReachThem();
    void howTextIsShownIsRemembered();
    void aFileOpensWhereOneWas();
    void whatWasChosenInAnotherWindowCounts();
    void typingInAReadOnlyTextIsExplainedOnce();
    void whatTheHostCannotTakeIsGivenBack();
    void whatTheHostTakesLaterStays();
    void aFullTextSaysSo();
    void whatIsUnderThePointerStays();

private:
    bool open();
    DocumentView *openFile(const QByteArray &path, bool keeps);

    std::unique_ptr<WindowEnvironment> m_environment;
    std::unique_ptr<Stage> m_stage;
    QPointer<MainWindow> m_window;
};

void WindowTest::init()
{
    m_environment = std::make_unique<WindowEnvironment>();
    m_environment->theme.setReducedMotion(true);
    m_stage = std::make_unique<Stage>();
    m_stage->addFile("a.txt", u"one\n"_s);
    m_stage->addFile("b.txt", u"two\n"_s);
    m_stage->addFile("src/c.txt", u"three\n"_s);
}

void WindowTest::cleanup()
{
    delete m_window;
    m_stage.reset();
    m_environment.reset();
}

bool WindowTest::open()
{
    if (!m_stage->open())
        return false;
    m_window = new MainWindow(m_environment->shared);
    m_window->setAttribute(Qt::WA_DeleteOnClose, false);
    m_window->showWorkspace(m_stage->take());
    m_window->resize(1000, 700);
    m_window->show();
    return QTest::qWaitForWindowExposed(m_window);
}

DocumentView *WindowTest::openFile(const QByteArray &path, bool keeps)
{
    DocumentView *view = m_window->workspaceView()->documents().open(path, keeps);
    return QTest::qWaitFor([view] { return view->isText() && !view->editor().text().isEmpty(); }) ? view : nullptr;
}

void WindowTest::tabLookedAtGivesWayAndEditedTabStays()
{
    QVERIFY(open());
    DocumentArea &documents = m_window->workspaceView()->documents();
    QVERIFY(openFile("a.txt", false) != nullptr);
    QCOMPARE(documents.count(), 1);
    DocumentView *second = openFile("b.txt", false);
    QVERIFY(second != nullptr);
    QCOMPARE(documents.count(), 1);
    QVERIFY(part<TabStrip>(*m_window, u"tabStrip"_s)->tab(0)->isPreview());
    QTest::keyClicks(&second->editor(), u"x"_s);
    QVERIFY(!part<TabStrip>(*m_window, u"tabStrip"_s)->tab(0)->isPreview());
    QVERIFY(openFile("src/c.txt", false) != nullptr);
    QCOMPARE(documents.count(), 2);
    m_window->actions()[Command::PreviousTab]->trigger();
    QCOMPARE(documents.current()->path(), QByteArray("b.txt"));
    m_window->actions()[Command::CloseTab]->trigger();
    QCOMPARE(documents.count(), 1);
    QCOMPARE(documents.current()->path(), QByteArray("src/c.txt"));
}

void WindowTest::ownMenuHasTheEntriesForTheState()
{
    QVERIFY(open());
    const auto entries = [this] {
        QTest::mouseClick(part<AvatarButton>(*m_window, u"ownAvatar"_s), Qt::LeftButton);
        QStringList texts;
        auto *menu = m_window->findChild<QMenu *>(u"ownMenu"_s);
        for (const QAction *action : menu->actions()) {
            if (action->isVisible() && !action->text().isEmpty())
                texts += action->text().remove(u'&');
        }
        delete menu;
        return texts;
    };
    QCOMPARE(entries(), QStringList{u"Share Running Workspace…"_s});
    m_stage->host.joined.share = protocol::ShareState{.access = protocol::Access::Edit};
    m_stage->host.last().send(protocol::ShareChanged{.state = m_stage->host.joined.share});
    QTRY_COMPARE(part<SharePill>(*m_window, u"sharePill"_s)->text(), u"Shared · Edit"_s);
    QCOMPARE(entries(), (QStringList{u"Share Running Workspace…"_s, u"Copy Link"_s, u"Stop Sharing"_s}));
}

void WindowTest::strangersNamesCannotHideAnything()
{
    m_stage->addPerson(2, u"Ana\u202e\u200b Owner\n"_s, protocol::Access::View);
    QVERIFY(open());
    QCOMPARE(part<AvatarButton>(*m_window, u"avatar0"_s)->accessibleName(), u"Ana Owner, viewer"_s);
    m_stage->askToJoin(u"<b>Eve</b>\u2067"_s, u"192.0.2.7"_s, protocol::Access::Edit);
    QTRY_VERIFY(m_window->findChild<QLabel *>(u"joinRequestTitle"_s) != nullptr);
    auto *title = part<QLabel>(*m_window, u"joinRequestTitle"_s);
    QCOMPARE(title->text(), u"<b>Eve</b> wants to join"_s);
    QCOMPARE(title->textFormat(), Qt::PlainText);
}

void WindowTest::toastCopiesAndMakesReadOnly()
{
    m_stage->setShared(protocol::Access::Edit, protocol::JoinPolicy::Ask);
    QVERIFY(open());
    QApplication::clipboard()->clear();
    m_window->actions()[Command::CopyLink]->trigger();
    QTRY_COMPARE(m_window->workspaceView()->toasts().toasts().size(), 1);
    Toast *toast = m_window->workspaceView()->toasts().toasts().constFirst();
    QCOMPARE(toast->title(), u"Invitation link copied"_s);
    const QString link = QApplication::clipboard()->text();
    QVERIFY(link.startsWith("alongside://192.0.2.7:4711/s/"_L1));
    QTest::mouseClick(part<QPushButton>(*toast, u"toastAccess"_s), Qt::LeftButton);
    QTRY_COMPARE(part<QPushButton>(*toast, u"toastAccess"_s)->text(), u"Allow editing"_s);
    QCOMPARE(m_stage->host.joined.share->access, protocol::Access::View);
    QApplication::clipboard()->clear();
    QTest::mouseClick(part<QPushButton>(*toast, u"toastCopy"_s), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), link);
    QTest::mouseClick(part<QPushButton>(*toast, u"toastInfo"_s), Qt::LeftButton);
    QTRY_VERIFY(m_window->findChild<QWidget *>(u"guestHelp"_s) != nullptr);
}

void WindowTest::deletingOffersUndo()
{
    QVERIFY(open());
    auto *tree = part<FileTreeView>(*m_window, u"fileTree"_s);
    QTRY_VERIFY(tree->model()->rowCount() == 3);
    tree->reveal("a.txt");
    QTest::keyClick(tree, Qt::Key_Delete);
    QTRY_COMPARE(m_window->workspaceView()->toasts().toasts().size(), 1);
    Toast *toast = m_window->workspaceView()->toasts().toasts().constFirst();
    QCOMPARE(toast->title(), u"“a.txt” is in the bin"_s);
    QTest::mouseClick(part<QPushButton>(*toast, u"toastUndoDelete"_s), Qt::LeftButton);
    QTRY_COMPARE(m_stage->host.last().got<protocol::RestoreEntry>().size(), 1);
}

void WindowTest::nameThatIsTakenIsExplainedWhereItIsTyped()
{
    QVERIFY(open());
    auto *tree = part<FileTreeView>(*m_window, u"fileTree"_s);
    QTRY_VERIFY(tree->model()->rowCount() == 3);
    m_window->actions()[Command::NewFile]->trigger();
    auto *field = part<QLineEdit>(*m_window, u"nameField"_s);
    QTest::keyClicks(field, u"a/b"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(part<QLabel>(*m_window, u"nameProblem"_s)->text().contains(u"slash"_s));
    QVERIFY(m_stage->host.last().got<protocol::CreateEntry>().isEmpty());
    field->clear();
    QTest::keyClicks(field, u"a.txt"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(part<QLabel>(*m_window, u"nameProblem"_s)->text().contains(u"there already"_s));
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_VERIFY(m_window->findChild<QLineEdit *>(u"nameField"_s) == nullptr);
}

void WindowTest::closingASharedWorkspaceAsksFirst()
{
    m_stage->setShared(protocol::Access::Edit, protocol::JoinPolicy::Ask);
    m_stage->addPerson(2, u"Ravi"_s, protocol::Access::Edit);
    m_stage->addPerson(3, u"Ana"_s, protocol::Access::Edit);
    QVERIFY(open());
    QVERIFY(!m_window->close());
    QTRY_VERIFY(m_window->findChild<QLabel *>(u"promptText"_s) != nullptr);
    QVERIFY(part<QLabel>(*m_window, u"promptText"_s)->text().startsWith(u"2 people"_s));
    QTest::mouseClick(part<QPushButton>(*m_window, u"promptCancel"_s), Qt::LeftButton);
    QTRY_VERIFY(m_window->findChild<QLabel *>(u"promptText"_s) == nullptr);
    QVERIFY(m_window->isVisible());
    QVERIFY(!m_window->close());
    QTest::mouseClick(part<QPushButton>(*m_window, u"closeNow"_s), Qt::LeftButton);
    QTRY_COMPARE(m_stage->host.last().got<protocol::EndShare>().size(), 1);
    QTRY_VERIFY(!m_window->isVisible());
}

void WindowTest::paletteFindsCommandsByOtherWords()
{
    QVERIFY(open());
    m_window->actions()[Command::Palette]->trigger();
    auto *field = part<QLineEdit>(*m_window, u"paletteField"_s);
    QTest::keyClicks(field, u"live share"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(m_window->findChild<QWidget *>(u"shareDialog"_s) != nullptr);
    QVERIFY(!part<QWidget>(*m_window, u"commandPalette"_s)->isVisible());
}

void WindowTest::severalCaretsAreCountedAndCommandsReachThem()
{
    QVERIFY(open());
    const Actions &actions = m_window->actions();
    QVERIFY(!actions[Command::DuplicateLines]->isEnabled());
    QVERIFY(!actions[Command::AddCaretBelow]->isEnabled());
    DocumentView *view = openFile("a.txt", true);
    QVERIFY(view != nullptr);
    CodeEditor &editor = view->editor();
    editor.setFocus();
    const auto position = [this] { return part<QAbstractButton>(*m_window, u"statusPosition"_s)->text(); };
    actions[Command::AddCaretBelow]->trigger();
    QCOMPARE(editor.carets().count(), 2);
    QCOMPARE(position(), u"2 carets"_s);
    QTest::keyClick(&editor, Qt::Key_Escape);
    QCOMPARE(position(), u"Ln 1, Col 1"_s);
    actions[Command::DuplicateLines]->trigger();
    QCOMPARE(editor.text(), u"one\none\n"_s);
    actions[Command::SelectNextOccurrence]->trigger();
    actions[Command::SelectNextOccurrence]->trigger();
    QCOMPARE(editor.carets(), CaretSet({{0, 3}, {4, 7}}, 1));
    actions[Command::MoveLinesDown]->trigger();
    actions[Command::IndentLines]->trigger();
    actions[Command::OutdentLines]->trigger();
    QCOMPARE(editor.text(), u"\none\none"_s);
    actions[Command::RemoveLines]->trigger();
    QCOMPARE(editor.text(), u""_s);
    // A line command must not reach past the field that has the keyboard.
    actions[Command::Find]->trigger();
    actions[Command::DuplicateLines]->trigger();
    QCOMPARE(editor.text(), u""_s);
}

void WindowTest::howTextIsShownIsRemembered()
{
    m_stage->addFile("fold.cpp", u"f()\n{\n    x;\n    y;\n}\n"_s);
    QVERIFY(open());
    const Actions &actions = m_window->actions();
    DocumentView *first = openFile("a.txt", true);
    DocumentView *view = openFile("fold.cpp", true);
    QVERIFY(first != nullptr && view != nullptr);
    CodeEditor &editor = view->editor();
    QVERIFY(!editor.view().wraps());
    QTest::keyClick(m_window, Qt::Key_Z, Qt::AltModifier);
    QVERIFY(editor.view().wraps());
    QVERIFY(first->editor().view().wraps());
    QVERIFY(actions[Command::WrapLines]->isChecked());
    actions[Command::BlanksAll]->trigger();
    QCOMPARE(editor.whitespace(), Whitespace::All);
    // The wheel changes the size as the menu does.
    QWheelEvent wheel({50, 50}, editor.viewport()->mapToGlobal(QPointF(50, 50)), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(editor.viewport(), &wheel);
    QCOMPARE(editor.zoomPercent(), 110);
    QCOMPARE(first->editor().zoomPercent(), 110);
    QTRY_VERIFY(editor.highlighter().isSettled());
    editor.setCaret(6, 6);
    actions[Command::Fold]->trigger();
    QVERIFY(editor.view().isFolded(1));
    actions[Command::Unfold]->trigger();
    QVERIFY(!editor.view().isFolded(1));
    actions[Command::FoldAll]->trigger();
    QVERIFY(editor.view().isFolded(1));
    actions[Command::UnfoldAll]->trigger();
    QVERIFY(editor.folding().isEmpty());
    const Settings kept(m_environment->folder.filePath(u"config"_s));
    QCOMPARE(kept.zoomPercent(), 110);
    QCOMPARE(kept.whitespace(), Whitespace::All);
    QVERIFY(kept.wrapsLines());
    DocumentView *next = openFile("b.txt", true);
    QVERIFY(next != nullptr && next->editor().view().wraps());
    QCOMPARE(next->editor().zoomPercent(), 110);
    QCOMPARE(next->editor().whitespace(), Whitespace::All);
}

void WindowTest::whatWasChosenInAnotherWindowCounts()
{
    QVERIFY(open());
    DocumentView *view = openFile("a.txt", true);
    QVERIFY(view != nullptr);
    MainWindow other(m_environment->shared);
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    other.actions()[Command::WrapLines]->trigger();
    other.actions()[Command::BlanksAll]->trigger();
    other.actions()[Command::ThemeDark]->trigger();
    m_environment->settings.setZoomPercent(150);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window));
    QVERIFY(view->editor().view().wraps());
    QCOMPARE(view->editor().whitespace(), Whitespace::All);
    QCOMPARE(view->editor().zoomPercent(), 150);
    for (const Command command : {Command::WrapLines, Command::BlanksAll, Command::ThemeDark})
        QVERIFY(m_window->actions()[command]->isChecked());
    QVERIFY(m_environment->settings.wrapsLines());
    m_window->actions()[Command::ThemeDesktop]->trigger();
}

void WindowTest::aFileOpensWhereOneWas()
{
    m_stage->addFile("fold.cpp", u"f()\n{\n    x;\n    y;\n}\n"_s);
    QVERIFY(open());
    DocumentView *view = openFile("fold.cpp", true);
    QVERIFY(view != nullptr);
    QTRY_VERIFY(view->editor().highlighter().isSettled());
    view->editor().toggleFold(1);
    QVERIFY(view->editor().view().isFolded(1));
    const qsizetype place = view->editor().text().indexOf(u"}");
    view->editor().setCaret(place, place);
    m_window->actions()[Command::CloseTab]->trigger();
    DocumentView *again = openFile("fold.cpp", true);
    QVERIFY(again != nullptr && again != view);
    QVERIFY(again->editor().view().isFolded(1));
    QCOMPARE(again->editor().caret().head, place);
    // Who asks for a line goes there.
    m_window->actions()[Command::CloseTab]->trigger();
    m_window->workspaceView()->documents().open("fold.cpp", true)->goToLine(3);
    DocumentView *atLine = openFile("fold.cpp", true);
    QVERIFY(atLine != nullptr);
    QTRY_COMPARE(atLine->line(), 3);
    QVERIFY(atLine->editor().folding().isEmpty());
}

void WindowTest::typingInAReadOnlyTextIsExplainedOnce()
{
    m_stage->setYou(u"Ravi"_s, protocol::Access::View);
    m_stage->addPerson(2, u"Nadia"_s, protocol::Access::Owner);
    QVERIFY(open());
    DocumentView *view = openFile("a.txt", true);
    QVERIFY(view != nullptr);
    QTest::keyClicks(&view->editor(), u"xyz"_s);
    QCOMPARE(view->editor().text(), u"one\n"_s);
    QTRY_COMPARE(m_window->workspaceView()->toasts().toasts().size(), 1);
    QCOMPARE(m_window->workspaceView()->toasts().toasts().constFirst()->title(), u"You can look but not change anything"_s);
    QCOMPARE(part<SharePill>(*m_window, u"sharePill"_s)->text(), u"Nadia's · View"_s);
}

void WindowTest::whatTheHostCannotTakeIsGivenBack()
{
    QVERIFY(open());
    DocumentView *view = openFile("a.txt", true);
    QVERIFY(view != nullptr);
    m_stage->refusesUpdates = base::ErrorCode::TooLarge;
    QTest::keyClicks(&view->editor(), u"xyz"_s);
    const auto &toasts = m_window->workspaceView()->toasts();
    QTRY_COMPARE(toasts.toasts().size(), 1);
    QCOMPARE(toasts.toasts().constFirst()->title(), u"Your last changes could not be taken"_s);
    QCOMPARE(view->editor().text(), u"one\n"_s);
    QVERIFY(!view->editor().isReadOnly());
    QTest::mouseClick(part<QPushButton>(*m_window, u"toastCopyLost"_s), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), u"xyz"_s);
}

void WindowTest::whatTheHostTakesLaterStays()
{
    QVERIFY(open());
    DocumentView *view = openFile("a.txt", true);
    QVERIFY(view != nullptr);
    m_stage->refusesUpdates = base::ErrorCode::InputOutput;
    QTest::keyClicks(&view->editor(), u"xyz"_s);
    const auto &toasts = m_window->workspaceView()->toasts();
    QTRY_COMPARE(toasts.toasts().size(), 1);
    QCOMPARE(toasts.toasts().constFirst()->title(), u"The host does not take your changes now"_s);
    QCOMPARE(view->editor().text(), u"xyzone\n"_s);
    m_stage->refusesUpdates.reset();
    // Sent again after five seconds.
    QTRY_VERIFY_WITH_TIMEOUT(!view->document()->hasUnacknowledged(), 30'000);
    QCOMPARE(toasts.toasts().size(), 1);
}

void WindowTest::aFullTextSaysSo()
{
    m_stage->addFile("full.txt", QString(protocol::kMaxTextFileBytes / 4096, QChar(u'\n')).replace(u"\n"_s, QString(4095, QChar(u'x')) + u'\n'));
    QVERIFY(open());
    DocumentView *view = openFile("full.txt", true);
    QVERIFY(view != nullptr);
    const QString before = view->editor().text();
    QCOMPARE(before.size(), protocol::kMaxTextFileBytes);
    QTest::keyClicks(&view->editor(), u"yz"_s);
    QVERIFY(view->editor().text() == before);
    const auto &toasts = m_window->workspaceView()->toasts();
    QTRY_COMPARE(toasts.toasts().size(), 1);
    QCOMPARE(toasts.toasts().constFirst()->title(), u"The text would become too large"_s);
    QTest::keyClick(&view->editor(), Qt::Key_Delete);
    QCOMPARE(view->editor().text().size(), before.size() - 1);
}

void WindowTest::whatIsUnderThePointerStays()
{
    m_stage->addPerson(2, u"Ravi"_s, protocol::Access::Edit);
    m_stage->addPerson(3, u"Ana"_s, protocol::Access::Edit);
    QVERIFY(open());
    const auto *strip = part<AvatarStrip>(*m_window, u"avatarStrip"_s);
    const auto rightOf = [strip](const QString &name) {
        for (const AvatarButton *button : strip->findChildren<AvatarButton *>()) {
            if (button->accessibleName().startsWith(name))
                return button->mapTo(strip->window(), QPoint(button->width(), 0)).x();
        }
        return -1;
    };
    const int ravi = rightOf(u"Ravi"_s);
    const int ana = rightOf(u"Ana"_s);
    QVERIFY(ravi > 0 && ana > 0);
    protocol::Participant mia = FakeHost::person(4, protocol::Access::Edit);
    mia.name = u"Mia"_s;
    mia.since = m_stage->clock.wallTime();
    m_stage->host.last().send(protocol::ParticipantJoined{.participant = mia});
    QTRY_VERIFY(rightOf(u"Mia"_s) > 0);
    QApplication::processEvents();
    QCOMPARE(rightOf(u"Ravi"_s), ravi);
    QCOMPARE(rightOf(u"Ana"_s), ana);
    QVERIFY(rightOf(u"Mia"_s) < qMin(ravi, ana));
}

QTEST_MAIN(WindowTest)
#include "tst_window.moc"
