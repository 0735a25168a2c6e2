// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/varint.h"
#include "app/crdt/any.h"
#include "app/crdt/columns.h"
#include "app/crdt/textstore.h"
#include "app/crdt/utf.h"
#include "tests/unit/crdt/crdttools.h"

#include <QTest>

#include <limits>

using namespace crdttest;

class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersPrintAsInJavaScript_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("zero") << 0.0 << QByteArray("0");
        QTest::newRow("negative zero") << -0.0 << QByteArray("0");
        QTest::newRow("integer") << 9007199254740991.0 << QByteArray("9007199254740991");
        QTest::newRow("fraction") << 0.1 << QByteArray("0.1");
        QTest::newRow("small") << 0.000001 << QByteArray("0.000001");
        QTest::newRow("smaller") << 1.5e-7 << QByteArray("1.5e-7");
        QTest::newRow("large") << 123456789012345680000.0 << QByteArray("123456789012345680000");
        QTest::newRow("larger") << 1e21 << QByteArray("1e+21");
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << QByteArray("null");
        QTest::newRow("negative") << -12.5 << QByteArray("-12.5");
    }
    void numbersPrintAsInJavaScript()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(crdt::Any(value).toJson()), text);
    }

    void readsWhatJsonParseReads_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("valid");
        for (const char *good : {"null", " [1, 2.5e3 ,-0] ", R"({"a":{"b":[]},"":true})", R"("\u00e9\ud83d\ude00\n\/")", "1e400"})
            QTest::newRow(good) << QByteArray(good) << true;
        for (const char *bad : {"", "nul", "[1,]", "{\"a\"}", "{a:1}", "01", "1.", "--1", "+1", "\"", "\"\\x\"", "\"\\u12g4\"",
                                "[", "1 2", "'a'", "\"\n\"", "undefined"})
            QTest::newRow(bad) << QByteArray(bad) << false;
    }
    void readsWhatJsonParseReads()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, valid);
        QCOMPARE(crdt::isJson(json.toStdString()), valid);
        QCOMPARE(bool(crdt::Any::fromJson(json.toStdString())), valid);
    }

    void membersKeepTheirOrderExceptIndexes()
    {
        const auto value = crdt::Any::fromJson(R"({"b":1,"2":0,"a":2,"1":0,"b":3})");
        QVERIFY(value);
        QCOMPARE(QByteArray::fromStdString(value->toJson()), QByteArray(R"({"1":0,"2":0,"b":3,"a":2})"));
        QVERIFY(crdt::Any::fromJson(R"({"x":1,"y":[2]})").value() == crdt::Any::fromJson(R"({"y":[2],"x":1})").value());
        QVERIFY(!(crdt::Any::fromJson(R"({"x":1})").value() == crdt::Any::fromJson(R"({"x":2})").value()));
    }

    void nestingIsLimited()
    {
        const std::string deep(100'000, '[');
        QVERIFY(!crdt::isJson(deep));
        QVERIFY(!crdt::Any::fromJson(deep + std::string(100'000, ']')));
        QVERIFY(crdt::isJson(std::string(60, '[') + std::string(60, ']')));
    }

    void nestingOnTheWireIsLimited()
    {
        const auto nested = [](int depth) {
            base::Bytes bytes;
            for (int level = 0; level < depth; ++level)
                bytes.insert(bytes.end(), {117, 1});
            bytes.push_back(126);
            return bytes;
        };
        QVERIFY(crdt::Any::decode(nested(crdt::Any::kMaxDepth)));
        QVERIFY(!crdt::Any::decode(nested(crdt::Any::kMaxDepth + 1)));
    }
    void strictUtf8()
    {
        for (const char *bad : {"80", "c0af", "c1bf", "e080af", "eda080", "f0808080", "f4908080", "f5808080", "e4b8", "c3"})
            QVERIFY2(!crdt::utf16Length(fromHex(bad)), bad);
        QCOMPARE(crdt::utf16Length(fromHex("61c3a9e4b8adf09f9880")).value(), std::size_t(5));
    }

    void numbersOnTheWireStayBelowTwoToThe53()
    {
        for (const char *bad : {"ffffffffffffff1f", "ffffffffffffffffff01", "8080808080808080808001", "80"}) {
            const base::Bytes bytes = fromHex(bad);
            base::VarReader in(bytes);
            in.varUint();
            QVERIFY2(in.failed(), bad);
        }
        const base::Bytes largest = fromHex("ffffffffffffff0f");
        base::VarReader in(largest);
        QCOMPARE(in.varUint(), base::kMaxVarUint);
        QVERIFY(!in.failed());
        in.byte();
        QVERIFY(in.failed());
    }

    void textWidensOnlyWhenNeeded()
    {
        crdt::TextStore store;
        store.append(u"caf\u00e9");
        QVERIFY(store.memory() < 100);
        const std::string utf8 = "\xe4\xb8\xad" "a";
        store.appendUtf8({reinterpret_cast<const std::uint8_t *>(utf8.data()), utf8.size()}, 2, 0);
        std::u16string all;
        store.copyTo(all, 0, store.size());
        QCOMPARE(all, std::u16string(u"caf\u00e9\u4e2da"));
        base::VarWriter out;
        store.write(out, 3, 2);
        QCOMPARE(toHex(out.copy()), QByteArray("05 c3 a9 e4 b8 ad"));
    }

    // Every state of a participant and every format comes through here: whatever is cut, nothing may be thrown.
    void jsonCutAnywhereIsRefused()
    {
        const std::string whole = R"({"a\\":[true,"\u00e9\n",null],"b":-1.5e3})";
        QVERIFY(crdt::isJson(whole));
        for (std::size_t size = 0; size < whole.size(); ++size) {
            QVERIFY(!crdt::isJson(whole.substr(0, size)));
            QVERIFY(!crdt::Any::fromJson(whole.substr(0, size)));
        }
    }

    void runLengthReadersDoNotBelieveEndlessRuns()
    {
        const base::Bytes wild = fromHex("7fffffffffffffffffff");
        crdt::IntDiffOptRleReader in{base::ByteView(wild)};
        for (int step = 0; step < 1000 && !in.failed(); ++step)
            QVERIFY(in.read() <= base::kMaxVarUint);
    }
};

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
