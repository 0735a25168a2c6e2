// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/support/stage.h"

#include "app/crdt/awareness.h"
#include "app/crdt/relativeposition.h"
#include "app/crdt/text.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

template <typename IdType>
IdType numbered(quint32 number)
{
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    bytes[15] = 1;
    return *IdType::fromBytes(bytes);
}

QByteArray toBytes(const base::Bytes &bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
}

base::WallTime minutesAgo(const base::Clock &clock, int minutes)
{
    return clock.wallTime() - std::chrono::minutes(minutes);
}

} // namespace

Stage::Stage()
{
    host.joined.workspace = {.id = numbered<base::WorkspaceId>(1), .name = u"alongside"_s, .hostName = u"lab"_s, .branch = u"main"_s};
    host.joined.you = FakeHost::person(1, protocol::Access::Owner);
    host.joined.you.color = 5;
    host.joined.you.name = u"Nadia Haddad"_s;
    host.joined.you.since = minutesAgo(clock, 42);
    host.script = [this](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
        return answer(connection, message, call);
    };
    at({}).isFolder = true;
}

Stage::~Stage() = default;

Stage::File &Stage::at(const QByteArray &path)
{
    return m_files[path];
}

void Stage::addFolder(const QByteArray &path)
{
    at(path).isFolder = true;
    if (path.contains('/'))
        addFolder(path.left(path.lastIndexOf('/')));
}

void Stage::addFile(const QByteArray &path, const QString &text)
{
    File &file = at(path);
    file.text = text;
    file.id = numbered<base::DocumentId>(m_nextDocument++);
    file.document = std::make_unique<crdt::Document>(crdt::DocumentOptions{.client = 900});
    auto content = file.document->text(protocol::kTextRoot);
    if (!text.isEmpty() && !content.insert(0, text.toStdU16String()))
        qFatal("the text of a stage's file could not be inserted");
    file.info = {.path = path, .savedAt = minutesAgo(clock, 3), .encoding = u"UTF-8"_s, .size = text.size()};
    if (path.contains('/'))
        addFolder(path.left(path.lastIndexOf('/')));
}

void Stage::setIgnored(const QByteArray &path)
{
    at(path).isIgnored = true;
}

void Stage::setFailing(const QByteArray &path, base::ErrorCode code)
{
    at(path).error = code;
}

void Stage::setPages(const QByteArray &path, const QByteArray &content, protocol::ContentKind kind)
{
    addFile(path);
    at(path).content = content;
    at(path).kind = kind;
}

void Stage::setSilent(const QByteArray &path)
{
    at(path).isSilent = true;
}

void Stage::setYou(const QString &name, protocol::Access access)
{
    host.joined.you.name = name;
    host.joined.you.access = access;
    host.isOwner = access == protocol::Access::Owner;
}

void Stage::addPerson(quint8 number, const QString &name, protocol::Access access)
{
    protocol::Participant person = FakeHost::person(number, access);
    person.name = name;
    person.since = minutesAgo(clock, 30 - number);
    person.address = access == protocol::Access::Owner || !host.isOwner ? QString() : u"192.0.2.%1"_s.arg(number);
    host.joined.others += person;
}

void Stage::setShared(protocol::Access access, protocol::JoinPolicy policy)
{
    host.joined.share = protocol::ShareState{.id = numbered<base::ShareId>(7), .access = access, .policy = policy,
                                             .createdAt = minutesAgo(clock, 12)};
}

bool Stage::open()
{
    auto session = std::make_unique<client::Session>(clock, random);
    client::Session *raw = session.get();
    std::optional<transport::Link> way;
    if (!host.isOwner)
        way = testLink();
    raw->openChannel(host.connectClient(), host.joined.you.name, way, [this] { return host.connectClient(); });
    if (way) {
        if (!QTest::qWaitFor([raw] { return raw->state() == client::Session::State::Inspecting; }))
            return false;
        raw->join(host.joined.you.name);
    }
    if (!QTest::qWaitFor([raw] { return raw->state() == client::Session::State::Open; }))
        return false;
    m_workspace = std::make_unique<client::Workspace>(std::move(session), clock);
    return true;
}

std::unique_ptr<client::Workspace> Stage::take()
{
    return std::move(m_workspace);
}

bool Stage::answer(FakeConnection &connection, const protocol::AnyMessage &message, quint32 call)
{
    if (const auto *listing = std::get_if<protocol::ListFolder>(&message))
        list(connection, *listing, call);
    else if (const auto *opening = std::get_if<protocol::OpenDocument>(&message))
        openDocument(connection, *opening, call);
    else if (const auto *page = std::get_if<protocol::ReadPage>(&message))
        readPage(connection, *page, call);
    else if (const auto *sharing = std::get_if<protocol::CreateShare>(&message))
        share(connection, *sharing, call);
    else if (std::holds_alternative<protocol::GetShareLink>(message))
        connection.send(protocol::ShareLinkGiven{.link = link()}, call);
    else if (std::holds_alternative<protocol::ListAddresses>(message))
        connection.send(protocol::AddressesListed{.addresses = {{.address = u"127.0.0.1"_s, .isLoopback = true},
                                                                {.address = u"192.0.2.7"_s, .label = u"wlan0"_s},
                                                                {.address = u"2001:db8::7"_s, .label = u"eth0"_s}}}, call);
    else if (std::holds_alternative<protocol::ChangeShare>(message)) {
        const auto &change = std::get<protocol::ChangeShare>(message);
        host.joined.share->access = change.access;
        host.joined.share->policy = change.policy;
        connection.send(protocol::ShareChanged{.state = host.joined.share});
        connection.send(protocol::ShareAdjusted{.state = *host.joined.share}, call);
    } else if (std::holds_alternative<protocol::EndShare>(message)) {
        host.joined.share.reset();
        connection.send(protocol::ShareChanged{});
        connection.send(protocol::ShareStopped{.guests = quint32(host.joined.others.size())}, call);
    } else if (std::holds_alternative<protocol::UpdateDocument>(message)) {
        if (refusesUpdates)
            connection.send(protocol::Failed{.code = *refusesUpdates}, call);
        else
            connection.send(protocol::DocumentUpdated{}, call);
    } else if (std::holds_alternative<protocol::CloseDocument>(message))
        connection.send(protocol::DocumentClosed{}, call);
    else if (std::holds_alternative<protocol::DeleteEntry>(message))
        connection.send(protocol::EntryDeleted{.entry = numbered<base::BinEntryId>(3)}, call);
    else if (std::holds_alternative<protocol::CreateEntry>(message))
        connection.send(protocol::Failed{.code = base::ErrorCode::AlreadyExists}, call);
    else
        return false;
    return true;
}

void Stage::list(FakeConnection &connection, const protocol::ListFolder &request, quint32 call)
{
    const File &folder = at(request.path);
    if (folder.isSilent)
        return;
    if (folder.error) {
        connection.send(protocol::Failed{.code = *folder.error}, call);
        return;
    }
    QList<protocol::FileEntry> folders;
    QList<protocol::FileEntry> files;
    const QByteArray prefix = request.path.isEmpty() ? QByteArray() : QByteArray(request.path + '/');
    for (const auto &[path, file] : m_files) {
        if (path.isEmpty() || !path.startsWith(prefix) || path.indexOf('/', prefix.size()) >= 0)
            continue;
        const protocol::FileEntry entry{.name = path.mid(prefix.size()),
                                        .kind = file.isFolder ? protocol::EntryKind::Folder : protocol::EntryKind::File,
                                        .isIgnored = file.isIgnored, .size = file.info.size};
        (file.isFolder ? folders : files) += entry;
    }
    const QList<protocol::FileEntry> all = folders + files;
    connection.send(protocol::FolderListed{.entries = all.mid(request.offset, protocol::kMaxEntriesPerPage), .total = quint32(all.size())},
                    call);
}

void Stage::openDocument(FakeConnection &connection, const protocol::OpenDocument &request, quint32 call)
{
    const auto found = m_files.find(request.path);
    if (found == m_files.end()) {
        connection.send(protocol::Failed{.code = base::ErrorCode::NotFound}, call);
        return;
    }
    const File &file = found->second;
    if (file.isSilent)
        return;
    if (file.error) {
        connection.send(protocol::Failed{.code = *file.error}, call);
        return;
    }
    protocol::DocumentOpened opened{.kind = file.kind, .epoch = QByteArray(16, 'e'), .info = file.info};
    if (file.kind == protocol::ContentKind::Text) {
        opened.document = file.id;
        opened.update = toBytes(file.document->encodeStateAsUpdate());
    }
    connection.send(opened, call);
}

void Stage::readPage(FakeConnection &connection, const protocol::ReadPage &request, quint32 call)
{
    const File &file = at(request.path);
    if (file.error)
        connection.send(protocol::Failed{.code = *file.error}, call);
    else
        connection.send(protocol::PageRead{.bytes = file.content.mid(request.offset, request.length), .fileSize = file.content.size()}, call);
}

protocol::ShareLink Stage::link() const
{
    return {.state = *host.joined.share,
            .secret = QByteArray(32, 's'),
            .pin = QByteArray(32, 'p'),
            .endpoints = {{.address = u"127.0.0.1"_s, .port = 4711, .isLoopback = true},
                          {.address = u"192.0.2.7"_s, .port = 4711, .label = u"wlan0"_s}}};
}

void Stage::share(FakeConnection &connection, const protocol::CreateShare &request, quint32 call)
{
    setShared(request.access, request.policy);
    connection.send(protocol::ShareChanged{.state = host.joined.share});
    connection.send(protocol::ShareCreated{.link = link()}, call);
}

void Stage::place(quint8 number, const QByteArray &path, qint64 line, qsizetype anchor, qsizetype head, bool isTyping, bool isIdle)
{
    QJsonObject state{{u"path"_s, QString::fromLatin1(path.toBase64())}, {u"line"_s, line}, {u"typing"_s, isTyping}, {u"idle"_s, isIdle}};
    if (anchor >= 0) {
        File &file = at(path);
        const auto content = file.document->text(protocol::kTextRoot);
        const auto position = [&content](qsizetype index) {
            const auto relative = crdt::RelativePosition::at(content, std::size_t(index));
            return QJsonDocument::fromJson(QByteArray::fromStdString(relative.toJson())).object();
        };
        state.insert(u"document"_s, QString::fromStdString(file.id.toString()));
        state.insert(u"anchor"_s, position(anchor));
        state.insert(u"head"_s, position(head));
    }
    state.insert(u"participant"_s, QString::fromStdString(FakeHost::personId(number).toString()));
    const crdt::AwarenessEntry entry{.client = crdt::ClientId(1000 + number), .clock = ++m_clocks[number],
                                     .state = QJsonDocument(state).toJson(QJsonDocument::Compact).toStdString()};
    host.last().send(protocol::PresenceChanged{.awareness = toBytes(crdt::encodeAwareness({&entry, 1}))});
}

void Stage::askToJoin(const QString &name, const QString &address, protocol::Access access)
{
    host.last().send(protocol::JoinRequested{.request = numbered<base::JoinRequestId>(m_nextRequest++), .name = name, .address = address,
                                             .access = access});
}

void Stage::endSession(protocol::EndReason reason, const QString &by)
{
    host.last().send(protocol::SessionEnded{.reason = reason, .by = by, .at = clock.wallTime()});
    host.last().channel->close(transport::CloseCode::Ended);
}

void Stage::changeInfo(const QByteArray &path, const std::function<void(protocol::DocumentInfo &)> &change)
{
    change(at(path).info);
    host.last().send(protocol::DocumentInfoChanged{.document = at(path).id, .info = at(path).info});
}
