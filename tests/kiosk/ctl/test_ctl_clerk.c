#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/store/store_account.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_clerk.h"
#include "tests/support/ctl_bench.h"

static enum status sign_in(struct ctl_bench *bench, const char *name, const char *password)
{
    struct hall_key key = {0};
    struct store_clerk clerk;
    struct secret secret = {0};
    struct store *store = ctl_bench_open_store(bench, &key);
    assert_int_equal(secret_set(&secret, password, strlen(password)), STATUS_OK);
    enum status status =
        store_clerk_sign_in(store, name, &secret, &(struct store_clerk_limits){5, 900}, &clerk, NULL);
    secret_wipe(&secret);
    ctl_bench_close_store(store, &key);
    return status;
}

static void test_ctl_clerk__password_from_input_signs_in(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(
        ctl_bench_run(bench, "correct horse\r\n", "clerk", "add", "lin", "--password-stdin", NULL), 0);
    assert_null(strstr(bench->out, "correct horse"));
    assert_int_equal(sign_in(bench, "lin", "correct horse"), STATUS_OK);
    assert_int_equal(sign_in(bench, "lin", "correct horsf"), STATUS_REFUSED);
}

static void test_ctl_clerk__made_password_is_printed_once_and_signs_in(void **state)
{
    struct ctl_bench *bench = *state;
    char password[64];
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 0);
    const char *shown = strstr(bench->out, "shown only now: ");
    assert_non_null(shown);
    assert_int_equal(sscanf(shown, "shown only now: %63s", password), 1);
    assert_int_equal(strlen(password), 14);
    assert_int_equal(sign_in(bench, "lin", password), STATUS_OK);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "list", NULL), 0);
    assert_null(strstr(bench->out, password));
}

static void test_ctl_clerk__two_made_passwords_differ(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 0);
    char *first = strdup(strstr(bench->out, "now: "));
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "wang", NULL), 0);
    assert_string_not_equal(first, strstr(bench->out, "now: "));
    free(first);
}

static void test_ctl_clerk__the_same_name_twice_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(
        ctl_bench_run(bench, "first password\n", "clerk", "add", "lin", "--password-stdin", NULL), 0);
    assert_int_equal(
        ctl_bench_run(bench, "other password\n", "clerk", "add", "lin", "--password-stdin", NULL), 1);
    assert_int_equal(sign_in(bench, "lin", "first password"), STATUS_OK);
}

static void test_ctl_clerk__a_short_empty_or_overlong_password_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    char longest[80];
    memset(longest, 'x', sizeof(longest));
    memcpy(longest + sizeof(longest) - 2, "\n", 2);
    assert_int_equal(ctl_bench_run(bench, "short\n", "clerk", "add", "lin", "--password-stdin", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, "", "clerk", "add", "lin", "--password-stdin", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, longest, "clerk", "add", "lin", "--password-stdin", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "list", "--json", NULL), 0);
    assert_string_equal(bench->out, "[]\n");
}

static void test_ctl_clerk__a_disabled_clerk_cannot_sign_in_until_enabled(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, "correct horse\n", "clerk", "add", "lin", "--password-stdin", NULL),
                     0);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "disable", "lin", NULL), 0);
    assert_int_equal(sign_in(bench, "lin", "correct horse"), STATUS_BAD_STATE);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "list", "--json", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    assert_string_equal(json_text(json_element(rows, 0), "state", ""), "disabled");
    json_free(rows);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "enable", "lin", NULL), 0);
    assert_int_equal(sign_in(bench, "lin", "correct horse"), STATUS_OK);
}

static void test_ctl_clerk__a_new_password_replaces_the_old_one(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, "correct horse\n", "clerk", "add", "lin", "--password-stdin", NULL),
                     0);
    assert_int_equal(
        ctl_bench_run(bench, "battery staple\n", "clerk", "password", "lin", "--password-stdin", NULL), 0);
    assert_int_equal(sign_in(bench, "lin", "correct horse"), STATUS_REFUSED);
    assert_int_equal(sign_in(bench, "lin", "battery staple"), STATUS_OK);
}

static void test_ctl_clerk__an_unknown_clerk_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "disable", "wang", NULL), 1);
    assert_non_null(strstr(bench->err, "no clerk wang"));
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "password", "wang", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "a b", NULL), 1);
    assert_non_null(strstr(bench->err, "one word"));
}

static void test_ctl_clerk__the_audit_tells_who_acted_on_whom(void **state)
{
    static const char *const actions[] = {"clerk.set-password", "clerk.enable", "clerk.disable", "clerk.add"};
    struct ctl_bench *bench = *state;
    struct hall_key key = {0};
    struct store_audit rows[8];
    char actor[32];
    size_t count = 0;
    (void)snprintf(actor, sizeof(actor), "uid:%u", (unsigned)getuid());
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "disable", "lin", NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "enable", "lin", NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "password", "lin", NULL), 0);
    struct store *store = ctl_bench_open_store(bench, &key);
    assert_int_equal(store_audit_list(store, 0, rows, 8, &count, NULL), STATUS_OK);
    ctl_bench_close_store(store, &key);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++) { /* the newest comes first */
        assert_string_equal(rows[i].action, actions[i]);
        assert_string_equal(rows[i].actor, actor);
        assert_string_equal(rows[i].subject, "lin");
    }
}

/* A holder's account, for one who does not come to a terminal. */
static void test_ctl_clerk__an_account_is_closed_by_any_of_its_names(void **state)
{
    struct ctl_bench *bench = *state;
    struct hall_key key;
    struct order order;
    struct secret password = {0};
    char id[STORE_ID_BYTES];
    struct store_account_verdict verdict = {0};
    ctl_bench_order(bench, &order); /* makes the store */
    struct store *store = ctl_bench_open_store(bench, &key);
    assert_int_equal(secret_set(&password, "chongqing-2026", 14), STATUS_OK);
    const struct store_account_wish wish = {
        .phone = CTL_BENCH_PHONE, .id_number = "110101199003070417", .password = &password, .least = 8};
    assert_int_equal(store_account_open(store, &wish, id, NULL), STATUS_OK);
    assert_int_equal(store_account_set_alias(store, id, STORE_ACCOUNT_EMAIL, "z@example.cn", NULL),
                     STATUS_OK);
    ctl_bench_close_store(store, &key);
    assert_int_equal(ctl_bench_run(bench, NULL, "account", "close", "y@example.cn", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "account", "close", "z@example.cn", NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "account", "close", CTL_BENCH_PHONE, NULL), 1);
    store = ctl_bench_open_store(bench, &key);
    assert_int_equal(store_account_log_in(store, CTL_BENCH_PHONE, &password,
                                          &(struct store_account_limits){5, 900}, &verdict, NULL),
                     STATUS_OK);
    assert_int_equal(verdict.outcome, STORE_ACCOUNT_WRONG);
    assert_int_equal(store_account_open(store, &wish, id, NULL), STATUS_OK); /* anew */
    assert_int_equal(store_account_close(store, id, NULL), STATUS_OK);
    assert_int_equal(store_account_close(store, id, NULL), STATUS_NOT_FOUND);
    ctl_bench_close_store(store, &key);
    secret_wipe(&password);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl_clerk__password_from_input_signs_in),
        TEST(test_ctl_clerk__made_password_is_printed_once_and_signs_in),
        TEST(test_ctl_clerk__two_made_passwords_differ),
        TEST(test_ctl_clerk__the_same_name_twice_is_refused),
        TEST(test_ctl_clerk__a_short_empty_or_overlong_password_is_refused),
        TEST(test_ctl_clerk__a_disabled_clerk_cannot_sign_in_until_enabled),
        TEST(test_ctl_clerk__a_new_password_replaces_the_old_one),
        TEST(test_ctl_clerk__an_unknown_clerk_is_refused),
        TEST(test_ctl_clerk__the_audit_tells_who_acted_on_whom),
        TEST(test_ctl_clerk__an_account_is_closed_by_any_of_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
