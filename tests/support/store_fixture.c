#include "tests/support/store_fixture.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/store/db.h"
#include "kiosk/store/hall_key_file.h"

static const struct order_steps steps = {.step = {ORDER_STEP_FORM, ORDER_STEP_PRINT, ORDER_STEP_SCAN,
                                                  ORDER_STEP_REVIEW, ORDER_STEP_PAY, ORDER_STEP_ISSUE,
                                                  ORDER_STEP_PIN, ORDER_STEP_COLLECT},
                                         .count = 8};

void store_fixture_prepare(struct store_fixture *fixture)
{
    memset(fixture, 0, sizeof(*fixture));
    const char *parent = getenv("TMPDIR");
    snprintf(fixture->directory, sizeof(fixture->directory), "%s/ck-store-XXXXXX", parent ? parent : "/tmp");
    check(mkdtemp(fixture->directory) != NULL);
    snprintf(fixture->path, sizeof(fixture->path), "%s/hall.db", fixture->directory);
    snprintf(fixture->key_path, sizeof(fixture->key_path), "%s/hall.key", fixture->directory);
    clock_manual_init(&fixture->clock, STORE_FIXTURE_NOW_UTC_S);
    random_seeded_init(&fixture->random, 1);
    check(hall_key_file_create(fixture->key_path, &fixture->random.random, NULL) == STATUS_OK);
    check(hall_key_file_open(fixture->key_path, &fixture->random.random, &fixture->hall_key, NULL) ==
          STATUS_OK);
}

enum status store_fixture_try(struct store_fixture *fixture, const char *owner, int busy_ms,
                              int64_t limit_bytes, struct store **out)
{
    struct store_settings settings = {.path = fixture->path,
                                      .hall_key = &fixture->hall_key,
                                      .clock = &fixture->clock.clock,
                                      .random = &fixture->random.random,
                                      .owner = owner,
                                      .busy_ms = busy_ms,
                                      .limit_bytes = limit_bytes};
    return store_open(&settings, out, NULL);
}

struct store *store_fixture_connect(struct store_fixture *fixture, const char *owner)
{
    struct store *store = NULL;
    check(store_fixture_try(fixture, owner, 0, 0, &store) == STATUS_OK);
    return store;
}

void store_fixture_open(struct store_fixture *fixture)
{
    store_fixture_prepare(fixture);
    fixture->store = store_fixture_connect(fixture, "T01");
}

void store_fixture_reopen(struct store_fixture *fixture)
{
    store_close(fixture->store);
    fixture->store = store_fixture_connect(fixture, "T01");
}

/* Every entry of the folder; the folder holds files only. */
static void for_each_file(const struct store_fixture *fixture, void (*act)(const char *path, void *context),
                          void *context)
{
    DIR *directory = opendir(fixture->directory);
    check(directory != NULL);
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        char path[2 * STORE_FIXTURE_PATH_BYTES];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", fixture->directory, entry->d_name);
        act(path, context);
    }
    closedir(directory);
}

static void remove_file(const char *path, void *context)
{
    (void)context;
    unlink(path);
}

void store_fixture_close(struct store_fixture *fixture)
{
    store_close(fixture->store);
    hall_key_close(&fixture->hall_key);
    for_each_file(fixture, remove_file, NULL);
    rmdir(fixture->directory);
}

int store_fixture_setup(void **state)
{
    struct store_fixture *fixture = calloc(1, sizeof(*fixture));
    check(fixture != NULL);
    store_fixture_open(fixture);
    *state = fixture;
    return 0;
}

int store_fixture_teardown(void **state)
{
    store_fixture_close(*state);
    free(*state);
    return 0;
}

void store_fixture_order(struct store_fixture *fixture, struct order *out)
{
    int64_t now = clock_utc_s(&fixture->clock.clock);
    check(order_init(out, &fixture->random.random, "cq-gov-procurement", "supplier", "new", "T01", 48000,
                     &steps, now) == STATUS_OK);
    check(order_acceptance_make("T{yyyyMMddHHmmss}{digits:6}", now, 0, &fixture->random.random,
                                out->acceptance) == STATUS_OK);
    check(store_order_insert(fixture->store, out, NULL) == STATUS_OK);
}

enum status store_fixture_event(struct store *store, struct order *order, enum order_event event)
{
    struct order next = *order;
    struct order_transition transition;
    enum status status = order_apply(order, event, &steps, &transition);
    if (status != STATUS_OK)
        return status;
    order_enter(&next, &transition, store_now_utc_s(store));
    status = store_order_apply(store, &next, &transition, NULL);
    if (status == STATUS_OK)
        *order = next;
    return status;
}

void store_fixture_sql(const struct store_fixture *fixture, const char *sql)
{
    struct db *db = NULL;
    check(db_open(&(struct db_settings){.path = fixture->path, .busy_ms = 1000}, &db, NULL) == STATUS_OK);
    check(db_script(db, sql, NULL) == STATUS_OK);
    db_close(db);
}

struct search {
    const void *bytes;
    size_t length;
    bool found;
};

static void search_file(const char *path, void *context)
{
    struct search *search = context;
    struct buf content;
    buf_init(&content, 64 * 1024 * 1024);
    check(file_read(path, &content, NULL) == STATUS_OK);
    if (content.length > 0 && memmem(content.data, content.length, search->bytes, search->length))
        search->found = true;
    buf_release(&content);
}

bool store_fixture_files_hold(const struct store_fixture *fixture, const void *bytes, size_t length)
{
    struct search search = {.bytes = bytes, .length = length};
    for_each_file(fixture, search_file, &search);
    return search.found;
}
