// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include "ui/widgets/announce.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVariantAnimation>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kBannerHeight = 36;

Role inkOf(Banner::Tone tone)
{
    switch (tone) {
    case Banner::Tone::Warning:
        return Role::Warning;
    case Banner::Tone::Danger:
        return Role::Danger;
    case Banner::Tone::Neutral:
        break;
    }
    return Role::SecondaryText;
}

Role surfaceOf(Banner::Tone tone)
{
    switch (tone) {
    case Banner::Tone::Warning:
        return Role::WarningTint;
    case Banner::Tone::Danger:
        return Role::DangerTint;
    case Banner::Tone::Neutral:
        break;
    }
    return Role::Hover;
}

} // namespace

BannerArea::BannerArea(QWidget *parent) : QWidget(parent), m_slide(new QVariantAnimation(this))
{
    setObjectName(u"banner"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFixedHeight(0);
    connect(m_slide, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) { setFixedHeight(value.toInt()); });
}

void BannerArea::setBanner(int priority, const Banner &banner)
{
    m_banners.insert(priority, banner);
    refresh();
}

void BannerArea::removeBanner(int priority)
{
    if (m_banners.remove(priority) > 0)
        refresh();
}

QString BannerArea::text() const
{
    return m_shownText;
}

QSize BannerArea::sizeHint() const
{
    return {400, m_height};
}

QSize BannerArea::minimumSizeHint() const
{
    return {0, 0};
}

void BannerArea::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(surfaceOf(m_tone)));
    painter.fillRect(0, height() - 1, width(), 1, Theme::color(Role::Hairline));
}

void BannerArea::resizeEvent(QResizeEvent *)
{
    placeLine();
}

// The line keeps its height and slides in with the lower edge, instead of being squeezed while the area grows.
void BannerArea::placeLine()
{
    if (m_line != nullptr)
        m_line->setGeometry(0, height() - kBannerHeight, width(), kBannerHeight);
}

void BannerArea::refresh()
{
    if (m_banners.isEmpty()) {
        m_shownText.clear();
        slideTo(0);
        return;
    }
    const Banner &banner = m_banners.first();
    const bool isNew = banner.text != m_shownText;
    build(banner);
    slideTo(kBannerHeight);
    if (isNew)
        announce(this, banner.text);
}

void BannerArea::build(const Banner &banner)
{
    // A button of the old line may be the one whose click brought us here.
    if (m_line != nullptr) {
        m_line->hide();
        m_line->deleteLater();
    }
    m_shownText = banner.text;
    m_tone = banner.tone;
    m_line = new QWidget(this);
    auto *row = new QHBoxLayout(m_line);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(new IconView(banner.icon, 16, inkOf(banner.tone), m_line));
    auto *label = new ElidedLabel(banner.text, m_line);
    label->setObjectName(u"bannerText"_s);
    row->addWidget(label, 1);
    for (const BannerButton &button : banner.buttons) {
        QPushButton *widget = makeTextButton(button.text, m_line);
        widget->setObjectName(button.id);
        connect(widget, &QPushButton::clicked, this, button.pressed);
        row->addWidget(widget);
    }
    placeLine();
    m_line->show();
    update();
}

void BannerArea::slideTo(int height)
{
    if (height == m_height)
        return;
    m_height = height;
    m_slide->stop();
    const int duration = isVisible() ? Theme::duration(120) : 0;
    if (duration == 0) {
        setFixedHeight(height);
        return;
    }
    m_slide->setDuration(duration);
    m_slide->setStartValue(this->height());
    m_slide->setEndValue(height);
    m_slide->start();
}

} // namespace ui
