// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/commandpalette.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kPaletteWidth = 560;
constexpr int kPaletteRow = 32;
constexpr int kMostRows = 12;
constexpr int kHighlightRole = Qt::UserRole + 1;
constexpr int kDetailRole = Qt::UserRole + 2;

class PaletteDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {200, kPaletteRow}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool isEnabled = (index.flags() & Qt::ItemIsEnabled) != 0;
        if ((option.state & QStyle::State_Selected) != 0)
            drawPanel(*painter, option.rect.adjusted(4, 0, -4, 0), kControlRadius, Theme::color(Role::Selected), {});
        const QRect row = option.rect.adjusted(16, 0, -16, 0);
        const QString detail = index.data(kDetailRole).toString();
        const QFont small = Theme::font(TextSize::Small);
        const int detailWidth = qMin(QFontMetrics(small).horizontalAdvance(detail), row.width() / 2);
        painter->setFont(small);
        painter->setPen(Theme::color(Role::SecondaryText));
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignTrailing,
                          QFontMetrics(small).elidedText(detail, Qt::ElideRight, detailWidth));
        paintTitle(*painter, row.adjusted(0, 0, -detailWidth - 12, 0), index, isEnabled);
    }

private:
    static void paintTitle(QPainter &painter, const QRect &rect, const QModelIndex &index, bool isEnabled)
    {
        const QString title = index.data(Qt::DisplayRole).toString();
        const auto highlights = index.data(kHighlightRole).value<QList<int>>();
        int x = rect.left();
        painter.save();
        painter.setClipRect(rect);
        painter.setPen(Theme::color(isEnabled ? Role::Text : Role::DisabledText));
        for (qsizetype start = 0; start < title.size();) {
            const bool isBold = highlights.contains(int(start));
            qsizetype end = start + 1;
            while (end < title.size() && highlights.contains(int(end)) == isBold)
                ++end;
            painter.setFont(Theme::font(TextSize::Normal, isBold));
            const QString run = title.mid(start, end - start);
            painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter | Qt::AlignLeft, run);
            x += painter.fontMetrics().horizontalAdvance(run);
            start = end;
        }
        painter.restore();
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : Card(Kind::Floating, window), m_window(window), m_field(new QLineEdit(this)), m_list(new QListView(this)),
      m_model(new QStandardItemModel(this))
{
    setObjectName(u"commandPalette"_s);
    setAccessibleName(tr("Command palette"));
    setFixedWidth(kPaletteWidth + 2 * kShadow);
    setInnerMargins(0, 8, 0, 8);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *fieldRow = new QHBoxLayout;
    fieldRow->setContentsMargins(8, 0, 8, 0);
    m_field->setObjectName(u"paletteField"_s);
    m_field->setAccessibleName(tr("Find a command"));
    fieldRow->addWidget(m_field);
    column->addLayout(fieldRow);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("Commands found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->viewport()->setAutoFillBackground(false);
    column->addWidget(m_list);
    hide();
    m_field->installEventFilter(this);
    m_window->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::query);
    connect(m_list, &QListView::clicked, this, &CommandPalette::accept);
}

void CommandPalette::addSource(PaletteSource *source)
{
    m_sources += source;
}

void CommandPalette::open(const QString &text)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    show();
    raise();
    m_field->setText(text);
    m_field->setFocus(Qt::PopupFocusReason);
    query();
    qApp->installEventFilter(this);
}

void CommandPalette::dismiss()
{
    qApp->removeEventFilter(this);
    m_window->installEventFilter(this);
    hide();
    if (m_before != nullptr)
        m_before->setFocus(Qt::PopupFocusReason);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::Resize && isVisible())
        place();
    if (!isVisible())
        return Card::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonPress) {
        auto *widget = qobject_cast<QWidget *>(watched);
        if (widget != nullptr && widget->window() == m_window->window() && widget != this && !isAncestorOf(widget))
            dismiss();
    }
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return Card::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        dismiss();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        accept();
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(kMostRows);
        return true;
    case Qt::Key_PageUp:
        move(-kMostRows);
        return true;
    default:
        return Card::eventFilter(watched, event);
    }
}

void CommandPalette::query()
{
    const QString text = m_field->text();
    PaletteSource *chosen = nullptr;
    for (PaletteSource *source : std::as_const(m_sources)) {
        if (text.startsWith(source->prefix()) && (chosen == nullptr || source->prefix().size() > chosen->prefix().size()))
            chosen = source;
    }
    if (chosen == nullptr)
        return;
    m_field->setPlaceholderText(chosen->hint());
    const int number = ++m_query;
    chosen->query(text.mid(chosen->prefix().size()).trimmed(), [guard = QPointer(this), number](const QList<PaletteEntry> &entries) {
        if (guard != nullptr && guard->m_query == number)
            guard->fill(entries);
    });
}

void CommandPalette::fill(const QList<PaletteEntry> &entries)
{
    m_entries = entries;
    m_model->clear();
    for (const PaletteEntry &entry : entries) {
        auto *item = new QStandardItem(entry.title);
        item->setData(QVariant::fromValue(entry.highlights), kHighlightRole);
        item->setData(entry.detail, kDetailRole);
        //: Spoken; %1 is a command, %2 its keys or why it cannot be used
        item->setData(entry.detail.isEmpty() ? entry.title : tr("%1, %2").arg(entry.title, entry.detail), Qt::AccessibleTextRole);
        item->setEnabled(entry.isEnabled);
        item->setEditable(false);
        m_model->appendRow(item);
    }
    if (entries.isEmpty()) {
        auto *item = new QStandardItem(tr("No command is called that"));
        item->setEnabled(false);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
    place();
}

void CommandPalette::move(int rows)
{
    const int last = m_model->rowCount() - 1;
    const int row = qBound(0, m_list->currentIndex().row() + rows, last);
    m_list->setCurrentIndex(m_model->index(row, 0));
}

void CommandPalette::accept()
{
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= m_entries.size() || !m_entries.at(row).isEnabled)
        return;
    const PaletteEntry entry = m_entries.at(row);
    // Closed first: the command may want the focus for itself.
    dismiss();
    entry.accept();
}

void CommandPalette::place()
{
    const int rows = qBound(1, m_model->rowCount(), kMostRows);
    m_list->setFixedHeight(rows * kPaletteRow);
    layout()->activate();
    setFixedHeight(layout()->totalSizeHint().height());
    Card::move((m_window->width() - width()) / 2, 40 - kShadow);
}

} // namespace ui
