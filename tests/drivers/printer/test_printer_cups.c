/* The IPP driver against servers that no printer should be: silent, garbled, endless, gone in the middle. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "drivers/printer/printer_cups_reply.h"
#include "kiosk/base/limits.h"

enum { MESSAGE_BYTES = 4096, REQUEST_BYTES = 256 * 1024 };

/* ---- IPP by hand (RFC 8010) ------------------------------------------------------------------------------
 */

struct message {
    uint8_t bytes[MESSAGE_BYTES];
    size_t length;
};

static void put(struct message *message, const void *bytes, size_t length)
{
    assert_true(message->length + length <= sizeof message->bytes);
    memcpy(message->bytes + message->length, bytes, length);
    message->length += length;
}

static void put_byte(struct message *message, int byte)
{
    uint8_t value = (uint8_t)byte;
    put(message, &value, 1);
}

static void put_value(struct message *message, int tag, const char *name, const void *value, size_t length)
{
    put_byte(message, tag);
    put_byte(message, 0);
    put_byte(message, (int)strlen(name));
    put(message, name, strlen(name));
    put_byte(message, 0);
    put_byte(message, (int)length);
    put(message, value, length);
}

static void put_word(struct message *message, int tag, const char *name, const char *value)
{
    put_value(message, tag, name, value, strlen(value));
}

static void put_number(struct message *message, int tag, const char *name, uint32_t number)
{
    uint32_t value = htonl(number);
    put_value(message, tag, name, &value, sizeof value);
}

static struct message begin(int status)
{
    struct message message = {0};
    uint8_t head[] = {2, 0, (uint8_t)(status >> 8), (uint8_t)status, 0, 0, 0, 1, 0x01};
    put(&message, head, sizeof head);
    put_word(&message, 0x47, "attributes-charset", "utf-8");
    put_word(&message, 0x48, "attributes-natural-language", "en");
    return message;
}

static struct message printer_message(uint32_t state, const char *first, const char *second)
{
    struct message message = begin(0);
    put_byte(&message, 0x04);
    put_number(&message, 0x23, "printer-state", state);
    put_word(&message, 0x44, "printer-state-reasons", first);
    if (second != NULL)
        put_word(&message, 0x44, "", second);
    put_word(&message, 0x41, "printer-make-and-model", "Office Laser 3000");
    put_byte(&message, 0x03);
    return message;
}

static void put_job(struct message *message, uint32_t number, uint32_t state, const char *name,
                    const char *reason)
{
    put_byte(message, 0x02);
    put_number(message, 0x21, "job-id", number);
    put_number(message, 0x23, "job-state", state);
    put_word(message, 0x44, "job-state-reasons", reason);
    put_word(message, 0x42, "job-name", name);
}

static struct message job_message(uint32_t number, uint32_t state)
{
    struct message message = begin(0);
    put_job(&message, number, state, "job-x", "none");
    put_byte(&message, 0x03);
    return message;
}

static enum device_state state_of(uint32_t state, const char *first, const char *second)
{
    struct message message = printer_message(state, first, second);
    struct printer_cups_reply reply;
    assert_int_equal(printer_cups_reply_parse(message.bytes, message.length, &reply), STATUS_OK);
    assert_true(reply.has_state);
    assert_string_equal(reply.report.model, "Office Laser 3000");
    return reply.report.state;
}

static void test_printer_cups__reasons_are_matched_by_prefix_and_the_worst_counts(void **state)
{
    (void)state;
    assert_int_equal(state_of(3, "none", NULL), DEVICE_READY);
    assert_int_equal(state_of(4, "none", NULL), DEVICE_WORKING);
    assert_int_equal(state_of(3, "media-empty", NULL), DEVICE_PAPER_OUT);
    assert_int_equal(state_of(4, "media-empty-warning", "media-needed-warning"), DEVICE_PAPER_OUT);
    assert_int_equal(state_of(5, "media-jam-error", "media-empty-error"), DEVICE_JAMMED);
    assert_int_equal(state_of(5, "toner-low-warning", "cover-open-error"), DEVICE_COVER_OPEN);
    assert_int_equal(state_of(3, "toner-low-report", NULL), DEVICE_SUPPLY_LOW);
    assert_int_equal(state_of(4, "toner-low-report", NULL), DEVICE_WORKING);
    assert_int_equal(state_of(3, "offline-report", NULL), DEVICE_OFFLINE);
    assert_int_equal(state_of(5, "none", NULL), DEVICE_FAULTY);
    assert_int_equal(state_of(3, "com.example.wobbly", NULL), DEVICE_READY);
}

static struct printer_report levels_of(const char *tray, const char *supply, const char *second)
{
    struct message message = begin(0);
    struct printer_cups_reply reply;
    put_byte(&message, 0x04);
    put_number(&message, 0x23, "printer-state", 3);
    put_value(&message, 0x30, "printer-input-tray", tray, strlen(tray));
    put_value(&message, 0x30, "printer-supply", supply, strlen(supply));
    put_value(&message, 0x30, "", second, strlen(second));
    put_byte(&message, 0x03);
    assert_int_equal(printer_cups_reply_parse(message.bytes, message.length, &reply), STATUS_OK);
    return reply.report;
}

static void test_printer_cups__paper_and_the_lowest_toner_are_told_in_percent(void **state)
{
    (void)state;
    const char *waste = "index=1;class=receptacleThatIsFilled;type=wasteToner;maxcapacity=100;level=3;";
    const char *black = "index=2;class=supplyThatIsConsumed;type=toner;maxcapacity=200;level=90;";
    struct printer_report report =
        levels_of("type=sheetFeedAutoRemovableTray;maxcapacity=250;level=50;status=0;", waste, black);
    assert_int_equal(20, report.paper_percent);
    assert_int_equal(45, report.marker_percent);
    report =
        levels_of("maxcapacity=250;level=-2;", waste, "class=supplyThatIsConsumed;maxcapacity=-2;level=7;");
    assert_int_equal(0, report.paper_percent);
    assert_int_equal(0, report.marker_percent);
    report = levels_of("maxcapacity=250;level=99999999999999999999;", "level=", "maxcapacity=0;level=0");
    assert_int_equal(0, report.paper_percent + report.marker_percent);
}

static void test_printer_cups__reasons_are_kept_for_the_log(void **state)
{
    (void)state;
    struct message message = printer_message(3, "toner-low-warning", "media-empty-report");
    struct printer_cups_reply reply;
    assert_int_equal(printer_cups_reply_parse(message.bytes, message.length, &reply), STATUS_OK);
    assert_string_equal(reply.report.reasons, "toner-low-warning,media-empty-report");
    assert_true(reply.report.supply_low);
    assert_false(reply.report.can_print);
}

static void test_printer_cups__jobs_are_told_apart(void **state)
{
    (void)state;
    struct message message = begin(0);
    put_job(&message, 4, 9, "job-a", "job-completed-successfully");
    put_job(&message, 7, 4, "job-b", "job-data-insufficient");
    put_byte(&message, 0x03);
    struct printer_cups_reply reply;
    assert_int_equal(printer_cups_reply_parse(message.bytes, message.length, &reply), STATUS_OK);
    assert_int_equal(reply.job_count, 2);
    assert_string_equal(reply.jobs[0].name, "job-a");
    assert_int_equal(reply.jobs[0].job.state, PRINTER_JOB_DONE);
    assert_int_equal(reply.jobs[0].job.reference, 4);
    assert_false(reply.jobs[0].lacks_document);
    assert_int_equal(reply.jobs[1].job.state, PRINTER_JOB_PENDING);
    assert_true(reply.jobs[1].lacks_document);
}

static void test_printer_cups__a_cut_reply_is_malformed(void **state)
{
    (void)state;
    struct message message = job_message(4, 9);
    struct printer_cups_reply reply;
    for (size_t length = 0; length < message.length; length++)
        assert_int_equal(printer_cups_reply_parse(message.bytes, length, &reply), STATUS_MALFORMED);
    assert_int_equal(printer_cups_reply_parse(message.bytes, message.length, &reply), STATUS_OK);
}

/* ---- a server that misbehaves
 * ------------------------------------------------------------------------------ */

enum conduct {
    SILENT,
    CLOSES,
    GARBAGE,
    NOT_IPP,
    ENDLESS_BODY,
    ENDLESS_HEADER,
    DRIPS,
    STALLS, /* in the middle of the body */
    BODY_DRIPS,
    DEAF, /* does not even read the request */
    ERROR_500,
    BUSY_503,
    REPLIES
};

/* What the server does with its n-th connection; the last entry is repeated. */
struct play {
    enum conduct conduct;
    struct message message; /* for REPLIES */
};

struct server {
    pid_t pid;
    int port;
    int requests[2]; /* pipe: one byte for each request that reached the end: its IPP operation */
};

static void write_text(int fd, const char *text)
{
    (void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static void write_forever(int fd, const char *text, int pause_ms)
{
    while (send(fd, text, strlen(text), MSG_NOSIGNAL) > 0)
        (void)poll(NULL, 0, pause_ms);
}

static void reply_with(int fd, const struct message *message)
{
    char head[128];
    (void)snprintf(head, sizeof head,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %zu\r\n\r\n",
                   message->length);
    write_text(fd, head);
    (void)!send(fd, message->bytes, message->length, MSG_NOSIGNAL);
}

static void behave(int fd, const struct play *play)
{
    switch (play->conduct) {
    case SILENT:
        (void)poll(NULL, 0, 30000);
        break;
    case CLOSES:
        break;
    case GARBAGE:
        write_text(fd, "\x01\x02 this is not HTTP \xff\xfe\r\n\r\n");
        break;
    case NOT_IPP:
        write_text(fd, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<p>hi</p>");
        break;
    case ENDLESS_BODY:
        write_text(fd,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nTransfer-Encoding: chunked\r\n\r\n");
        write_forever(fd, "40\r\n0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n", 0);
        break;
    case ENDLESS_HEADER:
        write_text(fd, "HTTP/1.1 200 OK\r\n");
        write_forever(fd, "X-Filler: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n",
                      0);
        break;
    case DRIPS:
        write_forever(fd, "x", 20);
        break;
    case STALLS:
        write_text(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n1234");
        (void)poll(NULL, 0, 30000);
        break;
    case BODY_DRIPS:
        write_text(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        write_forever(fd, "x", 20);
        break;
    case DEAF:
        break;
    case ERROR_500:
        write_text(fd, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
        break;
    case BUSY_503:
        write_text(fd, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        break;
    case REPLIES:
        reply_with(fd, &play->message);
        break;
    }
}

/* Reads one request to its end. Returns: its IPP operation, -1 when it broke off. */
static int read_request(int fd, char *bytes)
{
    size_t length = 0;
    for (;;) {
        ssize_t got = recv(fd, bytes + length, REQUEST_BYTES - 1 - length, 0);
        if (got <= 0)
            return -1;
        length += (size_t)got;
        bytes[length] = 0;
        const char *end = memmem(bytes, length, "\r\n\r\n", 4);
        const char *field = strcasestr(bytes, "Content-Length:");
        if (end == NULL || field == NULL)
            continue;
        size_t body = length - (size_t)(end + 4 - bytes);
        if (body >= strtoul(field + 15, NULL, 10))
            return end[7];
    }
}

static void serve(int listener, int told, const struct play *plays, int count)
{
    char *bytes = malloc(REQUEST_BYTES);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int i = 0;; i++) {
        int fd = accept(listener, NULL, NULL);
        if (plays[i < count ? i : count - 1].conduct == DEAF)
            (void)poll(NULL, 0, 30000);
        int operation = read_request(fd, bytes);
        uint8_t byte = (uint8_t)operation;
        if (operation >= 0)
            (void)!write(told, &byte, 1);
        behave(fd, &plays[i < count ? i : count - 1]);
        (void)shutdown(fd, SHUT_WR);
        (void)close(fd);
    }
}

static struct server start(const struct play *plays, int count)
{
    struct server server = {0};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    assert_int_equal(listen(listener, 8), 0);
    assert_int_equal(pipe2(server.requests, O_CLOEXEC | O_NONBLOCK), 0);
    server.port = ntohs(address.sin_port);
    server.pid = fork();
    assert_true(server.pid >= 0);
    if (server.pid == 0)
        serve(listener, server.requests[1], plays, count);
    (void)close(listener);
    return server;
}

static void stop(struct server *server)
{
    (void)kill(server->pid, SIGKILL);
    (void)waitpid(server->pid, NULL, 0);
    (void)close(server->requests[0]);
    (void)close(server->requests[1]);
}

/* The IPP operations that reached the server, in order. */
static int operations(const struct server *server, uint8_t *out, int most)
{
    ssize_t got = read(server->requests[0], out, (size_t)most);
    return got < 0 ? 0 : (int)got;
}

static struct printer *open_printer(const struct server *server)
{
    struct printer *printer = NULL;
    char uri[64];
    (void)snprintf(uri, sizeof uri, "ipp://127.0.0.1:%d/ipp/print", server->port);
    struct printer_settings settings = {.driver = "cups", .uri = uri, .clock = clock_system()};
    assert_int_equal(printer_open(&settings, &printer, NULL), STATUS_OK);
    return printer;
}

static const uint8_t page[] = "%PDF-1.5\n%%EOF\n";
static const struct printer_request request = {
    .job_id = "job-x", .title = "t", .pdf = page, .length = sizeof page - 1, .copies = 1};

static void assert_job_ends(enum conduct conduct, enum status wanted, int deadline_ms)
{
    struct play play = {.conduct = conduct};
    struct server server = start(&play, 1);
    struct printer *printer = open_printer(&server);
    struct printer_job job = {.sheets_done = 9};
    int64_t start_ms = clock_monotonic_ms(clock_system());
    enum status status =
        printer_job(printer, 1, &(struct printer_limits){.deadline_ms = deadline_ms}, &job, NULL);
    int64_t took_ms = clock_monotonic_ms(clock_system()) - start_ms;
    if (status != wanted)
        fail_msg("conduct %d: %s, not %s", (int)conduct, status_name(status), status_name(wanted));
    assert_true(took_ms < deadline_ms + 1500); /* half a second promised, one for a busy machine */
    assert_int_equal(job.sheets_done, 9);
    printer_close(printer);
    stop(&server);
}

static void test_printer_cups__nonsense_is_a_status_within_the_deadline(void **state)
{
    (void)state;
    assert_job_ends(CLOSES, STATUS_LOST, 3000);
    assert_job_ends(NOT_IPP, STATUS_MALFORMED, 3000);
    assert_job_ends(ENDLESS_BODY, STATUS_MALFORMED, 10000);
    assert_job_ends(ENDLESS_HEADER, STATUS_MALFORMED, 3000);
    assert_job_ends(ERROR_500, STATUS_REFUSED, 3000);
    assert_job_ends(BUSY_503, STATUS_BUSY, 3000);
    assert_job_ends(SILENT, STATUS_TIMED_OUT, 500);
    assert_job_ends(DRIPS, STATUS_TIMED_OUT, 500);
    assert_job_ends(STALLS, STATUS_TIMED_OUT, 500);
    assert_job_ends(BODY_DRIPS, STATUS_TIMED_OUT, 500);
    assert_job_ends(GARBAGE, STATUS_LOST, 3000);
}

static void test_printer_cups__a_report_says_faulty_or_offline_instead_of_failing(void **state)
{
    (void)state;
    static const struct {
        enum conduct conduct;
        enum status status;
        enum device_state state;
    } cases[] = {{CLOSES, STATUS_OK, DEVICE_OFFLINE},
                 {NOT_IPP, STATUS_MALFORMED, DEVICE_FAULTY},
                 {ERROR_500, STATUS_OK, DEVICE_FAULTY},
                 {SILENT, STATUS_OK, DEVICE_OFFLINE}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct play play = {.conduct = cases[i].conduct};
        struct server server = start(&play, 1);
        struct printer *printer = open_printer(&server);
        struct printer_report report = {0};
        assert_int_equal(printer_report(printer, &(struct printer_limits){.deadline_ms = 600}, &report, NULL),
                         cases[i].status);
        assert_int_equal(report.state, cases[i].state);
        assert_false(report.can_print);
        printer_close(printer);
        stop(&server);
    }
}

static enum status print_with(const struct play *plays, int count, uint8_t *asked, int *asked_count)
{
    struct server server = start(plays, count);
    struct printer *printer = open_printer(&server);
    long reference = 0;
    enum status status =
        printer_print(printer, &request, &(struct printer_limits){.deadline_ms = 1500}, &reference, NULL);
    assert_int_equal(reference, status == STATUS_OK ? 12 : 0);
    (void)poll(NULL, 0, 50);
    *asked_count = operations(&server, asked, 8);
    printer_close(printer);
    stop(&server);
    return status;
}

enum { CREATE_JOB = 0x05, SEND_DOCUMENT = 0x06, CANCEL_JOB = 0x08, GET_JOBS = 0x0A };

static void test_printer_cups__a_lost_answer_to_the_page_is_unknown(void **state)
{
    (void)state;
    struct play plays[] = {{.conduct = REPLIES, .message = job_message(12, 4)}, {.conduct = CLOSES}};
    uint8_t asked[8];
    int count = 0;
    assert_int_equal(print_with(plays, 2, asked, &count), STATUS_UNKNOWN);
    assert_int_equal(count, 2);
    assert_int_equal(asked[0], CREATE_JOB);
    assert_int_equal(asked[1], SEND_DOCUMENT);
    plays[1].conduct = SILENT;
    assert_int_equal(print_with(plays, 2, asked, &count), STATUS_UNKNOWN);
    plays[1].conduct = NOT_IPP;
    assert_int_equal(print_with(plays, 2, asked, &count), STATUS_UNKNOWN);
}

static void test_printer_cups__a_printer_that_stops_reading_is_unknown_at_the_deadline(void **state)
{
    (void)state;
    struct play plays[] = {{.conduct = REPLIES, .message = job_message(12, 4)}, {.conduct = DEAF}};
    struct server server = start(plays, 2);
    struct printer *printer = open_printer(&server);
    uint8_t *large = calloc(1, LIMIT_PDF_BYTES);
    struct printer_request wanted = request;
    long reference = 0;
    assert_non_null(large);
    wanted.pdf = large;
    wanted.length = LIMIT_PDF_BYTES;
    int64_t start_ms = clock_monotonic_ms(clock_system());
    assert_int_equal(
        printer_print(printer, &wanted, &(struct printer_limits){.deadline_ms = 800}, &reference, NULL),
        STATUS_UNKNOWN);
    assert_true(clock_monotonic_ms(clock_system()) - start_ms < 800 + 1500);
    free(large);
    printer_close(printer);
    stop(&server);
}

static void test_printer_cups__a_lost_answer_to_the_opening_sends_no_page(void **state)
{
    (void)state;
    struct play play = {.conduct = CLOSES};
    uint8_t asked[8];
    int count = 0;
    assert_int_equal(print_with(&play, 1, asked, &count), STATUS_LOST);
    assert_int_equal(count, 1);
    assert_int_equal(asked[0], CREATE_JOB);
}

static void test_printer_cups__a_refused_page_takes_the_open_job_back(void **state)
{
    (void)state;
    struct message refusal = begin(0x040A); /* client-error-document-format-not-supported */
    put_byte(&refusal, 0x03);
    struct message fine = begin(0);
    put_byte(&fine, 0x03);
    struct play plays[] = {{.conduct = REPLIES, .message = job_message(12, 4)},
                           {.conduct = REPLIES, .message = refusal},
                           {.conduct = REPLIES, .message = fine}};
    uint8_t asked[8];
    int count = 0;
    assert_int_equal(print_with(plays, 3, asked, &count), STATUS_UNSUPPORTED);
    assert_int_equal(count, 3);
    assert_int_equal(asked[2], CANCEL_JOB);
}

static void test_printer_cups__a_page_taken_gives_the_printers_number(void **state)
{
    (void)state;
    struct play play = {.conduct = REPLIES, .message = job_message(12, 4)};
    uint8_t asked[8];
    int count = 0;
    assert_int_equal(print_with(&play, 1, asked, &count), STATUS_OK);
    assert_int_equal(count, 2);
}

static void test_printer_cups__a_job_that_never_got_its_page_is_cancelled_and_not_found(void **state)
{
    (void)state;
    struct message jobs = begin(0);
    put_job(&jobs, 12, 4, "job-x", "job-data-insufficient");
    put_byte(&jobs, 0x03);
    struct message fine = begin(0);
    put_byte(&fine, 0x03);
    struct play plays[] = {{.conduct = REPLIES, .message = jobs}, {.conduct = REPLIES, .message = fine}};
    struct server server = start(plays, 2);
    struct printer *printer = open_printer(&server);
    struct printer_job job = {0};
    uint8_t asked[8];
    assert_int_equal(
        printer_find(printer, "job-x", &(struct printer_limits){.deadline_ms = 2000}, &job, NULL),
        STATUS_NOT_FOUND);
    (void)poll(NULL, 0, 50);
    assert_int_equal(operations(&server, asked, 8), 2);
    assert_int_equal(asked[0], GET_JOBS);
    assert_int_equal(asked[1], CANCEL_JOB);
    printer_close(printer);
    stop(&server);
}

/* A clock that presses the cancel button when its time has come: no second thread is needed. */
struct button {
    struct job_cancel *cancel;
    int64_t press_at_ms;
};

static int64_t pressing_monotonic_ms(void *context)
{
    struct button *button = context;
    int64_t now_ms = clock_monotonic_ms(clock_system());
    if (now_ms >= button->press_at_ms)
        job_cancel_request(button->cancel);
    return now_ms;
}

static void test_printer_cups__a_silent_printer_is_left_when_the_work_is_cancelled(void **state)
{
    (void)state;
    struct play plays[] = {
        {.conduct = SILENT}, {.conduct = REPLIES, .message = job_message(12, 4)}, {.conduct = SILENT}};
    struct server server = start(plays, 3);
    int64_t start_ms = clock_monotonic_ms(clock_system());
    struct button button = {.cancel = job_cancel_new(), .press_at_ms = start_ms + 300};
    struct clock clock = {.monotonic_ms = pressing_monotonic_ms, .context = &button};
    struct printer_limits limits = {.deadline_ms = 10000, .cancel = button.cancel};
    struct printer *printer = NULL;
    struct printer_job job = {0};
    char uri[64];
    (void)snprintf(uri, sizeof uri, "ipp://127.0.0.1:%d/ipp/print", server.port);
    struct printer_settings settings = {.driver = "cups", .uri = uri, .clock = &clock};
    assert_int_equal(printer_open(&settings, &printer, NULL), STATUS_OK);
    assert_int_equal(printer_job(printer, 1, &limits, &job, NULL), STATUS_CANCELLED);
    assert_true(clock_monotonic_ms(clock_system()) - start_ms < 300 + 1500);
    job_cancel_drop(button.cancel);
    stop(&server);

    /* Cancelled while the page was on its way: it may come out. */
    server = start(plays + 1, 2);
    button =
        (struct button){.cancel = job_cancel_new(), .press_at_ms = clock_monotonic_ms(clock_system()) + 300};
    limits.cancel = button.cancel;
    (void)snprintf(uri, sizeof uri, "ipp://127.0.0.1:%d/ipp/print", server.port);
    printer_close(printer);
    assert_int_equal(printer_open(&settings, &printer, NULL), STATUS_OK);
    long reference = 0;
    assert_int_equal(printer_print(printer, &request, &limits, &reference, NULL), STATUS_UNKNOWN);
    job_cancel_drop(button.cancel);
    printer_close(printer);
    stop(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printer_cups__reasons_are_matched_by_prefix_and_the_worst_counts),
        cmocka_unit_test(test_printer_cups__paper_and_the_lowest_toner_are_told_in_percent),
        cmocka_unit_test(test_printer_cups__reasons_are_kept_for_the_log),
        cmocka_unit_test(test_printer_cups__jobs_are_told_apart),
        cmocka_unit_test(test_printer_cups__a_cut_reply_is_malformed),
        cmocka_unit_test(test_printer_cups__nonsense_is_a_status_within_the_deadline),
        cmocka_unit_test(test_printer_cups__a_report_says_faulty_or_offline_instead_of_failing),
        cmocka_unit_test(test_printer_cups__a_lost_answer_to_the_page_is_unknown),
        cmocka_unit_test(test_printer_cups__a_printer_that_stops_reading_is_unknown_at_the_deadline),
        cmocka_unit_test(test_printer_cups__a_lost_answer_to_the_opening_sends_no_page),
        cmocka_unit_test(test_printer_cups__a_refused_page_takes_the_open_job_back),
        cmocka_unit_test(test_printer_cups__a_page_taken_gives_the_printers_number),
        cmocka_unit_test(test_printer_cups__a_job_that_never_got_its_page_is_cancelled_and_not_found),
        cmocka_unit_test(test_printer_cups__a_silent_printer_is_left_when_the_work_is_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
