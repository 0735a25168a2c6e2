// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tabstrip.h"

#include "ui/shell/tabbutton.h"
#include "ui/widgets/controls.h"

#include <QMenu>
#include <QPainter>
#include <QWheelEvent>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kStripHeight = 34;
constexpr int kMoreWidth = 32;

} // namespace

TabStrip::TabStrip(QWidget *parent)
    : QWidget(parent), m_row(new QWidget(this)), m_more(makeIconButton(u"more"_s, tr("All open files"), this))
{
    setObjectName(u"tabStrip"_s);
    setAccessibleName(tr("Open files"));
    setFixedHeight(kStripHeight);
    m_more->setObjectName(u"allTabs"_s);
    m_more->setFixedSize(28, 28);
    m_more->hide();
    m_row->installEventFilter(this);
    connect(m_more, &QToolButton::clicked, this, &TabStrip::showList);
}

TabButton *TabStrip::insertTab(int index)
{
    auto *tab = new TabButton(m_row);
    m_tabs.insert(index, tab);
    if (m_current >= index)
        ++m_current;
    connect(tab, &QAbstractButton::clicked, this, [this, tab] { Q_EMIT tabChosen(static_cast<int>(m_tabs.indexOf(tab))); });
    connect(tab, &TabButton::closeRequested, this, [this, tab] { Q_EMIT closeRequested(static_cast<int>(m_tabs.indexOf(tab))); });
    connect(tab, &TabButton::keepRequested, this, [this, tab] { Q_EMIT keepRequested(static_cast<int>(m_tabs.indexOf(tab))); });
    tab->show();
    place();
    return tab;
}

void TabStrip::removeTab(int index)
{
    TabButton *tab = m_tabs.takeAt(index);
    tab->hide();
    tab->deleteLater();
    if (m_current == index)
        m_current = -1;
    else if (m_current > index)
        --m_current;
    place();
}

void TabStrip::setCurrentIndex(int index)
{
    m_current = index;
    for (int i = 0; i < m_tabs.size(); ++i)
        m_tabs.at(i)->setCurrent(i == index);
    scrollTo(index);
}

QSize TabStrip::sizeHint() const
{
    return {200, kStripHeight};
}

QSize TabStrip::minimumSizeHint() const
{
    return {80, kStripHeight};
}

bool TabStrip::eventFilter(QObject *watched, QEvent *event)
{
    // A tab's name or its people have changed: the request goes to the row, which is the tabs' parent.
    if (watched == m_row && event->type() == QEvent::LayoutRequest)
        place();
    return QWidget::eventFilter(watched, event);
}

void TabStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Role::Window));
    painter.fillRect(0, height() - 1, width(), 1, Theme::color(Role::Hairline));
}

void TabStrip::resizeEvent(QResizeEvent *)
{
    place();
    scrollTo(m_current);
}

void TabStrip::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    m_offset -= qAbs(delta.x()) > qAbs(delta.y()) ? delta.x() : delta.y();
    place();
}

int TabStrip::widthOfTabs() const
{
    int width = 0;
    for (const TabButton *tab : m_tabs)
        width += tab->sizeHint().width();
    return width;
}

void TabStrip::place()
{
    const int wanted = widthOfTabs();
    const bool overflows = wanted > width();
    const int room = width() - (overflows ? kMoreWidth : 0);
    m_more->setVisible(overflows);
    m_more->move(width() - kMoreWidth + 2, (kStripHeight - m_more->height()) / 2);
    m_offset = qBound(0, m_offset, qMax(0, wanted - room));
    m_row->setGeometry(0, 0, qMin(room, wanted), kStripHeight);
    int x = -m_offset;
    for (TabButton *tab : std::as_const(m_tabs)) {
        const int size = tab->sizeHint().width();
        tab->setGeometry(x, 0, size, kStripHeight);
        x += size;
    }
}

void TabStrip::scrollTo(int index)
{
    if (index < 0 || index >= m_tabs.size())
        return;
    place();
    const QRect tab = m_tabs.at(index)->geometry();
    if (tab.left() < 0)
        m_offset += tab.left();
    else if (tab.right() >= m_row->width())
        m_offset += tab.right() - m_row->width() + 1;
    place();
}

void TabStrip::showList()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"tabList"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 0; i < m_tabs.size(); ++i) {
        // An ampersand in a file's name is not a mnemonic.
        QAction *entry = menu->addAction(m_tabs.at(i)->text().replace(u'&', u"&&"_s));
        entry->setCheckable(true);
        entry->setChecked(i == m_current);
        connect(entry, &QAction::triggered, this, [this, i] { Q_EMIT tabChosen(i); });
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

} // namespace ui
