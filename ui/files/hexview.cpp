// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/hexview.h"

#include "ui/files/pagecache.h"
#include "ui/widgets/theme.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kBytesPerRow = 16;

QFont fixedFont()
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont);
}

QChar shown(char byte)
{
    const auto value = static_cast<uchar>(byte);
    return value >= 0x20 && value < 0x7f ? QChar(char16_t(value)) : QChar(u'·');
}

} // namespace

HexView::HexView(PageCache &pages, QWidget *parent) : QAbstractScrollArea(parent), m_pages(pages)
{
    setObjectName(u"hexView"_s);
    setAccessibleName(tr("Bytes of the file"));
    setFrameShape(QFrame::NoFrame);
    setFont(fixedFont());
    viewport()->setFont(fixedFont());
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    connect(&pages, &PageCache::pageArrived, this, [this] {
        updateRange();
        viewport()->update();
    });
}

void HexView::goTo(qint64 offset)
{
    verticalScrollBar()->setValue(static_cast<int>(offset / kBytesPerRow));
}

int HexView::rowHeight() const
{
    return fontMetrics().height() + 2;
}

int HexView::rowsInSight() const
{
    return viewport()->height() / rowHeight();
}

void HexView::updateRange()
{
    const qint64 rows = (qMax<qint64>(0, m_pages.fileSize()) + kBytesPerRow - 1) / kBytesPerRow;
    // 2^31 rows are 32 GiB; what lies beyond cannot be scrolled to.
    const qint64 last = qBound(qint64(0), rows - rowsInSight(), qint64(std::numeric_limits<int>::max() - 1));
    verticalScrollBar()->setRange(0, static_cast<int>(last));
    verticalScrollBar()->setPageStep(qMax(1, rowsInSight()));
    const int wanted = fontMetrics().horizontalAdvance(u'0') * (12 + 3 * kBytesPerRow + 4 + kBytesPerRow) + 32;
    horizontalScrollBar()->setRange(0, qMax(0, wanted - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::color(Role::Editor));
    painter.setFont(fixedFont());
    painter.translate(-horizontalScrollBar()->value(), 0);
    const int unit = fontMetrics().horizontalAdvance(u'0');
    const int hexLeft = 16 + unit * 12;
    const int textLeft = hexLeft + unit * (3 * kBytesPerRow + 3);
    const int height = rowHeight();
    for (int line = 0; line <= rowsInSight() + 1; ++line) {
        const qint64 offset = (qint64(verticalScrollBar()->value()) + line) * kBytesPerRow;
        if (m_pages.fileSize() >= 0 && offset >= m_pages.fileSize())
            break;
        const QByteArray page = m_pages.page(offset / PageCache::kPageBytes);
        const QByteArray bytes = page.mid(offset % PageCache::kPageBytes, kBytesPerRow);
        const int baseline = 8 + line * height + fontMetrics().ascent();
        painter.setPen(Theme::color(Role::SecondaryText));
        painter.drawText(16, baseline, QString::number(offset, 16).rightJustified(10, u'0'));
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            const auto value = static_cast<uchar>(bytes.at(i));
            // Zeros are most of many files; made quiet, the rest can be seen.
            painter.setPen(Theme::color(value == 0 ? Role::DisabledText : Role::Text));
            const int column = static_cast<int>(i);
            const int gap = i >= kBytesPerRow / 2 ? unit : 0;
            painter.drawText(hexLeft + column * 3 * unit + gap, baseline, QString::number(value, 16).rightJustified(2, u'0'));
            painter.drawText(textLeft + column * unit, baseline, QString(shown(bytes.at(i))));
        }
    }
    if (hasFocus()) {
        painter.resetTransform();
        painter.fillRect(0, 0, 2, viewport()->height(), Theme::color(Role::Accent));
    }
}

void HexView::resizeEvent(QResizeEvent *)
{
    updateRange();
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::MoveToStartOfDocument) || event->key() == Qt::Key_Home)
        verticalScrollBar()->setValue(0);
    else if (event->matches(QKeySequence::MoveToEndOfDocument) || event->key() == Qt::Key_End)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    else
        QAbstractScrollArea::keyPressEvent(event);
}

} // namespace ui
