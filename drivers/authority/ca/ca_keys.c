#include "drivers/authority/ca/ca_keys.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>

#include "drivers/authority/ca/ca_issue.h"
#include "kiosk/base/file.h"

enum { ROOT_DAYS = 7300, ISSUING_DAYS = 3650, PEM_LIMIT_BYTES = 64 * 1024 };

static EVP_PKEY *new_key(enum ca_key_kind kind)
{
    return kind == CA_KEY_P256 ? EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256")
                               : EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)3072);
}

/* What was written to the memory BIO replaces the file. */
static enum status write_bio(BIO *bio, const char *dir, const char *name, unsigned mode,
                             struct failure *failure)
{
    char path[CA_PATH_BYTES];
    char *bytes = NULL;
    long length = BIO_get_mem_data(bio, &bytes);
    if (length <= 0 || !ca_settings_path(dir, name, path))
        return failure_set(failure, STATUS_IO, "ca_keys", length, "nothing to write or path too long");
    return file_replace(path, bytes, (size_t)length, mode, failure);
}

static enum status write_key(EVP_PKEY *key, const char *dir, const char *name, struct failure *failure)
{
    BIO *bio = BIO_new(BIO_s_secmem());
    enum status status = STATUS_NO_MEMORY;
    if (bio != NULL && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1)
        status = write_bio(bio, dir, name, 0600, failure);
    BIO_free(bio);
    return status;
}

static enum status write_certificates(X509 *first, X509 *second, const char *dir, const char *name,
                                      struct failure *failure)
{
    BIO *bio = BIO_new(BIO_s_mem());
    enum status status = STATUS_NO_MEMORY;
    if (bio != NULL && PEM_write_bio_X509(bio, first) == 1 &&
        (second == NULL || PEM_write_bio_X509(bio, second) == 1))
        status = write_bio(bio, dir, name, 0644, failure);
    BIO_free(bio);
    return status;
}

static enum status make_directories(const char *dir, struct failure *failure)
{
    static const char *const names[] = {"root", "records"};
    char path[CA_PATH_BYTES];
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!ca_settings_path(dir, names[i], path))
            return failure_set(failure, STATUS_CONFIG, "ca_keys", 0, "path too long");
        enum status status = file_make_directories(path, 0700, failure);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status ca_keys_create(const char *dir, const char *name, enum ca_key_kind kind, int64_t utc_s,
                           struct failure *failure)
{
    char common_name[CA_TEXT_BYTES + 16];
    X509 *root = NULL;
    X509 *issuing = NULL;
    EVP_PKEY *root_key = new_key(kind);
    EVP_PKEY *issuing_key = new_key(kind);
    enum status status = STATUS_OK;
    (void)snprintf(common_name, sizeof(common_name), "%s根CA", name);
    if (root_key != NULL && issuing_key != NULL)
        root = ca_issue_authority(NULL, root_key, root_key, name, common_name, ROOT_DAYS, utc_s);
    (void)snprintf(common_name, sizeof(common_name), "%s签发CA", name);
    if (root != NULL)
        issuing = ca_issue_authority(root, root_key, issuing_key, name, common_name, ISSUING_DAYS, utc_s);
    if (issuing == NULL)
        status = ca_issue_failure(failure, STATUS_CONFIG, "ca_keys_create");
    if (status == STATUS_OK)
        status = make_directories(dir, failure);
    if (status == STATUS_OK)
        status = write_key(root_key, dir, "root/root.key", failure);
    if (status == STATUS_OK)
        status = write_key(issuing_key, dir, "issuing.key", failure);
    if (status == STATUS_OK)
        status = write_certificates(root, NULL, dir, "root.pem", failure);
    if (status == STATUS_OK)
        status = write_certificates(issuing, NULL, dir, "issuing.pem", failure);
    if (status == STATUS_OK)
        status = write_certificates(issuing, root, dir, "chain.pem", failure);
    X509_free(root);
    X509_free(issuing);
    EVP_PKEY_free(root_key);
    EVP_PKEY_free(issuing_key);
    return status;
}

static enum status read_text(const char *dir, const char *name, struct buf *text, struct failure *failure)
{
    char path[CA_PATH_BYTES];
    buf_init(text, PEM_LIMIT_BYTES);
    if (!ca_settings_path(dir, name, path))
        return failure_set(failure, STATUS_CONFIG, "ca_keys", 0, "path too long");
    return file_read(path, text, failure);
}

static enum status read_certificate(const char *dir, const char *name, X509 **out, struct failure *failure)
{
    struct buf text;
    enum status status = read_text(dir, name, &text, failure);
    BIO *bio = status == STATUS_OK ? BIO_new_mem_buf(text.data, (int)text.length) : NULL;
    *out = bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, NULL, NULL);
    if (status == STATUS_OK && *out == NULL)
        status = ca_issue_failure(failure, STATUS_MALFORMED, name);
    BIO_free(bio);
    buf_release(&text);
    return status;
}

static enum status read_key(const char *dir, EVP_PKEY **out, struct failure *failure)
{
    struct buf text;
    enum status status = read_text(dir, "issuing.key", &text, failure);
    BIO *bio = status == STATUS_OK ? BIO_new_mem_buf(text.data, (int)text.length) : NULL;
    *out = bio == NULL ? NULL : PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    if (status == STATUS_OK && *out == NULL)
        status = ca_issue_failure(failure, STATUS_MALFORMED, "issuing.key");
    BIO_free(bio);
    buf_wipe(&text);
    return status;
}

enum status ca_keys_load(const char *dir, struct ca_keys *out, struct failure *failure)
{
    *out = (struct ca_keys){0};
    enum status status = read_certificate(dir, "root.pem", &out->root, failure);
    if (status == STATUS_OK)
        status = read_certificate(dir, "issuing.pem", &out->issuing, failure);
    if (status == STATUS_OK)
        status = read_key(dir, &out->issuing_key, failure);
    if (status == STATUS_OK && (X509_check_private_key(out->issuing, out->issuing_key) != 1 ||
                                X509_verify(out->issuing, X509_get0_pubkey(out->root)) != 1))
        status = ca_issue_failure(failure, STATUS_MALFORMED, "ca_keys_load");
    if (status != STATUS_OK)
        ca_keys_release(out);
    return status;
}

void ca_keys_release(struct ca_keys *keys)
{
    X509_free(keys->root);
    X509_free(keys->issuing);
    EVP_PKEY_free(keys->issuing_key);
    *keys = (struct ca_keys){0};
}
