#include "drivers/payment/wechat_sign.h"

#include <string.h>

#include "kiosk/base/encode.h"

enum { SIGNATURE_BYTES = 1024 };

static enum status append_line(struct buf *out, const void *bytes, size_t length)
{
    enum status status = length == 0 ? STATUS_OK : buf_append(out, bytes, length);
    return status == STATUS_OK ? buf_append_text(out, "\n") : status;
}

enum status wechat_sign_request_text(const struct wechat_sign_request *request, struct buf *out)
{
    enum status status = buf_append_format(out, "%s\n%s\n%lld\n%s\n", request->method, request->path,
                                           (long long)request->utc_s, request->nonce);
    return status == STATUS_OK ? append_line(out, request->body, request->body_length) : status;
}

enum status wechat_sign_authorization(const struct wechat_sign_merchant *merchant,
                                      const struct wechat_sign_request *request, struct buf *out)
{
    struct buf text;
    struct buf signature;
    buf_init(&text, WECHAT_SIGN_TEXT_BYTES);
    buf_init(&signature, SIGNATURE_BYTES);
    enum status status = wechat_sign_request_text(request, &text);
    if (status == STATUS_OK &&
        crypto_sign_rsa_sha256(merchant->key, text.data, text.length, &signature) != STATUS_OK)
        status = STATUS_CONFIG;
    if (status == STATUS_OK)
        status = buf_append_format(
            out,
            "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",timestamp=\"%lld\","
            "serial_no=\"%s\",signature=\"",
            merchant->merchant_id, request->nonce, (long long)request->utc_s, merchant->serial);
    if (status == STATUS_OK)
        status = encode_base64(out, signature.data, signature.length);
    if (status == STATUS_OK)
        status = buf_append_text(out, "\"");
    buf_release(&text);
    buf_release(&signature);
    return status;
}

bool wechat_sign_is_right(const struct crypto_key *key, const char *timestamp, const char *nonce,
                          const void *body, size_t length, const char *signature)
{
    struct buf text;
    struct buf decoded;
    buf_init(&text, length + WECHAT_SIGN_TEXT_BYTES);
    buf_init(&decoded, SIGNATURE_BYTES);
    bool is_right = buf_append_format(&text, "%s\n%s\n", timestamp, nonce) == STATUS_OK &&
                    append_line(&text, body, length) == STATUS_OK &&
                    encode_base64_decode(&decoded, signature) == STATUS_OK && decoded.length > 0 &&
                    crypto_verify_rsa_sha256(key, text.data, text.length, decoded.data, decoded.length);
    buf_release(&text);
    buf_release(&decoded);
    return is_right;
}

enum status wechat_sign_open(const uint8_t key[CRYPTO_KEY_BYTES], const char *nonce, const char *associated,
                             const char *ciphertext, struct buf *out)
{
    struct buf sealed;
    if (strlen(nonce) != CRYPTO_NONCE_BYTES)
        return STATUS_MALFORMED;
    buf_init(&sealed, WECHAT_SIGN_TEXT_BYTES);
    enum status status = buf_append(&sealed, nonce, CRYPTO_NONCE_BYTES);
    if (status == STATUS_OK)
        status = encode_base64_decode(&sealed, ciphertext);
    if (status == STATUS_OK)
        status = crypto_open(key, associated, strlen(associated), sealed.data, sealed.length, out);
    buf_release(&sealed);
    return status;
}
