#include "kiosk/services/service_owner.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/encode.h"

/* An owner is a word of the settings and may hold what no file's name does. */
static enum status write_path(const char *store_file, const char *owner, struct buf *out)
{
    enum status status = buf_append_format(out, "%s.", store_file);
    if (status == STATUS_OK)
        status = encode_percent(out, owner);
    if (status == STATUS_OK)
        status = buf_append_text(out, ".lock");
    return status;
}

static enum status lock_file(const char *path, const char *owner, int *out, struct failure *failure)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return failure_set(failure, errno == ENOSPC ? STATUS_FULL : STATUS_IO, "open", errno, "%s", path);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        *out = fd;
        return STATUS_OK;
    }
    int error = errno;
    (void)close(fd);
    return error == EWOULDBLOCK ? failure_set(failure, STATUS_BUSY, "flock", error,
                                              "another program runs as %s on this store: %s", owner, path)
                                : failure_set(failure, STATUS_IO, "flock", error, "%s", path);
}

enum status service_owner_take(const char *store_file, const char *owner, int *out, struct failure *failure)
{
    struct buf path;
    buf_init(&path, PATH_MAX - 1);
    enum status status = write_path(store_file, owner, &path);
    if (status == STATUS_OK)
        status = lock_file((const char *)path.data, owner, out, failure);
    buf_release(&path);
    return status;
}

void service_owner_drop(int lock)
{
    if (lock >= 0)
        (void)close(lock);
}
