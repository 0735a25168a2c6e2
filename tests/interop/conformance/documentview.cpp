// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/conformance/vectorfile.h"

#include "app/crdt/utf.h"

#include <cmath>

namespace conformance {

namespace {

using crdt::Engine;
using crdt::TypeKind;

Any jsonOf(Engine &engine, const crdt::SharedValue &value);

Any special(const char *kind, std::string value)
{
    return Any(Any::Object{{"$", Any(kind)}, {"v", Any(std::move(value))}});
}

// In the file's notation.
Any writtenValue(const Any &value)
{
    if (value.get<Any::Undefined>())
        return Any(Any::Object{{"$", Any("undefined")}});
    if (const auto *big = value.get<Any::BigInt>())
        return special("bigint", std::to_string(big->value));
    if (const auto *raw = value.get<base::Bytes>())
        return special("bytes", toBase64(*raw));
    if (const auto *plain = value.get<double>()) {
        if (std::isnan(*plain))
            return special("number", "NaN");
        if (std::isinf(*plain))
            return special("number", *plain < 0 ? "-Infinity" : "Infinity");
        if (*plain == 0 && std::signbit(*plain))
            return special("number", "-0");
    }
    if (const auto *array = value.get<Any::Array>()) {
        Any::Array result;
        for (const Any &element : *array)
            result.push_back(writtenValue(element));
        return Any(std::move(result));
    }
    if (const auto *members = value.get<Any::Object>()) {
        Any::Object result;
        for (const auto &[key, element] : *members)
            result.emplace_back(key, writtenValue(element));
        return Any(std::move(result));
    }
    return value;
}

Any listJson(Engine &engine, crdt::TypeIndex type)
{
    Any::Array result;
    for (const crdt::SharedValue &value : crdt::Array(engine, type).values())
        result.push_back(jsonOf(engine, value));
    return Any(std::move(result));
}

Any mapJson(Engine &engine, crdt::TypeIndex type)
{
    Any::Object result;
    const crdt::Map map(engine, type);
    for (const std::string &key : map.keys())
        result.emplace_back(key, jsonOf(engine, *map.get(key)));
    return Any(std::move(result));
}

std::string xmlChildren(Engine &engine, crdt::TypeIndex type);

// Formats become elements around the text.
std::string formattedXml(const crdt::Text &content)
{
    std::string result;
    for (const crdt::FormattedRun &run : content.runs()) {
        std::string end;
        for (const auto &[name, value] : run.attributes) {
            result += "<" + name;
            for (const auto &[key, attribute] : object(value))
                result += " " + key + "=\"" + (attribute.get<std::string>() ? text(attribute) : attribute.toJson()) + "\"";
            result += ">";
            end.insert(0, "</" + name + ">");
        }
        result += crdt::toUtf8(run.text) + end;
    }
    return result;
}

std::string xmlText(Engine &engine, const crdt::SharedValue &value)
{
    const auto *type = std::get_if<crdt::SharedType>(&value);
    if (!type)
        return text(std::get<Any>(value));
    if (type->kind == TypeKind::XmlText || type->kind == TypeKind::Text)
        return formattedXml(crdt::Text(engine, type->index));
    std::string result = "<" + type->name;
    const crdt::Map attributes(engine, type->index);
    for (const std::string &key : attributes.keys())
        result += " " + key + "=\"" + text(std::get<Any>(*attributes.get(key))) + "\"";
    return result + ">" + xmlChildren(engine, type->index) + "</" + type->name + ">";
}

std::string xmlChildren(Engine &engine, crdt::TypeIndex type)
{
    std::string result;
    for (const crdt::SharedValue &child : crdt::Array(engine, type).values())
        result += xmlText(engine, child);
    return result;
}

Any jsonOf(Engine &engine, const crdt::SharedValue &value)
{
    if (const auto *plain = std::get_if<Any>(&value))
        return writtenValue(*plain);
    if (const auto *document = std::get_if<crdt::SubDocument>(&value))
        return special("doc", document->guid);
    const auto &type = std::get<crdt::SharedType>(value);
    switch (type.kind) {
    case TypeKind::Array: return listJson(engine, type.index);
    case TypeKind::Map: return mapJson(engine, type.index);
    case TypeKind::Text: return Any(crdt::toUtf8(crdt::Text(engine, type.index).toString()));
    default: return Any(xmlText(engine, value));
    }
}

Any deltaOf(const crdt::Text &text)
{
    Any::Array result;
    for (const crdt::FormattedRun &run : text.runs()) {
        Any::Object piece;
        if (!run.attributes.empty())
            piece.emplace_back("attributes", Any(Any::Object(run.attributes.begin(), run.attributes.end())));
        piece.emplace_back("insert", run.embed ? *run.embed : Any(crdt::toUtf8(run.text)));
        result.push_back(Any(std::move(piece)));
    }
    return Any(std::move(result));
}

Any joinedDelta(const Any &delta)
{
    Any::Array result;
    for (const Any &piece : list(delta)) {
        const bool isText = member(piece, "insert").get<std::string>();
        if (!result.empty() && isText && member(result.back(), "insert").get<std::string>()
            && member(result.back(), "attributes") == member(piece, "attributes")) {
            Any::Object joined = object(piece);
            for (auto &[key, value] : joined) {
                if (key == "insert")
                    value = Any(text(member(result.back(), "insert")) + text(value));
            }
            result.back() = Any(std::move(joined));
        } else {
            result.push_back(piece);
        }
    }
    return Any(std::move(result));
}

Any withJoinedDeltas(const Any &view)
{
    Any::Object result;
    for (const auto &[root, content] : object(view)) {
        Any::Object members;
        for (const auto &[key, value] : object(content))
            members.emplace_back(key, key == "delta" ? joinedDelta(value) : value);
        result.emplace_back(root, Any(std::move(members)));
    }
    return Any(std::move(result));
}

} // namespace

void openRoots(crdt::Document &document, const Any &roots)
{
    for (const auto &[name, kind] : object(roots)) {
        if (text(kind) == "text")
            document.text(name);
        else if (text(kind) == "map")
            document.map(name);
        else if (text(kind) == "array")
            document.array(name);
        else
            document.xmlFragment(name);
    }
}

Any viewOf(crdt::Document &document, const Any &roots)
{
    Engine &engine = document.engine();
    Any::Object result;
    for (const auto &[name, kind] : object(roots)) {
        Any::Object view;
        if (text(kind) == "text") {
            const crdt::Text content = document.text(name);
            view.emplace_back("text", Any(crdt::toUtf8(content.toString())));
            view.emplace_back("length", Any(double(content.length())));
            view.emplace_back("delta", deltaOf(content));
        } else if (text(kind) == "map") {
            view.emplace_back("json", mapJson(engine, document.map(name).type()));
        } else if (text(kind) == "array") {
            view.emplace_back("json", listJson(engine, document.array(name).type()));
            view.emplace_back("length", Any(double(document.array(name).length())));
        } else {
            view.emplace_back("xml", Any(xmlChildren(engine, document.xmlFragment(name).type())));
        }
        result.emplace_back(name, Any(std::move(view)));
    }
    return Any(std::move(result));
}

void checkView(Check &check, crdt::Document &document, const Any &roots, const Any &expected)
{
    const Any actual = viewOf(document, roots);
    const Any wanted = withJoinedDeltas(expected);
    for (const auto &[root, content] : object(wanted)) {
        for (const auto &[key, value] : object(content))
            check.equal("view " + root + "." + key, member(member(actual, root), key), value);
        // A text without formats comes without a delta.
        if (!has(content, "text") || has(content, "delta"))
            continue;
        for (const Any &piece : list(member(member(actual, root), "delta")))
            check.isTrue("view " + root + " should have no formats", !has(piece, "attributes"));
    }
}

} // namespace conformance
