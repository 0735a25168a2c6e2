// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/ports.h"

#include <QNetworkInterface>

#include <algorithm>

namespace host {

namespace {

QString linkForm(QHostAddress address)
{
    // A scope id means nothing on another machine and cannot stand in a link.
    address.setScopeId({});
    return address.toString();
}

QList<QHostAddress> parseAddresses(const QStringList &texts)
{
    QList<QHostAddress> parsed;
    for (const QString &text : texts) {
        const QHostAddress address(text);
        if (address.isNull())
            return {};
        parsed.append(address);
    }
    return parsed;
}

} // namespace

Ports::Ports(const transport::HostIdentity &identity, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_identity(identity), m_listener(identity, m_page, {}, clock)
{
    connect(&m_listener, &transport::TlsListener::accepted, this, &Ports::accepted);
}

Ports::~Ports() = default;

base::Result<quint16> Ports::portOn(const QHostAddress &address, quint16 wanted)
{
    for (const auto &open : m_listener.addresses()) {
        if (open.address == address && (wanted == 0 || open.port == wanted))
            return open.port;
    }
    if (wanted == 0) {
        // The same port on every address keeps links alike; any other will do where it is taken.
        const auto open = m_listener.addresses();
        if (!open.isEmpty()) {
            if (const auto same = m_listener.listen(address, open.first().port))
                return same;
        }
    }
    return m_listener.listen(address, wanted);
}

base::Result<QList<protocol::ShareEndpoint>> Ports::open(const QStringList &addresses, quint16 port, const void *user)
{
    QList<QHostAddress> wanted = parseAddresses(addresses);
    if (wanted.size() != addresses.size())
        return base::Unexpected(base::ErrorCode::InvalidArgument, "not an IP address");
    if (wanted.isEmpty())
        wanted.append(QHostAddress(QHostAddress::LocalHost));
    QList<protocol::ShareEndpoint> endpoints;
    for (const QHostAddress &address : std::as_const(wanted)) {
        const auto opened = portOn(address, port);
        if (!opened) {
            close(user);
            return opened.unexpected();
        }
        m_users[user].append(address);
        const bool isAny = address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4)
            || address == QHostAddress(QHostAddress::AnyIPv6);
        if (isAny) {
            // Nobody can dial 0.0.0.0: offer what it stands for.
            for (protocol::ShareEndpoint endpoint : machineAddresses()) {
                endpoint.port = *opened;
                endpoints.append(endpoint);
            }
            continue;
        }
        protocol::ShareEndpoint endpoint;
        endpoint.address = linkForm(address);
        endpoint.port = *opened;
        endpoint.isLoopback = address.isLoopback();
        for (const auto &known : machineAddresses()) {
            if (known.address == endpoint.address)
                endpoint.label = known.label;
        }
        endpoints.append(endpoint);
    }
    endpoints.resize(std::min(endpoints.size(), protocol::kMaxAddresses));
    return endpoints;
}

void Ports::close(const void *user)
{
    const QList<QHostAddress> released = m_users.take(user);
    for (const QHostAddress &address : released) {
        const bool isStillUsed = std::ranges::any_of(m_users, [&](const auto &others) { return others.contains(address); });
        if (!isStillUsed)
            m_listener.stopListening(address);
    }
}

QList<protocol::ShareEndpoint> Ports::machineAddresses() const
{
    QList<protocol::ShareEndpoint> found;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &interface : interfaces) {
        if (!interface.flags().testFlag(QNetworkInterface::IsUp))
            continue;
        const auto entries = interface.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            const QHostAddress address = entry.ip();
            if (address.isLinkLocal())
                continue;
            protocol::ShareEndpoint endpoint;
            endpoint.address = linkForm(address);
            endpoint.isLoopback = address.isLoopback();
            if (!endpoint.isLoopback)
                endpoint.label = interface.humanReadableName().left(protocol::kMaxNameUnits);
            found.append(endpoint);
        }
    }
    std::ranges::stable_sort(found, [](const auto &a, const auto &b) { return a.isLoopback && !b.isLoopback; });
    found.resize(std::min(found.size(), protocol::kMaxAddresses));
    return found;
}

} // namespace host
