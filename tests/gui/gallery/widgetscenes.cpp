// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/gallery/scene.h"
#include "ui/widgets/avatarpainter.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/statepage.h"
#include "ui/widgets/toast.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QRadioButton>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace ui;
using namespace Qt::StringLiterals;

namespace {

class AvatarSheet : public QWidget
{
protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QColor surface = Theme::color(Role::Window);
        painter.fillRect(rect(), surface);
        const QStringList names = {u"Nadia Haddad"_s, u"Ravi"_s, u"Ana Lima"_s, u"Jan van Dijk"_s, u"王 小明"_s,
                                   u"Olu Ade"_s, u"Mia"_s, u"Élise Roy"_s, u"Tom Berg"_s};
        int y = 16;
        for (const int size : {64, 40, 28, 20, 16}) {
            for (int i = 0; i < names.size(); ++i) {
                Avatar avatar{.name = names.at(i), .color = quint32(i)};
                avatar.isOwner = i == 0;
                avatar.canOnlyView = i == 2;
                avatar.isTyping = i == 1;
                if (i == 3)
                    avatar.state = Avatar::State::Idle;
                if (i == 4)
                    avatar.state = Avatar::State::Disconnected;
                AvatarPainter::paint(painter, QRectF(16 + i * 76, y, size, size), avatar, surface);
            }
            y += size + 16;
        }
        QList<Avatar> people;
        for (int i = 0; i < 5; ++i)
            people += Avatar{.name = names.at(i), .color = quint32(i)};
        for (int count = 1; count <= 5; ++count)
            AvatarPainter::paintRow(painter, count * 100, y + 10, people.mid(0, count), 16, surface);
    }
};

std::unique_ptr<QWidget> controls()
{
    auto screen = std::make_unique<QWidget>();
    auto *grid = new QGridLayout(screen.get());
    auto *normal = new QPushButton(u"Done"_s);
    auto *preferred = new QPushButton(u"Copy link"_s);
    preferred->setDefault(true);
    auto *danger = new QPushButton(u"Stop sharing"_s);
    danger->setProperty("tone", u"danger"_s);
    auto *off = new QPushButton(u"Not now"_s);
    off->setEnabled(false);
    auto *flat = makeTextButton(u"Make read-only"_s, nullptr);
    int column = 0;
    for (QPushButton *button : {normal, preferred, danger, off, flat}) {
        button->setObjectName(u"button%1"_s.arg(column));
        grid->addWidget(button, 0, column++);
    }
    auto *field = new QLineEdit(u"Nadia"_s);
    auto *empty = new QLineEdit;
    empty->setPlaceholderText(u"alongside://…"_s);
    auto *readOnly = new QLineEdit(u"https://192.0.2.7:4711/s/0123"_s);
    readOnly->setReadOnly(true);
    auto *combo = new QComboBox;
    combo->addItems({u"When I stop it"_s, u"In 1 hour"_s});
    int number = 0;
    for (QWidget *widget : {static_cast<QWidget *>(field), static_cast<QWidget *>(empty), static_cast<QWidget *>(readOnly),
                            static_cast<QWidget *>(combo)}) {
        widget->setObjectName(u"field%1"_s.arg(number));
        widget->setAccessibleName(u"Field"_s);
        grid->addWidget(widget, 1, number++);
    }
    auto *segments = new SegmentedControl;
    segments->addSegment(1, u"View"_s);
    segments->addSegment(2, u"Edit"_s);
    segments->setValue(2);
    grid->addWidget(segments, 2, 0, 1, 2);
    auto *check = new QCheckBox(u"Renew the link"_s);
    check->setChecked(true);
    check->setObjectName(u"check"_s);
    auto *radio = new QRadioButton(u"This computer"_s);
    radio->setChecked(true);
    radio->setObjectName(u"radio"_s);
    auto *otherRadio = new QRadioButton(u"Another address"_s);
    otherRadio->setObjectName(u"otherRadio"_s);
    grid->addWidget(check, 2, 2);
    grid->addWidget(radio, 2, 3);
    grid->addWidget(otherRadio, 2, 4);
    auto *bar = new QScrollBar(Qt::Horizontal);
    bar->setRange(0, 100);
    bar->setPageStep(30);
    grid->addWidget(bar, 3, 0, 1, 5);
    grid->addWidget(new ProgressLine, 4, 0, 1, 5);
    grid->addWidget(new TextLabel(u"Whoever has the link can change every file you share."_s, nullptr, Role::SecondaryText), 5, 0, 1, 5);
    QObject::connect(screen.get(), &QObject::destroyed, [] {});
    normal->setFocus();
    return screen;
}

std::unique_ptr<QWidget> menu()
{
    auto menu = std::make_unique<QMenu>();
    menu->addAction(u"Share Running Workspace…"_s);
    menu->addAction(u"Copy Link"_s)->setShortcut(QKeySequence(u"Ctrl+Shift+C"_s));
    menu->addSeparator();
    QMenu *sub = menu->addMenu(u"Access"_s);
    sub->addAction(u"View"_s);
    QAction *checked = menu->addAction(u"Edit"_s);
    checked->setCheckable(true);
    checked->setChecked(true);
    menu->addAction(u"Not possible now"_s)->setEnabled(false);
    menu->setActiveAction(menu->actions().constFirst());
    return menu;
}

std::unique_ptr<QWidget> notices()
{
    auto screen = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(screen.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const auto addBanner = [&](Banner::Tone tone, const QString &icon, const QString &text, const QString &button) {
        auto *area = new BannerArea;
        Banner banner{.tone = tone, .icon = icon, .text = text, .buttons = {}};
        if (!button.isEmpty())
            banner.buttons += BannerButton{u"bannerButton"_s, button, [] {}};
        area->setBanner(1, banner);
        column->addWidget(area);
    };
    addBanner(Banner::Tone::Warning, u"wifi-off"_s, u"The connection is lost. You can go on typing; trying again in 4 s."_s, u"Try now"_s);
    addBanner(Banner::Tone::Neutral, u"eye"_s, u"You can look but not change: Nadia has made the workspace read-only."_s, {});
    addBanner(Banner::Tone::Danger, u"stop"_s, u"Nadia stopped sharing at 14:31. Your copy is read-only."_s, u"Save a copy…"_s);
    column->addStretch(1);
    auto *stack = new ToastStack(screen.get());
    stack->show({.title = u"main.cpp is in the bin"_s, .text = {}, .buttons = {{u"undo"_s, u"Undo"_s, [] {}}}});
    stack->show({.title = u"Invitation link copied"_s,
                 .text = u"Whoever opens it asks you before coming in."_s,
                 .buttons = {{u"readOnly"_s, u"Make read-only"_s, [] {}}, {u"info"_s, u"More info"_s, [] {}},
                             {u"again"_s, u"Copy again"_s, [] {}}}});
    return screen;
}

std::unique_ptr<QWidget> statePage(int kind)
{
    auto page = std::make_unique<StatePage>();
    if (kind == 0)
        page->showMessage(u"folder"_s, u"This folder is empty"_s, u"Files that anyone adds appear here."_s, u"New file"_s);
    else if (kind == 1)
        page->showFailure(u"“main.cpp” could not be opened"_s,
                          u"The host's user is not permitted to do this. Change the permissions of the file or of its folder."_s, u"Try again"_s);
    else
        page->showLoading(u"Opening “main.cpp”"_s);
    return page;
}

} // namespace

Scenes widgetScenes()
{
    return {
        {u"widgets-avatars"_s, {712, 320}, [] { return std::make_unique<AvatarSheet>(); }, {}},
        {u"widgets-controls"_s, {720, 300}, controls, {}},
        {u"widgets-menu"_s, {}, menu, {}},
        {u"widgets-notices"_s, {900, 420}, notices, {}},
        {u"widgets-state-empty"_s, {480, 320}, [] { return statePage(0); }, {}},
        {u"widgets-state-failed"_s, {480, 320}, [] { return statePage(1); }, {}},
        {u"widgets-state-loading"_s, {480, 320}, [] { return statePage(2); }, {}},
    };
}
