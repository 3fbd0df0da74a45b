/* A key pulled at any moment: it is said at once, and every step can be asked about and gone on with
 * afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "drivers/token/token.h"
#include "drivers/token/token_client.h"
#include "drivers/token/token_fake.h"
#include "kiosk/base/clock.h"
#include "tests/support/token_bench.h"
#include "tests/support/token_judge.h"

enum { KILLS = 12 };

static const char tbs[] = "to be signed";

/* One key being made, as a service would: it knows what it wants and asks the key how far it is. */
struct job_of_key {
    struct token_bench *bench;
    const char *name;
    char mark[TOKEN_MARK_CHARACTERS + 1]; /* stored before the first act */
    struct token_key_id id;
    struct token_info info;
    struct token_public_key key;
    struct buf certificate; /* what the authority issued for `certified`; empty before */
    struct token_public_key certified;
    unsigned losses;
    unsigned timeouts;
};

static enum status ensure_formatted(struct job_of_key *job)
{
    struct token_bench *bench = job->bench;
    struct token_identity identity;
    struct token_format format = {
        .so_pin = &bench->so_pin, .transport_pin = &bench->transport_pin, .may_erase = false};
    memcpy(format.mark, job->mark, sizeof(format.mark));
    if (strcmp(job->info.identity.mark, job->mark) == 0 && job->info.user_pin != TOKEN_PIN_UNSET)
        return STATUS_OK;
    if (strcmp(job->info.identity.mark, job->mark) == 0)
        return token_unlock_pin(bench->token, &job->info.identity, &bench->so_pin, &bench->transport_pin,
                                NULL);
    enum status status = token_format(bench->token, &job->info.identity, &format, &identity, NULL);
    if (status == STATUS_OK)
        job->info.identity = identity;
    return status;
}

/* Which of the two PINs the key has now. */
static enum status find_pin(struct job_of_key *job, const struct secret **pin)
{
    struct token_bench *bench = job->bench;
    *pin = &bench->transport_pin;
    enum status status = token_verify_pin(bench->token, &job->info.identity, *pin, NULL);
    if (status != STATUS_REFUSED)
        return status;
    *pin = &bench->holder_pin;
    return token_verify_pin(bench->token, &job->info.identity, *pin, NULL);
}

static enum status ensure_key(struct job_of_key *job, const struct secret *pin)
{
    struct token_bench *bench = job->bench;
    struct token_key_check check;
    enum status status =
        token_public_key(bench->token, &job->info.identity, TOKEN_ROLE_SIGN, NULL, &job->key, NULL);
    if (status == STATUS_OK)
        status = token_check_key(bench->token, &job->info.identity, pin, &job->key.id, &check, NULL);
    if (status == STATUS_OK)
        return token_key_check_is_sound(&check) ? STATUS_OK : STATUS_IO;
    if (status != STATUS_NOT_FOUND)
        return status;
    status = token_destroy(bench->token, &job->info.identity, pin, TOKEN_ROLE_SIGN, NULL, NULL);
    if (status == STATUS_OK)
        status = token_generate(bench->token, &job->info.identity, pin, TOKEN_ROLE_SIGN,
                                TOKEN_ALGORITHM_EC_P256, &job->id, NULL, &job->key, NULL);
    return status;
}

static enum status ensure_certificate(struct job_of_key *job, const struct secret *pin)
{
    struct token_bench *bench = job->bench;
    struct buf bytes;
    buf_init(&bytes, 16384);
    enum status status =
        token_sign(bench->token, &job->info.identity, pin, &job->key.id, tbs, sizeof(tbs), &bytes, NULL);
    if (status == STATUS_OK)
        assert_true(token_judge_verifies(job->key.bytes, job->key.length, tbs, sizeof(tbs), bytes.data,
                                         bytes.length));
    if (status == STATUS_OK && (job->certified.length != job->key.length ||
                                memcmp(job->certified.bytes, job->key.bytes, job->key.length) != 0)) {
        buf_release(&job->certificate);
        job->certificate = token_judge_certificate(job->key.bytes, job->key.length, 7);
        job->certified = job->key;
    }
    if (status == STATUS_OK)
        status = token_write_certificate(bench->token, &job->info.identity, pin, TOKEN_ROLE_SIGN,
                                         &job->key.id, job->certificate.data, job->certificate.length, NULL);
    buf_release(&bytes);
    return status;
}

static enum status advance(struct job_of_key *job)
{
    const struct secret *pin = NULL;
    enum status status = token_look(job->bench->token, &job->info, NULL);
    if (status == STATUS_OK && job->info.presence == TOKEN_ABSENT)
        return STATUS_LOST;
    if (status == STATUS_OK)
        status = ensure_formatted(job);
    if (status == STATUS_OK)
        status = find_pin(job, &pin);
    if (status == STATUS_OK)
        status = ensure_key(job, pin);
    if (status == STATUS_OK)
        status = ensure_certificate(job, pin);
    if (status == STATUS_OK && pin == &job->bench->transport_pin)
        status = token_set_pin(job->bench->token, &job->info.identity, pin, &job->bench->holder_pin, NULL);
    return status;
}

static void job_init(struct job_of_key *job, struct token_bench *bench, const char *name)
{
    *job = (struct job_of_key){.bench = bench, .name = name};
    token_mark_draw(&bench->random.random, job->mark);
    token_key_id_draw(&bench->random.random, &job->id);
    buf_init(&job->certificate, 16384);
    token_bench_insert(bench, name);
}

/* The key is made, being put back whenever it was pulled. */
static void finish(struct job_of_key *job)
{
    enum status status = STATUS_LOST;
    for (int i = 0; i < 4 && status != STATUS_OK; i++) {
        status = advance(job);
        if (status == STATUS_OK)
            break;
        if (status != STATUS_LOST && status != STATUS_TIMED_OUT)
            fail_msg("%s: %s", job->name, status_name(status));
        job->losses += status == STATUS_LOST ? 1 : 0;
        job->timeouts += status == STATUS_TIMED_OUT ? 1 : 0;
        assert_int_equal(token_bench_look(job->bench).presence, TOKEN_ABSENT);
        token_bench_insert(job->bench, job->name);
    }
    assert_int_equal(status, STATUS_OK);
}

/* What the holder gets: own PIN, sound key, the certificate, one object of each kind. */
static void assert_finished(struct job_of_key *job)
{
    struct token_bench *bench = job->bench;
    struct token_objects objects;
    struct token_key_check check;
    struct buf read;
    buf_init(&read, 16384);
    struct token_info info = token_bench_look(bench);
    assert_string_equal(info.identity.mark, job->mark);
    assert_int_equal(token_list(bench->token, &info.identity, &bench->holder_pin, &objects, NULL), STATUS_OK);
    assert_int_equal(objects.count, 3);
    assert_int_equal(
        token_check_key(bench->token, &info.identity, &bench->holder_pin, &job->key.id, &check, NULL),
        STATUS_OK);
    assert_true(token_key_check_is_sound(&check));
    assert_int_equal(
        token_read_certificate(bench->token, &info.identity, TOKEN_ROLE_SIGN, NULL, &read, NULL, NULL),
        STATUS_OK);
    assert_int_equal(read.length, job->certificate.length);
    assert_memory_equal(read.data, job->certificate.data, read.length);
    buf_release(&read);
    buf_release(&job->certificate);
}

/* Each stride-th call of the whole production, counted from `first`, is where the key is pulled, once per
 * key. */
static void pull_along(struct token_bench *bench, const char *kind, unsigned first, unsigned stride)
{
    bool pulled = true;
    unsigned timeouts = 0;
    unsigned pulls = 0;
    for (unsigned n = first; pulled; n += stride) {
        struct job_of_key job;
        char name[32];
        char line[64];
        snprintf(name, sizeof(name), "%s-%u", kind, n);
        job_init(&job, bench, name);
        snprintf(line, sizeof(line), "%s * %u", kind, n);
        token_sim_plan(&bench->sim, line);
        finish(&job);
        pulled = job.losses + job.timeouts > 0;
        pulls += pulled ? 1 : 0;
        timeouts += job.timeouts;
        token_bench_insert(bench, name); /* no fault planned any more */
        assert_finished(&job);
    }
    print_message("%s: %u pulls, %u of them noticed by the deadline\n", kind, pulls, timeouts);
    assert_true(pulls > 5);
    assert_true(timeouts * 4 <= pulls + 4); /* libp11 hangs only where its own session is opened */
}

static void test_token_pull__before_any_call_the_key_is_finished_after_reinsertion(void **state)
{
    struct token_bench bench;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 1500);
    pull_along(&bench, "pull-at", 2, 29);
    token_bench_close(&bench);
}

static void test_token_pull__after_any_call_the_key_is_finished_after_reinsertion(void **state)
{
    struct token_bench bench;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 1500);
    pull_along(&bench, "pull-after", 1, 19);
    token_bench_close(&bench);
}

static void test_token_pull__fake_pulled_at_each_step_is_finished_after_reinsertion(void **state)
{
    struct token_bench bench;
    (void)state;
    token_bench_open(&bench, true, TEST_BUILD_DIR, 0);
    for (unsigned n = 1; n <= 14; n++) {
        struct job_of_key job;
        char name[32];
        snprintf(name, sizeof(name), "step-%u", n);
        job_init(&job, &bench, name);
        token_fake_pull_at(token_fake_of(bench.token), (n + 1) / 2, n % 2 == 0);
        finish(&job);
        assert_true(job.losses == 1);
        assert_finished(&job);
    }
    token_bench_close(&bench);
}

/* The production with the longest deadlines there are: nothing may be waited for. */
static void test_token_pull__is_said_at_once_where_the_vendor_says_it(void **state)
{
    static const char *const lines[] = {
        "pull-at C_InitToken",
        "pull-after C_InitToken",
        "pull-at C_InitPIN",
        "pull-after C_InitPIN",
        "pull-at C_Login",
        "pull-at C_GenerateKeyPair",
        "pull-after C_GenerateKeyPair",
        "pull-at C_FindObjects",
        "pull-at C_Sign",
        "pull-after C_Sign",
        "pull-at C_CreateObject",
        "pull-after C_CreateObject",
        "pull-at C_SetPIN",
        "pull-after C_SetPIN",
        "fail C_GenerateKeyPair 0x32",
        "pull-as C_GenerateKeyPair 0x5",
        "pull-as C_Sign 0x82",
        "pull-as C_FindObjectsInit 0x30",
        "pull-as C_InitPIN 0xe1",
    };
    struct token_bench bench;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct job_of_key job;
        char name[32];
        snprintf(name, sizeof(name), "at-once-%zu", i);
        job_init(&job, &bench, name);
        token_sim_plan(&bench.sim, lines[i]);
        int64_t start_ms = clock_monotonic_ms(clock_system());
        enum status status = advance(&job);
        if (status != STATUS_LOST)
            fail_msg("%s: %s", lines[i], status_name(status));
        assert_true(clock_monotonic_ms(clock_system()) - start_ms < 10000);
        token_bench_insert(&bench, name);
        finish(&job);
        assert_finished(&job);
    }
    token_bench_close(&bench);
}

static void test_token_pull__swap_in_the_middle_touches_neither_key(void **state)
{
    struct token_bench bench;
    struct job_of_key first;
    struct token_public_key key;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    job_init(&first, &bench, "swapped-out");
    finish(&first);
    token_bench_insert(&bench, "swapped-in");
    assert_int_equal(token_generate(bench.token, &first.info.identity, &bench.holder_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &first.id, NULL, &key, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(token_bench_look(&bench).presence, TOKEN_BLANK);
    token_bench_insert(&bench, "swapped-out");
    assert_finished(&first);
    token_bench_close(&bench);
}

struct killer {
    pid_t pid;
    int after_ms;
};

static void *kill_soon(void *context)
{
    const struct killer *killer = context;
    (void)poll(NULL, 0, killer->after_ms);
    if (killer->pid > 0)
        (void)kill(killer->pid, SIGKILL);
    return NULL;
}

/* The key stays in the writer; the helper, and the vendor's library in it, dies at some moment of the
 * production. */
static void test_token_pull__helper_killed_at_any_moment_leaves_a_key_that_can_be_finished(void **state)
{
    struct token_bench bench;
    unsigned losses = 0;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    for (int i = 0; i < KILLS; i++) {
        struct job_of_key job;
        char name[32];
        pthread_t thread;
        enum status status = STATUS_LOST;
        snprintf(name, sizeof(name), "killed-%d", i);
        job_init(&job, &bench, name);
        (void)token_bench_look(&bench); /* a helper runs */
        struct killer killer = {.pid = token_client_host_pid(bench.token), .after_ms = 19 * i};
        assert_int_equal(pthread_create(&thread, NULL, kill_soon, &killer), 0);
        for (int tries = 0; tries < 3 && status == STATUS_LOST; tries++) {
            status = advance(&job);
            losses += status == STATUS_LOST ? 1 : 0;
        }
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_int_equal(status, STATUS_OK);
        struct token_info info;
        if (token_look(bench.token, &info, NULL) != STATUS_OK) /* killed after it was done */
            info = token_bench_look(&bench);
        assert_finished(&job);
    }
    assert_true(losses > 0);
    token_bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token_pull__before_any_call_the_key_is_finished_after_reinsertion),
        cmocka_unit_test(test_token_pull__after_any_call_the_key_is_finished_after_reinsertion),
        cmocka_unit_test(test_token_pull__fake_pulled_at_each_step_is_finished_after_reinsertion),
        cmocka_unit_test(test_token_pull__is_said_at_once_where_the_vendor_says_it),
        cmocka_unit_test(test_token_pull__helper_killed_at_any_moment_leaves_a_key_that_can_be_finished),
        cmocka_unit_test(test_token_pull__swap_in_the_middle_touches_neither_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
