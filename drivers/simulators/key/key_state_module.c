#include "drivers/simulators/key/key_state.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CONTROL_BYTES = 8192, LINE_BYTES = 256, PATH_BYTES = 1024 };

static char root[PATH_BYTES - 64];

static void path_of(char out[PATH_BYTES], const char *name)
{
    snprintf(out, PATH_BYTES, "%s/%s", root, name);
}

/* --- files ------------------------------------------------------------------------------------------- */

static int lock_files(void)
{
    char path[PATH_BYTES];
    path_of(path, "lock");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    while (fd >= 0 && flock(fd, LOCK_EX) != 0) {
        if (errno != EINTR)
            break;
    }
    return fd;
}

static void unlock_files(int fd)
{
    if (fd >= 0)
        close(fd);
}

static bool read_small(const char *name, char *out, size_t size)
{
    char path[PATH_BYTES];
    path_of(path, name);
    FILE *file = fopen(path, "re");
    out[0] = 0;
    if (file == NULL)
        return false;
    size_t length = fread(out, 1, size - 1, file);
    out[length] = 0;
    fclose(file);
    return true;
}

static bool replace_small(const char *name, const char *text)
{
    char path[PATH_BYTES];
    char fresh[PATH_BYTES + 8];
    path_of(path, name);
    snprintf(fresh, sizeof(fresh), "%s.new", path);
    FILE *file = fopen(fresh, "we");
    if (file == NULL)
        return false;
    bool good = fputs(text, file) >= 0;
    good = fclose(file) == 0 && good;
    return good && rename(fresh, path) == 0;
}

bool key_state_open(void)
{
    char path[PATH_BYTES];
    char text[2 * PATH_BYTES];
    const char *folder = getenv("SIM_KEY_DIR");
    if (folder == NULL || strlen(folder) >= sizeof(root)) {
        fprintf(stderr, "sim-key: SIM_KEY_DIR must name a folder\n");
        return false;
    }
    snprintf(root, sizeof(root), "%s", folder);
    (void)mkdir(root, 0700);
    path_of(path, "keys");
    (void)mkdir(path, 0700);
    path_of(path, "tokens");
    (void)mkdir(path, 0700);
    snprintf(
        text, sizeof(text),
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n",
        path);
    path_of(path, "softhsm2.conf");
    int lock = lock_files();
    bool good = lock >= 0 && (access(path, R_OK) == 0 || replace_small("softhsm2.conf", text));
    unlock_files(lock);
    if (!good)
        fprintf(stderr, "sim-key: %s cannot be written\n", root);
    return good && setenv("SOFTHSM2_CONF", path, 1) == 0;
}

const char *key_state_folder(void)
{
    return root;
}

/* --- keys -------------------------------------------------------------------------------------------- */

/* A serial number that stays the same for a name: FNV-1a of it. */
static void default_serial(const char *name, char out[17])
{
    unsigned long long hash = 14695981039346656037ULL;
    for (const char *at = name; *at != 0; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211ULL;
    snprintf(out, 17, "%016llX", hash);
}

static bool is_name(const char *name)
{
    return name[0] != 0 && strchr(name, '/') == NULL && name[0] != '.';
}

static bool write_key(const struct key_state *key)
{
    char name[KEY_STATE_NAME_BYTES + 8];
    char text[512];
    snprintf(name, sizeof(name), "keys/%s", key->name);
    snprintf(text, sizeof(text), "serial %s\nmodel %s\ninner %s\ntries %d\nso-tries %d\n", key->serial,
             key->model, key->inner, key->tries, key->so_tries);
    return is_name(key->name) && replace_small(name, text);
}

static void take_line(struct key_state *key, const char *line)
{
    (void)sscanf(line, "serial %16s", key->serial);
    (void)sscanf(line, "model %16s", key->model);
    (void)sscanf(line, "inner %16s", key->inner);
    (void)sscanf(line, "tries %d", &key->tries);
    (void)sscanf(line, "so-tries %d", &key->so_tries);
}

static bool read_key(const char *name, struct key_state *out)
{
    char file[KEY_STATE_NAME_BYTES + 8];
    char text[512];
    if (!is_name(name))
        return false;
    *out = (struct key_state){.model = "SIM-KEY", .tries = KEY_STATE_TRIES, .so_tries = KEY_STATE_TRIES};
    snprintf(out->name, sizeof(out->name), "%s", name);
    default_serial(name, out->serial);
    snprintf(file, sizeof(file), "keys/%s", out->name);
    if (!read_small(file, text, sizeof(text)))
        return write_key(out);
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n"))
        take_line(out, line);
    return true;
}

bool key_state_read(const char *name, struct key_state *out)
{
    int lock = lock_files();
    bool good = read_key(name, out);
    unlock_files(lock);
    return good;
}

bool key_state_write(const struct key_state *key)
{
    int lock = lock_files();
    bool good = write_key(key);
    unlock_files(lock);
    return good;
}

/* --- the control file ----------------------------------------------------------------------------------- */

static void parse_writer(const char *control, struct key_state_writer *out, bool *locks)
{
    char text[CONTROL_BYTES];
    char *rest = text;
    *out = (struct key_state_writer){0};
    snprintf(text, sizeof(text), "%s", control);
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        if (sscanf(line, "insert %63s %u", out->name, &out->insertion) >= 1)
            continue;
        out->is_full = out->is_full || strcmp(line, "full") == 0;
        *locks = *locks || strcmp(line, "lock") == 0;
    }
    if (!is_name(out->name))
        out->name[0] = 0;
}

/* The control file without the lines that start with this word. */
static void drop_lines(const char *word)
{
    char control[CONTROL_BYTES];
    char kept[CONTROL_BYTES] = "";
    char *rest = control;
    (void)read_small("control", control, sizeof(control));
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        size_t used = strlen(kept);
        if (line[0] != 0 && strncmp(line, word, strlen(word)) != 0)
            snprintf(kept + used, sizeof(kept) - used, "%s\n", line);
    }
    (void)replace_small("control", kept);
}

static void lock_pin(const char *name)
{
    struct key_state key;
    if (name[0] != 0 && read_key(name, &key)) {
        key.tries = 0;
        (void)write_key(&key);
    }
    drop_lines("lock");
}

void key_state_look(struct key_state_writer *out)
{
    char control[CONTROL_BYTES];
    bool locks = false;
    int lock = lock_files();
    (void)read_small("control", control, sizeof(control));
    parse_writer(control, out, &locks);
    if (locks)
        lock_pin(out->name);
    unlock_files(lock);
}

/* One line about a fault, taken apart. */
struct fault_line {
    char word[16];
    char function[48];
    unsigned long number; /* MS of delay, RV of fail */
    long count;
};

static bool parse_fault(const char *line, struct fault_line *out)
{
    char first[24] = "";
    char second[24] = "";
    *out = (struct fault_line){.count = 1};
    int fields = sscanf(line, "%15s %47s %23s %23s", out->word, out->function, first, second);
    if (fields < 2)
        return false;
    bool has_number = strcmp(out->word, "delay") == 0 || strcmp(out->word, "fail") == 0 ||
                      strcmp(out->word, "pull-as") == 0;
    const char *count = has_number ? second : first;
    if (has_number)
        out->number = strtoul(first, NULL, 0);
    if (count[0] != 0)
        out->count = strtol(count, NULL, 10);
    return true;
}

static bool is_due_phase(const struct fault_line *fault, bool after)
{
    return after == (strcmp(fault->word, "pull-after") == 0);
}

static enum key_state_fault fault_of(const char *word)
{
    if (strcmp(word, "pull-at") == 0 || strcmp(word, "pull-after") == 0 || strcmp(word, "pull-as") == 0)
        return KEY_STATE_PULL;
    if (strcmp(word, "fail") == 0)
        return KEY_STATE_FAIL;
    if (strcmp(word, "hang") == 0)
        return KEY_STATE_HANG;
    return strcmp(word, "crash") == 0 ? KEY_STATE_CRASH : KEY_STATE_NO_FAULT;
}

static bool concerns(const struct fault_line *fault, const char *function)
{
    return strcmp(fault->function, function) == 0 || strcmp(fault->function, "*") == 0;
}

/* The line as it stands after this call; empty when it has acted. */
static enum key_state_fault count_down(char *line, size_t size, const char *function, bool after,
                                       struct fault_line *fault, unsigned long *delay_ms, bool *changed)
{
    if (!parse_fault(line, fault) || !concerns(fault, function))
        return KEY_STATE_NO_FAULT;
    if (strcmp(fault->word, "delay") == 0) {
        *delay_ms += after ? 0 : fault->number;
        return KEY_STATE_NO_FAULT;
    }
    enum key_state_fault kind = fault_of(fault->word);
    if (kind == KEY_STATE_NO_FAULT || !is_due_phase(fault, after))
        return KEY_STATE_NO_FAULT;
    *changed = true;
    if (fault->count <= 1) {
        line[0] = 0;
        return kind;
    }
    if (fault->number != 0)
        snprintf(line, size, "%s %s 0x%lx %ld", fault->word, fault->function, fault->number,
                 fault->count - 1);
    else
        snprintf(line, size, "%s %s %ld", fault->word, fault->function, fault->count - 1);
    return KEY_STATE_NO_FAULT;
}

static void sleep_ms(unsigned long ms)
{
    struct timespec left = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

enum key_state_fault key_state_fault(const char *function, bool after, unsigned long *rv)
{
    static _Thread_local bool
        plans_after; /* seen when the call began; spares a look at the file when it ends */
    char control[CONTROL_BYTES];
    char kept[CONTROL_BYTES + LINE_BYTES] = "";
    enum key_state_fault due = KEY_STATE_NO_FAULT;
    unsigned long delay_ms = 0;
    bool changed = false;
    if (after && !plans_after)
        return KEY_STATE_NO_FAULT;
    int lock = lock_files();
    (void)read_small("control", control, sizeof(control));
    plans_after = strstr(control, "pull-after") != NULL;
    char *rest = control;
    for (char *at = strsep(&rest, "\n"); at != NULL; at = strsep(&rest, "\n")) {
        char line[LINE_BYTES];
        struct fault_line fault = {0};
        snprintf(line, sizeof(line), "%s", at);
        enum key_state_fault one =
            count_down(line, sizeof(line), function, after, &fault, &delay_ms, &changed);
        due = one != KEY_STATE_NO_FAULT ? one : due;
        if (one != KEY_STATE_NO_FAULT)
            *rv = fault.number;
        size_t used = strlen(kept);
        if (line[0] != 0 && used < CONTROL_BYTES)
            snprintf(kept + used, sizeof(kept) - used, "%s\n", line);
    }
    if (changed)
        (void)replace_small("control", kept);
    if (due == KEY_STATE_PULL)
        drop_lines("insert");
    unlock_files(lock);
    if (delay_ms > 0)
        sleep_ms(delay_ms);
    return due;
}
