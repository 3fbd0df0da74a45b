#include "kiosk/pki/encryption.h"

#include <openssl/rsa.h>

#include "kiosk/pki/der.h"

enum { RSA_BYTES = 512 };

static enum status encrypt(EVP_PKEY *key, struct bytes message, struct buf *out, struct failure *failure)
{
    uint8_t bytes[RSA_BYTES];
    size_t length = sizeof(bytes);
    if (!EVP_PKEY_is_a(key, "RSA"))
        return failure_set(failure, STATUS_UNSUPPORTED, "encryption_encrypt", 0, "key kind");
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    bool ok = context != NULL && EVP_PKEY_encrypt_init(context) == 1 &&
              EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
              EVP_PKEY_encrypt(context, bytes, &length, message.data, message.length) == 1;
    EVP_PKEY_CTX_free(context);
    return ok ? buf_append(out, bytes, length)
              : der_failure(failure, STATUS_UNSUPPORTED, "encryption_encrypt");
}

enum status encryption_encrypt(struct bytes certificate, struct bytes message, struct buf *out,
                               struct failure *failure)
{
    X509 *parsed = der_certificate(certificate);
    EVP_PKEY *key = parsed == NULL ? NULL : X509_get0_pubkey(parsed);
    enum status status = key == NULL ? der_failure(failure, STATUS_MALFORMED, "encryption_encrypt")
                                     : encrypt(key, message, out, failure);
    X509_free(parsed);
    return status;
}
