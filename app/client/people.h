// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/values.h"

#include <QAbstractListModel>

#include <memory>
#include <optional>

namespace client {

class Workspace;

//! A participant with what is known of where they are.
struct Person
{
    enum class Activity { Active, Idle, Silent };   //!< Silent: no sign for 15 s, or disconnected

    protocol::Participant participant;
    bool isYou = false;
    Activity activity = Activity::Active;
    bool isTyping = false;
    QByteArray path;         //!< file in view; empty: none
    qint64 line = 0;         //!< from 1; 0: unknown
    base::WallTime idleSince{};
    friend bool operator==(const Person &, const Person &) = default;
};

//! Everybody in the workspace: you last, the others with the newest first. A model so that lists and avatars are views of it.
class People : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { PersonIdRole = Qt::UserRole + 1 };

    ~People() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    //! DisplayRole: the name. Everything else through person().
    QVariant data(const QModelIndex &index, int role) const override;

    const Person &person(int row) const;
    std::optional<Person> find(const base::ParticipantId &id) const;
    Person you() const;
    //! The owner, whether present or not known: nullopt.
    std::optional<Person> owner() const;
    //! Everyone but you.
    QList<Person> others() const;
    //! Others with \a path open in view, for marks in tree and tabs.
    QList<Person> peopleIn(const QByteArray &path) const;

    //! Where you are; sent to the others, coalesced.
    void setOwnPlace(const QByteArray &path, qint64 line);
    void setOwnIdle(bool idle);

Q_SIGNALS:
    void joined(const client::Person &person);
    void left(const client::Person &person, bool wasRemoved);
    //! Any row's content changed (also presence).
    void peopleChanged();
    void ownAccessChanged(protocol::Access access);

private:
    friend class Workspace;
    explicit People(Workspace &workspace);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace client
