// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/files/fileops.h"
#include "app/host/host.h"
#include "app/hostd/options.h"
#include "app/transport/locallistener.h"

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace hostd {

//! The host as a process: its owner's socket, its signals, what it says on standard output.
class Service final : public QObject
{
    Q_OBJECT

public:
    explicit Service(const Options &options);
    ~Service() override;

    //! Starts serving and prints one line of JSON: how to reach it, or why it cannot start. False in the latter case.
    bool start();

private:
    bool fail(const base::Error &error);
    void announce(const QList<protocol::ShareEndpoint> &endpoints);
    void watchSignals();
    void watchParent();

    Options m_options;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    files::SystemFileOps m_fileOps;
    std::unique_ptr<host::Host> m_host;
    transport::LocalListener m_local;
    std::unique_ptr<QSocketNotifier> m_signals;
    std::unique_ptr<QSocketNotifier> m_parent;
};

} // namespace hostd
