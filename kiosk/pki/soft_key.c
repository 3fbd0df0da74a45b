#include "kiosk/pki/soft_key.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "kiosk/pki/der.h"

enum { RSA_BITS = 2048 };

static enum status append_private(EVP_PKEY *key, struct buf *out)
{
    unsigned char *der = NULL;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    int length = info == NULL ? 0 : i2d_PKCS8_PRIV_KEY_INFO(info, &der);
    enum status status = length > 0 ? buf_append(out, der, (size_t)length) : STATUS_NO_MEMORY;
    OPENSSL_clear_free(der, length > 0 ? (size_t)length : 0);
    PKCS8_PRIV_KEY_INFO_free(info);
    return status;
}

enum status soft_key_make(enum soft_key_kind kind, struct buf *private_key, struct buf *public_key,
                          struct failure *failure)
{
    unsigned char *der = NULL;
    EVP_PKEY *key = kind == SOFT_KEY_RSA_2048 ? EVP_RSA_gen(RSA_BITS) : EVP_EC_gen("P-256");
    if (key == NULL)
        return der_failure(failure, STATUS_NO_MEMORY, "soft_key_make");
    enum status status = append_private(key, private_key);
    if (status == STATUS_OK) {
        int length = i2d_PUBKEY(key, &der);
        status = der_append(public_key, der, length);
    }
    EVP_PKEY_free(key);
    return status == STATUS_OK ? status : der_failure(failure, status, "soft_key_make");
}

static EVP_PKEY *read_private(struct bytes bytes)
{
    const unsigned char *at = bytes.data;
    EVP_PKEY *key = bytes.length == 0 || bytes.length > SOFT_KEY_BYTES
                        ? NULL
                        : d2i_AutoPrivateKey(NULL, &at, (long)bytes.length);
    if (key == NULL || at == bytes.data + bytes.length)
        return key;
    EVP_PKEY_free(key);
    return NULL;
}

static enum status sign(EVP_PKEY *key, struct bytes message, struct buf *out)
{
    uint8_t signature[EVP_MAX_MD_SIZE + RSA_BITS / 8];
    size_t length = sizeof(signature);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool done = context != NULL && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestSign(context, signature, &length, message.data, message.length) == 1;
    EVP_MD_CTX_free(context);
    return done ? buf_append(out, signature, length) : STATUS_NO_MEMORY;
}

enum status soft_key_sign(struct bytes private_key, struct bytes message, struct buf *signature,
                          struct failure *failure)
{
    EVP_PKEY *key = read_private(private_key);
    enum status status =
        der_key_kind(key) == DER_KEY_OTHER ? STATUS_MALFORMED : sign(key, message, signature);
    EVP_PKEY_free(key);
    return status == STATUS_OK ? status : der_failure(failure, status, "soft_key_sign");
}
