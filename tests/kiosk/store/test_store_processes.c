/* The store contract with several processes on one file: nothing lost, nothing done twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_key_number.h"
#include "kiosk/store/store_payment.h"
#include "kiosk/store/store_supervision.h"
#include "tests/support/store_fixture.h"

enum { PROCESSES = 3, ORDERS = 8, INTENTIONS = 24, BELL_LOOKS = 20000, BELL_PAUSE_US = 500 };

/* What a child does with a store of its own; its result is written to the parent as one number. */
typedef int child_act(struct store_fixture *fixture, struct store *store, int index, int out);

static struct order shared_orders[ORDERS];

/* The children wait for one byte each, so that they start together; every connection is opened behind the
 * fork. */
static void run_children(struct store_fixture *fixture, int count, child_act *act, int results[],
                         int *read_end)
{
    int start[2];
    int out[2];
    pid_t pids[8];
    store_close(fixture->store);
    fixture->store = NULL;
    assert_int_equal(pipe(start), 0);
    assert_int_equal(pipe(out), 0);
    for (int i = 0; i < count; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            char owner[16];
            char byte;
            snprintf(owner, sizeof(owner), "P%02d", i);
            fixture->random.state += (uint64_t)i + 1; /* a fork would draw the same ids */
            if (read(start[0], &byte, 1) != 1)
                _exit(99);
            struct store *store = NULL;
            if (store_fixture_try(fixture, owner, 10000, 0, &store) != STATUS_OK)
                _exit(98);
            int result = act(fixture, store, i, out[1]);
            store_close(store);
            _exit(result);
        }
    }
    close(start[0]);
    close(out[1]);
    for (int i = 0; i < count; i++)
        assert_int_equal(write(start[1], "g", 1), 1);
    for (int i = 0; i < count; i++) {
        int status = 0;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status));
        results[i] = WEXITSTATUS(status);
        assert_true(results[i] < 90);
    }
    close(start[1]);
    *read_end = out[0];
    fixture->store = store_fixture_connect(fixture, "T01");
}

static void make_orders(struct store_fixture *fixture)
{
    for (int i = 0; i < ORDERS; i++)
        store_fixture_order(fixture, &shared_orders[i]);
}

static int act_open_only(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)fixture;
    (void)index;
    (void)out;
    struct order order;
    return store_order_load(store, "none", &order, NULL) == STATUS_NOT_FOUND ? 0 : 1;
}

static void test_store_processes__several_may_make_the_same_new_store_at_once(void **state)
{
    struct store_fixture *fixture = *state;
    for (int round = 0; round < 4; round++) {
        int results[PROCESSES];
        int read_end = -1;
        char path[STORE_FIXTURE_PATH_BYTES];
        snprintf(path, sizeof(path), "%s/new%d.db", fixture->directory, round);
        strcpy(fixture->path, path);
        run_children(fixture, PROCESSES, act_open_only, results, &read_end);
        for (int i = 0; i < PROCESSES; i++)
            assert_int_equal(results[i], 0);
        close(read_end);
    }
}

/* Child 0 waits for the bell and reads what happened; child 1 writes. */
static int act_watch_or_write(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)fixture;
    struct store_change changes[4];
    size_t count = 0;
    bool rang = false;
    if (index == 1) {
        struct order order = shared_orders[0];
        return store_fixture_event(store, &order, ORDER_EVENT_FORM_COMPLETED) == STATUS_OK ? 0 : 1;
    }
    for (int look = 0; look < BELL_LOOKS; look++) {
        if (store_bell(store, &rang, NULL) != STATUS_OK)
            return 2;
        if (rang && store_change_list(store, ORDERS, changes, 4, &count, NULL) != STATUS_OK)
            return 3;
        if (count > 0)
            return write(out, &changes[0], sizeof(changes[0])) == sizeof(changes[0]) ? 0 : 4;
        usleep(BELL_PAUSE_US);
    }
    return 5;
}

static void test_store_processes__a_change_is_seen_by_the_other_after_the_bell(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_change seen;
    int results[2];
    int read_end = -1;
    make_orders(fixture);
    run_children(fixture, 2, act_watch_or_write, results, &read_end);
    assert_int_equal(results[0], 0);
    assert_int_equal(results[1], 0);
    assert_int_equal(read(read_end, &seen, sizeof(seen)), sizeof(seen));
    assert_string_equal(seen.order_id, shared_orders[0].id);
    assert_string_equal(seen.owner, "P01");
    assert_string_equal(seen.event, "form-completed");
    assert_int_equal(seen.sequence, ORDERS + 1);
    close(read_end);
}

/* Every child tries the same event on every order it knows in its first version. */
static int act_race_to_apply(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)fixture;
    (void)index;
    (void)out;
    int won = 0;
    for (int i = 0; i < ORDERS; i++) {
        struct order order = shared_orders[i];
        enum status status = store_fixture_event(store, &order, ORDER_EVENT_FORM_COMPLETED);
        if (status == STATUS_OK)
            won++;
        else if (status != STATUS_CONFLICT)
            return 90;
    }
    return won;
}

static void test_store_processes__of_all_who_saw_a_version_one_may_change_it(void **state)
{
    struct store_fixture *fixture = *state;
    int results[PROCESSES];
    int read_end = -1;
    int won = 0;
    make_orders(fixture);
    run_children(fixture, PROCESSES, act_race_to_apply, results, &read_end);
    for (int i = 0; i < PROCESSES; i++)
        won += results[i];
    assert_int_equal(won, ORDERS);
    for (int i = 0; i < ORDERS; i++) {
        struct store_change changes[4];
        struct order order;
        size_t count = 0;
        assert_int_equal(store_order_load(fixture->store, shared_orders[i].id, &order, NULL), STATUS_OK);
        assert_int_equal(order.version, 1);
        assert_int_equal(store_change_list_order(fixture->store, order.id, 0, changes, 4, &count, NULL),
                         STATUS_OK);
        assert_int_equal(count, 2);
    }
    close(read_end);
}

static int act_race_to_claim(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)index;
    (void)out;
    int won = 0;
    clock_manual_advance(&fixture->clock, 61000);
    for (int i = 0; i < ORDERS; i++) {
        enum status status = store_claim_take(store, shared_orders[i].id, 60, NULL);
        if (status == STATUS_OK)
            won++;
        else if (status != STATUS_CONFLICT)
            return 90;
    }
    return won;
}

static void test_store_processes__an_expired_lease_goes_to_exactly_one(void **state)
{
    struct store_fixture *fixture = *state;
    int results[PROCESSES];
    int read_end = -1;
    int won = 0;
    make_orders(fixture);
    for (int i = 0; i < ORDERS; i++)
        assert_int_equal(store_claim_take(fixture->store, shared_orders[i].id, 60, NULL), STATUS_OK);
    run_children(fixture, PROCESSES, act_race_to_claim, results, &read_end);
    for (int i = 0; i < PROCESSES; i++)
        won += results[i];
    assert_int_equal(won, ORDERS);
    close(read_end);
}

static int act_take_over_all(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)index;
    clock_manual_advance(&fixture->clock, 61000);
    for (;;) {
        struct store_intention taken[2];
        size_t count = 0;
        if (store_intention_take_over(store, 60, taken, 2, &count, NULL) != STATUS_OK)
            return 90;
        if (count == 0)
            return 0;
        for (size_t i = 0; i < count; i++) {
            if (write(out, taken[i].id, STORE_ID_BYTES) != STORE_ID_BYTES)
                return 91;
            if (store_intention_finish(store, taken[i].id, STORE_INTENTION_DONE, "{}", NULL) != STATUS_OK)
                return 92;
        }
    }
}

static void test_store_processes__each_orphaned_intention_is_taken_over_exactly_once(void **state)
{
    struct store_fixture *fixture = *state;
    char ids[INTENTIONS][STORE_ID_BYTES];
    int times[INTENTIONS] = {0};
    int results[PROCESSES];
    int read_end = -1;
    char id[STORE_ID_BYTES];
    for (int i = 0; i < INTENTIONS; i++) {
        store_new_id(fixture->store, ids[i]);
        assert_int_equal(
            store_intention_begin(fixture->store, ids[i], STORE_INTENTION_TAKE_PAYMENT, "", "{}", 60, NULL),
            STATUS_OK);
    }
    run_children(fixture, PROCESSES, act_take_over_all, results, &read_end);
    while (read(read_end, id, sizeof(id)) == sizeof(id))
        for (int i = 0; i < INTENTIONS; i++)
            times[i] += strcmp(ids[i], id) == 0;
    for (int i = 0; i < PROCESSES; i++)
        assert_int_equal(results[i], 0);
    for (int i = 0; i < INTENTIONS; i++)
        assert_int_equal(times[i], 1);
    close(read_end);
}

static char shared_decision[STORE_ID_BYTES];

static int act_apply_decision(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)index;
    (void)out;
    clock_manual_advance(&fixture->clock, 5000);
    enum status status = store_decision_apply(store, shared_decision, NULL);
    return status == STATUS_OK ? 1 : status == STATUS_CONFLICT ? 0 : 90;
}

static void test_store_processes__a_due_decision_is_applied_by_one(void **state)
{
    struct store_fixture *fixture = *state;
    int results[PROCESSES];
    int read_end = -1;
    int applied = 0;
    make_orders(fixture);
    struct store_decision decision = {.action = "approve", .required = 1, .of = 1, .undo_s = 5};
    store_new_id(fixture->store, decision.id);
    strcpy(decision.order_id, shared_orders[0].id);
    strcpy(shared_decision, decision.id);
    assert_int_equal(store_decision_insert(fixture->store, &decision, NULL), STATUS_OK);
    struct store_decision_signer signer = {.name = "zhang", .method = "password"};
    assert_int_equal(store_decision_sign(fixture->store, decision.id, &signer, NULL), STATUS_OK);
    run_children(fixture, PROCESSES, act_apply_decision, results, &read_end);
    for (int i = 0; i < PROCESSES; i++)
        applied += results[i];
    assert_int_equal(applied, 1);
    close(read_end);
}

/* Each numbers keys of its own; whatever the two do at once, no number is given twice. */
static int act_number_keys(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)fixture;
    for (int i = 0; i < ORDERS; i++) {
        struct store_key key = {.serial = "1", .model = "EPass", .label = "K", .state = STORE_KEY_IN_WORK};
        char number[ORDER_ACCEPTANCE_BYTES] = "";
        (void)snprintf(key.mark, sizeof(key.mark), "MARK-%d-%d", index, i);
        if (store_key_insert(store, &key, NULL) != STATUS_OK ||
            store_key_number_draw(store, key.mark, "{digits:2}", number, NULL) != STATUS_OK ||
            write(out, number, 2) != 2)
            return 90;
    }
    return 0;
}

static void test_store_processes__no_two_keys_get_one_number(void **state)
{
    struct store_fixture *fixture = *state;
    int results[PROCESSES];
    int read_end = -1;
    int times[PROCESSES * ORDERS + 1] = {0};
    char number[3] = "";
    run_children(fixture, PROCESSES, act_number_keys, results, &read_end);
    while (read(read_end, number, 2) == 2) {
        long value = strtol(number, NULL, 10);
        assert_in_range(value, 1, PROCESSES * ORDERS);
        times[value]++;
    }
    for (int i = 1; i <= PROCESSES * ORDERS; i++)
        assert_int_equal(times[i], 1);
    close(read_end);
}

static char shared_acts[ORDERS][STORE_ID_BYTES];

/* Two moves that exclude each other: whoever takes an act has it, whoever finishes it first says how it
 * ended.
 */
static int act_take_supervision(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)fixture;
    (void)out;
    int won = 0;
    for (int i = 0; i < ORDERS; i++) {
        enum status status = i % 2 == 0
                                 ? store_supervision_take(store, shared_acts[i], NULL)
                                 : store_supervision_finish(
                                       store, shared_acts[i],
                                       index == 0 ? STORE_SUPERVISION_EFFECT : STORE_SUPERVISION_GONE, NULL);
        if (status == STATUS_OK)
            won++;
        else if (status != STATUS_CONFLICT)
            return 90;
    }
    return won;
}

static void test_store_processes__each_act_of_a_clerk_is_taken_and_ended_by_one(void **state)
{
    struct store_fixture *fixture = *state;
    int results[PROCESSES];
    int read_end = -1;
    int won = 0;
    for (int i = 0; i < ORDERS; i++) {
        struct store_supervision act = {
            .terminal = "P00", .visit = "v1", .clerk = "chen", .kind = STORE_SUPERVISION_EXTEND};
        store_new_id(fixture->store, act.id);
        strcpy(shared_acts[i], act.id);
        assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_OK);
    }
    run_children(fixture, PROCESSES, act_take_supervision, results, &read_end);
    for (int i = 0; i < PROCESSES; i++)
        won += results[i];
    assert_int_equal(won, ORDERS);
    close(read_end);
}

static int act_make_attempts(struct store_fixture *fixture, struct store *store, int index, int out)
{
    (void)fixture;
    (void)out;
    for (int i = 0; i < ORDERS; i++) {
        struct store_payment payment = {.channel = "alipay", .amount_fen = 48000};
        strcpy(payment.order_id, shared_orders[0].id);
        snprintf(payment.out_trade_no, sizeof(payment.out_trade_no), "P%02d20261121%04d", index, i);
        if (store_payment_insert(store, &payment, NULL, NULL) != STATUS_OK)
            return 90;
    }
    return 0;
}

static void test_store_processes__attempts_and_chains_have_no_gaps_when_all_write(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_payment found[PROCESSES * ORDERS];
    struct store_audit_report report;
    int results[PROCESSES];
    int read_end = -1;
    size_t count = 0;
    make_orders(fixture);
    run_children(fixture, PROCESSES, act_make_attempts, results, &read_end);
    assert_int_equal(
        store_payment_list(fixture->store, shared_orders[0].id, found, PROCESSES * ORDERS, &count, NULL),
        STATUS_OK);
    assert_int_equal(count, PROCESSES * ORDERS);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(found[i].attempt, i + 1);
    assert_int_equal(store_audit_verify(fixture->store, &report, NULL), STATUS_OK);
    assert_int_equal(report.writers, PROCESSES + 1);
    assert_int_equal(report.rows, ORDERS + PROCESSES * ORDERS);
    close(read_end);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_processes__several_may_make_the_same_new_store_at_once),
        T(test_store_processes__a_change_is_seen_by_the_other_after_the_bell),
        T(test_store_processes__of_all_who_saw_a_version_one_may_change_it),
        T(test_store_processes__an_expired_lease_goes_to_exactly_one),
        T(test_store_processes__each_orphaned_intention_is_taken_over_exactly_once),
        T(test_store_processes__a_due_decision_is_applied_by_one),
        T(test_store_processes__no_two_keys_get_one_number),
        T(test_store_processes__each_act_of_a_clerk_is_taken_and_ended_by_one),
        T(test_store_processes__attempts_and_chains_have_no_gaps_when_all_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
