/* A row of the store is overwritten with the input, and everything that reads it must end in a status.
 *
 * The first byte chooses the column, its top bit text or bytes; the rest is the value. The change is rolled
 * back after each input. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/json.h"
#include "kiosk/base/limits.h"
#include "kiosk/store/hall_key_file.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_clerk.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_payment.h"
#include "kiosk/store/store_presence.h"
#include "kiosk/store/store_rejection.h"

enum { ROWS_MAX = 8, PATH_BYTES = 128 };
#define TEXT_BIT 0x80U

static const char order_id[] = "00112233445566778899aabbccddeeff";
static const char decision_id[] = "d0112233445566778899aabbccddeeff";
static const char value[] = "王小明";
static const char reason[] = "公章不清晰";

static struct clock_manual hall_clock;
static struct random_seeded hall_random;
static struct hall_key hall_key;
static struct store *store;
static char directory[] = "/tmp/ck-fuzz-XXXXXX";

static void must(enum status status)
{
    check(status == STATUS_OK);
}

static void remove_files(void)
{
    static const char *const names[] = {"hall.db", "hall.db-wal", "hall.db-shm", "hall.key"};
    char path[PATH_BYTES];
    store_close(store);
    hall_key_close(&hall_key);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
        unlink(path);
    }
    rmdir(directory);
}

static void open_store(void)
{
    char path[PATH_BYTES];
    char key_path[PATH_BYTES];
    check(mkdtemp(directory) != NULL);
    snprintf(path, sizeof(path), "%s/hall.db", directory);
    snprintf(key_path, sizeof(key_path), "%s/hall.key", directory);
    clock_manual_init(&hall_clock, 1795252342);
    random_seeded_init(&hall_random, 3);
    must(hall_key_file_create(key_path, &hall_random.random, NULL));
    must(hall_key_file_open(key_path, &hall_random.random, &hall_key, NULL));
    struct store_settings settings = {.path = path,
                                      .hall_key = &hall_key,
                                      .clock = &hall_clock.clock,
                                      .random = &hall_random.random,
                                      .owner = "T01"};
    must(store_open(&settings, &store, NULL));
    atexit(remove_files);
}

static void fill_order(void)
{
    struct order order = {.state = ORDER_STATE_REVIEWING, .amount_fen = 48000};
    struct store_page page = {.paper = "license", .page = 1};
    struct store_payment payment = {
        .out_trade_no = "T0120261121000001", .channel = "alipay", .amount_fen = 48000};
    strcpy(order.id, order_id);
    strcpy(order.acceptance, "T20261121000001");
    strcpy(payment.order_id, order_id);
    must(store_order_insert(store, &order, NULL));
    must(store_field_put(store, order_id, "agent_name", value, NULL));
    must(store_page_put(store, order_id, &page, "jpeg", 4, NULL));
    must(store_payment_insert(store, &payment, NULL, NULL));
    must(store_intention_begin(store, "i1", STORE_INTENTION_PRINT, order_id, "{}", 60, NULL));
}

static void fill_rest(void)
{
    struct store_key key = {.mark = "MARK", .state = STORE_KEY_IN_WORK};
    struct store_decision decision = {.action = "reject", .required = 1, .of = 1};
    struct store_decision_signer signer = {.name = "zhang", .method = "password"};
    struct order_rejections rejections = {.count = 1};
    struct store_audit_entry entry = {
        .action = "value.reveal", .value = value, .value_length = sizeof(value)};
    strcpy(decision.id, decision_id);
    strcpy(decision.order_id, order_id);
    strcpy(rejections.item[0].item, "license");
    strcpy(rejections.item[0].reason, reason);
    must(store_key_insert(store, &key, NULL));
    must(store_certificate_insert(store, "r1", order_id, "MARK", "csr", 3, NULL));
    must(store_decision_insert(store, &decision, NULL));
    must(store_rejection_put(store, decision_id, &rejections, NULL));
    must(store_decision_sign(store, decision_id, &signer, NULL));
    must(store_presence_put(store, &(struct store_presence){.kind = "terminal"}, NULL));
    must(store_audit_append(store, &entry, NULL));
    must(db_script(store->db,
                   "INSERT INTO clerk VALUES ('zhang', 'reviewer', 'x', 0, 0, 0, 0);"
                   "DROP TRIGGER audit_no_update; DROP TRIGGER journal_no_update;",
                   NULL));
}

/* A sealed value opens to what was sealed, or not at all. */
static void read_field(void)
{
    struct buf out;
    struct form_values values;
    buf_init(&out, LIMIT_FIELD_BYTES);
    if (store_field_get(store, order_id, "agent_name", &out, NULL) == STATUS_OK)
        check(strcmp((const char *)out.data, value) == 0);
    if (store_field_load(store, order_id, &values, NULL) == STATUS_OK)
        check(strcmp(form_values_get(&values, "agent_name"), value) == 0);
    form_values_wipe(&values);
    buf_wipe(&out);
}

static void read_page(void)
{
    static struct store_page pages[ROWS_MAX];
    size_t count = 0;
    struct buf out;
    buf_init(&out, LIMIT_PAGE_JPEG_BYTES);
    if (store_page_get(store, order_id, "license", 1, NULL, &out, NULL) == STATUS_OK)
        check(out.length == 4);
    (void)store_page_list(store, order_id, pages, ROWS_MAX, &count, NULL);
    buf_wipe(&out);
}

static void read_certificate(void)
{
    static struct store_certificate certificates[ROWS_MAX];
    static struct store_key keys[ROWS_MAX];
    size_t count = 0;
    struct buf out;
    buf_init(&out, LIMIT_CERTIFICATE_BYTES);
    if (store_certificate_part(store, "r1", STORE_CERTIFICATE_REQUEST, &out, NULL) == STATUS_OK)
        check(out.length == 3);
    (void)store_certificate_list(store, order_id, certificates, ROWS_MAX, &count, NULL);
    (void)store_key_list_by_serial(store, "", "", keys, ROWS_MAX, &count, NULL);
    buf_wipe(&out);
}

static void read_decision(void)
{
    static struct store_decision decisions[ROWS_MAX];
    static struct store_decision_signer signers[ROWS_MAX];
    struct order_rejections rejections = {0};
    size_t count = 0;
    if (store_rejection_load(store, decision_id, &rejections, NULL) == STATUS_OK)
        check(rejections.count == 1 && strcmp(rejections.item[0].reason, reason) == 0);
    (void)store_decision_list_order(store, order_id, decisions, ROWS_MAX, &count, NULL);
    (void)store_decision_signers(store, decision_id, signers, ROWS_MAX, &count, NULL);
}

static void read_order(void)
{
    static struct order orders[ROWS_MAX];
    static struct store_payment payments[ROWS_MAX];
    struct store_order_filter everything = {0};
    size_t count = 0;
    (void)store_order_list(store, &everything, orders, ROWS_MAX, &count, NULL);
    (void)store_payment_list(store, order_id, payments, ROWS_MAX, &count, NULL);
}

static void read_intention(void)
{
    static struct store_intention intentions[ROWS_MAX];
    struct json *json = NULL;
    size_t count = 0;
    if (store_intention_list_mine(store, intentions, ROWS_MAX, &count, NULL) != STATUS_OK || count == 0)
        return;
    (void)json_parse(intentions[0].arguments, strlen(intentions[0].arguments), &json);
    json_free(json);
}

static void read_others(void)
{
    static struct store_clerk clerks[ROWS_MAX];
    static struct store_presence presences[ROWS_MAX];
    static struct store_change changes[ROWS_MAX];
    size_t count = 0;
    (void)store_clerk_list(store, clerks, ROWS_MAX, &count, NULL);
    (void)store_presence_list(store, presences, ROWS_MAX, &count, NULL);
    (void)store_change_list(store, 0, changes, ROWS_MAX, &count, NULL);
}

static void read_audit(void)
{
    static struct store_audit audits[ROWS_MAX];
    struct store_audit_report report;
    size_t count = 0;
    (void)store_audit_list(store, 0, audits, ROWS_MAX, &count, NULL);
    (void)store_audit_verify(store, &report, NULL);
}

static const struct {
    const char *sql;
    void (*read)(void);
} columns[] = {
    {"UPDATE field SET sealed = ?1", read_field},
    {"UPDATE order_key SET wrapped = ?1", read_field},
    {"UPDATE order_key SET hall_key_id = ?1", read_field},
    {"UPDATE orders SET state = ?1", read_order},
    {"UPDATE orders SET acceptance = ?1, product = ?1", read_order},
    {"UPDATE orders SET version = ?1, amount_fen = ?1", read_order},
    {"UPDATE page SET sealed = ?1", read_page},
    {"UPDATE page SET sha256 = ?1", read_page},
    {"UPDATE page SET findings = ?1, paper = ?1", read_page},
    {"UPDATE intention SET arguments = ?1, result = ?1", read_intention},
    {"UPDATE intention SET kind = ?1", read_intention},
    {"UPDATE intention SET state = ?1", read_intention},
    {"UPDATE payment SET qr = ?1, trade_no = ?1, refund_no = ?1", read_order},
    {"UPDATE payment SET state = ?1", read_order},
    {"UPDATE certificate SET subject_hash = ?1", read_certificate},
    {"UPDATE certificate SET state = ?1, serial = ?1", read_certificate},
    {"UPDATE certificate_part SET sealed = ?1", read_certificate},
    {"UPDATE token_key SET so_salt = ?1", read_certificate},
    {"UPDATE token_key SET label = ?1, model = ?1", read_certificate},
    {"UPDATE decision SET displayed_hash = ?1", read_decision},
    {"UPDATE decision SET action = ?1", read_decision},
    {"UPDATE decision_signer SET signature = ?1, name = ?1", read_decision},
    {"UPDATE rejection SET sealed = ?1", read_decision},
    {"UPDATE rejection SET item = ?1, kind = ?1", read_decision},
    {"UPDATE clerk SET role = ?1", read_others},
    {"UPDATE presence SET devices = ?1, step = ?1", read_others},
    {"UPDATE audit SET action = ?1, detail = ?1", read_audit},
    {"UPDATE audit SET hash = ?1, prev_hash = ?1", read_audit},
    {"UPDATE audit SET value_hash = ?1", read_audit},
    {"UPDATE audit_head SET hash = ?1, seal = ?1", read_audit},
    {"UPDATE journal SET event = ?1, kind = ?1", read_others},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!store) {
        open_store();
        fill_order();
        fill_rest();
    }
    if (size == 0)
        return 0;
    size_t column = (data[0] & (TEXT_BIT - 1)) % (sizeof(columns) / sizeof(columns[0]));
    struct db_value input = db_bytes(data + 1, size - 1);
    input.type = data[0] & TEXT_BIT ? DB_TEXT : DB_BYTES;
    must(store_begin(store, NULL));
    (void)db_exec(store->db, columns[column].sql, &input, 1, NULL, NULL);
    columns[column].read();
    check(store_end(store, STATUS_CANCELLED, NULL) != STATUS_OK);
    return 0;
}
