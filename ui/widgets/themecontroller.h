// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QObject>

class QDBusVariant;

namespace ui {

//! Puts the colours, the style and the fonts on the application and keeps them in step with the desktop.
//!
//! The desktop's scheme comes from Qt (6.5 and up), else from the desktop portal's settings, else from the lightness of
//! the palette that the platform gave at start. Widgets learn of a change by QEvent::PaletteChange.
class ThemeController : public QObject
{
    Q_OBJECT

public:
    enum class Mode { Desktop, Light, Dark };
    Q_ENUM(Mode)

    //! Installs style and palette. Make one, before the first widget.
    explicit ThemeController(QApplication &application);
    ~ThemeController() override;

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    //! The user's own wish, on top of the desktop's.
    void setReducedMotion(bool reduced);

Q_SIGNALS:
    //! Everything painted with Theme has to be painted anew; sent after the palette has changed.
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void apply();
    bool wantsDark() const;
    void askPortal(const QString &group, const QString &key);
    void take(const QString &group, const QString &key, const QVariant &value);

    QApplication &m_application;
    QPalette m_desktop;
    Mode m_mode = Mode::Desktop;
    bool m_desktopIsDark = false;
    bool m_desktopReducesMotion = false;
    bool m_userReducesMotion = false;
    bool m_desktopHighContrast = false;
};

} // namespace ui
