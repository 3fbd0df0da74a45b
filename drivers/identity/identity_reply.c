#include "drivers/identity/identity_reply.h"

#include <string.h>

#include "kiosk/base/json.h"
#include "kiosk/base/text.h"

static enum status code_class(int http_code)
{
    switch (http_code) {
    case 400:
    case 401:
    case 403:
        return STATUS_CONFIG;
    case 404:
        return STATUS_NOT_FOUND;
    case 409:
        return STATUS_CONFLICT;
    case 422:
        return STATUS_REFUSED;
    case 429:
    case 503:
        return STATUS_BUSY;
    default:
        return STATUS_UNKNOWN;
    }
}

static bool read_state(const char *name, enum identity_state *out)
{
    for (unsigned i = 0; i < IDENTITY_STATE_COUNT_; i++) {
        if (strcmp(identity_state_name((enum identity_state)i), name) == 0) {
            *out = (enum identity_state)i;
            return true;
        }
    }
    return false;
}

static enum status read_session(const struct json *json, const char *id, const char *person,
                                struct identity_session *out)
{
    struct identity_session session = {.until_utc_s = json_number(json, "expires_utc_s", 0)};
    if (strcmp(json_text(json, "id", ""), id) != 0 ||
        !read_state(json_text(json, "state", ""), &session.state) || session.until_utc_s <= 0 ||
        !text_copy(session.url, sizeof(session.url), json_text(json, "url", "")) ||
        !text_has_prefix(session.url, "http") || !text_is_printable(session.url))
        return STATUS_UNKNOWN;
    if (strcmp(json_text(json, "person", ""), person) != 0)
        return STATUS_CONFLICT;
    *out = session;
    return STATUS_OK;
}

enum status identity_reply_read(int http_code, const char *body, size_t length, const char *id,
                                const char *person, struct identity_session *out)
{
    struct json *json = NULL;
    if (http_code != 200)
        return code_class(http_code);
    if (json_parse(body, length, &json) != STATUS_OK)
        return STATUS_UNKNOWN;
    enum status status = read_session(json, id, person, out);
    json_free(json);
    return status;
}
