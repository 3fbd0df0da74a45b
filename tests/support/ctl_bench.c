#include "tests/support/ctl_bench.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/store/db.h"
#include "kiosk/store/hall_key_file.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_payment.h"

enum { WORDS_MAX = 16 };

static const char settings_text[] = "paths:\n"
                                    "  state: %1$s\n"
                                    "  catalogue: %2$s/config/catalogue\n"
                                    "  assets: %3$s/assets\n"
                                    "store: {file: %1$s/hall.db}\n"
                                    "hall_key: {file: %1$s/keys/hall.key}\n"
                                    "scanner: {driver: fake}\n"
                                    "token: {driver: fake}\n"
                                    "printer: {driver: fake}\n"
                                    "payment: {driver: fake}\n"
                                    "sms: {driver: fake}\n"
                                    "idcard: {driver: none}\n"
                                    "identity_service: {driver: none}\n"
                                    "authority: {driver: none}\n";

const char *ctl_bench_path(const struct ctl_bench *bench, const char *name)
{
    static char path[4][2 * CTL_BENCH_PATH_BYTES];
    static unsigned next;
    char *out = path[next++ % 4];
    (void)snprintf(out, sizeof(path[0]), "%s/%s", bench->directory, name);
    return out;
}

void ctl_bench_write(const struct ctl_bench *bench, const char *name, const char *text)
{
    check(file_replace(ctl_bench_path(bench, name), text, strlen(text), 0600, NULL) == STATUS_OK);
}

void ctl_bench_open(struct ctl_bench *bench, const char *source_dir, const char *build_dir)
{
    char text[4096];
    const char *parent = getenv("TMPDIR");
    *bench = (struct ctl_bench){0};
    (void)snprintf(bench->directory, sizeof(bench->directory), "%s/ck-ctl-XXXXXX",
                   parent != NULL ? parent : "/tmp");
    check(mkdtemp(bench->directory) != NULL);
    (void)snprintf(bench->config, sizeof(bench->config), "%s/kiosk.yaml", bench->directory);
    (void)snprintf(text, sizeof(text), settings_text, bench->directory, source_dir, build_dir);
    ctl_bench_write(bench, "kiosk.yaml", text);
    clock_manual_init(&bench->clock, CTL_BENCH_NOW_UTC_S);
    random_seeded_init(&bench->random, 1);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

void ctl_bench_close(struct ctl_bench *bench)
{
    free(bench->out);
    free(bench->err);
    check(nftw(bench->directory, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0);
}

int ctl_bench_setup_at(void **state, const char *source_dir, const char *build_dir)
{
    struct ctl_bench *bench = calloc(1, sizeof(*bench));
    check(bench != NULL);
    ctl_bench_open(bench, source_dir, build_dir);
    check(ctl_bench_run(bench, NULL, "hall-key", "create", NULL) == 0);
    *state = bench;
    return 0;
}

int ctl_bench_teardown(void **state)
{
    ctl_bench_close(*state);
    free(*state);
    return 0;
}

/* The key's first line, "  key: value" or "key: {..: value}", is written anew; the rest stays. */
void ctl_bench_set(const struct ctl_bench *bench, const char *key, const char *value)
{
    char needle[64];
    struct buf before;
    struct buf after;
    buf_init(&before, LIMIT_CONFIG_BYTES);
    buf_init(&after, LIMIT_CONFIG_BYTES);
    check(file_read(bench->config, &before, NULL) == STATUS_OK);
    (void)snprintf(needle, sizeof(needle), "%s:", key);
    const char *text = (const char *)before.data;
    const char *line = strstr(text, needle);
    check(line != NULL);
    const char *end = strchr(line, '\n');
    check(buf_append(&after, text, (size_t)(line - text)) == STATUS_OK &&
          buf_append_format(&after, "%s %s%s", needle, value, end) == STATUS_OK);
    ctl_bench_write(bench, "kiosk.yaml", (const char *)after.data);
    buf_release(&before);
    buf_release(&after);
}

void ctl_bench_sql(const struct ctl_bench *bench, const char *sql)
{
    struct db *db = NULL;
    check(db_open(&(struct db_settings){.path = ctl_bench_path(bench, "hall.db"), .busy_ms = 1000}, &db,
                  NULL) == STATUS_OK);
    check(db_script(db, sql, NULL) == STATUS_OK);
    db_close(db);
}

/* --- running ----------------------------------------------------------------------------------------- */

static int pipe_with(const char *input)
{
    int ends[2];
    check(pipe(ends) == 0);
    size_t length = input == NULL ? 0 : strlen(input);
    check(write(ends[1], input == NULL ? "" : input, length) == (ssize_t)length); /* fits into a pipe */
    check(close(ends[1]) == 0);
    return ends[0];
}

static int run(struct ctl_bench *bench, const char *input, int argc, char **argv)
{
    size_t length = 0;
    free(bench->out);
    free(bench->err);
    struct ctl_io io = {.out = open_memstream(&bench->out, &length),
                        .err = open_memstream(&bench->err, &length),
                        .in_fd = pipe_with(input),
                        .clock = &bench->clock.clock,
                        .random = &bench->random.random};
    check(io.out != NULL && io.err != NULL);
    enum ctl_exit result = ctl_run(&io, argc, argv);
    (void)fclose(io.out);
    (void)fclose(io.err);
    (void)close(io.in_fd);
    return (int)result;
}

static int collect(char **argv, int argc, va_list words)
{
    for (const char *word = va_arg(words, const char *); word != NULL; word = va_arg(words, const char *)) {
        check(argc < WORDS_MAX);
        argv[argc] = strdup(word); /* getopt permutes and may not be handed literals */
        check(argv[argc++] != NULL);
    }
    return argc;
}

static int run_words(struct ctl_bench *bench, const char *input, bool with_config, va_list words)
{
    char *argv[WORDS_MAX + 1] = {strdup("certctl")};
    int argc = 1;
    if (with_config) {
        argv[argc++] = strdup("--config");
        argv[argc++] = strdup(bench->config);
    }
    argc = collect(argv, argc, words);
    int result = run(bench, input, argc, argv);
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    return result;
}

int ctl_bench_run(struct ctl_bench *bench, const char *input, ...)
{
    va_list words;
    va_start(words, input);
    int result = run_words(bench, input, true, words);
    va_end(words);
    return result;
}

int ctl_bench_run_bare(struct ctl_bench *bench, ...)
{
    va_list words;
    va_start(words, bench);
    int result = run_words(bench, NULL, false, words);
    va_end(words);
    return result;
}

struct json *ctl_bench_json(const struct ctl_bench *bench)
{
    struct json *document = NULL;
    check(json_parse(bench->out, strlen(bench->out), &document) == STATUS_OK);
    return document;
}

/* --- the store --------------------------------------------------------------------------------------- */

struct store *ctl_bench_open_store(struct ctl_bench *bench, struct hall_key *key)
{
    struct store *store = NULL;
    check(hall_key_file_open(ctl_bench_path(bench, "keys/hall.key"), &bench->random.random, key, NULL) ==
          STATUS_OK);
    check(store_open(&(struct store_settings){.path = ctl_bench_path(bench, "hall.db"),
                                              .hall_key = key,
                                              .clock = &bench->clock.clock,
                                              .random = &bench->random.random,
                                              .owner = "terminal-01"},
                     &store, NULL) == STATUS_OK);
    return store;
}

void ctl_bench_close_store(struct store *store, struct hall_key *key)
{
    store_close(store);
    hall_key_close(key);
}

static void step(struct store *store, struct order *order, const struct order_steps *steps,
                 enum order_event event)
{
    struct order_transition transition;
    check(order_apply(order, event, steps, &transition) == STATUS_OK);
    order_enter(order, &transition, store_now_utc_s(store));
    check(store_order_apply(store, order, &transition, NULL) == STATUS_OK);
}

static void add_rows(struct store *store, const struct order *order)
{
    struct store_payment payment = {
        .out_trade_no = "CK2026112100000001", .channel = "fake", .amount_fen = 48000};
    struct store_key key = {.mark = "0123456789abcdef0123456789abcdef", .serial = "S1", .model = "M1"};
    (void)memcpy(payment.order_id, order->id, sizeof(payment.order_id));
    (void)memcpy(key.order_id, order->id, sizeof(key.order_id));
    key.state = STORE_KEY_IN_WORK;
    check(store_payment_insert(store, &payment, NULL, NULL) == STATUS_OK);
    check(store_key_insert(store, &key, NULL) == STATUS_OK);
    check(store_intention_begin(store, "ffffffffffffffffffffffffffffffff", STORE_INTENTION_PRINT, order->id,
                                "{\"job\":\"j1\"}", 30, NULL) == STATUS_OK);
    check(store_field_put(store, order->id, "company", CTL_BENCH_NAME, NULL) == STATUS_OK);
    check(store_field_put(store, order->id, "agent_mobile", CTL_BENCH_PHONE, NULL) == STATUS_OK);
}

void ctl_bench_order(struct ctl_bench *bench, struct order *out)
{
    static const struct order_steps steps = {.step = {ORDER_STEP_FORM, ORDER_STEP_PRINT, ORDER_STEP_SCAN,
                                                      ORDER_STEP_REVIEW, ORDER_STEP_PAY, ORDER_STEP_ISSUE,
                                                      ORDER_STEP_PIN, ORDER_STEP_COLLECT},
                                             .count = 8};
    struct hall_key key = {0};
    struct store *store = ctl_bench_open_store(bench, &key);
    int64_t now_utc_s = store_now_utc_s(store);
    check(order_init(out, &bench->random.random, "ezca-cqzfcg", "supplier", "new", "terminal-01", 48000,
                     &steps, now_utc_s) == STATUS_OK);
    check(order_acceptance_make("T{yyyyMMddHHmmss}{digits:6}", now_utc_s, 0, &bench->random.random,
                                out->acceptance) == STATUS_OK);
    check(store_order_insert(store, out, NULL) == STATUS_OK);
    step(store, out, &steps, ORDER_EVENT_FORM_COMPLETED);
    step(store, out, &steps, ORDER_EVENT_PRINTED);
    step(store, out, &steps, ORDER_EVENT_SCANNED);
    add_rows(store, out);
    ctl_bench_close_store(store, &key);
}
