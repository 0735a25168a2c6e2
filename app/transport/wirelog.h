// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/transport/limits.h"

#include <QByteArray>
#include <QIODevice>
#include <QList>
#include <QObject>

#include <deque>
#include <functional>

namespace transport {

//! The last frames of a channel, for the inspector and for replay. At most kMaxLoggedFrames and kMaxLoggedBytes.
class WireLog : public QObject
{
    Q_OBJECT

public:
    enum class Direction : quint8 { Sent = 0, Received = 1 };
    struct Entry
    {
        Direction direction = Direction::Sent;
        base::WallTime time;
        qint64 size = 0;      //!< of the whole frame
        bool isKept = true;   //!< false: secret or too large, so bytes is empty
        QByteArray bytes;

        friend bool operator==(const Entry &, const Entry &) = default;
    };
    //! True if the frame's bytes must not be kept (link secrets, tokens).
    using IsSecret = std::function<bool(QByteArrayView frame)>;

    //! Without \a isSecret every frame counts as secret and only sizes are kept. \a clock must outlive the log.
    explicit WireLog(const base::Clock &clock, IsSecret isSecret = {}, QObject *parent = nullptr);

    void record(Direction direction, const QByteArray &frame);
    //! Oldest first.
    QList<Entry> entries() const;
    void clear();
    //! Format: app/transport/README.md, "Wire log". Errors: InputOutput.
    base::Result<void> save(QIODevice &device) const;
    //! Reads what save() wrote. Errors: Malformed, TooMany, TooLarge.
    static base::Result<QList<Entry>> load(QIODevice &device);

Q_SIGNALS:
    void recorded(const transport::WireLog::Entry &entry);

private:
    const base::Clock &m_clock;
    IsSecret m_isSecret;
    std::deque<Entry> m_entries;
    qint64 m_bytes = 0;
};

} // namespace transport
