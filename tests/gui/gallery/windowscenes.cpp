// SPDX-License-Identifier: GPL-3.0-or-later
// Whole windows, the file tree, and files that are not opened as documents.
#include "tests/gui/gallery/held.h"
#include "tests/gui/gallery/scene.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/languages.h"
#include "ui/files/binaryview.h"
#include "ui/files/filespane.h"
#include "ui/files/filetreeview.h"
#include "ui/shell/actions.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/settings.h"
#include "ui/shell/sharecontroller.h"
#include "ui/shell/workspaceview.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace ui;
using namespace Qt::StringLiterals;

namespace {

QString sourceOf(const char *path)
{
    QFile file(QString::fromLatin1(ALONGSIDE_SOURCE_DIR "/") + QString::fromLatin1(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a source that the pictures show is missing");
    return QString::fromUtf8(file.readAll());
}

//! What windows need; one for all pictures.
Environment &environment()
{
    static QTemporaryDir folder;
    static SteppedClock clock;
    static base::SystemRandom random;
    static Settings settings(folder.path());
    static Languages languages;
    static Environment made{.clock = clock, .random = random, .settings = settings,
                            .theme = *qApp->findChild<ThemeController *>(), .languages = languages, .stateFolder = folder.path()};
    return made;
}

std::unique_ptr<Stage> project(bool isOwner, protocol::Access access)
{
    auto stage = std::make_unique<Stage>();
    stage->addFile("app/base/error.h", sourceOf("app/base/error.h"));
    stage->addFile("app/base/id.h", sourceOf("app/base/id.h"));
    stage->addFile("app/base/post.cpp", sourceOf("app/base/post.cpp"));
    stage->addFile("app/client/session.h", sourceOf("app/client/session.h"));
    stage->addFile("tests/unit/tst_error.cpp");
    stage->addFile("ui/widgets/theme.cpp", sourceOf("ui/widgets/theme.cpp"));
    stage->addFile("CMakeLists.txt", sourceOf("CMakeLists.txt"));
    stage->addFile("README.md", u"# Alongside\n"_s);
    stage->addFile(".clang-format");
    stage->addFolder("build");
    stage->setIgnored("build");
    if (isOwner) {
        stage->addPerson(2, u"Ravi Menon"_s, protocol::Access::Edit);
    } else {
        stage->setYou(u"Ravi Menon"_s, access);
        stage->addPerson(2, u"Nadia Haddad"_s, protocol::Access::Owner);
    }
    stage->addPerson(3, u"Ana Lima"_s, protocol::Access::View);
    stage->addPerson(4, u"Jan van Dijk"_s, protocol::Access::Edit);
    stage->setShared(protocol::Access::Edit, protocol::JoinPolicy::Ask);
    return stage;
}

struct WindowScene
{
    std::unique_ptr<Held> held;
    MainWindow *window = nullptr;
    WorkspaceView *view = nullptr;
    Stage *stage = nullptr;
};

WindowScene windowOn(std::unique_ptr<Stage> stage)
{
    if (!stage->open())
        qFatal("the stage did not open");
    WindowScene scene;
    scene.held = std::make_unique<Held>(std::move(stage));
    scene.stage = scene.held->stage.get();
    scene.window = new MainWindow(environment());
    scene.window->setAttribute(Qt::WA_DeleteOnClose, false);
    scene.window->setWindowFlags(Qt::Widget);
    scene.window->showWorkspace(scene.stage->take());
    scene.view = scene.window->workspaceView();
    scene.held->show(scene.window);
    return scene;
}

bool textIsThere(QWidget &screen)
{
    const auto *view = screen.findChild<DocumentView *>();
    return view != nullptr && view->isText() && !view->editor().text().isEmpty();
}

void openProject(WindowScene &scene)
{
    scene.view->documents().open("app/base/id.h", true);
    scene.view->documents().open("ui/widgets/theme.cpp", true);
    DocumentView *view = scene.view->documents().open("app/base/error.h", true);
    await([view] { return view->isText() && !view->editor().text().isEmpty(); });
    const QString text = view->editor().text();
    const qsizetype first = text.indexOf(u"Internal"_s);
    const qsizetype second = text.indexOf(u"TooLarge"_s);
    scene.stage->place(2, "app/base/error.h", 14, first, first, true);
    scene.stage->place(3, "ui/widgets/theme.cpp", 3);
    scene.stage->place(4, "app/base/error.h", 20, second, second + 8);
    await([&scene] { return scene.view->workspace().people().peopleIn("app/base/error.h").size() == 2; });
    view->goToLine(12);
    client::FileTree &files = scene.view->workspace().files();
    await([&files] { return files.indexOf("app/base/error.h").isValid(); });
    scene.view->documents().focusEditor();
}

std::unique_ptr<QWidget> ownerWindow()
{
    WindowScene scene = windowOn(project(true, protocol::Access::Owner));
    openProject(scene);
    return std::move(scene.held);
}

std::unique_ptr<QWidget> sharedToast()
{
    WindowScene scene = windowOn(project(true, protocol::Access::Owner));
    openProject(scene);
    scene.view->sharing().copyLink();
    scene.stage->askToJoin(u"Mia Berg"_s, u"192.0.2.9"_s, protocol::Access::Edit);
    return std::move(scene.held);
}

bool toastIsThere(QWidget &screen)
{
    return screen.findChild<QWidget *>(u"toast"_s) != nullptr && screen.findChild<QWidget *>(u"joinRequest"_s) != nullptr;
}

std::unique_ptr<QWidget> viewerWindow()
{
    WindowScene scene = windowOn(project(false, protocol::Access::View));
    openProject(scene);
    return std::move(scene.held);
}

std::unique_ptr<QWidget> endedWindow()
{
    WindowScene scene = windowOn(project(false, protocol::Access::Edit));
    openProject(scene);
    scene.stage->endSession(protocol::EndReason::Unshared, u"Nadia Haddad"_s);
    return std::move(scene.held);
}

std::unique_ptr<QWidget> lostWindow()
{
    WindowScene scene = windowOn(project(false, protocol::Access::Edit));
    openProject(scene);
    scene.stage->host.isReachable = false;
    scene.stage->host.cut();
    return std::move(scene.held);
}

bool bannerIsThere(QWidget &screen)
{
    return !screen.findChild<BannerArea *>()->text().isEmpty();
}

std::unique_ptr<QWidget> deletedFile()
{
    WindowScene scene = windowOn(project(true, protocol::Access::Owner));
    openProject(scene);
    scene.stage->changeInfo("app/base/error.h", [](protocol::DocumentInfo &info) { info.file = protocol::FileState::Deleted; });
    return std::move(scene.held);
}

std::unique_ptr<QWidget> unsavedFile()
{
    WindowScene scene = windowOn(project(true, protocol::Access::Owner));
    openProject(scene);
    scene.stage->changeInfo("app/base/error.h", [](protocol::DocumentInfo &info) {
        info.save = protocol::SaveState::Failed;
        info.saveError = base::ErrorCode::DiskFull;
    });
    return std::move(scene.held);
}

std::unique_ptr<QWidget> emptyWindow()
{
    WindowScene scene = windowOn(project(true, protocol::Access::Owner));
    return std::move(scene.held);
}

std::unique_ptr<QWidget> failedFile()
{
    auto stage = project(true, protocol::Access::Owner);
    stage->setFailing("app/base/id.h", base::ErrorCode::PermissionDenied);
    WindowScene scene = windowOn(std::move(stage));
    scene.view->documents().open("app/base/id.h", true);
    return std::move(scene.held);
}

bool stateIs(QWidget &screen, const QString &part)
{
    const auto labels = screen.findChildren<QLabel *>(u"stateTitle"_s);
    return std::ranges::any_of(labels, [&part](const QLabel *label) { return label->isVisible() && label->text().contains(part); });
}

std::unique_ptr<QWidget> palette()
{
    WindowScene scene = windowOn(project(true, protocol::Access::Owner));
    openProject(scene);
    scene.window->actions()[Command::Palette]->trigger();
    scene.window->findChild<QWidget *>(u"paletteField"_s)->setProperty("text", u"share"_s);
    return std::move(scene.held);
}

std::unique_ptr<QWidget> filesPane(const std::function<void(Stage &)> &prepare, const std::function<void(FilesPane &, Stage &)> &then = {})
{
    auto stage = project(true, protocol::Access::Owner);
    prepare(*stage);
    if (!stage->open())
        qFatal("the stage did not open");
    auto held = std::make_unique<Held>(std::move(stage));
    auto *pane = new FilesPane(held->stage->workspace());
    held->show(pane);
    if (then)
        then(*pane, *held->stage);
    return held;
}

void unfold(FilesPane &pane, Stage &stage)
{
    pane.tree()->reveal("app/base/error.h");
    await([&stage] { return stage.workspace().files().indexOf("app/base/error.h").isValid(); });
    stage.place(2, "app/base/error.h", 14);
    stage.place(4, "app/base/error.h", 14);
    stage.place(3, "ui/widgets/theme.cpp", 3);
    await([&stage] { return stage.workspace().people().peopleIn("ui/widgets/theme.cpp").size() == 1; });
}

void startNaming(FilesPane &pane, Stage &stage)
{
    unfold(pane, stage);
    // Placed over the row, so the tree must have its size first.
    QTimer::singleShot(0, pane.tree(), [tree = pane.tree()] { tree->startRename(); });
}

bool isNaming(QWidget &screen)
{
    const auto *field = screen.findChild<QWidget *>(u"nameField"_s);
    return field != nullptr && field->isVisible();
}

void clear(Stage &stage)
{
    stage.setFailing({}, base::ErrorCode::PermissionDenied);
}

std::unique_ptr<QWidget> binary(protocol::ContentKind kind)
{
    auto stage = std::make_unique<Stage>();
    QByteArray content;
    if (kind == protocol::ContentKind::Large) {
        for (int line = 0; content.size() < 200'000; ++line)
            content += "2026-11-21T14:" + QByteArray::number(line) + " station reads 21.5\n";
    } else {
        for (int i = 0; i < 4096; ++i)
            content += i % 64 < 24 ? char(0) : char(i * 37 % 251);
        content.replace(0, 8, "\x7f" "ELF\x02\x01\x01");
    }
    stage->setPages("data.bin", content, kind);
    if (!stage->open())
        qFatal("the stage did not open");
    auto held = std::make_unique<Held>(std::move(stage));
    held->show(new BinaryView(held->stage->workspace(), "data.bin", kind));
    return held;
}

bool sizeIsKnown(QWidget &screen)
{
    return screen.findChild<QWidget *>(u"binaryTitle"_s)->property("accessibleName").toString().contains(u"kB"_s)
        || screen.findChild<QWidget *>(u"binaryTitle"_s)->property("accessibleName").toString().contains(u"KiB"_s);
}

} // namespace

Scenes windowScenes()
{
    const QSize window(1280, 800);
    const auto shows = [](const QString &part) { return [part](QWidget &screen) { return stateIs(screen, part); }; };
    return {
        {u"window-owner"_s, window, ownerWindow, textIsThere},
        {u"window-toast"_s, window, sharedToast, toastIsThere},
        {u"window-viewer"_s, window, viewerWindow, bannerIsThere},
        {u"window-ended"_s, window, endedWindow, bannerIsThere},
        {u"window-lost"_s, window, lostWindow, bannerIsThere},
        {u"window-file-deleted"_s, window, deletedFile, bannerIsThere},
        {u"window-file-unsaved"_s, window, unsavedFile, bannerIsThere},
        {u"window-empty"_s, window, emptyWindow, shows(u"No file is open"_s)},
        {u"window-file-failed"_s, window, failedFile, shows(u"could not be opened"_s)},
        {u"window-palette"_s, window, palette, {}},
        {u"window-narrow"_s, {720, 560}, ownerWindow, textIsThere},
        {u"files-tree"_s, {240, 480}, [] { return filesPane([](Stage &) {}, unfold); }, {}},
        {u"files-rename"_s, {240, 480}, [] { return filesPane([](Stage &) {}, startNaming); }, isNaming},
        {u"files-loading"_s, {240, 480}, [] { return filesPane([](Stage &stage) { stage.setSilent({}); }); }, shows(u"Listing"_s)},
        {u"files-failed"_s, {240, 480}, [] { return filesPane(clear); }, shows(u"could not"_s)},
        {u"files-binary"_s, {900, 500}, [] { return binary(protocol::ContentKind::Binary); }, sizeIsKnown},
        {u"files-large"_s, {900, 500}, [] { return binary(protocol::ContentKind::Large); }, sizeIsKnown},
    };
}
