// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "ui/widgets/toast.h"

#include <QString>

namespace ui {

//! Why a text does not take what somebody typed.
struct Refusal
{
    base::Error reason;
    QString lost;                //!< what they had typed that is not in the text any more
    bool isSessionOver = false;
    bool mayEdit = true;         //!< their access
};

//! What to say of it: the reason and what can be done.
ToastText refusalText(const Refusal &refusal);

} // namespace ui
