// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/post.h"
#include "app/base/random.h"

#include <QString>

namespace files {
class FileOps;
class WatchHub;
}
namespace store {
class LogWriter;
class MetaStore;
class StateDirectory;
}

namespace host {

class Ports;

//! What the host's parts are given instead of reaching for it: time, chance, disk, network. Made by Host, outlives all.
struct Environment
{
    const base::Clock &clock;
    base::RandomSource &random;
    files::FileOps &fileOps;
    store::StateDirectory &state;
    store::MetaStore &meta;
    store::LogWriter &logs;
    base::BackgroundQueue &background;   //!< blocking file work
    Ports &ports;
    QString hostName;
};

} // namespace host
