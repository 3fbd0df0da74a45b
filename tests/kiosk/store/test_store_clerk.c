/* Clerks: sign-in, wrong tries, lock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_clerk.h"
#include "tests/support/store_fixture.h"

static const struct store_clerk_limits limits = {.tries = 3, .lock_s = 60};

static enum status sign_in(struct store_fixture *fixture, const char *name, const char *text,
                           struct store_clerk *out)
{
    struct secret password;
    assert_int_equal(secret_set(&password, text, strlen(text)), STATUS_OK);
    enum status status = store_clerk_sign_in(fixture->store, name, &password, &limits, out, NULL);
    secret_wipe(&password);
    return status;
}

static enum status add(struct store_fixture *fixture, const char *name, const char *text)
{
    struct secret password;
    assert_int_equal(secret_set(&password, text, strlen(text)), STATUS_OK);
    enum status status =
        store_clerk_add(fixture->store, name, STORE_CLERK_REVIEWER, &password, "uid:7", NULL);
    secret_wipe(&password);
    return status;
}

static void test_store_clerk__the_right_password_signs_in(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_clerk clerk = {0};
    assert_int_equal(add(fixture, "zhang", "correct horse"), STATUS_OK);
    assert_int_equal(sign_in(fixture, "zhang", "correct horse", &clerk), STATUS_OK);
    assert_string_equal(clerk.name, "zhang");
    assert_int_equal(clerk.role, STORE_CLERK_REVIEWER);
    assert_int_equal(store_clerk_role_from_name("supervisor"), STORE_CLERK_SUPERVISOR);
    assert_int_equal(store_clerk_role_from_name("king"), STORE_CLERK_ROLE_COUNT_);
    assert_string_equal(store_clerk_role_name(STORE_CLERK_SUPERVISOR), "supervisor");
}

static void test_store_clerk__a_new_store_has_no_clerk(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_clerk clerk = {.failed_tries = 5};
    size_t count = 9;
    assert_int_equal(store_clerk_list(fixture->store, &clerk, 1, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(sign_in(fixture, "admin", "admin123", &clerk), STATUS_REFUSED);
    assert_int_equal(clerk.failed_tries, 5);
}

static void test_store_clerk__wrong_tries_lock_for_a_while(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_clerk clerk;
    assert_int_equal(add(fixture, "zhang", "correct horse"), STATUS_OK);
    for (int i = 0; i < limits.tries; i++)
        assert_int_equal(sign_in(fixture, "zhang", "wrong horse", &clerk), STATUS_REFUSED);
    assert_int_equal(sign_in(fixture, "zhang", "correct horse", &clerk), STATUS_BAD_STATE);
    assert_int_equal(store_clerk_load(fixture->store, "zhang", &clerk, NULL), STATUS_OK);
    assert_int_equal(clerk.locked_until_utc_s, STORE_FIXTURE_NOW_UTC_S + limits.lock_s);
    clock_manual_advance(&fixture->clock, (int64_t)limits.lock_s * 1000);
    assert_int_equal(sign_in(fixture, "zhang", "correct horse", &clerk), STATUS_OK);
    assert_int_equal(clerk.failed_tries, 0);
}

static void test_store_clerk__a_disabled_account_stays_out(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_clerk clerk;
    assert_int_equal(add(fixture, "zhang", "correct horse"), STATUS_OK);
    assert_int_equal(store_clerk_set_disabled(fixture->store, "zhang", true, "uid:7", NULL), STATUS_OK);
    assert_int_equal(sign_in(fixture, "zhang", "correct horse", &clerk), STATUS_BAD_STATE);
    assert_int_equal(store_clerk_set_disabled(fixture->store, "zhang", false, "uid:7", NULL), STATUS_OK);
    assert_int_equal(sign_in(fixture, "zhang", "correct horse", &clerk), STATUS_OK);
    assert_int_equal(store_clerk_set_disabled(fixture->store, "li", true, "uid:7", NULL), STATUS_NOT_FOUND);
}

static void test_store_clerk__a_new_password_replaces_the_old_one(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_clerk clerk;
    struct secret password;
    assert_int_equal(add(fixture, "zhang", "correct horse"), STATUS_OK);
    assert_int_equal(secret_set(&password, "battery staple", 14), STATUS_OK);
    assert_int_equal(store_clerk_set_password(fixture->store, "zhang", &password, "uid:7", NULL), STATUS_OK);
    assert_int_equal(store_clerk_set_password(fixture->store, "li", &password, "uid:7", NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(sign_in(fixture, "zhang", "correct horse", &clerk), STATUS_REFUSED);
    assert_int_equal(sign_in(fixture, "zhang", "battery staple", &clerk), STATUS_OK);
    assert_int_equal(secret_set(&password, "short", 5), STATUS_OK);
    assert_int_equal(store_clerk_set_password(fixture->store, "zhang", &password, "uid:7", NULL),
                     STATUS_MALFORMED);
}

static void test_store_clerk__bad_names_passwords_and_twins_are_refused(void **state)
{
    struct store_fixture *fixture = *state;
    char longest[STORE_NAME_BYTES + 1];
    memset(longest, 'n', sizeof(longest));
    longest[STORE_NAME_BYTES] = '\0';
    assert_int_equal(add(fixture, "", "correct horse"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "a\nb", "correct horse"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "a b", "correct horse"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "林　晓", "correct horse"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "../x", "correct horse"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "x/y", "correct horse"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "-x", "correct horse"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "林晓.2", "correct horse"), STATUS_OK);
    assert_int_equal(add(fixture, longest, "correct horse"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "zhang", "short"), STATUS_MALFORMED);
    assert_int_equal(add(fixture, "zhang", "correct horse"), STATUS_OK);
    assert_int_equal(add(fixture, "zhang", "correct horse"), STATUS_CONFLICT);
}

static void test_store_clerk__wrong_and_right_sign_ins_are_audited(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_clerk clerk;
    struct store_audit rows[4];
    size_t count = 0;
    assert_int_equal(add(fixture, "zhang", "correct horse"), STATUS_OK);
    assert_int_equal(sign_in(fixture, "zhang", "wrong horse", &clerk), STATUS_REFUSED);
    assert_int_equal(sign_in(fixture, "zhang", "correct horse", &clerk), STATUS_OK);
    assert_int_equal(store_audit_list(fixture->store, 0, rows, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].action, "clerk.sign-in");
    assert_string_equal(rows[0].actor, "zhang");
    assert_string_equal(rows[1].action, "clerk.wrong-password");
    assert_string_equal(rows[2].action, "clerk.add");
    assert_string_equal(rows[2].actor, "uid:7");
    assert_string_equal(rows[2].subject, "zhang");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_clerk__the_right_password_signs_in),
        T(test_store_clerk__a_new_store_has_no_clerk),
        T(test_store_clerk__wrong_tries_lock_for_a_while),
        T(test_store_clerk__a_disabled_account_stays_out),
        T(test_store_clerk__a_new_password_replaces_the_old_one),
        T(test_store_clerk__bad_names_passwords_and_twins_are_refused),
        T(test_store_clerk__wrong_and_right_sign_ins_are_audited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
