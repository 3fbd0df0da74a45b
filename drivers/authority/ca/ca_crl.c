#include "drivers/authority/ca/ca_crl.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "drivers/authority/ca/ca_issue.h"
#include "drivers/authority/ca/ca_pair.h"
#include "kiosk/base/file.h"

enum { CRL_LIMIT_BYTES = 16 * 1024 * 1024 };

/* The number of the list on disk, 0 when there is none. */
static uint64_t last_number(const char *dir)
{
    char path[CA_PATH_BYTES];
    struct buf der;
    uint64_t number = 0;
    buf_init(&der, CRL_LIMIT_BYTES);
    if (ca_settings_path(dir, "crl.der", path) && file_read(path, &der, NULL) == STATUS_OK) {
        const unsigned char *at = der.data;
        X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)der.length);
        ASN1_INTEGER *found = crl == NULL ? NULL : X509_CRL_get_ext_d2i(crl, NID_crl_number, NULL, NULL);
        if (found != NULL)
            (void)ASN1_INTEGER_get_uint64(&number, found);
        ASN1_INTEGER_free(found);
        X509_CRL_free(crl);
    }
    ERR_clear_error();
    buf_release(&der);
    return number;
}

static bool set_number(X509_CRL *crl, uint64_t number)
{
    ASN1_INTEGER *value = ASN1_INTEGER_new();
    bool ok = value != NULL && ASN1_INTEGER_set_uint64(value, number) == 1 &&
              X509_CRL_add1_ext_i2d(crl, NID_crl_number, value, 0, 0) == 1;
    ASN1_INTEGER_free(value);
    return ok;
}

static bool set_authority_key(X509_CRL *crl, X509 *issuer)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, NULL, NULL, crl, 0);
    X509_EXTENSION *extension =
        X509V3_EXT_conf_nid(NULL, &context, NID_authority_key_identifier, "keyid:always");
    bool ok = extension != NULL && X509_CRL_add_ext(crl, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return ok;
}

/* RFC 5280 5.3.1: the reason "unspecified" is left out. */
static bool set_reason(X509_REVOKED *entry, enum authority_reason reason)
{
    if (reason == AUTHORITY_REASON_UNSPECIFIED)
        return true;
    ASN1_ENUMERATED *value = ASN1_ENUMERATED_new();
    bool ok = value != NULL && ASN1_ENUMERATED_set(value, (long)reason) == 1 &&
              X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, value, 0, 0) == 1;
    ASN1_ENUMERATED_free(value);
    return ok;
}

static bool add_serial(X509_CRL *crl, const struct ca_record *record, const char *number_text)
{
    BIGNUM *number = NULL;
    ASN1_TIME *time = ASN1_TIME_set(NULL, record->revoked_utc_s);
    X509_REVOKED *entry = X509_REVOKED_new();
    ASN1_INTEGER *serial = BN_hex2bn(&number, number_text) > 0 ? BN_to_ASN1_INTEGER(number, NULL) : NULL;
    bool ok = serial != NULL && time != NULL && entry != NULL &&
              X509_REVOKED_set_serialNumber(entry, serial) == 1 &&
              X509_REVOKED_set_revocationDate(entry, time) == 1 && set_reason(entry, record->reason) &&
              X509_CRL_add0_revoked(crl, entry) == 1;
    if (!ok)
        X509_REVOKED_free(entry);
    ASN1_INTEGER_free(serial);
    ASN1_TIME_free(time);
    BN_free(number);
    return ok;
}

static bool is_listed(const struct ca_record *record)
{
    return record->state == CA_REJECTED || record->state == CA_REVOKED || record->state == CA_HELD;
}

/* Both of a pair, unless the encryption half has gone over to another certificate. */
static bool add_pair(X509_CRL *crl, const struct ca_book *book, const struct ca_record *record)
{
    if (is_listed(record) && !add_serial(crl, record, record->serial))
        return false;
    if (record->encryption_serial[0] == 0)
        return true;
    const struct ca_record *keeper = ca_pair_keeper(book, record);
    return !is_listed(keeper) || add_serial(crl, keeper, record->encryption_serial);
}

static bool add_records(X509_CRL *crl, const struct ca_book *book)
{
    for (size_t i = 0; i < book->count; i++)
        if (!add_pair(crl, book, &book->records[i]))
            return false;
    return X509_CRL_sort(crl) == 1;
}

static bool set_times(X509_CRL *crl, int64_t utc_s, int days)
{
    ASN1_TIME *last = ASN1_TIME_set(NULL, utc_s - CA_ISSUE_BACKDATE_S);
    ASN1_TIME *next = ASN1_TIME_set(NULL, utc_s + (int64_t)days * CA_DAY_S);
    bool ok = last != NULL && next != NULL && X509_CRL_set1_lastUpdate(crl, last) == 1 &&
              X509_CRL_set1_nextUpdate(crl, next) == 1;
    ASN1_TIME_free(last);
    ASN1_TIME_free(next);
    return ok;
}

static X509_CRL *build(const char *dir, const struct ca_keys *keys, const struct ca_settings *settings,
                       const struct ca_book *book, int64_t utc_s)
{
    X509_CRL *crl = X509_CRL_new();
    bool ok = crl != NULL && X509_CRL_set_version(crl, X509_CRL_VERSION_2) == 1 &&
              X509_CRL_set_issuer_name(crl, X509_get_subject_name(keys->issuing)) == 1 &&
              set_times(crl, utc_s, settings->crl_days) && add_records(crl, book) &&
              set_authority_key(crl, keys->issuing) && set_number(crl, last_number(dir) + 1) &&
              X509_CRL_sign(crl, keys->issuing_key, EVP_sha256()) > 0;
    if (ok)
        return crl;
    X509_CRL_free(crl);
    return NULL;
}

static enum status write_file(BIO *bio, const char *path, struct failure *failure)
{
    char *bytes = NULL;
    long length = BIO_get_mem_data(bio, &bytes);
    return file_replace(path, bytes, (size_t)length, 0644, failure);
}

static enum status write_files(const char *dir, const char *file, X509_CRL *crl, struct failure *failure)
{
    char path[CA_PATH_BYTES];
    BIO *der = BIO_new(BIO_s_mem());
    BIO *pem = BIO_new(BIO_s_mem());
    enum status status = STATUS_NO_MEMORY;
    if (der != NULL && pem != NULL && i2d_X509_CRL_bio(der, crl) == 1 &&
        PEM_write_bio_X509_CRL(pem, crl) == 1)
        status = STATUS_OK;
    if (status == STATUS_OK && ca_settings_path(dir, "crl.der", path))
        status = write_file(der, path, failure);
    if (status == STATUS_OK && ca_settings_path(dir, "crl.pem", path))
        status = write_file(pem, path, failure);
    if (status == STATUS_OK && file != NULL)
        status = write_file(pem, file, failure);
    BIO_free(der);
    BIO_free(pem);
    return status;
}

enum status ca_crl_write(const char *dir, const char *file, const struct ca_keys *keys,
                         const struct ca_settings *settings, const struct ca_book *book, int64_t utc_s,
                         struct failure *failure)
{
    X509_CRL *crl = build(dir, keys, settings, book, utc_s);
    if (crl == NULL)
        return ca_issue_failure(failure, STATUS_IO, "ca_crl_write");
    enum status status = write_files(dir, file, crl, failure);
    X509_CRL_free(crl);
    return status;
}
