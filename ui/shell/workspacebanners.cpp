// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspacebanners.h"

#include "app/base/deliver.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/words.h"

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

enum Priority { Ended, Connection, NotSaved, ReadOnly, FileGone };

} // namespace

WorkspaceBanners::WorkspaceBanners(client::Workspace &workspace, DocumentArea &area) : QObject(&area), m_workspace(workspace), m_area(area)
{
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &WorkspaceBanners::refreshConnection);
    connect(&workspace, &client::Workspace::connectionChanged, this, &WorkspaceBanners::refreshConnection);
    connect(&workspace, &client::Workspace::ended, this, [this] {
        refreshEnd();
        refreshConnection();
        refreshFile();
        refreshReadOnly();
    });
    connect(&workspace.people(), &client::People::ownAccessChanged, this, &WorkspaceBanners::refreshReadOnly);
    connect(&workspace, &client::Workspace::infoChanged, this, &WorkspaceBanners::refreshReadOnly);
    connect(&area, &DocumentArea::currentChanged, this, &WorkspaceBanners::refreshFile);
    connect(&area, &DocumentArea::statusChanged, this, &WorkspaceBanners::refreshFile);
    refreshConnection();
    refreshReadOnly();
}

void WorkspaceBanners::setHostRestarting(bool isRestarting)
{
    m_isHostRestarting = isRestarting;
    refreshConnection();
}

void WorkspaceBanners::setHostFailed()
{
    m_hasHostFailed = true;
}

void WorkspaceBanners::refreshEnd()
{
    Banner banner{.tone = Banner::Tone::Danger, .icon = u"stop"_s, .text = endSentence(), .buttons = {}};
    if (m_area.count() > 0)
        banner.buttons += {u"bannerSaveCopy"_s, tr("Save a copy…"), [this] { Q_EMIT saveCopyRequested(); }};
    banner.buttons += {u"bannerClose"_s, tr("Close"), [this] { Q_EMIT closeRequested(); }};
    m_area.banner().setBanner(Ended, banner);
}

QString WorkspaceBanners::endSentence() const
{
    if (m_hasHostFailed)
        return tr("The host on this computer keeps stopping. Your texts are kept here; save a copy and open the folder again.");
    const auto ending = m_workspace.session().ending();
    if (!ending) {
        const auto error = m_workspace.session().endError();
        return error ? describe(*error, tr("The session is over.")) : tr("You have left. Your copy is read-only.");
    }
    const QString time = timeOfDay(ending->at);
    const QString by = ending->by.isEmpty() ? tr("The owner") : visibleName(ending->by);
    switch (ending->reason) {
    case protocol::EndReason::Unshared:
        //: %1 is a person's name, %2 a time of day
        return tr("%1 stopped sharing at %2. Your copy is read-only.").arg(by, time);
    case protocol::EndReason::Removed:
        //: %1 is a person's name, %2 a time of day
        return tr("%1 showed you out at %2. Your copy is read-only.").arg(by, time);
    case protocol::EndReason::Expired:
        //: %1 is a time of day
        return tr("The share ended at %1, as was set. Your copy is read-only.").arg(time);
    case protocol::EndReason::HostStopping:
        //: %1 is a time of day
        return tr("The host was stopped at %1. Your copy is read-only.").arg(time);
    case protocol::EndReason::FolderGone:
        return tr("The folder is not there any more. Your copy is read-only.");
    }
    return {};
}

void WorkspaceBanners::refreshConnection()
{
    const client::Session &session = m_workspace.session();
    if (session.state() != client::Session::State::Reconnecting) {
        m_second.stop();
        m_area.banner().removeBanner(Connection);
        return;
    }
    m_second.start();
    Banner banner{.tone = Banner::Tone::Warning, .icon = u"wifi-off"_s, .text = {}, .buttons = {}};
    if (m_isHostRestarting) {
        banner.text = tr("The host on this computer has stopped and is being started again. You can go on typing.");
    } else {
        int seconds = 0;
        if (const auto next = session.nextAttempt())
            seconds = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(*next - m_workspace.clock().now()).count());
        banner.text = seconds > 1 ? tr("The connection is lost. You can go on typing; trying again in %n s.", nullptr, seconds)
                                  : tr("The connection is lost. You can go on typing; trying again now.");
        banner.buttons += {u"bannerRetry"_s, tr("Try now"), [this] { m_workspace.session().retryNow(); }};
    }
    m_area.banner().setBanner(Connection, banner);
}

void WorkspaceBanners::refreshFile()
{
    BannerArea &area = m_area.banner();
    DocumentView *view = m_area.current();
    const bool isOver = m_workspace.session().state() == client::Session::State::Ended;
    if (view == nullptr || !view->isText() || isOver) {
        area.removeBanner(NotSaved);
        area.removeBanner(FileGone);
        return;
    }
    client::SharedDocument *document = view->document();
    const protocol::DocumentInfo &info = document->info();
    const auto save = [document] { document->save(); };
    if (info.save == protocol::SaveState::Failed) {
        Banner banner{.tone = Banner::Tone::Danger, .icon = u"warning"_s, .buttons = {{u"bannerSave"_s, tr("Try again"), save}}};
        //: %1 is a file's name
        banner.text = describe({info.saveError, {}}, tr("“%1” is not saved.").arg(view->name()));
        area.setBanner(NotSaved, banner);
    } else {
        area.removeBanner(NotSaved);
    }
    if (info.file == protocol::FileState::Deleted) {
        Banner banner{.tone = Banner::Tone::Warning, .icon = u"trash"_s, .buttons = {}};
        //: %1 is a file's name
        banner.text = tr("“%1” was deleted on disk. Its text is still here.").arg(view->name());
        if (document->isWritable())
            banner.buttons += {u"bannerRestore"_s, tr("Save it again"), save};
        banner.buttons += {u"bannerCloseFile"_s, tr("Close it"), [this] { m_area.closeCurrent(); }};
        area.setBanner(FileGone, banner);
    } else if (info.isReadOnly && m_workspace.canEdit()) {
        //: %1 is a file's name
        area.setBanner(FileGone, {.icon = u"lock"_s, .text = tr("“%1” is write-protected on the host.").arg(view->name()), .buttons = {}});
    } else {
        area.removeBanner(FileGone);
    }
}

void WorkspaceBanners::refreshReadOnly()
{
    const bool isOver = m_workspace.session().state() == client::Session::State::Ended;
    const auto access = m_workspace.people().you().participant.access;
    if (isOver || (access >= protocol::Access::Edit && !m_workspace.info().isReadOnly)) {
        m_area.banner().removeBanner(ReadOnly);
        return;
    }
    const bool isFolder = access >= protocol::Access::Edit;
    m_area.banner().setBanner(ReadOnly, {.icon = isFolder ? u"lock"_s : u"eye"_s,
                                         .text = isFolder ? tr("This folder cannot be written. You can read and share it.")
                                                          : tr("You can look but not change anything. The owner can allow you to edit."),
                                         .buttons = {}});
}

} // namespace ui
