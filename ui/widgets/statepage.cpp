// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/statepage.h"

#include "ui/widgets/announce.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"

#include <QPainter>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kTextWidth = 360;

} // namespace

StatePage::StatePage(QWidget *parent)
    : QWidget(parent), m_icon(new IconView(u"info"_s, kIconInEmptyStates, Role::SecondaryText, this)),
      m_title(new TextLabel(QString(), this, Role::Text, TextSize::Large)),
      m_text(new TextLabel(QString(), this, Role::SecondaryText)), m_progress(new ProgressLine(this)),
      m_button(new QPushButton(this))
{
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setObjectName(u"stateTitle"_s);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setObjectName(u"stateText"_s);
    m_button->setObjectName(u"stateButton"_s);
    m_progress->setFixedWidth(160);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(0);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(12);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addSpacing(4);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addSpacing(12);
    column->addWidget(m_progress, 0, Qt::AlignHCenter);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &StatePage::buttonClicked);
    fill({}, {}, {});
}

void StatePage::showMessage(const QString &icon, const QString &title, const QString &text, const QString &button)
{
    m_icon->setIcon(icon, Role::SecondaryText);
    m_icon->show();
    m_progress->hide();
    fill(title, text, button);
}

void StatePage::showFailure(const QString &title, const QString &text, const QString &button)
{
    m_icon->setIcon(u"warning"_s, Role::Warning);
    m_icon->show();
    m_progress->hide();
    fill(title, text, button);
    announce(this, title + u' ' + text);
}

void StatePage::showLoading(const QString &title)
{
    m_icon->hide();
    fill(title, {}, {});
    m_progress->show();
}

QString StatePage::title() const
{
    return m_title->text();
}

void StatePage::fill(const QString &title, const QString &text, const QString &button)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    fitLabels();
}

// A centred cell asks a wrapping label for its size hint, not for its height at the width it gets.
void StatePage::fitLabels()
{
    const int room = qBound(80, width() - 48, kTextWidth);
    for (TextLabel *label : {m_title, m_text}) {
        const int fitted = qMin(room, label->fontMetrics().horizontalAdvance(label->text()) + 4);
        label->setFixedSize(fitted, qMax(0, label->heightForWidth(fitted)));
    }
}

void StatePage::resizeEvent(QResizeEvent *)
{
    fitLabels();
}

void StatePage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), palette().color(backgroundRole()));
}

} // namespace ui
