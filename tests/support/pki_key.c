#include "tests/support/pki_key.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"

struct pki_key {
    EVP_PKEY *key;
};

enum { SOME_BYTES = 65536 };

struct pki_key *pki_key_new(enum pki_key_kind kind)
{
    struct pki_key *key = calloc(1, sizeof(*key));
    check(key != NULL);
    if (kind == PKI_KEY_P256 || kind == PKI_KEY_P384)
        key->key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", kind == PKI_KEY_P256 ? "P-256" : "P-384");
    else
        key->key =
            EVP_PKEY_Q_keygen(NULL, NULL, "RSA", kind == PKI_KEY_RSA1024 ? (size_t)1024 : (size_t)2048);
    check(key->key != NULL);
    return key;
}

void pki_key_free(struct pki_key *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->key);
    free(key);
}

static struct buf taken(unsigned char *der, int length)
{
    struct buf out;
    buf_init(&out, SOME_BYTES);
    check(length > 0 && buf_append(&out, der, (size_t)length) == STATUS_OK);
    OPENSSL_free(der);
    return out;
}

struct buf pki_key_public(const struct pki_key *key)
{
    unsigned char *der = NULL;
    int length = i2d_PUBKEY(key->key, &der);
    return taken(der, length);
}

struct buf pki_key_sign(const struct pki_key *key, struct bytes message)
{
    struct buf out;
    uint8_t *room = NULL;
    size_t length = 0;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    buf_init(&out, SOME_BYTES);
    check(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key->key) == 1);
    check(EVP_DigestSign(context, NULL, &length, message.data, message.length) == 1);
    check(buf_extend(&out, length, &room) == STATUS_OK);
    check(EVP_DigestSign(context, room, &length, message.data, message.length) == 1);
    out.length = length;
    EVP_MD_CTX_free(context);
    return out;
}

struct buf pki_key_sign_raw(const struct pki_key *key, struct bytes message)
{
    struct buf der = pki_key_sign(key, message);
    struct buf out;
    uint8_t *room = NULL;
    const unsigned char *at = der.data;
    ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &at, (long)der.length);
    buf_init(&out, 64);
    check(signature != NULL && buf_extend(&out, 64, &room) == STATUS_OK);
    check(BN_bn2binpad(ECDSA_SIG_get0_r(signature), room, 32) == 32);
    check(BN_bn2binpad(ECDSA_SIG_get0_s(signature), room + 32, 32) == 32);
    ECDSA_SIG_free(signature);
    buf_release(&der);
    return out;
}

/* --- envelopes --------------------------------------------------------------------------------------- */

static EVP_PKEY_CTX *oaep(EVP_PKEY *key, int (*begin)(EVP_PKEY_CTX *))
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    check(context != NULL && begin(context) == 1 &&
          EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1);
    return context;
}

struct buf pki_key_encrypt(struct bytes receiver, struct bytes message)
{
    uint8_t room[512];
    size_t length = sizeof(room);
    struct buf out;
    const unsigned char *at = receiver.data;
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)receiver.length);
    check(key != NULL);
    EVP_PKEY_CTX *context = oaep(key, EVP_PKEY_encrypt_init);
    check(EVP_PKEY_encrypt(context, room, &length, message.data, message.length) == 1);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    buf_init(&out, SOME_BYTES);
    check(buf_append(&out, room, length) == STATUS_OK);
    return out;
}

struct buf pki_key_decrypt(const struct pki_key *key, struct bytes message)
{
    uint8_t room[512];
    size_t length = sizeof(room);
    struct buf out;
    EVP_PKEY_CTX *context = oaep(key->key, EVP_PKEY_decrypt_init);
    buf_init(&out, SOME_BYTES);
    if (EVP_PKEY_decrypt(context, room, &length, message.data, message.length) == 1)
        check(buf_append(&out, room, length) == STATUS_OK);
    EVP_PKEY_CTX_free(context);
    return out;
}

/* RFC 5649 in either direction. Returns: the length, 0 when it does not open. */
static size_t wrap(const uint8_t kek[32], bool unwraps, struct bytes in, uint8_t *out)
{
    int length = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    check(EVP_CipherInit_ex(context, EVP_aes_256_wrap_pad(), NULL, kek, NULL, unwraps ? 0 : 1) == 1);
    bool ok = EVP_CipherUpdate(context, out, &length, in.data, (int)in.length) == 1 && length > 0;
    EVP_CIPHER_CTX_free(context);
    return ok ? (size_t)length : 0;
}

static void append_der(struct buf *out, uint8_t tag, struct bytes content)
{
    uint8_t head[4] = {tag, 0x82, (uint8_t)(content.length >> 8), (uint8_t)content.length};
    uint8_t shorter[2] = {tag, (uint8_t)content.length};
    bool is_short = content.length < 128;
    check(is_short || content.length >= 256);
    check(buf_append(out, is_short ? shorter : head, is_short ? 2 : 4) == STATUS_OK &&
          buf_append(out, content.data, content.length) == STATUS_OK);
}

struct buf pki_key_envelope(const struct pki_key *key, struct bytes receiver)
{
    static const uint8_t transport[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7,
                                        0x0d, 0x01, 0x01, 0x07, 0x30, 0x00};
    static const uint8_t wrapping[] = {0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x30};
    uint8_t kek[32];
    uint8_t wrapped[4096];
    unsigned char *der = NULL;
    struct buf members;
    struct buf out;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key->key);
    int length = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
    check(length > 0 && RAND_bytes(kek, sizeof(kek)) == 1);
    struct buf transported = pki_key_encrypt(receiver, bytes_view(kek, sizeof(kek)));
    size_t size = wrap(kek, false, bytes_view(der, (size_t)length), wrapped);
    buf_init(&members, SOME_BYTES);
    buf_init(&out, SOME_BYTES);
    append_der(&members, 0x30, bytes_view(transport, sizeof(transport)));
    append_der(&members, 0x04, bytes_of_buf(&transported));
    append_der(&members, 0x30, bytes_view(wrapping, sizeof(wrapping)));
    append_der(&members, 0x04, bytes_view(wrapped, size));
    append_der(&out, 0x30, bytes_of_buf(&members));
    PKCS8_PRIV_KEY_INFO_free(info);
    OPENSSL_free(der);
    buf_release(&members);
    buf_release(&transported);
    return out;
}

struct pki_key *pki_key_open(const struct pki_key *receiver, struct bytes transported, struct bytes wrapped)
{
    uint8_t der[4096];
    struct pki_key *key = NULL;
    struct buf kek = pki_key_decrypt(receiver, transported);
    size_t length = kek.length == 32 && wrapped.length < sizeof(der) ? wrap(kek.data, true, wrapped, der) : 0;
    const unsigned char *at = der;
    EVP_PKEY *opened = length > 0 ? d2i_AutoPrivateKey(NULL, &at, (long)length) : NULL;
    if (opened != NULL) {
        key = calloc(1, sizeof(*key));
        check(key != NULL);
        key->key = opened;
    }
    buf_release(&kek);
    return key;
}

static struct bytes octets_of(const ASN1_TYPE *member)
{
    check(member->type == V_ASN1_OCTET_STRING);
    return bytes_view(member->value.octet_string->data, (size_t)member->value.octet_string->length);
}

struct pki_key *pki_key_open_envelope(const struct pki_key *receiver, struct bytes envelope)
{
    const unsigned char *at = envelope.data;
    STACK_OF(ASN1_TYPE) *members = d2i_ASN1_SEQUENCE_ANY(NULL, &at, (long)envelope.length);
    check(members != NULL && sk_ASN1_TYPE_num(members) == 4);
    struct pki_key *key = pki_key_open(receiver, octets_of(sk_ASN1_TYPE_value(members, 1)),
                                       octets_of(sk_ASN1_TYPE_value(members, 3)));
    sk_ASN1_TYPE_pop_free(members, ASN1_TYPE_free);
    return key;
}

static void add_line(X509_NAME *name, const char *line, size_t length)
{
    char attribute[32];
    char value[512];
    int set = line[0] == '+' ? -1 : 0;
    const char *from = set == 0 ? line : line + 1;
    const char *equals = memchr(line, '=', length);
    check(equals != NULL);
    (void)snprintf(attribute, sizeof(attribute), "%.*s", (int)(equals - from), from);
    (void)snprintf(value, sizeof(value), "%.*s", (int)(line + length - equals - 1), equals + 1);
    /* The string kind is forced, so that requests may also be wrong. */
    int kind = strcmp(attribute, "C") == 0 || strcmp(attribute, "serialNumber") == 0 ? V_ASN1_PRINTABLESTRING
                                                                                     : V_ASN1_UTF8STRING;
    check(X509_NAME_add_entry_by_txt(name, attribute, kind, (const unsigned char *)value, -1, -1, set) == 1);
}

struct buf pki_key_request(const struct pki_key *key, const char *subject)
{
    X509_REQ *request = X509_REQ_new();
    X509_NAME *name = X509_NAME_new();
    for (const char *line = subject; *line != 0;) {
        size_t length = strcspn(line, "\n");
        add_line(name, line, length);
        line += length + (line[length] == '\n');
    }
    check(X509_REQ_set_subject_name(request, name) == 1 && X509_REQ_set_pubkey(request, key->key) == 1);
    check(X509_REQ_sign(request, key->key, EVP_sha256()) > 0);
    unsigned char *der = NULL;
    int length = i2d_X509_REQ(request, &der);
    X509_NAME_free(name);
    X509_REQ_free(request);
    return taken(der, length);
}
