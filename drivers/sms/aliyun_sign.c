#include "drivers/sms/aliyun_sign.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"

#define SIGNED_HEADERS "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"

static int compare_names(const void *left, const void *right)
{
    const struct aliyun_parameter *a = left;
    const struct aliyun_parameter *b = right;
    return strcmp(a->name, b->name);
}

enum status aliyun_sign_query(struct aliyun_parameter *parameters, size_t count, struct buf *out)
{
    enum status status = STATUS_OK;
    qsort(parameters, count, sizeof(parameters[0]), compare_names);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (i > 0)
            status = buf_append_text(out, "&");
        if (status == STATUS_OK)
            status = encode_percent(out, parameters[i].name);
        if (status == STATUS_OK)
            status = buf_append_text(out, "=");
        if (status == STATUS_OK)
            status = encode_percent(out, parameters[i].value);
    }
    return status;
}

enum status aliyun_sign_canonical(const char *method, const char *query, const struct aliyun_headers *headers,
                                  struct buf *out)
{
    return buf_append_format(out,
                             "%s\n/\n%s\nhost:%s\nx-acs-action:%s\nx-acs-content-sha256:%s\nx-acs-date:%s\n"
                             "x-acs-signature-nonce:%s\nx-acs-version:%s\n\n%s\n%s",
                             method, query, headers->host, headers->action, ALIYUN_EMPTY_BODY_SHA256,
                             headers->date, headers->nonce, headers->version, SIGNED_HEADERS,
                             ALIYUN_EMPTY_BODY_SHA256);
}

enum status aliyun_sign_authorization(const char *key_id, const char *secret, size_t secret_length,
                                      const struct buf *canonical, struct buf *out)
{
    static const char prefix[] = "ACS3-HMAC-SHA256\n";
    uint8_t digest[CRYPTO_SHA256_BYTES];
    char to_sign[sizeof(prefix) + 2 * CRYPTO_SHA256_BYTES];
    char signature[2 * CRYPTO_SHA256_BYTES + 1];
    crypto_sha256(canonical->data, canonical->length, digest);
    memcpy(to_sign, prefix, sizeof(prefix));
    encode_hex(to_sign + sizeof(prefix) - 1, digest, sizeof(digest));
    crypto_hmac_sha256(secret, secret_length, to_sign, strlen(to_sign), digest);
    encode_hex(signature, digest, sizeof(digest));
    return buf_append_format(out, "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s", key_id,
                             SIGNED_HEADERS, signature);
}
