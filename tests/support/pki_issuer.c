#include "tests/support/pki_issuer.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>

#include "kiosk/base/check.h"
#include "tests/support/pki_key.h"

enum { DAY_S = 24 * 60 * 60, SOME_BYTES = 65536 };

struct pki_issuer {
    EVP_PKEY *key;
    X509 *issuing;
    struct buf root_der;
    struct buf issuing_der;
    int64_t utc_s;
};

static struct buf taken(unsigned char *der, int length)
{
    struct buf out;
    buf_init(&out, SOME_BYTES);
    check(length > 0 && buf_append(&out, der, (size_t)length) == STATUS_OK);
    OPENSSL_free(der);
    return out;
}

static struct buf certificate_der(X509 *certificate)
{
    unsigned char *der = NULL;
    int length = i2d_X509(certificate, &der);
    return taken(der, length);
}

static X509_NAME *name_of(const char *common_name)
{
    X509_NAME *name = X509_NAME_new();
    check(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1, -1,
                                     0) == 1);
    return name;
}

static void extend(X509 *issuer, X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    check(extension != NULL && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

static X509 *start(const X509_NAME *subject, const X509_NAME *issuer, EVP_PKEY *key, int64_t from_utc_s,
                   int64_t until_utc_s)
{
    uint8_t bytes[16];
    X509 *certificate = X509_new();
    check(RAND_bytes(bytes, sizeof(bytes)) == 1);
    bytes[0] = (uint8_t)((bytes[0] & 0x7F) | 0x40);
    BIGNUM *number = BN_bin2bn(bytes, sizeof(bytes), NULL);
    check(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL);
    BN_free(number);
    check(X509_set_version(certificate, X509_VERSION_3) == 1 &&
          X509_set_subject_name(certificate, subject) == 1 &&
          X509_set_issuer_name(certificate, issuer) == 1 && X509_set_pubkey(certificate, key) == 1);
    check(ASN1_TIME_set(X509_getm_notBefore(certificate), from_utc_s) != NULL &&
          ASN1_TIME_set(X509_getm_notAfter(certificate), until_utc_s) != NULL);
    return certificate;
}

static X509 *authority(X509 *issuer, EVP_PKEY *issuer_key, EVP_PKEY *key, const char *common_name,
                       int64_t utc_s)
{
    X509_NAME *subject = name_of(common_name);
    X509 *certificate = start(subject, issuer == NULL ? subject : X509_get_subject_name(issuer), key,
                              utc_s - 100 * DAY_S, utc_s + (int64_t)3650 * DAY_S);
    X509 *signer = issuer == NULL ? certificate : issuer;
    extend(signer, certificate, NID_basic_constraints, "critical,CA:TRUE");
    extend(signer, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(signer, certificate, NID_subject_key_identifier, "hash");
    extend(signer, certificate, NID_authority_key_identifier, "keyid");
    check(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
    X509_NAME_free(subject);
    return certificate;
}

struct pki_issuer *pki_issuer_new(const char *name, int64_t utc_s)
{
    char common_name[128];
    struct pki_issuer *issuer = calloc(1, sizeof(*issuer));
    EVP_PKEY *root_key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    check(issuer != NULL && root_key != NULL);
    issuer->utc_s = utc_s;
    issuer->key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    check(issuer->key != NULL);
    (void)snprintf(common_name, sizeof(common_name), "%s root", name);
    X509 *root = authority(NULL, root_key, root_key, common_name, utc_s);
    (void)snprintf(common_name, sizeof(common_name), "%s issuing", name);
    issuer->issuing = authority(root, root_key, issuer->key, common_name, utc_s);
    issuer->root_der = certificate_der(root);
    issuer->issuing_der = certificate_der(issuer->issuing);
    X509_free(root);
    EVP_PKEY_free(root_key);
    return issuer;
}

void pki_issuer_free(struct pki_issuer *issuer)
{
    if (issuer == NULL)
        return;
    EVP_PKEY_free(issuer->key);
    X509_free(issuer->issuing);
    buf_release(&issuer->root_der);
    buf_release(&issuer->issuing_der);
    free(issuer);
}

struct bytes pki_issuer_root(const struct pki_issuer *issuer)
{
    return bytes_of_buf(&issuer->root_der);
}

struct bytes pki_issuer_issuing(const struct pki_issuer *issuer)
{
    return bytes_of_buf(&issuer->issuing_der);
}

struct buf pki_issuer_issue(struct pki_issuer *issuer, struct bytes request, const struct pki_wish *wish)
{
    const unsigned char *at = request.data;
    X509_REQ *parsed = d2i_X509_REQ(NULL, &at, (long)request.length);
    check(parsed != NULL);
    X509_NAME *other_name = wish->common_name == NULL ? NULL : name_of(wish->common_name);
    const unsigned char *key_at = wish->public_key.data;
    EVP_PKEY *other_key = wish->for_other_key ? EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256")
                          : wish->public_key.length > 0
                              ? d2i_PUBKEY(NULL, &key_at, (long)wish->public_key.length)
                              : NULL;
    int64_t from = issuer->utc_s + wish->from_s;
    int64_t days = wish->days == 0 ? 365 : wish->days;
    X509 *certificate = start(other_name == NULL ? X509_REQ_get_subject_name(parsed) : other_name,
                              X509_get_subject_name(issuer->issuing),
                              other_key == NULL ? X509_REQ_get0_pubkey(parsed) : other_key, from,
                              wish->until_utc_s != 0 ? wish->until_utc_s : from + days * DAY_S);
    extend(issuer->issuing, certificate, NID_basic_constraints,
           wish->is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
    extend(issuer->issuing, certificate, NID_key_usage,
           wish->encrypts      ? "critical,keyEncipherment,dataEncipherment"
           : wish->cannot_sign ? "critical,keyEncipherment"
                               : "critical,digitalSignature,nonRepudiation");
    extend(issuer->issuing, certificate, NID_authority_key_identifier, "keyid");
    check(X509_sign(certificate, issuer->key, EVP_sha256()) > 0);
    struct buf der = certificate_der(certificate);
    if (wish->has_broken_signature)
        der.data[der.length - 1] ^= 1;
    X509_free(certificate);
    EVP_PKEY_free(other_key);
    X509_NAME_free(other_name);
    X509_REQ_free(parsed);
    return der;
}

static X509 *parse(struct bytes certificate)
{
    const unsigned char *at = certificate.data;
    X509 *parsed = d2i_X509(NULL, &at, (long)certificate.length);
    check(parsed != NULL);
    return parsed;
}

void pki_issuer_serial(struct bytes certificate, char out[41])
{
    X509 *parsed = parse(certificate);
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(parsed), NULL);
    char *digits = BN_bn2hex(number);
    (void)snprintf(out, 41, "%s", digits);
    OPENSSL_free(digits);
    BN_free(number);
    X509_free(parsed);
}

int64_t pki_issuer_end(struct bytes certificate)
{
    struct tm end;
    X509 *parsed = parse(certificate);
    check(ASN1_TIME_to_tm(X509_get0_notAfter(parsed), &end) == 1);
    X509_free(parsed);
    return (int64_t)timegm(&end);
}

struct buf pki_issuer_public_key(struct bytes certificate)
{
    unsigned char *der = NULL;
    X509 *parsed = parse(certificate);
    int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(parsed), &der);
    X509_free(parsed);
    return taken(der, length);
}

static void list(X509_CRL *crl, struct bytes revoked, const ASN1_TIME *time)
{
    X509 *parsed = parse(revoked);
    X509_REVOKED *entry = X509_REVOKED_new();
    ASN1_INTEGER *serial = ASN1_INTEGER_dup(X509_get0_serialNumber(parsed));
    check(X509_REVOKED_set_serialNumber(entry, serial) == 1 &&
          X509_REVOKED_set_revocationDate(entry, (ASN1_TIME *)(uintptr_t)time) == 1 &&
          X509_CRL_add0_revoked(crl, entry) == 1);
    ASN1_INTEGER_free(serial);
    X509_free(parsed);
}

void pki_issuer_pass(struct pki_issuer *issuer, int64_t seconds)
{
    issuer->utc_s += seconds;
}

struct buf pki_issuer_crl(struct pki_issuer *issuer, struct bytes revoked, int days)
{
    X509_CRL *crl = X509_CRL_new();
    ASN1_TIME *last = ASN1_TIME_set(NULL, issuer->utc_s - 90 * DAY_S);
    ASN1_TIME *next = ASN1_TIME_set(NULL, issuer->utc_s + (int64_t)days * DAY_S);
    check(X509_CRL_set_version(crl, X509_CRL_VERSION_2) == 1 &&
          X509_CRL_set_issuer_name(crl, X509_get_subject_name(issuer->issuing)) == 1 &&
          X509_CRL_set1_lastUpdate(crl, last) == 1 && X509_CRL_set1_nextUpdate(crl, next) == 1);
    if (revoked.length > 0)
        list(crl, revoked, last);
    check(X509_CRL_sign(crl, issuer->key, EVP_sha256()) > 0);
    unsigned char *der = NULL;
    int length = i2d_X509_CRL(crl, &der);
    ASN1_TIME_free(last);
    ASN1_TIME_free(next);
    X509_CRL_free(crl);
    return taken(der, length);
}

enum status pki_issuer_for_fake(void *context, const struct authority_request *request,
                                struct buf *certificate, char serial[41])
{
    struct buf der =
        pki_issuer_issue(context, request->request,
                         &(struct pki_wish){.days = request->days, .until_utc_s = request->until_utc_s});
    pki_issuer_serial(bytes_of_buf(&der), serial);
    enum status status = buf_append(certificate, der.data, der.length);
    buf_release(&der);
    return status;
}

/* --- pairs ------------------------------------------------------------------------------------------- */

static enum status make_half(void *context, const struct authority_request *request, void **key,
                             struct buf *certificate, char serial[41])
{
    struct pki_key *made = pki_key_new(PKI_KEY_RSA2048);
    struct buf public_key = pki_key_public(made);
    struct buf der = pki_issuer_issue(context, request->request,
                                      &(struct pki_wish){.days = request->days,
                                                         .until_utc_s = request->until_utc_s,
                                                         .encrypts = true,
                                                         .public_key = bytes_of_buf(&public_key)});
    pki_issuer_serial(bytes_of_buf(&der), serial);
    enum status status = buf_append(certificate, der.data, der.length);
    buf_release(&der);
    buf_release(&public_key);
    *key = made;
    return status;
}

static enum status envelope_half(void *context, void *key, struct bytes request, struct buf *envelope)
{
    unsigned char *der = NULL;
    const unsigned char *at = request.data;
    (void)context;
    X509_REQ *parsed = d2i_X509_REQ(NULL, &at, (long)request.length);
    check(parsed != NULL);
    int length = i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(parsed), &der);
    check(length > 0);
    struct buf made = pki_key_envelope(key, bytes_view(der, (size_t)length));
    enum status status = buf_append(envelope, made.data, made.length);
    buf_release(&made);
    OPENSSL_free(der);
    X509_REQ_free(parsed);
    return status;
}

static void free_half(void *context, void *key)
{
    (void)context;
    pki_key_free(key);
}

struct authority_fake_pairs pki_issuer_pairs(struct pki_issuer *issuer)
{
    return (struct authority_fake_pairs){
        .make = make_half, .envelope = envelope_half, .free = free_half, .context = issuer};
}
