#include "drivers/simulators/common/sim_http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/common/sim_form.h"
#include "kiosk/base/clock.h"

enum {
    BODY_LIMIT_BYTES = 1024 * 1024,
    REPLY_LIMIT_BYTES = 64 * 1024 * 1024,
    QUERY_BYTES = 8192,
    SLEEP_SLICE_MS = 20
};

struct sim_http {
    struct sim_http_settings settings;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock;
    atomic_bool stopping;
};

/* One request while it is received and answered. */
struct exchange {
    char raw_query[QUERY_BYTES];
    struct buf body;
    bool is_begun;
    bool is_too_long;
};

const char *sim_http_header(const struct sim_http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

const char *sim_http_query(const struct sim_http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

enum status sim_http_form_field(const char *form, size_t length, const char *name, char *out, size_t size)
{
    return sim_form_field(form, length, name, out, size);
}

void sim_http_answer(struct sim_http_reply *reply, int code, const char *content_type, const char *format,
                     ...)
{
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    reply->code = code;
    reply->content_type = content_type;
    buf_clear(&reply->body);
    if (length < 0 || (size_t)length >= sizeof(text) ||
        buf_append(&reply->body, text, (size_t)length) != STATUS_OK)
        reply->code = 500;
}

/* The first thing the server says about a request: its address as sent. */
static void *on_address(void *context, const char *uri, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    struct exchange *exchange = calloc(1, sizeof(*exchange));
    if (exchange == NULL)
        return NULL;
    const char *query = strchr(uri, '?');
    if (query != NULL && snprintf(exchange->raw_query, QUERY_BYTES, "%s", query + 1) >= QUERY_BYTES)
        exchange->is_too_long = true;
    return exchange;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    (void)context;
    (void)connection;
    (void)code;
    struct exchange *exchange = *state;
    if (exchange == NULL)
        return;
    buf_release(&exchange->body);
    free(exchange);
    *state = NULL;
}

static void wait_ms(const struct sim_http *server, int64_t ms)
{
    while (ms > 0 && !atomic_load(&server->stopping)) {
        int64_t slice = ms < SLEEP_SLICE_MS ? ms : SLEEP_SLICE_MS;
        clock_sleep_ms(clock_system(), slice);
        ms -= slice;
    }
}

struct cut_body {
    struct buf body;
    size_t cut;
};

static ssize_t read_cut(void *context, uint64_t position, char *out, size_t size)
{
    struct cut_body *cut = context;
    if (position >= cut->cut)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t left = cut->cut - (size_t)position;
    size_t length = left < size ? left : size;
    memcpy(out, cut->body.data + position, length);
    return (ssize_t)length;
}

static void free_cut(void *context)
{
    struct cut_body *cut = context;
    buf_release(&cut->body);
    free(cut);
}

/* A response that says its whole length and breaks off before. */
static struct MHD_Response *new_cut_response(struct sim_http_reply *reply)
{
    struct cut_body *cut = calloc(1, sizeof(*cut));
    if (cut == NULL)
        return NULL;
    cut->body = reply->body;
    cut->cut = (size_t)reply->cut_at_bytes;
    buf_init(&reply->body, REPLY_LIMIT_BYTES);
    return MHD_create_response_from_callback(cut->body.length, 1024, read_cut, cut, free_cut);
}

static struct MHD_Response *new_response(struct sim_http_reply *reply)
{
    if (reply->cut_at_bytes >= 0 && (size_t)reply->cut_at_bytes < reply->body.length)
        return new_cut_response(reply);
    static char nothing[1] = "";
    size_t length = reply->body.length;
    return MHD_create_response_from_buffer(length, length == 0 ? (void *)nothing : (void *)reply->body.data,
                                           MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct sim_http_reply *reply)
{
    if (reply->drop)
        return MHD_NO;
    struct MHD_Response *response = new_response(reply);
    if (response == NULL)
        return MHD_NO;
    (void)MHD_add_response_header(response, "Content-Type",
                                  reply->content_type == NULL ? "text/plain" : reply->content_type);
    for (int i = 0; i < SIM_HTTP_HEADERS && reply->headers[i].name != NULL; i++)
        (void)MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)reply->code, response);
    MHD_destroy_response(response);
    return result;
}

static void reply_init(struct sim_http_reply *reply)
{
    *reply = (struct sim_http_reply){.code = 200, .cut_at_bytes = -1};
    buf_init(&reply->body, REPLY_LIMIT_BYTES);
}

static void handle(struct sim_http *server, const struct sim_http_request *request,
                   struct sim_http_reply *reply)
{
    bool is_control = strncmp(request->path, "/control/", 9) == 0;
    sim_http_handler handler = is_control ? server->settings.control : server->settings.handler;
    if (handler == NULL) {
        sim_http_answer(reply, 404, "text/plain", "not found\n");
        return;
    }
    (void)pthread_mutex_lock(&server->lock);
    handler(server->settings.context, request, reply);
    if (reply->twice) {
        buf_release(&reply->body);
        reply_init(reply);
        handler(server->settings.context, request, reply);
    }
    (void)pthread_mutex_unlock(&server->lock);
}

static enum MHD_Result answer(struct sim_http *server, struct MHD_Connection *connection,
                              const struct exchange *exchange, const char *url, const char *method)
{
    struct sim_http_request request = {
        .method = method,
        .path = url,
        .raw_query = exchange->raw_query,
        .body = exchange->body.data == NULL ? (const uint8_t *)"" : exchange->body.data,
        .body_length = exchange->body.length,
        .connection = connection,
    };
    struct sim_http_reply reply;
    reply_init(&reply);
    if (exchange->is_too_long)
        sim_http_answer(&reply, 413, "text/plain", "too long\n");
    else
        handle(server, &request, &reply);
    wait_ms(server, reply.delay_ms);
    enum MHD_Result result = send_reply(connection, &reply);
    buf_release(&reply.body);
    return result;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_length, void **state)
{
    (void)version;
    struct sim_http *server = context;
    struct exchange *exchange = *state;
    if (exchange == NULL)
        return MHD_NO;
    if (!exchange->is_begun) {
        exchange->is_begun = true;
        buf_init(&exchange->body, server->settings.body_limit_bytes);
        return MHD_YES;
    }
    if (*upload_length > 0) {
        if (!exchange->is_too_long && buf_append(&exchange->body, upload, *upload_length) != STATUS_OK)
            exchange->is_too_long = true;
        *upload_length = 0;
        return MHD_YES;
    }
    return answer(server, connection, exchange, url, method);
}

static struct MHD_Daemon *start_daemon(struct sim_http *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(server->settings.port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD,
                            server->settings.port, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR,
                            &address, MHD_OPTION_URI_LOG_CALLBACK, on_address, server,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
                            MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
}

enum status sim_http_start(const struct sim_http_settings *settings, struct sim_http **out,
                           struct failure *failure)
{
    struct sim_http *server = calloc(1, sizeof(*server));
    if (server == NULL)
        return STATUS_NO_MEMORY;
    server->settings = *settings;
    if (server->settings.body_limit_bytes == 0)
        server->settings.body_limit_bytes = BODY_LIMIT_BYTES;
    (void)pthread_mutex_init(&server->lock, NULL);
    server->daemon = start_daemon(server);
    if (server->daemon == NULL) {
        (void)pthread_mutex_destroy(&server->lock);
        free(server);
        return failure_set(failure, STATUS_IO, "MHD_start_daemon", 0, "cannot listen on 127.0.0.1 port %u",
                           settings->port);
    }
    *out = server;
    return STATUS_OK;
}

uint16_t sim_http_port(const struct sim_http *server)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info == NULL ? 0 : info->port;
}

void sim_http_lock(struct sim_http *server)
{
    (void)pthread_mutex_lock(&server->lock);
}

void sim_http_unlock(struct sim_http *server)
{
    (void)pthread_mutex_unlock(&server->lock);
}

void sim_http_stop(struct sim_http *server)
{
    if (server == NULL)
        return;
    atomic_store(&server->stopping, true);
    MHD_stop_daemon(server->daemon);
    (void)pthread_mutex_destroy(&server->lock);
    free(server);
}
