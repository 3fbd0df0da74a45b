#include "drivers/identity/identity_sign.h"

#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/limits.h"

static void sign(const struct secret *key, const struct buf *text, char out[IDENTITY_SIGN_BYTES])
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    crypto_hmac_sha256(key->bytes, key->length, text->data, text->length, digest);
    encode_hex(out, digest, sizeof(digest));
}

/* The head, the body behind it, the signature over both. Owns: the text is wiped. */
static enum status sign_with_body(const struct secret *key, struct buf *text, enum status status,
                                  const void *body, size_t length, char out[IDENTITY_SIGN_BYTES])
{
    if (status == STATUS_OK && length > 0)
        status = buf_append(text, body, length);
    if (status == STATUS_OK)
        status = buf_append_text(text, "\n");
    if (status == STATUS_OK)
        sign(key, text, out);
    buf_wipe(text);
    return status;
}

enum status identity_sign_request(const struct secret *key, const struct identity_sign_request *request,
                                  char out[IDENTITY_SIGN_BYTES])
{
    struct buf text;
    buf_init(&text, IDENTITY_SIGN_TEXT_BYTES);
    enum status status = buf_append_format(&text, "%s\n%s\n%lld\n%s\n", request->method, request->path,
                                           (long long)request->utc_s, request->nonce);
    return sign_with_body(key, &text, status, request->body, request->body_length, out);
}

bool identity_sign_is_right(const struct secret *key, const char *nonce, int code, const void *body,
                            size_t length, const char *signature)
{
    struct buf text;
    char expected[IDENTITY_SIGN_BYTES];
    buf_init(&text, LIMIT_HTTP_REPLY_BYTES + IDENTITY_SIGN_BYTES + IDENTITY_SIGN_NONCE_BYTES);
    enum status status = buf_append_format(&text, "%s\n%d\n", nonce, code);
    status = sign_with_body(key, &text, status, body, length, expected);
    return status == STATUS_OK &&
           secret_is_equal(expected, IDENTITY_SIGN_BYTES - 1, signature, strlen(signature));
}

enum status identity_sign_person(const struct secret *key, const char *name, const char *number,
                                 char out[IDENTITY_SIGN_BYTES])
{
    struct buf text;
    buf_init(&text, IDENTITY_SIGN_TEXT_BYTES);
    enum status status = buf_append_format(&text, "%s\n", name);
    return sign_with_body(key, &text, status, number, strlen(number), out);
}
