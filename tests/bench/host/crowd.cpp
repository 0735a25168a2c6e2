// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/host/crowd.h"

#include "tests/bench/host/report.h"
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"

#include <QFile>
#include <QHash>

#include <memory>

#include <unistd.h>

namespace bench {

namespace {

constexpr int kPeople = 200;
constexpr int kToAFile = 10;
constexpr int kFiles = kPeople / kToAFile;
constexpr int kKeysPerSecond = 4 * kPeople;
constexpr int kKeys = 5 * kKeysPerSecond;

struct Person
{
    support::TestPeer peer;
    std::unique_ptr<support::TestEditor> editor;
};

// Processor time that a process has used.
double processorSeconds(qint64 process)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(process));
    if (!stat.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = stat.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    constexpr int kUser = 11;
    constexpr int kSystem = 12;
    return (fields[kUser].toDouble() + fields[kSystem].toDouble()) / double(sysconf(_SC_CLK_TCK));
}

} // namespace

void measureCrowd()
{
    using namespace protocol;
    support::TestHost host;
    for (int file = 0; file < kFiles; ++file)
        host.writeFile(QStringLiteral("%1.txt").arg(file), "some text to begin with\n");
    support::TestPeer owner;
    if (!host.start() || !owner.enterAsOwner(host.socketPath()))
        return;
    const auto share = owner.call(
        CreateShare{.access = Access::Edit, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0, .addresses = {}, .port = 0});
    QElapsedTimer clock;
    clock.start();
    QHash<QByteArray, qint64> pressed;   // by update, when
    std::vector<double> seen;
    std::vector<std::unique_ptr<Person>> people;
    const double joining = processorSeconds(host.processId());
    for (int number = 0; number < kPeople; ++number) {
        auto person = std::make_unique<Person>();
        const auto joined = person->peer.enterAsGuest(share->link, QStringLiteral("Guest %1").arg(number));
        if (!joined)
            return;
        person->editor = std::make_unique<support::TestEditor>(person->peer, joined->you.client);
        if (!person->editor->open(QByteArray::number(number % kFiles) + ".txt"))
            return;
        QObject::connect(person->peer.channel(), &transport::Channel::received, &person->peer, [&](const QByteArray &frame) {
            const auto decoded = decode(frame);
            const auto *edited = decoded && decoded->message ? std::get_if<DocumentEdited>(&*decoded->message) : nullptr;
            if (edited && pressed.contains(edited->update))
                seen.push_back(double(clock.nsecsElapsed() - pressed.value(edited->update)) / 1e6);
        });
        people.push_back(std::move(person));
    }
    print("200 guests: host's processor time to join one", (processorSeconds(host.processId()) - joining) * 1000 / kPeople, "ms");
    print("200 guests: host's memory", double(host.residentBytes()) / 1048576, "MiB");

    const double before = processorSeconds(host.processId());
    const qint64 begin = clock.nsecsElapsed();
    for (int key = 0; key < kKeys; ++key) {
        const qint64 due = begin + key * qint64(1'000'000'000 / kKeysPerSecond);
        (void)support::waitFor([&] { return clock.nsecsElapsed() >= due; }, 1000);
        Person &person = *people[std::size_t(key) % people.size()];
        const qint64 now = clock.nsecsElapsed();
        if (person.editor->type(0, 0, QStringLiteral("x")) != 0)
            pressed.insert(person.editor->lastUpdate(), now);
        for (const auto &one : people)
            one->peer.forgetAnnouncements();
    }
    (void)support::waitFor([&] { return seen.size() >= std::size_t(kKeys) * (kToAFile - 1); });
    const double seconds = double(clock.nsecsElapsed() - begin) / 1e9;
    print("200 guests typing: key presses a second", kKeys / seconds, "");
    print("200 guests typing: host's processor time", (processorSeconds(host.processId()) - before) * 100 / seconds, "% of a core");
    printPercentiles("200 guests typing: key press to frame at another", seen);
}

} // namespace bench
