// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/settings.h"

#include "app/protocol/limits.h"

#include <QDir>
#include <QFileInfo>

#include <pwd.h>
#include <unistd.h>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostFolders = 20;
constexpr int kDefaultFilesWidth = 240;

QString accountName()
{
    const passwd *account = getpwuid(geteuid());
    if (account == nullptr)
        return {};
    // The first of the comma-separated fields is the person's name.
    const QString full = QString::fromLocal8Bit(account->pw_gecos).section(u',', 0, 0).simplified();
    return full.isEmpty() ? QString::fromLocal8Bit(account->pw_name) : full;
}

} // namespace

Settings::Settings(const QString &folder) : m_file(QDir(folder).filePath(u"settings.ini"_s), QSettings::IniFormat)
{
}

QString Settings::name() const
{
    const QString chosen = m_file.value("name"_L1).toString().simplified().left(protocol::kMaxNameUnits);
    return chosen.isEmpty() ? accountName().left(protocol::kMaxNameUnits) : chosen;
}

void Settings::setName(const QString &name)
{
    m_file.setValue("name"_L1, name.simplified());
}

ThemeController::Mode Settings::theme() const
{
    const QString text = m_file.value("theme"_L1).toString();
    if (text == "light"_L1)
        return ThemeController::Mode::Light;
    return text == "dark"_L1 ? ThemeController::Mode::Dark : ThemeController::Mode::Desktop;
}

void Settings::setTheme(ThemeController::Mode mode)
{
    m_file.setValue("theme"_L1, mode == ThemeController::Mode::Light ? u"light"_s : mode == ThemeController::Mode::Dark ? u"dark"_s : u"desktop"_s);
}

int Settings::zoomPercent() const
{
    return qBound(50, m_file.value("editor/zoom"_L1, 100).toInt(), 400);
}

void Settings::setZoomPercent(int percent)
{
    m_file.setValue("editor/zoom"_L1, percent);
}

bool Settings::wrapsLines() const
{
    return m_file.value("editor/wrap"_L1, false).toBool();
}

void Settings::setWrapsLines(bool wraps)
{
    m_file.setValue("editor/wrap"_L1, wraps);
}

Whitespace Settings::whitespace() const
{
    const QString text = m_file.value("editor/whitespace"_L1).toString();
    if (text == "all"_L1)
        return Whitespace::All;
    return text == "none"_L1 ? Whitespace::Hidden : Whitespace::Selected;
}

void Settings::setWhitespace(Whitespace whitespace)
{
    m_file.setValue("editor/whitespace"_L1, whitespace == Whitespace::All ? u"all"_s : whitespace == Whitespace::Hidden ? u"none"_s : u"selection"_s);
}

QList<RecentFolder> Settings::recentFolders() const
{
    QList<RecentFolder> folders;
    const int count = m_file.beginReadArray("recent"_L1);
    for (int i = 0; i < qMin<int>(count, kMostFolders); ++i) {
        m_file.setArrayIndex(i);
        RecentFolder folder{.path = m_file.value("path"_L1).toString(), .opened = m_file.value("opened"_L1).toDateTime()};
        folder.isMissing = !QFileInfo(folder.path).isDir();
        if (QDir::isAbsolutePath(folder.path))
            folders += folder;
    }
    m_file.endArray();
    return folders;
}

void Settings::addRecentFolder(const QString &path, const QDateTime &now)
{
    forgetFolder(path);
    QList<RecentFolder> folders = recentFolders();
    folders.prepend({.path = path, .opened = now});
    m_file.remove("recent"_L1);
    m_file.beginWriteArray("recent"_L1);
    for (int i = 0; i < qMin(folders.size(), kMostFolders); ++i) {
        m_file.setArrayIndex(i);
        m_file.setValue("path"_L1, folders.at(i).path);
        m_file.setValue("opened"_L1, folders.at(i).opened);
    }
    m_file.endArray();
}

void Settings::forgetFolder(const QString &path)
{
    QList<RecentFolder> folders = recentFolders();
    folders.removeIf([&path](const RecentFolder &folder) { return folder.path == path; });
    m_file.remove("recent"_L1);
    m_file.beginWriteArray("recent"_L1);
    for (int i = 0; i < folders.size(); ++i) {
        m_file.setArrayIndex(i);
        m_file.setValue("path"_L1, folders.at(i).path);
        m_file.setValue("opened"_L1, folders.at(i).opened);
    }
    m_file.endArray();
}

QByteArray Settings::windowGeometry() const
{
    return m_file.value("window/geometry"_L1).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray &geometry)
{
    m_file.setValue("window/geometry"_L1, geometry);
}

int Settings::filesWidth() const
{
    return qBound(120, m_file.value("window/filesWidth"_L1, kDefaultFilesWidth).toInt(), 800);
}

void Settings::setFilesWidth(int width)
{
    m_file.setValue("window/filesWidth"_L1, width);
}

} // namespace ui
