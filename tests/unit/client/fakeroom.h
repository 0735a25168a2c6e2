// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/document.h"
#include "tests/unit/client/workspacefixture.h"

#include <functional>
#include <optional>

//! One document as a host keeps it, for any number of fixtures. Holds answers back, repeats and refuses as told.
class FakeRoom
{
public:
    FakeRoom() { startOver({}, 'e'); }

    //! Another life of the document: as after a host that lost its history.
    void startOver(const QString &text, char newEpoch)
    {
        document = std::make_unique<crdt::Document>(crdt::DocumentOptions{.client = 5});
        if (!text.isEmpty())
            (void)document->text(protocol::kTextRoot).insert(0, unitsOf(text));
        epoch = QByteArray(16, newEpoch);
        std::array<std::uint8_t, 16> bytes{};
        bytes[0] = std::uint8_t(newEpoch);
        id = *base::DocumentId::fromBytes(bytes);
    }

    void serve(FakeHost &host)
    {
        host.script = [this](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            return handle(connection, message, call);
        };
    }

    QString text() const
    {
        const std::u16string units = document->text(protocol::kTextRoot).toString();
        return QString::fromUtf16(units.data(), qsizetype(units.size()));
    }

    //! Somebody without a client edits: another program changed the file.
    void edit(std::size_t index, std::size_t removed, const QString &inserted)
    {
        base::Bytes update;
        const int observer = document->onUpdate([&](const crdt::Document::UpdateEvent &event) { update = event.update; });
        (void)document->text(protocol::kTextRoot).replace(index, removed, unitsOf(inserted));
        document->removeObserver(observer);
        broadcast(bytesOf(update), nullptr);
    }

    void answerHeld()
    {
        const auto held = std::exchange(m_held, {});
        for (const auto &answer : held)
            answer();
    }

    template <protocol::Message T>
    void announce(const T &message)
    {
        for (const QPointer<FakeConnection> &member : std::as_const(m_members)) {
            if (member && !member->isClosed)
                member->send(message);
        }
    }

    std::unique_ptr<crdt::Document> document;
    base::DocumentId id;
    QByteArray epoch;
    protocol::DocumentInfo info{.path = "a.txt"};
    protocol::ContentKind kind = protocol::ContentKind::Text;
    std::optional<base::ErrorCode> refuseUpdates;
    std::optional<base::ErrorCode> refuseOpen;
    bool isHolding = false;          //!< answers to updates wait for answerHeld()
    bool isForgetful = false;        //!< updates vanish: neither applied nor answered
    std::function<bool()> isRepeated = [] { return false; };
    QList<QByteArray> updates;
    int opens = 0;
    int closes = 0;
    QList<QString> textsAtSave;

    static QByteArray bytesOf(const base::Bytes &bytes)
    {
        return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
    }
    static std::u16string_view unitsOf(QStringView text) { return {text.utf16(), std::size_t(text.size())}; }
    static base::ByteView viewOf(const QByteArray &bytes)
    {
        return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())};
    }

private:
    bool handle(FakeConnection &connection, const protocol::AnyMessage &message, quint32 call)
    {
        if (const auto *open = std::get_if<protocol::OpenDocument>(&message))
            opened(connection, *open, call);
        else if (const auto *update = std::get_if<protocol::UpdateDocument>(&message))
            updated(connection, *update, call);
        else if (std::get_if<protocol::SaveDocument>(&message))
            saved(connection, call);
        else if (std::get_if<protocol::CloseDocument>(&message))
            closed(connection, call);
        else
            return false;
        return true;
    }

    void opened(FakeConnection &connection, const protocol::OpenDocument &request, quint32 call)
    {
        ++opens;
        if (refuseOpen)
            return connection.send(protocol::Failed{*refuseOpen, {}}, call);
        protocol::DocumentOpened reply{.document = id, .kind = kind, .epoch = epoch, .info = info};
        const bool isKnown = request.knownEpoch == epoch && !request.knownState.isEmpty();
        const auto missing = document->encodeStateAsUpdate(isKnown ? viewOf(request.knownState) : base::ByteView());
        reply.update = isKnown ? bytesOf(*missing) : bytesOf(document->encodeStateAsUpdate());
        m_members.append(&connection);
        connection.send(reply, call);
    }

    void updated(FakeConnection &connection, const protocol::UpdateDocument &request, quint32 call)
    {
        updates.append(request.update);
        if (isForgetful)
            return;
        if (refuseUpdates)
            return connection.send(protocol::Failed{*refuseUpdates, {}}, call);
        if (request.document != id || !document->applyUpdate(viewOf(request.update)))
            return connection.send(protocol::Failed{base::ErrorCode::NotFound, {}}, call);
        broadcast(request.update, &connection);
        const auto answer = [guard = QPointer<FakeConnection>(&connection), call] {
            if (guard && !guard->isClosed)
                guard->send(protocol::DocumentUpdated{}, call);
        };
        if (isHolding)
            m_held.append(answer);
        else
            answer();
    }

    void saved(FakeConnection &connection, quint32 call)
    {
        textsAtSave.append(text());
        connection.send(protocol::DocumentSaved{base::WallTime(std::chrono::milliseconds(77))}, call);
    }

    void closed(FakeConnection &connection, quint32 call)
    {
        ++closes;
        m_members.removeAll(QPointer<FakeConnection>(&connection));
        connection.send(protocol::DocumentClosed{}, call);
    }

    void broadcast(const QByteArray &update, const FakeConnection *except)
    {
        for (const QPointer<FakeConnection> &member : std::as_const(m_members)) {
            for (int times = isRepeated() ? 2 : 1; member && member != except && !member->isClosed && times > 0; --times)
                member->send(protocol::DocumentEdited{.document = id, .update = update});
        }
    }

    QList<QPointer<FakeConnection>> m_members;
    QList<std::function<void()>> m_held;
};
