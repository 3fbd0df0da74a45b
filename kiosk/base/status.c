#include "kiosk/base/status.h"

static const struct {
    const char *name;
    const char *text_key;
} statuses[STATUS_COUNT_] = {
#define STATUS(code, name, key) {name, key},
#include "kiosk/base/status.def"
#undef STATUS
};

static int is_listed(enum status status)
{
    return (unsigned)status < STATUS_COUNT_;
}

const char *status_name(enum status status)
{
    return is_listed(status) ? statuses[status].name : "invalid";
}

const char *status_text_key(enum status status)
{
    return is_listed(status) ? statuses[status].text_key : statuses[STATUS_UNKNOWN].text_key;
}
