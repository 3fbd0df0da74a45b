#include "drivers/authority/ca/ca_escrow.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>

#include "drivers/authority/ca/ca_envelope.h"
#include "drivers/authority/ca/ca_issue.h"
#include "kiosk/base/file.h"
#include "kiosk/base/secret.h"

static const char key_file[] = "escrow/escrow.key";

enum status ca_escrow_create(const char *dir, struct failure *failure)
{
    uint8_t key[CRYPTO_KEY_BYTES];
    char folder[CA_PATH_BYTES];
    char path[CA_PATH_BYTES];
    if (!ca_settings_path(dir, "escrow", folder) || !ca_settings_path(dir, key_file, path))
        return failure_set(failure, STATUS_CONFIG, "ca_escrow", 0, "path too long");
    enum status status = file_make_directories(folder, 0700, failure);
    random_fill(random_system(), key, sizeof(key));
    if (status == STATUS_OK)
        status = file_replace(path, key, sizeof(key), 0600, failure);
    secret_wipe_bytes(key, sizeof(key));
    return status;
}

static enum status read_key(const char *dir, struct ca_escrow *out, struct failure *failure)
{
    char path[CA_PATH_BYTES];
    struct buf bytes;
    buf_init(&bytes, CRYPTO_KEY_BYTES + 1);
    if (!ca_settings_path(dir, key_file, path))
        return failure_set(failure, STATUS_CONFIG, "ca_escrow", 0, "path too long");
    enum status status = file_read(path, &bytes, failure);
    if (status == STATUS_OK && bytes.length != CRYPTO_KEY_BYTES)
        status =
            failure_set(failure, STATUS_MALFORMED, "ca_escrow", (long)bytes.length, "damaged escrow.key");
    if (status == STATUS_OK) {
        memcpy(out->key, bytes.data, sizeof(out->key));
        out->has_key = true;
    }
    buf_wipe(&bytes);
    return status;
}

enum status ca_escrow_load(const char *dir, bool is_in_use, struct ca_escrow *out, struct failure *failure)
{
    *out = (struct ca_escrow){0};
    enum status status = read_key(dir, out, failure);
    if (status != STATUS_NOT_FOUND || is_in_use)
        return status;
    status = ca_escrow_create(dir, failure);
    return status == STATUS_OK ? read_key(dir, out, failure) : status;
}

void ca_escrow_release(struct ca_escrow *escrow)
{
    secret_wipe_bytes(escrow, sizeof(*escrow));
}

enum status ca_escrow_seal(const struct ca_escrow *escrow, const char *serial, const EVP_PKEY *key,
                           struct buf *sealed)
{
    unsigned char *der = NULL;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    int length = info == NULL ? -1 : i2d_PKCS8_PRIV_KEY_INFO(info, &der);
    enum status status = length <= 0 ? STATUS_NO_MEMORY
                                     : crypto_seal(escrow->key, random_system(), serial, strlen(serial), der,
                                                   (size_t)length, sealed);
    OPENSSL_clear_free(der, length > 0 ? (size_t)length : 0);
    PKCS8_PRIV_KEY_INFO_free(info);
    ERR_clear_error();
    return status;
}

enum status ca_escrow_envelope(const struct ca_escrow *escrow, const char *serial, struct bytes sealed,
                               EVP_PKEY *receiver, struct buf *envelope, struct failure *failure)
{
    struct buf der;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = crypto_open(escrow->key, serial, strlen(serial), sealed.data, sealed.length, &der);
    if (status == STATUS_OK)
        status = ca_envelope_make(receiver, bytes_of_buf(&der), envelope);
    if (status != STATUS_OK)
        status = ca_issue_failure(failure, status, "ca_escrow_envelope");
    buf_wipe(&der);
    return status;
}
