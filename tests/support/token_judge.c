#include "tests/support/token_judge.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"

static EVP_PKEY *read_public(const void *der, size_t length)
{
    const unsigned char *at = der;
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)length);
    return key != NULL && at == (const unsigned char *)der + length ? key : NULL;
}

bool token_judge_verifies(const void *public_key, size_t public_key_length, const void *data, size_t length,
                          const void *signature, size_t signature_length)
{
    EVP_PKEY *key = read_public(public_key, public_key_length);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    bool right = key != NULL && digest != NULL &&
                 EVP_DigestVerifyInit(digest, NULL, EVP_sha256(), NULL, key) == 1 &&
                 EVP_DigestVerify(digest, signature, signature_length, data, length) == 1;
    EVP_MD_CTX_free(digest);
    EVP_PKEY_free(key);
    return right;
}

static void fill(X509 *x509, EVP_PKEY *key, long serial)
{
    X509_NAME *name = X509_get_subject_name(x509);
    check(X509_set_version(x509, X509_VERSION_3) == 1);
    check(ASN1_INTEGER_set(X509_get_serialNumber(x509), serial) == 1);
    check(X509_NAME_add_entry_by_txt(name, "C", MBSTRING_UTF8, (const unsigned char *)"CN", -1, -1, 0) == 1);
    check(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)"重庆样例建设有限公司",
                                     -1, -1, 0) == 1);
    check(X509_NAME_add_entry_by_txt(X509_get_issuer_name(x509), "CN", MBSTRING_UTF8,
                                     (const unsigned char *)TOKEN_JUDGE_ISSUER, -1, -1, 0) == 1);
    check(ASN1_TIME_set_string(X509_getm_notBefore(x509), "260101000000Z") == 1);
    check(ASN1_TIME_set_string(X509_getm_notAfter(x509), "270101000000Z") == 1);
    check(X509_set_pubkey(x509, key) == 1);
}

struct buf token_judge_certificate(const void *public_key, size_t public_key_length, long serial)
{
    EVP_PKEY *key = read_public(public_key, public_key_length);
    EVP_PKEY *issuer = EVP_EC_gen("P-256");
    X509 *x509 = X509_new();
    unsigned char *der = NULL;
    struct buf out;
    check(key != NULL && issuer != NULL && x509 != NULL);
    fill(x509, key, serial);
    check(X509_sign(x509, issuer, EVP_sha256()) > 0);
    int length = i2d_X509(x509, &der);
    buf_init(&out, LIMIT_CERTIFICATE_BYTES);
    check(length > 0 && buf_append(&out, der, (size_t)length) == STATUS_OK);
    OPENSSL_free(der);
    X509_free(x509);
    EVP_PKEY_free(issuer);
    EVP_PKEY_free(key);
    return out;
}
