/* The driver host: deadlines, deaths, cancels, limits. The helper is this very program, started with a kind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/host/host.h"
#include "drivers/host/host_serve.h"
#include "kiosk/base/limits.h"

enum {
    ECHO = HOST_FIRST_REQUEST,
    HANG,
    CRASH,
    LEAVE,
    PROGRESS,
    OBEY,
    REFUSE,
    BABBLE,
    IGNORE,
    HARDENED,
    ENVIRONMENT
};
enum { TAG_TEXT = 1, TAG_NUMBER = 2 };

/* --- the helper ---------------------------------------------------------------------------------------- */

static enum status stub_open(int argument_count, char *const *arguments, void **context,
                             struct failure *failure)
{
    static int token;
    if (argument_count > 0 && strcmp(arguments[0], "--refuse") == 0)
        return failure_set(failure, STATUS_CONFIG, "stub", 0, "refuses to open");
    *context = &token;
    return STATUS_OK;
}

static void stub_close(void *context)
{
    (void)context;
}

static enum status send_progress(struct host_turn *turn, int64_t number)
{
    struct wire message;
    wire_init(&message, 0);
    enum status status = wire_put_integer(&message, TAG_NUMBER, number);
    if (status == STATUS_OK)
        status = host_turn_progress(turn, &message);
    wire_release(&message);
    return status;
}

static enum status report_progress(struct host_turn *turn, const struct wire *request)
{
    int64_t rounds = 0;
    if (wire_get_integer(request, TAG_NUMBER, &rounds) != STATUS_OK)
        return STATUS_MALFORMED;
    for (int64_t i = 0; i < rounds; i++) {
        enum status status = send_progress(turn, i);
        if (status != STATUS_OK)
            return status;
        (void)poll(NULL, 0, 2);
    }
    return STATUS_OK;
}

static enum status tell_hardening(struct wire *reply)
{
    struct rlimit core;
    if (getrlimit(RLIMIT_CORE, &core) != 0)
        return STATUS_IO;
    /* descriptors: only the standard ones and the socket may be open */
    int open_fds = 0;
    for (int fd = 0; fd < 64; fd++)
        open_fds += fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
    enum status status = wire_put_integer(reply, TAG_NUMBER, open_fds);
    return status == STATUS_OK ? wire_put_integer(reply, TAG_TEXT, (int64_t)core.rlim_cur) : status;
}

static void babble(void)
{
    static const char junk[] = "this is no frame at all, but long enough to be taken for one";
    (void)!write(HOST_SOCKET_FD, junk, sizeof(junk));
    pause();
}

static enum status stub_handle(void *context, struct host_turn *turn, const struct wire *request,
                               struct wire *reply, struct failure *failure)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    (void)context;
    switch (request->type) {
    case ECHO:
        if (wire_get_bytes(request, TAG_TEXT, 0, &bytes, &length) != STATUS_OK)
            return STATUS_MALFORMED;
        return wire_put_bytes(reply, TAG_TEXT, bytes, length);
    case IGNORE:
        if (send_progress(turn, 0) != STATUS_OK)
            return STATUS_LOST;
        [[fallthrough]];
    case HANG:
        for (;;)
            pause();
    case CRASH:
        (void)signal(SIGABRT, SIG_DFL);
        abort();
    case LEAVE:
        _exit(3);
    case PROGRESS:
        return report_progress(turn, request);
    case OBEY:
        if (send_progress(turn, 0) != STATUS_OK)
            return STATUS_LOST;
        while (!host_turn_is_cancelled(turn))
            (void)poll(NULL, 0, 2);
        return STATUS_CANCELLED;
    case REFUSE:
        (void)!wire_put_text(reply, TAG_TEXT, "why");
        return failure_set(failure, STATUS_REFUSED, "vendor_call", 0x30, "the vendor's words");
    case BABBLE:
        babble();
        return STATUS_OK;
    case HARDENED:
        return tell_hardening(reply);
    case ENVIRONMENT:
        return wire_put_text(reply, TAG_TEXT,
                             getenv("HOST_TEST_WORD") != NULL ? getenv("HOST_TEST_WORD") : "");
    default:
        return STATUS_UNSUPPORTED;
    }
}

static const struct host_service stub = {
    .kind = "stub", .open = stub_open, .handle = stub_handle, .close = stub_close};

/* --- the caller ---------------------------------------------------------------------------------------- */

static struct host *open_host(const char *kind, const char *const *arguments, const struct clock *clock)
{
    static const char *const environment[] = {"HOST_TEST_WORD=given", NULL};
    struct host *host = NULL;
    const struct host_settings settings = {.program = "/proc/self/exe",
                                           .kind = kind,
                                           .arguments = arguments,
                                           .environment = environment,
                                           .clock = clock};
    assert_int_equal(host_open(&settings, &host), STATUS_OK);
    return host;
}

static enum status call(struct host *host, uint16_t type, const struct host_terms *terms,
                        struct failure *failure)
{
    struct wire request;
    struct wire reply;
    wire_init(&request, type);
    assert_int_equal(wire_put_text(&request, TAG_TEXT, "word"), STATUS_OK);
    enum status status = host_call(host, &request, &reply, terms, failure);
    wire_release(&request);
    wire_release(&reply);
    return status;
}

static void test_host__request_is_answered_by_its_reply(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    struct wire request;
    struct wire reply;
    char text[16];
    (void)state;
    assert_int_equal(host_generation(host), 0);
    wire_init(&request, ECHO);
    assert_int_equal(wire_put_text(&request, TAG_TEXT, "回声"), STATUS_OK);
    assert_int_equal(host_call(host, &request, &reply, NULL, NULL), STATUS_OK);
    assert_int_equal(wire_get_text(&reply, TAG_TEXT, text, sizeof(text)), STATUS_OK);
    assert_string_equal(text, "回声");
    assert_int_equal(host_generation(host), 1);
    wire_release(&request);
    wire_release(&reply);
    host_close(host);
}

static void test_host__refusal_carries_detail_and_fields(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    struct failure failure = {0};
    struct wire request;
    struct wire reply;
    char text[16];
    (void)state;
    wire_init(&request, REFUSE);
    assert_int_equal(host_call(host, &request, &reply, NULL, &failure), STATUS_REFUSED);
    assert_int_equal(failure.vendor_code, 0x30);
    assert_non_null(strstr(failure.text, "vendor_call: the vendor's words"));
    assert_int_equal(wire_get_text(&reply, TAG_TEXT, text, sizeof(text)), STATUS_OK);
    assert_string_equal(text, "why");
    wire_release(&request);
    wire_release(&reply);
    host_close(host);
}

static void test_host__hang_ends_at_the_deadline_and_the_next_call_works(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    const struct host_terms terms = {.deadline_ms = 150};
    (void)state;
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    pid_t hung = host_pid(host);
    int64_t start_ms = clock_monotonic_ms(clock_system());
    assert_int_equal(call(host, HANG, &terms, NULL), STATUS_TIMED_OUT);
    assert_true(clock_monotonic_ms(clock_system()) - start_ms < 5000);
    assert_int_equal(kill(hung, 0), -1);
    assert_int_equal(errno, ESRCH);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    assert_int_equal(host_generation(host), 2);
    host_close(host);
}

static void test_host__death_is_lost_with_its_reason(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    struct failure failure = {0};
    (void)state;
    assert_int_equal(call(host, CRASH, NULL, &failure), STATUS_LOST);
    assert_non_null(strstr(failure.text, "signal 6"));
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    assert_int_equal(call(host, LEAVE, NULL, &failure), STATUS_LOST);
    assert_non_null(strstr(failure.text, "exit 3"));
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    assert_int_equal(kill(host_pid(host), SIGKILL), 0);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_LOST);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    host_close(host);
}

static void test_host__repeated_deaths_are_answered_at_once_until_the_pause_is_over(void **state)
{
    struct clock_manual manual;
    (void)state;
    clock_manual_init(&manual, 1795250000);
    struct host *host = open_host("stub", NULL, &manual.clock);
    assert_int_equal(call(host, CRASH, NULL, NULL), STATUS_LOST);
    assert_int_equal(call(host, CRASH, NULL, NULL), STATUS_LOST); /* the first restart does not wait */
    unsigned started = host_generation(host);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_LOST);
    assert_int_equal(host_generation(host), started);
    clock_manual_advance(&manual, 99);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_LOST);
    clock_manual_advance(&manual, 1);
    assert_int_equal(call(host, CRASH, NULL, NULL), STATUS_LOST);
    clock_manual_advance(&manual, 199); /* twice as long now */
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_LOST);
    clock_manual_advance(&manual, 1);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    assert_int_equal(call(host, CRASH, NULL, NULL), STATUS_LOST);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK); /* a reply in between forgives */
    host_close(host);
}

struct seen {
    unsigned count;
    struct job_cancel *cancel; /* requested after the first */
};

static void see(void *context, const struct wire *message)
{
    struct seen *seen = context;
    int64_t number = -1;
    assert_int_equal(wire_get_integer(message, TAG_NUMBER, &number), STATUS_OK);
    assert_int_equal(number, seen->count);
    seen->count++;
    job_cancel_request(seen->cancel);
}

static enum status call_rounds(struct host *host, int64_t rounds, const struct host_terms *terms)
{
    struct wire request;
    struct wire reply;
    wire_init(&request, PROGRESS);
    assert_int_equal(wire_put_integer(&request, TAG_NUMBER, rounds), STATUS_OK);
    enum status status = host_call(host, &request, &reply, terms, NULL);
    wire_release(&request);
    wire_release(&reply);
    return status;
}

static void test_host__progress_comes_in_order_before_the_reply(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    struct seen seen = {0};
    const struct host_terms terms = {
        .deadline_ms = 20000, .silence_ms = 10000, .progress = see, .progress_context = &seen};
    (void)state;
    assert_int_equal(call_rounds(host, 20, &terms), STATUS_OK);
    assert_int_equal(seen.count, 20);
    host_close(host);
}

static void test_host__silence_ends_a_call_before_its_deadline(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    const struct host_terms terms = {.deadline_ms = 60000, .silence_ms = 100};
    (void)state;
    int64_t start_ms = clock_monotonic_ms(clock_system());
    assert_int_equal(call(host, HANG, &terms, NULL), STATUS_TIMED_OUT);
    assert_true(clock_monotonic_ms(clock_system()) - start_ms < 30000);
    host_close(host);
}

/* Each call is cancelled at its first progress message. */
static enum status call_and_cancel(struct host *host, uint16_t type)
{
    struct seen seen = {.cancel = job_cancel_new()};
    const struct host_terms terms = {
        .deadline_ms = 60000, .cancel = seen.cancel, .progress = see, .progress_context = &seen};
    enum status status = call(host, type, &terms, NULL);
    assert_int_equal(seen.count, 1);
    job_cancel_drop(seen.cancel);
    return status;
}

static void test_host__cancel_is_heeded_by_a_service_that_looks(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    (void)state;
    assert_int_equal(call_and_cancel(host, OBEY), STATUS_CANCELLED);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    assert_int_equal(host_generation(host), 1); /* nobody was killed for it */
    host_close(host);
}

static void test_host__cancel_is_enforced_on_a_service_that_does_not_look(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    (void)state;
    assert_int_equal(call_and_cancel(host, IGNORE), STATUS_CANCELLED);
    assert_int_equal(host_pid(host), 0);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    host_close(host);
}

static void test_host__cancel_before_the_call_starts_nothing(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    struct job_cancel *cancel = job_cancel_new();
    const struct host_terms terms = {.cancel = cancel};
    (void)state;
    job_cancel_request(cancel);
    assert_int_equal(call(host, ECHO, &terms, NULL), STATUS_CANCELLED);
    assert_int_equal(host_generation(host), 0);
    job_cancel_drop(cancel);
    host_close(host);
}

static void test_host__cancel_that_crosses_the_reply_disturbs_nothing(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    struct seen seen = {.cancel = job_cancel_new()};
    const struct host_terms terms = {
        .deadline_ms = 60000, .cancel = seen.cancel, .progress = see, .progress_context = &seen};
    (void)state;
    assert_int_equal(call_rounds(host, 5, &terms), STATUS_OK);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    assert_int_equal(host_generation(host), 1);
    job_cancel_drop(seen.cancel);
    host_close(host);
}

static void test_host__broken_frames_end_the_helper(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    (void)state;
    assert_int_equal(call(host, BABBLE, NULL, NULL), STATUS_MALFORMED);
    assert_int_equal(host_pid(host), 0);
    assert_int_equal(call(host, ECHO, NULL, NULL), STATUS_OK);
    host_close(host);
}

static void test_host__unknown_kind_bad_argument_and_missing_program_are_told_apart(void **state)
{
    static const char *const refuse[] = {"--refuse", NULL};
    struct failure failure = {0};
    struct host *host = open_host("no-such-kind", NULL, NULL);
    (void)state;
    assert_int_equal(call(host, ECHO, NULL, &failure), STATUS_UNSUPPORTED);
    host_close(host);
    host = open_host("stub", refuse, NULL);
    assert_int_equal(call(host, ECHO, NULL, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "refuses to open"));
    host_close(host);
    const struct host_settings settings = {.program = "/nonexistent/certhost", .kind = "stub"};
    assert_int_equal(host_open(&settings, &host), STATUS_OK);
    assert_int_equal(call(host, ECHO, NULL, &failure), STATUS_IO);
    host_close(host);
}

static void test_host__helper_has_no_core_no_foreign_descriptors_and_the_given_environment(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    struct wire request;
    struct wire reply;
    int64_t number = -1;
    char text[16];
    (void)state;
    int stray = open("/dev/null", O_RDONLY); /* without close-on-exec */
    wire_init(&request, HARDENED);
    assert_int_equal(host_call(host, &request, &reply, NULL, NULL), STATUS_OK);
    assert_int_equal(wire_get_integer(&reply, TAG_NUMBER, &number), STATUS_OK);
    assert_int_equal(number, HOST_SOCKET_FD + 1);
    assert_int_equal(wire_get_integer(&reply, TAG_TEXT, &number), STATUS_OK);
    assert_int_equal(number, 0);
    wire_release(&reply);
    request.type = ENVIRONMENT;
    assert_int_equal(host_call(host, &request, &reply, NULL, NULL), STATUS_OK);
    assert_int_equal(wire_get_text(&reply, TAG_TEXT, text, sizeof(text)), STATUS_OK);
    assert_string_equal(text, "given");
    wire_release(&request);
    wire_release(&reply);
    close(stray);
    host_close(host);
}

/* A parent of its own starts a helper, tells its pid and is killed: the helper must go too, even in a hang.
 */
static void test_host__kill_of_the_parent_ends_the_helper(void **state)
{
    int ends[2];
    pid_t helper = 0;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t parent = fork();
    assert_true(parent >= 0);
    if (parent == 0) {
        struct host *host = open_host("stub", NULL, NULL);
        if (call(host, ECHO, NULL, NULL) != STATUS_OK)
            _exit(1);
        helper = host_pid(host);
        (void)!write(ends[1], &helper, sizeof(helper));
        (void)call(host, HANG, NULL, NULL);
        _exit(1);
    }
    assert_int_equal(read(ends[0], &helper, sizeof(helper)), sizeof(helper));
    assert_int_equal(kill(helper, 0), 0);
    assert_int_equal(kill(parent, SIGKILL), 0);
    assert_int_equal(waitpid(parent, NULL, 0), parent);
    /* the helper holds the other end of nothing we can wait for: look until it is gone or only a zombie */
    bool gone = false;
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
}

static void test_host__frames_have_a_ceiling_both_ways(void **state)
{
    static const uint8_t too_long[] = {'C', 'K', 'W', '1', 0, 16, 0, 1, 0xff, 0xff, 0xff, 0xff};
    static const uint8_t overrun[] = {'C', 'K', 'W', '1', 0, 16, 0, 1, 0, 0, 0, 6, 0, 1, 0, 0, 0, 1};
    struct wire message;
    (void)state;
    wire_init(&message, ECHO);
    uint8_t *bytes = calloc(1, LIMIT_FRAME_BYTES);
    assert_non_null(bytes);
    assert_int_equal(wire_put_bytes(&message, TAG_TEXT, bytes, LIMIT_FRAME_BYTES), STATUS_FULL);
    assert_int_equal(message.payload.length, 0);
    free(bytes);
    wire_release(&message);
    assert_int_equal(wire_parse(&message, too_long, sizeof(too_long)), STATUS_FULL);
    assert_int_equal(wire_parse(&message, overrun, sizeof(overrun)), STATUS_MALFORMED);
    assert_int_equal(wire_parse(&message, too_long, 5), STATUS_MALFORMED);
}

static void test_host__megabytes_travel_whole(void **state)
{
    struct host *host = open_host("stub", NULL, NULL);
    const size_t length = 3 * 1000 * 1000;
    struct wire request;
    struct wire reply;
    const uint8_t *back = NULL;
    size_t back_length = 0;
    (void)state;
    uint8_t *bytes = malloc(length);
    assert_non_null(bytes);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)(i * 7);
    wire_init(&request, ECHO);
    assert_int_equal(wire_put_bytes(&request, TAG_TEXT, bytes, length), STATUS_OK);
    assert_int_equal(host_call(host, &request, &reply, NULL, NULL), STATUS_OK);
    assert_int_equal(wire_get_bytes(&reply, TAG_TEXT, 0, &back, &back_length), STATUS_OK);
    assert_int_equal(back_length, length);
    assert_memory_equal(back, bytes, length);
    free(bytes);
    wire_release(&request);
    wire_release(&reply);
    host_close(host);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_host__request_is_answered_by_its_reply),
        cmocka_unit_test(test_host__refusal_carries_detail_and_fields),
        cmocka_unit_test(test_host__hang_ends_at_the_deadline_and_the_next_call_works),
        cmocka_unit_test(test_host__death_is_lost_with_its_reason),
        cmocka_unit_test(test_host__repeated_deaths_are_answered_at_once_until_the_pause_is_over),
        cmocka_unit_test(test_host__progress_comes_in_order_before_the_reply),
        cmocka_unit_test(test_host__silence_ends_a_call_before_its_deadline),
        cmocka_unit_test(test_host__cancel_is_heeded_by_a_service_that_looks),
        cmocka_unit_test(test_host__cancel_is_enforced_on_a_service_that_does_not_look),
        cmocka_unit_test(test_host__cancel_before_the_call_starts_nothing),
        cmocka_unit_test(test_host__cancel_that_crosses_the_reply_disturbs_nothing),
        cmocka_unit_test(test_host__broken_frames_end_the_helper),
        cmocka_unit_test(test_host__unknown_kind_bad_argument_and_missing_program_are_told_apart),
        cmocka_unit_test(test_host__helper_has_no_core_no_foreign_descriptors_and_the_given_environment),
        cmocka_unit_test(test_host__kill_of_the_parent_ends_the_helper),
        cmocka_unit_test(test_host__frames_have_a_ceiling_both_ways),
        cmocka_unit_test(test_host__megabytes_travel_whole),
    };
    if (argc > 1) {
        secret_harden_process(true);
        const struct host_service *service = strcmp(argv[1], stub.kind) == 0 ? &stub : NULL;
        _exit(host_serve(HOST_SOCKET_FD, service, argc - 2, argv + 2) == STATUS_OK ? 0 : 70);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
