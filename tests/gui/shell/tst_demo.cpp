// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/shell/windows.h"

#include "app/client/people.h"
#include "ui/editor/codeeditor.h"
#include "ui/shell/demo.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/shell/program.h"
#include "ui/shell/workspaceview.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

constexpr int kPatience = 20'000;

class DemoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threePeopleSeeEachOtherAndNothingIsLeft();
};

void DemoTest::threePeopleSeeEachOtherAndNothingIsLeft()
{
    WindowEnvironment environment;
    QString folder;
    {
        Program program(environment.shared);
        Demo demo(program, 3);
        QSignalSpy complete(&demo, &Demo::complete);
        QVERIFY(demo.start());
        QTRY_COMPARE_WITH_TIMEOUT(complete.size(), 1, kPatience);
        const QList<MainWindow *> windows = program.windows();
        QCOMPARE(windows.size(), 3);
        folder = windows.constFirst()->folder();
        QVERIFY(QFile::exists(folder + u"/src/station.cpp"_s));
        for (MainWindow *window : windows) {
            QTRY_COMPARE_WITH_TIMEOUT(window->workspaceView()->workspace().people().others().size(), 2, kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(window->workspaceView()->documents().current()->isText(), kPatience);
            // Whoever tries it types at once.
            QTRY_COMPARE(window->focusWidget(), &window->workspaceView()->documents().current()->editor());
        }
        CodeEditor &typing = windows[0]->workspaceView()->documents().current()->editor();
        const CodeEditor &watching = windows[1]->workspaceView()->documents().current()->editor();
        QTest::keyClicks(&typing, u"// seen by all"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watching.text().contains(u"// seen by all"_s), kPatience);
    }
    QVERIFY(!QFile::exists(folder));
    QCOMPARE(environment.settings.recentFolders().size(), 0);
}

} // namespace

QTEST_MAIN(DemoTest)
#include "tst_demo.moc"
