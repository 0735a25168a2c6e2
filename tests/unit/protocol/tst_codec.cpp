// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/codec.h"
#include "tests/support/messagesamples.h"
#include "tests/support/seed.h"

#include <QCborStreamWriter>
#include <QtTest>

using namespace protocol;

namespace {

template <typename T>
QByteArray frameOf(Tag tag, const T &writeFields, quint64 call = 1)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startArray(3);
    writer.append(quint64(tag));
    writer.append(call);
    writeFields(writer);
    writer.endArray();
    return bytes;
}

// Every frame with one field of the message grown one step beyond its limit.
template <Described T>
QList<QByteArray> framesBeyondLimits(support::MessageSamples &samples)
    requires Message<T>
{
    QList<QByteArray> frames;
    const auto grow = [&](auto field) {
        using Member = std::remove_cvref_t<decltype(std::declval<T>().*(field.pointer))>;
        T value = samples.make<T>();
        auto &member = value.*(field.pointer);
        if constexpr (std::is_same_v<Member, QByteArray>) {
            member = QByteArray(field.max + 1, 'x');
            frames.append(encode(value, 1));
        } else if constexpr (std::is_same_v<Member, QString>) {
            member = QString(field.max + 1, u'x');
            frames.append(encode(value, 1));
        } else if constexpr (IsList<Member>::value) {
            member.resize(field.max + 1);
            frames.append(encode(value, 1));
        }
    };
    std::apply([&](auto... fields) { (grow(fields), ...); }, T::fields());
    return frames;
}

} // namespace

class tst_Codec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageSurvivesTheRoundTrip()
    {
        const quint64 seed = support::seed();
        Messages::forEach([&]<typename T>() {
            support::MessageSamples samples(seed + quint64(T::tag));
            for (int round = 0; round < 50; ++round) {
                const T sent = samples.make<T>();
                const auto frame = decode(encode(sent, quint32(round)));
                QVERIFY2(frame, nameOf(T::tag));
                QCOMPARE(frame->call, quint32(round));
                QCOMPARE(frame->tag, T::tag);
                QVERIFY2(std::get<T>(*frame->message) == sent, nameOf(T::tag));
            }
        });
    }

    void aFrameCutAnywhereIsRefused()
    {
        Messages::forEach([&]<typename T>() {
            support::MessageSamples samples(quint64(T::tag) + 7);
            const QByteArray bytes = encode(samples.make<T>(), 3);
            for (qsizetype length = 0; length < bytes.size(); ++length)
                QVERIFY2(!decode(bytes.left(length)), nameOf(T::tag));
            QVERIFY(!decode(bytes + '\0'));
        });
    }

    void aFlippedByteNeverCrashesAndKeepsTheBounds()
    {
        const quint64 seed = support::seed();
        std::mt19937_64 engine(seed);
        Messages::forEach([&]<typename T>() {
            support::MessageSamples samples(seed ^ quint64(T::tag));
            const QByteArray bytes = encode(samples.make<T>(), 3);
            for (int round = 0; round < 200; ++round) {
                QByteArray broken = bytes;
                broken[qsizetype(engine() % quint64(broken.size()))] = char(engine());
                if (const auto frame = decode(broken); frame && frame->message && frame->tag == T::tag)
                    QCOMPARE(decode(encode(std::get<T>(*frame->message), frame->call))->message, frame->message);
            }
        });
    }

    void everyFieldHasItsLimit()
    {
        int checked = 0;
        Messages::forEach([&]<typename T>() {
            support::MessageSamples samples(quint64(T::tag));
            for (const QByteArray &frame : framesBeyondLimits<T>(samples)) {
                const auto decoded = decode(frame);
                QVERIFY2(!decoded, nameOf(T::tag));
                QVERIFY2(decoded.error().code == base::ErrorCode::TooLarge || decoded.error().code == base::ErrorCode::TooMany,
                         nameOf(T::tag));
                ++checked;
            }
        });
        QVERIFY2(checked >= 39, qPrintable(QString::number(checked)));
    }

    void aLengthThatLiesIsRefusedBeforeAnythingIsAllocated()
    {
        // Bytes of 2^62, an array of 2^32 elements, text of 2^31: each in a frame of a few bytes
        const auto lie = [](char type, quint64 length) {
            QByteArray bytes = QByteArray::fromHex("8318780181"); // [tag 120, call 1, [
            bytes.append(char(type | 27));
            for (int shift = 56; shift >= 0; shift -= 8)
                bytes.append(char(length >> shift));
            return bytes;
        };
        for (const char type : {char(0x40), char(0x60), char(0x80)}) {
            for (const quint64 length : {quint64(1) << 62, quint64(1) << 32, quint64(1) << 31, quint64(4096)})
                QVERIFY(!decode(lie(type, length)));
        }
    }

    void deepNestingIsRefused()
    {
        for (const int depth : {65, 1000, 100'000}) {
            QVERIFY(!decode(QByteArray(depth, char(0x81))));
            // …also where a field is skipped because it is unknown
            const QByteArray known = QByteArray::fromHex("83187e018250") + QByteArray(16, 'i');
            QVERIFY(!decode(known + QByteArray(depth, char(0x81)) + QByteArray(1, char(0x00))));
        }
    }

    void anIndefiniteLengthIsRefused()
    {
        QVERIFY(!decode(QByteArray::fromHex("9f0001ff")));
        QVERIFY(!decode(QByteArray::fromHex("8318780183" "5f4161ff" "40" "40")));
    }

    void unknownFieldsAtTheEndAreSkipped()
    {
        const auto frame = decode(frameOf(Tag::CloseDocument, [](QCborStreamWriter &writer) {
            writer.startArray(3);
            writer.append(QByteArray(16, 'd'));
            writer.append(QStringLiteral("from the future"));
            writer.startMap(1);
            writer.append(1);
            writer.append(2);
            writer.endMap();
            writer.endArray();
        }));
        QVERIFY(frame);
        QVERIFY(!std::get<CloseDocument>(*frame->message).document.isNull());
    }

    void fieldsAnOlderPeerLacksKeepTheirDefaults()
    {
        const auto frame = decode(frameOf(Tag::Hello, [](QCborStreamWriter &writer) {
            writer.startArray(1);
            writer.append(quint64(7));
            writer.endArray();
        }));
        QVERIFY(frame);
        QCOMPARE(std::get<Hello>(*frame->message), (Hello{.version = 7, .client = {}, .name = {}}));
    }

    void anUnknownTagIsSkippedNotRefused()
    {
        const auto frame = decode(frameOf(Tag(60000), [](QCborStreamWriter &writer) {
            writer.startArray(1);
            writer.append(QStringLiteral("?"));
            writer.endArray();
        }));
        QVERIFY(frame);
        QCOMPARE(frame->tag, Tag(60000));
        QVERIFY(!frame->message);
    }

    void anEnumBeyondItsLastValueIsRefused()
    {
        QByteArray bytes = encode(AnswerJoin{.request = {}, .decision = JoinDecision::DenyAndBlock}, 1);
        QVERIFY(decode(bytes));
        bytes.back() = char(quint8(JoinDecision::DenyAndBlock) + 1);
        QVERIFY(!decode(bytes));
    }

    void negativeNumbersKeepTheirSign()
    {
        for (const qint64 offset : {qint64(-1), qint64(0), qint64(1), std::numeric_limits<qint64>::max(),
                                    std::numeric_limits<qint64>::min() + 1}) {
            const auto frame = decode(encode(ReadPage{.path = "a", .offset = offset, .length = 1}, 1));
            QVERIFY(frame);
            QCOMPARE(std::get<ReadPage>(*frame->message).offset, offset);
        }
    }

    void textThatIsNotUtf8IsRefused()
    {
        QByteArray bytes = encode(Hello{.version = 1, .client = QStringLiteral("ab"), .name = {}}, 1);
        const qsizetype at = bytes.indexOf("ab");
        QVERIFY(at > 0);
        bytes[at] = char(0xff);
        QVERIFY(!decode(bytes));
    }
};

QTEST_GUILESS_MAIN(tst_Codec)
#include "tst_codec.moc"
