// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace ui {

//! A text to be kept on this computer after its session.
struct CopiedText
{
    QByteArray path;     //!< in the workspace; from a host, so not to be trusted
    QString text;
};

//! Writes \a texts below \a folder as UTF-8, each under its path, replacing nothing: a number is added to a name that is
//! taken. Paths that could lead out of the folder are refused. \returns how many were written
//! Errors: OutsideRoot, and what the disk says.
base::Result<int> saveCopies(const QString &folder, const QList<CopiedText> &texts);

} // namespace ui
