// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/editorpainter.h"
#include "ui/signin/recent.h"
#include "ui/widgets/themecontroller.h"

#include <QByteArray>
#include <QList>
#include <QSettings>

namespace ui {

//! What is remembered between starts, in one text file that people may edit. Never a link, a secret or a text.
class Settings
{
public:
    //! \a folder holds settings.ini; it is made when needed.
    explicit Settings(const QString &folder);

    //! How the user is shown to others; the account's full name until they choose another.
    QString name() const;
    void setName(const QString &name);
    ThemeController::Mode theme() const;
    void setTheme(ThemeController::Mode mode);
    int zoomPercent() const;
    void setZoomPercent(int percent);
    bool wrapsLines() const;
    void setWrapsLines(bool wraps);
    Whitespace whitespace() const;
    void setWhitespace(Whitespace whitespace);

    //! Newest first; whether they are still there is looked up now.
    QList<RecentFolder> recentFolders() const;
    void addRecentFolder(const QString &path, const QDateTime &now);
    void forgetFolder(const QString &path);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    int filesWidth() const;
    void setFilesWidth(int width);

private:
    mutable QSettings m_file;
};

} // namespace ui
