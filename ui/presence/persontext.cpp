// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/presence/persontext.h"

#include "app/base/displayname.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct PersonWords
{
    Q_DECLARE_TR_FUNCTIONS(ui::PersonText)
};

} // namespace

Avatar avatarOf(const client::Person &person)
{
    Avatar avatar;
    avatar.name = person.participant.name;
    avatar.color = person.participant.color;
    avatar.isOwner = person.participant.access == protocol::Access::Owner;
    avatar.canOnlyView = person.participant.access == protocol::Access::View;
    avatar.isTyping = person.isTyping;
    if (!person.participant.isConnected || person.activity == client::Person::Activity::Silent)
        avatar.state = Avatar::State::Disconnected;
    else if (person.activity == client::Person::Activity::Idle)
        avatar.state = Avatar::State::Idle;
    return avatar;
}

QString roleOf(const client::Person &person)
{
    switch (person.participant.access) {
    case protocol::Access::Owner:
        //: What a person is in the workspace
        return PersonWords::tr("owner");
    case protocol::Access::Edit:
    case protocol::Access::Full:
        //: What a person is in the workspace: may change files
        return PersonWords::tr("editor");
    case protocol::Access::View:
    case protocol::Access::Anyone:
        break;
    }
    //: What a person is in the workspace: may only look
    return PersonWords::tr("viewer");
}

QString sentenceOf(const client::Person &person, base::WallTime now)
{
    const QString name = visibleName(person.participant.name);
    //: %1 is a person's name, the reader's own
    const QString who = person.isYou ? PersonWords::tr("%1 (you)").arg(name) : name;
    QString sentence;
    if (person.path.isEmpty()) {
        //: %1 is a person's name, %2 "owner", "editor" or "viewer"
        sentence = PersonWords::tr("%1, %2").arg(who, roleOf(person));
    } else {
        const QString file = base::displayName(person.path.mid(person.path.lastIndexOf('/') + 1));
        //: %1 is a person's name, %2 "owner", "editor" or "viewer", %3 a file's name
        sentence = PersonWords::tr("%1, %2, in %3").arg(who, roleOf(person), file);
    }
    if (!person.participant.isConnected || person.activity == client::Person::Activity::Silent)
        //: %1 is a sentence about a person such as "Ana, editor, in main.cpp"
        return PersonWords::tr("%1, not connected").arg(sentence);
    if (person.activity == client::Person::Activity::Idle) {
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - person.idleSince).count();
        //: %1 is a sentence about a person such as "Ana, editor, in main.cpp"
        return PersonWords::tr("%1, idle %n minute(s)", nullptr, qMax(1, static_cast<int>(minutes))).arg(sentence);
    }
    if (person.isTyping)
        //: %1 is a sentence about a person such as "Ana, editor, in main.cpp"
        return PersonWords::tr("%1, typing").arg(sentence);
    return sentence;
}

QString placeOf(const client::Person &person)
{
    if (!person.participant.isConnected || person.activity == client::Person::Activity::Silent)
        return PersonWords::tr("Not connected now");
    if (person.path.isEmpty())
        return PersonWords::tr("No file open");
    const QString path = base::displayName(person.path);
    //: %1 is a path, %2 a line number
    return person.line > 0 ? PersonWords::tr("In %1:%2").arg(path).arg(person.line) : PersonWords::tr("In %1").arg(path);
}

QString sinceOf(const client::Person &person)
{
    //: %1 is a time of day
    return PersonWords::tr("Here since %1").arg(timeOfDay(person.participant.since));
}

} // namespace ui
