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

#include "kiosk/base/random.h"
#include "tests/support/authority_bench.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"
#include "tests/support/pki_process.h"

/* The embedded CA is killed while it works, at moments drawn from a fixed seed; the book decides what
 * happened, and asking again under the same id always ends well. */
enum {
    ROUNDS = 25,
    KILL_WITHIN_US = 8000,
    PAIR_KILL_WITHIN_US = 250000 /* making its RSA key takes so long */
};

static struct pki_ca ca;
static struct authority *authority;
static struct random_seeded source;
static struct pki_key *key;
static struct buf csr;
static char id[AUTHORITY_ID_BYTES];
static char serial[AUTHORITY_SERIAL_BYTES];
static char encryption_serial[AUTHORITY_SERIAL_BYTES];
static bool pairs; /* are asked for */

static int set_up(void **state)
{
    (void)state;
    random_seeded_init(&source, 20260101);
    return authority_bench_begin(&ca, TEST_BUILD_DIR, &authority);
}

static int tear_down(void **state)
{
    (void)state;
    return authority_bench_end(&ca, authority);
}

/* A child kills the CA after the delay; the test goes on calling meanwhile. */
static pid_t kill_soon(void)
{
    /* a pair's request is killed anywhere in it, its other calls as quickly as any */
    uint32_t within_us = pairs && serial[0] == 0 ? PAIR_KILL_WITHIN_US : KILL_WITHIN_US;
    useconds_t delay_us = random_below(&source.random, within_us);
    pid_t child = fork();
    if (child == 0) {
        (void)usleep(delay_us);
        (void)kill(ca.pid, SIGKILL);
        _exit(0);
    }
    return child;
}

static void recover(pid_t child)
{
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(pki_ca_stop(&ca, SIGKILL), 128 + SIGKILL);
    struct buf list = pki_ca_list(&ca); /* readable at once, before anybody cleans up */
    buf_release(&list);
    pki_ca_restart(&ca);
}

static void assert_call_ended_as_promised(enum status status)
{
    if (status != STATUS_OK && status != STATUS_UNKNOWN && status != STATUS_LOST)
        fail_msg("a killed CA made the call end with %s", status_name(status));
}

static void begin_round(unsigned round)
{
    key = pki_key_new(pairs ? PKI_KEY_RSA2048 : PKI_KEY_P256);
    serial[0] = encryption_serial[0] = 0;
    csr = pki_key_request(key, "C=CN\nO=重庆示例科技有限公司\nCN=重庆示例科技有限公司\n"
                               "serialNumber=91500103MA60ABCD1F");
    (void)snprintf(id, sizeof(id), "kill-%s-%u", pairs ? "pair" : "one", round);
}

static void end_round(void)
{
    buf_release(&csr);
    pki_key_free(key);
}

static enum status ask(struct authority_outcome *out)
{
    const struct authority_request request = {
        .id = id, .profile = "organisation", .request = bytes_of_buf(&csr), .encryption = pairs};
    return authority_request(authority, &request, out, NULL);
}

/* How often the text stands in the list of the book. */
static unsigned times_listed(const char *text)
{
    unsigned times = 0;
    struct buf list = pki_ca_list(&ca);
    for (const char *at = (const char *)list.data; at != NULL && (at = strstr(at, text)) != NULL; at++)
        times++;
    buf_release(&list);
    return times;
}

static void request_under_fire(void)
{
    struct authority_outcome first = {0};
    struct authority_outcome again = {0};
    char quoted[AUTHORITY_ID_BYTES + 16];
    pid_t child = kill_soon();
    enum status status = ask(&first);
    assert_call_ended_as_promised(status);
    recover(child);
    assert_int_equal(ask(&again), STATUS_OK);
    assert_int_equal(again.answer, AUTHORITY_ISSUED);
    if (status == STATUS_OK)
        assert_true(
            bytes_is_equal(bytes_of_buf(&first.certificates[0]), bytes_of_buf(&again.certificates[0])));
    assert_true(pairs == (again.encryption_certificate.length > 0 && again.enveloped_key.length > 0));
    if (status == STATUS_OK)
        assert_true(bytes_is_equal(bytes_of_buf(&first.encryption_certificate),
                                   bytes_of_buf(&again.encryption_certificate)));
    pki_issuer_serial(bytes_of_buf(&again.certificates[0]), serial);
    if (pairs)
        pki_issuer_serial(bytes_of_buf(&again.encryption_certificate), encryption_serial);
    (void)snprintf(quoted, sizeof(quoted), "\"id\":\"%s\"", id);
    assert_int_equal(times_listed(quoted), 1);
    assert_int_equal(times_listed(serial), 1);
    authority_outcome_release(&first);
    authority_outcome_release(&again);
}

static enum authority_answer answer_now(void)
{
    struct authority_outcome outcome = {0};
    assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_OK);
    enum authority_answer answer = outcome.answer;
    authority_outcome_release(&outcome);
    return answer;
}

static void confirm_under_fire(bool accepted)
{
    enum authority_answer wanted = accepted ? AUTHORITY_CONFIRMED : AUTHORITY_REVOKED;
    pid_t child = kill_soon();
    enum status status = authority_confirm(authority, id, accepted, NULL);
    assert_call_ended_as_promised(status);
    recover(child);
    if (status == STATUS_OK)
        assert_int_equal(answer_now(), wanted);
    assert_int_equal(authority_confirm(authority, id, accepted, NULL), STATUS_OK);
    assert_int_equal(answer_now(), wanted);
}

/* The published list, judged by openssl; it is whole at any moment. */
static bool is_on_the_list(void)
{
    struct buf text;
    const char *const arguments[] = {"openssl", "crl", "-in", ca.crl_file, "-noout", "-text", NULL};
    assert_int_equal(pki_process_run(arguments, &text), 0);
    bool found = strstr((const char *)text.data, serial) != NULL;
    if (pairs) /* one fate */
        assert_true(found == (strstr((const char *)text.data, encryption_serial) != NULL));
    buf_release(&text);
    return found;
}

static void revoke_under_fire(void)
{
    pid_t child = kill_soon();
    enum status status = authority_revoke(authority, serial, AUTHORITY_REASON_SUPERSEDED, NULL);
    assert_call_ended_as_promised(status);
    if (status == STATUS_OK)
        assert_true(is_on_the_list());
    recover(child);
    assert_int_equal(authority_revoke(authority, serial, AUTHORITY_REASON_SUPERSEDED, NULL), STATUS_OK);
    assert_true(is_on_the_list());
    assert_int_equal(answer_now(), AUTHORITY_REVOKED);
}

static void kill_rounds(void)
{
    for (unsigned round = 0; round < ROUNDS; round++) {
        begin_round(round);
        request_under_fire();
        if (round % 3 == 0)
            confirm_under_fire(true);
        if (round % 3 == 1)
            confirm_under_fire(false);
        else
            revoke_under_fire();
        end_round();
    }
    assert_int_equal(times_listed("\"state\":\"requested\""), 0);
    assert_int_equal(times_listed("\"state\":\"issued\""), 0);
}

static void test_certca__killed_anywhere_it_keeps_one_certificate_per_id(void **state)
{
    (void)state;
    pairs = false;
    kill_rounds();
}

static void test_certca__killed_anywhere_it_keeps_one_pair_per_id(void **state)
{
    (void)state;
    pairs = true;
    kill_rounds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_certca__killed_anywhere_it_keeps_one_certificate_per_id),
        cmocka_unit_test(test_certca__killed_anywhere_it_keeps_one_pair_per_id),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
