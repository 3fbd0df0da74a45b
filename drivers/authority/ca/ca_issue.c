#include "drivers/authority/ca/ca_issue.h"

#include <openssl/bn.h>
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "drivers/authority/ca/ca_profile.h"
#include "kiosk/base/check.h"

enum { SERIAL_BYTES = 16 };

void ca_issue_serial(char out[AUTHORITY_SERIAL_BYTES])
{
    uint8_t bytes[SERIAL_BYTES];
    check(RAND_bytes(bytes, sizeof(bytes)) == 1);
    bytes[0] = (uint8_t)((bytes[0] & 0x7F) | 0x40); /* positive, and always the same length */
    for (unsigned i = 0; i < SERIAL_BYTES; i++)
        (void)snprintf(out + 2 * i, 3, "%02X", bytes[i]);
}

enum status ca_issue_failure(struct failure *failure, enum status status, const char *where)
{
    unsigned long error = ERR_peek_error();
    const char *reason = error == 0 ? NULL : ERR_reason_error_string(error);
    status = failure_set(failure, status, where, error == 0 ? 0 : ERR_GET_REASON(error), "%s",
                         reason == NULL ? "failed" : reason);
    ERR_clear_error();
    return status;
}

static bool set_serial(X509 *certificate, const char *serial)
{
    BIGNUM *number = NULL;
    bool ok = BN_hex2bn(&number, serial) > 0 &&
              BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return ok;
}

static bool set_validity(X509 *certificate, int64_t from_utc_s, int64_t until_utc_s)
{
    return ASN1_TIME_set(X509_getm_notBefore(certificate), from_utc_s) != NULL &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), until_utc_s) != NULL;
}

static bool add_extension(X509 *issuer, X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    CONF *sections = NCONF_new(NULL); /* certificatePolicies asks for one, even when it names no section */
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509V3_set_nconf(&context, sections);
    X509_EXTENSION *extension = X509V3_EXT_nconf_nid(sections, &context, nid, value);
    bool ok = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    NCONF_free(sections);
    return ok;
}

static X509_NAME *authority_name(const char *organisation, const char *common_name)
{
    X509_NAME *name = X509_NAME_new();
    if (name != NULL &&
        X509_NAME_add_entry_by_NID(name, NID_countryName, MBSTRING_UTF8, (const unsigned char *)"CN", -1, -1,
                                   0) == 1 &&
        X509_NAME_add_entry_by_NID(name, NID_organizationName, MBSTRING_UTF8,
                                   (const unsigned char *)organisation, -1, -1, 0) == 1 &&
        X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, (const unsigned char *)common_name,
                                   -1, -1, 0) == 1)
        return name;
    X509_NAME_free(name);
    return NULL;
}

static bool add_authority_extensions(X509 *issuer, X509 *certificate, bool is_root)
{
    return add_extension(issuer, certificate, NID_basic_constraints,
                         is_root ? "critical,CA:TRUE" : "critical,CA:TRUE,pathlen:0") &&
           add_extension(issuer, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") &&
           add_extension(issuer, certificate, NID_subject_key_identifier, "hash") &&
           (is_root || add_extension(issuer, certificate, NID_authority_key_identifier, "keyid:always"));
}

X509 *ca_issue_authority(X509 *issuer, EVP_PKEY *issuer_key, EVP_PKEY *key, const char *organisation,
                         const char *common_name, int days, int64_t utc_s)
{
    char serial[AUTHORITY_SERIAL_BYTES];
    ca_issue_serial(serial);
    X509 *certificate = X509_new();
    X509_NAME *name = authority_name(organisation, common_name);
    bool is_root = issuer == NULL;
    X509 *signer = is_root ? certificate : issuer;
    bool ok = certificate != NULL && name != NULL && X509_set_version(certificate, X509_VERSION_3) == 1 &&
              set_serial(certificate, serial) && X509_set_subject_name(certificate, name) == 1 &&
              X509_set_issuer_name(certificate, X509_get_subject_name(signer)) == 1 &&
              X509_set_pubkey(certificate, key) == 1 &&
              set_validity(certificate, utc_s - CA_ISSUE_BACKDATE_S, utc_s + (int64_t)days * CA_DAY_S) &&
              add_authority_extensions(signer, certificate, is_root) &&
              X509_sign(certificate, issuer_key, EVP_sha256()) > 0;
    X509_NAME_free(name);
    if (ok)
        return certificate;
    X509_free(certificate);
    return NULL;
}

/* What one of a holder's two certificates is for. */
struct purpose {
    EVP_PKEY *key; /* NULL: the request's own */
    const char *key_usage;
    const char *extended_usage; /* NULL for none */
    const char *policy;
    const char *serial;
};

/* What relying programs look at: nobody's issuer, signs or decrypts for its holder, at a client's side. */
static bool add_holder_extensions(X509 *issuer, X509 *certificate, const struct ca_settings *settings,
                                  const struct purpose *purpose)
{
    char url[CA_TEXT_BYTES + 8];
    (void)snprintf(url, sizeof(url), "URI:%s", settings->crl_url);
    return add_extension(issuer, certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(issuer, certificate, NID_key_usage, purpose->key_usage) &&
           (purpose->extended_usage == NULL ||
            add_extension(issuer, certificate, NID_ext_key_usage, purpose->extended_usage)) &&
           add_extension(issuer, certificate, NID_subject_key_identifier, "hash") &&
           add_extension(issuer, certificate, NID_authority_key_identifier, "keyid:always") &&
           (settings->crl_url[0] == 0 ||
            add_extension(issuer, certificate, NID_crl_distribution_points, url)) &&
           (purpose->policy[0] == 0 ||
            add_extension(issuer, certificate, NID_certificate_policies, purpose->policy));
}

static X509 *build_holder(const struct ca_keys *keys, const struct ca_settings *settings, int64_t until_utc_s,
                          X509_REQ *request, const struct purpose *purpose, int64_t utc_s)
{
    X509 *certificate = X509_new();
    X509_NAME *subject = ca_profile_subject(request);
    EVP_PKEY *key = purpose->key != NULL ? purpose->key : X509_REQ_get0_pubkey(request);
    bool ok = certificate != NULL && subject != NULL && X509_set_version(certificate, X509_VERSION_3) == 1 &&
              set_serial(certificate, purpose->serial) && X509_set_subject_name(certificate, subject) == 1 &&
              X509_set_issuer_name(certificate, X509_get_subject_name(keys->issuing)) == 1 &&
              X509_set_pubkey(certificate, key) == 1 &&
              set_validity(certificate, utc_s - CA_ISSUE_BACKDATE_S, until_utc_s) &&
              add_holder_extensions(keys->issuing, certificate, settings, purpose) &&
              X509_sign(certificate, keys->issuing_key, EVP_sha256()) > 0;
    X509_NAME_free(subject);
    if (ok)
        return certificate;
    X509_free(certificate);
    return NULL;
}

int64_t ca_issue_until(const struct ca_profile *profile, int64_t until_utc_s, unsigned days, int64_t utc_s)
{
    return until_utc_s != 0 ? until_utc_s : utc_s + (int64_t)(days == 0 ? profile->days : days) * CA_DAY_S;
}

int64_t ca_issue_end(const struct ca_keys *keys)
{
    struct tm end;
    return ASN1_TIME_to_tm(X509_get0_notAfter(keys->issuing), &end) == 1 ? (int64_t)timegm(&end) : 0;
}

static enum status issue(const struct ca_keys *keys, const struct ca_settings *settings, int64_t until_utc_s,
                         struct bytes request, const struct purpose *purpose, int64_t utc_s, struct buf *out,
                         struct failure *failure)
{
    if (until_utc_s > ca_issue_end(keys))
        return failure_set(failure, STATUS_CONFIG, "ca_issue_holder", 0,
                           "past the issuing certificate's end");
    X509_REQ *parsed = ca_profile_parse(request);
    X509 *certificate =
        parsed == NULL ? NULL : build_holder(keys, settings, until_utc_s, parsed, purpose, utc_s);
    unsigned char *der = NULL;
    int length = certificate == NULL ? -1 : i2d_X509(certificate, &der);
    enum status status = length <= 0 ? ca_issue_failure(failure, STATUS_IO, "ca_issue_holder")
                                     : buf_append(out, der, (size_t)length);
    OPENSSL_free(der);
    X509_free(certificate);
    X509_REQ_free(parsed);
    return status;
}

enum status ca_issue_holder(const struct ca_keys *keys, const struct ca_settings *settings,
                            const struct ca_profile *profile, struct bytes request, const char *serial,
                            int64_t utc_s, int64_t until_utc_s, struct buf *out, struct failure *failure)
{
    const struct purpose signing = {.key_usage = "critical,digitalSignature,nonRepudiation",
                                    .extended_usage = "clientAuth",
                                    .policy = profile->policy,
                                    .serial = serial};
    return issue(keys, settings, until_utc_s, request, &signing, utc_s, out, failure);
}

enum status ca_issue_encryption(const struct ca_keys *keys, const struct ca_settings *settings,
                                const struct ca_profile *profile, struct bytes request, EVP_PKEY *key,
                                const char *serial, int64_t utc_s, int64_t until_utc_s, struct buf *out,
                                struct failure *failure)
{
    const struct purpose encryption = {.key = key,
                                       .key_usage = "critical,keyEncipherment,dataEncipherment",
                                       .policy = profile->encryption_policy,
                                       .serial = serial};
    return issue(keys, settings, until_utc_s, request, &encryption, utc_s, out, failure);
}
