// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/share/guesthelp.h"

#include "ui/share/sharetext.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

QString listOf(const QStringList &sentences)
{
    QString list = u"<ul style=\"-qt-list-indent:0; margin-left:16px\">"_s;
    for (const QString &sentence : sentences)
        list += u"<li style=\"margin-bottom:4px\">"_s + sentence.toHtmlEscaped() + u"</li>"_s;
    return list + u"</ul>"_s;
}

QString heading(const QString &text)
{
    return u"<h3>"_s + text.toHtmlEscaped() + u"</h3>"_s;
}

} // namespace

GuestHelp::GuestHelp(protocol::Access access, protocol::JoinPolicy policy, bool isShared, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"guestHelp"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("What guests can do"));
    resize(560, 560);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *text = new QTextBrowser(this);
    text->setObjectName(u"guestHelpText"_s);
    text->setAccessibleName(windowTitle());
    // The page is ours and complete; nothing in it may lead to the network.
    text->setOpenLinks(false);
    text->setFrameShape(QFrame::NoFrame);
    text->document()->setDocumentMargin(20);
    text->setHtml(page(access, policy, isShared));
    column->addWidget(text);
    auto *box = new QDialogButtonBox(this);
    QPushButton *close = box->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(u"guestHelpClose"_s);
    box->setContentsMargins(20, 8, 20, 20);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(box);
}

QString GuestHelp::page(protocol::Access access, protocol::JoinPolicy policy, bool isShared)
{
    const bool canEdit = access >= protocol::Access::Edit;
    QString html = u"<h2>"_s + tr("What guests can do").toHtmlEscaped() + u"</h2><p>"_s;
    html += (isShared ? tr("This is true for the workspace as it is shared now.")
                      : tr("This is true as soon as you create the link with the settings chosen in the dialog."))
                .toHtmlEscaped();
    html += u"</p><p>"_s + trustStatement(access).toHtmlEscaped() + u"</p>"_s;
    QStringList can = {tr("Read every file in the folder, also those that git ignores, and text that is not saved yet."),
                       tr("See who is here, in which file, and where the carets are.")};
    QStringList cannot = {tr("See or open anything outside the folder, also not through links that lead out of it."),
                          tr("Open a terminal, start programs or use your git credentials."),
                          tr("Share the workspace, let others in or show anyone out.")};
    if (canEdit) {
        can += tr("Change, create, rename and delete files. What they delete stays in the bin for seven days.");
        can += tr("Change files that your tools run: build scripts, hooks of package managers, editor settings. Look at what "
                  "changed before you run it.");
        cannot += tr("Write inside .git: hooks and configuration there would run in your name.");
    } else {
        cannot.prepend(tr("Change anything: the host refuses it, whatever program they use."));
    }
    html += heading(tr("They can")) + listOf(can);
    html += heading(tr("They cannot")) + listOf(cannot);
    html += heading(tr("How they come in"))
        + listOf({policySentence(policy),
                  tr("The name a guest gives is not checked. Ask them over another channel if you are not sure."),
                  tr("The link carries the fingerprint of this host, so nobody in between can pretend to be it.")});
    html += heading(tr("How it ends"))
        + listOf({tr("Stop sharing cuts off everybody at once. The link is dead for good; sharing again makes a new one."),
                  tr("Closing the window or the computer ends it as well."),
                  tr("What guests have read or copied before cannot be taken back.")});
    return html;
}

} // namespace ui
