#include "kiosk/pki/signature.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include "kiosk/pki/der.h"

enum { P256_BYTES = 32 };

enum status signature_from_raw(struct bytes raw, struct buf *der)
{
    if (raw.length != 2 * P256_BYTES)
        return STATUS_MALFORMED;
    enum status status = STATUS_NO_MEMORY;
    ECDSA_SIG *signature = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(raw.data, P256_BYTES, NULL);
    BIGNUM *s = BN_bin2bn(raw.data + P256_BYTES, P256_BYTES, NULL);
    if (signature == NULL || r == NULL || s == NULL)
        goto done;
    status = STATUS_MALFORMED;
    if (BN_is_zero(r) || BN_is_zero(s) || ECDSA_SIG_set0(signature, r, s) != 1)
        goto done;
    r = s = NULL; /* the signature has them now */
    unsigned char *value = NULL;
    int length = i2d_ECDSA_SIG(signature, &value);
    status = der_append(der, value, length);
done:
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(signature);
    return status;
}

static enum status check_with_key(EVP_PKEY *key, struct bytes message, struct bytes signature,
                                  struct failure *failure)
{
    if (der_key_kind(key) == DER_KEY_OTHER)
        return failure_set(failure, STATUS_UNSUPPORTED, "signature_check", 0, "key kind");
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    enum status status = STATUS_NO_MEMORY;
    if (context != NULL && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1)
        status =
            EVP_DigestVerify(context, signature.data, signature.length, message.data, message.length) == 1
                ? STATUS_OK
                : STATUS_REFUSED;
    EVP_MD_CTX_free(context);
    return status == STATUS_OK ? status : der_failure(failure, status, "EVP_DigestVerify");
}

enum status signature_check(struct bytes certificate, struct bytes message, struct bytes signature,
                            struct failure *failure)
{
    X509 *parsed = der_certificate(certificate);
    EVP_PKEY *key = parsed == NULL ? NULL : X509_get0_pubkey(parsed);
    enum status status = key == NULL ? der_failure(failure, STATUS_MALFORMED, "signature_check")
                                     : check_with_key(key, message, signature, failure);
    X509_free(parsed);
    return status;
}

enum status signature_check_public_key(struct bytes public_key, struct bytes message, struct bytes signature,
                                       struct failure *failure)
{
    EVP_PKEY *key = der_public_key(public_key);
    enum status status = key == NULL ? der_failure(failure, STATUS_MALFORMED, "signature_check_public_key")
                                     : check_with_key(key, message, signature, failure);
    EVP_PKEY_free(key);
    return status;
}
