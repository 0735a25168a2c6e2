// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seed.h"
#include "tests/unit/crdt/hostedplan.h"
#include "tests/unit/crdt/planted/plant.h"

#include <QTest>

using namespace crdttest;

namespace {

int rounds(int usual) { return qEnvironmentVariableIsSet("ROUNDS") ? qEnvironmentVariableIntValue("ROUNDS") : usual; }

} // namespace

// Five people and their host, 400 edits each. ROUNDS=n performs n plans, SEED=s starts at s.
class TestHostedPlans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { plantDefect(); }

    void everybodyEndsWithTheSameAndNothingIsLost()
    {
        performHostedPlans(support::seed(), rounds(10), {.peers = 5, .steps = 2000, .undo = true, .formats = true});
    }
};

QTEST_GUILESS_MAIN(TestHostedPlans)
#include "tst_hostedplans.moc"
