#include "kiosk/pki/signature.h"

#include <openssl/bn.h>
#include <openssl/cms.h>
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

/* The signature was made elsewhere: the signer is described by its certificate and public key, and OpenSSL is
 * never asked to sign. */
static enum status fill_cms(CMS_ContentInfo *cms, X509 *certificate, struct bytes signature)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (der_key_kind(key) == DER_KEY_OTHER)
        return STATUS_UNSUPPORTED;
    CMS_SignerInfo *signer =
        CMS_add1_signer(cms, certificate, key, EVP_sha256(), CMS_PARTIAL | CMS_BINARY | CMS_NOATTR);
    bool ok = signer != NULL && ASN1_STRING_set(CMS_SignerInfo_get0_signature(signer), signature.data,
                                                (int)signature.length) == 1;
    return ok ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status signature_to_cms(struct bytes certificate, struct bytes signature, struct buf *out,
                             struct failure *failure)
{
    unsigned char *value = NULL;
    X509 *parsed = der_certificate(certificate);
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_BINARY | CMS_DETACHED);
    enum status status = parsed == NULL ? STATUS_MALFORMED : STATUS_NO_MEMORY;
    if (parsed != NULL && cms != NULL)
        status = fill_cms(cms, parsed, signature);
    if (status == STATUS_OK) {
        int length = i2d_CMS_ContentInfo(cms, &value);
        status = der_append(out, value, length);
    }
    CMS_ContentInfo_free(cms);
    X509_free(parsed);
    return status == STATUS_OK ? status : der_failure(failure, status, "signature_to_cms");
}
