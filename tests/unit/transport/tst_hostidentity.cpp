// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/hostidentity.h"
#include "app/transport/limits.h"
#include "tests/support/transport/testtools.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <sys/stat.h>
#include <unistd.h>

using namespace transport;

class TestHostIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void firstStartMakesAKeyForTenYears();
    void secondStartFindsTheSameKey();
    void pinIsTheHashOfThePublicKey();
    void fileIsPrivateUnderAnyUmask();
    void keyThatOthersCanReadIsRefused();
    void damagedFileIsRefusedAndKept();
    void linksAndPipesAreNotFollowed();
    void missingFolderIsAnError();
    void configuredPairIsLoaded();
    void configuredPairMustBelongTogether();
    void hugeFilesAreRefused();
    void onlyStrongSuitesAreOffered();

private:
    base::Result<HostIdentity> make() { return HostIdentity::loadOrCreate(m_folder->path(), m_random, m_clock.wallTime()); }
    QString file(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QString identityFile() const { return file("host-identity.pem"); }
    static QByteArray content(const QString &path);
    static void write(const QString &path, const QByteArray &bytes, mode_t mode = 0600);

    std::unique_ptr<QTemporaryDir> m_folder;
    transporttest::HandClock m_clock;
    base::SystemRandom m_random;
};

QByteArray TestHostIdentity::content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestHostIdentity::write(const QString &path, const QByteArray &bytes, mode_t mode)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

void TestHostIdentity::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestHostIdentity::firstStartMakesAKeyForTenYears()
{
    const auto identity = make();
    QVERIFY(identity.has_value());
    const QSslCertificate certificate = identity->sslConfiguration().localCertificate();
    QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName), QStringList(QStringLiteral("Alongside host")));
    QVERIFY(certificate.isSelfSigned());
    QCOMPARE(identity->dnsNames(), QStringList(QStringLiteral("localhost")));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_clock.wallTime().time_since_epoch().count(), QTimeZone::utc());
    QVERIFY(certificate.effectiveDate() <= now.addSecs(-3600));
    QCOMPARE(now.daysTo(certificate.expiryDate().toUTC()), 3650);
    QCOMPARE(identity->sslConfiguration().privateKey().algorithm(), QSsl::Ec);
    QCOMPARE(identity->sslConfiguration().privateKey().length(), 256);
}

void TestHostIdentity::secondStartFindsTheSameKey()
{
    const auto first = make();
    const QByteArray bytes = content(identityFile());
    m_clock.advance(std::chrono::hours(24 * 365));
    const auto second = make();
    QVERIFY(first.has_value() && second.has_value());
    QCOMPARE(second->pin(), first->pin());
    QCOMPARE(content(identityFile()), bytes);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList(QStringLiteral("host-identity.pem")));
    init();
    const auto other = make();
    QVERIFY(other->pin() != first->pin());
}

void TestHostIdentity::pinIsTheHashOfThePublicKey()
{
    const auto identity = make();
    const QByteArray pem = content(identityFile());
    BIO *bio = BIO_new_mem_buf(pem.constData(), int(pem.size()));
    X509 *certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(X509_get0_pubkey(certificate), &der);
    QVERIFY(size > 0);
    QCOMPARE(identity->pin(), QCryptographicHash::hash(QByteArray(reinterpret_cast<char *>(der), size), QCryptographicHash::Sha256));
    QCOMPARE(identity->pin().size(), kPinBytes);
    OPENSSL_free(der);
    X509_free(certificate);
    BIO_free(bio);
}

void TestHostIdentity::fileIsPrivateUnderAnyUmask()
{
    for (const mode_t mask : {mode_t(0000), mode_t(0777)}) {
        init();
        const mode_t before = ::umask(mask);
        const auto identity = make();
        ::umask(before);
        QVERIFY(identity.has_value());
        struct stat info{};
        QCOMPARE(::stat(QFile::encodeName(identityFile()).constData(), &info), 0);
        QCOMPARE(info.st_mode & 07777, mode_t(0600));
    }
}

void TestHostIdentity::keyThatOthersCanReadIsRefused()
{
    QVERIFY(make().has_value());
    for (const mode_t mode : {mode_t(0640), mode_t(0604), mode_t(0660)}) {
        QCOMPARE(::chmod(QFile::encodeName(identityFile()).constData(), mode), 0);
        const auto identity = make();
        QVERIFY(!identity.has_value());
        QCOMPARE(identity.error().code, base::ErrorCode::PermissionDenied);
    }
}

void TestHostIdentity::damagedFileIsRefusedAndKept()
{
    QVERIFY(make().has_value());
    const QByteArray whole = content(identityFile());
    for (const QByteArray &bytes : {QByteArray(), QByteArray("junk"), whole.first(whole.size() / 2), whole.sliced(whole.size() / 2)}) {
        write(identityFile(), bytes);
        const auto identity = make();
        QVERIFY(!identity.has_value());
        QCOMPARE(identity.error().code, base::ErrorCode::Malformed);
        QCOMPARE(content(identityFile()), bytes);
    }
}

void TestHostIdentity::linksAndPipesAreNotFollowed()
{
    QVERIFY(make().has_value());
    QVERIFY(QFile::rename(identityFile(), file("elsewhere.pem")));
    QVERIFY(QFile::link(file("elsewhere.pem"), identityFile()));
    QVERIFY(!make().has_value());
    QVERIFY(QFile::remove(identityFile()));
    QCOMPARE(::mkfifo(QFile::encodeName(identityFile()).constData(), 0600), 0);
    const auto identity = make(); // returns at all: a pipe without a writer would block a plain open
    QVERIFY(!identity.has_value());
    QCOMPARE(identity.error().code, base::ErrorCode::NotAFile);
}

void TestHostIdentity::missingFolderIsAnError()
{
    const auto identity = HostIdentity::loadOrCreate(file("missing"), m_random, m_clock.wallTime());
    QVERIFY(!identity.has_value());
    QCOMPARE(identity.error().code, base::ErrorCode::NotFound);
}

void TestHostIdentity::configuredPairIsLoaded()
{
    const auto own = make();
    const QByteArray pem = content(identityFile());
    const qsizetype keyStart = pem.indexOf("-----BEGIN EC PRIVATE KEY");
    QVERIFY(keyStart > 0);
    write(file("certificate.pem"), pem.first(keyStart), 0644);
    write(file("key.pem"), pem.sliced(keyStart), 0640);
    const auto loaded = HostIdentity::load(file("certificate.pem"), file("key.pem"));
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->pin(), own->pin());
    QCOMPARE(::chmod(QFile::encodeName(file("key.pem")).constData(), 0644), 0);
    QCOMPARE(HostIdentity::load(file("certificate.pem"), file("key.pem")).error().code, base::ErrorCode::PermissionDenied);
    QCOMPARE(HostIdentity::load(file("none.pem"), file("key.pem")).error().code, base::ErrorCode::NotFound);
    QCOMPARE(HostIdentity::load(file("key.pem"), identityFile()).error().code, base::ErrorCode::Malformed);
}

void TestHostIdentity::configuredPairMustBelongTogether()
{
    QVERIFY(make().has_value());
    QVERIFY(QFile::rename(identityFile(), file("first.pem")));
    QVERIFY(make().has_value());
    const auto mixed = HostIdentity::load(file("first.pem"), identityFile());
    QVERIFY(!mixed.has_value());
    QCOMPARE(mixed.error().code, base::ErrorCode::InvalidArgument);
}

void TestHostIdentity::hugeFilesAreRefused()
{
    write(identityFile(), QByteArray(kMaxIdentityBytes + 1, 'x'));
    QCOMPARE(make().error().code, base::ErrorCode::TooLarge);
}

void TestHostIdentity::onlyStrongSuitesAreOffered()
{
    const QSslConfiguration tls = strictTls();
    QCOMPARE(tls.protocol(), QSsl::TlsV1_2OrLater);
    QVERIFY(!tls.ciphers().isEmpty());
    bool hasTls13 = false;
    for (const QSslCipher &cipher : tls.ciphers()) {
        QVERIFY2(cipher.name().contains(QLatin1String("GCM")) || cipher.name().contains(QLatin1String("CHACHA20")), qPrintable(cipher.name()));
        QVERIFY2(!cipher.name().startsWith(QLatin1String("AES")) && !cipher.name().contains(QLatin1String("PSK")), qPrintable(cipher.name()));
        hasTls13 = hasTls13 || cipher.name().startsWith(QLatin1String("TLS_"));
    }
    QVERIFY(hasTls13);
}

QTEST_GUILESS_MAIN(TestHostIdentity)
#include "tst_hostidentity.moc"
