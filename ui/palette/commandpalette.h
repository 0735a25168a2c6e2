// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/palette/palettesource.h"
#include "ui/widgets/card.h"

#include <QPointer>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace ui {

//! A field and a list over the upper middle of \a window. Arrow keys choose while the field keeps the focus, Enter accepts,
//! Escape and a press elsewhere close; the focus then goes back to where it was.
class CommandPalette final : public Card
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);

    //! Sources must outlive the palette.
    void addSource(PaletteSource *source);
    void open(const QString &text = {});
    void dismiss();
    int entryCount() const { return static_cast<int>(m_entries.size()); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void query();
    void fill(const QList<PaletteEntry> &entries);
    void move(int rows);
    void accept();
    void place();

    QWidget *m_window;
    QLineEdit *m_field;
    QListView *m_list;
    QStandardItemModel *m_model;
    QList<PaletteSource *> m_sources;
    QList<PaletteEntry> m_entries;
    QPointer<QWidget> m_before;
    int m_query = 0;
};

} // namespace ui
