// SPDX-License-Identifier: GPL-3.0-or-later
// Carries out what its arguments say on the desktop's keychain of its environment; one line of output each.
#include "app/keychain/qtkeychainstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <csignal>
#include <cstdio>

namespace {

class Script final : public QObject
{
public:
    explicit Script(QStringList words) : m_words(std::move(words)) {}

    void next()
    {
        if (m_words.isEmpty()) {
            QCoreApplication::quit();
            return;
        }
        m_timer.start();
        const QString verb = m_words.takeFirst();
        if (verb == QLatin1String("open")) {
            keychain::openSecretStore(this, [this](const keychain::OpenedStore &opened) {
                m_store = opened.store;
                say(opened.store->isPermanent() ? "permanent" : "session", opened.reason);
            });
        } else if (verb == QLatin1String("direct")) { // without a probe, answers at the latest after so many milliseconds
            m_store = new keychain::QtKeychainStore(this, std::chrono::milliseconds(m_words.takeFirst().toInt()));
            say("direct", std::nullopt);
        } else if (verb == QLatin1String("write")) {
            const QString key = m_words.takeFirst();
            m_store->write(key, QByteArray::fromHex(m_words.takeFirst().toLatin1()), this,
                           [this](const base::Result<void> &result) { say("written", errorOf(result)); });
        } else if (verb == QLatin1String("read")) {
            m_store->read(m_words.takeFirst(), this, [this](const base::Result<QByteArray> &result) {
                say(result ? result->toHex().constData() : "read", errorOf(result));
            });
        } else if (verb == QLatin1String("remove")) {
            m_store->remove(m_words.takeFirst(), this, [this](const base::Result<void> &result) { say("removed", errorOf(result)); });
        } else if (verb == QLatin1String("stop")) { // the process with this number, as a keychain that hangs
            const int process = m_words.takeFirst().toInt();
            if (process <= 1)
                qFatal("no process to stop"); // 0 would be the whole group, with the test driver in it
            ::kill(process, SIGSTOP);
            say("stopped", std::nullopt);
        }
    }

private:
    template <typename T>
    static std::optional<base::Error> errorOf(const base::Result<T> &result)
    {
        return result ? std::nullopt : std::optional(result.error());
    }

    void say(const char *what, const std::optional<base::Error> &error)
    {
        std::printf("%s|%s|%s|%lld\n", what, error ? name(error->code) : "", error ? error->detail.c_str() : "",
                    static_cast<long long>(m_timer.elapsed()));
        std::fflush(stdout);
        QTimer::singleShot(0, this, &Script::next);
    }

    QStringList m_words;
    QElapsedTimer m_timer;
    keychain::SecretStore *m_store = nullptr;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    Script script(QCoreApplication::arguments().sliced(1));
    QTimer::singleShot(0, &script, &Script::next);
    return QCoreApplication::exec();
}
