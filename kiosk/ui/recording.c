#include "kiosk/ui/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"

enum { RECORDING_LIMIT_BYTES = 16 * 1024 * 1024 };

struct recording {
    FILE *file; /* being written; NULL when it is played back */
    bool keeps_pads;
    struct buf lines; /* being played back */
    size_t at;
};

static struct recording *recording_new(void)
{
    struct recording *recording = calloc(1, sizeof *recording);
    if (recording)
        buf_init(&recording->lines, RECORDING_LIMIT_BYTES);
    return recording;
}

/* A file that is there already may be open to others: it makes room for a private one. */
static FILE *create_private(const char *path)
{
    (void)unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (file)
        setvbuf(file, NULL, _IOLBF, 0);
    return file;
}

enum status recording_create(const char *path, bool keeps_pads, struct recording **out,
                             struct failure *failure)
{
    struct recording *recording = recording_new();
    if (!recording)
        return STATUS_NO_MEMORY;
    recording->keeps_pads = keeps_pads;
    recording->file = create_private(path);
    if (!recording->file) {
        int error = errno;
        recording_close(recording);
        return failure_set(failure, STATUS_IO, "recording_create", error, "%s", path);
    }
    *out = recording;
    return STATUS_OK;
}

void recording_note(struct recording *recording, const struct ui *ui, const struct input_event *event)
{
    char line[INPUT_EVENT_LINE_BYTES];
    enum ui_secrecy secrecy = ui_secrecy(ui, event);
    if (secrecy == UI_SECRECY_TEXT || (secrecy == UI_SECRECY_PAD && !recording->keeps_pads))
        return;
    (void)input_event_write(event, line);
    fprintf(recording->file, "%s\n", line);
}

enum status recording_open(const char *path, struct recording **out, struct failure *failure)
{
    struct recording *recording = recording_new();
    if (!recording)
        return STATUS_NO_MEMORY;
    enum status status = file_read(path, &recording->lines, failure);
    if (status == STATUS_OK)
        *out = recording;
    else
        recording_close(recording);
    return status;
}

bool recording_next(struct recording *recording, struct input_event *out)
{
    char line[INPUT_EVENT_LINE_BYTES];
    while (recording->at < recording->lines.length) {
        const char *start = (const char *)recording->lines.data + recording->at;
        const char *end = strchr(start, '\n');
        size_t length = end ? (size_t)(end - start) : strlen(start);
        recording->at += length + 1;
        if (length >= sizeof line)
            continue;
        memcpy(line, start, length);
        line[length] = '\0';
        if (input_event_read(line, out) == STATUS_OK)
            return true;
    }
    return false;
}

void recording_close(struct recording *recording)
{
    if (!recording)
        return;
    if (recording->file)
        fclose(recording->file);
    buf_wipe(&recording->lines);
    free(recording);
}
