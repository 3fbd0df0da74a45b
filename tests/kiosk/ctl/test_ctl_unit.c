/* certctl unit: what stands where, who it is only with --reveal, and the export for the business systems. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_holding.h"
#include "kiosk/store/store_member.h"
#include "kiosk/store/store_unit.h"
#include "tests/support/ctl_bench.h"
#include "tests/support/feature.h"

#define CODE "91320000MA6000016U"

/* A unit with a member, a zone that stands and one that was freed; its name begins as a formula would. */
static void make(struct ctl_bench *bench)
{
    struct hall_key key;
    struct store_unit unit;
    struct store_member member = {.name = "张小丽",
                                  .phone = CTL_BENCH_PHONE,
                                  .role = STORE_MEMBER_MANAGER,
                                  .state = STORE_MEMBER_MEMBER};
    struct store_holding bound = {.kind = STORE_HOLDING_ZONE, .text = "洋河e采平台"};
    struct store_holding freed = {.kind = STORE_HOLDING_ZONE, .text = "旧\"平台\""};
    struct order order;
    ctl_bench_order(bench, &order); /* makes the store */
    struct store *store = ctl_bench_open_store(bench, &key);
    assert_int_equal(STATUS_OK, store_unit_keep(store, CODE, "=" CTL_BENCH_NAME, "chen", &unit, NULL));
    (void)strcpy(member.unit_id, unit.id);
    (void)strcpy(bound.unit_id, unit.id);
    (void)strcpy(freed.unit_id, unit.id);
    assert_int_equal(STATUS_OK, store_member_add(store, &member, "chen", NULL));
    assert_int_equal(STATUS_OK, store_holding_add(store, &bound, "chen", NULL));
    assert_int_equal(STATUS_OK, store_holding_add(store, &freed, "chen", NULL));
    assert_int_equal(STATUS_OK, store_holding_end(store, freed.id, "chen", NULL));
    ctl_bench_close_store(store, &key);
}

static void test_ctl_unit__list_tells_nobodys_name_unless_asked(void **state)
{
    struct ctl_bench *bench = *state;
    make(bench);
    assert_int_equal(ctl_bench_run(bench, NULL, "unit", "list", "--json", NULL), 0);
    assert_null(strstr(bench->out, CTL_BENCH_NAME));
    assert_null(strstr(bench->out, CODE));
    struct json *rows = ctl_bench_json(bench);
    assert_int_equal(json_length(rows), 1);
    assert_int_equal(json_number(json_element(rows, 0), "members", -1), 1);
    assert_int_equal(json_number(json_element(rows, 0), "zones", -1), 1);
    json_free(rows);
    assert_int_equal(ctl_bench_run(bench, NULL, "unit", "list", "--reveal", NULL), 0);
    assert_non_null(strstr(bench->out, CTL_BENCH_NAME));
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", NULL), 0);
    assert_non_null(strstr(bench->out, "value.reveal"));
}

static void test_ctl_unit__show_takes_a_credit_code(void **state)
{
    struct ctl_bench *bench = *state;
    make(bench);
    assert_int_equal(ctl_bench_run(bench, NULL, "unit", "show", CODE, NULL), 0);
    assert_non_null(strstr(bench->out, "manager"));
    assert_null(strstr(bench->out, CTL_BENCH_PHONE));
    assert_int_equal(ctl_bench_run(bench, NULL, "unit", "show", CODE, "--reveal", "--json", NULL), 0);
    struct json *unit = ctl_bench_json(bench);
    assert_string_equal(json_text(unit, "credit_code", ""), CODE);
    assert_string_equal(json_text(json_element(json_member(unit, "people"), 0), "phone", ""),
                        CTL_BENCH_PHONE);
    json_free(unit);
    assert_int_equal(ctl_bench_run(bench, NULL, "unit", "show", "913200000000000000", NULL), 1);
    assert_non_null(strstr(bench->err, "no unit"));
    assert_int_equal(ctl_bench_run(bench, NULL, "unit", "show", NULL), 2);
}

static void test_ctl_unit__export_tells_what_is_bound_and_what_was(void **state)
{
    struct ctl_bench *bench = *state;
    FEATURE("F195");
    FEATURE("F181");
    make(bench);
    assert_int_equal(ctl_bench_run(bench, NULL, "unit", "export", NULL), 0);
    assert_non_null(
        strstr(bench->out, "\"name\",\"credit_code\",\"zone\",\"state\",\"bound\",\"unbound\"\r\n"));
    assert_non_null(strstr(bench->out, "\"'=" CTL_BENCH_NAME "\",\"" CODE "\",\"洋河e采平台\",\"bound\""));
    assert_non_null(strstr(bench->out, "\"旧\"\"平台\"\"\",\"unbound\""));
    assert_int_equal(ctl_bench_run(bench, NULL, "unit", "export", "--json", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    assert_int_equal(json_length(rows), 2);
    assert_string_equal(json_text(json_element(rows, 0), "zone", ""), "洋河e采平台");
    assert_string_equal(json_text(json_element(rows, 1), "state", ""), "unbound");
    json_free(rows);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", NULL), 0);
    assert_non_null(strstr(bench->out, "unit.export"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_ctl_unit__##name, ctl_bench_setup, ctl_bench_teardown)
        TEST(list_tells_nobodys_name_unless_asked),
        TEST(show_takes_a_credit_code),
        TEST(export_tells_what_is_bound_and_what_was),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
