/* Making the key: pulled, foreign, carrying, broken, refused; whatever happens, one good certificate or none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_key_number.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/token_bench.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static uint64_t run(struct hall_scene *scene, bool may_erase)
{
    return service_issue_run(scene->terminal.services, may_erase);
}

/* The order is paid as it were: ISSUING, claimed by the terminal. */
static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
}

/* One certificate, confirmed, on one delivered key; nothing open; the authority says the same. */
static void assert_finished(struct hall_scene *scene)
{
    const struct hall_order_sum *sum = hall_scene_look(scene);
    assert_int_equal(1, hall_order_certificates(sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(1, hall_order_keys(sum, STORE_KEY_DELIVERED));
    assert_int_equal(0, hall_order_keys(sum, STORE_KEY_IN_WORK));
    assert_int_equal(0, hall_order_acts(sum));
    struct authority_fake_counts counts = authority_fake_counts(scene->hall.ca);
    assert_int_equal(1, counts.confirmed);
    assert_int_equal(counts.issued, counts.confirmed + counts.revoked);
}

static void finish(struct hall_scene *scene)
{
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    assert_int_equal(STATUS_OK, hall_scene_try_pin(scene, HALL_PIN));
    hall_visit_take(&scene->terminal);
    assert_finished(scene);
}

static void test_issue__a_blank_key_becomes_the_holders(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    finish(scene);
    FEATURE("F160");
    assert_int_equal(ORDER_STATE_DONE, scene->sum.order.state);
}

static void test_issue__pulled_at_any_call_it_goes_on_when_it_is_back(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    unsigned pulls = 0;
    for (unsigned call = 1; call < 60; call++) {
        bool after_work = call % 2 == 0;
        token_fake_pull_at(hall_scene_writer(scene), (call + 1) / 2, after_work);
        struct service_reply reply = hall_wait(&scene->terminal, run(scene, false));
        if (reply.status == STATUS_OK)
            break;
        assert_int_equal(SERVICE_REASON_KEY_PULLED, reply.reason);
        pulls++;
        token_fake_insert(hall_scene_writer(scene), "key-1");
    }
    token_fake_pull_at(hall_scene_writer(scene), 0, false);
    assert_true(pulls >= 8);
    assert_int_equal(ORDER_STATE_PIN, services_visit(scene->terminal.services)->order.state);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    assert_finished(scene);
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
}

static void test_issue__pulled_while_the_pin_is_set_it_is_set_again(void **state)
{
    struct hall_scene *scene = *state;
    struct secret pin = {0};
    begin(scene);
    hall_visit_issue(&scene->terminal);
    assert_int_equal(STATUS_OK, secret_set(&pin, "6102w8", 6));
    token_fake_pull_at(hall_scene_writer(scene), 1, true); /* the PIN is set, nobody hears of it */
    hall_refused(&scene->terminal, service_pin_set(scene->terminal.services, &pin),
                 SERVICE_REASON_KEY_PULLED);
    assert_int_equal(ORDER_STATE_PIN, hall_scene_look(scene)->order.state);
    hall_refused(&scene->terminal, service_pin_set(scene->terminal.services, &pin),
                 SERVICE_REASON_KEY_PULLED);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_visit_pin(&scene->terminal);
    assert_int_equal(STATUS_OK, hall_scene_try_pin(scene, HALL_PIN));
    hall_visit_take(&scene->terminal);
    assert_finished(scene);
}

static void test_issue__weak_pins_are_refused_and_change_nothing(void **state)
{
    static const char *const weak[] = {"123456", "111111", "199003", "000000", "12345", "abcdefghijklmnopq"};
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++) {
        struct secret pin = {0};
        assert_int_equal(STATUS_OK, secret_set(&pin, weak[i], strlen(weak[i])));
        hall_refused(&scene->terminal, service_pin_set(scene->terminal.services, &pin),
                     SERVICE_REASON_PIN_WEAK);
    }
    assert_int_equal(ORDER_STATE_PIN, hall_scene_look(scene)->order.state);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    assert_finished(scene);
}

static void test_issue__another_key_put_in_is_not_touched(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    struct secret pin = {0};
    assert_int_equal(STATUS_OK, secret_set(&pin, HALL_PIN, strlen(HALL_PIN)));
    token_fake_insert(hall_scene_writer(scene), "key-2");
    hall_refused(&scene->terminal, service_pin_set(scene->terminal.services, &pin), SERVICE_REASON_KEY_OTHER);
    struct token_info info;
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(TOKEN_BLANK, info.presence);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    assert_finished(scene);
}

static void test_issue__another_blank_before_the_request_gets_a_row_of_its_own(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    token_fake_pull_at(hall_scene_writer(scene), 1, true); /* formatted, and gone */
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_KEY_PULLED);
    token_fake_insert(hall_scene_writer(scene), "key-2");
    finish(scene);
    assert_int_equal(2, scene->sum.keys);
    assert_int_equal(1, hall_order_keys(&scene->sum, STORE_KEY_FAILED));
    assert_string_not_equal(scene->sum.key[0].mark, scene->sum.key[1].mark);
}

static void test_issue__a_foreign_formatted_key_is_never_written(void **state)
{
    struct hall_scene *scene = *state;
    struct secret so = {0}, user = {0};
    struct token_identity made;
    struct token_info info;
    token_fake_insert(hall_scene_writer(scene), "foreign");
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(STATUS_OK, secret_set(&so, "somebodys-so-pin", 16));
    assert_int_equal(STATUS_OK, secret_set(&user, "654123", 6));
    struct token_format format = {.so_pin = &so, .transport_pin = &user};
    token_mark_draw(random_system(), format.mark);
    assert_int_equal(STATUS_OK, token_format(scene->hall.tokens[0], &info.identity, &format, &made, NULL));
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_refused(&scene->terminal, service_issue_ready(scene->terminal.services, true),
                 SERVICE_REASON_KEY_OTHER);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_visit_pay(&scene->terminal, "key-1");
    token_fake_insert(hall_scene_writer(scene), "foreign");
    hall_refused(&scene->terminal, run(scene, true), SERVICE_REASON_KEY_OTHER);
    assert_int_equal(STATUS_OK, hall_scene_try_pin(scene, "654123"));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    finish(scene);
}

static void test_issue__a_key_with_a_certificate_is_kept_without_consent(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    finish(scene);
    hall_leave(&scene->terminal);
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_refused(&scene->terminal, service_issue_ready(scene->terminal.services, true),
                 SERVICE_REASON_KEY_IN_USE); /* its certificate is good: nobody's consent is enough */
    hall_visit_pay(&scene->terminal, "key-2");
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_refused(&scene->terminal, run(scene, true), SERVICE_REASON_KEY_IN_USE);
    assert_int_equal(STATUS_OK, hall_scene_try_pin(scene, HALL_PIN));
    hall_sql(&scene->hall, "UPDATE certificate SET state = 'revoked' WHERE state = 'confirmed'");
    hall_refused(&scene->terminal, service_issue_ready(scene->terminal.services, false),
                 SERVICE_REASON_KEY_CARRIES);
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_KEY_CARRIES);
    assert_int_equal(STATUS_OK, hall_scene_try_pin(scene, HALL_PIN)); /* untouched */
    hall_done(&scene->terminal, run(scene, true));
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    hall_scene_look(scene);
    assert_int_equal(1, hall_order_certificates(&scene->sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(1, hall_order_keys(&scene->sum, STORE_KEY_DELIVERED));
}

static void test_issue__a_waiting_authority_is_asked_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    authority_fake_script(scene->hall.ca)->wait_times = 2;
    finish(scene);
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).requests);
    assert_true(authority_fake_counts(scene->hall.ca).inquiries >= 2);
}

static void test_issue__a_silent_authority_is_told_and_asked_later(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    authority_fake_script(scene->hall.ca)->offline = true;
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_AUTHORITY_SILENT);
    assert_int_equal(1, hall_order_certificates(hall_scene_look(scene), STORE_CERTIFICATE_REQUESTED));
    authority_fake_script(scene->hall.ca)->offline = false;
    finish(scene);
    assert_int_equal(1, scene->sum.certificates);
}

static void test_issue__a_lost_reply_makes_no_second_certificate(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    authority_fake_script(scene->hall.ca)->lose_reply_times = 1;
    struct service_reply reply = hall_wait(&scene->terminal, run(scene, false));
    if (reply.status != STATUS_OK) {
        assert_int_equal(SERVICE_REASON_AUTHORITY_SILENT, reply.reason);
        hall_done(&scene->terminal, run(scene, false));
    }
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    assert_finished(scene);
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
}

static void test_issue__a_refusing_authority_is_told(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    authority_fake_script(scene->hall.ca)->refuse_times = 1;
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_AUTHORITY_REFUSED);
    assert_int_equal(1, hall_order_certificates(hall_scene_look(scene), STORE_CERTIFICATE_REFUSED));
    assert_int_equal(0, hall_order_acts(&scene->sum));
    finish(scene);
    assert_int_equal(2, scene->sum.certificates);
}

/* Declined, never on the key, and the next one is right. */
static void assert_declined(struct hall_scene *scene)
{
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_AUTHORITY_REFUSED);
    assert_int_equal(1, hall_order_certificates(hall_scene_look(scene), STORE_CERTIFICATE_REVOKED));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    struct token_info info;
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(0, info.certificates);
    scene->hall.certification.wish = (struct pki_wish){0};
    scene->hall.certification.is_foreign = false;
    finish(scene);
}

static void test_issue__a_certificate_for_another_key_is_declined(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    scene->hall.certification.wish.for_other_key = true;
    assert_declined(scene);
}

static void test_issue__a_certificate_of_another_authority_is_declined(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    scene->hall.certification.is_foreign = true;
    assert_declined(scene);
}

static void test_issue__a_certificate_with_another_name_is_declined(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    scene->hall.certification.wish.common_name = "somebody else";
    assert_declined(scene);
}

static void test_issue__an_expired_or_broken_certificate_is_declined(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    scene->hall.certification.wish.has_broken_signature = true;
    assert_declined(scene);
}

static void test_issue__a_write_that_fails_leads_to_another_key(void **state)
{
    struct hall_scene *scene = *state;
    struct services *services = scene->terminal.services;
    begin(scene);
    /* format, public key, destroy, generate, public key, check, sign, then the certificate is written */
    token_fake_fail_at(hall_scene_writer(scene), 8, STATUS_IO);
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_WRITE_FAILED);
    assert_int_equal(1, hall_order_certificates(hall_scene_look(scene), STORE_CERTIFICATE_ISSUED));
    token_fake_insert(hall_scene_writer(scene), "key-2");
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_KEY_OTHER);
    hall_done(&scene->terminal, service_issue_abandon(services));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    assert_int_equal(1, hall_order_keys(hall_scene_look(scene), STORE_KEY_FAILED));
    assert_int_equal(0, hall_order_acts(&scene->sum));
    finish(scene);
    assert_int_equal(2, scene->sum.certificates);
    assert_int_equal(1, hall_order_certificates(&scene->sum, STORE_CERTIFICATE_REVOKED));
}

static void test_issue__no_second_key_while_the_authority_cannot_revoke_the_first(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    token_fake_fail_at(hall_scene_writer(scene), 8, STATUS_IO);
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_WRITE_FAILED);
    authority_fake_script(scene->hall.ca)->offline = true;
    hall_refused(&scene->terminal, service_issue_abandon(scene->terminal.services),
                 SERVICE_REASON_AUTHORITY_SILENT);
    token_fake_insert(hall_scene_writer(scene), "key-2");
    assert_int_not_equal(STATUS_OK, hall_wait(&scene->terminal, run(scene, false)).status);
    assert_int_equal(1, hall_scene_look(scene)->certificates);
    authority_fake_script(scene->hall.ca)->offline = false;
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    finish(scene);
}

static void test_issue__a_proven_key_lost_before_its_pin_is_replaced(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    token_fake_insert(hall_scene_writer(scene), "key-2");
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    assert_int_equal(ORDER_STATE_ISSUING, services_visit(scene->terminal.services)->order.state);
    finish(scene);
    assert_int_equal(1, hall_order_certificates(&scene->sum, STORE_CERTIFICATE_REVOKED));
}

static void test_issue__a_failed_key_may_be_used_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    finish(scene);
    assert_int_equal(2, scene->sum.keys);
}

static void test_issue__a_full_key_is_told(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    token_fake_set_full(hall_scene_writer(scene), true);
    hall_refused(&scene->terminal, run(scene, false), SERVICE_REASON_KEY_FULL);
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    token_fake_insert(hall_scene_writer(scene), "key-2");
    finish(scene);
}

static void test_issue__a_stop_at_every_stage_is_taken_up_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    for (unsigned call = 1; call <= 12; call++) {
        token_fake_pull_at(hall_scene_writer(scene), call, true);
        (void)run(scene, false);
        hall_run(&scene->terminal, 30);
        hall_program_stop(&scene->terminal);
        token_fake_insert(hall_scene_writer(scene), "key-1");
        hall_program_restart(&scene->terminal);
        hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
        if (services_visit(scene->terminal.services)->order.state != ORDER_STATE_ISSUING)
            break;
    }
    token_fake_pull_at(hall_scene_writer(scene), 0, false);
    if (services_visit(scene->terminal.services)->order.state == ORDER_STATE_ISSUING)
        hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    assert_finished(scene);
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
}

/* The numbers of an order's keys, newest first; "" for one that has none. */
static size_t numbers_of(struct hall_scene *scene, char out[4][ORDER_ACCEPTANCE_BYTES])
{
    struct store_key keys[4];
    size_t count = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_key_list_order(store, scene->order.id, keys, 4, &count, NULL));
    for (size_t i = 0; i < count; i++) {
        out[i][0] = 0;
        (void)!store_key_number_load(store, keys[i].mark, out[i], NULL);
    }
    store_close(store);
    return count;
}

/* The number of the key in the writer, told on the issuing page while it is made, is the same after each
 * kill; the key after it gets the next one. */
static void test_issue__a_key_has_one_number_however_often_it_is_killed(void **state)
{
    struct hall_scene *scene = *state;
    char number[ORDER_ACCEPTANCE_BYTES] = "";
    char seen[4][ORDER_ACCEPTANCE_BYTES];
    begin(scene);
    for (unsigned call = 1; call <= 24; call++) {
        token_fake_pull_at(hall_scene_writer(scene), call, call % 2 == 0);
        (void)hall_wait(&scene->terminal, run(scene, false));
        hall_program_stop(&scene->terminal);
        token_fake_insert(hall_scene_writer(scene), "key-1");
        hall_program_restart(&scene->terminal);
        hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
        if (numbers_of(scene, seen) > 0 && number[0] == 0)
            (void)memcpy(number, seen[0], sizeof(number));
        assert_true(number[0] == 0 || strcmp(number, seen[0]) == 0);
        if (hall_scene_visit(scene)->order.state != ORDER_STATE_ISSUING)
            break;
    }
    token_fake_pull_at(hall_scene_writer(scene), 0, false);
    assert_int_equal(ORDER_STATE_PIN, hall_scene_visit(scene)->order.state);
    FEATURE("F162");
    assert_string_equal(number, hall_scene_visit(scene)->issue.key_number);
    assert_string_equal("0000001", number + 6);
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    token_fake_insert(hall_scene_writer(scene), "key-2");
    finish(scene);
    assert_int_equal(2, numbers_of(scene, seen));
    assert_string_equal("0000002", seen[0] + 6); /* the first one's is given to no other key */
    assert_string_equal(number, seen[1]);
}

/* Products are the catalogue's and the same for all; this hall's own copy asks for another kind of key. */
static void test_issue__a_product_may_ask_for_elliptic_curves(void **state)
{
    struct hall_scene *scene = *state;
    for (size_t i = 0; i < scene->hall.catalogue->count; i++)
        scene->hall.catalogue->products[i]->algorithm = PRODUCT_ALGORITHM_EC_P256;
    token_fake_set_maker(hall_scene_writer(scene), &token_bench_maker);
    begin(scene);
    finish(scene);
    struct token_info info;
    struct token_key_id id;
    struct buf der;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(STATUS_OK, token_read_certificate(scene->hall.tokens[0], &info.identity, TOKEN_ROLE_SIGN,
                                                       NULL, &der, &id, NULL));
    static const unsigned char p256[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07}; /* RFC 5480 */
    assert_non_null(memmem(der.data, der.length, p256, sizeof(p256)));
    buf_release(&der);
}

/* An order approved on one day is issued on the next. Returns: the days the authority was asked for; the
 * tests' authority counts them from the day the hall began. */
static int64_t days_asked_when_counted_from(struct hall_scene *scene, enum product_start start)
{
    enum { DAY_S = 86400 };
    for (size_t i = 0; i < scene->hall.catalogue->count; i++)
        scene->hall.catalogue->products[i]->start = start;
    begin(scene);
    hall_pass(&scene->hall, DAY_S);
    finish(scene);
    int64_t whole_s = services_visit(scene->terminal.services)->issue.not_after_utc_s - HALL_START_UTC_S;
    return (whole_s + DAY_S / 2) / DAY_S;
}

static void test_issue__validity_counts_from_the_day_it_is_issued(void **state)
{
    struct hall_scene *scene = *state;
    int64_t days = days_asked_when_counted_from(scene, PRODUCT_START_ISSUE);
    assert_int_equal(scene->hall.catalogue->products[0]->validity_days, days);
}

static void test_issue__validity_counts_from_the_approval_where_the_product_says_so(void **state)
{
    struct hall_scene *scene = *state;
    int64_t days = days_asked_when_counted_from(scene, PRODUCT_START_ACCEPTANCE);
    assert_int_equal(scene->hall.catalogue->products[0]->validity_days - 1, days);
}

static void test_issue__validity_counts_from_the_application_where_the_product_says_so(void **state)
{
    struct hall_scene *scene = *state;
    int64_t days = days_asked_when_counted_from(scene, PRODUCT_START_APPLICATION);
    assert_int_equal(scene->hall.catalogue->products[0]->validity_days - 1, days);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_issue__a_blank_key_becomes_the_holders),
        T(test_issue__pulled_at_any_call_it_goes_on_when_it_is_back),
        T(test_issue__pulled_while_the_pin_is_set_it_is_set_again),
        T(test_issue__weak_pins_are_refused_and_change_nothing),
        T(test_issue__another_key_put_in_is_not_touched),
        T(test_issue__another_blank_before_the_request_gets_a_row_of_its_own),
        T(test_issue__a_foreign_formatted_key_is_never_written),
        T(test_issue__a_key_with_a_certificate_is_kept_without_consent),
        T(test_issue__a_waiting_authority_is_asked_again),
        T(test_issue__a_silent_authority_is_told_and_asked_later),
        T(test_issue__a_lost_reply_makes_no_second_certificate),
        T(test_issue__a_refusing_authority_is_told),
        T(test_issue__a_certificate_for_another_key_is_declined),
        T(test_issue__a_certificate_of_another_authority_is_declined),
        T(test_issue__a_certificate_with_another_name_is_declined),
        T(test_issue__an_expired_or_broken_certificate_is_declined),
        T(test_issue__a_write_that_fails_leads_to_another_key),
        T(test_issue__no_second_key_while_the_authority_cannot_revoke_the_first),
        T(test_issue__a_proven_key_lost_before_its_pin_is_replaced),
        T(test_issue__a_failed_key_may_be_used_again),
        T(test_issue__a_full_key_is_told),
        T(test_issue__a_stop_at_every_stage_is_taken_up_again),
        T(test_issue__a_key_has_one_number_however_often_it_is_killed),
        T(test_issue__a_product_may_ask_for_elliptic_curves),
        T(test_issue__validity_counts_from_the_day_it_is_issued),
        T(test_issue__validity_counts_from_the_approval_where_the_product_says_so),
        T(test_issue__validity_counts_from_the_application_where_the_product_says_so),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
