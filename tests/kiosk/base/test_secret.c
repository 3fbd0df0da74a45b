#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/base/secret.h"

static void test_secret__bytes_are_held_and_nul_terminated(void **state)
{
    (void)state;
    struct secret secret;
    assert_int_equal(secret_set(&secret, "123456", 6), STATUS_OK);
    assert_int_equal(secret.length, 6);
    assert_string_equal((const char *)secret.bytes, "123456");
    assert_int_equal(secret_set(&secret, "1", 1), STATUS_OK);
    assert_int_equal(secret.bytes[1], 0); /* nothing of the longer one is left */
    assert_int_equal(secret.bytes[2], 0);
    secret_wipe(&secret);
}

static void test_secret__too_long_is_refused(void **state)
{
    (void)state;
    struct secret secret = {0};
    char bytes[SECRET_BYTES + 1];
    memset(bytes, 'x', sizeof(bytes));
    assert_int_equal(secret_set(&secret, bytes, SECRET_BYTES), STATUS_OK);
    assert_int_equal(secret_set(&secret, bytes, SECRET_BYTES + 1), STATUS_FULL);
    assert_int_equal(secret.length, SECRET_BYTES);
    secret_wipe(&secret);
}

static void test_secret__wiped_is_zeros(void **state)
{
    (void)state;
    static const struct secret zeros;
    struct secret secret;
    assert_int_equal(secret_set(&secret, "123456", 6), STATUS_OK);
    secret_wipe(&secret);
    assert_memory_equal(&secret, &zeros, sizeof(secret));
    secret_wipe(NULL);
}

static void test_secret__equality_looks_at_every_byte_and_the_length(void **state)
{
    (void)state;
    assert_true(secret_is_equal("abc", 3, "abc", 3));
    assert_true(secret_is_equal("", 0, "", 0));
    assert_false(secret_is_equal("abc", 3, "abd", 3));
    assert_false(secret_is_equal("bbc", 3, "abc", 3));
    assert_false(secret_is_equal("abc", 3, "abcd", 4));
    assert_false(secret_is_equal("", 0, "a", 1));
}

/* In a child, because a process cannot be softened again. */
static void test_secret__a_hardened_process_dumps_nothing(void **state)
{
    (void)state;
    int how = 0;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit core;
        int signal_number = 0;
        secret_harden_process(true);
        bool ok = getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0 &&
                  prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                  prctl(PR_GET_PDEATHSIG, &signal_number, 0, 0, 0) == 0 && signal_number == SIGKILL;
        _exit(ok ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_secret__bytes_are_held_and_nul_terminated),
        cmocka_unit_test(test_secret__too_long_is_refused),
        cmocka_unit_test(test_secret__wiped_is_zeros),
        cmocka_unit_test(test_secret__equality_looks_at_every_byte_and_the_length),
        cmocka_unit_test(test_secret__a_hardened_process_dumps_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
