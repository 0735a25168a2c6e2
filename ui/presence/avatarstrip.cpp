// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/presence/avatarstrip.h"

#include "ui/presence/avatarbutton.h"
#include "ui/presence/persontext.h"
#include "ui/widgets/theme.h"

#include <QMenu>
#include <QPainter>
#include <QWidgetAction>

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int kButton = 32;
constexpr int kStep = 26;         // what a neighbour and its gap ring hide must not reach the initials
constexpr int kGapBeforeYou = 4;
constexpr int kHeight = 36;

QIcon iconOf(const client::Person &person)
{
    QPixmap pixmap(QSize(kAvatarInTabs, kAvatarInTabs) * 2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    AvatarPainter::paint(painter, pixmap.rect(), avatarOf(person), Theme::color(Role::Raised));
    painter.end();
    pixmap.setDevicePixelRatio(2);
    return QIcon(pixmap);
}

} // namespace

AvatarStrip::AvatarStrip(client::People &people, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_people(people), m_clock(clock), m_own(new AvatarButton(this)), m_more(new AvatarButton(this))
{
    setObjectName(u"avatarStrip"_s);
    setAccessibleName(tr("People in this workspace"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_own->setObjectName(u"ownAvatar"_s);
    m_more->setObjectName(u"moreAvatars"_s);
    connect(m_own, &QAbstractButton::clicked, this, [this] { Q_EMIT youPressed(menuPosition(m_own)); });
    connect(m_more, &QAbstractButton::clicked, this, &AvatarStrip::showList);
    connect(&people, &client::People::peopleChanged, this, &AvatarStrip::refreshSoon);
    connect(&people, &client::People::joined, this, &AvatarStrip::refreshSoon);
    connect(&people, &client::People::left, this, &AvatarStrip::refreshSoon);
    m_settle.setSingleShot(true);
    m_settle.setInterval(3s);
    connect(&m_settle, &QTimer::timeout, this, &AvatarStrip::refresh);
    // Tooltips count minutes of idleness.
    m_minute.setInterval(1min);
    m_minute.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_minute, &QTimer::timeout, this, &AvatarStrip::refreshSoon);
    m_minute.start();
    refresh();
}

void AvatarStrip::setMostShown(int count)
{
    if (m_mostShown == qMax(1, count))
        return;
    m_mostShown = qMax(1, count);
    refresh();
}

void AvatarStrip::hideOthers()
{
    m_showsOthers = false;
    refresh();
}

QSize AvatarStrip::sizeHint() const
{
    const qsizetype others = m_showsOthers ? m_people.others().size() : 0;
    const int circles = others > m_mostShown ? m_mostShown + 1 : static_cast<int>(others);
    return {widthFor(circles), kHeight};
}

QSize AvatarStrip::minimumSizeHint() const
{
    return sizeHint();
}

void AvatarStrip::leaveEvent(QEvent *)
{
    if (m_settle.isActive())
        refresh();
}

void AvatarStrip::resizeEvent(QResizeEvent *)
{
    place();
}

// Somebody coming or going must not move what the pointer is about to press: the new order waits until it has left, but
// not for ever. Changes of the same people show at once.
void AvatarStrip::refreshSoon()
{
    const QList<client::Person> others = m_showsOthers ? m_people.others() : QList<client::Person>();
    bool isSamePeople = others.size() == m_shown.size();
    for (qsizetype i = 0; isSamePeople && i < others.size(); ++i)
        isSamePeople = others.at(i).participant.id == m_shown.at(i).participant.id;
    if (isSamePeople || !underMouse())
        refresh();
    else if (!m_settle.isActive())
        m_settle.start();
}

void AvatarStrip::refresh()
{
    m_settle.stop();
    m_shown = m_showsOthers ? m_people.others() : QList<client::Person>();
    const qsizetype shown = qMin<qsizetype>(m_shown.size(), m_mostShown);
    const base::WallTime now = m_clock.wallTime();
    while (m_buttons.size() > shown)
        m_buttons.takeLast()->deleteLater();
    while (m_buttons.size() < shown) {
        auto *button = new AvatarButton(this);
        const qsizetype position = m_buttons.size();
        connect(button, &QAbstractButton::clicked, this, [this, button, position] {
            if (position < m_shown.size())
                Q_EMIT personPressed(m_shown.at(position).participant.id, menuPosition(button));
        });
        button->show();
        m_buttons += button;
    }
    const auto describe = [now](AvatarButton *button, const client::Person &person) {
        button->setAvatar(avatarOf(person));
        button->setToolTip(sentenceOf(person, now));
        button->setAccessibleName(button->toolTip());
    };
    for (qsizetype i = 0; i < shown; ++i) {
        m_buttons.at(i)->setObjectName(u"avatar%1"_s.arg(i));
        describe(m_buttons.at(i), m_shown.at(i));
    }
    describe(m_own, m_people.you());
    const int hidden = static_cast<int>(m_shown.size() - shown);
    m_more->setVisible(hidden > 0);
    m_more->setMore(hidden);
    m_more->setToolTip(tr("%n more people", nullptr, hidden));
    m_more->setAccessibleName(m_more->toolTip());
    updateGeometry();
    place();
}

int AvatarStrip::widthFor(int buttons) const
{
    return buttons == 0 ? kButton : kButton + kGapBeforeYou + kButton + (buttons - 1) * kStep;
}

// Placed from the right, so that a newcomer at the left moves nobody.
void AvatarStrip::place()
{
    const int y = (height() - kButton) / 2;
    int x = width() - kButton;
    m_own->move(x, y);
    x -= kButton + kGapBeforeYou;
    if (m_more->isVisibleTo(this)) {
        m_more->move(x, y);
        x -= kStep;
    }
    // The left one lies on top: the marks at the lower right of each then stay whole.
    for (auto button = m_buttons.crbegin(); button != m_buttons.crend(); ++button) {
        (*button)->move(x, y);
        (*button)->raise();
        x -= kStep;
    }
    QWidget *before = nullptr;
    for (AvatarButton *button : std::as_const(m_buttons)) {
        if (before != nullptr)
            setTabOrder(before, button);
        before = button;
    }
    if (before != nullptr)
        setTabOrder(before, m_more);
    setTabOrder(m_more, m_own);
}

void AvatarStrip::showList()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"peopleList"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const base::WallTime now = m_clock.wallTime();
    for (const client::Person &person : std::as_const(m_shown)) {
        QAction *entry = menu->addAction(iconOf(person), sentenceOf(person, now));
        connect(entry, &QAction::triggered, this, [this, id = person.participant.id] {
            Q_EMIT personPressed(id, menuPosition(m_more));
        });
    }
    menu->popup(menuPosition(m_more));
}

QPoint AvatarStrip::menuPosition(const QWidget *button) const
{
    return button->mapToGlobal(QPoint(0, button->height() + 4));
}

} // namespace ui
