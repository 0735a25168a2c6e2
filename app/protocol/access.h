// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace protocol {

//! What a caller may do, in ascending order: each level includes the ones before. Wire values.
enum class Access : quint8 {
    Anyone = 0, //!< not signed in
    View = 1,   //!< look at files, documents and people
    Edit = 2,   //!< change them
    Full = 3,   //!< and use terminals and tasks, which makes the guest the owner's user on that machine
    Owner = 4,  //!< and share, unshare, show people out
};

constexpr Access lastValue(Access) { return Access::Owner; }

} // namespace protocol
