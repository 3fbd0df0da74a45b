#include "kiosk/base/failure.h"

#include <stdarg.h>
#include <stdio.h>

enum status failure_set(struct failure *failure, enum status status, const char *where, long vendor_code,
                        const char *format, ...)
{
    if (failure == NULL)
        return status;
    failure->where = where;
    failure->vendor_code = vendor_code;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(failure->text, sizeof(failure->text), format, arguments);
    va_end(arguments);
    return status;
}
