// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/themecontroller.h"

#include "ui/widgets/style.h"
#include "ui/widgets/themestate.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QStyleHints>
#include <QToolTip>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr auto kPortal = "org.freedesktop.portal.Desktop"_L1;
constexpr auto kPortalPath = "/org/freedesktop/portal/desktop"_L1;
constexpr auto kPortalSettings = "org.freedesktop.portal.Settings"_L1;
constexpr auto kAppearance = "org.freedesktop.appearance"_L1;
constexpr auto kGnomeInterface = "org.gnome.desktop.interface"_L1;

// The portal wraps values once or twice, by its version.
QVariant unwrapped(QVariant value)
{
    for (int depth = 0; depth < 3 && value.canConvert<QDBusVariant>(); ++depth)
        value = value.value<QDBusVariant>().variant();
    return value;
}

bool looksDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

// An accent that cannot be read on our surfaces would break every link and default button.
QColor readableAccent(const QPalette &desktop, bool dark)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    const QColor accent = desktop.color(QPalette::Accent);
    const bool isReadable = Theme::contrast(accent, Theme::color(Role::Window, dark)) >= 4.5
        && Theme::contrast(accent, Theme::color(Role::Raised, dark)) >= 4.5
        && Theme::contrast(accent, Theme::color(Role::AccentText, dark)) >= 4.5;
    return isReadable ? accent : QColor();
#else
    Q_UNUSED(desktop)
    Q_UNUSED(dark)
    return {};
#endif
}

} // namespace

ThemeController::ThemeController(QApplication &application)
    : QObject(&application), m_application(application), m_desktop(QApplication::palette()),
      m_desktopIsDark(looksDark(m_desktop))
{
    QApplication::setStyle(new Style);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QStyleHints *hints = QGuiApplication::styleHints();
    if (hints->colorScheme() != Qt::ColorScheme::Unknown)
        m_desktopIsDark = hints->colorScheme() == Qt::ColorScheme::Dark;
    connect(hints, &QStyleHints::colorSchemeChanged, this, [this](Qt::ColorScheme scheme) {
        m_desktopIsDark = scheme == Qt::ColorScheme::Dark;
        apply();
    });
#endif
    apply();
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kPortal, kPortalPath, kPortalSettings, u"SettingChanged"_s, this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    askPortal(kAppearance, u"color-scheme"_s);
    askPortal(kAppearance, u"contrast"_s);
    askPortal(kGnomeInterface, u"enable-animations"_s);
}

ThemeController::~ThemeController() = default;

void ThemeController::setMode(Mode mode)
{
    m_mode = mode;
    apply();
}

void ThemeController::setReducedMotion(bool reduced)
{
    m_userReducesMotion = reduced;
    apply();
}

void ThemeController::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    take(group, key, unwrapped(value.variant()));
}

void ThemeController::askPortal(const QString &group, const QString &key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(kPortal, kPortalPath, kPortalSettings, u"Read"_s);
    call << group << key;
    // Autostarting the portal for a colour would delay headless and minimal desktops by seconds.
    call.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 1000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusMessage reply = done->reply();
        if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty())
            take(group, key, unwrapped(reply.arguments().constFirst()));
    });
}

void ThemeController::take(const QString &group, const QString &key, const QVariant &value)
{
    if (group == kAppearance && key == "color-scheme"_L1) {
        // 0 is "no preference": what the platform's palette says then stands.
        const uint scheme = value.toUInt();
        if (scheme == 1 || scheme == 2)
            m_desktopIsDark = scheme == 1;
    } else if (group == kAppearance && key == "contrast"_L1) {
        m_desktopHighContrast = value.toUInt() == 1;
    } else if (group == kGnomeInterface && key == "enable-animations"_L1) {
        m_desktopReducesMotion = !value.toBool();
    } else {
        return;
    }
    apply();
}

bool ThemeController::wantsDark() const
{
    return m_mode == Mode::Desktop ? m_desktopIsDark : m_mode == Mode::Dark;
}

void ThemeController::apply()
{
    ThemeState &state = themeState();
    state.isHighContrast = m_desktopHighContrast && m_mode == Mode::Desktop;
    state.isDark = state.isHighContrast ? looksDark(m_desktop) : wantsDark();
    state.reducesMotion = m_desktopReducesMotion || m_userReducesMotion;
    state.accent = readableAccent(m_desktop, state.isDark);
    state.desktop = m_desktop;
    const QPalette palette = state.isHighContrast ? m_desktop : Theme::palette(state.isDark);
    m_application.setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT changed();
}

} // namespace ui
