// SPDX-License-Identifier: GPL-3.0-or-later
// People, sharing and joining.
#include "tests/gui/gallery/held.h"
#include "tests/gui/gallery/scene.h"
#include "ui/presence/avatarstrip.h"
#include "ui/presence/joinrequests.h"
#include "ui/presence/personmenu.h"
#include "ui/share/guesthelp.h"
#include "ui/share/sharedialog.h"
#include "ui/share/sharepill.h"
#include "ui/signin/joincard.h"
#include "ui/signin/linktext.h"
#include "ui/signin/startpage.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QTest>

using namespace ui;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Stage> stageWithPeople(int others, bool isShared)
{
    static const QStringList names = {u"Ravi Menon"_s, u"Ana Lima"_s, u"Jan van Dijk"_s, u"Mia Berg"_s, u"Olu Ade"_s, u"Élise Roy"_s,
                                      u"Tom Berg"_s, u"Ida Holm"_s};
    auto stage = std::make_unique<Stage>();
    stage->addFile("src/main.cpp", u"int main()\n{\n}\n"_s);
    for (int i = 0; i < others; ++i)
        stage->addPerson(quint8(i + 2), names.at(i), i == 2 ? protocol::Access::View : protocol::Access::Edit);
    if (isShared)
        stage->setShared(protocol::Access::Edit, protocol::JoinPolicy::Ask);
    if (!stage->open())
        qFatal("the stage did not open");
    return stage;
}

std::unique_ptr<QWidget> strip(int others, int shown)
{
    auto held = std::make_unique<Held>(stageWithPeople(others, true));
    Stage &stage = *held->stage;
    if (others > 1) {
        stage.place(2, "src/main.cpp", 3, -1, -1, true);
        stage.place(3, "src/main.cpp", 1, -1, -1, false, true);
    }
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->addStretch(1);
    layout->addWidget(new SharePill(stage.workspace()));
    auto *people = new AvatarStrip(stage.workspace().people(), stage.clock);
    people->setMostShown(shown);
    layout->addWidget(people);
    held->show(row);
    return held;
}

std::unique_ptr<QWidget> personMenu()
{
    auto held = std::make_unique<Held>(stageWithPeople(2, true));
    held->stage->place(2, "src/main.cpp", 42, -1, -1, true);
    client::People &people = held->stage->workspace().people();
    await([&people] { return !people.peopleIn("src/main.cpp").isEmpty(); });
    auto *menu = new PersonMenu(*people.find(FakeHost::personId(2)), true, nullptr);
    menu->setAttribute(Qt::WA_DeleteOnClose, false);
    menu->setWindowFlags(Qt::Widget);
    held->show(menu);
    return held;
}

std::unique_ptr<QWidget> privatePill()
{
    auto held = std::make_unique<Held>(stageWithPeople(0, false));
    held->show(new SharePill(held->stage->workspace()), Qt::AlignCenter);
    return held;
}

std::unique_ptr<QWidget> requests()
{
    auto held = std::make_unique<Held>(stageWithPeople(0, true));
    held->stage->askToJoin(u"Ravi Menon"_s, u"192.0.2.7"_s, protocol::Access::Edit);
    held->stage->askToJoin(u"Ana\u202e Lima"_s, u"2001:db8::7"_s, protocol::Access::View);
    auto *area = new QWidget;
    new JoinRequests(held->stage->workspace().sharing(), area);
    held->show(area);
    return held;
}

bool hasCards(QWidget &screen)
{
    return screen.findChildren<JoinRequestCard *>().size() == 2;
}

std::unique_ptr<QWidget> shareDialog(bool isShared, int guests)
{
    auto held = std::make_unique<Held>(stageWithPeople(guests, isShared));
    auto *dialog = new ShareDialog(held->stage->workspace(), nullptr);
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->setWindowFlags(Qt::Widget);
    held->show(dialog, Qt::AlignTop);
    return held;
}

bool hasLink(QWidget &screen)
{
    return !screen.findChild<ShareDialog *>()->shownLink().isEmpty();
}

bool hasAddresses(QWidget &screen)
{
    return screen.findChild<QWidget *>(u"shareWhere"_s)->property("count").toInt() == 4;
}

std::unique_ptr<QWidget> guestHelp()
{
    auto help = std::make_unique<GuestHelp>(protocol::Access::Edit, protocol::JoinPolicy::Ask, true, nullptr);
    help->setAttribute(Qt::WA_DeleteOnClose, false);
    return help;
}

std::unique_ptr<QWidget> startPage(bool isFirst)
{
    auto page = std::make_unique<StartPage>();
    const QDateTime now(QDate(2026, 11, 21), QTime(16, 30));
    if (isFirst) {
        page->setRecent({}, now);
    } else {
        page->setRecent({{.path = u"/home/nadia/src/alongside"_s, .opened = now.addSecs(-4000), .isOpen = true},
                         {.path = u"/home/nadia/src/weather-station"_s, .opened = now.addSecs(-9000)},
                         {.path = u"/home/nadia/Documents/a folder with a rather long name/thesis/chapters"_s, .opened = now.addDays(-1)},
                         {.path = u"/media/stick/notes"_s, .opened = now.addDays(-12), .isMissing = true}},
                        now);
    }
    return page;
}

std::unique_ptr<QWidget> startProblem()
{
    auto page = startPage(true);
    auto &start = static_cast<StartPage &>(*page);
    start.findChild<QLineEdit *>(u"joinLink"_s)->setText(u"alongside://192.0.2.7:4711/s/00112233445566778899aabbccddeeff"_s);
    start.showLinkProblem(sentenceFor(transport::LinkProblem::NoSecret));
    start.showFolderProblem(describe({base::ErrorCode::NotFound, {}}, u"“/media/stick/notes” could not be opened."_s));
    return page;
}

//! A join card whose session talks to a host that answers only what the picture needs.
class CardScene final : public QWidget
{
public:
    enum Kind { Connecting, Invited, Asked, OwnerAway, Denied, WrongPin };

    explicit CardScene(Kind kind) : m_session(m_clock, m_random)
    {
        m_host.isOwner = false;
        m_host.script = [this, kind](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            return answer(kind, connection, message, call);
        };
        m_card = new JoinCard(m_session, testLink(), u"Ravi Menon"_s, this);
        auto *column = new QVBoxLayout(this);
        column->addWidget(m_card, 0, Qt::AlignCenter);
        if (kind == Asked || kind == OwnerAway || kind == Denied)
            connect(&m_session, &client::Session::inspected, this, [this] { m_session.join(u"Ravi Menon"_s); });
        m_session.openChannel(m_host.connectClient(), u"Ravi Menon"_s, testLink());
    }
    ~CardScene() override { delete m_card; }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), Theme::color(Role::Window)); }

private:
    bool answer(Kind kind, FakeConnection &connection, const protocol::AnyMessage &message, quint32 call)
    {
        if (std::holds_alternative<protocol::InspectShare>(message)) {
            if (kind == WrongPin)
                connection.send(protocol::Failed{.code = base::ErrorCode::PinMismatch}, call);
            else if (kind != Connecting)
                connection.send(protocol::ShareInspected{.ownerName = u"Nadia Haddad"_s, .ownerColor = 5, .workspaceName = u"alongside"_s,
                                                         .access = protocol::Access::Edit, .present = 2}, call);
            return true;
        }
        if (std::holds_alternative<protocol::JoinShare>(message)) {
            if (kind == Denied)
                connection.send(protocol::Failed{.code = base::ErrorCode::Denied}, call);
            else
                connection.send(protocol::JoinAsked{.ownerPresent = kind == Asked});
            return true;
        }
        return false;
    }

    SteppedClock m_clock;
    base::SystemRandom m_random;
    FakeHost m_host;
    client::Session m_session;
    JoinCard *m_card;
};

Scene joinScene(const QString &name, CardScene::Kind kind, const QString &title)
{
    return {name, {560, 520}, [kind] { return std::make_unique<CardScene>(kind); },
            [title](QWidget &screen) { return screen.findChild<QLabel *>(u"joinTitle"_s)->text().contains(title); }};
}

} // namespace

Scenes peopleScenes()
{
    return {
        {u"people-strip"_s, {620, 56}, [] { return strip(3, 5); }, {}},
        {u"people-strip-many"_s, {620, 56}, [] { return strip(8, 5); }, {}},
        {u"people-strip-narrow"_s, {320, 56}, [] { return strip(8, 1); }, {}},
        {u"people-menu"_s, {}, personMenu, {}},
        {u"people-pill-private"_s, {160, 56}, privatePill, {}},
        {u"people-requests"_s, {640, 340}, requests, hasCards},
        {u"share-new"_s, {}, [] { return shareDialog(false, 0); }, hasAddresses},
        {u"share-running"_s, {}, [] { return shareDialog(true, 2); }, hasLink},
        {u"share-help"_s, {}, guestHelp, {}},
        {u"start-first"_s, {1280, 740}, [] { return startPage(true); }, {}},
        {u"start-recent"_s, {1280, 740}, [] { return startPage(false); }, {}},
        {u"start-problem"_s, {1280, 740}, startProblem, {}},
        joinScene(u"join-connecting"_s, CardScene::Connecting, u"Looking"_s),
        joinScene(u"join-invited"_s, CardScene::Invited, u"invites"_s),
        joinScene(u"join-asked"_s, CardScene::Asked, u"has been asked"_s),
        joinScene(u"join-owner-away"_s, CardScene::OwnerAway, u"not at the computer"_s),
        joinScene(u"join-denied"_s, CardScene::Denied, u"declined"_s),
        joinScene(u"join-wrong-host"_s, CardScene::WrongPin, u"not the host"_s),
    };
}
