// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/any.h"

#include "app/crdt/utf.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

// JSON text as JavaScript reads and prints it; the rest of Any is in any.cpp.
namespace crdt {

namespace {

class JsonReader
{
public:
    explicit JsonReader(std::string_view text) : m_text(text) {}

    // The value of the whole text; with build off only the syntax is checked, without allocating.
    std::optional<Any> whole(bool build)
    {
        m_build = build;
        Any value = element(0);
        space();
        if (m_failed || m_at != m_text.size())
            return std::nullopt;
        return value;
    }

private:
    Any fail()
    {
        m_failed = true;
        return {};
    }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void space()
    {
        while (m_at < m_text.size() && std::string_view(" \t\n\r").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }
    bool take(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        m_at += word.size();
        return true;
    }

    Any element(int depth)
    {
        if (depth > Any::kMaxDepth)
            return fail();
        space();
        switch (peek()) {
        case '{': return object(depth);
        case '[': return array(depth);
        case '"': return Any(string());
        case 't': return take("true") ? Any(true) : fail();
        case 'f': return take("false") ? Any(false) : fail();
        case 'n': return take("null") ? Any() : fail();
        default: return number();
        }
    }

    Any array(int depth)
    {
        Any::Array result;
        ++m_at;
        space();
        if (take("]"))
            return Any(std::move(result));
        while (!m_failed) {
            Any value = element(depth + 1);
            if (m_build)
                result.push_back(std::move(value));
            space();
            if (take("]"))
                return Any(std::move(result));
            if (!take(","))
                break;
        }
        return fail();
    }

    Any object(int depth)
    {
        Any::Object result;
        ++m_at;
        space();
        if (take("}"))
            return Any(std::move(result));
        while (!m_failed) {
            space();
            if (peek() != '"')
                break;
            std::string key = string();
            space();
            if (!take(":"))
                break;
            Any value = element(depth + 1);
            if (m_build)
                addMember(result, std::move(key), std::move(value));
            space();
            if (take("}"))
                return Any(orderedMembers(std::move(result)));
            if (!take(","))
                break;
        }
        return fail();
    }

    // The last of equal keys wins in its first place, as in JavaScript. Long objects skip the search: they are data of
    // others that only the byte form matters for, and the search would be quadratic.
    static void addMember(Any::Object &object, std::string key, Any value)
    {
        constexpr std::size_t kSearched = 64;
        if (object.size() <= kSearched) {
            const auto found = std::ranges::find(object, key, &Any::Member::first);
            if (found != object.end()) {
                found->second = std::move(value);
                return;
            }
        }
        object.emplace_back(std::move(key), std::move(value));
    }

    // JavaScript lists keys that look like array indexes first, ascending.
    static Any::Object orderedMembers(Any::Object object)
    {
        const auto rank = [](const Any::Member &member) -> std::uint64_t {
            std::uint32_t index = 0;
            const std::string &key = member.first;
            const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
            const bool isIndex = error == std::errc() && end == key.data() + key.size()
                && (key.size() == 1 || key[0] != '0') && index != std::numeric_limits<std::uint32_t>::max();
            return isIndex ? index : std::numeric_limits<std::uint64_t>::max();
        };
        std::ranges::stable_sort(object, {}, rank);
        return object;
    }

    Any number()
    {
        const std::size_t begin = m_at;
        const auto digits = [this] {
            const std::size_t first = m_at;
            while (peek() >= '0' && peek() <= '9')
                ++m_at;
            return m_at > first;
        };
        take("-");
        if (!take("0") && !digits())
            return fail();
        if (take(".") && !digits())
            return fail();
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (!take("+"))
                take("-");
            if (!digits())
                return fail();
        }
        double value = 0;
        const char *const first = m_text.data() + begin;
        if (std::from_chars(first, m_text.data() + m_at, value).ec == std::errc::result_out_of_range)
            value = outOfRange({first, m_at - begin});
        return Any(value);
    }

    // from_chars does not say whether a number was too large or too small; its exponent's sign does.
    static double outOfRange(std::string_view text)
    {
        const bool small = text.find("e-") != text.npos || text.find("E-") != text.npos || text.starts_with("0.")
            || text.starts_with("-0.");
        const double value = small ? 0.0 : std::numeric_limits<double>::infinity();
        return text[0] == '-' ? -value : value;
    }

    std::string string()
    {
        std::string result;
        std::u16string escaped;   // consecutive \u escapes, which may form pairs
        ++m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c != '\\' || peek() != 'u')
                appendUtf8(result, std::exchange(escaped, {}));
            if (c == '"')
                return result;
            if (static_cast<unsigned char>(c) < 0x20)
                break;
            if (c != '\\') {
                if (m_build)
                    result.push_back(c);
            } else if (!escape(result, escaped)) {
                break;
            }
        }
        fail();
        return {};
    }

    bool escape(std::string &result, std::u16string &escaped)
    {
        if (m_at == m_text.size())
            return false;
        const char c = m_text[m_at++];
        if (c == 'u') {
            unsigned unit = 0;
            const std::string_view hex = m_text.substr(m_at, 4);
            const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), unit, 16);
            if (hex.size() != 4 || error != std::errc() || end != hex.data() + 4)
                return false;
            m_at += 4;
            if (m_build)
                escaped.push_back(char16_t(unit));
            return true;
        }
        const std::size_t index = std::string_view("\"\\/bfnrt").find(c);
        if (c == '\0' || index == std::string_view::npos)
            return false;
        if (m_build)
            result.push_back("\"\\/\b\f\n\r\t"[index]);
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_failed = false;
    bool m_build = true;
};

void appendJsonString(std::string &out, std::string_view text)
{
    out.push_back('"');
    for (const char c : text) {
        const std::size_t known = std::string_view("\"\\\b\f\n\r\t").find(c);
        if (c != '\0' && known != std::string_view::npos) {
            out.push_back('\\');
            out.push_back("\"\\bfnrt"[known]);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            constexpr const char *kHex = "0123456789abcdef";
            out.append("\\u00");
            out.push_back(kHex[c >> 4]);
            out.push_back(kHex[c & 15]);
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

// ECMAScript Number::toString: the shortest digits, plain between 1e-7 and 1e21.
std::string numberText(double value)
{
    if (!std::isfinite(value))
        return "null";
    if (value == 0)
        return "0";
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific).ptr;
    const std::string_view text(buffer, std::size_t(end - buffer));
    const std::size_t e = text.find('e');
    std::string digits;
    std::ranges::copy_if(text.substr(0, e), std::back_inserter(digits), [](char c) { return c != '.'; });
    int exponent = 0;
    const char *const sign = text.data() + e + 1;
    std::from_chars(*sign == '+' ? sign + 1 : sign, end, exponent);
    const int point = exponent + 1;
    const int count = int(digits.size());
    std::string result = value < 0 ? "-" : "";
    if (point > 21 || point < -5) {
        result += digits.substr(0, 1);
        if (count > 1)
            result += "." + digits.substr(1);
        result += exponent < 0 ? "e-" : "e+";
        result += std::to_string(std::abs(exponent));
    } else if (point <= 0) {
        result += "0." + std::string(std::size_t(-point), '0') + digits;
    } else if (point >= count) {
        result += digits + std::string(std::size_t(point - count), '0');
    } else {
        result += digits.substr(0, std::size_t(point)) + "." + digits.substr(std::size_t(point));
    }
    return result;
}

void appendJson(std::string &out, const Any &value)
{
    if (const auto *flag = value.get<bool>()) {
        out += *flag ? "true" : "false";
    } else if (const auto *number = value.get<double>()) {
        out += numberText(*number);
    } else if (const auto *text = value.get<std::string>()) {
        appendJsonString(out, *text);
    } else if (const auto *array = value.get<Any::Array>()) {
        out.push_back('[');
        for (const Any &element : *array) {
            if (&element != array->data())
                out.push_back(',');
            appendJson(out, element);
        }
        out.push_back(']');
    } else if (const auto *object = value.get<Any::Object>()) {
        out.push_back('{');
        bool first = true;
        for (const auto &[key, member] : *object) {
            if (member.get<Any::Undefined>())
                continue;
            if (!std::exchange(first, false))
                out.push_back(',');
            appendJsonString(out, key);
            out.push_back(':');
            appendJson(out, member);
        }
        out.push_back('}');
    } else {
        out += "null";
    }
}

} // namespace

std::string Any::toJson() const
{
    std::string result;
    appendJson(result, *this);
    return result;
}

base::Result<Any> Any::fromJson(std::string_view json)
{
    if (!utf16Length({reinterpret_cast<const std::uint8_t *>(json.data()), json.size()}))
        return base::Unexpected(base::ErrorCode::Malformed, "JSON is not UTF-8");
    if (auto value = JsonReader(json).whole(true))
        return std::move(*value);
    return base::Unexpected(base::ErrorCode::Malformed, "JSON text");
}

bool isJson(std::string_view json) { return JsonReader(json).whole(false).has_value(); }

} // namespace crdt
