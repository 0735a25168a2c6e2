// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace ui {

//! Has a screen reader say \a text now, without moving the focus. \a widget is what the text is about.
void announce(QWidget *widget, const QString &text);

} // namespace ui
