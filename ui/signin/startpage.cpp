// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/startpage.h"

#include "ui/signin/recentrow.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kLeftWidth = 320;
constexpr int kRightWidth = 400;
constexpr int kColumnGap = 56;
constexpr qsizetype kMostRecent = 20;

std::optional<QString> folderIn(const QMimeData *data)
{
    if (!data->hasUrls() || data->urls().size() != 1 || !data->urls().constFirst().isLocalFile())
        return std::nullopt;
    const QString path = data->urls().constFirst().toLocalFile();
    return QFileInfo(path).isDir() ? std::optional(path) : std::nullopt;
}

TextLabel *sectionTitle(const QString &text, QWidget *parent)
{
    return new TextLabel(text, parent, Role::SecondaryText, TextSize::Normal, true);
}

} // namespace

StartPage::StartPage(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"startPage"_s);
    setAcceptDrops(true);
    setFocusPolicy(Qt::ClickFocus);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(24, 24, 24, 24);
    page->addStretch(2);
    auto *head = new QWidget(this);
    head->setFixedWidth(kLeftWidth + kColumnGap + kRightWidth);
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(0, 0, 0, 0);
    headRow->setSpacing(16);
    auto *logo = new QLabel(head);
    logo->setPixmap(Icons::program().pixmap(QSize(56, 56), devicePixelRatioF()));
    headRow->addWidget(logo);
    auto *name = new QVBoxLayout;
    name->setSpacing(0);
    name->addWidget(new TextLabel(u"Alongside"_s, head, Role::Text, TextSize::Title, true));
    name->addWidget(new TextLabel(tr("Work on the same files at the same time."), head, Role::SecondaryText));
    headRow->addLayout(name, 1);
    page->addWidget(head, 0, Qt::AlignHCenter);
    page->addSpacing(32);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(kColumnGap);
    columns->addStretch(1);
    columns->addWidget(buildStart());
    columns->addWidget(buildRecent());
    columns->addStretch(1);
    page->addLayout(columns, 6);
    page->addStretch(1);
    auto *hint = new TextLabel(tr("You can drop a folder or paste a link anywhere in this window."), this, Role::SecondaryText,
                               TextSize::Small);
    hint->setAlignment(Qt::AlignCenter);
    page->addWidget(hint);
}

QWidget *StartPage::buildStart()
{
    auto *column = new QWidget(this);
    column->setFixedWidth(kLeftWidth);
    auto *rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(sectionTitle(tr("Open a folder"), column));
    rows->addWidget(new TextLabel(tr("Work on it alone, and share it whenever you like."), column, Role::SecondaryText));
    m_open = new QPushButton(tr("Open folder…"), column);
    m_open->setObjectName(u"openFolder"_s);
    m_open->setIcon(Icons::icon(u"folder-open"_s, Role::AccentText));
    m_open->setDefault(true);
    rows->addWidget(m_open, 0, Qt::AlignLeading);
    m_folderProblem = new TextLabel(QString(), column, Role::Danger);
    m_folderProblem->setObjectName(u"folderProblem"_s);
    m_folderProblem->hide();
    rows->addWidget(m_folderProblem);
    rows->addSpacing(24);
    rows->addWidget(sectionTitle(tr("Join with a link"), column));
    rows->addWidget(new TextLabel(tr("Somebody has sent you an invitation. You see what it opens before you join."), column,
                                  Role::SecondaryText));
    auto *field = new QHBoxLayout;
    m_link = new QLineEdit(column);
    m_link->setObjectName(u"joinLink"_s);
    m_link->setAccessibleName(tr("Invitation link"));
    m_link->setPlaceholderText(tr("Paste the link here"));
    // As long as the longest link that the parser takes, so that a whole book on the clipboard stays out.
    m_link->setMaxLength(2200);
    auto *join = new QPushButton(tr("Look at it"), column);
    join->setObjectName(u"joinLinkButton"_s);
    join->setEnabled(false);
    field->addWidget(m_link, 1);
    field->addWidget(join);
    rows->addLayout(field);
    m_linkProblem = new TextLabel(QString(), column, Role::Danger);
    m_linkProblem->setObjectName(u"linkProblem"_s);
    m_linkProblem->hide();
    rows->addWidget(m_linkProblem);
    rows->addStretch(1);
    connect(m_open, &QPushButton::clicked, this, &StartPage::openFolderRequested);
    connect(m_link, &QLineEdit::textChanged, this, [this, join](const QString &text) {
        join->setEnabled(!text.trimmed().isEmpty());
        m_linkProblem->hide();
    });
    connect(m_link, &QLineEdit::returnPressed, this, [this] { giveLink(m_link->text()); });
    connect(join, &QPushButton::clicked, this, [this] { giveLink(m_link->text()); });
    return column;
}

QWidget *StartPage::buildRecent()
{
    auto *column = new QWidget(this);
    column->setFixedWidth(kRightWidth);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_recentTitle = sectionTitle(tr("Recent"), column);
    m_recentTitle->setContentsMargins(12, 0, 0, 0);
    layout->addWidget(m_recentTitle);
    auto *area = new QScrollArea(column);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget(area);
    content->setObjectName(u"recentFolders"_s);
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(2);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    layout->addWidget(area, 1);
    return column;
}

void StartPage::setRecent(const QList<RecentFolder> &folders, const QDateTime &now)
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    QWidget *parent = m_rows->parentWidget();
    m_recentTitle->setText(folders.isEmpty() ? tr("How it works") : tr("Recent"));
    if (folders.isEmpty()) {
        for (const QString &line : {tr("Open a folder. Your files stay where they are; nothing is uploaded."),
                                    tr("Share it. You get a link, and everyone who comes in stands at the top right."),
                                    tr("Stop whenever you like. The link is dead at once, for everybody.")}) {
            auto *label = new TextLabel(line, parent);
            label->setContentsMargins(12, 4, 0, 8);
            m_rows->addWidget(label);
        }
    }
    for (const RecentFolder &folder : folders.mid(0, kMostRecent)) {
        auto *row = new RecentRow(folder, now, parent);
        row->setObjectName(u"recent%1"_s.arg(m_rows->count()));
        connect(row, &QAbstractButton::clicked, this, [this, path = folder.path] { Q_EMIT folderChosen(path); });
        connect(row, &RecentRow::forgetRequested, this, [this, path = folder.path] { Q_EMIT forgetRequested(path); });
        connect(row, &RecentRow::shareRequested, this, [this, path = folder.path] { Q_EMIT shareRequested(path); });
        m_rows->addWidget(row);
    }
    m_rows->addStretch(1);
}

void StartPage::showLinkProblem(const QString &sentence)
{
    m_linkProblem->setText(sentence);
    m_linkProblem->setVisible(!sentence.isEmpty());
    announce(m_linkProblem, sentence);
}

void StartPage::showFolderProblem(const QString &sentence)
{
    m_folderProblem->setText(sentence);
    m_folderProblem->setVisible(!sentence.isEmpty());
    announce(m_folderProblem, sentence);
}

void StartPage::giveLink(const QString &text)
{
    if (!text.trimmed().isEmpty())
        Q_EMIT linkGiven(text.trimmed());
}

void StartPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (folderIn(event->mimeData()) || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void StartPage::dropEvent(QDropEvent *event)
{
    if (const auto folder = folderIn(event->mimeData()))
        Q_EMIT folderChosen(*folder);
    else
        giveLink(event->mimeData()->text());
    event->acceptProposedAction();
}

void StartPage::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Paste)) {
        QWidget::keyPressEvent(event);
        return;
    }
    m_link->setFocus();
    m_link->setText(QGuiApplication::clipboard()->text().left(m_link->maxLength()).trimmed());
    giveLink(m_link->text());
}

void StartPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::color(Role::Window));
}

} // namespace ui
