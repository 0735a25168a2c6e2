// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QString>

namespace ui {

//! The cause of \a error and what to do next, in the user's language: one or two whole sentences.
//!
//! \a what is a whole sentence that says what did not work ("“main.cpp” could not be opened.") and stands in front; it
//! may be empty where the place already says it. The error's detail is English and for logs: it is never shown here.
QString describe(const base::Error &error, const QString &what = {});

} // namespace ui
