/* Nothing personal stands in plain in any file of the store, while it is used, after it, and after deleting.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/base/secret.h"
#include "kiosk/store/db.h"
#include "kiosk/store/store_account.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_check.h"
#include "kiosk/store/store_clerk.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_feedback.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_rejection.h"
#include "kiosk/store/store_sms.h"
#include "kiosk/store/store_ticket.h"
#include "kiosk/store/store_verification.h"
#include "tests/support/store_fixture.h"

/* Fictitious; check digits are right (GB 32100-2015, GB 11643-1999). */
static const char *const personal[] = {
    "重庆示例商贸有限公司",
    "91500000MA5U000023",
    "王小明",
    "11010519491231002X",
    "13800138000",
    "wang@example.com",
    "JPEG-OF-A-LICENSE",
    "CN=重庆示例商贸",
    "刘主任说公章不清晰",
    "CSR-WITH-A-SUBJECT",
    "428571",
    "hunter2hunter2",
};

static enum status put_fields(struct store *store, const char *order_id)
{
    struct form_values values;
    form_values_init(&values);
    enum status status = STATUS_OK;
    static const char *const names[] = {"org_name", "credit_code", "agent_name",
                                        "agent_id", "agent_phone", "email"};
    for (size_t i = 0; status == STATUS_OK && i < sizeof(names) / sizeof(names[0]); i++)
        status = form_values_set(&values, names[i], personal[i]);
    if (status == STATUS_OK)
        status = store_field_replace(store, order_id, &values, NULL);
    form_values_wipe(&values);
    return status;
}

static void put_people(struct store *store, const char *order_id)
{
    static const enum store_order_lookup kinds[] = {STORE_ORDER_LOOKUP_CREDIT_CODE,
                                                    STORE_ORDER_LOOKUP_ID_NUMBER, STORE_ORDER_LOOKUP_PHONE};
    static const int values[] = {1, 3, 4};
    struct secret secret;
    struct store_sms_verdict verdict;
    for (int i = 0; i < 3; i++)
        assert_int_equal(store_order_set_lookup(store, order_id, kinds[i], personal[values[i]], NULL),
                         STATUS_OK);
    assert_int_equal(secret_set(&secret, personal[10], 6), STATUS_OK);
    assert_int_equal(store_sms_put(store, personal[4], "login", &secret, NULL, &verdict, NULL), STATUS_OK);
    assert_int_equal(secret_set(&secret, personal[11], strlen(personal[11])), STATUS_OK);
    assert_int_equal(store_clerk_add(store, "zhang", STORE_CLERK_REVIEWER, &secret, "uid:7", NULL),
                     STATUS_OK);
    struct store_audit_entry entry = {
        .action = "value.reveal", .value = personal[3], .value_length = strlen(personal[3])};
    assert_int_equal(store_audit_append(store, &entry, NULL), STATUS_OK);
}

/* Who comes again, and what was said about the hall. */
static void put_holder(struct store *store, const char *order_id)
{
    struct secret password = {0};
    char id[STORE_ID_BYTES];
    struct store_feedback feedback = {.kind = STORE_FEEDBACK_COMPLAINT};
    assert_int_equal(secret_set(&password, personal[11], strlen(personal[11])), STATUS_OK);
    const struct store_account_wish wish = {
        .phone = personal[4], .id_number = personal[3], .password = &password, .least = 8};
    assert_int_equal(store_account_open(store, &wish, id, NULL), STATUS_OK);
    assert_int_equal(store_account_set_alias(store, id, STORE_ACCOUNT_EMAIL, personal[5], NULL), STATUS_OK);
    assert_int_equal(store_account_set_alias(store, id, STORE_ACCOUNT_COMPANY, personal[0], NULL), STATUS_OK);
    assert_int_equal(store_verification_put(store, order_id, personal[2], personal[10], NULL, NULL),
                     STATUS_OK);
    strcpy(feedback.text, personal[8]);
    strcpy(feedback.phone, personal[4]);
    assert_int_equal(store_feedback_add(store, &feedback, NULL), STATUS_OK);
}

static void put_certificate(struct store *store, const char *order_id)
{
    struct store_key key = {.mark = "MARK", .state = STORE_KEY_IN_WORK};
    strcpy(key.order_id, order_id);
    assert_int_equal(store_key_insert(store, &key, NULL), STATUS_OK);
    assert_int_equal(
        store_certificate_insert(store, "r1", order_id, "MARK", personal[9], strlen(personal[9]), NULL),
        STATUS_OK);
    struct store_certificate_facts facts = {.serial = "0a",
                                            .subject = personal[7],
                                            .der = personal[7],
                                            .der_length = strlen(personal[7]),
                                            .chain = personal[7],
                                            .chain_length = strlen(personal[7])};
    assert_int_equal(store_certificate_step(store, "r1", STORE_CERTIFICATE_REQUESTED,
                                            STORE_CERTIFICATE_ISSUED, &facts, NULL),
                     STATUS_OK);
}

static void put_decision(struct store *store, const char *order_id)
{
    struct order_rejections rejections = {.count = 1};
    struct store_decision decision = {.action = "reject", .required = 1, .of = 1};
    store_new_id(store, decision.id);
    strcpy(decision.order_id, order_id);
    rejections.item[0].kind = ORDER_ITEM_PAPER;
    strcpy(rejections.item[0].item, "license");
    strcpy(rejections.item[0].reason, personal[8]);
    assert_int_equal(store_decision_insert(store, &decision, NULL), STATUS_OK);
    assert_int_equal(store_rejection_put(store, decision.id, &rejections, NULL), STATUS_OK);
}

static void use_everything(struct store_fixture *fixture, struct order *order,
                           char ticket[STORE_TICKET_BYTES])
{
    struct store_page page = {.paper = "license", .page = 1};
    store_fixture_order(fixture, order);
    assert_int_equal(put_fields(fixture->store, order->id), STATUS_OK);
    assert_int_equal(put_fields(fixture->store, order->id),
                     STATUS_OK); /* once more: freed pages and log frames */
    assert_int_equal(store_page_put(fixture->store, order->id, &page, personal[6], strlen(personal[6]), NULL),
                     STATUS_OK);
    put_people(fixture->store, order->id);
    put_certificate(fixture->store, order->id);
    put_decision(fixture->store, order->id);
    put_holder(fixture->store, order->id);
    assert_int_equal(store_ticket_new(fixture->store, order->id, 60, ticket, NULL), STATUS_OK);
}

/* In a child: reading the files in the process that has them open would drop its locks. */
static bool files_hold_bytes(const struct store_fixture *fixture, const void *bytes, size_t length)
{
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(store_fixture_files_hold(fixture, bytes, length) ? 1 : 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status) == 1;
}

static bool files_hold(const struct store_fixture *fixture, const char *text)
{
    return files_hold_bytes(fixture, text, strlen(text));
}

static void expect_nothing_personal(const struct store_fixture *fixture)
{
    for (size_t i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
        assert_false(files_hold(fixture, personal[i]));
}

static void test_store_plain__no_file_holds_a_personal_value(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char ticket[STORE_TICKET_BYTES];
    use_everything(fixture, &order, ticket);
    assert_true(files_hold(fixture, order.acceptance)); /* the search works: this one is no secret */
    expect_nothing_personal(fixture);
    assert_false(files_hold(fixture, ticket));
    store_close(fixture->store);
    fixture->store = NULL;
    expect_nothing_personal(fixture);
    fixture->store = store_fixture_connect(fixture, "T01");
    assert_int_equal(store_order_forget(fixture->store, order.id, NULL), STATUS_OK);
    expect_nothing_personal(fixture);
}

static void test_store_plain__a_backup_holds_no_personal_value(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char ticket[STORE_TICKET_BYTES];
    char copy[STORE_FIXTURE_PATH_BYTES + 8];
    use_everything(fixture, &order, ticket);
    snprintf(copy, sizeof(copy), "%s.copy", fixture->path);
    assert_int_equal(store_backup(fixture->store, copy, NULL), STATUS_OK);
    expect_nothing_personal(fixture);
    assert_int_equal(access(copy, R_OK), 0);
}

/* With the hall key in hand, a forgotten person's values must still be out of reach: the data key is gone. */
static void test_store_plain__forgetting_takes_the_data_key_out_of_all_files(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char ticket[STORE_TICKET_BYTES];
    struct db *db = NULL;
    struct db_rows *rows = NULL;
    uint8_t wrapped[256];
    size_t length = 0;
    use_everything(fixture, &order, ticket);
    assert_int_equal(db_open(&(struct db_settings){.path = fixture->path}, &db, NULL), STATUS_OK);
    assert_int_equal(db_query(db, "SELECT wrapped FROM order_key", DB_NONE, &rows, NULL), STATUS_OK);
    assert_int_equal(db_rows_next(rows, NULL), STATUS_OK);
    const uint8_t *bytes = db_column_bytes(rows, 0, &length);
    assert_true(length > 32 && length <= sizeof(wrapped));
    memcpy(wrapped, bytes, length);
    db_rows_end(rows);
    db_close(db);
    assert_true(files_hold_bytes(fixture, wrapped, length));
    assert_int_equal(store_order_forget(fixture->store, order.id, NULL), STATUS_OK);
    assert_false(files_hold_bytes(fixture, wrapped, length)); /* the log beside the file included */
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_plain__no_file_holds_a_personal_value),
        T(test_store_plain__a_backup_holds_no_personal_value),
        T(test_store_plain__forgetting_takes_the_data_key_out_of_all_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
