// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QApplication;

namespace ui {

//! Makes Shift+F10 ask for the context menu of what has the keyboard, as the Menu key does. Many keyboards have no Menu
//! key, and Qt translates Shift+F10 on Windows only. Works as long as it lives.
class ContextMenuKey final : public QObject
{
public:
    explicit ContextMenuKey(QApplication &application);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace ui
