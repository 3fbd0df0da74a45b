#include "drivers/payment/alipay_reply.h"

#include <string.h>

#include "kiosk/base/text.h"

enum { NAME_BYTES = 128 };

/* A place in the body that never runs past its end. */
struct scan {
    const char *at;
    const char *end;
};

static void skip_space(struct scan *scan)
{
    while (scan->at < scan->end && strchr(" \t\r\n", *scan->at) != NULL && *scan->at != '\0')
        scan->at++;
}

/* Whether the next character, after white space, is this one; it is then passed. */
static bool pass(struct scan *scan, char wanted)
{
    skip_space(scan);
    if (scan->at == scan->end || *scan->at != wanted)
        return false;
    scan->at++;
    return true;
}

/* Passes a string whose opening quote is next. Returns: false when it does not end. */
static bool pass_string(struct scan *scan)
{
    if (!pass(scan, '"'))
        return false;
    for (; scan->at < scan->end; scan->at++) {
        if (*scan->at == '"') {
            scan->at++;
            return true;
        }
        if (*scan->at == '\\' && ++scan->at == scan->end)
            return false;
    }
    return false;
}

/* Passes an object or array whose opening bracket is next; brackets inside strings do not count.
 * Kinds of brackets are not told apart here: the parser that reads the same characters does. */
static bool pass_nested(struct scan *scan)
{
    size_t depth = 0;
    while (scan->at < scan->end) {
        char now = *scan->at;
        if (now == '"') {
            if (!pass_string(scan))
                return false;
            continue;
        }
        scan->at++;
        if (now == '{' || now == '[')
            depth++;
        else if ((now == '}' || now == ']') && --depth == 0)
            return true;
    }
    return false;
}

static bool pass_value(struct scan *scan)
{
    skip_space(scan);
    if (scan->at == scan->end)
        return false;
    if (*scan->at == '"')
        return pass_string(scan);
    if (*scan->at == '{' || *scan->at == '[')
        return pass_nested(scan);
    const char *start = scan->at;
    while (scan->at < scan->end && strchr(",}] \t\r\n", *scan->at) == NULL)
        scan->at++;
    return scan->at > start;
}

static bool is_name(const char *start, const char *end, const char *name)
{
    size_t length = strlen(name);
    return (size_t)(end - start) == length + 2 && memcmp(start + 1, name, length) == 0;
}

enum status alipay_reply_raw_object(const char *body, size_t length, const char *name, const char **object,
                                    size_t *object_length)
{
    struct scan scan = {.at = body, .end = body + length};
    if (!pass(&scan, '{'))
        return STATUS_MALFORMED;
    do {
        skip_space(&scan);
        const char *name_start = scan.at;
        if (!pass_string(&scan))
            return STATUS_MALFORMED;
        const char *name_end = scan.at;
        if (!pass(&scan, ':'))
            return STATUS_MALFORMED;
        skip_space(&scan);
        const char *value = scan.at;
        if (!pass_value(&scan))
            return STATUS_MALFORMED;
        if (is_name(name_start, name_end, name)) {
            if (*value != '{')
                return STATUS_MALFORMED;
            *object = value;
            *object_length = (size_t)(scan.at - value);
            return STATUS_OK;
        }
    } while (pass(&scan, ','));
    return STATUS_NOT_FOUND;
}

/* "alipay.trade.query" becomes "alipay_trade_query_response". */
static bool response_name(const char *method, char out[NAME_BYTES])
{
    static const char tail[] = "_response";
    size_t length = strlen(method);
    if (length + sizeof(tail) > NAME_BYTES)
        return false;
    for (size_t i = 0; i < length; i++)
        out[i] = method[i] == '.' ? '_' : method[i];
    memcpy(out + length, tail, sizeof(tail));
    return true;
}

static enum status read_envelope(const char *body, size_t length, struct alipay_reply *reply)
{
    struct json *whole = NULL;
    enum status status = json_parse(body, length, &whole);
    if (status != STATUS_OK)
        return status;
    if (!text_copy(reply->sign, sizeof(reply->sign), json_text(whole, "sign", "")) ||
        !text_copy(reply->cert_sn, sizeof(reply->cert_sn), json_text(whole, "alipay_cert_sn", "")))
        status = STATUS_MALFORMED;
    json_free(whole);
    return status;
}

enum status alipay_reply_split(const char *body, size_t length, const char *method,
                               struct alipay_reply *reply)
{
    char name[NAME_BYTES];
    *reply = (struct alipay_reply){0};
    if (!response_name(method, name))
        return STATUS_MALFORMED;
    enum status status = read_envelope(body, length, reply);
    if (status != STATUS_OK)
        return status;
    status = alipay_reply_raw_object(body, length, name, &reply->signed_text, &reply->signed_length);
    if (status == STATUS_NOT_FOUND)
        status = alipay_reply_raw_object(body, length, "error_response", &reply->signed_text,
                                         &reply->signed_length);
    if (status == STATUS_NOT_FOUND)
        return STATUS_MALFORMED;
    return status == STATUS_OK ? json_parse(reply->signed_text, reply->signed_length, &reply->content)
                               : status;
}

void alipay_reply_release(struct alipay_reply *reply)
{
    if (reply == NULL)
        return;
    json_free(reply->content);
    *reply = (struct alipay_reply){0};
}

/* Real sub_codes carry "ACQ.", "AQC." or no prefix. */
static bool ends_with(const char *text, const char *suffix)
{
    size_t text_bytes = strlen(text);
    size_t suffix_bytes = strlen(suffix);
    return text_bytes >= suffix_bytes && strcmp(text + text_bytes - suffix_bytes, suffix) == 0;
}

static enum status business_class(const char *sub_code)
{
    static const struct {
        const char *suffix;
        enum status status;
    } rows[] = {
        {"SYSTEM_ERROR", STATUS_UNKNOWN},      {"unknow-error", STATUS_UNKNOWN},
        {"TRADE_NOT_EXIST", STATUS_NOT_FOUND}, {"INVALID_PARAMETER", STATUS_CONFIG},
        {"ACCESS_FORBIDDEN", STATUS_CONFIG},   {"PARTNER_ERROR", STATUS_CONFIG},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (ends_with(sub_code, rows[i].suffix))
            return rows[i].status;
    return STATUS_REFUSED;
}

enum status alipay_reply_class(const char *code, const char *sub_code)
{
    static const struct {
        const char *code;
        enum status status;
    } rows[] = {
        {"10000", STATUS_OK},     {"20000", STATUS_UNKNOWN}, {"20001", STATUS_CONFIG},
        {"40001", STATUS_CONFIG}, {"40002", STATUS_CONFIG},  {"40003", STATUS_CONFIG},
        {"40005", STATUS_BUSY},   {"40006", STATUS_CONFIG},
    };
    if (strcmp(code, "40004") == 0)
        return business_class(sub_code);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(code, rows[i].code) == 0)
            return rows[i].status;
    return STATUS_UNKNOWN;
}

bool alipay_reply_may_be_unsigned(const char *code)
{
    enum status status = alipay_reply_class(code, "");
    return strcmp(code, "40004") != 0 && (status == STATUS_CONFIG || status == STATUS_BUSY);
}
