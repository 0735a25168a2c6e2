// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/deliver.h"
#include "app/base/id.h"
#include "app/base/post.h"
#include "app/base/result.h"
#include "app/base/utf8.h"

#include <QSemaphore>
#include <QSet>
#include <QThread>
#include <QtTest>

#include <cerrno>

using namespace base;

class tst_Base : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsRoundTripAsTextAndBytes()
    {
        SystemRandom random;
        QSet<QString> seen;
        for (int i = 0; i < 1000; ++i) {
            const auto id = DocumentId::random(random);
            QCOMPARE(DocumentId::fromString(id.toString()), std::optional(id));
            QCOMPARE(DocumentId::fromBytes(id.bytes()), std::optional(id));
            seen.insert(QString::fromStdString(id.toString()));
        }
        QCOMPARE(seen.size(), 1000);
    }

    void textThatIsNoIdIsRefused()
    {
        const std::string good(32, 'a');
        QVERIFY(DocumentId::fromString(good));
        for (const std::string &bad : {std::string(), std::string(31, 'a'), std::string(33, 'a'), std::string(32, 'A'), std::string(32, 'g'),
                                       " " + std::string(31, 'a'), std::string(31, 'a') + '\0'})
            QVERIFY2(!DocumentId::fromString(bad), bad.c_str());
    }

    void theSizeInUtf8IsThatOfItsBytes()
    {
        QCOMPARE(utf8Size({}), 0);
        const QString around = QStringLiteral("a\u007f\u0080é\u07ff\u0800中\ud7ff\ue000\uffff\U00010000😀\U0010ffff");
        for (const QString &character : around.split(QString(), Qt::SkipEmptyParts)) {
            if (!character[0].isSurrogate())
                QCOMPARE(utf8Size(character), character.toUtf8().size());
        }
        QCOMPARE(utf8Size(around), around.toUtf8().size());
        QCOMPARE(utf8Size(around.repeated(1000)), around.toUtf8().size() * 1000);
    }

    void systemErrorsGetTheCodeAPersonNeeds()
    {
        QCOMPARE(fromErrno(ENOSPC, "write").code, ErrorCode::DiskFull);
        QCOMPARE(fromErrno(EDQUOT, "write").code, ErrorCode::DiskFull);
        QCOMPARE(fromErrno(EXDEV, "open").code, ErrorCode::OutsideRoot);
        QCOMPARE(fromErrno(EROFS, "open").code, ErrorCode::ReadOnly);
        QCOMPARE(fromErrno(12345, "open").code, ErrorCode::InputOutput);
    }

    void everyCodeHasItsOwnName()
    {
        QSet<QByteArray> names;
        for (int code = 0; code <= int(lastValue(ErrorCode{})); ++code)
            names.insert(name(ErrorCode(code)));
        QCOMPARE(names.size(), int(lastValue(ErrorCode{})) + 1);
    }

    void anAnswerIsDeliveredFromTheEventLoop()
    {
        QObject receiver;
        int got = 0;
        deliver(readyFuture(Result<int>(7)), &receiver, [&](const Result<int> &answer) { got = *answer; });
        QCOMPARE(got, 0);
        QTRY_COMPARE(got, 7);
    }

    void anAnswerForSomebodyGoneIsDropped()
    {
        bool called = false;
        QPromise<Result<int>> promise;
        promise.start();
        {
            QObject receiver;
            deliver(promise.future(), &receiver, [&](const Result<int> &) { called = true; });
        }
        promise.addResult(Result<int>(1));
        promise.finish();
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void aDroppedPromiseIsCancelledNotWaitedForForEver()
    {
        QObject receiver;
        std::optional<ErrorCode> code;
        {
            QPromise<Result<int>> promise;
            promise.start();
            deliver(promise.future(), &receiver, [&](const Result<int> &answer) { code = answer.error().code; });
        }
        QTRY_COMPARE(code, std::optional(ErrorCode::Cancelled));
    }

    void oneThreadKeepsTheOrder()
    {
        BackgroundQueue queue(1);
        QList<int> order;
        for (int i = 0; i < 100; ++i)
            queue.run([i] { return i; }, this, [&](int value) { order.append(value); });
        QTRY_COMPARE(order.size(), 100);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void workRunsElsewhereAndTheHandlerHere()
    {
        BackgroundQueue queue(1);
        QThread *worker = nullptr;
        QThread *handler = nullptr;
        queue.run([] { return QThread::currentThread(); }, this, [&](QThread *thread) {
            worker = thread;
            handler = QThread::currentThread();
        });
        QTRY_VERIFY(handler);
        QCOMPARE(handler, QThread::currentThread());
        QVERIFY(worker != handler);
    }

    void aHandlerWhoseReceiverDiedIsNotCalled()
    {
        BackgroundQueue queue(1);
        QSemaphore gate;
        bool called = false;
        bool finished = false;
        {
            QObject receiver;
            queue.run([&] { gate.acquire(); }, &receiver, [&] { called = true; });
        }
        gate.release();
        queue.run([] {}, this, [&] { finished = true; });
        QTRY_VERIFY(finished);
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(tst_Base)
#include "tst_base.moc"
