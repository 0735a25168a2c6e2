// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

//! What a program can see wrong with a screen: clipped words, targets below 24 × 24, controls without a name for the
//! screen reader or without a name for tests. One line per finding.
QStringList flaws(const QWidget &screen);
