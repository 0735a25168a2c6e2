// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QDialog>

namespace ui {

//! What guests can do with the settings as they are now: an offline page, opened by *More info* and *What can they reach?*.
class GuestHelp final : public QDialog
{
    Q_OBJECT

public:
    //! \a access and \a policy: of the share, or those chosen in the dialog before there is one.
    GuestHelp(protocol::Access access, protocol::JoinPolicy policy, bool isShared, QWidget *parent);

    static QString page(protocol::Access access, protocol::JoinPolicy policy, bool isShared);
};

} // namespace ui
