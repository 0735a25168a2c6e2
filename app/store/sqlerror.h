// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

class QSqlError;

namespace store {

//! What SQLite says, as one of our codes.
base::Unexpected sqlFailed(const QSqlError &error);

} // namespace store
