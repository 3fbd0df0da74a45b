/* The simulated key as a program sees it: a PKCS#11 module whose key comes, goes and misbehaves by its files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "tests/support/token_sim.h"

static CK_UTF8CHAR so_pin[] = "officer-0123";
static CK_UTF8CHAR user_pin[] = "739164";
static CK_UTF8CHAR wrong_pin[] = "000000";

struct bench {
    struct token_sim sim;
    void *library;
    CK_FUNCTION_LIST *key;
};

static int open_bench(void **state)
{
    struct bench *bench = calloc(1, sizeof(*bench));
    CK_RV (*get_list)(CK_FUNCTION_LIST **) = NULL;
    token_sim_open(&bench->sim);
    bench->library = dlopen(TEST_BUILD_DIR "/sim-key.so", RTLD_NOW | RTLD_LOCAL);
    assert_non_null(bench->library);
    *(void **)&get_list = dlsym(bench->library, "C_GetFunctionList");
    assert_int_equal(get_list(&bench->key), CKR_OK);
    assert_int_equal(bench->key->C_Initialize(NULL), CKR_OK);
    *state = bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    (void)bench->key->C_Finalize(NULL);
    token_sim_close(&bench->sim);
    free(bench);
    return 0;
}

static CK_FLAGS token_flags(struct bench *bench)
{
    CK_TOKEN_INFO info;
    assert_int_equal(bench->key->C_GetTokenInfo(0, &info), CKR_OK);
    return info.flags;
}

static CK_SESSION_HANDLE open_session(struct bench *bench)
{
    CK_SESSION_HANDLE session = 0;
    assert_int_equal(bench->key->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session),
                     CKR_OK);
    return session;
}

/* The key of this name is formatted and has its user PIN. */
static void prepare(struct bench *bench, const char *name)
{
    CK_UTF8CHAR label[32];
    memset(label, ' ', sizeof(label));
    memcpy(label, name, strlen(name));
    token_sim_insert(&bench->sim, name);
    assert_int_equal(bench->key->C_InitToken(0, so_pin, sizeof(so_pin) - 1, label), CKR_OK);
    CK_SESSION_HANDLE session = open_session(bench);
    assert_int_equal(bench->key->C_Login(session, CKU_SO, so_pin, sizeof(so_pin) - 1), CKR_OK);
    assert_int_equal(bench->key->C_InitPIN(session, user_pin, sizeof(user_pin) - 1), CKR_OK);
    assert_int_equal(bench->key->C_CloseSession(session), CKR_OK);
}

static void test_sim_key__writer_can_be_empty_and_a_new_name_is_a_blank_key(void **state)
{
    struct bench *bench = *state;
    CK_SLOT_ID slots[4];
    CK_ULONG count = 4;
    CK_TOKEN_INFO info;
    assert_int_equal(bench->key->C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(bench->key->C_GetTokenInfo(0, &info), CKR_TOKEN_NOT_PRESENT);
    token_sim_insert(&bench->sim, "new");
    count = 4;
    assert_int_equal(bench->key->C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(token_flags(bench) & CKF_TOKEN_INITIALIZED, 0);
}

static void test_sim_key__pulled_key_fails_every_session_it_had(void **state)
{
    struct bench *bench = *state;
    CK_SESSION_INFO info;
    prepare(bench, "one");
    CK_SESSION_HANDLE session = open_session(bench);
    assert_int_equal(bench->key->C_GetSessionInfo(session, &info), CKR_OK);
    token_sim_pull(&bench->sim);
    assert_int_equal(bench->key->C_GetSessionInfo(session, &info), CKR_DEVICE_REMOVED);
    token_sim_insert(&bench->sim, "one");
    assert_int_equal(bench->key->C_GetSessionInfo(session, &info), CKR_DEVICE_REMOVED);
    session = open_session(bench);
    assert_int_equal(bench->key->C_Login(session, CKU_USER, user_pin, sizeof(user_pin) - 1), CKR_OK);
}

static void test_sim_key__quick_pull_and_insertion_are_noticed(void **state)
{
    struct bench *bench = *state;
    CK_SLOT_ID slot = 9;
    CK_SESSION_INFO info;
    prepare(bench, "quick");
    CK_SESSION_HANDLE session = open_session(bench);
    while (bench->key->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL) == CKR_OK)
        ;
    token_sim_pull(&bench->sim);
    token_sim_insert(&bench->sim, "quick");
    assert_int_equal(bench->key->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL), CKR_OK);
    assert_int_equal(bench->key->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL), CKR_NO_EVENT);
    assert_int_equal(bench->key->C_GetSessionInfo(session, &info), CKR_DEVICE_REMOVED);
}

static void test_sim_key__pin_locks_at_the_sixth_wrong_try_and_is_unlocked_by_the_officer(void **state)
{
    struct bench *bench = *state;
    prepare(bench, "tries");
    CK_SESSION_HANDLE session = open_session(bench);
    for (int i = 0; i < 5; i++)
        assert_int_equal(bench->key->C_Login(session, CKU_USER, wrong_pin, sizeof(wrong_pin) - 1),
                         CKR_PIN_INCORRECT);
    assert_int_equal(token_flags(bench) & CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_FINAL_TRY);
    assert_int_equal(bench->key->C_Login(session, CKU_USER, wrong_pin, sizeof(wrong_pin) - 1),
                     CKR_PIN_LOCKED);
    assert_int_equal(token_flags(bench) & CKF_USER_PIN_LOCKED, CKF_USER_PIN_LOCKED);
    assert_int_equal(bench->key->C_Login(session, CKU_USER, user_pin, sizeof(user_pin) - 1), CKR_PIN_LOCKED);
    assert_int_equal(bench->key->C_Login(session, CKU_SO, so_pin, sizeof(so_pin) - 1), CKR_OK);
    assert_int_equal(bench->key->C_InitPIN(session, user_pin, sizeof(user_pin) - 1), CKR_OK);
    assert_int_equal(bench->key->C_Logout(session), CKR_OK);
    assert_int_equal(bench->key->C_Login(session, CKU_USER, user_pin, sizeof(user_pin) - 1), CKR_OK);
}

struct waiting {
    struct bench *bench;
    CK_RV rv;
};

static void *wait_for_event(void *context)
{
    struct waiting *waiting = context;
    CK_SLOT_ID slot = 9;
    waiting->rv = waiting->bench->key->C_WaitForSlotEvent(0, &slot, NULL);
    return NULL;
}

static void test_sim_key__blocked_wait_ends_with_an_event_and_with_finalize(void **state)
{
    struct waiting waiting = {.bench = *state};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, wait_for_event, &waiting), 0);
    (void)poll(NULL, 0, 50);
    token_sim_insert(&waiting.bench->sim, "awaited");
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(waiting.rv, CKR_OK);
    assert_int_equal(pthread_create(&thread, NULL, wait_for_event, &waiting), 0);
    (void)poll(NULL, 0, 50);
    assert_int_equal(waiting.bench->key->C_Finalize(NULL), CKR_OK);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(waiting.rv, CKR_CRYPTOKI_NOT_INITIALIZED);
}

static void test_sim_key__planned_faults_act_once_at_their_call(void **state)
{
    struct bench *bench = *state;
    CK_SESSION_HANDLE session = 0;
    prepare(bench, "faults");
    token_sim_plan(&bench->sim, "fail C_OpenSession 0x6 2");
    session = open_session(bench);
    assert_int_equal(bench->key->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session),
                     CKR_FUNCTION_FAILED);
    session = open_session(bench);
    token_sim_plan(&bench->sim, "pull-after C_Login");
    assert_int_equal(bench->key->C_Login(session, CKU_USER, wrong_pin, sizeof(wrong_pin) - 1),
                     CKR_DEVICE_REMOVED);
    token_sim_insert(&bench->sim, "faults");
    assert_int_equal(token_flags(bench) & CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_COUNT_LOW);
    token_sim_plan(&bench->sim, "delay C_OpenSession 120");
    int64_t start_ms = clock_monotonic_ms(clock_system());
    session = open_session(bench);
    assert_true(clock_monotonic_ms(clock_system()) - start_ms >= 119);
}

static void test_sim_key__two_keys_are_two_keys_after_a_restart_too(void **state)
{
    struct bench *bench = *state;
    CK_TOKEN_INFO first;
    CK_TOKEN_INFO second;
    prepare(bench, "first");
    prepare(bench, "second");
    assert_int_equal(bench->key->C_GetTokenInfo(0, &second), CKR_OK);
    assert_int_equal(bench->key->C_Finalize(NULL), CKR_OK);
    assert_int_equal(bench->key->C_Initialize(NULL), CKR_OK);
    token_sim_insert(&bench->sim, "first");
    assert_int_equal(bench->key->C_GetTokenInfo(0, &first), CKR_OK);
    assert_memory_equal(first.label, "first ", 6);
    assert_memory_equal(second.label, "second ", 7);
    assert_memory_not_equal(first.serialNumber, second.serialNumber, sizeof(first.serialNumber));
}

int main(void)
{
#define SIM_KEY_TEST(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        SIM_KEY_TEST(test_sim_key__writer_can_be_empty_and_a_new_name_is_a_blank_key),
        SIM_KEY_TEST(test_sim_key__pulled_key_fails_every_session_it_had),
        SIM_KEY_TEST(test_sim_key__quick_pull_and_insertion_are_noticed),
        SIM_KEY_TEST(test_sim_key__pin_locks_at_the_sixth_wrong_try_and_is_unlocked_by_the_officer),
        SIM_KEY_TEST(test_sim_key__blocked_wait_ends_with_an_event_and_with_finalize),
        SIM_KEY_TEST(test_sim_key__planned_faults_act_once_at_their_call),
        SIM_KEY_TEST(test_sim_key__two_keys_are_two_keys_after_a_restart_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
