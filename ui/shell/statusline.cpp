// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusline.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/paint.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kStatusHeight = 26;
constexpr int kStatusIcon = 14;

} // namespace

//! One word of the status line.
class StatusItem final : public QAbstractButton
{
public:
    explicit StatusItem(QWidget *parent) : QAbstractButton(parent)
    {
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
        hide();
    }

    void fill(const QString &text, const QString &hint, const QString &icon, Role role)
    {
        m_icon = icon;
        m_role = role;
        setText(text);
        setToolTip(hint);
        setAccessibleName(hint.isEmpty() ? text : hint);
        setVisible(!text.isEmpty());
        updateGeometry();
        update();
    }

    QSize sizeHint() const override
    {
        const int icon = m_icon.isEmpty() ? 0 : kStatusIcon + 4;
        return {QFontMetrics(Theme::font(TextSize::Small)).horizontalAdvance(text()) + icon + 16, kStatusHeight - 2};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (underMouse())
            drawPanel(painter, rect(), kControlRadius, Theme::color(Role::Hover), {});
        if (hasFocus())
            drawFocusRing(painter, rect(), kControlRadius);
        int x = 8;
        if (!m_icon.isEmpty()) {
            Icons::paint(painter, QRect(x, (height() - kStatusIcon) / 2, kStatusIcon, kStatusIcon), m_icon, Theme::color(m_role));
            x += kStatusIcon + 4;
        }
        painter.setFont(Theme::font(TextSize::Small));
        painter.setPen(Theme::color(m_role));
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
    }

private:
    QString m_icon;
    Role m_role = Role::SecondaryText;
};

StatusLine::StatusLine(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    setObjectName(u"statusLine"_s);
    setFixedHeight(kStatusHeight);
    m_row->setContentsMargins(4, 1, 4, 1);
    m_row->setSpacing(0);
    add(Item::Branch, u"statusBranch"_s);
    add(Item::Saved, u"statusSaved"_s);
    add(Item::Host, u"statusHost"_s);
    add(Item::People, u"statusPeople"_s);
    m_row->addStretch(1);
    add(Item::Position, u"statusPosition"_s);
    add(Item::Indent, u"statusIndent"_s);
    add(Item::Encoding, u"statusEncoding"_s);
    add(Item::LineEnding, u"statusLineEnding"_s);
    add(Item::Language, u"statusLanguage"_s);
    add(Item::Zoom, u"statusZoom"_s);
}

StatusItem *StatusLine::add(Item item, const QString &name)
{
    auto *widget = new StatusItem(this);
    widget->setObjectName(name);
    connect(widget, &QAbstractButton::clicked, this, [this, item] { Q_EMIT pressed(item); });
    m_items.insert(item, widget);
    m_row->addWidget(widget);
    return widget;
}

void StatusLine::setItem(Item item, const QString &text, const QString &hint, const QString &icon, Role role)
{
    m_items.value(item)->fill(text, hint, icon, role);
}

QString StatusLine::text(Item item) const
{
    return m_items.value(item)->text();
}

QWidget *StatusLine::widget(Item item) const
{
    return m_items.value(item);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Role::Window));
    painter.fillRect(0, 0, width(), 1, Theme::color(Role::Hairline));
}

} // namespace ui
