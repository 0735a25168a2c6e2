// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/shell/windows.h"
#include "ui/editor/codeeditor.h"
#include "ui/presence/avatarbutton.h"
#include "ui/share/sharedialog.h"
#include "ui/shell/actions.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/shell/sharecontroller.h"
#include "ui/shell/workspaceview.h"
#include "ui/signin/startpage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/describe.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTest>

#include <algorithm>

#include <signal.h>

using namespace ui;
using namespace Qt::StringLiterals;

//! Two desktop windows and a real host: the main job from end to end, by keys and buttons as far as people do it.
class TogetherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void twoPeopleTypeInTheSameLineAtOnce();
    void thisProjectItselfIsEditedByTwo();
    void readOnlyHoldsOnTheHost();
    void unsharingTellsTheGuestWhoEndedIt();
    void aDeniedGuestIsToldSo();
    void textTypedWhileTheHostIsDownArrives();

private:
    bool openOwner();
    QString shareByDialog(bool asks);
    bool joinByCard(const QString &link, const QString &name);
    DocumentView *openFile(MainWindow &window, const QByteArray &path);
    QString onDisk(const QString &name) const;
    bool bringInThisProject() const;

    std::unique_ptr<WindowEnvironment> m_environment;
    std::unique_ptr<QTemporaryDir> m_project;
    QPointer<MainWindow> m_owner;
    QPointer<MainWindow> m_guest;
};

namespace {

constexpr int kPatience = 20'000;

void press(const QWidget &window, const QString &button)
{
    auto *widget = part<QAbstractButton>(window, button);
    QVERIFY(widget != nullptr);
    QTRY_VERIFY(widget->isEnabled());
    QTest::mouseClick(widget, Qt::LeftButton);
}

} // namespace

void TogetherTest::initTestCase()
{
    QApplication::setQuitOnLastWindowClosed(false);
}

void TogetherTest::init()
{
    m_environment = std::make_unique<WindowEnvironment>();
    m_environment->theme.setReducedMotion(true);
    m_project = std::make_unique<QTemporaryDir>();
    QFile file(m_project->filePath(u"notes.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("first line\nsecond line\n");
    file.close();
}

void TogetherTest::cleanup()
{
    for (MainWindow *window : {m_guest.data(), m_owner.data()})
        delete window;
    m_environment.reset();
    m_project.reset();
}

bool TogetherTest::openOwner()
{
    m_owner = new MainWindow(m_environment->shared);
    m_owner->setOwnerName(u"Nadia Haddad"_s);
    m_owner->resize(1000, 700);
    m_owner->show();
    m_owner->openFolder(m_project->path());
    return QTest::qWaitFor([this] { return m_owner->workspaceView() != nullptr; }, kPatience);
}

QString TogetherTest::shareByDialog(bool asks)
{
    QApplication::clipboard()->clear();
    m_owner->actions()[Command::Share]->trigger();
    auto *dialog = m_owner->findChild<ShareDialog *>();
    if (dialog == nullptr)
        return {};
    if (!asks)
        QTest::mouseClick(part<QAbstractButton>(*part<QWidget>(*dialog, u"sharePolicy"_s), u"segment1"_s), Qt::LeftButton);
    if (asks && dialog->focusWidget() != part<QPushButton>(*dialog, u"createLink"_s))
        return {};
    QTest::mouseClick(part<QPushButton>(*dialog, u"createLink"_s), Qt::LeftButton);
    if (!QTest::qWaitFor([dialog] { return !dialog->shownLink().isEmpty(); }, kPatience))
        return {};
    if (dialog->focusWidget() != part<QPushButton>(*dialog, u"copyLink"_s))
        return {};
    const QString link = QApplication::clipboard()->text();
    dialog->accept();
    return link;
}

bool TogetherTest::joinByCard(const QString &link, const QString &name)
{
    m_guest = new MainWindow(m_environment->shared);
    m_guest->resize(1000, 700);
    m_guest->show();
    auto *field = part<QLineEdit>(*m_guest, u"joinLink"_s);
    field->setText(link);
    QTest::keyClick(field, Qt::Key_Return);
    const auto invited = [this] {
        auto *join = m_guest->findChild<QPushButton *>(u"joinButton"_s);
        return join != nullptr && join->isVisible();
    };
    if (!QTest::qWaitFor(invited, kPatience))
        return false;
    part<QLineEdit>(*m_guest, u"joinName"_s)->setText(name);
    QTest::mouseClick(part<QPushButton>(*m_guest, u"joinButton"_s), Qt::LeftButton);
    return true;
}

DocumentView *TogetherTest::openFile(MainWindow &window, const QByteArray &path)
{
    DocumentView *view = window.workspaceView()->documents().open(path, true);
    const bool isThere = QTest::qWaitFor([view] { return view->isText() && !view->editor().text().isEmpty(); }, kPatience);
    return isThere ? view : nullptr;
}

QString TogetherTest::onDisk(const QString &name) const
{
    QFile file(m_project->filePath(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void TogetherTest::twoPeopleTypeInTheSameLineAtOnce()
{
    QVERIFY(openOwner());
    const QString link = shareByDialog(true);
    QVERIFY2(link.startsWith("alongside://"_L1) && link.contains(u'#'), "the link was not on the clipboard");
    QVERIFY(joinByCard(link, u"Ravi Menon"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_owner->findChild<QPushButton *>(u"allowEditing"_s) != nullptr, kPatience);
    QCOMPARE(part<QLabel>(*m_owner, u"joinRequestTitle"_s)->text(), u"Ravi Menon wants to join"_s);
    press(*m_owner, u"allowEditing"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_guest->workspaceView() != nullptr, kPatience);
    QTRY_VERIFY(m_owner->findChild<AvatarButton *>(u"avatar0"_s) != nullptr);
    QTRY_VERIFY(part<AvatarButton>(*m_owner, u"avatar0"_s)->accessibleName().startsWith(u"Ravi Menon, editor"_s));

    DocumentView *mine = openFile(*m_owner, "notes.txt");
    DocumentView *theirs = openFile(*m_guest, "notes.txt");
    QVERIFY(mine != nullptr && theirs != nullptr);
    mine->editor().setCaret(5, 5);
    theirs->editor().setCaret(10, 10);
    const QString left = u"abcdefghijklmnopqrstuvwxyz"_s;
    const QString right = u"0123456789ABCDEFGHIJKLMNOP"_s;
    for (qsizetype i = 0; i < left.size(); ++i) {
        QTest::keyClick(&mine->editor(), left.at(i).toLatin1());
        QTest::keyClick(&theirs->editor(), right.at(i).toLatin1());
    }
    const QString expected = u"first"_s + left + u" line"_s + right + u"\nsecond line\n"_s;
    QTRY_COMPARE_WITH_TIMEOUT(mine->editor().text(), expected, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(theirs->editor().text(), expected, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(onDisk(u"notes.txt"_s), expected, kPatience);
    QTRY_VERIFY(!mine->isUnsaved() && !theirs->isUnsaved());

    // A third client sees what the host holds.
    DocumentView *second = nullptr;
    QVERIFY(theirs->document()->state() == client::SharedDocument::State::Open);
    m_guest->workspaceView()->documents().closeCurrent();
    second = openFile(*m_guest, "notes.txt");
    QVERIFY(second != nullptr);
    QCOMPARE(second->editor().text(), expected);

    // Undo takes back one's own typing only.
    mine->editor().setFocus();
    for (int i = 0; i < 40 && mine->document()->canUndo(); ++i)
        QTest::keyClick(&mine->editor(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(second->editor().text(), u"first line"_s + right + u"\nsecond line\n"_s, kPatience);
}

// The real thing instead of two lines: this project's own sources in a repository, some 900 files.
bool TogetherTest::bringInThisProject() const
{
    QProcess shell;
    shell.setWorkingDirectory(m_project->path());
    shell.setStandardErrorFile(QProcess::nullDevice());
    shell.start(u"sh"_s, {u"-ec"_s, u"rm notes.txt; cd \"$0\"; cp -r app ui resources translations tests packaging *.txt *.md \"$OLDPWD\"; cd - >&2;"
                                    " git init -q -b main; git add -A;"
                                    " git -c user.name=Nadia -c user.email=nadia@example.org commit -q -m start; git ls-files | wc -l"_s,
                          QStringLiteral(ALONGSIDE_SOURCE_DIR)});
    return shell.waitForFinished(kPatience) && shell.exitCode() == 0 && shell.readAllStandardOutput().trimmed().toInt() > 500;
}

void TogetherTest::thisProjectItselfIsEditedByTwo()
{
    QVERIFY(bringInThisProject());
    QVERIFY(openOwner());
    QVERIFY(joinByCard(shareByDialog(false), u"Ravi"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_guest->workspaceView() != nullptr, kPatience);

    const QByteArrayList paths = {"app/README.md", "ui/editor/codeeditor.cpp", "translations/alongside_de.ts", "tests/data/yjs-vectors.json",
                                  "CMakeLists.txt"};
    QByteArrayList expected;
    for (const QByteArray &path : paths) {
        const QString before = onDisk(QString::fromUtf8(path));
        DocumentView *mine = openFile(*m_owner, path);
        DocumentView *theirs = openFile(*m_guest, path);
        QVERIFY2(mine != nullptr && theirs != nullptr, path.constData());
        QCOMPARE(theirs->editor().text(), before);
        // Both in the same line, the one at its start and the other at its end.
        const qsizetype end = before.indexOf(u'\n');
        mine->editor().setCaret(0, 0);
        theirs->editor().setCaret(end, end);
        for (const char key : QByteArrayView("typing")) {
            QTest::keyClick(&mine->editor(), key);
            QTest::keyClick(&theirs->editor(), key);
        }
        const QString after = u"typing"_s + before.first(end) + u"typing"_s + before.sliced(end);
        QTRY_VERIFY_WITH_TIMEOUT(mine->editor().text() == after && theirs->editor().text() == after, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(onDisk(QString::fromUtf8(path)) == after, kPatience);
        expected.append("1\t1\t" + path);
    }
    // Nothing else was touched: not another file, not another line, not a mode or a line ending.
    QProcess git;
    git.setWorkingDirectory(m_project->path());
    git.start(u"git"_s, {u"diff"_s, u"--numstat"_s});
    QVERIFY(git.waitForFinished(kPatience));
    QByteArrayList changed = git.readAllStandardOutput().trimmed().split('\n');
    std::ranges::sort(changed);
    std::ranges::sort(expected);
    QCOMPARE(changed, expected);
    git.start(u"git"_s, {u"ls-files"_s, u"--others"_s});
    QVERIFY(git.waitForFinished(kPatience));
    QCOMPARE(git.readAllStandardOutput(), QByteArray());
}

void TogetherTest::readOnlyHoldsOnTheHost()
{
    QVERIFY(openOwner());
    QVERIFY(joinByCard(shareByDialog(false), u"Ravi"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_guest->workspaceView() != nullptr, kPatience);
    DocumentView *theirs = openFile(*m_guest, "notes.txt");
    QVERIFY(theirs != nullptr);
    QTRY_VERIFY(theirs->document()->isWritable());
    m_owner->actions()[Command::ChangeShareAccess]->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!theirs->document()->isWritable(), kPatience);
    QTRY_VERIFY(part<BannerArea>(*m_guest, u"banner"_s)->text().contains(u"look but not change"_s));
    QCOMPARE(m_owner->actions()[Command::ChangeShareAccess]->text().remove(u'&'), u"Allow Editing"_s);
    QTest::keyClicks(&theirs->editor(), u"x"_s);
    QCOMPARE(theirs->editor().text(), u"first line\nsecond line\n"_s);
    // Whatever the window does, the host refuses.
    const auto refused = m_guest->workspaceView()->workspace().session().call(
        protocol::CreateEntry{.path = "new.txt", .kind = protocol::EntryKind::File});
    QTRY_VERIFY_WITH_TIMEOUT(refused.isFinished(), kPatience);
    QVERIFY(!refused.result());
    QCOMPARE(refused.result().error().code, base::ErrorCode::Forbidden);
    QVERIFY(!QFile::exists(m_project->filePath(u"new.txt"_s)));
}

void TogetherTest::unsharingTellsTheGuestWhoEndedIt()
{
    QVERIFY(openOwner());
    const QString link = shareByDialog(false);
    QVERIFY(joinByCard(link, u"Ravi"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_guest->workspaceView() != nullptr, kPatience);
    DocumentView *theirs = openFile(*m_guest, "notes.txt");
    QVERIFY(theirs != nullptr);
    m_owner->actions()[Command::StopSharing]->trigger();
    auto *banner = part<BannerArea>(*m_guest, u"banner"_s);
    QTRY_VERIFY_WITH_TIMEOUT(banner->text().startsWith(u"Nadia Haddad stopped sharing at"_s), kPatience);
    QCOMPARE(theirs->editor().text(), u"first line\nsecond line\n"_s);
    QVERIFY(theirs->editor().isReadOnly());
    QVERIFY(m_guest->findChild<QPushButton *>(u"bannerSaveCopy"_s) != nullptr);
    QCOMPARE(part<QAbstractButton>(*m_guest, u"sharePill"_s)->text(), u"Ended"_s);
    QTRY_VERIFY(m_owner->findChild<AvatarButton *>(u"avatar0"_s) == nullptr);

    // The old secret is dead, also where the host listens after sharing again, and one neutral sentence says so.
    const QString fresh = shareByDialog(false);
    auto old = transport::Link::parse(link);
    const auto next = transport::Link::parse(fresh);
    QVERIFY(old && next && old->secret != next->secret);
    old->port = next->port;
    delete m_guest;
    m_guest = new MainWindow(m_environment->shared);
    m_guest->show();
    m_guest->joinLink(old->toString(transport::Link::Form::App));
    QTRY_VERIFY_WITH_TIMEOUT(m_guest->findChild<QLabel *>(u"joinTitle"_s) != nullptr
                                 && m_guest->findChild<QLabel *>(u"joinTitle"_s)->text() == u"You cannot join now"_s,
                             kPatience);
    QCOMPARE(part<QLabel>(*m_guest, u"joinText"_s)->text(), describe({base::ErrorCode::LinkRefused, {}}));
}

void TogetherTest::aDeniedGuestIsToldSo()
{
    QVERIFY(openOwner());
    QVERIFY(joinByCard(shareByDialog(true), u"Ravi"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_owner->findChild<QPushButton *>(u"deny"_s) != nullptr, kPatience);
    const auto waiting = m_owner->workspaceView()->workspace().sharing().waiting();
    QCOMPARE(waiting.size(), 1);
    m_owner->workspaceView()->workspace().sharing().answer(waiting.constFirst().request, protocol::JoinDecision::Deny);
    QTRY_COMPARE_WITH_TIMEOUT(part<QLabel>(*m_guest, u"joinTitle"_s)->text(), u"Nadia Haddad declined"_s, kPatience);
    QTRY_VERIFY(m_owner->findChild<QPushButton *>(u"deny"_s) == nullptr);
    QVERIFY(m_guest->workspaceView() == nullptr);
}

void TogetherTest::textTypedWhileTheHostIsDownArrives()
{
    QVERIFY(openOwner());
    DocumentView *mine = openFile(*m_owner, "notes.txt");
    QVERIFY(mine != nullptr);
    const QByteArray hosts = [] {
        QByteArray pids;
        QFile children(u"/proc/self/task/%1/children"_s.arg(QCoreApplication::applicationPid()));
        if (children.open(QIODevice::ReadOnly))
            pids = children.readAll().trimmed();
        return pids;
    }();
    QVERIFY2(!hosts.isEmpty(), "the host runs as a child of this process");
    for (const QByteArray &pid : hosts.split(' '))
        QCOMPARE(::kill(pid.toInt(), SIGKILL), 0);
    using State = client::Session::State;
    client::Session &session = m_owner->workspaceView()->workspace().session();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Reconnecting, kPatience);
    QTRY_VERIFY(!part<BannerArea>(*m_owner, u"banner"_s)->text().isEmpty());
    mine->editor().setCaret(0, 0);
    QTest::keyClicks(&mine->editor(), u"kept "_s);
    QCOMPARE(mine->editor().text(), u"kept first line\nsecond line\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Open, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!mine->document()->hasUnacknowledged(), kPatience);
    QTRY_COMPARE(mine->editor().text(), u"kept first line\nsecond line\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(mine->document()->info().save, protocol::SaveState::Saved, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(onDisk(u"notes.txt"_s), u"kept first line\nsecond line\n"_s, kPatience);
    QTRY_VERIFY(part<BannerArea>(*m_owner, u"banner"_s)->text().isEmpty());
}

QTEST_MAIN(TogetherTest)
#include "tst_together.moc"
