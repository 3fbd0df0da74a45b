#include "tests/support/pki_key.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
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
