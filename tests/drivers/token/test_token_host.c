/* A vendor's library that hangs, crashes or is missing, behind the real helper process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/token/token.h"
#include "drivers/token/token_client.h"
#include "tests/support/token_bench.h"

enum { SHORT_MS = 700 };

static struct token_identity format_on(struct token_bench *bench, const char *name)
{
    token_bench_insert(bench, name);
    return token_bench_format(bench);
}

static void test_token_host__hanging_module_is_killed_at_the_deadline(void **state)
{
    struct token_bench bench;
    struct token_public_key key;
    struct token_key_id id;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, SHORT_MS);
    struct token_identity identity = format_on(&bench, "hang");
    token_key_id_draw(&bench.random.random, &id);
    token_sim_plan(&bench.sim, "hang C_GenerateKeyPair");
    pid_t hung = token_client_host_pid(bench.token);
    int64_t start_ms = clock_monotonic_ms(clock_system());
    assert_int_equal(token_generate(bench.token, &identity, &bench.transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &key, NULL),
                     STATUS_TIMED_OUT);
    int64_t took_ms = clock_monotonic_ms(clock_system()) - start_ms;
    assert_true(took_ms >= SHORT_MS && took_ms < 10 * SHORT_MS);
    assert_int_equal(kill(hung, 0), -1);
    assert_int_equal(token_generate(bench.token, &identity, &bench.transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &key, NULL),
                     STATUS_OK);
    assert_true(token_client_host_pid(bench.token) != hung);
    token_bench_close(&bench);
}

static void test_token_host__crashing_module_is_lost_and_works_again(void **state)
{
    struct token_bench bench;
    struct failure failure = {0};
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    struct token_identity identity = format_on(&bench, "crash");
    token_sim_plan(&bench.sim, "crash C_Login");
    assert_int_equal(token_verify_pin(bench.token, &identity, &bench.transport_pin, &failure), STATUS_LOST);
    assert_non_null(strstr(failure.text, "signal 6"));
    assert_int_equal(token_verify_pin(bench.token, &identity, &bench.transport_pin, NULL), STATUS_OK);
    assert_int_equal(token_bench_look(&bench).user_pin, TOKEN_PIN_NORMAL);
    token_bench_close(&bench);
}

static void test_token_host__killed_helper_is_started_again_and_the_key_is_as_it_was(void **state)
{
    struct token_bench bench;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    struct token_identity identity = format_on(&bench, "killed");
    assert_int_equal(kill(token_client_host_pid(bench.token), SIGKILL), 0);
    assert_int_equal(token_verify_pin(bench.token, &identity, &bench.transport_pin, NULL), STATUS_LOST);
    assert_int_equal(token_verify_pin(bench.token, &identity, &bench.transport_pin, NULL), STATUS_OK);
    token_bench_close(&bench);
}

/* The key counts before it compares: pulling it out before it can answer gives no try back. */
static void test_token_host__wrong_pin_whose_answer_is_lost_costs_its_try(void **state)
{
    struct token_bench bench;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    struct token_identity identity = format_on(&bench, "tries");
    for (int i = 0; i < 5; i++)
        assert_int_equal(token_verify_pin(bench.token, &identity, &bench.wrong_pin, NULL), STATUS_REFUSED);
    token_sim_plan(&bench.sim, "pull-after C_Login");
    assert_int_equal(token_verify_pin(bench.token, &identity, &bench.wrong_pin, NULL), STATUS_LOST);
    token_bench_insert(&bench, "tries");
    assert_int_equal(token_bench_look(&bench).user_pin, TOKEN_PIN_LOCKED);
    token_bench_close(&bench);
}

static void *cancel_soon(void *cancel)
{
    (void)poll(NULL, 0, 200);
    job_cancel_request(cancel);
    return NULL;
}

static void test_token_host__cancel_ends_a_slow_key_generation(void **state)
{
    struct token_bench bench;
    struct token_public_key key;
    struct token_key_id id;
    struct job_cancel *cancel = job_cancel_new();
    pthread_t person;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    struct token_identity identity = format_on(&bench, "slow");
    token_key_id_draw(&bench.random.random, &id);
    token_sim_plan(&bench.sim, "delay C_GenerateKeyPair 60000");
    assert_int_equal(pthread_create(&person, NULL, cancel_soon, cancel), 0);
    assert_int_equal(token_generate(bench.token, &identity, &bench.transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, cancel, &key, NULL),
                     STATUS_CANCELLED);
    assert_int_equal(pthread_join(person, NULL), 0);
    assert_int_equal(token_public_key(bench.token, &identity, TOKEN_ROLE_SIGN, NULL, &key, NULL),
                     STATUS_NOT_FOUND);
    token_sim_plan(&bench.sim, "delay C_GenerateKeyPair 300");
    assert_int_equal(token_generate(bench.token, &identity, &bench.transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &key, NULL),
                     STATUS_OK);
    job_cancel_drop(cancel);
    token_bench_close(&bench);
}

static void test_token_host__vendors_error_reaches_the_log_line(void **state)
{
    struct token_bench bench;
    struct failure failure = {0};
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    struct token_identity identity = format_on(&bench, "vendor");
    token_sim_plan(&bench.sim, "fail C_Login 0x80000123");
    assert_int_equal(token_verify_pin(bench.token, &identity, &bench.transport_pin, &failure), STATUS_IO);
    assert_non_null(strstr(failure.text, "C_Login"));
    assert_null(strstr(failure.text, "transport"));
    token_bench_close(&bench);
}

static void test_token_host__missing_or_foreign_module_is_a_matter_of_configuration(void **state)
{
    static const char *const modules[] = {"/nonexistent/module.so", "libm.so.6"};
    char program[512];
    (void)state;
    snprintf(program, sizeof(program), "%s/certhost", TEST_BUILD_DIR);
    for (size_t i = 0; i < 2; i++) {
        const struct token_settings settings = {
            .driver = "pkcs11", .host_program = program, .module = modules[i]};
        struct token *token = NULL;
        struct token_info info;
        assert_int_equal(token_open(&settings, &token, NULL), STATUS_OK);
        assert_int_equal(token_look(token, &info, NULL), STATUS_CONFIG);
        token_close(token);
    }
}

static void test_token_host__kill_of_the_product_ends_certhost(void **state)
{
    struct token_bench bench;
    int ends[2];
    pid_t helper = 0;
    bool gone = false;
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    assert_int_equal(pipe(ends), 0);
    pid_t product = fork();
    assert_true(product >= 0);
    if (product == 0) {
        (void)token_bench_look(&bench);
        helper = token_client_host_pid(bench.token);
        (void)!write(ends[1], &helper, sizeof(helper));
        pause();
        _exit(1);
    }
    assert_int_equal(read(ends[0], &helper, sizeof(helper)), sizeof(helper));
    assert_int_equal(kill(product, SIGKILL), 0);
    assert_int_equal(waitpid(product, NULL, 0), product);
    for (int i = 0; i < 500 && !gone; i++) {
        char path[64];
        char text[256] = "";
        snprintf(path, sizeof(path), "/proc/%d/stat", (int)helper);
        FILE *file = fopen(path, "re");
        gone = file == NULL || fgets(text, sizeof(text), file) == NULL || strstr(text, ") Z ") != NULL;
        if (file != NULL)
            fclose(file);
        (void)poll(NULL, 0, 10);
    }
    assert_true(gone);
    close(ends[0]);
    close(ends[1]);
    token_bench_close(&bench);
}

/* Whether the text stands anywhere in the process's writable memory. */
static bool memory_holds(int memory, FILE *maps, const char *text)
{
    enum { CHUNK = 1 << 20, MOST = 1 << 30 };
    static uint8_t chunk[CHUNK];
    char line[512];
    bool found = false;
    size_t length = strlen(text);
    rewind(maps);
    while (!found && fgets(line, sizeof(line), maps) != NULL) {
        unsigned long from = 0;
        unsigned long to = 0;
        char rights[8] = "";
        if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) != 3 || rights[1] != 'w' || to - from > MOST)
            continue; /* larger ones are the sanitizer's bookkeeping */
        for (unsigned long at = from; at < to && !found; at += CHUNK - 64) {
            ssize_t got = pread(memory, chunk, CHUNK, (off_t)at);
            if (got <= 0)
                break;
            found = memmem(chunk, (size_t)got, text, length) != NULL;
        }
    }
    return found;
}

static void test_token_host__no_pin_stays_in_the_helpers_memory(void **state)
{
    struct token_bench bench;
    struct token_key_id id;
    struct token_public_key key;
    char path[64];
    (void)state;
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    struct token_identity identity = format_on(&bench, "memory");
    token_key_id_draw(&bench.random.random, &id);
    assert_int_equal(token_generate(bench.token, &identity, &bench.transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &key, NULL),
                     STATUS_OK);
    assert_int_equal(token_verify_pin(bench.token, &identity, &bench.transport_pin, NULL), STATUS_OK);
    snprintf(path, sizeof(path), "/proc/%d/mem", (int)token_client_host_pid(bench.token));
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    snprintf(path, sizeof(path), "/proc/%d/maps", (int)token_client_host_pid(bench.token));
    FILE *maps = fopen(path, "re");
    if (memory >= 0 && maps != NULL) {
        assert_true(memory_holds(memory, maps, "Simulated key writer") ||
                    memory_holds(memory, maps, "sim-key.so")); /* the search itself works */
        assert_false(memory_holds(memory, maps, "transport-77"));
        assert_false(memory_holds(memory, maps, "officer-0123"));
    } else {
        assert_int_equal(errno, EACCES); /* not even its own user may look */
    }
    if (maps != NULL)
        fclose(maps);
    if (memory >= 0)
        close(memory);
    token_bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token_host__hanging_module_is_killed_at_the_deadline),
        cmocka_unit_test(test_token_host__crashing_module_is_lost_and_works_again),
        cmocka_unit_test(test_token_host__killed_helper_is_started_again_and_the_key_is_as_it_was),
        cmocka_unit_test(test_token_host__wrong_pin_whose_answer_is_lost_costs_its_try),
        cmocka_unit_test(test_token_host__cancel_ends_a_slow_key_generation),
        cmocka_unit_test(test_token_host__vendors_error_reaches_the_log_line),
        cmocka_unit_test(test_token_host__missing_or_foreign_module_is_a_matter_of_configuration),
        cmocka_unit_test(test_token_host__kill_of_the_product_ends_certhost),
        cmocka_unit_test(test_token_host__no_pin_stays_in_the_helpers_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
