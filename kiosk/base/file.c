#include "kiosk/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status failed(struct failure *failure, const char *where, const char *path)
{
    int error = errno;
    enum status status = error == ENOENT                                        ? STATUS_NOT_FOUND
                         : error == ENOSPC || error == EDQUOT || error == EFBIG ? STATUS_FULL
                                                                                : STATUS_IO;
    return failure_set(failure, status, where, error, "%s: %s", path, strerror(error));
}

static enum status read_all(int fd, struct buf *out)
{
    uint8_t chunk[16384];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof(chunk));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0 ? STATUS_OK : STATUS_IO;
        enum status status = buf_append(out, chunk, (size_t)got);
        if (status != STATUS_OK)
            return status;
    }
}

enum status file_read(const char *path, struct buf *out, struct failure *failure)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return failed(failure, "open", path);
    enum status status = read_all(fd, out);
    if (status == STATUS_IO)
        status = failed(failure, "read", path);
    else if (status != STATUS_OK)
        status =
            failure_set(failure, status, "file_read", 0, "%s: longer than %zu bytes", path, out->limit_bytes);
    (void)close(fd);
    return status;
}

static bool write_all(int fd, const uint8_t *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

/* The rename is durable only once the directory is. */
static bool sync_directory_of(const char *path)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = slash == NULL ? 1 : slash == path ? 1 : (int)(slash - path);
    (void)snprintf(directory, sizeof(directory), "%.*s", length, slash == NULL ? "." : path);
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        (void)close(fd);
    return ok;
}

static bool write_synced(int fd, const void *bytes, size_t length, unsigned mode)
{
    return fchmod(fd, (mode_t)mode) == 0 && write_all(fd, bytes, length) && fsync(fd) == 0;
}

enum status file_replace(const char *path, const void *bytes, size_t length, unsigned mode,
                         struct failure *failure)
{
    char beside[PATH_MAX];
    if ((size_t)snprintf(beside, sizeof(beside), "%s.XXXXXX", path) >= sizeof(beside))
        return failure_set(failure, STATUS_FULL, "file_replace", 0, "path too long");
    int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0)
        return failed(failure, "mkostemp", path);
    bool ok = write_synced(fd, bytes, length, mode);
    enum status status = ok ? STATUS_OK : failed(failure, "write", path);
    (void)close(fd);
    if (status == STATUS_OK && rename(beside, path) != 0)
        status = failed(failure, "rename", path);
    if (status != STATUS_OK)
        (void)unlink(beside);
    else if (!sync_directory_of(path))
        status = failed(failure, "fsync", path);
    return status;
}

enum status file_make_directories(const char *path, unsigned mode, struct failure *failure)
{
    char partial[PATH_MAX];
    if ((size_t)snprintf(partial, sizeof(partial), "%s", path) >= sizeof(partial))
        return failure_set(failure, STATUS_FULL, "file_make_directories", 0, "path too long");
    for (char *at = partial + 1; *at != 0; at++) {
        if (*at != '/')
            continue;
        *at = 0;
        if (mkdir(partial, (mode_t)mode) != 0 && errno != EEXIST)
            return failed(failure, "mkdir", partial);
        *at = '/';
    }
    if (mkdir(partial, (mode_t)mode) != 0 && errno != EEXIST)
        return failed(failure, "mkdir", partial);
    return STATUS_OK;
}
