#include "kiosk/pki/der.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <string.h>
#include <time.h>

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

bool der_serial(const ASN1_INTEGER *number, char *out, size_t size)
{
    BIGNUM *value = ASN1_INTEGER_to_BN(number, NULL);
    char *digits = NULL;
    if (value != NULL && !BN_is_negative(value) && BN_num_bytes(value) <= 20)
        digits = BN_bn2hex(value);
    bool ok = digits != NULL && strlen(digits) < size;
    if (ok)
        (void)memcpy(out, digits, strlen(digits) + 1);
    OPENSSL_free(digits);
    BN_free(value);
    return ok;
}

bool der_time(const ASN1_TIME *time, int64_t *utc_s)
{
    struct tm parts;
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return false;
    *utc_s = timegm(&parts);
    return true;
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
