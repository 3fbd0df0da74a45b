#include "kiosk/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOG_LINE_BYTES = 1024 };

static struct {
    enum log_level level;
    int fd;
} sink = {LOG_INFO, STDERR_FILENO};

static const char *const level_names[] = {"ERROR", "WARN ", "INFO ", "DEBUG"};

void log_start(enum log_level level, int fd)
{
    sink.level = level;
    sink.fd = fd;
}

static size_t write_head(char *line, size_t size, enum log_level level, const char *component)
{
    struct timespec now = {0};
    struct tm utc = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)gmtime_r(&now.tv_sec, &utc);
    char stamp[32];
    (void)strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%S", &utc);
    int length = snprintf(line, size, "%s.%03ldZ %s %s ", stamp, now.tv_nsec / 1000000L, level_names[level],
                          component);
    return length < 0 ? 0 : (size_t)length;
}

/* A line feed inside a message would forge a second line. */
static void flatten(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < 0x20)
            text[i] = ' ';
}

void log_line(enum log_level level, const char *component, const char *format, ...)
{
    if (level > sink.level)
        return;
    char line[LOG_LINE_BYTES];
    size_t used = write_head(line, sizeof(line), level, component);
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line + used, sizeof(line) - used, format, arguments);
    va_end(arguments);
    if (length > 0)
        used += (size_t)length;
    if (used > sizeof(line) - 1)
        used = sizeof(line) - 1;
    flatten(line, used);
    line[used++] = '\n';
    ssize_t written = write(sink.fd, line, used);
    (void)written; /* a log that cannot be written has nowhere to complain */
}

void log_failure(const char *component, const char *what, enum status status, const struct failure *failure)
{
    if (failure == NULL || failure->where == NULL)
        log_warn(component, "%s: %s", what, status_name(status));
    else
        log_warn(component, "%s: %s in %s (%ld): %s", what, status_name(status), failure->where,
                 failure->vendor_code, failure->text);
}
