#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tests/support/authority_bench.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"

/* The embedded authority seen through a proxy that spoils one call at a time. */
enum { DEADLINE_MS = 400 };

static struct pki_ca ca;
static struct authority *authority;
static struct pki_key *key;
static struct buf csr;
static unsigned next_id;
static char id[AUTHORITY_ID_BYTES];

static int set_up_group(void **state)
{
    (void)state;
    pki_ca_start(&ca, TEST_BUILD_DIR);
    pki_ca_start_proxy(&ca);
    const struct authority_settings settings = {
        .driver = "embedded", .socket_path = ca.proxy_path, .deadline_ms = DEADLINE_MS};
    return authority_open(&settings, &authority, NULL) == STATUS_OK ? 0 : -1;
}

static int tear_down_group(void **state)
{
    (void)state;
    return authority_bench_end(&ca, authority);
}

static int set_up(void **state)
{
    (void)state;
    key = pki_key_new(PKI_KEY_P256);
    csr = pki_key_request(key, "C=CN\nO=重庆示例科技有限公司\nCN=重庆示例科技有限公司\n"
                               "serialNumber=91500103MA60ABCD1F");
    (void)snprintf(id, sizeof(id), "spoilt-%u", next_id++);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_release(&csr);
    pki_key_free(key);
    return 0;
}

static enum status ask(struct authority_outcome *out)
{
    const struct authority_request request = {
        .id = id, .profile = "organisation", .request = bytes_of_buf(&csr)};
    return authority_request(authority, &request, out, NULL);
}

static enum authority_answer answer_now(void)
{
    struct authority_outcome outcome = {0};
    assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_OK);
    enum authority_answer answer = outcome.answer;
    authority_outcome_release(&outcome);
    return answer;
}

static void test_authority__lost_reply_is_unknown_and_inquiry_finds_the_certificate(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    pki_ca_fault(&ca, "request", "lose-reply", "", 1);
    assert_int_equal(ask(&outcome), STATUS_UNKNOWN);
    assert_int_equal(outcome.certificate_count, 0);
    assert_int_equal(answer_now(), AUTHORITY_ISSUED);
}

static void test_authority__lost_request_is_unknown_and_inquiry_finds_nothing(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    pki_ca_fault(&ca, "request", "lose-request", "", 1);
    assert_int_equal(ask(&outcome), STATUS_UNKNOWN);
    assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_NOT_FOUND);
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void test_authority__silent_authority_is_given_up_at_the_deadline(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    int64_t from_ms = now_ms();
    pki_ca_fault(&ca, "request", "hang", "", 1);
    assert_int_equal(ask(&outcome), STATUS_UNKNOWN);
    pki_ca_fault(&ca, "inquire", "hang", "", 1);
    assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_TIMED_OUT);
    assert_true(now_ms() - from_ms >= 2 * DEADLINE_MS - 50);
    assert_true(now_ms() - from_ms < 20 * DEADLINE_MS);
}

static void test_authority__late_reply_is_unknown_and_not_repeated_blindly(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    pki_ca_fault(&ca, "request", "delay", "1000", 1);
    assert_int_equal(ask(&outcome), STATUS_UNKNOWN);
    assert_int_equal(answer_now(), AUTHORITY_ISSUED);
    assert_int_equal(ask(&outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    authority_outcome_release(&outcome);
}

static void test_authority__refusal_comes_with_its_reason(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    pki_ca_fault(&ca, "request", "refuse", "", 1);
    assert_int_equal(ask(&outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_REFUSED);
    assert_string_equal(authority_refusal_name(outcome.refusal), "policy");
    assert_string_not_equal(outcome.text, "");
    authority_outcome_release(&outcome);
}

static void test_authority__waiting_ends_when_the_authority_is_ready(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    pki_ca_fault(&ca, "request", "wait", "2", 1);
    pki_ca_fault(&ca, "inquire", "wait", "1", 1);
    assert_int_equal(ask(&outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_WAITING);
    assert_int_equal(outcome.after_s, 2);
    assert_int_equal(answer_now(), AUTHORITY_WAITING);
    assert_int_equal(answer_now(), AUTHORITY_ISSUED);
}

static void test_authority__call_delivered_twice_makes_one_certificate(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    char serial[AUTHORITY_SERIAL_BYTES];
    pki_ca_fault(&ca, "request", "duplicate", "", 1);
    assert_int_equal(ask(&outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    pki_issuer_serial(bytes_of_buf(&outcome.certificates[0]), serial);
    struct buf list = pki_ca_list(&ca);
    const char *line = strstr((const char *)list.data, id);
    assert_non_null(line);
    assert_null(strstr(line + 1, id));
    assert_non_null(strstr(line, serial));
    buf_release(&list);
    authority_outcome_release(&outcome);
    pki_ca_fault(&ca, "confirm", "duplicate", "", 1);
    assert_int_equal(authority_confirm(authority, id, true, NULL), STATUS_OK);
    pki_ca_fault(&ca, "revoke", "duplicate", "", 1);
    assert_int_equal(authority_revoke(authority, serial, AUTHORITY_REASON_SUPERSEDED, NULL), STATUS_OK);
}

static void test_authority__garbage_is_unknown_for_acts_and_malformed_for_questions(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    struct authority_status status = {0};
    pki_ca_fault(&ca, "request", "garbage", "", 1);
    assert_int_equal(ask(&outcome), STATUS_UNKNOWN);
    pki_ca_fault(&ca, "inquire", "garbage", "", 1);
    assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_MALFORMED);
    pki_ca_fault(&ca, "confirm", "garbage", "", 1);
    assert_int_equal(authority_confirm(authority, id, true, NULL), STATUS_UNKNOWN);
    assert_int_equal(answer_now(), AUTHORITY_CONFIRMED);
    pki_ca_fault(&ca, "status", "garbage", "", 1);
    assert_int_equal(authority_status(authority, &status, NULL), STATUS_OK);
    assert_int_equal(status.state, DEVICE_OFFLINE);
}

static void test_authority__swapped_certificate_is_delivered_as_told(void **state)
{
    (void)state;
    struct authority_outcome before = {0};
    struct authority_outcome swapped = {0};
    assert_int_equal(ask(&before), STATUS_OK);
    assert_int_equal(tear_down(NULL) + set_up(NULL), 0);
    pki_ca_fault(&ca, "request", "swap", "", 1);
    assert_int_equal(ask(&swapped), STATUS_OK);
    assert_true(
        bytes_is_equal(bytes_of_buf(&before.certificates[0]), bytes_of_buf(&swapped.certificates[0])));
    authority_outcome_release(&before);
    authority_outcome_release(&swapped);
}

static void test_authority__absent_and_stopped_authority_is_lost_or_offline(void **state)
{
    (void)state;
    struct authority *absent = NULL;
    struct authority_outcome outcome = {0};
    struct authority_status status = {0};
    char nowhere[128];
    (void)snprintf(nowhere, sizeof(nowhere), "%s/nowhere", ca.dir);
    const struct authority_settings settings = {
        .driver = "embedded", .socket_path = nowhere, .deadline_ms = DEADLINE_MS};
    assert_int_equal(authority_open(&settings, &absent, NULL), STATUS_OK);
    assert_int_equal(authority_inquire(absent, id, &outcome, NULL), STATUS_LOST);
    assert_int_equal(authority_confirm(absent, id, true, NULL), STATUS_LOST);
    assert_int_equal(authority_status(absent, &status, NULL), STATUS_OK);
    assert_int_equal(status.state, DEVICE_OFFLINE);
    authority_close(absent);
}

#define SPOILT(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SPOILT(test_authority__lost_reply_is_unknown_and_inquiry_finds_the_certificate),
        SPOILT(test_authority__lost_request_is_unknown_and_inquiry_finds_nothing),
        SPOILT(test_authority__silent_authority_is_given_up_at_the_deadline),
        SPOILT(test_authority__late_reply_is_unknown_and_not_repeated_blindly),
        SPOILT(test_authority__refusal_comes_with_its_reason),
        SPOILT(test_authority__waiting_ends_when_the_authority_is_ready),
        SPOILT(test_authority__call_delivered_twice_makes_one_certificate),
        SPOILT(test_authority__garbage_is_unknown_for_acts_and_malformed_for_questions),
        SPOILT(test_authority__swapped_certificate_is_delivered_as_told),
        SPOILT(test_authority__absent_and_stopped_authority_is_lost_or_offline),
    };
    return cmocka_run_group_tests(tests, set_up_group, tear_down_group);
}
