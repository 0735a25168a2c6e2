// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/linktext.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct LinkWords
{
    Q_DECLARE_TR_FUNCTIONS(ui::LinkText)
};

} // namespace

QString sentenceFor(transport::LinkProblem problem)
{
    using transport::LinkProblem;
    switch (problem) {
    case LinkProblem::Empty:
        return LinkWords::tr("There is nothing here yet. Paste the link that you were sent.");
    case LinkProblem::TooLong:
        return LinkWords::tr("This is far longer than any link. Copy the link alone, without the text around it.");
    case LinkProblem::NotPlain:
        return LinkWords::tr("There is a space, a line break or another strange character inside. Copy the link again, in one piece.");
    case LinkProblem::NotALink:
        return LinkWords::tr("This is not an invitation: those start with alongside:// or https://. Ask for the link again.");
    case LinkProblem::BadHost:
    case LinkProblem::UserInfo:
        return LinkWords::tr("The name of the computer in this link is not one that can exist. Ask for the link again.");
    case LinkProblem::BadPort:
        return LinkWords::tr("The port number after the computer's name is missing or wrong. Ask for the link again.");
    case LinkProblem::BadPath:
        return LinkWords::tr("This address does not lead to a workspace. Ask for the invitation link.");
    case LinkProblem::NoSecret:
        return LinkWords::tr("The end of the link is missing: the part after the # sign. Copy it again, up to its last character.");
    case LinkProblem::BadSecret:
        return LinkWords::tr("The end of the link is cut off or changed. Copy it again, up to its last character.");
    }
    return {};
}

} // namespace ui
