// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/avatarpainter.h"

#include <QByteArray>
#include <QStyledItemDelegate>

#include <functional>

class QTreeView;

namespace ui {

//! Paints a row of the file tree: icon, name, and at the right the avatars of those who have the file open.
class FileDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    //! Who to show beside a path; for a closed folder those in any file below it.
    using PeopleAt = std::function<QList<Avatar>(const QByteArray &path, bool isFolder, bool isExpanded)>;

    FileDelegate(QTreeView *view, PeopleAt peopleAt);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    QTreeView *m_view;
    PeopleAt m_peopleAt;
};

} // namespace ui
