#include "drivers/authority/ca/ca_envelope.h"

#include <openssl/asn1.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"

enum { KEK_BYTES = 32, RSA_BYTES = 512, PKCS8_BYTES = 4096, WRAP_EXTRA_BYTES = 16 };

/* AlgorithmIdentifiers: id-RSAES-OAEP 1.2.840.113549.1.1.7 with an empty SEQUENCE, which stands for SHA-1,
 * MGF1 with SHA-1 and no label (RFC 8017 A.2.1); id-aes256-wrap-pad 2.16.840.1.101.3.4.1.48 (RFC 5649 section
 * 3). */
static const uint8_t transport_algorithm[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                              0xf7, 0x0d, 0x01, 0x01, 0x07, 0x30, 0x00};
static const uint8_t wrap_algorithm[] = {0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48,
                                         0x01, 0x65, 0x03, 0x04, 0x01, 0x30};

static bool transport(EVP_PKEY *receiver, const uint8_t kek[KEK_BYTES], struct buf *out)
{
    uint8_t bytes[RSA_BYTES];
    size_t length = sizeof(bytes);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(receiver, NULL);
    bool ok = context != NULL && EVP_PKEY_encrypt_init(context) == 1 &&
              EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
              EVP_PKEY_encrypt(context, bytes, &length, kek, KEK_BYTES) == 1 &&
              buf_append(out, bytes, length) == STATUS_OK;
    EVP_PKEY_CTX_free(context);
    return ok;
}

static bool wrap(const uint8_t kek[KEK_BYTES], struct bytes pkcs8, struct buf *out)
{
    uint8_t bytes[PKCS8_BYTES + WRAP_EXTRA_BYTES];
    int length = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    if (context == NULL || pkcs8.length > PKCS8_BYTES) {
        EVP_CIPHER_CTX_free(context);
        return false;
    }
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    bool ok = EVP_EncryptInit_ex(context, EVP_aes_256_wrap_pad(), NULL, kek, NULL) == 1 &&
              EVP_EncryptUpdate(context, bytes, &length, pkcs8.data, (int)pkcs8.length) == 1 &&
              buf_append(out, bytes, (size_t)length) == STATUS_OK;
    EVP_CIPHER_CTX_free(context);
    return ok;
}

/* Tag and length of an element in DER (X.690 section 10.1). */
static enum status put_head(struct buf *out, int tag, int class, bool constructed, size_t length)
{
    unsigned char head[8];
    unsigned char *at = head;
    ASN1_put_object(&at, constructed, (int)length, tag, class);
    return buf_append(out, head, (size_t)(at - head));
}

static enum status put_member(struct buf *out, const uint8_t *algorithm, size_t algorithm_length,
                              const struct buf *octets)
{
    enum status status = buf_append(out, algorithm, algorithm_length);
    if (status == STATUS_OK)
        status = put_head(out, V_ASN1_OCTET_STRING, V_ASN1_UNIVERSAL, false, octets->length);
    return status == STATUS_OK ? buf_append(out, octets->data, octets->length) : status;
}

static enum status encode(const struct buf *transported, const struct buf *wrapped, struct buf *envelope)
{
    struct buf members;
    size_t before = envelope->length;
    buf_init(&members, LIMIT_CERTIFICATE_BYTES);
    enum status status = put_member(&members, transport_algorithm, sizeof(transport_algorithm), transported);
    if (status == STATUS_OK)
        status = put_member(&members, wrap_algorithm, sizeof(wrap_algorithm), wrapped);
    if (status == STATUS_OK)
        status = put_head(envelope, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL, true, members.length);
    if (status == STATUS_OK)
        status = buf_append(envelope, members.data, members.length);
    if (status != STATUS_OK)
        envelope->length = before;
    buf_release(&members);
    return status;
}

enum status ca_envelope_make(EVP_PKEY *receiver, struct bytes pkcs8, struct buf *envelope)
{
    uint8_t kek[KEK_BYTES];
    struct buf transported;
    struct buf wrapped;
    if (!EVP_PKEY_is_a(receiver, "RSA"))
        return STATUS_UNSUPPORTED;
    buf_init(&transported, LIMIT_CERTIFICATE_BYTES);
    buf_init(&wrapped, LIMIT_CERTIFICATE_BYTES);
    check(RAND_priv_bytes(kek, sizeof(kek)) == 1);
    bool ok = transport(receiver, kek, &transported) && wrap(kek, pkcs8, &wrapped);
    secret_wipe_bytes(kek, sizeof(kek));
    enum status status = ok ? encode(&transported, &wrapped, envelope) : STATUS_NO_MEMORY;
    buf_release(&transported);
    buf_release(&wrapped);
    return status;
}
