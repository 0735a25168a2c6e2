// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/localhost.h"
#include "ui/shell/environment.h"

#include <QObject>
#include <QTimer>

namespace ui {

//! The host for one folder of this computer, kept running: when it dies it is started again, with its state.
class HostKeeper final : public QObject
{
    Q_OBJECT

public:
    HostKeeper(const Environment &environment, const QString &folder, QObject *parent = nullptr);
    ~HostKeeper() override;

    void start();
    //! stopped() follows, also when nothing runs.
    void stop();
    QString folder() const { return m_folder; }

Q_SIGNALS:
    //! Also after each restart.
    void ready(const QString &socketPath);
    //! It died and is being started again.
    void restarting();
    //! It could not be started, or died so often that trying again makes no sense.
    void failed(const base::Error &error);
    void stopped();

private:
    void handleFailure(const base::Error &error);

    const base::Clock &m_clock;
    QString m_folder;
    QString m_program;
    client::LocalHost m_host;
    QList<base::Instant> m_deaths;
    QTimer m_again;
    bool m_wasReady = false;
    bool m_isRunning = false;
    bool m_isStopping = false;
};

} // namespace ui
