/* Every kind of write to the store fails once in a visit: the order stays whole, and there is a way on.
 *
 * Linked with the store's statements and commits behind a wrapper (CMakeLists.txt): the first time each of
 * them is met it fails, the next time it goes through. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/check.h"
#include "kiosk/store/db.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_check.h"
#include "tests/support/hall_applicant.h"
#include "tests/support/hall_scene.h"
#include "tests/support/hall_visit.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

enum { POINTS = 512, LONGEST_MS = 240000 };

enum fault { FAULT_NONE, FAULT_STATEMENT, FAULT_COMMIT };

static struct {
    enum fault kind;
    enum status status;
    pthread_t tester;        /* whose own writes never fail */
    uint64_t points[POINTS]; /* met so far: statements by their text, commits by all their statements */
    size_t count;
    pthread_mutex_t lock;
} faults = {.lock = PTHREAD_MUTEX_INITIALIZER};

static _Thread_local uint64_t change; /* the statements of the change open on this thread */

/* FNV-1a, 64 bits. */
static uint64_t mix(uint64_t hash, const char *text)
{
    for (hash = hash == 0 ? 14695981039346656037u : hash; *text != 0; text++)
        hash = (hash ^ (uint8_t)*text) * 1099511628211u;
    return hash;
}

#define WRAPPED(name, parameters)                                                                            \
    enum status __real_##name parameters;                                                                    \
    enum status __wrap_##name parameters;                                                                    \
    enum status __wrap_##name parameters

/* Whether this point is met for the first time and is to fail. */
static bool is_due(enum fault kind, uint64_t point)
{
    bool is_new = faults.kind == kind && point != 0 && !pthread_equal(pthread_self(), faults.tester);
    (void)pthread_mutex_lock(&faults.lock);
    for (size_t i = 0; i < faults.count && is_new; i++)
        is_new = faults.points[i] != point;
    if (is_new) {
        check(faults.count < POINTS);
        faults.points[faults.count++] = point;
    }
    (void)pthread_mutex_unlock(&faults.lock);
    return is_new;
}

WRAPPED(db_exec, (struct db * db, const char *sql, const struct db_value *params, size_t count,
                  int64_t *changed, struct failure *failure))
{
    change = mix(change, sql);
    if (is_due(FAULT_STATEMENT, mix(0, sql)))
        return failure_set(failure, faults.status, "db_exec", 0, "made to fail");
    return __real_db_exec(db, sql, params, count, changed, failure);
}

WRAPPED(db_begin, (struct db * db, struct failure *failure))
{
    change = 0;
    return __real_db_begin(db, failure);
}

WRAPPED(db_commit, (struct db * db, struct failure *failure))
{
    if (is_due(FAULT_COMMIT, change))
        return failure_set(failure, faults.status, "db_commit", 0, "made to fail");
    return __real_db_commit(db, failure);
}

static int setup_faults(void **state)
{
    faults.tester = pthread_self();
    faults.kind = FAULT_NONE;
    faults.count = 0;
    return setup(state);
}

static bool read_code(void *context, const char *phone, struct secret *code)
{
    struct hall_scene *scene = context;
    char digits[16];
    hall_pass(&scene->hall, 61); /* the applicant waits until a code may be sent again */
    return sms_fake_last_code(scene->hall.phones, phone, digits, sizeof(digits)) == STATUS_OK &&
           secret_set(code, digits, strlen(digits)) == STATUS_OK;
}

static void pay(void *context, const char *out_trade_no)
{
    struct hall_scene *scene = context;
    (void)!payment_fake_pay(scene->hall.gateway, out_trade_no);
}

/* The clerk does not give up either. */
static void review(struct hall_scene *scene)
{
    struct secret password = {0};
    struct services *desk = scene->desk.services;
    const char *id = services_visit(scene->terminal.services)->order.id;
    check(secret_set(&password, "zhanghao-2026", 13) == STATUS_OK);
    (void)hall_wait(&scene->desk, service_desk_sign_in(desk, "chen", &password));
    if (hall_wait(&scene->desk, service_desk_case(desk, id)).status != STATUS_OK)
        return;
    const struct service_case *opened = &services_desk(desk)->opened;
    if (opened->order.state == ORDER_STATE_IDENTIFYING) {
        (void)hall_wait(&scene->desk, service_desk_identify(desk, true, ""));
        return;
    }
    for (size_t i = 0; i < opened->page_count; i++)
        (void)hall_wait(&scene->desk, service_desk_page(desk, opened->pages[i].paper, 200));
    hall_desk_see_fields(desk, scene->hall.catalogue);
    (void)hall_wait(&scene->desk, service_desk_approve(desk));
}

static void visit_through(struct hall_scene *scene, enum fault kind, enum status status)
{
    const struct hall_applicant applicant = {.program = &scene->terminal,
                                             .order_id = "",
                                             .phone = HALL_PHONE,
                                             .read_code = read_code,
                                             .pay = pay,
                                             .context = scene};
    const struct service_visit *visit = services_visit(scene->terminal.services);
    int64_t until_ms = clock_monotonic_ms(clock_system()) + LONGEST_MS;
    token_fake_insert(scene->hall.writers[0], "key-1");
    faults.status = status;
    faults.kind = kind;
    while (!hall_applicant_is_over(&applicant)) {
        assert_true(clock_monotonic_ms(clock_system()) < until_ms);
        if (!visit->has_order) /* a code that was counted but not sent blocks the next for a minute */
            hall_pass(&scene->hall, 61);
        hall_applicant_step(&applicant);
        if (visit->has_order &&
            (visit->order.state == ORDER_STATE_IDENTIFYING || visit->order.state == ORDER_STATE_REVIEWING))
            review(scene);
    }
    hall_run(&scene->terminal, 2500);
    faults.kind = FAULT_NONE;
    scene->order = visit->order;
}

static void assert_whole(struct hall_scene *scene)
{
    const struct hall_order_sum *sum = hall_scene_look(scene);
    struct store_audit_report report = {0};
    assert_int_equal(ORDER_STATE_DONE, sum->order.state);
    assert_int_equal(1, hall_order_payments(sum, STORE_PAYMENT_PAID));
    assert_int_equal(1, hall_order_certificates(sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(1, hall_order_keys(sum, STORE_KEY_DELIVERED));
    assert_int_equal(0, hall_order_keys(sum, STORE_KEY_IN_WORK));
    assert_int_equal(0, hall_order_acts(sum));
    assert_int_equal(48000, payment_fake_taken_fen(scene->hall.gateway) -
                                payment_fake_returned_fen(scene->hall.gateway));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).confirmed);
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_audit_verify(store, &report, NULL));
    store_close(store);
}

static void test_store_faults__every_statement_meets_a_full_disk(void **state)
{
    struct hall_scene *scene = *state;
    visit_through(scene, FAULT_STATEMENT, STATUS_FULL);
    assert_true(faults.count > 30);
    assert_whole(scene);
}

static void test_store_faults__every_commit_meets_a_full_disk(void **state)
{
    struct hall_scene *scene = *state;
    visit_through(scene, FAULT_COMMIT, STATUS_FULL);
    assert_true(faults.count > 20);
    assert_whole(scene);
}

static void test_store_faults__every_statement_meets_a_locked_store(void **state)
{
    struct hall_scene *scene = *state;
    visit_through(scene, FAULT_STATEMENT, STATUS_BUSY);
    assert_whole(scene);
}

static void test_store_faults__every_commit_fails_on_the_disk(void **state)
{
    struct hall_scene *scene = *state;
    visit_through(scene, FAULT_COMMIT, STATUS_IO);
    assert_whole(scene);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup_faults, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_faults__every_statement_meets_a_full_disk),
        T(test_store_faults__every_commit_meets_a_full_disk),
        T(test_store_faults__every_statement_meets_a_locked_store),
        T(test_store_faults__every_commit_fails_on_the_disk),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
