// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once for everything that sends or receives messages; nobody includes it by name. Builds with sanitizers go
// without, so that a file which forgets an include of its own does not pass.
#pragma once

#include "app/base/result.h"
#include "app/protocol/codec.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QPromise>
#include <QString>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <variant>
#include <vector>
