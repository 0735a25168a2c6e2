// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/readcommand.h"

#include "app/base/deliver.h"
#include "app/base/displayname.h"
#include "app/cli/exitcode.h"

#include <unistd.h>

namespace cli {

using base::ErrorCode;
using namespace Qt::StringLiterals;

ReadCommand::ReadCommand(const Options &options, QObject *parent) : QObject(parent), m_options(options), m_session(options.name)
{
    connect(&m_session, &LinkSession::asked, this, [](bool ownerPresent) {
        say(ownerPresent ? u"Waiting for the owner to let you in …"_s : u"The owner is away; waiting …"_s);
    });
    connect(&m_session, &LinkSession::opened, this, [this] {
        if (m_options.verb == Verb::Ls)
            list(0);
        else
            openFile();
    });
    connect(&m_session, &LinkSession::over, this,
            [this](const std::optional<protocol::SessionEnded> &ending, const std::optional<base::Error> &error) {
                if (m_isOver)
                    return;
                say(ending ? sentence(*ending) : error ? sentence(*error) : u"The session is over."_s);
                finish(ending ? exitCodeFor(ending->reason) : error ? exitCodeFor(*error) : kFailed);
            });
}

void ReadCommand::start()
{
    if (m_options.link != "-"_L1)
        return open(m_options.link);
    m_input = std::make_unique<LineInput>(STDIN_FILENO);
    connect(m_input.get(), &LineInput::lineRead, this, [this](const QByteArray &line) {
        m_input->setPaused(true);
        open(QString::fromUtf8(line));
    });
    connect(m_input.get(), &LineInput::lineTooLong, this, [this] { fail({ErrorCode::TooLarge, "the line is too long for a link"}); });
    connect(m_input.get(), &LineInput::ended, this, [this] { fail({ErrorCode::InvalidArgument, "no link came on standard input"}); });
}

void ReadCommand::open(const QString &link)
{
    const auto started = m_session.start(link);
    if (started)
        return;
    say(sentence(started.error()));
    finish(kUsage);
}

void ReadCommand::interrupt()
{
    finish(kInterrupted);
}

void ReadCommand::list(quint32 offset)
{
    const auto listed = m_session.workspace()->session().call(protocol::ListFolder{m_options.path.toUtf8(), offset});
    base::deliver(listed, this, [this, offset](const base::Result<protocol::FolderListed> &page) {
        if (m_isOver)
            return;
        if (!page)
            return fail(page.error());
        for (const protocol::FileEntry &entry : page->entries) {
            const bool isFolder = entry.kind == protocol::EntryKind::Folder;
            m_output.write(base::displayName(entry.name).toUtf8() + (isFolder ? "/\n" : "\n"));
        }
        const quint32 next = offset + quint32(page->entries.size());
        if (page->entries.isEmpty() || next >= page->total || m_output.isBroken())
            finish(kDone);
        else
            list(next);
    });
}

void ReadCommand::openFile()
{
    client::SharedDocument *document = m_session.workspace()->open(m_options.path.toUtf8());
    connect(document, &client::SharedDocument::stateChanged, this, [this, document](client::SharedDocument::State state) {
        if (m_isOver)
            return;
        if (state == client::SharedDocument::State::Failed) {
            fail(document->error());
        } else if (state == client::SharedDocument::State::Open) {
            if (document->kind() != protocol::ContentKind::Text)
                return copyPages(0);
            m_output.write(document->text().toUtf8());
            finish(kDone);
        }
    });
}

void ReadCommand::copyPages(qint64 offset)
{
    const auto page = m_session.workspace()->readPage(m_options.path.toUtf8(), offset, quint32(protocol::kMaxPageBytes));
    base::deliver(page, this, [this, offset](const base::Result<protocol::PageRead> &read) {
        if (m_isOver)
            return;
        if (!read)
            return fail(read.error());
        m_output.write(read->bytes);
        if (read->bytes.isEmpty() || m_output.isBroken())
            finish(kDone);
        else
            copyPages(offset + read->bytes.size());
    });
}

void ReadCommand::fail(const base::Error &error)
{
    if (m_isOver)
        return;
    say(sentence(error));
    finish(exitCodeFor(error));
}

void ReadCommand::finish(int exitCode)
{
    if (std::exchange(m_isOver, true))
        return;
    m_output.flush();
    m_session.leaveAndQuit(exitCode);
}

} // namespace cli
