// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

//! One picture of the gallery: a screen in one of its states.
struct Scene
{
    QString name;
    QSize size;                                        //!< empty: what the screen asks for
    std::function<std::unique_ptr<QWidget>()> make;
    //! Whether the picture may be taken; asked until it says yes. Empty: at once.
    std::function<bool(QWidget &)> isReady;
};

using Scenes = std::vector<Scene>;

Scenes widgetScenes();
Scenes peopleScenes();
Scenes windowScenes();
