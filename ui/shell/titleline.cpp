// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/titleline.h"

#include "ui/presence/avatarstrip.h"
#include "ui/share/sharepill.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QMenuBar>
#include <QPainter>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kTitleLineHeight = 40;
constexpr int kAvatarStep = 26;

} // namespace

TitleLine::TitleLine(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this)), m_menus(new QMenuBar(this))
{
    setObjectName(u"titleLine"_s);
    setFixedHeight(kTitleLineHeight);
    m_menus->setObjectName(u"menuBar"_s);
    m_menus->setNativeMenuBar(false);
    m_menus->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_row->setContentsMargins(4, 0, 8, 0);
    m_row->setSpacing(8);
    m_row->addWidget(m_menus, 0, Qt::AlignVCenter);
    m_row->addStretch(1);
}

void TitleLine::setWorkspaceParts(SharePill *pill, AvatarStrip *people)
{
    delete m_pill;
    delete m_people;
    m_pill = pill;
    m_people = people;
    if (pill != nullptr)
        m_row->addWidget(pill, 0, Qt::AlignVCenter);
    if (people != nullptr)
        m_row->addWidget(people, 0, Qt::AlignVCenter);
}

void TitleLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Role::Window));
    painter.fillRect(0, height() - 1, width(), 1, Theme::color(Role::Hairline));
}

void TitleLine::resizeEvent(QResizeEvent *)
{
    if (m_people == nullptr || m_pill == nullptr)
        return;
    // Half of the line is for people at most; a narrow window shows one and a number.
    const int room = width() - m_menus->sizeHint().width() - m_pill->sizeHint().width() - 120;
    m_people->setMostShown(qBound(1, room / kAvatarStep, 5));
}

} // namespace ui
