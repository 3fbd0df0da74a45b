/* Units, their people and what they have: found by hashes, sealed, one administrator, one place a person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_holding.h"
#include "kiosk/store/store_member.h"
#include "kiosk/store/store_proof.h"
#include "kiosk/store/store_unit.h"
#include "tests/support/store_fixture.h"

static const char code[] = "91320000MA6000016U";

static struct store_unit keep(struct store_fixture *fixture, const char *name)
{
    struct store_unit unit;
    assert_int_equal(STATUS_OK, store_unit_keep(fixture->store, code, name, "chen", &unit, NULL));
    return unit;
}

static enum status add(struct store_fixture *fixture, const struct store_unit *unit, const char *phone,
                       enum store_member_role role, enum store_member_state state, struct store_member *out)
{
    *out = (struct store_member){.role = role, .state = state};
    (void)strcpy(out->unit_id, unit->id);
    (void)strcpy(out->name, "张小丽");
    (void)strcpy(out->phone, phone);
    return store_member_add(fixture->store, out, "chen", NULL);
}

static void test_store_unit__a_credit_code_is_one_unit_called_what_was_written_last(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_unit first = keep(fixture, "宿迁示例建设有限公司"), found;
    struct store_unit second = keep(fixture, "宿迁新名建设有限公司");
    assert_string_equal(first.id, second.id);
    assert_int_equal(STATUS_OK, store_unit_find(fixture->store, code, &found, NULL));
    assert_string_equal("宿迁新名建设有限公司", found.name);
    assert_string_equal(code, found.credit_code);
    assert_int_equal(STATUS_NOT_FOUND, store_unit_find(fixture->store, "913200000000000000", &found, NULL));
}

static void test_store_unit__has_one_administrator_and_a_person_one_place(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_unit unit = keep(fixture, "示例");
    struct store_member manager, second, staff;
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000001", STORE_MEMBER_MANAGER, STORE_MEMBER_MEMBER, &manager));
    assert_int_equal(STATUS_CONFLICT,
                     add(fixture, &unit, "13800000002", STORE_MEMBER_MANAGER, STORE_MEMBER_MEMBER, &second));
    assert_int_equal(STATUS_CONFLICT,
                     add(fixture, &unit, "13800000001", STORE_MEMBER_STAFF, STORE_MEMBER_ASKED, &second));
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000002", STORE_MEMBER_STAFF, STORE_MEMBER_ASKED, &staff));
    assert_int_equal(STATUS_OK, store_member_step(fixture->store, staff.id, STORE_MEMBER_ASKED,
                                                  STORE_MEMBER_REFUSED, "chen", NULL));
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000002", STORE_MEMBER_STAFF, STORE_MEMBER_ASKED, &staff));
}

static void test_store_unit__no_such_unit_has_no_people(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_unit unit = {.id = "0123456789abcdef0123456789abcdef"};
    struct store_member member;
    assert_int_equal(STATUS_NOT_FOUND,
                     add(fixture, &unit, "13800000001", STORE_MEMBER_STAFF, STORE_MEMBER_ASKED, &member));
}

static void test_store_unit__steps_are_those_of_the_list_and_compare_and_set(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_unit unit = keep(fixture, "示例");
    struct store_member member;
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000001", STORE_MEMBER_STAFF, STORE_MEMBER_ASKED, &member));
    assert_int_equal(STATUS_BAD_STATE, store_member_step(fixture->store, member.id, STORE_MEMBER_ASKED,
                                                         STORE_MEMBER_LEFT, "chen", NULL));
    assert_int_equal(STATUS_CONFLICT, store_member_step(fixture->store, member.id, STORE_MEMBER_MEMBER,
                                                        STORE_MEMBER_LEFT, "chen", NULL));
    assert_int_equal(STATUS_OK, store_member_step(fixture->store, member.id, STORE_MEMBER_ASKED,
                                                  STORE_MEMBER_MEMBER, "chen", NULL));
    assert_int_equal(STATUS_CONFLICT, store_member_step(fixture->store, member.id, STORE_MEMBER_ASKED,
                                                        STORE_MEMBER_MEMBER, "chen", NULL));
}

static void test_store_unit__a_transfer_swaps_the_roles_and_ends_the_heir(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_unit unit = keep(fixture, "示例");
    struct store_member manager, staff, asking, list[4];
    size_t count = 0;
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000001", STORE_MEMBER_MANAGER, STORE_MEMBER_MEMBER, &manager));
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000002", STORE_MEMBER_STAFF, STORE_MEMBER_MEMBER, &staff));
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000003", STORE_MEMBER_STAFF, STORE_MEMBER_ASKED, &asking));
    assert_int_equal(STATUS_OK, store_unit_set_heir(fixture->store, unit.id, staff.id, manager.id, NULL));
    assert_int_equal(STATUS_BAD_STATE,
                     store_member_transfer(fixture->store, unit.id, asking.id, "chen", NULL));
    assert_int_equal(STATUS_BAD_STATE,
                     store_member_transfer(fixture->store, unit.id, manager.id, "chen", NULL));
    assert_int_equal(STATUS_OK, store_member_transfer(fixture->store, unit.id, staff.id, "chen", NULL));
    assert_int_equal(STATUS_OK, store_member_list(fixture->store, unit.id, list, 4, &count, NULL));
    assert_int_equal(3, count);
    assert_string_equal(staff.id, list[0].id);
    assert_int_equal(STORE_MEMBER_MANAGER, list[0].role);
    assert_int_equal(STORE_MEMBER_STAFF, list[1].role);
    assert_int_equal(STATUS_OK, store_unit_load(fixture->store, unit.id, &unit, NULL));
    assert_string_equal("", unit.heir_id);
}

static void test_store_unit__a_person_is_found_by_phone_in_all_units(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_unit unit = keep(fixture, "示例");
    struct store_member member, list[4];
    size_t count = 0;
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000001", STORE_MEMBER_STAFF, STORE_MEMBER_MEMBER, &member));
    assert_int_equal(STATUS_OK,
                     store_member_list_phone(fixture->store, "13800000001", list, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_string_equal("张小丽", list[0].name);
    assert_int_equal(STATUS_OK, store_member_step(fixture->store, member.id, STORE_MEMBER_MEMBER,
                                                  STORE_MEMBER_LEFT, "chen", NULL));
    assert_int_equal(STATUS_OK,
                     store_member_list_phone(fixture->store, "13800000001", list, 4, &count, NULL));
    assert_int_equal(0, count);
}

static void test_store_unit__a_holding_begins_once_and_ends_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_unit unit = keep(fixture, "示例");
    struct store_holding zone = {.kind = STORE_HOLDING_ZONE, .text = "洋河e采平台"}, again, list[4];
    struct store_holding dated = {.kind = STORE_HOLDING_ZONE, .text = "别的", .until_utc_s = 1};
    size_t count = 0;
    (void)strcpy(zone.unit_id, unit.id);
    (void)strcpy(dated.unit_id, unit.id);
    again = zone;
    assert_int_equal(STATUS_MALFORMED, store_holding_add(fixture->store, &dated, "chen", NULL));
    assert_int_equal(STATUS_OK, store_holding_add(fixture->store, &zone, "chen", NULL));
    assert_int_equal(STATUS_CONFLICT, store_holding_add(fixture->store, &again, "chen", NULL));
    assert_int_equal(STATUS_OK, store_holding_end(fixture->store, zone.id, "chen", NULL));
    assert_int_equal(STATUS_CONFLICT, store_holding_end(fixture->store, zone.id, "chen", NULL));
    assert_int_equal(STATUS_OK, store_holding_add(fixture->store, &again, "chen", NULL));
    assert_int_equal(STATUS_OK, store_holding_list(fixture->store, unit.id, false, list, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_int_equal(STATUS_OK, store_holding_list(fixture->store, unit.id, true, list, 4, &count, NULL));
    assert_int_equal(2, count);
    assert_false(store_holding_is_live(&list[0], STORE_FIXTURE_NOW_UTC_S));
    assert_true(store_holding_is_live(&list[1], STORE_FIXTURE_NOW_UTC_S));
}

static void test_store_unit__a_proof_is_told_right_or_fails_after_so_many(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_proof proof, same;
    store_fixture_order(fixture, &order);
    assert_int_equal(STATUS_MALFORMED,
                     store_proof_begin(fixture->store, order.id, "12345", 37, &proof, NULL));
    assert_int_equal(STATUS_OK, store_proof_begin(fixture->store, order.id, "123456", 37, &proof, NULL));
    assert_int_equal(STATUS_OK, store_proof_begin(fixture->store, order.id, "123456", 99, &same, NULL));
    assert_string_equal(proof.id, same.id);
    assert_int_equal(37, same.amount_fen);
    assert_int_equal(STATUS_OK,
                     store_proof_tell(fixture->store, proof.id, "654321", 37, 2, "chen", &same, NULL));
    assert_int_equal(STORE_PROOF_OPEN, same.state);
    assert_int_equal(STATUS_OK,
                     store_proof_tell(fixture->store, proof.id, "123456", 38, 2, "chen", &same, NULL));
    assert_int_equal(STORE_PROOF_FAILED, same.state);
    assert_int_equal(STATUS_CONFLICT,
                     store_proof_tell(fixture->store, proof.id, "123456", 37, 2, "chen", &same, NULL));
    assert_int_equal(STATUS_OK, store_proof_begin(fixture->store, order.id, "123456", 99, &same, NULL));
    assert_int_equal(STATUS_OK,
                     store_proof_tell(fixture->store, same.id, "123456", 99, 2, "chen", &same, NULL));
    assert_int_equal(STORE_PROOF_PROVEN, same.state);
}

static void test_store_unit__nothing_of_it_stands_in_the_file_and_the_audit_holds(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_unit unit = keep(fixture, "宿迁示例建设有限公司");
    struct store_member member;
    struct store_audit_report report;
    assert_int_equal(STATUS_OK,
                     add(fixture, &unit, "13800000001", STORE_MEMBER_MANAGER, STORE_MEMBER_MEMBER, &member));
    assert_int_equal(STATUS_OK, store_audit_verify(fixture->store, &report, NULL));
    store_close(fixture->store);
    fixture->store = NULL;
    assert_false(store_fixture_files_hold(fixture, "张小丽", strlen("张小丽")));
    assert_false(store_fixture_files_hold(fixture, "13800000001", 11));
    assert_false(store_fixture_files_hold(fixture, code, strlen(code)));
    assert_false(store_fixture_files_hold(fixture, "宿迁示例建设", strlen("宿迁示例建设")));
    store_fixture_reopen(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                                           \
    cmocka_unit_test_setup_teardown(test_store_unit__##name, store_fixture_setup, store_fixture_teardown)
        TEST(a_credit_code_is_one_unit_called_what_was_written_last),
        TEST(has_one_administrator_and_a_person_one_place),
        TEST(no_such_unit_has_no_people),
        TEST(steps_are_those_of_the_list_and_compare_and_set),
        TEST(a_transfer_swaps_the_roles_and_ends_the_heir),
        TEST(a_person_is_found_by_phone_in_all_units),
        TEST(a_holding_begins_once_and_ends_once),
        TEST(a_proof_is_told_right_or_fails_after_so_many),
        TEST(nothing_of_it_stands_in_the_file_and_the_audit_holds),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
