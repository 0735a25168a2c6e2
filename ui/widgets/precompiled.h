// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once for everything that draws; see app/protocol/precompiled.h.
#pragma once

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QHash>
#include <QLabel>
#include <QList>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <vector>
