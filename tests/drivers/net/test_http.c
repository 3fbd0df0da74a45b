/* The curl transport against a scripted peer on a plain socket, and the fake against its own promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "drivers/net/http_fake.h"
#include "kiosk/base/limits.h"
#include "tests/support/pki_process.h"

/* --- a peer that says what it is told
 * ------------------------------------------------------------------------- */

/* Serves one connection on a thread of its own: reads the request, sends `answer`, keeps quiet, hangs up. */
struct peer {
    int listener;
    uint16_t port;
    pthread_t thread;
    const char *answer;
    size_t answer_bytes;
    int64_t fill_bytes; /* zero bytes sent behind the answer */
    int hold_ms;        /* before hanging up */
    char request[8192];
    size_t request_bytes;
};

static void pause_ms(int ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000L};
    (void)nanosleep(&pause, NULL);
}

/* The end of the headers is enough; bodies here are short and come along. */
static void read_request(struct peer *peer, int fd)
{
    while (peer->request_bytes < sizeof(peer->request) - 1) {
        ssize_t got =
            recv(fd, peer->request + peer->request_bytes, sizeof(peer->request) - 1 - peer->request_bytes, 0);
        if (got <= 0)
            return;
        peer->request_bytes += (size_t)got;
        const char *end = strstr(peer->request, "\r\n\r\n");
        const char *length = strcasestr(peer->request, "content-length:");
        size_t body = length == NULL ? 0 : strtoul(length + 15, NULL, 10);
        if (end != NULL && peer->request_bytes >= (size_t)(end + 4 - peer->request) + body)
            return;
    }
}

static void *serve(void *context)
{
    struct peer *peer = context;
    static const char filling[65536] = {0};
    int fd = accept(peer->listener, NULL, NULL);
    if (fd < 0)
        return NULL;
    read_request(peer, fd);
    bool is_open = send(fd, peer->answer, peer->answer_bytes, MSG_NOSIGNAL) == (ssize_t)peer->answer_bytes;
    for (int64_t left = peer->fill_bytes; is_open && left > 0; left -= (int64_t)sizeof(filling))
        is_open = send(fd, filling, sizeof(filling), MSG_NOSIGNAL) > 0;
    for (int waited = 0; is_open && waited < peer->hold_ms; waited += 20) {
        char byte;
        if (recv(fd, &byte, 1, MSG_DONTWAIT) == 0)
            break; /* the client hung up */
        pause_ms(20);
    }
    (void)close(fd);
    return NULL;
}

static void peer_listen(struct peer *peer)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(peer->listener >= 0);
    assert_int_equal(bind(peer->listener, (const struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(peer->listener, 4), 0);
    assert_int_equal(getsockname(peer->listener, (struct sockaddr *)&address, &length), 0);
    peer->port = ntohs(address.sin_port);
}

static void peer_start(struct peer *peer, const char *answer, int hold_ms)
{
    *peer = (struct peer){.answer = answer, .answer_bytes = strlen(answer), .hold_ms = hold_ms};
    peer_listen(peer);
    assert_int_equal(pthread_create(&peer->thread, NULL, serve, peer), 0);
}

static void peer_stop(struct peer *peer)
{
    (void)shutdown(peer->listener, SHUT_RDWR);
    (void)pthread_join(peer->thread, NULL);
    (void)close(peer->listener);
}

/* --- requests
 * ------------------------------------------------------------------------------------------------- */

static int open_curl(void **state)
{
    struct http *http = NULL;
    const struct http_curl_settings settings = {.connect_timeout_ms = 2000};
    if (http_curl_new(&settings, &http) != STATUS_OK)
        return -1;
    *state = http;
    return 0;
}

static int close_curl(void **state)
{
    http_free(*state);
    return 0;
}

static enum status post(struct http *http, const char *url, int64_t timeout_ms,
                        const struct job_cancel *cancel, struct http_reply *reply)
{
    static const struct http_header headers[] = {{"Content-Type", "text/plain"}, {"X-Test", "yes"}};
    const struct http_request request = {.method = "POST",
                                         .url = url,
                                         .headers = headers,
                                         .header_count = 2,
                                         .body = "a=1&b=2",
                                         .body_length = 7,
                                         .timeout_ms = timeout_ms,
                                         .cancel = cancel};
    http_reply_init(reply);
    return http_request(http, &request, reply, NULL);
}

static enum status post_to(struct http *http, const struct peer *peer, int64_t timeout_ms,
                           struct http_reply *reply)
{
    char url[64];
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/path?x=1", peer->port);
    return post(http, url, timeout_ms, NULL, reply);
}

/* What a peer's answer leads to; the reply must be empty after a failure. */
static enum status outcome_of(struct http *http, const char *answer, int64_t fill_bytes, int hold_ms,
                              int64_t timeout_ms)
{
    struct peer peer;
    struct http_reply reply;
    peer = (struct peer){
        .answer = answer, .answer_bytes = strlen(answer), .hold_ms = hold_ms, .fill_bytes = fill_bytes};
    peer_listen(&peer);
    assert_int_equal(pthread_create(&peer.thread, NULL, serve, &peer), 0);
    enum status status = post_to(http, &peer, timeout_ms, &reply);
    if (status != STATUS_OK) {
        assert_int_equal(reply.code, 0);
        assert_int_equal(reply.body.length, 0);
    }
    http_reply_release(&reply);
    peer_stop(&peer);
    return status;
}

static void test_http__whole_reply_is_handed_out(void **state)
{
    struct peer peer;
    struct http_reply reply;
    char value[32];
    peer_start(&peer, "HTTP/1.1 418 Teapot\r\nX-One:  two words \r\nContent-Length: 5\r\n\r\nhello", 0);
    assert_int_equal(post_to(*state, &peer, 10000, &reply), STATUS_OK);
    peer_stop(&peer);
    assert_int_equal(reply.code, 418);
    assert_string_equal((const char *)reply.body.data, "hello");
    assert_int_equal(http_reply_header(&reply, "x-one", value, sizeof(value)), STATUS_OK);
    assert_string_equal(value, "two words");
    assert_int_equal(http_reply_header(&reply, "x-on", value, sizeof(value)), STATUS_NOT_FOUND);
    assert_int_equal(http_reply_header(&reply, "x-one", value, 4), STATUS_FULL);
    http_reply_release(&reply);
}

static void test_http__request_goes_out_as_given(void **state)
{
    struct peer peer;
    struct http_reply reply;
    peer_start(&peer, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 0);
    assert_int_equal(post_to(*state, &peer, 10000, &reply), STATUS_OK);
    peer_stop(&peer);
    assert_memory_equal(peer.request, "POST /path?x=1 HTTP/1.1\r\n", 25);
    assert_non_null(strstr(peer.request, "\r\nX-Test: yes\r\n"));
    assert_non_null(strstr(peer.request, "\r\n\r\na=1&b=2"));
    assert_null(strstr(peer.request, "Expect:"));
    http_reply_release(&reply);
}

static void test_http__continue_line_is_not_the_reply(void **state)
{
    struct peer peer;
    struct http_reply reply;
    char value[8];
    peer_start(
        &peer,
        "HTTP/1.1 100 Continue\r\nX-One: early\r\n\r\nHTTP/1.1 200 OK\r\nX-Two: late\r\nContent-Length: "
        "0\r\n\r\n",
        0);
    assert_int_equal(post_to(*state, &peer, 10000, &reply), STATUS_OK);
    peer_stop(&peer);
    assert_int_equal(reply.code, 200);
    assert_int_equal(http_reply_header(&reply, "X-One", value, sizeof(value)), STATUS_NOT_FOUND);
    assert_int_equal(http_reply_header(&reply, "X-Two", value, sizeof(value)), STATUS_OK);
    http_reply_release(&reply);
}

static void test_http__redirect_is_not_followed(void **state)
{
    struct peer peer;
    struct http_reply reply;
    peer_start(&peer, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 0);
    assert_int_equal(post_to(*state, &peer, 10000, &reply), STATUS_OK);
    peer_stop(&peer);
    assert_int_equal(reply.code, 302);
    http_reply_release(&reply);
}

static void test_http__environment_s_proxy_is_ignored(void **state)
{
    struct peer peer;
    struct http_reply reply;
    assert_int_equal(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
    peer_start(&peer, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 0);
    assert_int_equal(post_to(*state, &peer, 10000, &reply), STATUS_OK);
    peer_stop(&peer);
    assert_int_equal(unsetenv("http_proxy"), 0);
    http_reply_release(&reply);
}

static void test_http__refused_connection_sent_nothing(void **state)
{
    struct peer peer = {0};
    struct http_reply reply;
    peer_listen(&peer);
    (void)close(peer.listener);
    assert_int_equal(post_to(*state, &peer, 5000, &reply), STATUS_LOST);
    http_reply_release(&reply);
}

static void test_http__silence_times_out(void **state)
{
    assert_int_equal(outcome_of(*state, "", 0, 5000, 300), STATUS_TIMED_OUT);
    assert_int_equal(outcome_of(*state, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", 0, 5000, 300),
                     STATUS_TIMED_OUT);
}

static void test_http__broken_replies_are_unknown(void **state)
{
    assert_int_equal(outcome_of(*state, "", 0, 0, 5000), STATUS_UNKNOWN);
    assert_int_equal(outcome_of(*state, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", 0, 0, 5000),
                     STATUS_UNKNOWN);
    assert_int_equal(outcome_of(*state, "SSH-2.0-teapot\r\n", 0, 0, 5000), STATUS_UNKNOWN);
    assert_int_equal(
        outcome_of(*state, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", 0, 0, 5000),
        STATUS_UNKNOWN);
}

static void test_http__ceilings_of_replies_hold(void **state)
{
    assert_int_equal(outcome_of(*state, "HTTP/1.1 200 OK\r\n\r\n", LIMIT_HTTP_REPLY_BYTES + 200000, 0, 20000),
                     STATUS_FULL);
    char *headers = malloc(LIMIT_HTTP_HEADER_BYTES + 4096);
    assert_non_null(headers);
    size_t used = (size_t)sprintf(headers, "HTTP/1.1 200 OK\r\n");
    while (used < LIMIT_HTTP_HEADER_BYTES + 2000)
        used += (size_t)sprintf(headers + used, "X-Long: %01000d\r\n", 7);
    assert_int_equal(outcome_of(*state, headers, 0, 0, 20000), STATUS_FULL);
    free(headers);
}

static void test_http__bad_addresses_are_configuration(void **state)
{
    static const char *const urls[] = {"", "nonsense://x", "file:///etc/passwd", "http://"};
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        struct http_reply reply;
        assert_int_equal(post(*state, urls[i], 5000, NULL, &reply), STATUS_CONFIG);
        http_reply_release(&reply);
    }
}

/* --- cancelling
 * ----------------------------------------------------------------------------------------------- */

static void *cancel_soon(void *context)
{
    pause_ms(200);
    job_cancel_request(context);
    return NULL;
}

static void test_http__cancel_ends_the_wait_as_unknown(void **state)
{
    struct peer peer;
    struct http_reply reply;
    char url[64];
    pthread_t thread;
    struct job_cancel *cancel = job_cancel_new();
    peer_start(&peer, "", 20000);
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/", peer.port);
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, cancel), 0);
    time_t before = time(NULL);
    assert_int_equal(post(*state, url, 20000, cancel, &reply), STATUS_UNKNOWN);
    assert_true(time(NULL) - before < 10);
    (void)pthread_join(thread, NULL);
    peer_stop(&peer);
    assert_int_equal(post(*state, url, 20000, cancel, &reply), STATUS_CANCELLED);
    http_reply_release(&reply);
    job_cancel_drop(cancel);
}

/* --- TLS
 * ------------------------------------------------------------------------------------------------------ */

/* Starts "openssl s_server -www" on a port of its own and hands out that port from its ACCEPT line. */
static pid_t start_tls(const char *dir, uint16_t *port)
{
    char key[96];
    char certificate[96];
    char line[256] = "";
    int ends[2];
    (void)snprintf(key, sizeof(key), "%s/key.pem", dir);
    (void)snprintf(certificate, sizeof(certificate), "%s/cert.pem", dir);
    const char *const make[] = {"openssl",   "req",   "-x509",   "-newkey", "rsa:2048",
                                "-nodes",    "-subj", "/CN=x",   "-addext", "subjectAltName=IP:127.0.0.1",
                                "-days",     "2",     "-keyout", key,       "-out",
                                certificate, NULL};
    struct buf output;
    assert_int_equal(pki_process_run(make, &output), 0);
    buf_release(&output);
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)dup2(ends[1], STDOUT_FILENO);
        (void)close(STDERR_FILENO);
        (void)execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-key", key, "-cert",
                     certificate, "-www", (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    FILE *stream = fdopen(ends[0], "r");
    assert_non_null(stream);
    while (fgets(line, sizeof(line), stream) != NULL && strncmp(line, "ACCEPT ", 7) != 0)
        ;
    (void)fclose(stream);
    const char *colon = strrchr(line, ':');
    assert_non_null(colon);
    *port = (uint16_t)strtoul(colon + 1, NULL, 10);
    return pid;
}

static enum status get_tls(const char *ca_file, uint16_t port, int *code)
{
    char url[64];
    struct http *http = NULL;
    struct http_reply reply;
    const struct http_curl_settings settings = {.ca_file = ca_file};
    (void)snprintf(url, sizeof(url), "https://127.0.0.1:%u/", port);
    const struct http_request request = {.method = "GET", .url = url, .timeout_ms = 10000};
    assert_int_equal(http_curl_new(&settings, &http), STATUS_OK);
    http_reply_init(&reply);
    enum status status = http_request(http, &request, &reply, NULL);
    *code = reply.code;
    http_reply_release(&reply);
    http_free(http);
    return status;
}

static void test_http__untrusted_certificate_gets_nothing(void **state)
{
    (void)state;
    char dir[64];
    char ca_file[96];
    uint16_t port = 0;
    int code = 0;
    pki_process_make_dir(dir);
    pid_t pid = start_tls(dir, &port);
    (void)snprintf(ca_file, sizeof(ca_file), "%s/cert.pem", dir);
    assert_int_equal(get_tls(NULL, port, &code), STATUS_CONFIG);
    assert_int_equal(get_tls(ca_file, port, &code), STATUS_OK);
    assert_int_equal(code, 200);
    assert_int_equal(get_tls("/nonexistent.pem", port, &code), STATUS_CONFIG);
    (void)kill(pid, SIGTERM);
    (void)waitpid(pid, NULL, 0);
    pki_process_remove_dir(dir);
}

static void test_http__plain_peer_behind_https_gets_nothing(void **state)
{
    struct peer peer;
    struct http_reply reply;
    char url[64];
    peer_start(&peer, "HTTP/1.1 400 Bad\r\n\r\n\r\n\r\n", 0);
    /* the handshake itself ends the peer's reading */
    (void)snprintf(url, sizeof(url), "https://127.0.0.1:%u/", peer.port);
    assert_int_equal(post(*state, url, 500, NULL, &reply), STATUS_LOST);
    assert_null(strstr(peer.request, "a=1"));
    http_reply_release(&reply);
    peer_stop(&peer);
}

/* --- the fake
 * ------------------------------------------------------------------------------------------------- */

static enum status echo(void *context, const struct http_request *request, struct http_reply *reply,
                        struct failure *failure)
{
    (void)failure;
    ++*(int *)context;
    reply->code = 201;
    return buf_append(&reply->body, request->body, request->body_length);
}

static void test_http_fake__answers_in_order_then_is_lost(void **state)
{
    (void)state;
    struct http *http = NULL;
    struct http_fake *fake = NULL;
    struct http_reply reply;
    int handled = 0;
    assert_int_equal(http_fake_new(&http, &fake), STATUS_OK);
    assert_int_equal(http_fake_push(fake, STATUS_OK, 200, "one", 3), STATUS_OK);
    assert_int_equal(http_fake_push(fake, STATUS_TIMED_OUT, 0, NULL, 0), STATUS_OK);
    assert_int_equal(post(http, "http://x/1", 100, NULL, &reply), STATUS_OK);
    assert_string_equal((const char *)reply.body.data, "one");
    http_reply_release(&reply);
    assert_int_equal(post(http, "http://x/2", 100, NULL, &reply), STATUS_TIMED_OUT);
    assert_int_equal(post(http, "http://x/3", 100, NULL, &reply), STATUS_LOST);
    assert_string_equal(http_fake_last_url(fake), "http://x/3");
    assert_string_equal((const char *)http_fake_last_body(fake)->data, "a=1&b=2");
    http_fake_handle(fake, echo, &handled);
    assert_int_equal(post(http, "http://x/4", 100, NULL, &reply), STATUS_OK);
    assert_int_equal(reply.code, 201);
    assert_int_equal(handled, 1);
    assert_int_equal(http_fake_count(fake), 4);
    http_reply_release(&reply);
    http_free(http);
    http_free(NULL);
}

static void test_http_fake__queue_has_an_end(void **state)
{
    (void)state;
    struct http *http = NULL;
    struct http_fake *fake = NULL;
    assert_int_equal(http_fake_new(&http, &fake), STATUS_OK);
    for (int i = 0; i < 64; i++)
        assert_int_equal(http_fake_push(fake, STATUS_OK, 200, "x", 1), STATUS_OK);
    assert_int_equal(http_fake_push(fake, STATUS_OK, 200, "x", 1), STATUS_FULL);
    http_free(http);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, open_curl, close_curl)

int main(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        CASE(test_http__whole_reply_is_handed_out),
        CASE(test_http__request_goes_out_as_given),
        CASE(test_http__continue_line_is_not_the_reply),
        CASE(test_http__redirect_is_not_followed),
        CASE(test_http__environment_s_proxy_is_ignored),
        CASE(test_http__refused_connection_sent_nothing),
        CASE(test_http__silence_times_out),
        CASE(test_http__broken_replies_are_unknown),
        CASE(test_http__ceilings_of_replies_hold),
        CASE(test_http__bad_addresses_are_configuration),
        CASE(test_http__cancel_ends_the_wait_as_unknown),
        cmocka_unit_test(test_http__untrusted_certificate_gets_nothing),
        CASE(test_http__plain_peer_behind_https_gets_nothing),
        cmocka_unit_test(test_http_fake__answers_in_order_then_is_lost),
        cmocka_unit_test(test_http_fake__queue_has_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
