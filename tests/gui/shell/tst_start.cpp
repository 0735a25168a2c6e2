// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/recentrow.h"
#include "ui/signin/startpage.h"
#include "ui/widgets/contextmenukey.h"

#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QToolButton>

namespace {

using namespace Qt::StringLiterals;

class StartTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tabGoesFromARowToItsButton();
    void theButtonLeavesWithTheFocus();
    void shiftF10OpensTheMenuBelowTheName();
    void shiftF10AsksWhereverTheFocusIs();

private:
    QMenu *menu() const
    {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        return menu != nullptr && menu->objectName() == u"recentMenu"_s ? menu : nullptr;
    }

    std::unique_ptr<ui::StartPage> m_page;
    ui::RecentRow *m_row = nullptr;
    QToolButton *m_more = nullptr;
};

void StartTest::init()
{
    m_page = std::make_unique<ui::StartPage>();
    m_page->resize(900, 600);
    const QDateTime now(QDate(2026, 11, 21), QTime(16, 30));
    m_page->setRecent({{.path = u"/tmp/one"_s, .opened = now}, {.path = u"/tmp/two"_s, .opened = now}}, now);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_row = m_page->findChild<ui::RecentRow *>();
    m_more = m_row->findChild<QToolButton *>(u"recentMore"_s);
    QVERIFY(m_more != nullptr);
    m_row->setFocus();
}

void StartTest::cleanup()
{
    m_page.reset();
}

void StartTest::tabGoesFromARowToItsButton()
{
    QVERIFY(m_more->isVisible());
    QTest::keyClick(m_row, Qt::Key_Tab);
    QCoreApplication::processEvents();
    QVERIFY(m_more->hasFocus());
    QTest::keyClick(m_more, Qt::Key_Space);
    QVERIFY(menu() != nullptr);
    menu()->close();
    QVERIFY(m_more->hasFocus());
}

void StartTest::theButtonLeavesWithTheFocus()
{
    QTest::keyClick(m_row, Qt::Key_Tab);
    QCoreApplication::processEvents();
    QTest::keyClick(m_more, Qt::Key_Tab);
    QVERIFY(!m_more->hasFocus());
    QTRY_VERIFY(!m_more->isVisible());
}

void StartTest::shiftF10OpensTheMenuBelowTheName()
{
    const ui::ContextMenuKey key(*qApp);
    QTest::keyClick(m_row, Qt::Key_F10, Qt::ShiftModifier);
    QVERIFY(menu() != nullptr);
    const QPoint corner = m_row->mapFromGlobal(menu()->pos());
    QVERIFY2(corner.x() < m_row->width() / 4 && corner.y() >= m_row->height() - 4, qPrintable(QDebug::toString(corner)));
    menu()->close();
}

void StartTest::shiftF10AsksWhereverTheFocusIs()
{
    const ui::ContextMenuKey key(*qApp);
    auto *field = m_page->findChild<QLineEdit *>(u"joinLink"_s);
    field->setFocus();
    QTest::keyClick(field, Qt::Key_F10, Qt::ShiftModifier);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    // In an open menu the key asks for nothing more.
    QTest::keyClick(menu, Qt::Key_F10, Qt::ShiftModifier);
    QCOMPARE(QApplication::activePopupWidget(), menu);
    menu->close();
}

} // namespace

QTEST_MAIN(StartTest)
#include "tst_start.moc"
