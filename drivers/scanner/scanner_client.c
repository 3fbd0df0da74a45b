#include "drivers/scanner/scanner_client.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/host/host.h"
#include "drivers/scanner/scanner_intake.h"
#include "drivers/scanner/scanner_wire.h"
#include "kiosk/base/buf.h"
#include "kiosk/base/text.h"

enum { SCAN_DEADLINE_DEFAULT_MS = 90000, ENVIRONMENT_BYTES = 4096 };

struct scanner_client {
    struct host *host;
};

/* What one scan gathers while its progress messages come in. */
struct scan_gathering {
    struct scanner_intake intake;
    enum status status;
    const struct scanner_call *call;
    struct job_cancel *stop; /* asked when the helper sends what is no page, so that it need not finish it */
};

static enum status call_simple(struct scanner_client *client, const struct wire *request, int deadline_ms,
                               struct wire *reply, struct failure *failure)
{
    struct host_terms terms = {.deadline_ms = deadline_ms};
    return host_call(client->host, request, reply, &terms, failure);
}

/* The index-th text with this tag. Returns: false when missing, too long or not UTF-8. */
static bool text_at(const struct wire *reply, uint16_t tag, unsigned index, char *out, size_t size)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    if (wire_get_bytes(reply, tag, index, &bytes, &length) != STATUS_OK || length >= size ||
        memchr(bytes, '\0', length) || !text_is_valid((const char *)bytes, length))
        return false;
    memcpy(out, bytes, length);
    out[length] = '\0';
    return true;
}

static void read_list(const struct wire *reply, struct scanner_list *list)
{
    for (unsigned i = 0; i < SCANNER_DEVICES_MAX; i++) {
        struct scanner_device *device = &list->devices[list->count];
        *device = (struct scanner_device){0};
        if (!text_at(reply, SCANNER_WIRE_ID, i, device->id, sizeof device->id))
            continue;
        if (!text_at(reply, SCANNER_WIRE_NAME, i, device->name, sizeof device->name))
            device->name[0] = '\0';
        list->count++;
    }
}

static enum status client_list(void *self, int deadline_ms, struct scanner_list *out, struct failure *failure)
{
    struct wire request = {0}, reply = {0};
    wire_init(&request, SCANNER_WIRE_LIST);
    enum status status = call_simple(self, &request, deadline_ms, &reply, failure);
    if (status == STATUS_OK) {
        struct scanner_list list = {0};
        read_list(&reply, &list);
        *out = list;
    }
    wire_release(&reply);
    wire_release(&request);
    return status;
}

static enum device_state read_state(const struct wire *reply, enum device_state fallback)
{
    int64_t state = 0;
    if (wire_get_integer(reply, SCANNER_WIRE_STATE, &state) != STATUS_OK || state < 0 ||
        state >= DEVICE_STATE_COUNT_)
        return fallback;
    return (enum device_state)state;
}

static enum status client_look(void *self, const char *id, int deadline_ms, enum device_state *out,
                               struct failure *failure)
{
    struct wire request = {0}, reply = {0};
    wire_init(&request, SCANNER_WIRE_LOOK);
    enum status status = wire_put_text(&request, SCANNER_WIRE_ID, id);
    if (status == STATUS_OK)
        status = call_simple(self, &request, deadline_ms, &reply, failure);
    if (status == STATUS_OK)
        *out = read_state(&reply, DEVICE_OFFLINE);
    wire_release(&reply);
    wire_release(&request);
    return status;
}

static enum status put_settings(struct wire *request, const char *id, const struct scanner_settings *settings)
{
    const struct {
        uint16_t tag;
        int value;
    } numbers[] = {{SCANNER_WIRE_DPI, settings->dpi},
                   {SCANNER_WIRE_IS_GRAY, settings->is_gray},
                   {SCANNER_WIRE_SOURCE, (int)settings->source},
                   {SCANNER_WIRE_WIDTH_MM, settings->width_mm},
                   {SCANNER_WIRE_HEIGHT_MM, settings->height_mm}};
    enum status status = wire_put_text(request, SCANNER_WIRE_ID, id);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == STATUS_OK; i++)
        status = wire_put_integer(request, numbers[i].tag, numbers[i].value);
    return status;
}

static void gather(void *context, const struct wire *message)
{
    struct scan_gathering *gathering = context;
    const struct scanner_call *call = gathering->call;
    if (gathering->status != STATUS_OK)
        return;
    gathering->status = scanner_intake_message(&gathering->intake, message);
    if (gathering->status != STATUS_OK) {
        job_cancel_request(gathering->stop);
        return;
    }
    int rows_total = 0, rows = scanner_intake_rows(&gathering->intake, &rows_total);
    if (call->progress)
        call->progress(call->progress_context, rows, rows_total);
}

static enum status run_scan(struct scanner_client *client, const struct wire *request,
                            struct scan_gathering *gathering, struct wire *reply, struct failure *failure)
{
    const struct scanner_call *call = gathering->call;
    struct host_terms terms = {
        .deadline_ms = call->deadline_ms > 0 ? call->deadline_ms : SCAN_DEADLINE_DEFAULT_MS,
        .cancel = gathering->stop,
        .progress = gather,
        .progress_context = gathering,
    };
    enum status status = host_call(client->host, request, reply, &terms, failure);
    if (gathering->status != STATUS_OK)
        return failure_set(failure, gathering->status, "scanner_intake_message", 0,
                           "the helper sent no page");
    return status;
}

static enum status client_scan(void *self, const char *id, const struct scanner_settings *settings,
                               const struct scanner_call *call, struct scanner_page *out,
                               enum device_state *fault, struct failure *failure)
{
    struct wire request = {0}, reply = {0};
    struct scan_gathering gathering = {.status = STATUS_OK, .call = call};
    gathering.stop = call->cancel ? job_cancel_hold(call->cancel) : job_cancel_new();
    wire_init(&request, SCANNER_WIRE_SCAN);
    enum status status = gathering.stop ? put_settings(&request, id, settings) : STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = run_scan(self, &request, &gathering, &reply, failure);
    if (status == STATUS_OK)
        status = scanner_intake_detach(&gathering.intake, out);
    if (status != STATUS_OK)
        *fault = read_state(&reply, DEVICE_READY);
    scanner_intake_release(&gathering.intake);
    job_cancel_drop(gathering.stop);
    wire_release(&reply);
    wire_release(&request);
    return status;
}

static void client_close(void *self)
{
    struct scanner_client *client = self;
    if (!client)
        return;
    host_close(client->host);
    free(client);
}

static const struct scanner_ops client_ops = {
    .name = "sane",
    .list = client_list,
    .look = client_look,
    .scan = client_scan,
    .close = client_close,
};

static enum status open_host(struct scanner_client *client, const char *host_path,
                             const char *sane_config_dir, const struct clock *clock)
{
    struct buf setting;
    buf_init(&setting, ENVIRONMENT_BYTES);
    enum status status = STATUS_OK;
    if (sane_config_dir)
        status = buf_append_format(&setting, "SANE_CONFIG_DIR=%s", sane_config_dir);
    const char *const environment[] = {(const char *)setting.data, NULL};
    const char *const arguments[] = {sane_config_dir, NULL};
    struct host_settings settings = {.program = host_path,
                                     .kind = "scanner",
                                     .arguments = sane_config_dir ? arguments : NULL,
                                     .environment = sane_config_dir ? environment : NULL,
                                     .clock = clock};
    if (status == STATUS_OK)
        status = host_open(&settings, &client->host);
    buf_release(&setting);
    return status;
}

enum status scanner_client_new(const char *host_path, const char *sane_config_dir, const struct clock *clock,
                               const struct scanner_ops **ops, void **self, struct failure *failure)
{
    if (!host_path || !*host_path)
        return failure_set(failure, STATUS_CONFIG, "scanner_client_new", 0, "host.path is not set");
    struct scanner_client *client = calloc(1, sizeof *client);
    if (!client)
        return STATUS_NO_MEMORY;
    enum status status = open_host(client, host_path, sane_config_dir, clock);
    if (status != STATUS_OK) {
        client_close(client);
        return failure_set(failure, status, "host_open", 0, "%s", host_path);
    }
    *ops = &client_ops;
    *self = client;
    return STATUS_OK;
}

pid_t scanner_client_pid(const void *self)
{
    const struct scanner_client *client = self;
    return host_pid(client->host);
}

struct host_ends scanner_client_ends(const void *self)
{
    const struct scanner_client *client = self;
    return host_ends(client->host);
}
