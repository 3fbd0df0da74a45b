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

#include "kiosk/pki/certificate.h"
#include "kiosk/pki/signature.h"
#include "kiosk/store/store_subject.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

enum { DAY_S = 86400 };

static int setup(void **state)
{
    if (hall_scene_setup(state, TEST_SOURCE_DIR) != 0)
        return -1;
    hall_add_clerk(&((struct hall_scene *)*state)->hall, "lin");
    return 0;
}

static struct token_fake *writer(const struct hall_scene *scene)
{
    return scene->hall.writers[0];
}

static const struct service_visit *visit_of(const struct hall_scene *scene)
{
    return services_visit(scene->terminal.services);
}

/* A key of this hall with its holder's PIN, in the writer; scene->order made it. */
static void make_key(struct hall_scene *scene, const char *key)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, key);
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    services_end_visit(scene->terminal.services);
    token_fake_insert(writer(scene), key);
    hall_scene_look(scene);
}

static const char *old_of(const struct hall_scene *scene)
{
    return scene->sum.certificate[0].request_id;
}

static enum store_certificate_state old_state(struct hall_scene *scene)
{
    struct store_certificate row;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_certificate_load(store, old_of(scene), &row, NULL));
    store_close(store);
    return row.state;
}

static void pin_of(struct secret *pin, const char *text)
{
    assert_int_equal(STATUS_OK, secret_set(pin, text, strlen(text)));
}

/* A paid order of this operation about the certificate of scene->order, opened at the terminal: ISSUING. */
static void begin(struct hall_scene *scene, const char *operation, struct order *out)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    services_choose(scene->terminal.services, product, product_find_operation(product, operation),
                    "supplier");
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", operation, ORDER_STATE_ISSUING, out);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_subject_put(store, out->id, old_of(scene), "", NULL));
    store_close(store);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, out->id));
}

static uint64_t issue(struct hall_scene *scene, const char *text)
{
    struct secret pin = {0};
    pin_of(&pin, text);
    uint64_t id = service_issue_run_own(scene->terminal.services, &pin);
    secret_wipe(&pin);
    return id;
}

/* --- what is on the key ------------------------------------------------------------------------------ */

static size_t count_on_key(struct hall_scene *scene, enum token_object_kind kind)
{
    struct token_info info;
    struct token_objects objects;
    struct secret pin = {0};
    size_t count = 0;
    pin_of(&pin, HALL_PIN);
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(STATUS_OK, token_list(scene->hall.tokens[0], &info.identity, &pin, &objects, NULL));
    for (unsigned i = 0; i < objects.count; i++)
        count += objects.object[i].kind == kind;
    return count;
}

/* The certificate of this row is on the key, and the key pair beside it signs what it verifies. */
static bool works(struct hall_scene *scene, const char *request_id)
{
    static const char text[] = "a text to be signed";
    struct token *token = scene->hall.tokens[0];
    struct store *store = hall_store(&scene->hall, "watcher");
    struct token_info info;
    struct token_objects objects;
    struct secret pin = {0};
    struct buf der;
    bool is_working = false;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    pin_of(&pin, HALL_PIN);
    assert_int_equal(STATUS_OK, store_certificate_part(store, request_id, STORE_CERTIFICATE_DER, &der, NULL));
    store_close(store);
    assert_int_equal(STATUS_OK, token_look(token, &info, NULL));
    assert_int_equal(STATUS_OK, token_list(token, &info.identity, NULL, &objects, NULL));
    for (unsigned i = 0; i < objects.count && !is_working; i++) {
        struct buf leaf, signature;
        buf_init(&leaf, LIMIT_CERTIFICATE_BYTES);
        buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
        const struct token_key_id *id = &objects.object[i].id;
        is_working =
            objects.object[i].kind == TOKEN_OBJECT_CERTIFICATE &&
            token_read_certificate(token, &info.identity, TOKEN_ROLE_SIGN, id, &leaf, NULL, NULL) ==
                STATUS_OK &&
            bytes_is_equal(bytes_of_buf(&leaf), bytes_of_buf(&der)) &&
            token_sign(token, &info.identity, &pin, id, text, sizeof(text), &signature, NULL) == STATUS_OK &&
            signature_check(bytes_of_buf(&leaf), bytes_view(text, sizeof(text)), bytes_of_buf(&signature),
                            NULL) == STATUS_OK;
        buf_release(&leaf);
        buf_release(&signature);
    }
    buf_release(&der);
    return is_working;
}

/* The order is through: the new certificate alone is on the key and works, the old one is withdrawn. */
static void assert_renewed(struct hall_scene *scene, const struct order *order)
{
    struct hall_order_sum sum;
    hall_order_sum(&scene->hall, order->id, &sum);
    assert_int_equal(ORDER_STATE_COLLECTING, sum.order.state);
    assert_int_equal(1, hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(0, sum.keys);
    assert_int_equal(0, hall_order_acts(&sum));
    assert_int_equal(STORE_CERTIFICATE_REVOKED, old_state(scene));
    for (size_t i = 0; i < sum.certificates; i++)
        if (sum.certificate[i].state == STORE_CERTIFICATE_CONFIRMED)
            assert_true(works(scene, sum.certificate[i].request_id));
    assert_int_equal(1, count_on_key(scene, TOKEN_OBJECT_CERTIFICATE));
    assert_int_equal(1, count_on_key(scene, TOKEN_OBJECT_PRIVATE_KEY));
    assert_int_equal(STORE_KEY_DELIVERED, scene->sum.key[0].state);
}

/* Nothing happened to what the holder had. */
static void assert_old_works(struct hall_scene *scene)
{
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, old_state(scene));
    assert_true(works(scene, old_of(scene)));
}

static void test_renew__a_second_certificate_takes_the_place_of_the_first(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    make_key(scene, "key-1");
    begin(scene, "renew", &order);
    hall_done(&scene->terminal, issue(scene, HALL_PIN));
    assert_int_equal(ORDER_STATE_COLLECTING, visit_of(scene)->order.state);
    assert_renewed(scene, &order);
    hall_visit_take(&scene->terminal);
}

static void test_renew__a_wrong_pin_a_locked_key_and_another_key_change_nothing(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    make_key(scene, "key-1");
    begin(scene, "renew", &order);
    hall_refused(&scene->terminal, service_issue_run(scene->terminal.services, true),
                 SERVICE_REASON_PIN_NEEDED);
    hall_refused(&scene->terminal, issue(scene, "999999"), SERVICE_REASON_PIN_WRONG);
    token_fake_insert(writer(scene), "blank");
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_OWN_KEY_OTHER);
    token_fake_pull(writer(scene));
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_OWN_KEY_ABSENT);
    token_fake_insert(writer(scene), "key-1");
    assert_old_works(scene);
    assert_int_equal(1, count_on_key(scene, TOKEN_OBJECT_PRIVATE_KEY));
    token_fake_lock(writer(scene));
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_KEY_LOCKED);
    assert_int_equal(ORDER_STATE_ISSUING, visit_of(scene)->order.state);
}

static void test_renew__a_full_key_says_so_and_goes_on_when_there_is_room(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    make_key(scene, "key-1");
    begin(scene, "renew", &order);
    token_fake_set_full(writer(scene), true);
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_OWN_KEY_FULL);
    assert_old_works(scene);
    token_fake_set_full(writer(scene), false);
    hall_done(&scene->terminal, issue(scene, HALL_PIN));
    assert_renewed(scene, &order);
}

/* The order goes on at a program started anew, with the key back in the writer. */
static void begin_anew(struct hall_scene *scene, const char *key, const struct order *order)
{
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    token_fake_insert(writer(scene), key);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, order->id));
}

static void log_in(struct hall_scene *scene)
{
    struct secret pin = {0};
    pin_of(&pin, HALL_PIN);
    hall_done(&scene->terminal, service_key_login(scene->terminal.services, &pin));
    secret_wipe(&pin);
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
        make_key(scene, key);
        begin(scene, "renew", &order);
        token_fake_pull_at(writer(scene), n, n % 2 == 0);
        enum status status = hall_wait(&scene->terminal, issue(scene, HALL_PIN)).status;
        token_fake_pull_at(writer(scene), 0, false);
        was_pulled = !is_key_in(scene);
        begin_anew(scene, key, &order);
        if (status == STATUS_OK) { /* behind the proof: what is left is done when the PIN comes again */
            log_in(scene);
        } else {
            assert_old_works(scene);
            hall_done(&scene->terminal, issue(scene, HALL_PIN));
        }
        assert_renewed(scene, &order);
        services_end_visit(scene->terminal.services);
    }
    assert_in_range(n, 14, 23);
}

static void test_renew__a_silent_authority_withdraws_the_old_certificate_later(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    make_key(scene, "key-1");
    begin(scene, "renew", &order);
    authority_fake_script(scene->hall.ca)->silent_revocations = 1;
    hall_done(&scene->terminal, issue(scene, HALL_PIN));
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, old_state(scene));
    hall_program_stop(&scene->terminal); /* killed with the withdrawal announced */
    hall_pass(&scene->hall, 600);        /* leases have run out */
    for (int i = 0; i < 50 && old_state(scene) != STORE_CERTIFICATE_REVOKED; i++) {
        hall_run(&scene->desk, 100);
        hall_pass(&scene->hall, 60);
    }
    assert_renewed(scene, &order); /* by the desk; the old pair was off the key before */
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    hall_program_restart(&scene->terminal);
}

/* A paid renewal about the certificate of scene->order. */
static void begin_paid(struct hall_scene *scene, struct order *out)
{
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "renew", ORDER_STATE_PAYING, out);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_subject_put(store, out->id, old_of(scene), "", NULL));
    store_close(store);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, out->id));
    hall_visit_pay(&scene->terminal, "key-1");
}

static void give_up(struct hall_scene *scene, const struct order *order)
{
    services_end_visit(scene->terminal.services);
    struct secret password = {0};
    pin_of(&password, "zhanghao-2026");
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    hall_done(&scene->desk,
              service_desk_give_up(scene->desk.services, order->id, "key broken", "lin", &password));
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
            make_key(scene, "key-1");
        begin_paid(scene, &order);
        token_fake_pull_at(writer(scene), calls[i], true);
        hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_KEY_PULLED);
        token_fake_insert(writer(scene), "key-1");
        assert_int_equal(2, count_on_key(scene, TOKEN_OBJECT_PRIVATE_KEY));
        assert_old_works(scene);
        give_up(scene, &order);
        until_nothing_is_open(scene, order.id, &sum);
        assert_int_equal(ORDER_STATE_REFUNDED, sum.order.state);
        log_in(scene);
        assert_int_equal(1, count_on_key(scene, TOKEN_OBJECT_PRIVATE_KEY));
        assert_int_equal(1, count_on_key(scene, TOKEN_OBJECT_CERTIFICATE));
        assert_old_works(scene);
        assert_int_equal(0, hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED));
        services_end_visit(scene->terminal.services);
    }
}

/* A pair that cannot be written is made once more, under the same id. */
static void test_renew__made_once_more_after_a_certificate_that_could_not_be_written(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    make_key(scene, "key-1");
    begin(scene, "renew", &order);
    token_fake_fail_at(writer(scene), 8, STATUS_IO);
    hall_refused(&scene->terminal, issue(scene, HALL_PIN), SERVICE_REASON_OWN_KEY_FAILED);
    assert_old_works(scene);
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    assert_old_works(scene);
    hall_done(&scene->terminal, issue(scene, HALL_PIN));
    assert_renewed(scene, &order);
    assert_int_equal(2, authority_fake_counts(scene->hall.ca).issued - 1); /* the old one, and two */
}

/* --- when ---------------------------------------------------------------------------------------------- */

/* A certificate of a product that renews within its last 90 days, and never past its end. */
static void make_windowed(struct hall_scene *scene)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, NULL};
    assert_int_equal(90, product->renewal_days);
    assert_false(product->renewal_after_expiry);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_ISSUING, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(writer(scene), "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    services_end_visit(scene->terminal.services);
    token_fake_insert(writer(scene), "key-1");
    hall_scene_look(scene);
}

/* The holder asks for a renewal after so many days. */
static uint64_t ask_after(struct hall_scene *scene, int days)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    services_end_visit(scene->terminal.services);
    hall_pass(&scene->hall, (int64_t)days * DAY_S);
    log_in(scene);
    services_choose(scene->terminal.services, product, product_find_operation(product, "renew"),
                    product->classes[0].id);
    return service_order_create(scene->terminal.services);
}

static void test_renew__only_within_the_window_and_it_says_from_when(void **state)
{
    struct hall_scene *scene = *state;
    make_windowed(scene);
    int64_t opens_utc_s = scene->sum.certificate[0].not_after_utc_s - (int64_t)90 * DAY_S;
    struct service_reply reply = hall_wait(&scene->terminal, ask_after(scene, 200));
    assert_int_equal(SERVICE_REASON_RENEWAL_EARLY, reply.reason);
    assert_int_equal(opens_utc_s, reply.number);
    assert_false(visit_of(scene)->has_order);
    hall_done(&scene->terminal, ask_after(scene, 80));
    assert_int_equal(ORDER_STATE_DRAFT, visit_of(scene)->order.state); /* the PIN was right already */
    reply = hall_wait(&scene->terminal, ask_after(scene, 90));
    assert_int_equal(SERVICE_REASON_RENEWAL_LATE, reply.reason);
    assert_int_equal(scene->sum.certificate[0].not_after_utc_s, reply.number);
}

static void test_renew__an_expired_certificate_is_renewed_where_the_product_says_so(void **state)
{
    struct hall_scene *scene = *state;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    make_key(scene, "key-1");
    hall_pass(&scene->hall, (int64_t)400 * DAY_S);
    log_in(scene);
    services_choose(scene->terminal.services, product, product_find_operation(product, "change"), "supplier");
    hall_refused(&scene->terminal, service_order_create(scene->terminal.services),
                 SERVICE_REASON_RENEWAL_LATE);
    services_choose(scene->terminal.services, product, product_find_operation(product, "renew"), "supplier");
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    assert_int_equal(ORDER_STATE_DRAFT, visit_of(scene)->order.state);
}

/* --- whom ---------------------------------------------------------------------------------------------- */

static uint64_t complete_as(struct hall_scene *scene, const char *operation, const char *company,
                            const char *credit_code)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    log_in(scene);
    services_choose(scene->terminal.services, product, product_find_operation(product, operation),
                    "supplier");
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    hall_visit_fill(&scene->terminal);
    struct form_values *values = services_values(scene->terminal.services);
    assert_int_equal(STATUS_OK, form_values_set(values, "company", company));
    assert_int_equal(STATUS_OK, form_values_set(values, "credit_code", credit_code));
    hall_done(&scene->terminal, service_order_save(scene->terminal.services));
    return service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED);
}

static void test_renew__a_renewal_keeps_its_holder_a_change_keeps_the_number(void **state)
{
    struct hall_scene *scene = *state;
    make_key(scene, "key-1");
    hall_refused(&scene->terminal, complete_as(scene, "renew", "重庆另一家科技有限公司", HALL_CREDIT_CODE),
                 SERVICE_REASON_SUBJECT_DIFFERS);
    services_end_visit(scene->terminal.services);
    hall_refused(&scene->terminal,
                 complete_as(scene, "change", "重庆另一家科技有限公司", "91500108MA6000008Y"),
                 SERVICE_REASON_SUBJECT_DIFFERS);
    services_end_visit(scene->terminal.services);
    hall_done(&scene->terminal, complete_as(scene, "change", "重庆另一家科技有限公司", HALL_CREDIT_CODE));
    assert_int_equal(ORDER_STATE_PRINTING, visit_of(scene)->order.state);
}

/* --- through the screens ----------------------------------------------------------------------------- */

static void begin_screens(struct hall_scene *scene, struct robot *robot)
{
    token_fake_pull(writer(scene));
    robot_open(robot, &scene->terminal,
               &(struct robot_settings){.assets = TEST_BUILD_DIR "/assets", .width = 1920, .height = 1080});
    robot_until_screen(robot, "welcome");
    robot_run(robot, 800); /* the empty writer is seen */
    token_fake_insert(writer(scene), "key-1");
    robot_until_screen(robot, "holder");
}

static void type_pin(struct robot *robot)
{
    robot_pad(robot, "pad", "8351");
    robot_tap(robot, "pad.extra");
    robot_tap(robot, "pad.y");
    robot_tap(robot, "pad.extra");
    robot_pad(robot, "pad", "7");
    robot_tap(robot, "bar.next");
}

/* Agreement and warnings: to the form, for the PIN was right already. */
static void agree(struct robot *robot)
{
    robot_until_screen(robot, "agreement");
    while (!robot_can_tap(robot, "bar.next"))
        robot_tap(robot, "text.down");
    robot_tap(robot, "bar.next");
    robot_until_screen(robot, "heed");
    robot_tap(robot, "warning.0");
    robot_tap(robot, "bar.next");
    robot_until_screen(robot, "form");
}

static void pay(struct hall_scene *scene, struct robot *robot)
{
    robot_until_screen(robot, "pay");
    for (int i = 0; widget_find(ui_tree(robot->ui), "pay.code") == NULL; i++) {
        assert_true(i < 20);
        robot_run(robot, 300);
    }
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.gateway, visit_of(scene)->payment.out_trade_no));
    robot_until_screen(robot, "issue");
}

static void test_renew__at_the_screens_it_is_said_from_when(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    char day[64];
    make_windowed(scene);
    (void)clock_format_hall(scene->sum.certificate[0].not_after_utc_s - (int64_t)90 * DAY_S,
                            "%Y-%m-%d 起可以办", day, sizeof(day));
    begin_screens(scene, &robot);
    robot_until_text(&robot, "延期（年审）");
    assert_true(robot_shows(&robot, day));
    assert_false(robot_can_tap(&robot, "operation.renew"));
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

static void test_renew__at_the_screens_a_key_is_renewed_for_200_yuan(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    struct robot_visit visit = {.robot = &robot};
    make_key(scene, "key-1");
    hall_pass(&scene->hall, (int64_t)340 * DAY_S);
    begin_screens(scene, &robot);
    robot_tap(&robot, "operation.renew");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "wish"); /* one year is chosen already */
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "key");
    type_pin(&robot);
    agree(&robot);
    robot_visit_form(&visit);
    robot_visit_print(&visit);
    robot_visit_scan_to(&visit, "review");
    robot_visit_review(&visit, &scene->desk);
    pay(scene, &robot);
    robot_look(&robot, "issue-own-pin");
    robot_pad(&robot, "pad", "999999");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "Key 密码不对");
    type_pin(&robot);
    robot_until_screen(&robot, "done");
    robot_until_text(&robot, "更新成功");
    robot_look(&robot, "renewed");
    struct order order = visit_of(scene)->order;
    assert_int_equal(20000, order.amount_fen);
    assert_int_equal(20000, order.paid_fen);
    assert_int_equal(4, visit_of(scene)->page_count);
    assert_renewed(scene, &order);
    robot_visit_take(&visit);
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
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
        TEST(test_renew__only_within_the_window_and_it_says_from_when),
        TEST(test_renew__an_expired_certificate_is_renewed_where_the_product_says_so),
        TEST(test_renew__a_renewal_keeps_its_holder_a_change_keeps_the_number),
        TEST(test_renew__at_the_screens_it_is_said_from_when),
        TEST(test_renew__at_the_screens_a_key_is_renewed_for_200_yuan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
