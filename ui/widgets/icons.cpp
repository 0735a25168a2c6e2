// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QLoggingCategory>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

// Resources in a static library are dropped by the linker unless somebody asks for them, outside any namespace.
static void requireIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace ui {

namespace {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(iconLog, "ui.widgets.icons", QtInfoMsg)

// Strokes are made for 16 and 20 pixels; three times as large they would be three times as heavy.
QByteArray drawing(const QString &name, int size)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray content = file.readAll();
    if (size >= 32)
        content.replace("stroke-width=\"1.5\"", "stroke-width=\"0.75\"");
    return content;
}

QPixmap drawn(const QString &name, const QSize &size, const QColor &color, double ratio)
{
    requireIconResources();
    const QString key = u"alongside/%1/%2x%3@%4/%5"_s.arg(name).arg(size.width()).arg(size.height()).arg(ratio).arg(color.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(drawing(name, size.width()));
    if (!renderer.isValid())
        qCWarning(iconLog) << "no such icon" << name;
    QPainter painter(&image);
    renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(image.size())));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    image.setDevicePixelRatio(ratio);
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class ThemedIcon final : public QIconEngine
{
public:
    ThemedIcon(const QString &name, Role role) : m_name(name), m_role(role) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->drawPixmap(rect, drawn(m_name, rect.size(), color(mode), painter->device()->devicePixelRatioF()));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override { return drawn(m_name, size, color(mode), 1); }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // Qt passes the size in device pixels here and expects that many back.
        QPixmap pixmap = drawn(m_name, size / scale, color(mode), scale);
        return pixmap;
    }

    QIconEngine *clone() const override { return new ThemedIcon(*this); }
    QString key() const override { return u"alongside-themed"_s; }
    bool isNull() override { return false; }

private:
    QColor color(QIcon::Mode mode) const
    {
        return Theme::color(mode == QIcon::Disabled ? Role::DisabledText : m_role);
    }

    QString m_name;
    Role m_role;
};

} // namespace

QIcon Icons::icon(const QString &name, Role role)
{
    return QIcon(new ThemedIcon(name, role));
}

QPixmap Icons::pixmap(const QString &name, int size, const QColor &color, double devicePixelRatio)
{
    return drawn(name, {size, size}, color, devicePixelRatio);
}

void Icons::paint(QPainter &painter, const QRect &rect, const QString &name, const QColor &color)
{
    painter.drawPixmap(rect, drawn(name, rect.size(), color, painter.device()->devicePixelRatioF()));
}

QIcon Icons::program()
{
    requireIconResources();
    return QIcon(u":/icons/alongside.svg"_s);
}

} // namespace ui
