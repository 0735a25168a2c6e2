// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/planted.h"

#include <QByteArray>

namespace crdttest {

//! Breaks the rule named by DEFECT in the environment, in programs linked with crdt_planted; elsewhere does nothing.
inline void plantDefect()
{
#ifdef ALONGSIDE_PLANTED_DEFECTS
    crdt::plantedDefect = crdt::Defect(qEnvironmentVariableIntValue("DEFECT"));
#endif
}

} // namespace crdttest
