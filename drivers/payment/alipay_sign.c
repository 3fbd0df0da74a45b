#include "drivers/payment/alipay_sign.h"

#include "kiosk/base/encode.h"

enum { SIGNATURE_BYTES = 1024, SIGNATURE_TEXT_BYTES = 2048 };

enum status alipay_sign_request(struct alipay_form *form, const struct crypto_key *app_key)
{
    static const char *const nothing[] = {NULL};
    struct buf text;
    struct buf signature;
    struct buf encoded;
    buf_init(&text, ALIPAY_FORM_BYTES);
    buf_init(&signature, SIGNATURE_BYTES);
    buf_init(&encoded, SIGNATURE_TEXT_BYTES);
    enum status status = alipay_form_value(form, "sign")[0] == '\0' ? STATUS_OK : STATUS_CONFLICT;
    if (status == STATUS_OK)
        status = alipay_form_sign_text(form, nothing, &text);
    if (status == STATUS_OK &&
        crypto_sign_rsa_sha256(app_key, text.data, text.length, &signature) != STATUS_OK)
        status = STATUS_CONFIG;
    if (status == STATUS_OK)
        status = encode_base64(&encoded, signature.data, signature.length);
    if (status == STATUS_OK)
        status = alipay_form_add(form, "sign", (const char *)encoded.data);
    buf_release(&text);
    buf_release(&signature);
    buf_release(&encoded);
    return status;
}

bool alipay_sign_is_right(const struct crypto_key *alipay_key, const void *bytes, size_t length,
                          const char *signature)
{
    struct buf decoded;
    buf_init(&decoded, SIGNATURE_BYTES);
    bool is_right = encode_base64_decode(&decoded, signature) == STATUS_OK && decoded.length > 0 &&
                    crypto_verify_rsa_sha256(alipay_key, bytes, length, decoded.data, decoded.length);
    buf_release(&decoded);
    return is_right;
}

bool alipay_sign_is_notification_right(const struct crypto_key *alipay_key, const struct alipay_form *form)
{
    static const char *const unsigned_names[] = {"sign", "sign_type", "alipay_cert_sn", NULL};
    struct buf text;
    buf_init(&text, ALIPAY_FORM_BYTES);
    bool is_right = alipay_form_sign_text(form, unsigned_names, &text) == STATUS_OK && text.length > 0 &&
                    alipay_sign_is_right(alipay_key, text.data, text.length, alipay_form_value(form, "sign"));
    buf_release(&text);
    return is_right;
}
