#include "kiosk/pki/der.h"

#include <openssl/err.h>
#include <string.h>

#include "kiosk/base/limits.h"

X509 *der_certificate(struct bytes bytes)
{
    const unsigned char *at = bytes.data;
    if (bytes.length == 0 || bytes.length > LIMIT_CERTIFICATE_BYTES)
        return NULL;
    X509 *certificate = d2i_X509(NULL, &at, (long)bytes.length);
    if (certificate == NULL || at == bytes.data + bytes.length)
        return certificate;
    X509_free(certificate);
    return NULL;
}

X509_CRL *der_crl(struct bytes bytes)
{
    const unsigned char *at = bytes.data;
    if (bytes.length == 0 || bytes.length > LIMIT_CONFIG_BYTES)
        return NULL;
    X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)bytes.length);
    if (crl == NULL || at == bytes.data + bytes.length)
        return crl;
    X509_CRL_free(crl);
    return NULL;
}

EVP_PKEY *der_public_key(struct bytes bytes)
{
    const unsigned char *at = bytes.data;
    if (bytes.length == 0 || bytes.length > LIMIT_CERTIFICATE_BYTES)
        return NULL;
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)bytes.length);
    if (key == NULL || at == bytes.data + bytes.length)
        return key;
    EVP_PKEY_free(key);
    return NULL;
}

enum der_key der_key_kind(const EVP_PKEY *key)
{
    char group[32] = "";
    if (key == NULL)
        return DER_KEY_OTHER;
    if (EVP_PKEY_is_a(key, "RSA"))
        return EVP_PKEY_get_bits(key) >= 2048 && EVP_PKEY_get_bits(key) <= 4096 ? DER_KEY_RSA : DER_KEY_OTHER;
    bool p256 = EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) == 1 &&
                strcmp(group, "prime256v1") == 0;
    return p256 ? DER_KEY_P256 : DER_KEY_OTHER;
}

enum status der_append(struct buf *out, unsigned char *value, int length)
{
    enum status status = length > 0 ? buf_append(out, value, (size_t)length) : STATUS_MALFORMED;
    OPENSSL_free(value);
    return status;
}

enum status der_failure(struct failure *failure, enum status status, const char *where)
{
    unsigned long error = ERR_peek_error();
    const char *reason = error == 0 ? NULL : ERR_reason_error_string(error);
    status = failure_set(failure, status, where, error == 0 ? 0 : ERR_GET_REASON(error), "%s",
                         reason == NULL ? "not what it should be" : reason);
    ERR_clear_error();
    return status;
}
