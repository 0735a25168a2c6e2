// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/documentarea.h"

#include "app/base/displayname.h"
#include "ui/editor/codeeditor.h"
#include "ui/shell/breadcrumbs.h"
#include "ui/shell/documentview.h"
#include "ui/shell/tabbutton.h"
#include "ui/shell/tabstrip.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/statepage.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

DocumentArea::DocumentArea(client::Workspace &workspace, const Environment &environment, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_environment(environment), m_tabs(new TabStrip(this)), m_banner(new BannerArea(this)),
      m_breadcrumbs(new Breadcrumbs(this)), m_stack(new QStackedWidget(this)), m_empty(new StatePage(this))
{
    setObjectName(u"documentArea"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_banner);
    column->addWidget(m_breadcrumbs);
    column->addWidget(m_stack, 1);
    m_empty->setBackgroundRole(QPalette::Base);
    m_empty->showMessage(u"file"_s, tr("No file is open"), tr("Choose one at the left. F1 finds every command."));
    m_stack->addWidget(m_empty);
    m_breadcrumbs->hide();
    m_tabs->hide();
    connect(m_tabs, &TabStrip::tabChosen, this, [this](int index) {
        show(index);
        focusEditor();
    });
    connect(m_tabs, &TabStrip::closeRequested, this, &DocumentArea::close);
    connect(m_tabs, &TabStrip::keepRequested, this, &DocumentArea::keep);
    connect(m_breadcrumbs, &Breadcrumbs::partChosen, this, &DocumentArea::partChosen);
    connect(&workspace.people(), &client::People::peopleChanged, this, &DocumentArea::refreshPeople);
    connect(&workspace.people(), &client::People::joined, this, &DocumentArea::refreshPeople);
    connect(&workspace.people(), &client::People::left, this, &DocumentArea::refreshPeople);
    connect(&workspace, &client::Workspace::ended, this, &DocumentArea::refreshPeople);
}

DocumentView *DocumentArea::open(const QByteArray &path, bool keeps)
{
    if (const int known = indexOf(path); known >= 0) {
        show(known);
        if (keeps)
            keep(known);
        return m_views.at(known);
    }
    int index = m_tabs->currentIndex() + 1;
    if (const int preview = previewIndex(); preview >= 0 && !keeps) {
        index = preview;
        close(preview);
    }
    auto *view = new DocumentView(m_workspace, path, m_environment, this);
    m_views.insert(index, view);
    m_stack->addWidget(view);
    m_tabs->show();
    TabButton *tab = m_tabs->insertTab(index);
    tab->setObjectName(u"tab:"_s + base::displayName(path));
    tab->setPreview(!keeps);
    const auto refresh = [this, view] {
        refreshTab(static_cast<int>(m_views.indexOf(view)));
        if (view == current())
            Q_EMIT statusChanged();
    };
    connect(view, &DocumentView::changed, this, refresh);
    connect(view, &DocumentView::caretMoved, this, [this, view] {
        if (view == current())
            Q_EMIT caretMoved();
    });
    connect(view, &DocumentView::edited, this, [this, view] { keep(static_cast<int>(m_views.indexOf(view))); });
    connect(view, &DocumentView::zoomChanged, this, &DocumentArea::adoptSettings);
    connect(view, &DocumentView::editRefused, this, &DocumentArea::editRefused);
    connect(view, &DocumentView::placeChanged, this, [this, view] {
        if (view == current())
            Q_EMIT placeChanged();
    });
    if (const ViewState *place = m_places.object(path))
        view->restore(*place);
    refreshTab(index);
    show(index);
    return view;
}

void DocumentArea::close(int index)
{
    if (index < 0 || index >= m_views.size())
        return;
    DocumentView *view = m_views.takeAt(index);
    if (view->isText())
        m_places.insert(view->path(), new ViewState(view->editor().viewState()));
    m_recent.removeAll(view);
    const bool wasCurrent = m_tabs->currentIndex() == index;
    m_tabs->removeTab(index);
    m_stack->removeWidget(view);
    view->hide();
    view->deleteLater();
    if (m_views.isEmpty()) {
        m_tabs->hide();
        m_breadcrumbs->hide();
        m_stack->setCurrentWidget(m_empty);
        Q_EMIT currentChanged();
        Q_EMIT placeChanged();
    } else if (wasCurrent) {
        show(static_cast<int>(m_views.indexOf(m_recent.isEmpty() ? m_views.constFirst() : m_recent.constFirst())));
    }
}

void DocumentArea::closeCurrent()
{
    close(m_tabs->currentIndex());
    focusEditor();
}

void DocumentArea::showNext(int step)
{
    if (m_views.isEmpty())
        return;
    const int count = static_cast<int>(m_views.size());
    show((m_tabs->currentIndex() + step + count) % count);
    focusEditor();
}

DocumentView *DocumentArea::current() const
{
    const int index = m_tabs->currentIndex();
    return index >= 0 && index < m_views.size() ? m_views.at(index) : nullptr;
}

void DocumentArea::focusEditor()
{
    if (DocumentView *view = current())
        view->setFocus();
}

void DocumentArea::adoptSettings()
{
    for (DocumentView *view : std::as_const(m_views))
        view->adoptSettings();
}

int DocumentArea::indexOf(const QByteArray &path) const
{
    for (int i = 0; i < m_views.size(); ++i) {
        if (m_views.at(i)->path() == path)
            return i;
    }
    return -1;
}

int DocumentArea::previewIndex() const
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (m_tabs->tab(i)->isPreview())
            return i;
    }
    return -1;
}

void DocumentArea::show(int index)
{
    DocumentView *view = m_views.at(index);
    m_recent.removeAll(view);
    m_recent.prepend(view);
    m_tabs->setCurrentIndex(index);
    m_stack->setCurrentWidget(view);
    m_breadcrumbs->setPath(view->path());
    m_breadcrumbs->show();
    Q_EMIT currentChanged();
    Q_EMIT placeChanged();
}

void DocumentArea::keep(int index)
{
    if (index >= 0 && index < m_tabs->count() && m_tabs->tab(index)->isPreview())
        m_tabs->tab(index)->setPreview(false);
}

void DocumentArea::refreshTab(int index)
{
    if (index < 0 || index >= m_views.size())
        return;
    DocumentView *view = m_views.at(index);
    TabButton *tab = m_tabs->tab(index);
    tab->setName(view->name());
    tab->setUnsaved(view->isUnsaved());
    QList<Avatar> people;
    const bool isOver = m_workspace.session().state() == client::Session::State::Ended;
    const auto inFile = isOver ? QList<client::Person>() : m_workspace.people().peopleIn(view->path());
    for (const client::Person &person : inFile)
        people += Avatar{.name = person.participant.name, .color = person.participant.color};
    tab->setPeople(people);
    if (view == current())
        m_breadcrumbs->setPath(view->path());
}

void DocumentArea::refreshPeople()
{
    for (int i = 0; i < m_views.size(); ++i)
        refreshTab(i);
}

} // namespace ui
