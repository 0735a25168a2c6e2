// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/lineinput.h"
#include "app/cli/linksession.h"
#include "app/cli/options.h"
#include "app/cli/output.h"

namespace cli {

//! `ls` and `cat`: enter, read one thing, leave.
class ReadCommand final : public QObject
{
    Q_OBJECT

public:
    explicit ReadCommand(const Options &options, QObject *parent = nullptr);

    void start();
    //! Ctrl-C.
    void interrupt();

private:
    void open(const QString &link);
    void list(quint32 offset);
    void openFile();
    void copyPages(qint64 offset);
    void fail(const base::Error &error);
    void finish(int exitCode);

    Options m_options;
    Output m_output;
    std::unique_ptr<LineInput> m_input;
    LinkSession m_session;
    bool m_isOver = false;
};

} // namespace cli
