// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmentedcontrol.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QRadioButton>

namespace ui {

namespace {

constexpr int kSegmentHeight = 28;

class Segment final : public QRadioButton
{
public:
    using QRadioButton::QRadioButton;

    QSize sizeHint() const override
    {
        return {QFontMetrics(Theme::font(TextSize::Normal, true)).horizontalAdvance(text()) + 28, kSegmentHeight};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool hitButton(const QPoint &position) const override { return rect().contains(position); }

    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (isChecked()) {
            drawPanel(painter, rect(), kControlRadius, Theme::color(Role::Raised),
                      Theme::over(Theme::color(Role::Outline), 0.55, Theme::color(Role::Raised)));
        } else if (underMouse() && isEnabled()) {
            drawPanel(painter, QRectF(rect()).adjusted(1, 1, -1, -1), kControlRadius, Theme::color(Role::Hover), {});
        }
        if (hasFocus())
            drawFocusRing(painter, rect(), kControlRadius);
        painter.setFont(Theme::font(TextSize::Normal, isChecked()));
        painter.setPen(Theme::color(!isEnabled() ? Role::DisabledText : isChecked() ? Role::Text : Role::SecondaryText));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextHideMnemonic, text());
    }
};

} // namespace

SegmentedControl::SegmentedControl(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int value, bool isOn) {
        if (isOn)
            Q_EMIT valueChosen(value);
    });
}

void SegmentedControl::addSegment(int value, const QString &text, const QString &description)
{
    auto *segment = new Segment(text, this);
    segment->setObjectName(QStringLiteral("segment%1").arg(value));
    segment->setAccessibleName(text);
    segment->setAccessibleDescription(description);
    segment->setMouseTracking(true);
    segment->setAttribute(Qt::WA_Hover);
    m_group->addButton(segment, value);
    layout()->addWidget(segment);
}

int SegmentedControl::value() const
{
    return m_group->checkedId();
}

void SegmentedControl::setValue(int value)
{
    const QSignalBlocker blocker(m_group);
    if (QAbstractButton *segment = m_group->button(value))
        segment->setChecked(true);
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawPanel(painter, rect(), kControlRadius + 2, Theme::over(Theme::color(Role::Text), 0.07, Theme::color(Role::Window)), {});
}

} // namespace ui
