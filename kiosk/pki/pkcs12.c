#include "kiosk/pki/pkcs12.h"

#include <openssl/pkcs12.h>

#include "kiosk/pki/der.h"
#include "kiosk/pki/signature.h"
#include "kiosk/pki/soft_key.h"

enum { ITERATIONS = 100000, SALT_BYTES = 16, WITHOUT_MAC = -1 };

static const char *text_of(const struct secret *password)
{
    return (const char *)password->bytes;
}

/* --- written ------------------------------------------------------------------------------------------- */

struct parts {
    EVP_PKEY *key;
    X509 *certificate;
    STACK_OF(X509) * chain;
};

static void release(struct parts *parts)
{
    EVP_PKEY_free(parts->key);
    X509_free(parts->certificate);
    sk_X509_pop_free(parts->chain, X509_free);
}

static bool read_chain(struct bytes chain, STACK_OF(X509) * out)
{
    const unsigned char *at = chain.data;
    for (size_t left = chain.length; left > 0; left = chain.length - (size_t)(at - chain.data)) {
        X509 *certificate = d2i_X509(NULL, &at, (long)left);
        if (certificate == NULL || sk_X509_push(out, certificate) == 0) {
            X509_free(certificate);
            return false;
        }
    }
    return true;
}

static bool read_parts(const struct pkcs12_content *content, struct parts *out)
{
    const unsigned char *at = content->private_key.data;
    out->key = d2i_AutoPrivateKey(NULL, &at, (long)content->private_key.length);
    out->certificate = der_certificate(content->certificate);
    out->chain = sk_X509_new_null();
    return out->key != NULL && out->certificate != NULL && out->chain != NULL &&
           read_chain(content->chain, out->chain);
}

static enum status write_parts(const struct parts *parts, const char *name, const struct secret *password,
                               struct buf *out)
{
    unsigned char *der = NULL;
    PKCS12 *file = PKCS12_create(text_of(password), name, parts->key, parts->certificate, parts->chain,
                                 NID_aes_256_cbc, NID_aes_256_cbc, ITERATIONS, WITHOUT_MAC, 0);
    bool closed = file != NULL && PKCS12_set_mac(file, text_of(password), (int)password->length, NULL,
                                                 SALT_BYTES, ITERATIONS, EVP_sha256()) == 1;
    int length = closed ? i2d_PKCS12(file, &der) : 0;
    PKCS12_free(file);
    enum status status = length > 0 ? buf_append(out, der, (size_t)length) : STATUS_NO_MEMORY;
    OPENSSL_free(der);
    return status;
}

enum status pkcs12_write(const struct pkcs12_content *content, const struct secret *password, struct buf *out,
                         struct failure *failure)
{
    struct parts parts = {0};
    enum status status = read_parts(content, &parts) ? STATUS_OK : STATUS_MALFORMED;
    if (status == STATUS_OK && X509_check_private_key(parts.certificate, parts.key) != 1)
        status = STATUS_REFUSED;
    if (status == STATUS_OK)
        status = write_parts(&parts, content->name, password, out);
    release(&parts);
    return status == STATUS_OK ? status : der_failure(failure, status, "pkcs12_write");
}

/* --- proven -------------------------------------------------------------------------------------------- */

static bool is_same(X509 *found, struct bytes wanted)
{
    X509 *certificate = der_certificate(wanted);
    bool same = certificate != NULL && found != NULL && X509_cmp(found, certificate) == 0;
    X509_free(certificate);
    return same;
}

static enum status sign(EVP_PKEY *key, struct bytes challenge, struct buf *signature, struct failure *failure)
{
    unsigned char *der = NULL;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    int length = info == NULL ? 0 : i2d_PKCS8_PRIV_KEY_INFO(info, &der);
    enum status status = length <= 0
                             ? STATUS_MALFORMED
                             : soft_key_sign(bytes_view(der, (size_t)length), challenge, signature, failure);
    OPENSSL_clear_free(der, length > 0 ? (size_t)length : 0);
    PKCS8_PRIV_KEY_INFO_free(info);
    return status;
}

static enum status prove(const struct parts *parts, struct bytes certificate, struct bytes challenge,
                         struct failure *failure)
{
    struct buf signature;
    if (parts->key == NULL || !is_same(parts->certificate, certificate))
        return failure_set(failure, STATUS_REFUSED, "pkcs12_prove", 0, "another certificate, or no key");
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    enum status status = sign(parts->key, challenge, &signature, failure);
    if (status == STATUS_OK)
        status = signature_check(certificate, challenge, bytes_of_buf(&signature), failure);
    buf_release(&signature);
    return status;
}

enum status pkcs12_prove(struct bytes file, const struct secret *password, struct bytes certificate,
                         struct bytes challenge, struct failure *failure)
{
    struct parts parts = {0};
    const unsigned char *at = file.data;
    PKCS12 *parsed =
        file.length == 0 || file.length > PKCS12_BYTES ? NULL : d2i_PKCS12(NULL, &at, (long)file.length);
    if (parsed == NULL)
        return der_failure(failure, STATUS_MALFORMED, "d2i_PKCS12");
    bool opened = PKCS12_verify_mac(parsed, text_of(password), (int)password->length) == 1 &&
                  PKCS12_parse(parsed, text_of(password), &parts.key, &parts.certificate, &parts.chain) == 1;
    enum status status = opened ? prove(&parts, certificate, challenge, failure)
                                : der_failure(failure, STATUS_REFUSED, "PKCS12_parse");
    release(&parts);
    PKCS12_free(parsed);
    return status;
}
