// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keychain/secretstore.h"

#include "app/keychain/memorystore.h"
#include "app/keychain/qtkeychainstore.h"

#include <QLoggingCategory>

namespace keychain {

namespace {

Q_LOGGING_CATEGORY(lcKeychain, "app.keychain", QtInfoMsg)

} // namespace

SecretStore::SecretStore(QObject *parent) : QObject(parent) {}

SecretStore::~SecretStore() = default;

void openSecretStore(QObject *parent, std::function<void(OpenedStore)> handler)
{
    auto *desktop = new QtKeychainStore(parent);
    desktop->probe(desktop, [parent, desktop, handler = std::move(handler)](const base::Result<void> &probed) {
        if (probed) {
            handler({desktop, std::nullopt});
            return;
        }
        qCInfo(lcKeychain) << "no keychain, secrets are kept for this session only:" << probed.error().detail.c_str();
        desktop->deleteLater();
        handler({new MemoryStore(parent), probed.error()});
    });
}

} // namespace keychain
