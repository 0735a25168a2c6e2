// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/access.h"
#include "app/protocol/field.h"
#include "app/protocol/limits.h"
#include "app/protocol/tag.h"

namespace protocol {

//! Where a request makes sense. The router refuses a Workspace message of a caller that is in no workspace.
enum class Scope : quint8 { Host, Workspace };

template <typename T>
concept Message = Described<T> && std::same_as<std::remove_cvref_t<decltype(T::tag)>, Tag> && std::equality_comparable<T>
    && std::default_initializable<T>;

//! Client to host: names the access it needs, which the router checks before any handler runs.
template <typename T>
concept Guarded = Message<T> && std::same_as<std::remove_cvref_t<decltype(T::needs)>, Access>;

//! A question with exactly one answer: T::Reply or Failed.
template <typename T>
concept Request = Guarded<T> && Message<typename T::Reply>;

//! Client to host without an answer; may be dropped under load.
template <typename T>
concept Notice = Guarded<T> && !Request<T>;

template <typename T>
constexpr Scope scopeOf()
{
    if constexpr (requires { T::scope; })
        return T::scope;
    else
        return Scope::Workspace;
}

} // namespace protocol
