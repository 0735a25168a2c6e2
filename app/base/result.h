// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <type_traits>
#include <utility>
#include <variant>

namespace base {

//! Wraps an error on its way into a Result, as std::unexpected does.
struct Unexpected
{
    explicit Unexpected(Error error) : value(std::move(error)) {}
    Unexpected(ErrorCode code, std::string detail) : value{code, std::move(detail)} {}
    Error value;
};

//! A value or an Error. A subset of std::expected<T, Error>, so that C++23 can replace it by an alias.
template <typename T>
class [[nodiscard]] Result
{
public:
    using value_type = T;

    Result() requires std::is_default_constructible_v<T> : m_state(std::in_place_index<0>) {}
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Unexpected error) : m_state(std::in_place_index<1>, std::move(error.value)) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return *std::get_if<0>(&m_state); }
    const T &operator*() const & { return *std::get_if<0>(&m_state); }
    T &&operator*() && { return std::move(*std::get_if<0>(&m_state)); }
    T *operator->() { return std::get_if<0>(&m_state); }
    const T *operator->() const { return std::get_if<0>(&m_state); }

    const Error &error() const { return std::get<1>(m_state); }
    //! The error, ready to be returned from a function with another value type.
    Unexpected unexpected() const { return Unexpected(error()); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    using value_type = void;

    Result() = default;
    Result(Unexpected error) : m_error(std::move(error.value)), m_failed(true) {}

    bool has_value() const { return !m_failed; }
    explicit operator bool() const { return !m_failed; }
    const Error &error() const { return m_error; }
    Unexpected unexpected() const { return Unexpected(m_error); }

private:
    Error m_error;
    bool m_failed = false;
};

} // namespace base
