/* A process that commits is killed at any instant: what it was told is stored stays, and nothing is half
 * there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/store/db.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_check.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_intention.h"
#include "tests/support/store_fixture.h"

enum { ROUNDS = 25, LARGEST_PAUSE_US = 3000, ACKNOWLEDGED_MAX = 12, ORDERS_MAX = 512, CHANGES_MAX = 16 };

/* Told by the child after the commit returned. */
struct acknowledged {
    char order_id[STORE_ID_BYTES];
    int64_t version;
    char intention_id[STORE_ID_BYTES];
};

/* One order, its value, an intention and two transitions; each step is told once it is stored. */
static void commit_one_order(struct store_fixture *fixture, int out)
{
    struct order order;
    struct acknowledged told = {0};
    store_fixture_order(fixture, &order);
    strcpy(told.order_id, order.id);
    if (store_field_put(fixture->store, order.id, "agent_name", "王小明", NULL) != STATUS_OK)
        _exit(2);
    for (int i = 0; i < 2; i++) {
        char id[STORE_ID_BYTES];
        store_new_id(fixture->store, id);
        if (store_begin(fixture->store, NULL) != STATUS_OK)
            _exit(3);
        enum status status =
            store_intention_begin(fixture->store, id, STORE_INTENTION_PRINT, order.id, "{}", 60, NULL);
        if (status == STATUS_OK)
            status = store_fixture_event(fixture->store, &order,
                                         i == 0 ? ORDER_EVENT_FORM_COMPLETED : ORDER_EVENT_PRINTED);
        if (store_end(fixture->store, status, NULL) != STATUS_OK)
            _exit(4);
        strcpy(told.intention_id, id);
        told.version = order.version;
        if (write(out, &told, sizeof(told)) != sizeof(told))
            _exit(5);
    }
}

static pid_t start_child(struct store_fixture *fixture, int *read_end)
{
    int out[2];
    assert_int_equal(pipe(out), 0);
    store_close(fixture->store);
    fixture->store = NULL;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(out[0]);
        fixture->store = store_fixture_connect(fixture, "T01");
        for (;;)
            commit_one_order(fixture, out[1]);
    }
    close(out[1]);
    *read_end = out[0];
    return pid;
}

/* The version counts the transitions, and the last journal row says the state: neither without the other. */
static void expect_order_and_journal_agree(struct store *store, const struct order *order)
{
    struct store_change changes[CHANGES_MAX];
    size_t count = 0;
    int64_t transitions = -1; /* the insert is not one */
    const char *last = "";
    assert_int_equal(store_change_list_order(store, order->id, 0, changes, CHANGES_MAX, &count, NULL),
                     STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        if (changes[i].kind != STORE_CHANGE_ORDER)
            continue;
        transitions++;
        last = changes[i].to;
    }
    assert_int_equal(transitions, order->version);
    assert_string_equal(last, order_state_name(order->state));
    struct store_intention open[4];
    assert_int_equal(store_intention_list_order(store, order->id, true, open, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, order->version);
}

static void expect_all_agree(struct store *store)
{
    static struct order orders[ORDERS_MAX];
    struct store_order_filter everything = {0};
    size_t count = 0;
    assert_int_equal(store_order_list(store, &everything, orders, ORDERS_MAX, &count, NULL), STATUS_OK);
    assert_true(count < ORDERS_MAX);
    for (size_t i = 0; i < count; i++)
        expect_order_and_journal_agree(store, &orders[i]);
}

static void expect_kept(struct store *store, const struct acknowledged *told)
{
    struct order order;
    struct store_intention intention;
    assert_int_equal(store_order_load(store, told->order_id, &order, NULL), STATUS_OK);
    assert_true(order.version >= told->version);
    assert_int_equal(store_intention_load(store, told->intention_id, &intention, NULL), STATUS_OK);
}

static void test_store_kill__acknowledged_commits_stay_and_rows_stay_together(void **state)
{
    struct store_fixture *fixture = *state;
    struct random_seeded dice;
    random_seeded_init(&dice, 42);
    for (int round = 0; round < ROUNDS; round++) {
        struct acknowledged told[ACKNOWLEDGED_MAX + 64];
        size_t count = 0;
        int read_end = -1;
        size_t wanted = random_below(&dice.random, ACKNOWLEDGED_MAX);
        pid_t pid = start_child(fixture, &read_end);
        while (count < wanted && read(read_end, &told[count], sizeof(told[0])) == sizeof(told[0]))
            count++;
        usleep(random_below(&dice.random, LARGEST_PAUSE_US));
        assert_int_equal(kill(pid, SIGKILL), 0);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        assert_int_equal(count, wanted);
        while (count < sizeof(told) / sizeof(told[0]) &&
               read(read_end, &told[count], sizeof(told[0])) == sizeof(told[0]))
            count++;
        close(read_end);
        fixture->random.state += 1000003; /* the child drew from a copy */
        fixture->store = store_fixture_connect(fixture, "T01");
        for (size_t i = 0; i < count; i++)
            expect_kept(fixture->store, &told[i]);
    }
    struct store_check_report report;
    expect_all_agree(fixture->store);
    assert_int_equal(store_check(fixture->store, &report, NULL), STATUS_OK);
    assert_true(report.orders > ROUNDS);
}

static void test_store_kill__an_open_change_of_a_killed_process_is_gone(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order loaded;
    store_fixture_order(fixture, &order);
    store_close(fixture->store);
    fixture->store = NULL;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct store *store = store_fixture_connect(fixture, "T02");
        if (store_begin(store, NULL) == STATUS_OK &&
            store_fixture_event(store, &order, ORDER_EVENT_FORM_COMPLETED) == STATUS_OK)
            raise(SIGKILL);
        _exit(1);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    fixture->store = store_fixture_connect(fixture, "T01");
    assert_int_equal(store_order_load(fixture->store, order.id, &loaded, NULL), STATUS_OK);
    assert_int_equal(loaded.version, 0);
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_kill__acknowledged_commits_stay_and_rows_stay_together),
        T(test_store_kill__an_open_change_of_a_killed_process_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
