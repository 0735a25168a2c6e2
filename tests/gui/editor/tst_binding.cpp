// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/presence.h"
#include "app/crdt/awareness.h"
#include "app/crdt/document.h"
#include "tests/gui/editor/editorfixture.h"
#include "tests/support/seed.h"
#include "tests/unit/client/workspacefixture.h"
#include "ui/editor/editorbinding.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>

#include <memory>
#include <random>

namespace {

QByteArray bytesOf(const base::Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

base::ByteView viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())};
}

//! An editor bound to a document on a scripted host; the host's copy stands for everybody else.
struct BindingFixture
{
    explicit BindingFixture(const QString &text)
    {
        type(0, 0, text);
        others.onUpdate([this](const crdt::Document::UpdateEvent &event) {
            if (event.local && opened)
                workspace.host.last().send(protocol::DocumentEdited{id, bytesOf(event.update), FakeHost::personId(2)});
        });
        workspace.host.script = [this](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            return answer(connection, message, call);
        };
        if (!workspace.open())
            qFatal("the workspace did not open");
        document = workspace.workspace->open("src/main.cpp");
        binding.emplace(view.editor, *document);
        if (!QTest::qWaitFor([this] { return document->state() == client::SharedDocument::State::Open; }))
            qFatal("the document did not open");
        opened = true;
    }

    ~BindingFixture() { binding.reset(); }

    bool answer(FakeConnection &connection, const protocol::AnyMessage &message, quint32 call)
    {
        if (std::holds_alternative<protocol::OpenDocument>(message)) {
            protocol::DocumentOpened reply;
            reply.document = id;
            reply.epoch = QByteArray(32, 'e');
            reply.update = bytesOf(others.encodeStateAsUpdate());
            reply.info.path = "src/main.cpp";
            connection.send(reply, call);
            return true;
        }
        if (const auto *update = std::get_if<protocol::UpdateDocument>(&message)) {
            if (!others.applyUpdate(viewOf(update->update)))
                qFatal("an update that does not apply");
            connection.send(protocol::DocumentUpdated{}, call);
            return true;
        }
        return false;
    }

    //! By the bar, as the user would.
    void replaceAll(const QString &pattern, const QString &replacement)
    {
        view.pane.replace();
        view.pane.findChild<QLineEdit *>(QStringLiteral("findPattern"))->setText(pattern);
        view.pane.findChild<QLineEdit *>(QStringLiteral("findReplacement"))->setText(replacement);
        QElapsedTimer timer;
        timer.start();
        view.pane.findChild<QAbstractButton *>(QStringLiteral("replaceAll"))->click();
        if (timer.elapsed() > 50)
            qInfo("replaced in %lld ms", timer.elapsed());
        view.editor.setFocus();
    }

    //! What somebody else does.
    void type(qsizetype index, qsizetype removed, const QString &inserted)
    {
        const auto done = others.text(protocol::kTextRoot).replace(
            std::size_t(index), std::size_t(removed), std::u16string_view(reinterpret_cast<const char16_t *>(inserted.utf16()), std::size_t(inserted.size())));
        if (!done)
            qFatal("the other side could not type");
    }
    QString othersText() { return QString::fromStdU16String(others.text(protocol::kTextRoot).toString()); }
    bool inStep() { return view.editor.text() == document->text() && view.editor.text() == othersText(); }

    base::DocumentId id = [] {
        std::array<std::uint8_t, 16> bytes{};
        bytes[5] = 9;
        return *base::DocumentId::fromBytes(bytes);
    }();
    crdt::Document others{crdt::DocumentOptions{.client = 77}};
    WorkspaceFixture workspace;
    EditorFixture view;
    client::SharedDocument *document = nullptr;
    std::optional<ui::EditorBinding> binding;
    bool opened = false;
};

} // namespace

class TestBinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newsOfTheFileLeaveTheColoursAlone();
    void typingReachesTheOthers();
    void theOthersTypingArrives();
    void bothTypingAtTheSamePlaceConverges();
    void undoTakesBackOnlyOurs();
    void theMenuOffersOnlyWhatCanBeUndone();
    void undoPutsTheCaretsBack();
    void undoScrollsToWhereTheEditWas();
    void undoNeverTouchesWhatOthersTyped();
    void othersSeeThePrimaryCaret();
    void replacingEverythingIsOneUndoStep();
    void replacingEverythingIsUndoneAmongOthersEdits();
    void readOnlyFollowsTheDocument();
    void languageFollowsThePath();
    void halvesOfCharactersNeverLeave();
    void randomWorkConverges();
    void survivesEitherSideGoing();
};

// Every save is such news, twice.
void TestBinding::newsOfTheFileLeaveTheColoursAlone()
{
    BindingFixture f(QStringLiteral("int a;\n").repeated(2000));
    QTRY_VERIFY(f.view.editor.highlighter().isSettled());
    QSignalSpy recoloured(&f.view.editor.highlighter(), &ui::Highlighter::linesRecoloured);
    QSignalSpy told(f.document, &client::SharedDocument::infoChanged);
    protocol::DocumentInfo info = f.document->info();
    info.save = protocol::SaveState::Unsaved;
    f.workspace.host.last().send(protocol::DocumentInfoChanged{f.id, info});
    QTRY_COMPARE(told.count(), 1);
    QVERIFY(f.view.editor.highlighter().isSettled());
    QCOMPARE(recoloured.count(), 0);
    // Another name may be another language.
    info.path = "src/main.py";
    f.workspace.host.last().send(protocol::DocumentInfoChanged{f.id, info});
    QTRY_COMPARE(f.view.editor.languageName(), QStringLiteral("Python"));
}

void TestBinding::typingReachesTheOthers()
{
    BindingFixture f(QStringLiteral("hello\n"));
    QCOMPARE(f.view.editor.text(), QStringLiteral("hello\n"));
    QVERIFY(!f.view.editor.isReadOnly());
    f.view.key(Qt::Key_End);
    f.view.type(QStringLiteral(" you"));
    f.view.key(Qt::Key_Return);
    QTRY_COMPARE(f.othersText(), QStringLiteral("hello you\n\n"));
    QVERIFY(f.inStep());
}

void TestBinding::theOthersTypingArrives()
{
    BindingFixture f(QStringLiteral("hello\n"));
    f.view.editor.setCaret(3, 3);
    f.view.announcements = 0;
    f.type(0, 1, QStringLiteral("J"));
    f.type(6, 0, QStringLiteral("next\n"));
    QTRY_COMPARE(f.view.editor.text(), QStringLiteral("Jello\nnext\n"));
    QCOMPARE(f.view.editor.caret(), (ui::Caret{3, 3}));
    QCOMPARE(f.view.announcements, 0);
    QVERIFY(!f.document->canUndo());
}

void TestBinding::bothTypingAtTheSamePlaceConverges()
{
    BindingFixture f(QStringLiteral("ab"));
    f.view.editor.setCaret(1, 1);
    for (int i = 0; i < 5; ++i) {
        f.view.type(QStringLiteral("x"));
        f.type(1, 0, QStringLiteral("y"));
    }
    QTRY_VERIFY(f.inStep());
    QCOMPARE(f.view.editor.text().size(), 12);
    QVERIFY(f.view.editor.text().contains(QStringLiteral("xxxxx")));
}

void TestBinding::undoTakesBackOnlyOurs()
{
    BindingFixture f(QStringLiteral("one two\n"));
    f.view.editor.setCaret(3, 3);
    f.view.type(QStringLiteral("ABC"));
    f.type(0, 0, QStringLiteral("their "));
    QTRY_COMPARE(f.view.editor.text(), QStringLiteral("their oneABC two\n"));
    f.view.key(Qt::Key_Home, Qt::ControlModifier);
    f.view.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.view.editor.text(), QStringLiteral("their one two\n"));
    QCOMPARE(f.view.editor.caret(), (ui::Caret{9, 9}));
    f.view.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.view.editor.text(), QStringLiteral("their one two\n"));
    f.view.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.view.editor.text(), QStringLiteral("their oneABC two\n"));
    QTRY_VERIFY(f.inStep());
}

void TestBinding::theMenuOffersOnlyWhatCanBeUndone()
{
    BindingFixture f(QStringLiteral("one\n"));
    // What is enabled of Undo and Redo.
    const auto offered = [&f] {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(10, 10), f.view.editor.viewport()->mapToGlobal(QPoint(10, 10)));
        QApplication::sendEvent(f.view.editor.viewport(), &event);
        const std::unique_ptr<QMenu> menu(f.view.editor.findChild<QMenu *>(QStringLiteral("editorMenu")));
        QStringList enabled;
        for (const QAction *action : menu->actions()) {
            const QString name = action->text().section(u'\t', 0, 0);
            if (action->isEnabled() && (name == QStringLiteral("Undo") || name == QStringLiteral("Redo")))
                enabled.append(name);
        }
        return enabled;
    };
    QCOMPARE(offered(), QStringList());
    f.type(0, 0, QStringLiteral("theirs "));
    QTRY_COMPARE(f.view.editor.text(), QStringLiteral("theirs one\n"));
    QCOMPARE(offered(), QStringList());
    f.view.type(QStringLiteral("mine"));
    QCOMPARE(offered(), QStringList{QStringLiteral("Undo")});
    f.view.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(offered(), QStringList{QStringLiteral("Redo")});
}

void TestBinding::undoPutsTheCaretsBack()
{
    BindingFixture f(QStringLiteral("one two\nthree four\n"));
    f.view.editor.setCarets(ui::CaretSet({{0, 3}, {8, 13}, {19, 19}}, 1));
    f.view.type(QStringLiteral("xy"));
    QCOMPARE(f.view.marked(), QStringLiteral("xy| two\nxy| four\nxy|"));
    f.type(0, 0, QStringLiteral("their "));
    QTRY_COMPARE(f.view.editor.text(), QStringLiteral("their xy two\nxy four\nxy"));
    f.view.key(Qt::Key_Home, Qt::ControlModifier);
    f.view.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.view.marked(), QStringLiteral("their ^one| two\n^three| four\n|"));
    QCOMPARE(f.view.editor.carets().primaryIndex(), 1);
    // Redo goes to where the edit is, too, not to where the caret was when it was undone.
    f.view.key(Qt::Key_Home, Qt::ControlModifier);
    f.view.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.view.marked(), QStringLiteral("their xy| two\nxy| four\nxy|"));
    f.view.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.view.marked(), QStringLiteral("their ^one| two\n^three| four\n|"));
    QTRY_VERIFY(f.inStep());
    // Each action is one step, whatever it does and at however many places.
    f.view.editor.setCarets(ui::CaretSet({{6, 6}, {14, 14}}));
    for (const auto &[key, modifiers] : {std::pair(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier),
                                         std::pair(Qt::Key_Down, Qt::KeyboardModifiers(Qt::AltModifier)),
                                         std::pair(Qt::Key_Slash, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                         std::pair(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier)}) {
        const QString before = f.view.marked();
        f.view.key(key, modifiers);
        QVERIFY(f.view.marked() != before);
        const QString after = f.view.marked();
        f.view.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.view.marked(), before);
        f.view.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f.view.marked(), after);
    }
}

void TestBinding::undoScrollsToWhereTheEditWas()
{
    BindingFixture f(QStringLiteral("line\n").repeated(500));
    f.view.editor.setCaret(5 * 300, 5 * 300);
    f.view.type(QStringLiteral("x"));
    f.view.key(Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(f.view.editor.view().firstVisibleLine(), 0);
    f.view.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.view.editor.caret(), (ui::Caret{5 * 300, 5 * 300}));
    QVERIFY(f.view.editor.view().firstVisibleLine() <= 300 && f.view.editor.view().lastVisibleLine() >= 300);
    f.view.key(Qt::Key_Home, Qt::ControlModifier);
    f.view.key(Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(f.view.editor.caret(), (ui::Caret{5 * 300 + 1, 5 * 300 + 1}));
    QVERIFY(f.view.editor.view().lastVisibleLine() >= 300);
}

void TestBinding::undoNeverTouchesWhatOthersTyped()
{
    std::mt19937 random(unsigned(support::seed()));
    BindingFixture f(QStringLiteral("....\n....\n....\n"));
    const auto theirs = [&f] { return f.view.editor.text().remove(u'm'); };
    const auto ctrl = Qt::KeyboardModifiers(Qt::ControlModifier);
    for (int step = 0; step < 400; ++step) {
        const unsigned what = random() % 10;
        if (what < 3) {
            const qsizetype length = f.othersText().size();
            const auto index = static_cast<qsizetype>(random() % unsigned(length + 1));
            // Whole words as well, in the middle of ours, and removals of whatever stands there.
            f.type(index, std::min<qsizetype>(random() % 3, length - index), QStringLiteral("ttt").left(random() % 4));
            QCoreApplication::processEvents();
        } else if (what < 7) {
            const QString before = theirs();
            QList<ui::Caret> carets;
            for (unsigned i = 0; i <= random() % 3; ++i) {
                const auto at = static_cast<qsizetype>(random() % unsigned(f.view.editor.buffer().length() + 1));
                carets.append({at, at});
            }
            f.view.editor.setCarets(ui::CaretSet(carets));
            f.document->endUndoStep();
            f.view.type(QStringLiteral("mm"));
            QCOMPARE(theirs(), before);
        } else {
            const QString before = theirs();
            f.view.key(what < 9 ? Qt::Key_Z : Qt::Key_Y, ctrl);
            QCOMPARE(theirs(), before);
        }
        QCOMPARE(f.view.editor.text(), f.document->text());
    }
    const QString before = theirs();
    while (f.document->canUndo())
        f.view.key(Qt::Key_Z, ctrl);
    QCOMPARE(f.view.editor.text(), before);
    QTRY_VERIFY(f.inStep());
}

void TestBinding::othersSeeThePrimaryCaret()
{
    BindingFixture f(QStringLiteral("one two three"));
    f.view.editor.setCarets(ui::CaretSet({{8, 13}, {0, 3}}, 0));
    const auto place = [&f] {
        const auto sent = f.workspace.host.last().got<protocol::UpdatePresence>();
        const auto entries = sent.isEmpty() ? std::nullopt : std::optional(crdt::decodeAwareness(viewOf(sent.constLast().awareness)));
        return entries && *entries && !(*entries)->empty() ? client::placeFromState((*entries)->front().state.value_or(std::string())) : client::Place{};
    };
    const auto at = [&f](const std::optional<crdt::RelativePosition> &position) {
        return position ? position->resolve(f.others).value_or(999) : 999;
    };
    QTRY_COMPARE(at(place().anchor), std::size_t(8));
    QCOMPARE(at(place().head), std::size_t(13));
}

void TestBinding::replacingEverythingIsOneUndoStep()
{
    const QString before = QStringLiteral("cat and cat\n").repeated(5000);
    const QString after = QStringLiteral("horse and horse\n").repeated(5000);
    BindingFixture f(before);
    f.replaceAll(QStringLiteral("cat"), QStringLiteral("horse"));
    QCOMPARE(f.view.editor.text(), after);
    QCOMPARE(f.view.announcements, 1);
    QTRY_VERIFY(f.inStep());
    QElapsedTimer timer;
    timer.start();
    f.view.key(Qt::Key_Z, Qt::ControlModifier);
    qInfo("10,000 replacements undone in %lld ms", timer.elapsed());
    QCOMPARE(f.view.editor.text(), before);
    QVERIFY(!f.document->canUndo());
    QTRY_VERIFY(f.inStep());
    f.view.key(Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(f.view.editor.text(), after);
    QTRY_VERIFY(f.inStep());
}

void TestBinding::replacingEverythingIsUndoneAmongOthersEdits()
{
    std::mt19937 random(unsigned(support::seed()));
    for (int round = 0; round < 10; ++round) {
        const QString before = QStringLiteral("cat and cat\n").repeated(1 + random() % 60);
        const QString after = QString(before).replace(QStringLiteral("cat"), QStringLiteral("horse"));
        BindingFixture f(before);
        const auto othersType = [&] {
            for (unsigned i = 0; i < random() % 20; ++i)
                f.type(static_cast<qsizetype>(random() % unsigned(f.othersText().size() + 1)), 0, QStringLiteral("T"));
            // Sometimes they have seen ours by then, sometimes not.
            if (random() % 2)
                QCoreApplication::processEvents();
        };
        const auto ours = [&f] { return f.view.editor.text().remove(u'T'); };
        f.replaceAll(QStringLiteral("cat"), QStringLiteral("horse"));
        othersType();
        QCOMPARE(ours(), after);
        f.view.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(ours(), before);
        othersType();
        f.view.key(Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(ours(), after);
        othersType();
        f.view.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(ours(), before);
        QVERIFY(!f.document->canUndo());
        QTRY_VERIFY(f.inStep());
        QCOMPARE(f.view.editor.text(), f.document->text());
    }
}

void TestBinding::readOnlyFollowsTheDocument()
{
    BindingFixture f(QStringLiteral("text"));
    QVERIFY(f.workspace.lose());
    // A lost connection is no reason to stop typing.
    f.view.type(QStringLiteral("a"));
    QCOMPARE(f.view.editor.text(), QStringLiteral("atext"));
    f.workspace.host.isReachable = true;
    f.workspace.workspace->session().leave();
    QTRY_VERIFY(f.view.editor.isReadOnly());
    f.view.type(QStringLiteral("b"));
    QCOMPARE(f.view.editor.text(), QStringLiteral("atext"));
}

void TestBinding::languageFollowsThePath()
{
    BindingFixture f(QStringLiteral("int x;"));
    QCOMPARE(f.view.editor.languageName(), QStringLiteral("C++"));
}

void TestBinding::halvesOfCharactersNeverLeave()
{
    BindingFixture f(QString::fromUtf8("a🙂b"));
    QApplication::clipboard()->setText(QString(QStringLiteral("x") + QChar(0xD83D) + QStringLiteral("y")));
    f.view.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(f.view.editor.text(), QString(QStringLiteral("x") + QChar(QChar::ReplacementCharacter) + QString::fromUtf8("ya🙂b")));
    f.view.editor.setCaret(5, 5);
    QCOMPARE(f.view.editor.caret().head, 4);
    f.view.key(Qt::Key_Delete);
    QTRY_VERIFY(f.inStep());
    // Something that the document refuses does not stay on the screen.
    QSignalSpy refused(&*f.binding, &ui::EditorBinding::editRefused);
    f.view.editor.applyOwn({{0, 0, QString(QChar(0xDE42))}}, ui::Caret{0, 0});
    QCOMPARE(refused.count(), 1);
    QVERIFY(f.inStep());
}

void TestBinding::randomWorkConverges()
{
    std::mt19937 random(unsigned(support::seed()));
    BindingFixture f(QString::fromUtf8("int main()\n{\n    return 0; // 🙂\n}\n"));
    const QList<Qt::Key> keys = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Backspace, Qt::Key_Delete,
                                 Qt::Key_Return, Qt::Key_Tab, Qt::Key_A, Qt::Key_Z, Qt::Key_K};
    const QList<Qt::KeyboardModifiers> modifiers = {Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier,
                                                    Qt::AltModifier, Qt::ControlModifier | Qt::ShiftModifier};
    for (int step = 0; step < 600; ++step) {
        if (random() % 3 == 0) {
            const QString text = f.othersText();
            qsizetype index = qsizetype(random() % unsigned(text.size() + 1));
            if (index < text.size() && text[index].isLowSurrogate())
                --index;
            f.type(index, 0, random() % 2 ? QStringLiteral("t\n") : QString::fromUtf8("é"));
        } else {
            f.view.key(keys[qsizetype(random()) % keys.size()], modifiers[qsizetype(random()) % modifiers.size()]);
        }
        if (random() % 4 == 0)
            QCoreApplication::processEvents();
        QCOMPARE(f.view.editor.text(), f.document->text());
    }
    QTRY_VERIFY(f.inStep());
}

void TestBinding::survivesEitherSideGoing()
{
    BindingFixture f(QStringLiteral("text"));
    f.workspace.workspace.reset();
    f.view.type(QStringLiteral("a"));
    f.view.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(f.binding->document() == nullptr);
}

QTEST_MAIN(TestBinding)

#include "tst_binding.moc"
