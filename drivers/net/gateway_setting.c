#include "drivers/net/gateway_setting.h"

#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/text.h"

enum { LINE_END_BYTES = 2 };

enum status gateway_setting_copy(char *out, size_t size, const char *value, const char *where,
                                 const char *name, bool must, struct failure *failure)
{
    if (value == NULL)
        value = "";
    if (must && value[0] == '\0')
        return failure_set(failure, STATUS_CONFIG, where, 0, "%s is missing", name);
    if (!text_copy(out, size, value))
        return failure_set(failure, STATUS_CONFIG, where, 0, "%s is too long", name);
    return STATUS_OK;
}

/* A scheme we speak, a host behind it and nothing that needs encoding. */
static bool is_address(const char *url)
{
    const char *host = text_has_prefix(url, "http://")    ? url + strlen("http://")
                       : text_has_prefix(url, "https://") ? url + strlen("https://")
                                                          : "";
    if (host[0] == '\0' || strchr("/:?#@", host[0]) != NULL)
        return false;
    for (const char *at = host; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~')
            return false;
    return true;
}

enum status gateway_setting_url(char *url, const char *where, const char *name, struct failure *failure)
{
    size_t length = strlen(url);
    if (!is_address(url))
        return failure_set(failure, STATUS_CONFIG, where, 0,
                           "%s must be http://host or https://host, not \"%.80s\"", name, url);
    if (url[length - 1] == '/')
        url[length - 1] = '\0';
    return STATUS_OK;
}

static bool is_given(const char *path)
{
    return path != NULL && path[0] != '\0';
}

enum status gateway_setting_file(const char *path, const char *where, const char *name, struct buf *out,
                                 struct failure *failure)
{
    struct failure detail = {0};
    if (!is_given(path))
        return failure_set(failure, STATUS_CONFIG, where, 0, "%s is missing", name);
    if (file_read(path, out, &detail) != STATUS_OK)
        return failure_set(failure, STATUS_CONFIG, where, detail.vendor_code, "%s cannot be read: %s", name,
                           detail.text);
    return STATUS_OK;
}

enum status gateway_setting_secret(const char *path, const char *where, const char *name, size_t most,
                                   struct secret *out, struct failure *failure)
{
    struct buf text;
    struct failure detail = {0};
    if (!is_given(path))
        return failure_set(failure, STATUS_CONFIG, where, 0, "%s is missing", name);
    buf_init(&text, most + LINE_END_BYTES);
    enum status status = file_read(path, &text, &detail);
    while (status == STATUS_OK && text.length > 0 && strchr("\r\n", text.data[text.length - 1]) != NULL)
        text.length--;
    if (status == STATUS_OK)
        status = text.length == 0 ? STATUS_MALFORMED : secret_set(out, text.data, text.length);
    if (status != STATUS_OK)
        status = failure_set(failure, STATUS_CONFIG, where, detail.vendor_code, "%s cannot be used: %s", name,
                             detail.text);
    buf_wipe(&text);
    return status;
}
