// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/hostidentity.h"

#include "app/transport/limits.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslKey>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <type_traits>

namespace transport {

namespace {

constexpr char kIdentityFile[] = "host-identity.pem";
constexpr auto kCertificateLife = std::chrono::days(3650);
// A guest's clock may run behind the host's.
constexpr auto kClockSkew = std::chrono::days(1);

template <auto Free>
struct FreeBy
{
    template <typename T>
    void operator()(T *pointer) const { Free(pointer); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeBy<&EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, FreeBy<&X509_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, FreeBy<&X509_EXTENSION_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, FreeBy<&BN_free>>;
using BioPtr = std::unique_ptr<BIO, FreeBy<&BIO_free_all>>;

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }
    void reset()
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = -1;
    }

private:
    int m_fd;
};

base::Unexpected osError(const char *what)
{
    return base::Unexpected(base::fromErrno(errno, what));
}

base::Unexpected libraryError(const char *what)
{
    return base::Unexpected(base::ErrorCode::Internal, std::string(what) + " failed in the TLS library");
}

bool addExtension(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509 *certificate, base::RandomSource &random)
{
    std::array<std::uint8_t, 16> serial{};
    random.fill(serial);
    serial[0] = std::uint8_t((serial[0] & 0x7f) | 0x40); // positive and never short
    const NumberPtr number(BN_bin2bn(serial.data(), int(serial.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

CertificatePtr makeCertificate(EVP_PKEY *key, base::RandomSource &random, base::WallTime now)
{
    CertificatePtr certificate(X509_new());
    const auto begin = std::chrono::floor<std::chrono::seconds>(now) - kClockSkew;
    const auto end = begin + kCertificateLife + kClockSkew;
    const auto seconds = [](auto time) { return time_t(time.time_since_epoch().count()); };
    static constexpr unsigned char commonName[] = "Alongside host";
    X509_NAME *name = certificate ? X509_get_subject_name(certificate.get()) : nullptr;
    const bool isMade = name && X509_set_version(certificate.get(), X509_VERSION_3) == 1 && setSerial(certificate.get(), random)
        && ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds(begin))
        && ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds(end))
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, commonName, -1, -1, 0) == 1
        && X509_set_issuer_name(certificate.get(), name) == 1 && X509_set_pubkey(certificate.get(), key) == 1
        && addExtension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(certificate.get(), NID_ext_key_usage, "serverAuth")
        && addExtension(certificate.get(), NID_subject_alt_name, "DNS:localhost")
        && X509_sign(certificate.get(), key, EVP_sha256()) > 0;
    return isMade ? std::move(certificate) : nullptr;
}

QByteArray contentOf(BIO *bio)
{
    const char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return size > 0 ? QByteArray(bytes, size) : QByteArray();
}

base::Result<QByteArray> makeIdentityPem(base::RandomSource &random, base::WallTime now)
{
    const KeyPtr key(EVP_EC_gen("P-256"));
    if (!key)
        return libraryError("making a key");
    const CertificatePtr certificate = makeCertificate(key.get(), random, now);
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!certificate || !bio || PEM_write_bio_X509(bio.get(), certificate.get()) != 1
        || PEM_write_bio_PrivateKey_traditional(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return libraryError("making a certificate");
    return contentOf(bio.get());
}

struct ReadRules
{
    mode_t forbiddenMode = 0;
    bool mustBeOurs = false;
};

base::Result<QByteArray> readPem(int directory, const QByteArray &path, const ReadRules &rules, int extraFlags = 0)
{
    const Descriptor file(::openat(directory, path.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | extraFlags));
    if (!file)
        return osError("opening a certificate or key");
    struct stat info{};
    if (::fstat(file.get(), &info) != 0)
        return osError("looking at a certificate or key");
    if (!S_ISREG(info.st_mode))
        return base::Unexpected(base::ErrorCode::NotAFile, "the certificate or key is not a regular file");
    if ((info.st_mode & rules.forbiddenMode) != 0)
        return base::Unexpected(base::ErrorCode::PermissionDenied, "other users can read the host's private key; take their access away");
    if (rules.mustBeOurs && info.st_uid != ::geteuid())
        return base::Unexpected(base::ErrorCode::PermissionDenied, "the host's private key belongs to another user");
    QByteArray bytes(kMaxIdentityBytes + 1, Qt::Uninitialized);
    qsizetype filled = 0;
    while (filled < bytes.size()) {
        const ssize_t count = ::read(file.get(), bytes.data() + filled, size_t(bytes.size() - filled));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return osError("reading a certificate or key");
        if (count == 0)
            break;
        filled += count;
    }
    if (filled > kMaxIdentityBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "the certificate or key file is too large");
    bytes.truncate(filled);
    return bytes;
}

bool writeAll(int file, const QByteArray &bytes)
{
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t count = ::write(file, bytes.constData() + written, size_t(bytes.size() - written));
        if (count < 0 && errno != EINTR)
            return false;
        written += count > 0 ? count : 0;
    }
    return true;
}

//! Puts \a bytes in place under the final name, all or nothing, on disk before it returns. AlreadyExists if the name is taken.
base::Result<void> installPem(int directory, const QByteArray &bytes, base::RandomSource &random)
{
    const QByteArray temporary = QByteArray(kIdentityFile) + '.' + QByteArray::number(random.next64(), 36);
    const Descriptor file(::openat(directory, temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file)
        return osError("creating the host's key file");
    // fchmod: the umask may have taken the owner's own rights away.
    const bool isWritten = ::fchmod(file.get(), 0600) == 0 && writeAll(file.get(), bytes) && ::fsync(file.get()) == 0;
    // A link and not a rename: two hosts that start at once must end with one key.
    const bool isPlaced = isWritten && ::linkat(directory, temporary.constData(), directory, kIdentityFile, 0) == 0;
    const int cause = errno;
    ::unlinkat(directory, temporary.constData(), 0);
    if (!isPlaced)
        return base::Unexpected(base::fromErrno(cause, "writing the host's key file"));
    if (::fsync(directory) != 0)
        return osError("syncing the state folder");
    return {};
}

QSslKey readKey(const QByteArray &pem)
{
    for (const auto algorithm : {QSsl::Ec, QSsl::Rsa}) {
        const QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    return {};
}

bool belongTogether(const QByteArray &certificatePem, const QByteArray &keyPem)
{
    const auto bio = [](const QByteArray &bytes) { return BioPtr(BIO_new_mem_buf(bytes.constData(), int(bytes.size()))); };
    const BioPtr certificateBio = bio(certificatePem);
    const BioPtr keyBio = bio(keyPem);
    // The default callback would ask for a passphrase at the terminal.
    const auto noPassphrase = [](char *, int, int, void *) { return -1; };
    const CertificatePtr certificate(PEM_read_bio_X509(certificateBio.get(), nullptr, noPassphrase, nullptr));
    const KeyPtr key(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, noPassphrase, nullptr));
    return certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
}

} // namespace

QSslConfiguration strictTls()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    QList<QSslCipher> strong;
    for (const QSslCipher &cipher : QSslConfiguration::supportedCiphers()) {
        const QString name = cipher.name();
        const bool isForwardSecret = name.startsWith(QLatin1String("TLS_")) || name.startsWith(QLatin1String("ECDHE-"));
        const bool isAuthenticated = name.contains(QLatin1String("GCM")) || name.contains(QLatin1String("CHACHA20"));
        if (isForwardSecret && isAuthenticated && !name.contains(QLatin1String("PSK")))
            strong.append(cipher);
    }
    configuration.setCiphers(strong);
    configuration.setSslOption(QSsl::SslOptionDisableCompression, true);
    configuration.setSslOption(QSsl::SslOptionDisableLegacyRenegotiation, true);
    return configuration;
}

base::Result<HostIdentity> HostIdentity::loadOrCreate(const QString &stateDirectory, base::RandomSource &random, base::WallTime now)
{
    const Descriptor directory(::open(QFile::encodeName(stateDirectory).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory)
        return osError("opening the state folder");
    const ReadRules ownKey{.forbiddenMode = 0077, .mustBeOurs = true};
    auto pem = readPem(directory.get(), kIdentityFile, ownKey, O_NOFOLLOW);
    if (!pem && pem.error().code == base::ErrorCode::NotFound) {
        const auto made = makeIdentityPem(random, now);
        if (!made)
            return made.unexpected();
        const auto installed = installPem(directory.get(), *made, random);
        if (!installed && installed.error().code != base::ErrorCode::AlreadyExists)
            return installed.unexpected();
        pem = readPem(directory.get(), kIdentityFile, ownKey, O_NOFOLLOW);
    }
    if (!pem)
        return pem.unexpected();
    return fromPem(*pem, *pem);
}

base::Result<HostIdentity> HostIdentity::load(const QString &certificateFile, const QString &keyFile)
{
    const auto certificates = readPem(AT_FDCWD, QFile::encodeName(certificateFile), {});
    if (!certificates)
        return certificates.unexpected();
    const auto key = readPem(AT_FDCWD, QFile::encodeName(keyFile), {.forbiddenMode = 0007, .mustBeOurs = false});
    if (!key)
        return key.unexpected();
    return fromPem(*certificates, *key);
}

base::Result<HostIdentity> HostIdentity::fromPem(const QByteArray &certificates, const QByteArray &key)
{
    const QList<QSslCertificate> chain = QSslCertificate::fromData(certificates, QSsl::Pem);
    if (chain.isEmpty() || chain.first().isNull())
        return base::Unexpected(base::ErrorCode::Malformed, "no certificate in the certificate file");
    const QSslKey privateKey = readKey(key);
    if (privateKey.isNull())
        return base::Unexpected(base::ErrorCode::Malformed, "no unencrypted EC or RSA key in the key file");
    if (!belongTogether(certificates, key))
        return base::Unexpected(base::ErrorCode::InvalidArgument, "the certificate is not for this key");

    HostIdentity identity;
    identity.m_pin = QCryptographicHash::hash(chain.first().publicKey().toDer(), QCryptographicHash::Sha256);
    identity.m_configuration = strictTls();
    identity.m_configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    identity.m_configuration.setLocalCertificateChain(chain);
    identity.m_configuration.setPrivateKey(privateKey);
    for (const QString &name : chain.first().subjectAlternativeNames().values(QSsl::DnsEntry))
        identity.m_dnsNames.append(name.toLower());
    return identity;
}

} // namespace transport
