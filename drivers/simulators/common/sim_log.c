#include "drivers/simulators/common/sim_log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/limits.h"

enum status sim_log_open(struct sim_log *log, const char *path, struct failure *failure)
{
    *log = (struct sim_log){.fd = -1};
    if (path == NULL || path[0] == '\0')
        return STATUS_OK;
    log->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log->fd < 0)
        return failure_set(failure, STATUS_IO, "open", errno, "%s: %s", path, strerror(errno));
    return STATUS_OK;
}

void sim_log_take(struct sim_log *log, struct json *line)
{
    struct buf text;
    buf_init(&text, LIMIT_JSON_BYTES);
    log->sequence++;
    json_set_integer(line, "seq", log->sequence);
    enum status status = json_write(line, &text);
    if (status == STATUS_OK)
        status = buf_append_text(&text, "\n");
    if (status == STATUS_OK && log->fd >= 0) {
        ssize_t written = write(log->fd, text.data, text.length);
        (void)written; /* a test that reads the line notices its absence */
    }
    buf_release(&text);
    json_free(line);
}

void sim_log_close(struct sim_log *log)
{
    if (log == NULL)
        return;
    if (log->fd > 0)
        (void)close(log->fd);
    log->fd = -1;
}
