// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/share/sharedialog.h"

#include "app/base/deliver.h"
#include "ui/share/sharetext.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/card.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kDialogWidth = 560;
constexpr quint32 kHour = 3600;

// A setting with the one sentence that explains it.
QWidget *withSentence(QWidget *control, TextLabel *sentence)
{
    auto *cell = new QWidget;
    auto *column = new QVBoxLayout(cell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(control);
    column->addWidget(sentence);
    return cell;
}

} // namespace

ShareDialog::ShareDialog(client::Workspace &workspace, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_sharing(workspace.sharing())
{
    setObjectName(u"shareDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    //: %1 is the workspace's name
    const QString title = tr("Share “%1”").arg(visibleName(workspace.info().name));
    setWindowTitle(title);
    setFixedWidth(kDialogWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(12);
    auto *heading = new TextLabel(title, this, Role::Text, TextSize::Large, true);
    m_state = new TextLabel(QString(), this, Role::SecondaryText);
    m_state->setObjectName(u"shareState"_s);
    auto *head = new QVBoxLayout;
    head->setSpacing(2);
    head->addWidget(heading);
    head->addWidget(m_state);
    column->addLayout(head);
    buildLink();
    buildSettings();
    buildWarning();
    m_error = new TextLabel(QString(), this, Role::Danger);
    m_error->setObjectName(u"shareError"_s);
    m_error->hide();
    column->addWidget(m_error);
    buildButtons();
    connect(&m_sharing, &client::Sharing::stateChanged, this, &ShareDialog::refresh);
    connect(&workspace, &client::Workspace::ended, this, &QDialog::reject);
    loadAddresses();
    refresh();
}

QString ShareDialog::shownLink() const
{
    return m_linkRow->isVisibleTo(this) ? m_link->text() : QString();
}

void ShareDialog::buildLink()
{
    m_linkRow = new QWidget(this);
    auto *row = new QHBoxLayout(m_linkRow);
    row->setContentsMargins(0, 0, 0, 0);
    m_link = new QLineEdit(m_linkRow);
    m_link->setObjectName(u"shareLink"_s);
    m_link->setAccessibleName(tr("Invitation link"));
    m_link->setReadOnly(true);
    m_link->setFixedHeight(32);
    m_copy = new QPushButton(tr("Copy link"), m_linkRow);
    m_copy->setObjectName(u"copyLink"_s);
    m_copyAs = new QPushButton(tr("Copy as"), m_linkRow);
    m_copyAs->setObjectName(u"copyLinkAs"_s);
    m_copyAs->setAutoDefault(false);
    auto *menu = new QMenu(m_copyAs);
    const auto addForm = [&](const QString &text, bool browserForm) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, browserForm] {
            if (const auto endpoint = chosenEndpoint())
                Q_EMIT copyRequested(m_sharing.url(*endpoint, browserForm));
        });
    };
    addForm(tr("Link That Opens Alongside"), false);
    addForm(tr("Link for a Browser"), true);
    m_copyAs->setMenu(menu);
    row->addWidget(m_link, 1);
    row->addWidget(m_copy);
    row->addWidget(m_copyAs);
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_link->text()); });
    layout()->addWidget(m_linkRow);
}

void ShareDialog::buildSettings()
{
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(12);
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignTop);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto sentence = [this] { return new TextLabel(QString(), this, Role::SecondaryText); };
    const auto label = [this](const QString &text) {
        auto *words = new TextLabel(text, this);
        words->setFixedHeight(32);
        words->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
        return words;
    };
    auto *where = new QWidget(this);
    auto *whereRow = new QHBoxLayout(where);
    whereRow->setContentsMargins(0, 0, 0, 0);
    m_where = new QComboBox(where);
    m_where->setObjectName(u"shareWhere"_s);
    m_where->setAccessibleName(tr("Can be reached at"));
    m_other = new QLineEdit(where);
    m_other->setObjectName(u"shareOtherAddress"_s);
    m_other->setAccessibleName(tr("Name or address in the link"));
    m_other->setPlaceholderText(tr("Name or address"));
    whereRow->addWidget(m_where, 1);
    whereRow->addWidget(m_other, 1);
    m_whereText = sentence();
    form->addRow(label(tr("Can be reached at")), withSentence(where, m_whereText));

    m_access = new SegmentedControl(this);
    m_access->setObjectName(u"shareAccess"_s);
    m_access->addSegment(static_cast<int>(protocol::Access::View), accessWord(protocol::Access::View),
                         accessSentence(protocol::Access::View));
    m_access->addSegment(static_cast<int>(protocol::Access::Edit), accessWord(protocol::Access::Edit),
                         accessSentence(protocol::Access::Edit));
    m_access->setValue(static_cast<int>(protocol::Access::Edit));
    m_accessText = sentence();
    m_accessText->setObjectName(u"shareAccessText"_s);
    form->addRow(label(tr("People with the link can")), withSentence(m_access, m_accessText));

    m_policy = new SegmentedControl(this);
    m_policy->setObjectName(u"sharePolicy"_s);
    m_policy->addSegment(static_cast<int>(protocol::JoinPolicy::Ask), tr("Ask me"), policySentence(protocol::JoinPolicy::Ask));
    m_policy->addSegment(static_cast<int>(protocol::JoinPolicy::Anyone), tr("Anyone with the link"),
                         policySentence(protocol::JoinPolicy::Anyone));
    m_policy->setValue(static_cast<int>(protocol::JoinPolicy::Ask));
    m_policyText = sentence();
    form->addRow(label(tr("Joining")), withSentence(m_policy, m_policyText));

    m_ends = new QComboBox(this);
    m_ends->setObjectName(u"shareEnds"_s);
    m_ends->setAccessibleName(tr("Ends"));
    auto *ends = new QHBoxLayout;
    ends->addWidget(m_ends);
    ends->addStretch(1);
    form->addRow(label(tr("Ends")), ends);
    static_cast<QVBoxLayout *>(layout())->addLayout(form);

    connect(m_where, &QComboBox::currentIndexChanged, this, &ShareDialog::refreshLink);
    connect(m_other, &QLineEdit::textChanged, this, &ShareDialog::refreshLink);
    for (SegmentedControl *control : {m_access, m_policy}) {
        connect(control, &SegmentedControl::valueChosen, this, [this] {
            refreshSentences();
            change();
        });
    }
    connect(m_ends, &QComboBox::activated, this, &ShareDialog::change);
}

void ShareDialog::buildWarning()
{
    auto *block = new Card(Card::Kind::Resting, this);
    block->setInnerMargins(12, 12, 12, 8);
    auto *row = new QHBoxLayout(block);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(new IconView(u"shield"_s, 20, Role::Warning, block), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    m_trust = new TextLabel(QString(), block);
    m_trust->setObjectName(u"shareTrust"_s);
    words->addWidget(m_trust);
    QPushButton *more = makeTextButton(tr("What can they reach?"), block);
    more->setObjectName(u"shareHelp"_s);
    more->setProperty("tone", u"link"_s);
    connect(more, &QPushButton::clicked, this, [this] {
        Q_EMIT helpRequested(static_cast<protocol::Access>(m_access->value()), static_cast<protocol::JoinPolicy>(m_policy->value()));
    });
    auto *moreRow = new QHBoxLayout;
    moreRow->addWidget(more);
    moreRow->addStretch(1);
    words->addLayout(moreRow);
    row->addLayout(words, 1);
    layout()->addWidget(block);
}

void ShareDialog::buildButtons()
{
    auto *row = new QHBoxLayout;
    m_stop = new QPushButton(tr("Stop sharing"), this);
    m_stop->setObjectName(u"stopSharing"_s);
    m_stop->setIcon(Icons::icon(u"stop"_s, Role::Danger));
    m_stop->setProperty("tone", u"danger"_s);
    m_stop->setAutoDefault(false);
    m_done = new QPushButton(this);
    m_done->setObjectName(u"shareDone"_s);
    m_done->setAutoDefault(false);
    m_create = new QPushButton(tr("Create link"), this);
    m_create->setObjectName(u"createLink"_s);
    row->addWidget(m_stop);
    row->addStretch(1);
    row->addWidget(m_done);
    row->addWidget(m_create);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(m_stop, &QPushButton::clicked, this, &ShareDialog::stopRequested);
    connect(m_done, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_create, &QPushButton::clicked, this, &ShareDialog::create);
}

void ShareDialog::loadAddresses()
{
    if (m_sharing.isShared() && !m_sharing.link()) {
        base::deliver(m_sharing.fetchLink(), this, [this](const base::Result<protocol::ShareLinkGiven> &given) {
            if (!given)
                showError(given.error(), tr("The link cannot be shown again. Stop sharing and share anew to get one."));
            refresh();
        });
    }
    base::deliver(m_sharing.addresses(), this, [this](const base::Result<protocol::AddressesListed> &listed) {
        if (m_sharing.isShared())
            return;
        if (listed)
            fillAddresses(listed->addresses);
        else
            showError(listed.error(), tr("The network addresses of this computer could not be listed."));
    });
}

void ShareDialog::fillAddresses(const QList<protocol::ShareEndpoint> &endpoints)
{
    const QSignalBlocker blocker(m_where);
    const int before = m_where->currentIndex();
    m_endpoints = endpoints;
    const auto isLoopback = [](const protocol::ShareEndpoint &endpoint) { return endpoint.isLoopback; };
    if (!m_sharing.isShared() && std::ranges::none_of(m_endpoints, isLoopback))
        m_endpoints.prepend({.address = u"127.0.0.1"_s, .isLoopback = true});
    std::ranges::stable_partition(m_endpoints, isLoopback);
    m_where->clear();
    for (const protocol::ShareEndpoint &endpoint : std::as_const(m_endpoints))
        m_where->addItem(endpointName(endpoint));
    m_where->addItem(tr("Another name or address…"));
    m_where->setCurrentIndex(before >= 0 && before < m_where->count() ? before : 0);
    refreshLink();
}

void ShareDialog::refresh()
{
    const auto &state = m_sharing.state();
    const bool isShared = state.has_value();
    m_linkRow->setVisible(isShared && m_sharing.link().has_value());
    m_stop->setVisible(isShared);
    m_create->setVisible(!isShared);
    m_done->setText(isShared ? tr("Done") : tr("Cancel"));
    m_create->setEnabled(!m_isBusy);
    refreshEnds();
    if (isShared) {
        m_access->setValue(static_cast<int>(state->access));
        m_policy->setValue(static_cast<int>(state->policy));
        const qsizetype guests = m_workspace.people().others().size();
        m_state->setText(guests == 0 ? endSentence(*state) + u' ' + tr("Nobody else is here yet.")
                                     : endSentence(*state) + u' ' + tr("%n guest(s) are here.", nullptr, static_cast<int>(guests)));
        if (const auto &link = m_sharing.link()) {
            fillAddresses(link->endpoints);
            if (const auto preferred = m_sharing.preferredEndpoint(); preferred && !m_hasChosenEndpoint) {
                const qsizetype index = m_endpoints.indexOf(*preferred);
                m_where->setCurrentIndex(static_cast<int>(qMax<qsizetype>(0, index)));
                m_hasChosenEndpoint = true;
            }
        }
    } else {
        m_state->setText(tr("Not shared. Nobody else can see this workspace."));
        m_link->clear();
        m_hasChosenEndpoint = false;
        if (m_where->count() == 0)
            fillAddresses({});
    }
    // What the dialog is for comes first: Return makes the link, and Return again copies it.
    if (QPushButton *next = isShared ? m_copy : m_create; !next->isDefault()) {
        next->setDefault(true);
        next->setFocus();
    }
    refreshSentences();
    refreshLink();
}

void ShareDialog::refreshEnds()
{
    const int chosen = m_ends->currentIndex();
    m_ends->clear();
    m_ends->addItem(tr("When I stop it"), 0U);
    m_ends->addItem(tr("In 1 hour"), kHour);
    m_ends->addItem(tr("In 8 hours"), 8 * kHour);
    const auto &state = m_sharing.state();
    if (state && state->expiresAt) {
        //: %1 is a time of day
        m_ends->addItem(tr("At %1").arg(timeOfDay(*state->expiresAt)),
                        unchanged(*state, m_workspace.clock().wallTime()).lifetimeSeconds);
        m_ends->setCurrentIndex(m_ends->count() - 1);
    } else {
        m_ends->setCurrentIndex(state ? 0 : qMax(0, chosen));
    }
}

// The window grows and shrinks with its sentences instead of leaving holes between them.
void ShareDialog::fit()
{
    setFixedHeight(fittedHeight(*this, kDialogWidth));
}

void ShareDialog::refreshSentences()
{
    const auto access = static_cast<protocol::Access>(m_access->value());
    m_accessText->setText(accessSentence(access));
    m_policyText->setText(policySentence(static_cast<protocol::JoinPolicy>(m_policy->value())));
    m_trust->setText(trustStatement(access));
    fit();
}

void ShareDialog::refreshLink()
{
    m_other->setVisible(isOther());
    const auto endpoint = chosenEndpoint();
    if (isOther())
        m_whereText->setText(m_sharing.isShared()
                                 ? tr("The link names what you type; it has to lead to this computer.")
                                 : tr("The link names what you type. The host then listens on all networks of this computer."));
    else if (endpoint && endpoint->isLoopback)
        m_whereText->setText(tr("Only people who use this computer, or who come through a tunnel to it, can open the link."));
    else
        m_whereText->setText(tr("People who reach this address over the network can open the link."));
    if (m_sharing.link() && endpoint) {
        m_link->setText(m_sharing.url(*endpoint));
        m_link->setCursorPosition(0);
    }
    m_create->setEnabled(!m_isBusy && (!isOther() || endpoint));
    m_copy->setEnabled(endpoint.has_value());
    fit();
}

bool ShareDialog::isOther() const
{
    return m_where->currentIndex() == m_endpoints.size();
}

std::optional<protocol::ShareEndpoint> ShareDialog::chosenEndpoint() const
{
    const int index = m_where->currentIndex();
    if (index >= 0 && index < m_endpoints.size())
        return m_endpoints.at(index);
    // Whatever the parser of links would refuse must not get into one.
    const auto typed = transport::normalizedHost(m_other->text().trimmed());
    if (!isOther() || !typed)
        return std::nullopt;
    protocol::ShareEndpoint endpoint{.address = *typed};
    if (const auto &link = m_sharing.link(); link && !link->endpoints.isEmpty())
        endpoint.port = link->endpoints.constFirst().port;
    return endpoint;
}

void ShareDialog::create()
{
    const auto endpoint = chosenEndpoint();
    if (m_isBusy || !endpoint)
        return;
    m_error->hide();
    protocol::CreateShare request;
    request.access = static_cast<protocol::Access>(m_access->value());
    request.policy = static_cast<protocol::JoinPolicy>(m_policy->value());
    request.lifetimeSeconds = m_ends->currentData().toUInt();
    if (isOther())
        request.addresses = {u"0.0.0.0"_s};
    else if (!endpoint->isLoopback)
        request.addresses = {endpoint->address};
    m_isBusy = true;
    refreshLink();
    base::deliver(m_sharing.create(request), this, [this](const base::Result<protocol::ShareCreated> &created) {
        m_isBusy = false;
        if (!created)
            showError(created.error(), tr("The workspace could not be shared."));
        refresh();
        if (created && !m_link->text().isEmpty())
            Q_EMIT copyRequested(m_link->text());
    });
}

void ShareDialog::change()
{
    const auto &state = m_sharing.state();
    if (!state)
        return;
    protocol::ChangeShare request = unchanged(*state, m_workspace.clock().wallTime());
    request.access = static_cast<protocol::Access>(m_access->value());
    request.policy = static_cast<protocol::JoinPolicy>(m_policy->value());
    if (sender() == m_ends)
        request.lifetimeSeconds = m_ends->currentData().toUInt();
    m_error->hide();
    base::deliver(m_sharing.change(request), this, [this](const base::Result<protocol::ShareAdjusted> &adjusted) {
        if (!adjusted)
            showError(adjusted.error(), tr("The share could not be changed."));
        refresh();
    });
}

void ShareDialog::showError(const base::Error &error, const QString &what)
{
    m_error->setText(describe(error, what));
    m_error->show();
    fit();
    announce(m_error, m_error->text());
}

} // namespace ui
