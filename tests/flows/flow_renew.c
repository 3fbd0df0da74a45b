/* Renewals and changes on the holder's own key: a second pair beside the old one, which works until the new
 * one is proven; pulled, killed, given up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_renewal.h"

static int setup(void **state)
{
    return hall_scene_setup_two(state, TEST_SOURCE_DIR);
}

static uint64_t issue(struct hall_scene *scene, const char *text)
{
    struct secret pin = {0};
    hall_renewal_pin(&pin, text);
    uint64_t id = service_issue_run_own(scene->terminal.services, &pin);
    secret_wipe(&pin);
    return id;
}

/* --- what is on the key ------------------------------------------------------------------------------ */

/* Nothing happened to what the holder had. */
static void assert_old_works(struct hall_scene *scene)
{
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, hall_renewal_state(scene));
    assert_true(hall_renewal_works(scene, hall_renewal_certificate(scene)));
}

static void test_renew__a_second_certificate_takes_the_place_of_the_first(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    hall_renewal_begin(scene, "renew", &order);
    hall_done(&scene->terminal, issue(scene, HALL_PIN));
    assert_int_equal(ORDER_STATE_COLLECTING, hall_scene_visit(scene)->order.state);
    hall_renewal_assert_done(scene, &order);
    hall_visit_take(&scene->terminal);
}

static void test_renew__a_wrong_pin_a_locked_key_and_another_key_change_nothing(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    hall_renewal_begin(scene, "renew", &order);
    hall_refused(&scene->terminal, service_issue_run(scene->terminal.services, true),
                 SERVICE_REASON_PIN_NEEDED);
    hall_refused(&scene->terminal, issue(scene, "999999"), SERVICE_REASON_PIN_WRONG);
    token_fake_insert(hall_scene_writer(scene), "blank");
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_OWN_KEY_OTHER);
    token_fake_pull(hall_scene_writer(scene));
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_OWN_KEY_ABSENT);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    assert_old_works(scene);
    assert_int_equal(1, hall_renewal_count(scene, TOKEN_OBJECT_PRIVATE_KEY));
    token_fake_lock(hall_scene_writer(scene));
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_KEY_LOCKED);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_visit(scene)->order.state);
}

static void test_renew__a_full_key_says_so_and_goes_on_when_there_is_room(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    hall_renewal_begin(scene, "renew", &order);
    token_fake_set_full(hall_scene_writer(scene), true);
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_OWN_KEY_FULL);
    assert_old_works(scene);
    token_fake_set_full(hall_scene_writer(scene), false);
    hall_done(&scene->terminal, issue(scene, HALL_PIN));
    hall_renewal_assert_done(scene, &order);
}

/* The order goes on at a program started anew, with the key back in the writer. */
static void begin_anew(struct hall_scene *scene, const char *key, const struct order *order)
{
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    token_fake_insert(hall_scene_writer(scene), key);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, order->id));
}

static bool is_key_in(const struct hall_scene *scene)
{
    struct token_info info;
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    return info.presence != TOKEN_ABSENT;
}

/* The key is pulled at each call of the run in turn, before or after it was done, and the program ends: until
 * a run is over before the call comes. */
static void test_renew__pulled_and_killed_at_every_call_the_next_run_finishes(void **state)
{
    struct hall_scene *scene = *state;
    bool was_pulled = true;
    unsigned n = 1;
    for (; n < 24 && was_pulled; n++) {
        char key[16];
        struct order order;
        (void)snprintf(key, sizeof(key), "key-%u", n);
        hall_renewal_make_key(scene, key);
        hall_renewal_begin(scene, "renew", &order);
        token_fake_pull_at(hall_scene_writer(scene), n, n % 2 == 0);
        enum status status = hall_wait(&scene->terminal, issue(scene, HALL_PIN)).status;
        token_fake_pull_at(hall_scene_writer(scene), 0, false);
        was_pulled = !is_key_in(scene);
        begin_anew(scene, key, &order);
        if (status == STATUS_OK) { /* behind the proof: what is left is done when the PIN comes again */
            hall_renewal_log_in(scene);
        } else {
            assert_old_works(scene);
            hall_done(&scene->terminal, issue(scene, HALL_PIN));
        }
        hall_renewal_assert_done(scene, &order);
        hall_leave(&scene->terminal);
    }
    FEATURE("F178");
    assert_in_range(n, 14, 23);
}

static void test_renew__a_silent_authority_withdraws_the_old_certificate_later(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    hall_renewal_begin(scene, "renew", &order);
    authority_fake_script(scene->hall.ca)->silent_revocations = 1;
    hall_done(&scene->terminal, issue(scene, HALL_PIN));
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, hall_renewal_state(scene));
    hall_program_stop(&scene->terminal); /* killed with the withdrawal announced */
    hall_pass(&scene->hall, 600);        /* leases have run out */
    for (int i = 0; i < 50 && hall_renewal_state(scene) != STORE_CERTIFICATE_REVOKED; i++) {
        hall_run(&scene->desk, 100);
        hall_pass(&scene->hall, 60);
    }
    hall_renewal_assert_done(scene, &order); /* by the desk; the old pair was off the key before */
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    hall_program_restart(&scene->terminal);
}

/* A paid renewal about the certificate of scene->order. */
static void begin_paid(struct hall_scene *scene, struct order *out)
{
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "renew", ORDER_STATE_PAYING, out);
    hall_renewal_set_subject(scene, out->id, "");
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, out->id));
    hall_visit_pay(&scene->terminal, "key-1");
}

static void give_up(struct hall_scene *scene, const struct order *order)
{
    hall_leave(&scene->terminal);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, hall_desk_give_up(&scene->desk, order->id, "key broken", "lin"));
}

/* The money is back and whoever announced an act has ended it. */
static void until_nothing_is_open(struct hall_scene *scene, const char *order_id, struct hall_order_sum *sum)
{
    hall_order_sum(&scene->hall, order_id, sum);
    for (int i = 0; i < 50 && (sum->order.state == ORDER_STATE_REFUNDING || hall_order_acts(sum) > 0); i++) {
        hall_pass(&scene->hall, 60);
        hall_run(&scene->terminal, 100);
        hall_run(&scene->desk, 100);
        hall_order_sum(&scene->hall, order_id, sum);
    }
    assert_int_equal(0, hall_order_acts(sum));
}

/* Given up at any moment before the proof: the money is back, the new pair goes when the PIN comes again, the
 * old certificate works as before. */
static void test_renew__given_up_takes_the_new_pair_off_and_leaves_the_old(void **state)
{
    static const unsigned calls[] = {4, 8, 10};
    struct hall_scene *scene = *state;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        struct order order;
        struct hall_order_sum sum;
        if (i == 0)
            hall_renewal_make_key(scene, "key-1");
        begin_paid(scene, &order);
        token_fake_pull_at(hall_scene_writer(scene), calls[i], true);
        hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_KEY_PULLED);
        token_fake_insert(hall_scene_writer(scene), "key-1");
        assert_int_equal(2, hall_renewal_count(scene, TOKEN_OBJECT_PRIVATE_KEY));
        assert_old_works(scene);
        give_up(scene, &order);
        until_nothing_is_open(scene, order.id, &sum);
        assert_int_equal(ORDER_STATE_REFUNDED, sum.order.state);
        hall_renewal_log_in(scene);
        assert_int_equal(1, hall_renewal_count(scene, TOKEN_OBJECT_PRIVATE_KEY));
        assert_int_equal(1, hall_renewal_count(scene, TOKEN_OBJECT_CERTIFICATE));
        assert_old_works(scene);
        assert_int_equal(0, hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED));
        hall_leave(&scene->terminal);
    }
}

/* A pair that cannot be written is made once more, under the same id. */
static void test_renew__made_once_more_after_a_certificate_that_could_not_be_written(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    hall_renewal_begin(scene, "renew", &order);
    token_fake_fail_at(hall_scene_writer(scene), 8, STATUS_IO);
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_OWN_KEY_FAILED);
    assert_old_works(scene);
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    assert_old_works(scene);
    hall_done(&scene->terminal, issue(scene, HALL_PIN));
    hall_renewal_assert_done(scene, &order);
    assert_int_equal(2, authority_fake_counts(scene->hall.ca).issued - 1); /* the old one, and two */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_renew__a_second_certificate_takes_the_place_of_the_first),
        TEST(test_renew__a_wrong_pin_a_locked_key_and_another_key_change_nothing),
        TEST(test_renew__a_full_key_says_so_and_goes_on_when_there_is_room),
        TEST(test_renew__pulled_and_killed_at_every_call_the_next_run_finishes),
        TEST(test_renew__a_silent_authority_withdraws_the_old_certificate_later),
        TEST(test_renew__given_up_takes_the_new_pair_off_and_leaves_the_old),
        TEST(test_renew__made_once_more_after_a_certificate_that_could_not_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
