// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace cli {

//! Standard output: text or one JSON object per line. Written in one go per turn of the event loop, because thousands of
//! events a second are a use of this program.
class Output final : public QObject
{
    Q_OBJECT

public:
    explicit Output(QObject *parent = nullptr);
    ~Output() override;

    void tell(const QString &name, QJsonObject members);
    void write(const QByteArray &bytes);
    void flush();
    //! Writes what is there; everything told later is dropped. For after the last event.
    void close();
    //! Whoever read us is gone.
    bool isBroken() const { return m_isBroken; }

private:
    QByteArray m_buffer;
    QTimer m_timer;
    bool m_isBroken = false;
    bool m_isClosed = false;
};

} // namespace cli
