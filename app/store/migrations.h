// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

#include <span>

namespace store {

//! The statements that bring the database from one version to the next; the first entry makes version 1. Append-only.
std::span<const std::span<const QLatin1StringView>> migrations();

} // namespace store
