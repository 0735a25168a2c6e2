// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/id.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <concepts>
#include <optional>
#include <tuple>
#include <type_traits>

namespace protocol {

//! One field of a message: where it lives and how large it may be. For bytes the limit counts bytes, for text UTF-16
//! units, for lists elements; \a maxEach bounds the elements of a list of bytes or text.
template <typename Class, typename Member>
struct Field
{
    Member Class::*pointer;
    qsizetype max = 0;
    qsizetype maxEach = 0;
};

//! A field whose type has one size: numbers, booleans, enums, ids, times, nested structs.
template <typename Class, typename Member>
constexpr Field<Class, Member> field(Member Class::*pointer)
{
    return {pointer};
}

template <typename Class, typename Member>
constexpr Field<Class, Member> atMost(Member Class::*pointer, qsizetype max, qsizetype maxEach = 0)
{
    return {pointer, max, maxEach};
}

//! A struct that says its fields, in wire order. Fields are only ever appended.
template <typename T>
concept Described = requires { T::fields(); };

template <typename T>
struct IsId : std::false_type {};
template <typename Tag>
struct IsId<base::Id<Tag>> : std::true_type {};

template <typename T>
struct IsList : std::false_type {};
template <typename T>
struct IsList<QList<T>> : std::true_type {};

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

} // namespace protocol
