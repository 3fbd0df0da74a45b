#include "drivers/printer/printer_cups.h"

#include <cups/cups.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "drivers/printer/printer_cups_reply.h"
#include "kiosk/base/buf.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum {
    NOTICE_MS = 200,         /* how often the deadline and the cancel object are looked at */
    CONNECT_SLICE_MS = 400,  /* one try to connect; libcups cannot be interrupted inside it */
    TIDY_MS = 2000,          /* for taking back a job that got no page */
    CHUNK_BYTES = 64 * 1024, /* of the document at a time */
    HEADER_BYTES = 16 * 1024 /* of an HTTP reply's header lines */
};

#define USER_NAME "certkiosk"

struct printer_cups {
    const struct clock *clock;
    char uri[256]; /* as the printer wants to be addressed */
    char host[128];
    char resource[128];
    int port;
    http_encryption_t encryption;
};

/* One request and its reply. */
struct exchange {
    const struct printer_cups *cups;
    const struct job_cancel *cancel;
    int64_t until_ms;
    struct failure *failure;
    bool was_sent; /* something of the request may have arrived */
};

static struct exchange begin_exchange(const struct printer_cups *cups, const struct printer_limits *limits,
                                      struct failure *failure)
{
    return (struct exchange){.cups = cups,
                             .cancel = limits->cancel,
                             .until_ms = clock_monotonic_ms(cups->clock) + limits->deadline_ms,
                             .failure = failure};
}

static bool must_stop(const struct exchange *exchange)
{
    return job_cancel_is_requested(exchange->cancel) ||
           clock_monotonic_ms(exchange->cups->clock) >= exchange->until_ms;
}

/* Why an exchange ended early. */
static enum status stop_reason(const struct exchange *exchange, const char *where)
{
    if (job_cancel_is_requested(exchange->cancel))
        return STATUS_CANCELLED;
    bool is_late = must_stop(exchange);
    return failure_set(exchange->failure, is_late ? STATUS_TIMED_OUT : STATUS_LOST, where, 0,
                       "printer %s:%d %s", exchange->cups->host, exchange->cups->port,
                       is_late ? "is too slow" : "went away");
}

/* libcups asks at each of its own short time-outs whether to go on waiting. */
static int keep_waiting(http_t *http, void *context)
{
    (void)http;
    return !must_stop(context);
}

/* A refused connection comes back at once and means off; a silent host is tried until the deadline. */
static enum status connect_printer(struct exchange *exchange, http_t **out)
{
    const struct printer_cups *cups = exchange->cups;
    while (!must_stop(exchange)) {
        int64_t start_ms = clock_monotonic_ms(cups->clock);
        http_t *http = httpConnect2(cups->host, cups->port, NULL, AF_UNSPEC, cups->encryption, 1,
                                    CONNECT_SLICE_MS, NULL);
        if (http != NULL) {
            httpSetTimeout(http, NOTICE_MS / 1000.0, keep_waiting, exchange);
            *out = http;
            return STATUS_OK;
        }
        if (clock_monotonic_ms(cups->clock) - start_ms < CONNECT_SLICE_MS / 2)
            return failure_set(exchange->failure, STATUS_LOST, "httpConnect2", (long)cupsLastError(),
                               "%s:%d does not answer", cups->host, cups->port);
    }
    return stop_reason(exchange, "httpConnect2");
}

static enum status send_document(struct exchange *exchange, http_t *http, const uint8_t *document,
                                 size_t length)
{
    for (size_t sent = 0; sent < length;) {
        size_t chunk = length - sent < CHUNK_BYTES ? length - sent : CHUNK_BYTES;
        if (must_stop(exchange) || httpWrite2(http, (const char *)document + sent, chunk) < (ssize_t)chunk)
            return stop_reason(exchange, "httpWrite2");
        sent += chunk;
    }
    return STATUS_OK;
}

static enum status send_request(struct exchange *exchange, http_t *http, ipp_t *request,
                                const uint8_t *document, size_t length)
{
    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetLength(http, ippLength(request) + length);
    exchange->was_sent = true;
    if (httpPost(http, exchange->cups->resource) != 0)
        return stop_reason(exchange, "httpPost");
    ipp_state_t state;
    while ((state = ippWrite(http, request)) != IPP_STATE_DATA)
        if (state == IPP_STATE_ERROR || must_stop(exchange))
            return stop_reason(exchange, "ippWrite");
    enum status status = send_document(exchange, http, document, length);
    if (status == STATUS_OK && httpFlushWrite(http) < 0)
        status = stop_reason(exchange, "httpFlushWrite");
    return status;
}

/* httpUpdate reads byte by byte until a line is whole and does not look at the deadline while bytes drip in,
 * so the header lines are awaited in the socket first. Not possible under TLS, where the bytes are not ours
 * to see. */
static enum status await_header(struct exchange *exchange, http_t *http)
{
    static const char end[] = "\r\n\r\n";
    int fd = httpGetFd(http);
    char *seen = malloc(HEADER_BYTES);
    enum status status = seen == NULL ? STATUS_NO_MEMORY : STATUS_BUSY;
    ssize_t before = 0;
    while (status == STATUS_BUSY) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (must_stop(exchange)) {
            status = stop_reason(exchange, "await_header");
            break;
        }
        /* The same bytes are still there to be peeked at: without a pause this loop would spin. */
        (void)poll(before == 0 ? &ready : NULL, before == 0, before == 0 ? NOTICE_MS : NOTICE_MS / 20);
        ssize_t got = recv(fd, seen, HEADER_BYTES, MSG_PEEK | MSG_DONTWAIT);
        if (got == 0)
            status = stop_reason(exchange, "await_header");
        else if (got > 0 && memmem(seen, (size_t)got, end, 4) != NULL)
            status = STATUS_OK;
        else if (got == HEADER_BYTES)
            status = failure_set(exchange->failure, STATUS_FULL, "await_header", 0, "endless header lines");
        before = got > 0 ? got : 0;
    }
    free(seen);
    return status;
}

static enum status http_outcome(const struct exchange *exchange, http_status_t code)
{
    if (code == HTTP_STATUS_OK)
        return STATUS_OK;
    if (code == HTTP_STATUS_ERROR)
        return stop_reason(exchange, "httpUpdate");
    return failure_set(exchange->failure,
                       code == HTTP_STATUS_SERVICE_UNAVAILABLE ? STATUS_BUSY : STATUS_REFUSED, "httpUpdate",
                       (long)code, "HTTP status");
}

static enum status receive_reply(struct exchange *exchange, http_t *http, struct buf *reply)
{
    enum status status = httpIsEncrypted(http) ? STATUS_OK : await_header(exchange, http);
    if (status != STATUS_OK)
        return status;
    http_status_t code;
    while ((code = httpUpdate(http)) == HTTP_STATUS_CONTINUE)
        if (must_stop(exchange))
            return stop_reason(exchange, "httpUpdate");
    status = http_outcome(exchange, code);
    char chunk[4096];
    ssize_t got = 1;
    while (status == STATUS_OK && (got = httpRead2(http, chunk, sizeof chunk)) > 0)
        status =
            must_stop(exchange) ? stop_reason(exchange, "httpRead2") : buf_append(reply, chunk, (size_t)got);
    if (status == STATUS_FULL)
        return failure_set(exchange->failure, STATUS_FULL, "httpRead2", 0, "endless reply");
    /* A body that stalls until the deadline ends like a whole one. */
    return status == STATUS_OK && (got < 0 || must_stop(exchange)) ? stop_reason(exchange, "httpRead2")
                                                                   : status;
}

static enum status ipp_outcome(struct failure *failure, int code)
{
    enum status status = STATUS_REFUSED;
    if (code >= 0 && code < 0x100)
        return STATUS_OK;
    if (code == IPP_STATUS_ERROR_NOT_FOUND || code == IPP_STATUS_ERROR_GONE)
        status = STATUS_NOT_FOUND;
    else if (code == IPP_STATUS_ERROR_BUSY || code == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS ||
             code == IPP_STATUS_ERROR_SERVICE_UNAVAILABLE || code == IPP_STATUS_ERROR_TEMPORARY)
        status = STATUS_BUSY;
    else if (code == IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED)
        status = STATUS_UNSUPPORTED;
    else if (code == IPP_STATUS_ERROR_NOT_POSSIBLE)
        status = STATUS_BAD_STATE;
    return failure_set(failure, status, "ipp", code, "%s", ippErrorString((ipp_status_t)code));
}

/* The request is sent and freed, its reply read. */
static enum status exchange_take(struct exchange *exchange, ipp_t *request, const uint8_t *document,
                                 size_t length, struct printer_cups_reply *reply)
{
    struct buf bytes;
    buf_init(&bytes, LIMIT_HTTP_REPLY_BYTES);
    http_t *http = NULL;
    enum status status = connect_printer(exchange, &http);
    if (status == STATUS_OK)
        status = send_request(exchange, http, request, document, length);
    if (status == STATUS_OK)
        status = receive_reply(exchange, http, &bytes);
    if (status == STATUS_OK &&
        (status = printer_cups_reply_parse(bytes.data, bytes.length, reply)) != STATUS_OK)
        status = failure_set(exchange->failure, status, "ippReadIO", 0, "the reply is not IPP");
    if (status == STATUS_OK)
        status = ipp_outcome(exchange->failure, reply->status_code);
    httpClose(http);
    ippDelete(request);
    buf_release(&bytes);
    return status;
}

/* ---- requests -------------------------------------------------------------------------------------------
 */

static ipp_t *new_request(const struct printer_cups *cups, ipp_op_t operation)
{
    ipp_t *request = ippNewRequest(operation);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, cups->uri);
    return request;
}

static ipp_t *new_job_request(const struct printer_cups *cups, ipp_op_t operation, long reference)
{
    ipp_t *request = new_request(cups, operation);
    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", (int)reference);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, USER_NAME);
    return request;
}

static void ask_for_job(ipp_t *request)
{
    static const char *const wanted[] = {
        "job-id",   "job-state",          "job-state-reasons", "job-impressions-completed",
        "job-name", "number-of-documents"};
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  sizeof wanted / sizeof wanted[0], NULL, wanted);
}

static enum status cups_open(const struct printer_settings *settings, void **context, struct failure *failure)
{
    char scheme[32];
    char user[32];
    struct printer_cups *cups = calloc(1, sizeof *cups);
    if (cups == NULL)
        return STATUS_NO_MEMORY;
    cups->clock = settings->clock;
    const char *uri = settings->uri == NULL ? "" : settings->uri;
    http_uri_status_t split =
        httpSeparateURI(HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, cups->host,
                        sizeof cups->host, &cups->port, cups->resource, sizeof cups->resource);
    bool is_secure = strcmp(scheme, "ipps") == 0;
    if (split != HTTP_URI_STATUS_OK || (strcmp(scheme, "ipp") != 0 && !is_secure) || cups->host[0] == 0 ||
        user[0] != 0 || !text_copy(cups->uri, sizeof cups->uri, uri) || cups->clock == NULL) {
        free(cups);
        return failure_set(failure, STATUS_CONFIG, "printer_cups", (long)split,
                           "printer.uri must be ipp://host:port/path, not \"%.80s\"", uri);
    }
    cups->encryption = is_secure ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
    *context = cups;
    return STATUS_OK;
}

static void cups_close(void *context)
{
    free(context);
}

static enum status ask_state(struct exchange *exchange, struct printer_cups_reply *reply)
{
    static const char *const wanted[] = {
        "printer-state",          "printer-state-reasons", "printer-is-accepting-jobs",
        "printer-make-and-model", "printer-input-tray",    "printer-supply"};
    ipp_t *request = new_request(exchange->cups, IPP_OP_GET_PRINTER_ATTRIBUTES);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, USER_NAME);
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  sizeof wanted / sizeof wanted[0], NULL, wanted);
    return exchange_take(exchange, request, NULL, 0, reply);
}

static enum status cups_report(void *context, const struct printer_limits *limits, struct printer_report *out,
                               struct failure *failure)
{
    struct exchange exchange = begin_exchange(context, limits, failure);
    struct printer_cups_reply reply;
    enum status status = ask_state(&exchange, &reply);
    if (status == STATUS_CANCELLED || status == STATUS_NO_MEMORY)
        return status;
    if (status == STATUS_OK) {
        *out = reply.report;
        return STATUS_OK;
    }
    bool is_off = status == STATUS_LOST || status == STATUS_TIMED_OUT;
    bool is_nonsense = status == STATUS_MALFORMED || status == STATUS_FULL;
    *out = (struct printer_report){.state = is_off ? DEVICE_OFFLINE : DEVICE_FAULTY};
    (void)text_copy(out->reasons, sizeof out->reasons, status_name(status));
    return is_nonsense ? STATUS_MALFORMED : STATUS_OK;
}

/* The job is open in the printer and waits for its page. */
static enum status create_job(struct exchange *exchange, const struct printer_request *wanted,
                              long *reference)
{
    ipp_t *request = new_request(exchange->cups, IPP_OP_CREATE_JOB);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, USER_NAME);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, wanted->job_id);
    ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", wanted->copies);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, "iso_a4_210x297mm");
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
    struct printer_cups_reply reply;
    enum status status = exchange_take(exchange, request, NULL, 0, &reply);
    if (status == STATUS_OK && (reply.job_count == 0 || reply.jobs[0].job.reference <= 0))
        status = failure_set(exchange->failure, STATUS_MALFORMED, "Create-Job", 0, "no job-id in the reply");
    if (status == STATUS_OK)
        *reference = reply.jobs[0].job.reference;
    return status == STATUS_NOT_FOUND || status == STATUS_BAD_STATE ? STATUS_REFUSED : status;
}

static enum status send_page(struct exchange *exchange, const struct printer_request *wanted, long reference)
{
    ipp_t *request = new_job_request(exchange->cups, IPP_OP_SEND_DOCUMENT, reference);
    if (wanted->title != NULL && text_is_printable(wanted->title))
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "document-name", NULL, wanted->title);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
    ippAddBoolean(request, IPP_TAG_OPERATION, "last-document", 1);
    struct printer_cups_reply reply;
    return exchange_take(exchange, request, wanted->pdf, wanted->length, &reply);
}

/* The answers after which the printer certainly has no page. */
static bool is_refusal(enum status status)
{
    return status == STATUS_REFUSED || status == STATUS_BUSY || status == STATUS_UNSUPPORTED ||
           status == STATUS_NOT_FOUND || status == STATUS_BAD_STATE;
}

static enum status cancel_job(struct exchange *exchange, long reference)
{
    struct printer_cups_reply reply;
    enum status status = exchange_take(
        exchange, new_job_request(exchange->cups, IPP_OP_CANCEL_JOB, reference), NULL, 0, &reply);
    return status == STATUS_BAD_STATE ? STATUS_OK : status;
}

/* An open job without a page blocks some printers until they give it up, so it is taken back; when that
 * fails, the printer's own time limit does it. */
static void tidy_job(const struct printer_cups *cups, long reference)
{
    struct exchange exchange = begin_exchange(cups, &(struct printer_limits){.deadline_ms = TIDY_MS}, NULL);
    (void)!cancel_job(&exchange, reference);
}

static enum status cups_print(void *context, const struct printer_request *request,
                              const struct printer_limits *limits, long *reference, struct failure *failure)
{
    struct exchange exchange = begin_exchange(context, limits, failure);
    long number = 0;
    enum status status = create_job(&exchange, request, &number);
    if (status != STATUS_OK)
        return status == STATUS_FULL ? STATUS_MALFORMED : status;
    exchange.was_sent = false;
    status = send_page(&exchange, request, number);
    if (status == STATUS_OK) {
        *reference = number;
        return STATUS_OK;
    }
    if (exchange.was_sent && !is_refusal(status))
        return failure_set(failure, STATUS_UNKNOWN, "Send-Document", number, "ended %s", status_name(status));
    if (status != STATUS_CANCELLED)
        tidy_job(context, number);
    return status == STATUS_NOT_FOUND || status == STATUS_BAD_STATE ? STATUS_REFUSED : status;
}

static bool is_over(enum printer_job_state state)
{
    return state == PRINTER_JOB_DONE || state == PRINTER_JOB_CANCELLED || state == PRINTER_JOB_ABORTED;
}

/* A job that waits for paper may say no more than "processing"; the printer itself says why. */
static enum status explain_wait(struct exchange *exchange, struct printer_job *job)
{
    if (is_over(job->state))
        return STATUS_OK;
    struct printer_cups_reply reply;
    enum status status = ask_state(exchange, &reply);
    if (status != STATUS_OK)
        return status;
    if (!reply.report.can_print) {
        job->state = PRINTER_JOB_STOPPED;
        job->waits_for = reply.report.state;
    } else if (job->state == PRINTER_JOB_STOPPED) {
        job->waits_for = DEVICE_FAULTY;
    }
    return STATUS_OK;
}

static enum status as_job_status(enum status status)
{
    return status == STATUS_FULL ? STATUS_MALFORMED : status;
}

static enum status cups_job(void *context, long reference, const struct printer_limits *limits,
                            struct printer_job *out, struct failure *failure)
{
    struct exchange exchange = begin_exchange(context, limits, failure);
    ipp_t *request = new_job_request(exchange.cups, IPP_OP_GET_JOB_ATTRIBUTES, reference);
    ask_for_job(request);
    struct printer_cups_reply reply;
    enum status status = exchange_take(&exchange, request, NULL, 0, &reply);
    if (status == STATUS_OK && reply.job_count != 1)
        status = failure_set(failure, STATUS_MALFORMED, "Get-Job-Attributes", (long)reply.job_count,
                             "not one job");
    struct printer_job job = {0};
    if (status == STATUS_OK) {
        job = reply.jobs[0].job;
        job.reference = reference;
        status = explain_wait(&exchange, &job);
    }
    if (status == STATUS_OK)
        *out = job;
    return as_job_status(status);
}

/* The newest job with our id among the open or the finished ones. */
static enum status find_among(struct exchange *exchange, const char *which, const char *job_id,
                              struct printer_job *out, bool *lacks_document)
{
    ipp_t *request = new_request(exchange->cups, IPP_OP_GET_JOBS);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, USER_NAME);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", PRINTER_CUPS_JOBS_MAX);
    ask_for_job(request);
    struct printer_cups_reply *reply = calloc(1, sizeof *reply);
    if (reply == NULL) {
        ippDelete(request);
        return STATUS_NO_MEMORY;
    }
    enum status status = exchange_take(exchange, request, NULL, 0, reply);
    bool is_found = false;
    for (size_t i = 0; status == STATUS_OK && i < reply->job_count; i++) {
        if (strcmp(reply->jobs[i].name, job_id) != 0 ||
            (is_found && reply->jobs[i].job.reference < out->reference))
            continue;
        *out = reply->jobs[i].job;
        *lacks_document = reply->jobs[i].lacks_document;
        is_found = true;
    }
    free(reply);
    return status == STATUS_OK && !is_found ? STATUS_NOT_FOUND : status;
}

static enum status cups_find(void *context, const char *job_id, const struct printer_limits *limits,
                             struct printer_job *out, struct failure *failure)
{
    struct exchange exchange = begin_exchange(context, limits, failure);
    struct printer_job job = {0};
    bool lacks_document = false;
    enum status status = find_among(&exchange, "not-completed", job_id, &job, &lacks_document);
    if (status == STATUS_NOT_FOUND)
        status = find_among(&exchange, "completed", job_id, &job, &lacks_document);
    if (status == STATUS_OK && lacks_document && !is_over(job.state)) {
        status = cancel_job(&exchange, job.reference);
        return status == STATUS_OK ? STATUS_NOT_FOUND : as_job_status(status);
    }
    if (status == STATUS_OK)
        status = explain_wait(&exchange, &job);
    if (status == STATUS_OK)
        *out = job;
    return as_job_status(status);
}

static enum status cups_cancel(void *context, long reference, const struct printer_limits *limits,
                               struct failure *failure)
{
    struct exchange exchange = begin_exchange(context, limits, failure);
    return as_job_status(cancel_job(&exchange, reference));
}

const struct printer_ops printer_cups = {.name = "cups",
                                         .open = cups_open,
                                         .close = cups_close,
                                         .report = cups_report,
                                         .print = cups_print,
                                         .job = cups_job,
                                         .find = cups_find,
                                         .cancel = cups_cancel};
