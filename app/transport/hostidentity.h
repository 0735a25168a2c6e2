// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QSslConfiguration>
#include <QString>
#include <QStringList>

namespace transport {

//! A host's private key and certificate.
class HostIdentity
{
public:
    //! The one kept in \a stateDirectory (host-identity.pem, mode 0600), made on first use: EC P-256, self-signed, ten years.
    //!
    //! Never replaces an existing file: a new key would make every link given out worthless.
    //! Errors: PermissionDenied (others can read the file, or it is not ours), Malformed, as fromErrno().
    static base::Result<HostIdentity> loadOrCreate(const QString &stateDirectory, base::RandomSource &random, base::WallTime now);
    //! A certificate (with its chain) and key that somebody else made, both PEM, key unencrypted EC or RSA.
    //!
    //! Errors: NotFound, PermissionDenied (everybody can read the key), Malformed, InvalidArgument (they do not belong together).
    static base::Result<HostIdentity> load(const QString &certificateFile, const QString &keyFile);

    //! SHA-256 of the public key (SubjectPublicKeyInfo, DER): what links carry.
    const QByteArray &pin() const { return m_pin; }
    //! For the server side of a QSslSocket: TLS 1.2 or later, forward secrecy and authenticated encryption only.
    const QSslConfiguration &sslConfiguration() const { return m_configuration; }
    //! The certificate's DNS names, in lower case.
    const QStringList &dnsNames() const { return m_dnsNames; }

private:
    static base::Result<HostIdentity> fromPem(const QByteArray &certificates, const QByteArray &key);

    QByteArray m_pin;
    QSslConfiguration m_configuration;
    QStringList m_dnsNames;
};

//! TLS 1.2 or later with strong suites, for either side.
QSslConfiguration strictTls();

} // namespace transport
