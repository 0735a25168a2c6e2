// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>

#include <memory>

class QLocalSocket;

namespace ui {

//! Makes a second start of the program open a window in the first one. What is handed over may be a link, so the socket
//! stands in a folder that only this user can enter, and its peer's user is checked.
class Instance final : public QObject
{
    Q_OBJECT

public:
    //! \a folder: private to this user; one running program per folder.
    Instance(const QString &folder, QObject *parent = nullptr);
    ~Instance() override;

    //! Gives \a target to a running program, or becomes the running one. One of handedOver() and becamePrimary() follows.
    void start(const QString &target);

Q_SIGNALS:
    void handedOver();
    void becamePrimary();
    //! Another start wants this opened; empty: a new window.
    void requested(const QString &target);

private:
    void listen();
    void accept();

    QString m_path;
    QString m_target;
    QLocalServer m_server;
    QLocalSocket *m_socket = nullptr;
};

} // namespace ui
