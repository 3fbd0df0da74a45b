/* The curl transport against replies no honest gateway sends: whatever comes, a call ends with a status
 * inside its deadline and keeps its ceilings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "drivers/net/http.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/limits.h"
#include "tests/fuzz/reply_server.h"

/* The room beyond a deadline is for a busy machine; a call that forgot its deadline waits for the server. */
enum { REPLIES = 300, GOOD_EVERY = 25, DEADLINE_MS = 400, GOOD_DEADLINE_MS = 10000, BUSY_MACHINE_MS = 5000 };
_Static_assert(DEADLINE_MS + BUSY_MACHINE_MS < REPLY_SERVER_HOLD_MS, "a call without deadline is seen");

struct rig {
    struct reply_server *server;
    struct http *http;
    unsigned seen[STATUS_COUNT_];
};

static enum status get(struct rig *rig, const char *path, int64_t timeout_ms, struct http_reply *reply)
{
    char url[96];
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/%s", reply_server_port(rig->server), path);
    const struct http_request request = {.method = "GET", .url = url, .timeout_ms = timeout_ms};
    http_reply_init(reply);
    return http_request(rig->http, &request, reply, NULL);
}

static void assert_mutated_call_ends(struct rig *rig)
{
    struct http_reply reply;
    int64_t start_ms = clock_monotonic_ms(clock_system());
    enum status status = get(rig, "any", DEADLINE_MS, &reply);
    int64_t took_ms = clock_monotonic_ms(clock_system()) - start_ms;
    assert_true(took_ms <= DEADLINE_MS + BUSY_MACHINE_MS);
    assert_true(status == STATUS_OK || status == STATUS_TIMED_OUT || status == STATUS_UNKNOWN ||
                status == STATUS_FULL);
    assert_true(reply.body.length <= LIMIT_HTTP_REPLY_BYTES);
    assert_true(reply.headers.length <= LIMIT_HTTP_HEADER_BYTES);
    if (status != STATUS_OK)
        assert_int_equal(reply.body.length + reply.headers.length, 0);
    rig->seen[status]++;
    http_reply_release(&reply);
}

static void assert_good_call_works(struct rig *rig)
{
    struct http_reply reply;
    reply_server_behave(rig->server);
    assert_int_equal(get(rig, "length", GOOD_DEADLINE_MS, &reply), STATUS_OK);
    assert_int_equal(reply.code, 200);
    assert_int_equal(reply.body.length, 18);
    assert_memory_equal(reply.body.data, "{\"code\":\"SUCCESS\"}", 18);
    http_reply_release(&reply);
}

static void test_http_mutated__every_reply_ends_with_a_status_inside_the_deadline(void **state)
{
    struct rig *rig = *state;
    for (uint32_t i = 0; i < REPLIES; i++) {
        reply_server_mutate(rig->server, i, NULL);
        assert_mutated_call_ends(rig);
        if (i % GOOD_EVERY == 0)
            assert_good_call_works(rig);
    }
    assert_good_call_works(rig);
    /* Each way of ending was met, so the mutations are what they say. */
    assert_true(rig->seen[STATUS_OK] > 0);
    assert_true(rig->seen[STATUS_UNKNOWN] > 0);
    assert_true(rig->seen[STATUS_TIMED_OUT] > 0);
    assert_true(rig->seen[STATUS_FULL] > 0);
}

static int open_rig(void **state)
{
    static struct rig rig;
    const struct http_curl_settings settings = {0};
    if (http_curl_new(&settings, &rig.http) != STATUS_OK)
        return -1;
    rig.server = reply_server_start(TEST_SOURCE_DIR "/tests/fuzz/seeds/http_message");
    *state = &rig;
    return 0;
}

static int close_rig(void **state)
{
    struct rig *rig = *state;
    reply_server_stop(rig->server);
    http_free(rig->http);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http_mutated__every_reply_ends_with_a_status_inside_the_deadline),
    };
    return cmocka_run_group_tests_name("http mutated", tests, open_rig, close_rig);
}
