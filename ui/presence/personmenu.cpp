// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/presence/personmenu.h"

#include "ui/presence/persontext.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/initials.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

void addHeader(QMenu *menu, const client::Person &person)
{
    auto *header = new QWidget(menu);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(10, 8, 16, 8);
    row->setSpacing(12);
    auto *avatar = new AvatarView(40, header);
    avatar->setAvatar(avatarOf(person));
    row->addWidget(avatar);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(1);
    auto *name = new ElidedLabel(visibleName(person.participant.name), header);
    name->setObjectName(u"personName"_s);
    name->setSize(TextSize::Normal, true);
    lines->addWidget(name);
    const auto addLine = [&](const QString &text) {
        auto *line = new ElidedLabel(text, header);
        line->setRole(Role::SecondaryText);
        line->setSize(TextSize::Small);
        line->setElideMode(Qt::ElideMiddle);
        lines->addWidget(line);
    };
    //: %1 is "owner", "editor" or "viewer", %2 a network address
    addLine(person.participant.address.isEmpty()
                ? roleOf(person)
                : PersonMenu::tr("%1, from %2").arg(roleOf(person), visibleName(person.participant.address)));
    if (!person.isYou)
        addLine(placeOf(person));
    addLine(sinceOf(person));
    row->addLayout(lines, 1);
    header->setMinimumWidth(240);
    header->setMaximumWidth(360);
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(header);
    menu->addAction(action);
    menu->addSeparator();
}

} // namespace

PersonMenu::PersonMenu(const client::Person &person, bool youAreOwner, QWidget *parent) : QMenu(parent)
{
    setObjectName(u"personMenu"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    addHeader(this, person);
    const base::ParticipantId id = person.participant.id;
    QAction *place = addAction(tr("Go to Their Place"));
    place->setObjectName(u"goToPlace"_s);
    place->setEnabled(!person.path.isEmpty());
    connect(place, &QAction::triggered, this, [this, person] { Q_EMIT goToPlaceChosen(person.path, person.line); });
    if (!youAreOwner || person.participant.access == protocol::Access::Owner)
        return;
    addSeparator();
    auto *group = new QActionGroup(this);
    const auto addAccess = [&](protocol::Access access, const QString &text, const QString &name) {
        QAction *entry = addAction(text);
        entry->setObjectName(name);
        entry->setCheckable(true);
        entry->setChecked(person.participant.access == access);
        group->addAction(entry);
        connect(entry, &QAction::triggered, this, [this, id, access] { Q_EMIT accessChosen(id, access); });
    };
    addAccess(protocol::Access::View, tr("Can View"), u"accessView"_s);
    addAccess(protocol::Access::Edit, tr("Can Edit"), u"accessEdit"_s);
    addSeparator();
    QAction *out = addAction(tr("Show Out…"));
    out->setObjectName(u"showOut"_s);
    connect(out, &QAction::triggered, this, [this, id] { Q_EMIT showOutChosen(id); });
}

OwnMenu::OwnMenu(const client::Person &you, const QList<QAction *> &actions, QWidget *parent) : QMenu(parent)
{
    setObjectName(u"ownMenu"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    addHeader(this, you);
    addActions(actions);
}

} // namespace ui
