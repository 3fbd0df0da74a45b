#include "drivers/simulators/hall/sim_hall_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <unistd.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"

enum { CONTROL_BYTES = 4096, PATH_BYTES = 2 * SIM_HALL_PATH_BYTES, KEYS_MOST = 1000 };

bool sim_hall_files_read(const char *path, char *out, size_t size)
{
    out[0] = '\0';
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    size_t length = fread(out, 1, size - 1, file);
    out[length] = '\0';
    (void)fclose(file);
    return true;
}

bool sim_hall_files_has_line(const char *text, const char *line)
{
    size_t length = strlen(line);
    for (const char *at = text; at != NULL && *at != '\0'; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, line, length) == 0 && (at[length] == '\n' || at[length] == '\0'))
            return true;
    }
    return false;
}

/* Every line of the text but this one. */
static enum status copy_without(struct buf *out, const char *text, const char *line)
{
    enum status status = STATUS_OK;
    while (*text != '\0' && status == STATUS_OK) {
        size_t length = strcspn(text, "\n");
        if (length > 0 && !(length == strlen(line) && strncmp(text, line, length) == 0))
            status = buf_append_format(out, "%.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
    return status;
}

static enum status replace(const char *folder, const struct buf *text)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/control", folder);
    return file_replace(path, text->length > 0 ? text->data : (const uint8_t *)"", text->length, 0600, NULL);
}

static void read_control(const char *folder, char out[CONTROL_BYTES])
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/control", folder);
    (void)sim_hall_files_read(path, out, CONTROL_BYTES);
}

static enum status change_line(const char *folder, const char *line, bool is_wanted)
{
    char before[CONTROL_BYTES] = "";
    struct buf after;
    enum status status = STATUS_OK;
    buf_init(&after, CONTROL_BYTES);
    if (line != NULL) {
        read_control(folder, before);
        status = copy_without(&after, before, line);
    }
    if (status == STATUS_OK && line != NULL && is_wanted)
        status = buf_append_format(&after, "%s\n", line);
    if (status == STATUS_OK)
        status = replace(folder, &after);
    buf_release(&after);
    return status;
}

enum status sim_hall_files_printer_line(const char *printer_dir, const char *line, bool is_wanted)
{
    return change_line(printer_dir, line, is_wanted);
}

int sim_hall_files_newest_job(const char *tray_dir)
{
    int newest = 0;
    DIR *tray = opendir(tray_dir);
    if (tray == NULL)
        return 0;
    for (const struct dirent *entry = readdir(tray); entry != NULL; entry = readdir(tray)) {
        int number = 0;
        int used = 0;
        if (sscanf(entry->d_name, "job-%d.pdf%n", &number, &used) == 1 && used > 0 &&
            entry->d_name[used] == '\0' && number > newest)
            newest = number;
    }
    (void)closedir(tray);
    return newest;
}

/* Hidden files and other kinds are passed over. */
static bool is_picture(const char *name)
{
    const char *ending = strrchr(name, '.');
    return name[0] != '.' && ending != NULL &&
           (strcasecmp(ending, ".jpg") == 0 || strcasecmp(ending, ".jpeg") == 0 ||
            strcasecmp(ending, ".png") == 0);
}

static int by_name(const void *a, const void *b)
{
    return strverscmp(a, b);
}

int sim_hall_files_sheets(const char *papers_dir, const char *tray_dir, char names[SIM_HALL_SHEETS][64])
{
    int count = 0;
    DIR *papers = opendir(papers_dir);
    for (const struct dirent *entry = papers == NULL ? NULL : readdir(papers);
         entry != NULL && count < SIM_HALL_SHEETS; entry = readdir(papers))
        if (is_picture(entry->d_name) && text_copy(names[count], sizeof names[count], entry->d_name))
            count++;
    if (papers != NULL)
        (void)closedir(papers);
    qsort(names, (size_t)count, sizeof names[0], by_name);
    for (int job = sim_hall_files_newest_job(tray_dir); job > 0 && count < SIM_HALL_SHEETS; job--)
        (void)snprintf(names[count++], sizeof names[0], "job-%d.pdf", job);
    return count;
}

/* --- the writer ------------------------------------------------------------------------------------------
 */

static int lock_writer(const char *key_dir)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/lock", key_dir);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0)
        (void)flock(fd, LOCK_EX);
    return fd;
}

static void unlock_writer(int fd)
{
    if (fd >= 0)
        (void)close(fd);
}

bool sim_hall_files_key(const char *key_dir, char name[64])
{
    char control[CONTROL_BYTES];
    read_control(key_dir, control);
    name[0] = '\0';
    for (const char *at = control; at != NULL && *at != '\0'; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (sscanf(at, "insert %63s", name) == 1)
            return true;
    }
    return false;
}

void sim_hall_files_key_lines(const char *key_dir, char *out, size_t size)
{
    char control[CONTROL_BYTES];
    size_t used = 0;
    read_control(key_dir, control);
    out[0] = '\0';
    char *rest = control;
    for (const char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n"))
        if (line[0] != '\0' && !text_has_prefix(line, "insert ") && used + strlen(line) + 2 < size)
            used += (size_t)snprintf(out + used, size - used, "%s\n", line);
}

int sim_hall_files_keys(const char *key_dir, char names[SIM_HALL_KEYS][64])
{
    char path[PATH_BYTES];
    int count = 0;
    (void)snprintf(path, sizeof path, "%s/keys", key_dir);
    DIR *keys = opendir(path);
    if (keys == NULL)
        return 0;
    for (const struct dirent *entry = readdir(keys); entry != NULL && count < SIM_HALL_KEYS;
         entry = readdir(keys))
        if (entry->d_name[0] != '.' && strchr(entry->d_name, '.') == NULL &&
            text_copy(names[count], sizeof names[count], entry->d_name))
            count++;
    (void)closedir(keys);
    qsort(names, (size_t)count, sizeof names[0], by_name);
    return count;
}

void sim_hall_files_fresh_key(const char *key_dir, char name[64])
{
    char path[PATH_BYTES + 64];
    char now[64];
    (void)sim_hall_files_key(key_dir, now);
    for (int i = 1; i < KEYS_MOST; i++) {
        (void)snprintf(name, 64, "key-%d", i);
        (void)snprintf(path, sizeof path, "%s/keys/%s", key_dir, name);
        if (access(path, F_OK) != 0 && strcmp(name, now) != 0)
            return;
    }
}

enum status sim_hall_files_insert(const char *key_dir, const char *name)
{
    struct buf text;
    enum status status = STATUS_OK;
    buf_init(&text, CONTROL_BYTES);
    int lock = lock_writer(key_dir);
    if (name != NULL)
        /* The insertion's number only has to differ from the one before; 32 bits of the time do. */
        status = buf_append_format(&text, "insert %s %u\n", name,
                                   (unsigned)(clock_utc_ms(clock_system()) & 0x7fffffff));
    if (status == STATUS_OK)
        status = replace(key_dir, &text);
    unlock_writer(lock);
    buf_release(&text);
    return status;
}

enum status sim_hall_files_key_plan(const char *key_dir, const char *line)
{
    int lock = lock_writer(key_dir);
    enum status status = change_line(key_dir, line, true);
    unlock_writer(lock);
    return status;
}
