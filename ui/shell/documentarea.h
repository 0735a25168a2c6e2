// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"
#include "ui/editor/viewstate.h"
#include "ui/shell/environment.h"

#include <QCache>
#include <QWidget>

class QStackedWidget;

namespace ui {

class BannerArea;
class Breadcrumbs;
class DocumentView;
class StatePage;
class TabStrip;

//! The right side of a workspace window: tabs, one banner, the way to the file, and the file. Which files are open is
//! personal; closing one closes it for nobody else.
class DocumentArea final : public QWidget
{
    Q_OBJECT

public:
    DocumentArea(client::Workspace &workspace, const Environment &environment, QWidget *parent = nullptr);

    //! Shows \a path, in its tab if it has one. Without \a keeps the tab gives way to the next file looked at.
    DocumentView *open(const QByteArray &path, bool keeps);
    void close(int index);
    void closeCurrent();
    //! One tab further, around the ends; \a step is 1 or -1.
    void showNext(int step);
    DocumentView *current() const;
    DocumentView *view(int index) const { return m_views.at(index); }
    int count() const { return static_cast<int>(m_views.size()); }
    BannerArea &banner() const { return *m_banner; }
    void focusEditor();
    //! Every view looks at the settings again.
    void adoptSettings();

Q_SIGNALS:
    void currentChanged();
    //! The current file's state or name.
    void statusChanged();
    void caretMoved();
    //! The current file or line.
    void placeChanged();
    //! In whichever file; see DocumentView.
    void editRefused(const base::Error &reason, const QString &lost);
    void partChosen(const QByteArray &path);

private:
    static constexpr int kPlaces = 200;

    int indexOf(const QByteArray &path) const;
    int previewIndex() const;
    void show(int index);
    void keep(int index);
    void refreshTab(int index);
    void refreshPeople();

    client::Workspace &m_workspace;
    const Environment &m_environment;
    TabStrip *m_tabs;
    BannerArea *m_banner;
    Breadcrumbs *m_breadcrumbs;
    QStackedWidget *m_stack;
    StatePage *m_empty;
    QList<DocumentView *> m_views;
    QList<DocumentView *> m_recent;    // newest first: what to show when a tab closes
    QCache<QByteArray, ViewState> m_places{kPlaces};   // where one was in files that are closed, by path
};

} // namespace ui
