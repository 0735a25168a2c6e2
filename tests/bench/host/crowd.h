// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace bench {

//! Two hundred guests over TLS, ten to a file, each typing four characters a second: what that costs the host, and how
//! long a key press takes to the others. Everybody is in this process, so with one or two cores the guests are most of the
//! waiting.
void measureCrowd();

} // namespace bench
