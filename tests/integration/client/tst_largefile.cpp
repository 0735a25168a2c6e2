// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/client/workspace.h"
#include "tests/support/host/testhost.h"

#include <QTest>

using client::SharedDocument;

namespace {

constexpr int kPatience = 60'000;
constexpr int kPlaces = 400'000;

//! A window with the file open.
struct Window
{
    base::SystemClock clock;
    base::SystemRandom random;
    std::unique_ptr<client::Session> session = std::make_unique<client::Session>(clock, random);
    std::unique_ptr<client::Workspace> workspace;
    SharedDocument *document = nullptr;
    int reconnects = 0;

    bool open(const QString &socketPath, const QByteArray &path)
    {
        client::Session *raw = session.get();
        QObject::connect(raw, &client::Session::opened, raw, [this](const protocol::WorkspaceJoined &, bool isResumed) {
            reconnects += isResumed;
            if (!isResumed)
                workspace = std::make_unique<client::Workspace>(std::move(session), clock);
        });
        raw->openLocal(socketPath, QStringLiteral("Ana"));
        if (!QTest::qWaitFor([this] { return workspace != nullptr; }, kPatience))
            return false;
        document = workspace->open(path);
        return QTest::qWaitFor([this] { return document->state() == SharedDocument::State::Open; }, kPatience);
    }
    bool isStored() const { return document->state() == SharedDocument::State::Open && !document->hasUnacknowledged(); }
};

} // namespace

//! The largest text that can be edited, at a real host.
class LargeFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Each place costs the document much more than the text that comes and goes there.
    void manyPlacesAreReplacedAndTakenBack()
    {
        support::TestHost host;
        const QByteArray line = "value = compute(another, \"and a longer text, too\", 123456789, and, still, more);\n";
        const QByteArray filler(50'000'000 - kPlaces * line.size(), '-');
        const QByteArray before = line.repeated(kPlaces) + filler;
        host.writeFile(QStringLiteral("large.txt"), before);
        QVERIFY2(host.start(), host.output().constData());
        Window first;
        QVERIFY(first.open(host.socketPath(), "large.txt"));
        QCOMPARE(first.document->kind(), protocol::ContentKind::Text);

        client::TextEdits edits;
        edits.reserve(kPlaces);
        for (qsizetype i = kPlaces; i-- > 0;)
            edits.append({i * line.size(), 5, QStringLiteral("val")});
        QVERIFY(first.document->edit(edits));
        QTRY_VERIFY_WITH_TIMEOUT(first.isStored(), kPatience);
        const QByteArray after = QByteArray(line).replace("value", "val").repeated(kPlaces) + filler;
        QVERIFY(first.document->text() == QString::fromUtf8(after));
        QTRY_VERIFY_WITH_TIMEOUT(host.file(QStringLiteral("large.txt")) == after, kPatience);

        // Who comes now gets it all.
        Window second;
        QVERIFY(second.open(host.socketPath(), "large.txt"));
        QVERIFY(second.document->text() == QString::fromUtf8(after));

        first.document->undo();
        QTRY_VERIFY_WITH_TIMEOUT(first.isStored(), kPatience);
        QVERIFY(first.document->text() == QString::fromUtf8(before));
        QVERIFY(!first.document->canUndo());
        QTRY_VERIFY_WITH_TIMEOUT(second.document->text().size() == before.size(), kPatience);
        QVERIFY(second.document->text() == QString::fromUtf8(before));
        QTRY_VERIFY_WITH_TIMEOUT(host.file(QStringLiteral("large.txt")) == before, kPatience);
        QCOMPARE(first.reconnects + second.reconnects, 0);
    }
};

QTEST_GUILESS_MAIN(LargeFileTest)
#include "tst_largefile.moc"
