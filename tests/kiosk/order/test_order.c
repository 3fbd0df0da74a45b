#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/order/order.h"

/* 2020-01-14 15:41:27 in the hall. */
enum { HALL_TIME = 1578987687 };

static const struct order_steps two_steps = {.step = {ORDER_STEP_FORM, ORDER_STEP_REVIEW}, .count = 2};

static void test_order__fresh_order_stands_at_its_first_step(void **state)
{
    (void)state;
    struct random_seeded seeded;
    struct order order;
    random_seeded_init(&seeded, 3);
    assert_int_equal(order_init(&order, &seeded.random, "ezca-cqzfcg", "supplier", "new", "terminal-03",
                                48000, &two_steps, HALL_TIME),
                     STATUS_OK);
    assert_int_equal(order.state, ORDER_STATE_DRAFT);
    assert_int_equal(order.version, 0);
    assert_int_equal(order.created_utc_s, HALL_TIME);
    assert_string_equal(order.acceptance, "");
    assert_int_equal(strspn(order.id, "0123456789abcdef"), 32);
}

static void test_order__long_name_or_bad_amount_makes_no_order(void **state)
{
    (void)state;
    char name[ORDER_NAME_BYTES + 1];
    struct order order = {.version = 5};
    memset(name, 'a', ORDER_NAME_BYTES);
    name[ORDER_NAME_BYTES] = '\0';
    const struct random *random = random_system();
    assert_int_equal(order_init(&order, random, name, "c", "o", "t", 1, &two_steps, 0), STATUS_FULL);
    assert_int_equal(order_init(&order, random, "p", "c", "o", "t", -1, &two_steps, 0), STATUS_MALFORMED);
    const struct order_steps none = {.count = 0};
    assert_int_equal(order_init(&order, random, "p", "c", "o", "t", 1, &none, 0), STATUS_MALFORMED);
    assert_int_equal(order.version, 5);
}

static void test_order__two_ids_differ(void **state)
{
    (void)state;
    char left[ORDER_ID_BYTES];
    char right[ORDER_ID_BYTES];
    order_id_make(random_system(), left);
    order_id_make(random_system(), right);
    assert_string_not_equal(left, right);
}

static void test_order__names_are_read_back(void **state)
{
    (void)state;
    for (int i = 0; i < ORDER_STATE_COUNT_; i++) {
        enum order_state found = ORDER_STATE_COUNT_;
        assert_int_equal(order_state_parse(order_state_name((enum order_state)i), &found), STATUS_OK);
        assert_int_equal(found, i);
    }
    for (int i = 0; i < ORDER_EVENT_COUNT_; i++) {
        enum order_event found = ORDER_EVENT_COUNT_;
        assert_int_equal(order_event_parse(order_event_name((enum order_event)i), &found), STATUS_OK);
        assert_int_equal(found, i);
    }
    for (int i = 0; i < ORDER_STEP_COUNT_; i++) {
        enum order_step found = ORDER_STEP_COUNT_;
        assert_int_equal(order_step_parse(order_step_name((enum order_step)i), &found), STATUS_OK);
        assert_int_equal(found, i);
    }
}

static void test_order__unknown_names_are_refused(void **state)
{
    (void)state;
    enum order_state found_state = ORDER_STATE_PIN;
    enum order_event found_event = ORDER_EVENT_PAID;
    enum order_step found_step = ORDER_STEP_PAY;
    assert_int_equal(order_state_parse("sleeping", &found_state), STATUS_NOT_FOUND);
    assert_int_equal(order_event_parse("", &found_event), STATUS_NOT_FOUND);
    assert_int_equal(order_step_parse("PAY", &found_step), STATUS_NOT_FOUND);
    assert_int_equal(found_state, ORDER_STATE_PIN);
    assert_string_equal(order_state_name((enum order_state)99), "invalid");
    assert_string_equal(order_event_name((enum order_event)99), "invalid");
    assert_string_equal(order_step_name((enum order_step)99), "invalid");
}

static void test_order__acceptance_number_follows_the_pattern(void **state)
{
    (void)state;
    struct random_seeded seeded;
    char number[ORDER_ACCEPTANCE_BYTES];
    random_seeded_init(&seeded, 1);
    assert_int_equal(order_acceptance_make("T{yyyyMMddHHmmss}", HALL_TIME, 0, &seeded.random, number),
                     STATUS_OK);
    assert_string_equal(number, "T20200114154127");
    assert_int_equal(order_acceptance_make("{yyyyMMdd}{digits:12}", HALL_TIME, 0, &seeded.random, number),
                     STATUS_OK);
    assert_int_equal(strlen(number), 20);
    assert_memory_equal(number, "20200114", 8);
    assert_int_equal(strspn(number, "0123456789"), 20);
    assert_int_equal(order_acceptance_make("11{yyMM}{digits:7}", HALL_TIME, 0, &seeded.random, number),
                     STATUS_OK);
    assert_int_equal(strlen(number), 13);
    assert_memory_equal(number, "112001", 6);
}

static void test_order__counted_number_follows_the_pattern(void **state)
{
    (void)state;
    char number[ORDER_ACCEPTANCE_BYTES] = "kept";
    assert_int_equal(order_number_make("11{yyMM}{digits:7}", HALL_TIME, 66463, number), STATUS_OK);
    assert_string_equal(number, "1120010066463");
    assert_int_equal(order_number_make("11{yyMM}{digits:7}", HALL_TIME, 9999999, number), STATUS_OK);
    assert_int_equal(order_number_make("11{yyMM}{digits:7}", HALL_TIME, 10000000, number), STATUS_FULL);
    assert_int_equal(order_number_make("11{yyMM}", HALL_TIME, 1, number), STATUS_MALFORMED);
    assert_int_equal(order_number_make("{digits:3}-{digits:3}", HALL_TIME, 1, number), STATUS_MALFORMED);
    assert_string_equal(number, "1120019999999");
}

/* A store with one taken number, as the service asks it. */
static unsigned draws_until_free(const char *pattern, const char *taken, char number[ORDER_ACCEPTANCE_BYTES])
{
    struct random_seeded seeded;
    random_seeded_init(&seeded, 8);
    for (unsigned draw = 0; draw < 200; draw++) {
        assert_int_equal(order_acceptance_make(pattern, HALL_TIME, draw, &seeded.random, number), STATUS_OK);
        if (strcmp(number, taken) != 0)
            return draw;
    }
    return 200;
}

static void test_order__taken_number_is_drawn_again(void **state)
{
    (void)state;
    char number[ORDER_ACCEPTANCE_BYTES];
    assert_int_equal(draws_until_free("T{yyyyMMddHHmmss}", "T20200114154127", number), 1);
    assert_string_equal(number, "T20200114154128");
    struct random_seeded seeded;
    char taken[ORDER_ACCEPTANCE_BYTES];
    random_seeded_init(&seeded, 8);
    assert_int_equal(
        order_acceptance_make("T{yyyyMMddHHmmss}{digits:2}", HALL_TIME, 0, &seeded.random, taken), STATUS_OK);
    assert_in_range(draws_until_free("T{yyyyMMddHHmmss}{digits:2}", taken, number), 1, 5);
    assert_memory_equal(number, "T20200114154127", 15);
}

static void test_order__broken_pattern_makes_no_number(void **state)
{
    (void)state;
    static const char *const broken[] = {"",
                                         "T{yyyy}",
                                         "T{",
                                         "T{digits:0}",
                                         "T{digits:13}",
                                         "受{yyyyMMdd}",
                                         "T {yyyyMMdd}",
                                         "{digits:}",
                                         "{digits:-3}",
                                         "{digits:2",
                                         "{digits:2x}",
                                         "}",
                                         "{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        char number[ORDER_ACCEPTANCE_BYTES] = "kept";
        assert_int_equal(order_acceptance_make(broken[i], HALL_TIME, 0, random_system(), number),
                         STATUS_MALFORMED);
        assert_string_equal(number, "kept");
    }
    char number[ORDER_ACCEPTANCE_BYTES];
    assert_int_equal(order_acceptance_make("{digits:12}{digits:12}{digits:12}{digits:12}", HALL_TIME, 0,
                                           random_system(), number),
                     STATUS_FULL);
}

static void test_order__rejected_order_opens_exactly_what_came_back(void **state)
{
    (void)state;
    const struct order_rejections papers = {
        .item = {{.kind = ORDER_ITEM_PAPER, .item = "licence", .reason = "公章不清晰"}}, .count = 1};
    enum order_event event = ORDER_EVENT_PAID;
    assert_int_equal(order_correction_event(&papers, &event), STATUS_OK);
    assert_int_equal(event, ORDER_EVENT_PAPERS_CORRECTING);
    assert_true(order_paper_is_open(&papers, "licence", "application"));
    assert_false(order_paper_is_open(&papers, "agent_id", "application"));
    assert_false(order_paper_is_open(&papers, "application", "application"));
    assert_false(order_field_is_open(&papers, "company"));
    assert_false(order_field_is_open(&papers, "licence"));
}

static void test_order__rejected_field_means_a_new_printed_form(void **state)
{
    (void)state;
    const struct order_rejections fields = {.item = {{.kind = ORDER_ITEM_PAPER, .item = "agent_id"},
                                                     {.kind = ORDER_ITEM_FIELD, .item = "legal_name"}},
                                            .count = 2};
    enum order_event event = ORDER_EVENT_PAID;
    assert_int_equal(order_correction_event(&fields, &event), STATUS_OK);
    assert_int_equal(event, ORDER_EVENT_FORM_CORRECTING);
    assert_true(order_field_is_open(&fields, "legal_name"));
    assert_false(order_field_is_open(&fields, "company"));
    assert_true(order_paper_is_open(&fields, "application", "application"));
    assert_true(order_paper_is_open(&fields, "agent_id", "application"));
    assert_false(order_paper_is_open(&fields, "licence", "application"));
    assert_false(order_paper_is_open(&fields, "licence", NULL));
}

static void test_order__order_never_rejected_is_open_everywhere(void **state)
{
    (void)state;
    const struct order_rejections none = {.count = 0};
    enum order_event event = ORDER_EVENT_PAID;
    assert_int_equal(order_correction_event(&none, &event), STATUS_NOT_FOUND);
    assert_int_equal(event, ORDER_EVENT_PAID);
    assert_true(order_field_is_open(&none, "company"));
    assert_true(order_paper_is_open(&none, "licence", "application"));
}

static void test_order__position_finds_the_step_of_a_state(void **state)
{
    (void)state;
    size_t position = 99;
    assert_int_equal(order_steps_position(&two_steps, ORDER_STATE_REJECTED, &position), STATUS_OK);
    assert_int_equal(position, 1);
    assert_int_equal(order_steps_position(&two_steps, ORDER_STATE_DONE, &position), STATUS_OK);
    assert_int_equal(position, 2);
    assert_int_equal(order_steps_position(&two_steps, ORDER_STATE_PAYING, &position), STATUS_NOT_FOUND);
    assert_int_equal(position, 2);
    assert_int_equal(order_step_state(ORDER_STEP_ISSUE), ORDER_STATE_ISSUING);
}

static void test_order__a_step_stands_before_another_only_where_both_are(void **state)
{
    (void)state;
    const struct order_steps first = {
        {ORDER_STEP_FORM, ORDER_STEP_SCAN, ORDER_STEP_PAY, ORDER_STEP_REVIEW, ORDER_STEP_ACT}, 5};
    const struct order_steps none = {{ORDER_STEP_FORM, ORDER_STEP_PAY, ORDER_STEP_ACT}, 3};
    assert_true(order_steps_has_before(&first, ORDER_STEP_PAY, ORDER_STEP_REVIEW));
    assert_false(order_steps_has_before(&first, ORDER_STEP_REVIEW, ORDER_STEP_PAY));
    assert_false(order_steps_has_before(&first, ORDER_STEP_REVIEW, ORDER_STEP_REVIEW));
    assert_false(order_steps_has_before(&first, ORDER_STEP_REVIEW, ORDER_STEP_ISSUE));
    assert_false(order_steps_has_before(&none, ORDER_STEP_REVIEW, ORDER_STEP_ACT));
}

static const char *complaint(size_t count, const enum order_step *step)
{
    struct order_steps steps = {.count = count};
    memcpy(steps.step, step, count * sizeof *step);
    return order_steps_complaint(&steps);
}

#define COMPLAINT(...)                                                                                       \
    complaint(sizeof((enum order_step[]){__VA_ARGS__}) / sizeof(enum order_step),                            \
              (enum order_step[]){__VA_ARGS__})

static void test_order__sensible_steps_are_taken(void **state)
{
    (void)state;
    assert_null(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_PRINT, ORDER_STEP_SCAN, ORDER_STEP_REVIEW,
                          ORDER_STEP_PAY, ORDER_STEP_ISSUE, ORDER_STEP_PIN, ORDER_STEP_COLLECT));
    assert_null(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_PAY, ORDER_STEP_PRINT, ORDER_STEP_SCAN,
                          ORDER_STEP_IDENTITY, ORDER_STEP_REVIEW, ORDER_STEP_ISSUE, ORDER_STEP_PIN,
                          ORDER_STEP_COLLECT));
    assert_null(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_PAY));
}

static void test_order__senseless_steps_are_told(void **state)
{
    (void)state;
    assert_non_null(COMPLAINT(ORDER_STEP_PRINT, ORDER_STEP_SCAN));
    assert_string_equal(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_FORM), "each step once");
    assert_string_equal(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_ISSUE, ORDER_STEP_PIN, ORDER_STEP_PAY),
                        "key, pay and identity before issue and act");
    assert_string_equal(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_PRINT), "print and scan together or neither");
    assert_string_equal(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_REVIEW), "scan before review");
    assert_string_equal(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_ISSUE),
                        "pin after issue, or the own key before it");
    assert_string_equal(COMPLAINT(ORDER_STEP_KEY, ORDER_STEP_FORM, ORDER_STEP_ISSUE, ORDER_STEP_ACT),
                        "issue or act, not both");
    assert_null(COMPLAINT(ORDER_STEP_KEY, ORDER_STEP_FORM, ORDER_STEP_PAY, ORDER_STEP_ISSUE));
    assert_null(COMPLAINT(ORDER_STEP_KEY, ORDER_STEP_ISSUE, ORDER_STEP_COLLECT));
    assert_null(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_ACT, ORDER_STEP_PIN));
    assert_non_null(COMPLAINT(ORDER_STEP_FORM, ORDER_STEP_SCAN, ORDER_STEP_PRINT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order__fresh_order_stands_at_its_first_step),
        cmocka_unit_test(test_order__long_name_or_bad_amount_makes_no_order),
        cmocka_unit_test(test_order__two_ids_differ),
        cmocka_unit_test(test_order__names_are_read_back),
        cmocka_unit_test(test_order__unknown_names_are_refused),
        cmocka_unit_test(test_order__acceptance_number_follows_the_pattern),
        cmocka_unit_test(test_order__counted_number_follows_the_pattern),
        cmocka_unit_test(test_order__taken_number_is_drawn_again),
        cmocka_unit_test(test_order__broken_pattern_makes_no_number),
        cmocka_unit_test(test_order__rejected_order_opens_exactly_what_came_back),
        cmocka_unit_test(test_order__rejected_field_means_a_new_printed_form),
        cmocka_unit_test(test_order__order_never_rejected_is_open_everywhere),
        cmocka_unit_test(test_order__position_finds_the_step_of_a_state),
        cmocka_unit_test(test_order__a_step_stands_before_another_only_where_both_are),
        cmocka_unit_test(test_order__sensible_steps_are_taken),
        cmocka_unit_test(test_order__senseless_steps_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
