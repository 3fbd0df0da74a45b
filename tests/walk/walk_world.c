#include "tests/walk/walk_world.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "tests/support/pki_process.h"
#include "tests/support/sim_client.h"

enum { LOOK_MS = 50, MESSAGE_MS = 10000, PRINT_MS = 30000, TOOL_ARGUMENTS = 32 };

static bool fail(struct walk_world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool fail(struct walk_world *world, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(world->failure, sizeof(world->failure), format, arguments);
    va_end(arguments);
    return false;
}

static bool path_of(const struct walk_world *world, const char *name, char out[WALK_WORLD_PATH_BYTES])
{
    return snprintf(out, WALK_WORLD_PATH_BYTES, "%s/%s", world->hall, name) < WALK_WORLD_PATH_BYTES;
}

/* The simulator as it runs now. */
static bool meet(struct walk_world *world, const char *simulator, struct sim_client *out)
{
    char name[64];
    char path[WALK_WORLD_PATH_BYTES];
    struct buf text;
    (void)snprintf(name, sizeof(name), "run/%s.port", simulator);
    buf_init(&text, 16);
    bool is_there = path_of(world, name, path) && file_read(path, &text, NULL) == STATUS_OK;
    *out = (struct sim_client){0};
    if (is_there)
        out->port = (uint16_t)strtoul((const char *)text.data, NULL, 10);
    buf_release(&text);
    return out->port != 0 || fail(world, "the simulator %s does not run", simulator);
}

static bool is_over(int64_t start_ms, int64_t patience_ms)
{
    clock_sleep_ms(clock_system(), LOOK_MS);
    return clock_monotonic_ms(clock_system()) - start_ms > patience_ms;
}

/* --- phone ---------------------------------------------------------------------------------------------- */

/* Newest first. Returns: NULL when the phone cannot be asked. Owns: the caller. */
static struct json *messages_of(struct walk_world *world, const char *phone)
{
    char path[96];
    struct sim_client sms;
    (void)snprintf(path, sizeof(path), "/control/messages?number=%s", phone);
    return meet(world, "sms", &sms) ? sim_client_get(&sms, path) : NULL;
}

size_t walk_world_messages(struct walk_world *world, const char *phone)
{
    struct json *messages = messages_of(world, phone);
    size_t count = messages == NULL ? 0 : json_length(messages);
    json_free(messages);
    return count;
}

bool walk_world_wait_resend(struct walk_world *world, const char *phone, int64_t seconds)
{
    struct json *messages = messages_of(world, phone);
    const struct json *newest = messages == NULL ? NULL : json_element(messages, 0);
    int64_t sent_utc_s = newest == NULL ? 0 : (int64_t)json_number(newest, "utc_s", 0);
    bool is_asked = messages != NULL;
    json_free(messages);
    while (is_asked && clock_utc_s(clock_system()) - sent_utc_s <= seconds)
        clock_sleep_ms(clock_system(), LOOK_MS);
    return is_asked || fail(world, "the messages to %s cannot be read", phone);
}

bool walk_world_read_code(struct walk_world *world, const char *phone, size_t after, char *out, size_t size)
{
    int64_t start_ms = clock_monotonic_ms(clock_system());
    do {
        struct json *messages = messages_of(world, phone);
        const struct json *newest =
            messages != NULL && json_length(messages) > after ? json_element(messages, 0) : NULL;
        bool is_read = newest != NULL && text_copy(out, size, json_text(newest, "code", ""));
        json_free(messages);
        if (is_read)
            return true;
    } while (!is_over(start_ms, MESSAGE_MS));
    return fail(world, "no message came to %s", phone);
}

bool walk_world_pay(struct walk_world *world, const char *qr_text)
{
    struct sim_client alipay;
    struct buf path;
    struct buf body;
    if (!meet(world, "alipay", &alipay))
        return false;
    buf_init(&path, LIMIT_JSON_BYTES);
    int code = 0;
    if (buf_append_format(&path, "/control/pay?qr_code=") == STATUS_OK &&
        encode_percent(&path, qr_text) == STATUS_OK) {
        code = sim_client_request(&alipay, "POST", (const char *)path.data, &body);
        if (code != 200)
            (void)fail(world, "the phone could not pay: %d %s", code,
                       body.length > 0 ? (const char *)body.data : "");
        buf_release(&body);
    }
    buf_release(&path);
    return code == 200;
}

bool walk_world_read_qr(struct walk_world *world, const char *picture, char *out, size_t size)
{
    const char *const arguments[] = {"zbarimg",         "--quiet", "--raw", "-Sdisable",
                                     "-Sqrcode.enable", picture,   NULL};
    struct buf output;
    int code = pki_process_run(arguments, &output);
    const char *text = output.length > 0 ? (const char *)output.data : "";
    /* zbarimg's library prints its own warnings; the code is the line with an address. */
    const char *address = strstr(text, "https://");
    size_t length = address == NULL ? 0 : strcspn(address, "\r\n");
    bool is_read = code == 0 && length > 0 && length < size;
    if (is_read) {
        memcpy(out, address, length);
        out[length] = 0;
    }
    buf_release(&output);
    return is_read || fail(world, "no payment code can be read on %s", picture);
}

/* --- paper ---------------------------------------------------------------------------------------------- */

/* The number of the newest job in the tray, 0 for none. */
static int newest_job(const char *tray)
{
    DIR *folder = opendir(tray);
    int newest = 0;
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        int number = 0;
        int used = 0;
        if (sscanf(entry->d_name, "job-%d.pdf%n", &number, &used) == 1 && used > 0 &&
            entry->d_name[used] == 0 && number > newest)
            newest = number;
    }
    if (folder != NULL)
        closedir(folder);
    return newest;
}

int walk_world_printed_jobs(const struct walk_world *world)
{
    char tray[WALK_WORLD_PATH_BYTES];
    return path_of(world, "printer/tray", tray) ? newest_job(tray) : 0;
}

bool walk_world_printed(struct walk_world *world, int after, char path[WALK_WORLD_PATH_BYTES])
{
    char name[64];
    int64_t start_ms = clock_monotonic_ms(clock_system());
    do {
        int newest = walk_world_printed_jobs(world);
        (void)snprintf(name, sizeof(name), "printer/tray/job-%d.pdf", newest);
        if (newest > after && path_of(world, name, path))
            return true;
    } while (!is_over(start_ms, PRINT_MS));
    return fail(world, "nothing more came out of the printer");
}

bool walk_world_make_page(struct walk_world *world, const char *const *arguments)
{
    char program[WALK_WORLD_PATH_BYTES];
    const char *all[TOOL_ARGUMENTS + 2] = {program};
    struct buf output;
    size_t count = 1;
    (void)snprintf(program, sizeof(program), "%s/sim-page", world->build);
    for (; arguments[count - 1] != NULL && count <= TOOL_ARGUMENTS; count++)
        all[count] = arguments[count - 1];
    int code = pki_process_run(all, &output);
    if (code != 0)
        (void)fail(world, "sim-page ended with %d: %s", code,
                   output.length > 0 ? (const char *)output.data : "");
    buf_release(&output);
    return code == 0;
}

bool walk_world_put_on_glass(struct walk_world *world, const char *picture)
{
    struct sim_client scanner;
    struct buf path;
    buf_init(&path, LIMIT_JSON_BYTES);
    int code = 0;
    if (meet(world, "scanner", &scanner) &&
        buf_append_format(&path, "/control/page?source=glass&path=") == STATUS_OK &&
        encode_percent(&path, picture) == STATUS_OK)
        code = sim_client_post(&scanner, "%s", (const char *)path.data);
    buf_release(&path);
    return code == 200 || fail(world, "%s does not lie on the glass (%d)", picture, code);
}

/* --- key ------------------------------------------------------------------------------------------------ */

/* drivers/simulators/key/key_state.h: replaced by rename under the folder's lock. */
static bool write_control(const char *folder, const char *line)
{
    char path[WALK_WORLD_PATH_BYTES + 16];
    char fresh[WALK_WORLD_PATH_BYTES + 32];
    (void)snprintf(path, sizeof(path), "%s/lock", folder);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    (void)snprintf(path, sizeof(path), "%s/control", folder);
    (void)snprintf(fresh, sizeof(fresh), "%s/control.fresh", folder);
    if (lock < 0)
        return false;
    bool is_written = flock(lock, LOCK_EX) == 0 &&
                      file_replace(fresh, line, strlen(line), 0600, NULL) == STATUS_OK &&
                      rename(fresh, path) == 0;
    (void)close(lock);
    return is_written;
}

bool walk_world_insert_key(struct walk_world *world, const char *name)
{
    char folder[WALK_WORLD_PATH_BYTES];
    char line[96] = "";
    if (name != NULL)
        (void)snprintf(line, sizeof(line), "insert %s %lld\n", name, (long long)clock_utc_s(clock_system()));
    return (path_of(world, "key", folder) && write_control(folder, line)) ||
           fail(world, "the simulated writer cannot be reached");
}

/* --- evidence ------------------------------------------------------------------------------------------- */

bool walk_world_keep(struct walk_world *world, const char *simulator, const char *path, const char *file)
{
    struct sim_client client;
    struct buf body;
    if (!meet(world, simulator, &client))
        return false;
    int code = sim_client_request(&client, "GET", path, &body);
    bool is_kept = code == 200 && file_replace(file, body.data, body.length, 0644, NULL) == STATUS_OK;
    buf_release(&body);
    return is_kept || fail(world, "%s of %s cannot be kept", path, simulator);
}
