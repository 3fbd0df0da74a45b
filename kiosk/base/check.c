#include "kiosk/base/check.h"

#include <stdlib.h>

#include "kiosk/base/log.h"

void check_failed(const char *condition, const char *file, int line)
{
    log_error("check", "broken promise: %s at %s:%d", condition, file, line);
    abort();
}
