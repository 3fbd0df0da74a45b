#include "drivers/sms/aliyun_reply.h"

#include <string.h>

#include "kiosk/base/json.h"
#include "kiosk/base/text.h"

static enum status code_class(const char *code, int http_code)
{
    static const struct {
        const char *prefix;
        enum status status;
    } rows[] = {
        {"isv.BUSINESS_LIMIT_CONTROL", STATUS_BUSY},
        {"isv.DAY_LIMIT_CONTROL", STATUS_BUSY},
        {"Throttling", STATUS_BUSY},
        {"isv.MOBILE_NUMBER_ILLEGAL", STATUS_REFUSED},
        {"isv.SMS_SIGNATURE_ILLEGAL", STATUS_CONFIG},
        {"isv.SMS_TEMPLATE_ILLEGAL", STATUS_CONFIG},
        {"isv.INVALID_PARAMETERS", STATUS_CONFIG},
        {"isv.AMOUNT_NOT_ENOUGH", STATUS_CONFIG},
        {"isv.OUT_OF_SERVICE", STATUS_CONFIG},
        {"isv.", STATUS_CONFIG},
        {"isp.", STATUS_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (text_has_prefix(code, rows[i].prefix))
            return rows[i].status;
    return http_code >= 400 && http_code < 500 ? STATUS_CONFIG : STATUS_UNKNOWN;
}

enum status aliyun_reply_read(int http_code, const char *body, size_t length, struct aliyun_reply *out)
{
    struct json *json = NULL;
    *out = (struct aliyun_reply){0};
    if (http_code >= 500 || json_parse(body, length, &json) != STATUS_OK)
        return http_code == 429 ? STATUS_BUSY : STATUS_UNKNOWN;
    bool fits =
        text_copy(out->code, sizeof(out->code), json_text(json, "Code", "")) &&
        text_copy(out->biz_id, sizeof(out->biz_id), json_text(json, "BizId", json_text(json, "CallId", "")));
    json_free(json);
    if (!fits || out->code[0] == '\0')
        return STATUS_UNKNOWN;
    if (strcmp(out->code, "OK") == 0)
        return http_code == 200 ? STATUS_OK : STATUS_UNKNOWN;
    return code_class(out->code, http_code);
}
