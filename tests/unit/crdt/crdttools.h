// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/document.h"

#include <QByteArray>
#include <QString>

namespace crdttest {

inline base::Bytes fromHex(const char *hex)
{
    const QByteArray bytes = QByteArray::fromHex(hex);
    return base::Bytes(bytes.begin(), bytes.end());
}

inline QByteArray toHex(const base::Bytes &bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())).toHex(' ');
}

inline QString toQt(const std::u16string &text) { return QString::fromStdU16String(text); }

//! Remembers the updates a document makes.
struct Recorder
{
    explicit Recorder(crdt::Document &document)
    {
        document.onUpdate([this](const crdt::Document::UpdateEvent &event) { events.push_back(event); });
    }
    QByteArray lastHex() const { return toHex(events.back().update); }

    std::vector<crdt::Document::UpdateEvent> events;
};

//! What a text looks like to somebody who only hears its deltas.
struct Mirror
{
    explicit Mirror(crdt::Text text) : content(text.toString())
    {
        text.observe([this](std::span<const crdt::TextDelta> deltas, crdt::Origin, bool) { apply(deltas); });
    }
    void apply(std::span<const crdt::TextDelta> deltas)
    {
        std::size_t at = 0;
        for (const crdt::TextDelta &delta : deltas) {
            if (delta.kind == crdt::TextDelta::Kind::Delete) {
                content.erase(at, delta.length);
            } else {
                if (delta.kind == crdt::TextDelta::Kind::Insert)
                    content.insert(at, delta.text);
                at += delta.length;
            }
        }
    }

    std::u16string content;
};

} // namespace crdttest
