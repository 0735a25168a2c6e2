// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/breadcrumbs.h"

#include "app/base/displayname.h"
#include "ui/widgets/controls.h"

#include <QHBoxLayout>
#include <QPainter>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kBreadcrumbHeight = 30;
constexpr qsizetype kMostParts = 8;

} // namespace

Breadcrumbs::Breadcrumbs(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    setObjectName(u"breadcrumbs"_s);
    setFixedHeight(kBreadcrumbHeight);
    m_row->setContentsMargins(6, 0, 6, 0);
    m_row->setSpacing(0);
}

void Breadcrumbs::setPath(const QByteArray &path)
{
    if (path == m_path)
        return;
    m_path = path;
    while (QLayoutItem *item = m_row->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    if (path.isEmpty())
        return;
    const QList<QByteArray> parts = path.split('/');
    const qsizetype first = qMax<qsizetype>(0, parts.size() - kMostParts);
    for (qsizetype i = first; i < parts.size(); ++i) {
        if (i > first)
            m_row->addWidget(new IconView(u"chevron-right"_s, 12, Role::SecondaryText, this));
        QString name = base::displayName(parts.at(i));
        QPushButton *button = makeTextButton(name.replace(u'&', u"&&"_s), this);
        const bool isLast = i + 1 == parts.size();
        button->setObjectName(u"breadcrumb%1"_s.arg(i));
        button->setFont(Theme::font(TextSize::Small, isLast));
        button->setFocusPolicy(Qt::TabFocus);
        // A deep path gives way from the left instead of making the window wider.
        button->setMinimumWidth(24);
        button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        const QByteArray part = parts.mid(0, i + 1).join('/');
        connect(button, &QPushButton::clicked, this, [this, part] { Q_EMIT partChosen(part); });
        m_row->addWidget(button);
    }
    m_row->addStretch(1);
}

void Breadcrumbs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Role::Editor));
    painter.fillRect(0, height() - 1, width(), 1, Theme::color(Role::Hairline));
}

} // namespace ui
