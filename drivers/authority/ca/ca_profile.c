#include "drivers/authority/ca/ca_profile.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/text.h"

X509_REQ *ca_profile_parse(struct bytes request)
{
    const unsigned char *at = request.data;
    if (request.length == 0 || request.length > LIMIT_CERTIFICATE_BYTES)
        return NULL;
    X509_REQ *parsed = d2i_X509_REQ(NULL, &at, (long)request.length);
    if (parsed == NULL || at == request.data + request.length)
        return parsed;
    X509_REQ_free(parsed);
    return NULL;
}

/* An entry's value as printable UTF-8; the caller frees it with OPENSSL_free. */
static char *entry_value(const X509_NAME_ENTRY *entry)
{
    unsigned char *utf8 = NULL;
    int length = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
    if (length > 0 && strlen((const char *)utf8) == (size_t)length && text_is_printable((const char *)utf8))
        return (char *)utf8;
    if (length >= 0)
        OPENSSL_free(utf8);
    return NULL;
}

X509_NAME *ca_profile_subject(const X509_REQ *request)
{
    const X509_NAME *asked = X509_REQ_get_subject_name(request);
    X509_NAME *name = X509_NAME_new();
    for (int i = 0; i < X509_NAME_entry_count(asked) && name != NULL; i++) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(asked, i);
        char *value = entry_value(entry);
        /* MBSTRING_UTF8 lets OpenSSL apply X.520's length and choose UTF8String or PrintableString. */
        bool ok = value != NULL &&
                  X509_NAME_add_entry_by_NID(name, OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)),
                                             MBSTRING_UTF8, (const unsigned char *)value, -1, -1, 0) == 1;
        OPENSSL_free(value);
        if (ok)
            continue;
        X509_NAME_free(name);
        name = NULL;
    }
    return name;
}

static bool is_listed(const char names[][CA_ATTRIBUTE_BYTES], unsigned count, int nid)
{
    for (unsigned i = 0; i < count; i++)
        if (OBJ_sn2nid(names[i]) == nid)
            return true;
    return false;
}

/* Each attribute stands alone in its relative name, once, and the profile knows it. */
static bool entries_are_fit(const struct ca_profile *profile, const X509_NAME *name)
{
    for (int i = 0; i < X509_NAME_entry_count(name); i++) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
        int nid = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
        bool known = nid != NID_undef && (is_listed(profile->required, profile->required_count, nid) ||
                                          is_listed(profile->optional, profile->optional_count, nid));
        bool once = X509_NAME_get_index_by_NID(name, nid, i) < 0;
        if (!known || !once || X509_NAME_ENTRY_set(entry) != i)
            return false;
    }
    return true;
}

static bool required_are_there(const struct ca_profile *profile, const X509_NAME *name)
{
    for (unsigned i = 0; i < profile->required_count; i++)
        if (X509_NAME_get_index_by_NID(name, OBJ_sn2nid(profile->required[i]), -1) < 0)
            return false;
    return true;
}

static void copy_value(const X509_NAME *name, int nid, char *out, size_t size)
{
    int at = X509_NAME_get_index_by_NID(name, nid, -1);
    char *value = at < 0 ? NULL : entry_value(X509_NAME_get_entry(name, at));
    (void)text_copy(out, size, value == NULL ? "" : value);
    OPENSSL_free(value);
}

/* GB 32100-2015 section 5: 17 characters weighted by powers of 3 modulo 31, and the check character. */
static bool is_credit_code(const char *code)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    unsigned sum = 0;
    unsigned weight = 1;
    if (strlen(code) != 18)
        return false;
    for (unsigned i = 0; i < 18; i++) {
        const char *found = strchr(alphabet, code[i]);
        if (found == NULL)
            return false;
        unsigned value = (unsigned)(found - alphabet);
        if (i == 17)
            return value == (31 - sum % 31) % 31;
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return false;
}

static bool subject_is_fit(const struct ca_profile *profile, const X509_REQ *request)
{
    const X509_NAME *name = X509_REQ_get_subject_name(request);
    char code[32];
    char country[8];
    if (!entries_are_fit(profile, name) || !required_are_there(profile, name))
        return false;
    copy_value(name, NID_serialNumber, code, sizeof(code));
    copy_value(name, NID_countryName, country, sizeof(country));
    if (profile->credit_code && (!is_credit_code(code) || strcmp(country, "CN") != 0))
        return false;
    X509_NAME *subject = ca_profile_subject(request);
    bool fit = subject != NULL;
    X509_NAME_free(subject);
    return fit;
}

static bool key_is_fit(const EVP_PKEY *key)
{
    char group[32] = "";
    if (EVP_PKEY_is_a(key, "RSA"))
        return EVP_PKEY_get_bits(key) >= 2048 && EVP_PKEY_get_bits(key) <= 4096;
    return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) == 1 &&
           strcmp(group, "prime256v1") == 0;
}

static bool signature_is_right(X509_REQ *request, EVP_PKEY *key)
{
    int algorithm = X509_REQ_get_signature_nid(request);
    return (algorithm == NID_sha256WithRSAEncryption || algorithm == NID_ecdsa_with_SHA256) &&
           X509_REQ_verify(request, key) == 1;
}

static enum authority_refusal judge(const struct ca_profile *profile, X509_REQ *request)
{
    EVP_PKEY *key = request == NULL ? NULL : X509_REQ_get0_pubkey(request);
    if (key == NULL || X509_REQ_get_version(request) != X509_REQ_VERSION_1)
        return AUTHORITY_REFUSAL_REQUEST_MALFORMED;
    if (!key_is_fit(key))
        return AUTHORITY_REFUSAL_KEY_UNFIT;
    if (!signature_is_right(request, key))
        return AUTHORITY_REFUSAL_SIGNATURE_WRONG;
    return subject_is_fit(profile, request) ? AUTHORITY_REFUSAL_NONE : AUTHORITY_REFUSAL_SUBJECT_UNFIT;
}

static void hash_taken(unsigned char *der, int length, char out[CA_HASH_BYTES])
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    crypto_sha256(der, length > 0 ? (size_t)length : 0, digest);
    encode_hex(out, digest, sizeof(digest));
    OPENSSL_free(der);
}

static enum status fill(struct ca_record *record, X509_REQ *request, struct bytes der)
{
    enum status status = buf_append(&record->request, der.data, der.length);
    if (status != STATUS_OK)
        return status;
    uint8_t digest[CRYPTO_SHA256_BYTES];
    unsigned char *part = NULL;
    crypto_sha256(der.data, der.length, digest);
    encode_hex(record->csr_hash, digest, sizeof(digest));
    int length = i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(request), &part);
    hash_taken(part, length, record->key_hash);
    part = NULL;
    length = i2d_X509_NAME(X509_REQ_get_subject_name(request), &part);
    hash_taken(part, length, record->subject_hash);
    copy_value(X509_REQ_get_subject_name(request), NID_commonName, record->common_name,
               sizeof(record->common_name));
    return STATUS_OK;
}

enum authority_refusal ca_profile_check(const struct ca_profile *profile, struct bytes request,
                                        struct ca_record *record)
{
    X509_REQ *parsed = ca_profile_parse(request);
    enum authority_refusal refusal = judge(profile, parsed);
    if (refusal == AUTHORITY_REFUSAL_NONE && fill(record, parsed, request) != STATUS_OK)
        refusal = AUTHORITY_REFUSAL_REQUEST_MALFORMED;
    X509_REQ_free(parsed);
    ERR_clear_error();
    return refusal;
}
