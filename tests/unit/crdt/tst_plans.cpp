// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seed.h"
#include "tests/unit/crdt/plan.h"
#include "tests/unit/crdt/planted/plant.h"

#include <QTest>

using namespace crdttest;

namespace {

int rounds(int usual) { return qEnvironmentVariableIsSet("ROUNDS") ? qEnvironmentVariableIntValue("ROUNDS") : usual; }

} // namespace

// Random plans over a bad network. ROUNDS=n performs n of each kind, SEED=s starts at s.
class TestPlans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { plantDefect(); }

    void everybodyEndsWithTheSameAndNothingIsLost() { performPlans(support::seed(), rounds(40), {}); }
    void formatsConverge() { performPlans(support::seed(), rounds(20), {.formats = true}); }
    void undoConverges() { performPlans(support::seed(), rounds(20), {.undo = true}); }
    void whoeverWasAwayLosesNothing() { performPlans(support::seed(), rounds(8), {.peers = 3, .steps = 1500, .offline = true}); }
    void twoPeopleAtOnePlace() { performPlans(support::seed(), rounds(40), {.peers = 2, .steps = 60}); }
};

QTEST_GUILESS_MAIN(TestPlans)
#include "tst_plans.moc"
