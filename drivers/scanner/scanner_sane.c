#include "drivers/scanner/scanner_sane.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sane/sane.h>

#include "drivers/host/host_serve.h"
#include "drivers/net/http.h"
#include "drivers/scanner/scanner.h"
#include "drivers/scanner/scanner_escl.h"
#include "drivers/scanner/scanner_setup.h"
#include "drivers/scanner/scanner_wire.h"
#include "kiosk/base/limits.h"

/* SANE_FRAME_* beyond the standard's five and two late status codes are in no released standard; not met
 * here. */
enum { READ_BYTES = 64 * 1024, OPTIONS_MAX = 256, WAIT_MS = 50, URL_BYTES = 256 };

struct sane_service {
    bool is_started;     /* sane_init was called */
    const char *folders; /* SANE_CONFIG_DIR, borrowed for the life of the process */
    struct http *http;   /* owned; asks a network scanner itself, see scanner_escl.h */
};

/* One scan from sane_open to sane_close. */
struct sane_scan {
    SANE_Handle handle;
    struct host_turn *turn;
    SANE_Parameters parameters;
    int select_fd; /* readable when rows wait; -1 when the driver can only be waited for inside sane_read */
    int channels;
    int dpi;
    size_t row_bytes; /* as sent to the client: 8 bits a channel, no padding */
    uint8_t *line;    /* one line as SANE delivers it */
    size_t line_filled;
    uint8_t *chunk; /* rows on their way to the client */
    size_t chunk_filled;
    int64_t rows;
};

/* What a SANE status means for the caller, and what it says about the device. */
static enum status judge(SANE_Status sane, enum device_state *state)
{
    switch (sane) {
    case SANE_STATUS_GOOD:
        *state = DEVICE_READY;
        return STATUS_OK;
    case SANE_STATUS_JAMMED:
        *state = DEVICE_JAMMED;
        return STATUS_REFUSED;
    case SANE_STATUS_NO_DOCS:
        *state = DEVICE_PAPER_OUT;
        return STATUS_REFUSED;
    case SANE_STATUS_COVER_OPEN:
        *state = DEVICE_COVER_OPEN;
        return STATUS_REFUSED;
    case SANE_STATUS_DEVICE_BUSY:
        *state = DEVICE_WORKING;
        return STATUS_BUSY;
    case SANE_STATUS_CANCELLED:
        *state = DEVICE_READY;
        return STATUS_CANCELLED;
    case SANE_STATUS_UNSUPPORTED:
        *state = DEVICE_READY;
        return STATUS_UNSUPPORTED;
    case SANE_STATUS_INVAL:
        *state = DEVICE_FAULTY;
        return STATUS_UNSUPPORTED;
    case SANE_STATUS_NO_MEM:
        *state = DEVICE_READY;
        return STATUS_NO_MEMORY;
    case SANE_STATUS_ACCESS_DENIED:
        *state = DEVICE_FAULTY;
        return STATUS_CONFIG;
    case SANE_STATUS_IO_ERROR:
    case SANE_STATUS_EOF:
        break;
    }
    *state = DEVICE_FAULTY;
    return STATUS_IO;
}

static enum status sane_failure(struct failure *failure, const char *where, SANE_Status sane,
                                struct wire *reply)
{
    enum device_state state = DEVICE_FAULTY;
    enum status status = judge(sane, &state);
    if (wire_put_integer(reply, SCANNER_WIRE_STATE, state) != STATUS_OK)
        status = STATUS_NO_MEMORY;
    return failure_set(failure, status, where, (long)sane, "%s", sane_strstatus(sane));
}

static enum status start_sane(struct sane_service *service, struct failure *failure)
{
    SANE_Int version = 0;
    if (service->is_started)
        return STATUS_OK;
    SANE_Status sane = sane_init(&version, NULL);
    if (sane != SANE_STATUS_GOOD)
        return failure_set(failure, STATUS_IO, "sane_init", (long)sane, "%s", sane_strstatus(sane));
    service->is_started = true;
    return STATUS_OK;
}

static enum status answer_list(struct wire *reply, struct failure *failure)
{
    const SANE_Device **devices = NULL;
    /* SANE_FALSE: "local only" would hide every network scanner, saned's and airscan's. */
    SANE_Status sane = sane_get_devices(&devices, SANE_FALSE);
    if (sane != SANE_STATUS_GOOD)
        return sane_failure(failure, "sane_get_devices", sane, reply);
    enum status status = STATUS_OK;
    for (int i = 0; devices[i] && i < SCANNER_DEVICES_MAX && status == STATUS_OK; i++) {
        char name[SCANNER_NAME_BYTES];
        snprintf(name, sizeof name, "%s %s", devices[i]->vendor, devices[i]->model);
        if (strlen(devices[i]->name) >= SCANNER_ID_BYTES)
            continue;
        status = wire_put_text(reply, SCANNER_WIRE_ID, devices[i]->name);
        if (status == STATUS_OK)
            status = wire_put_text(reply, SCANNER_WIRE_NAME, name);
    }
    return status;
}

/* Whether the device answers: SANE knows no question for a device's state, but opening it asks a network
 * scanner for what it can do and finds a USB scanner's plug. */
static enum device_state probe(const char *id)
{
    SANE_Handle handle = NULL;
    SANE_Status sane = sane_open(id, &handle);
    if (sane == SANE_STATUS_GOOD)
        sane_close(handle);
    return sane == SANE_STATUS_GOOD          ? DEVICE_READY
           : sane == SANE_STATUS_DEVICE_BUSY ? DEVICE_WORKING
                                             : DEVICE_OFFLINE;
}

/* The number of an option by its name, which is SANE's way to find one (standard, section 4.5). Returns: 0
 * for none. */
static SANE_Int option_number(SANE_Handle handle, const char *name)
{
    SANE_Int count = 0;
    if (sane_control_option(handle, 0, SANE_ACTION_GET_VALUE, &count, NULL) != SANE_STATUS_GOOD)
        return 0;
    for (SANE_Int i = 1; i < count && i < OPTIONS_MAX; i++) {
        const SANE_Option_Descriptor *option = sane_get_option_descriptor(handle, i);
        if (option && option->name && strcmp(option->name, name) == 0)
            return SANE_OPTION_IS_ACTIVE(option->cap) && SANE_OPTION_IS_SETTABLE(option->cap) ? i : 0;
    }
    return 0;
}

/* The first of an option's own words that contains one of the wanted ones. Returns: NULL when there is none.
 */
static const char *option_word(const SANE_Option_Descriptor *option, const char *const *wanted)
{
    if (option->type != SANE_TYPE_STRING || option->constraint_type != SANE_CONSTRAINT_STRING_LIST)
        return NULL;
    for (; *wanted; wanted++)
        for (const SANE_String_Const *word = option->constraint.string_list; *word; word++)
            if (strcasestr(*word, *wanted))
                return *word;
    return NULL;
}

/* An option with words is set. Returns: UNSUPPORTED when the device has the option but no such word; a device
 * without the option has nothing to choose. */
static SANE_Status set_word(SANE_Handle handle, const char *name, const char *const *wanted)
{
    SANE_Int number = option_number(handle, name);
    if (number == 0)
        return SANE_STATUS_GOOD;
    const SANE_Option_Descriptor *option = sane_get_option_descriptor(handle, number);
    const char *word = option_word(option, wanted);
    char value[128] = "";
    if (!word || strlen(word) >= sizeof value || (size_t)option->size > sizeof value)
        return SANE_STATUS_UNSUPPORTED;
    snprintf(value, sizeof value, "%s", word);
    return sane_control_option(handle, number, SANE_ACTION_SET_VALUE, value, NULL);
}

static double from_word(const SANE_Option_Descriptor *option, SANE_Word word)
{
    return option->type == SANE_TYPE_FIXED ? SANE_UNFIX(word) : (double)word;
}

/* The allowed number nearest to the wanted one, rather above than below: more pixels can be given up later.
 */
static double allowed_number(const SANE_Option_Descriptor *option, double wanted)
{
    if (option->constraint_type == SANE_CONSTRAINT_RANGE) {
        double least = from_word(option, option->constraint.range->min);
        double most = from_word(option, option->constraint.range->max);
        return wanted < least ? least : wanted > most ? most : wanted;
    }
    if (option->constraint_type != SANE_CONSTRAINT_WORD_LIST || option->constraint.word_list[0] < 1)
        return wanted;
    double best = from_word(option, option->constraint.word_list[1]);
    for (SANE_Word i = 2; i <= option->constraint.word_list[0]; i++) {
        double value = from_word(option, option->constraint.word_list[i]);
        bool is_better = best < wanted ? value > best : value >= wanted && value < best;
        best = is_better ? value : best;
    }
    return best;
}

/* A number option is set as near as the device allows. *used is what it became; unchanged without the option.
 */
static SANE_Status set_number(SANE_Handle handle, const char *name, double wanted, double *used)
{
    SANE_Int number = option_number(handle, name);
    if (number == 0)
        return SANE_STATUS_GOOD;
    const SANE_Option_Descriptor *option = sane_get_option_descriptor(handle, number);
    bool is_number = option->type == SANE_TYPE_INT || option->type == SANE_TYPE_FIXED;
    if (!is_number || option->size != (SANE_Int)sizeof(SANE_Word))
        return SANE_STATUS_UNSUPPORTED;
    double value = allowed_number(option, wanted);
    SANE_Word word = option->type == SANE_TYPE_FIXED ? SANE_FIX(value) : (SANE_Word)(value + 0.5);
    SANE_Status sane = sane_control_option(handle, number, SANE_ACTION_SET_VALUE, &word, NULL);
    if (sane == SANE_STATUS_GOOD)
        *used = from_word(option, word); /* the device may have rounded */
    return sane;
}

/* A length in the option's own unit. */
static SANE_Status set_length(SANE_Handle handle, const char *name, double mm, int dpi)
{
    double used = 0;
    SANE_Int number = option_number(handle, name);
    const SANE_Option_Descriptor *option = number ? sane_get_option_descriptor(handle, number) : NULL;
    return set_number(handle, name, option && option->unit == SANE_UNIT_PIXEL ? mm * dpi / 25.4 : mm, &used);
}

struct sane_wish {
    int64_t dpi;
    int64_t is_gray;
    int64_t source;
    int64_t width_mm;
    int64_t height_mm;
};

static enum status read_wish(const struct wire *request, struct sane_wish *wish)
{
    if (wire_get_integer(request, SCANNER_WIRE_DPI, &wish->dpi) != STATUS_OK ||
        wire_get_integer(request, SCANNER_WIRE_IS_GRAY, &wish->is_gray) != STATUS_OK ||
        wire_get_integer(request, SCANNER_WIRE_SOURCE, &wish->source) != STATUS_OK ||
        wire_get_integer(request, SCANNER_WIRE_WIDTH_MM, &wish->width_mm) != STATUS_OK ||
        wire_get_integer(request, SCANNER_WIRE_HEIGHT_MM, &wish->height_mm) != STATUS_OK)
        return STATUS_MALFORMED;
    bool is_sound = wish->dpi >= SCANNER_DPI_MIN && wish->dpi <= SCANNER_DPI_MAX && wish->width_mm > 0 &&
                    wish->width_mm <= 500 && wish->height_mm > 0 && wish->height_mm <= 500;
    return is_sound ? STATUS_OK : STATUS_MALFORMED;
}

/* Source first, because it decides which modes and sizes there are; every setting may change the others, so
 * each option is looked up again when its turn comes. */
static SANE_Status apply_wish(struct sane_scan *scan, const struct sane_wish *wish)
{
    static const char *const flatbed[] = {"Flatbed", "Platen", "Normal", NULL};
    static const char *const feeder[] = {"ADF", "Feeder", NULL};
    static const char *const colour[] = {"Color", "Colour", "RGB", NULL};
    static const char *const gray[] = {"Gray", "Grey", NULL};
    double used = (double)wish->dpi, depth = 8;
    SANE_Status sane = set_word(scan->handle, "source", wish->source == SCANNER_FEEDER ? feeder : flatbed);
    if (sane == SANE_STATUS_GOOD)
        sane = set_word(scan->handle, "mode", wish->is_gray ? gray : colour);
    if (sane == SANE_STATUS_GOOD)
        sane = set_number(scan->handle, "resolution", (double)wish->dpi, &used);
    scan->dpi = (int)(used + 0.5);
    if (sane == SANE_STATUS_GOOD)
        sane = set_number(scan->handle, "depth", 8, &depth);
    if (sane == SANE_STATUS_GOOD)
        sane = set_length(scan->handle, "tl-x", 0, scan->dpi);
    if (sane == SANE_STATUS_GOOD)
        sane = set_length(scan->handle, "tl-y", 0, scan->dpi);
    if (sane == SANE_STATUS_GOOD)
        sane = set_length(scan->handle, "br-x", (double)wish->width_mm, scan->dpi);
    if (sane == SANE_STATUS_GOOD)
        sane = set_length(scan->handle, "br-y", (double)wish->height_mm, scan->dpi);
    return sane;
}

static enum status send_measures(struct sane_scan *scan)
{
    struct wire message = {0};
    wire_init(&message, 0);
    int64_t height = scan->parameters.lines > 0 ? scan->parameters.lines : 0;
    enum status status = wire_put_integer(&message, SCANNER_WIRE_WIDTH_PX, scan->parameters.pixels_per_line);
    if (status == STATUS_OK)
        status = wire_put_integer(&message, SCANNER_WIRE_HEIGHT_PX, height);
    if (status == STATUS_OK)
        status = wire_put_integer(&message, SCANNER_WIRE_CHANNELS, scan->channels);
    if (status == STATUS_OK)
        status = wire_put_integer(&message, SCANNER_WIRE_DPI, scan->dpi);
    if (status == STATUS_OK)
        status = host_turn_progress(scan->turn, &message);
    wire_release(&message);
    return status;
}

static enum status send_chunk(struct sane_scan *scan)
{
    if (scan->chunk_filled == 0)
        return STATUS_OK;
    struct wire message = {0};
    wire_init(&message, 0);
    enum status status = wire_put_bytes(&message, SCANNER_WIRE_ROWS, scan->chunk, scan->chunk_filled);
    if (status == STATUS_OK)
        status = host_turn_progress(scan->turn, &message);
    wire_release(&message);
    scan->chunk_filled = 0;
    return status;
}

/* What the picture will be. Returns: UNSUPPORTED for pictures in three passes or odd depths, FULL past the
 * ceiling. */
static enum status take_parameters(struct sane_scan *scan, struct failure *failure)
{
    const SANE_Parameters *p = &scan->parameters;
    bool is_colour = p->format == SANE_FRAME_RGB;
    scan->channels = is_colour ? 3 : 1;
    if ((!is_colour && p->format != SANE_FRAME_GRAY) || !p->last_frame ||
        (p->depth != 8 && p->depth != 16 && (p->depth != 1 || is_colour)))
        return failure_set(failure, STATUS_UNSUPPORTED, "sane_get_parameters", (long)p->format,
                           "format %d depth %d", (int)p->format, p->depth);
    if (p->pixels_per_line < 1 || p->pixels_per_line > LIMIT_PAGE_PIXELS || p->bytes_per_line < 1 ||
        (int64_t)p->pixels_per_line * (p->lines > 0 ? p->lines : 1) > LIMIT_PAGE_PIXELS)
        return failure_set(failure, STATUS_FULL, "sane_get_parameters", 0, "%d x %d pixels",
                           p->pixels_per_line, p->lines);
    int64_t needed = ((int64_t)p->pixels_per_line * scan->channels * p->depth + 7) / 8;
    if (p->bytes_per_line < needed || p->bytes_per_line > LIMIT_FRAME_BYTES)
        return failure_set(failure, STATUS_MALFORMED, "sane_get_parameters", 0,
                           "%d bytes a line for %d pixels", p->bytes_per_line, p->pixels_per_line);
    scan->row_bytes = (size_t)p->pixels_per_line * (size_t)scan->channels;
    scan->line = malloc((size_t)p->bytes_per_line);
    scan->chunk = malloc(SCANNER_WIRE_CHUNK_BYTES + scan->row_bytes);
    return scan->line && scan->chunk ? STATUS_OK : STATUS_NO_MEMORY;
}

/* A line as SANE delivers it becomes 8 bits a channel without padding. */
static void convert_line(const struct sane_scan *scan, uint8_t *out)
{
    if (scan->parameters.depth == 8) {
        memcpy(out, scan->line, scan->row_bytes);
        return;
    }
    for (size_t i = 0; i < scan->row_bytes; i++)
        if (scan->parameters.depth == 16) {
            uint16_t value; /* in the machine's byte order, SANE standard section 3.2.1 */
            memcpy(&value, scan->line + 2 * i, sizeof value);
            out[i] = (uint8_t)(value >> 8);
        } else
            out[i] = scan->line[i / 8] & (0x80u >> (i % 8)) ? 0 : 255; /* 1 is black */
}

static enum status take_line(struct sane_scan *scan)
{
    if ((scan->rows + 1) * scan->parameters.pixels_per_line > LIMIT_PAGE_PIXELS)
        return STATUS_FULL;
    convert_line(scan, scan->chunk + scan->chunk_filled);
    scan->chunk_filled += scan->row_bytes;
    scan->line_filled = 0;
    scan->rows++;
    return scan->chunk_filled >= SCANNER_WIRE_CHUNK_BYTES ? send_chunk(scan) : STATUS_OK;
}

static enum status take_bytes(struct sane_scan *scan, const uint8_t *bytes, size_t length)
{
    size_t line_bytes = (size_t)scan->parameters.bytes_per_line;
    enum status status = STATUS_OK;
    while (length > 0 && status == STATUS_OK) {
        size_t part = line_bytes - scan->line_filled < length ? line_bytes - scan->line_filled : length;
        memcpy(scan->line + scan->line_filled, bytes, part);
        scan->line_filled += part;
        bytes += part;
        length -= part;
        if (scan->line_filled == line_bytes)
            status = take_line(scan);
    }
    return status;
}

/* Waiting outside sane_read is what lets a cancel through while the scan head still travels. Drivers that
 * cannot do it are waited for inside, where only the caller's deadline helps. */
static void leave_waiting_to_us(struct sane_scan *scan)
{
    SANE_Int fd = -1;
    scan->select_fd = -1;
    if (sane_set_io_mode(scan->handle, SANE_TRUE) != SANE_STATUS_GOOD)
        return;
    if (sane_get_select_fd(scan->handle, &fd) == SANE_STATUS_GOOD)
        scan->select_fd = fd;
    else
        (void)sane_set_io_mode(scan->handle, SANE_FALSE);
}

/* Returns: whether the rows may be read now; false when the scan was cancelled. */
static bool wait_for_rows(const struct sane_scan *scan)
{
    struct pollfd waiting = {.fd = scan->select_fd, .events = POLLIN};
    while (!host_turn_is_cancelled(scan->turn))
        if (scan->select_fd < 0 || poll(&waiting, 1, WAIT_MS) != 0)
            return true;
    return false;
}

static enum status read_rows(struct sane_scan *scan, struct wire *reply, struct failure *failure)
{
    static uint8_t bytes[READ_BYTES];
    for (;;) {
        SANE_Int length = 0;
        if (!wait_for_rows(scan))
            return STATUS_CANCELLED;
        SANE_Status sane = sane_read(scan->handle, bytes, sizeof bytes, &length);
        if (sane == SANE_STATUS_EOF)
            break;
        if (sane != SANE_STATUS_GOOD)
            return sane_failure(failure, "sane_read", sane, reply);
        enum status status = take_bytes(scan, bytes, (size_t)(length > 0 ? length : 0));
        if (status != STATUS_OK)
            return failure_set(failure, status, "scanner_sane", 0, "row %lld", (long long)scan->rows);
    }
    if (scan->rows == 0 || (scan->parameters.lines > 0 && scan->rows != scan->parameters.lines))
        return failure_set(failure, STATUS_MALFORMED, "sane_read", 0, "%lld of %d rows",
                           (long long)scan->rows, scan->parameters.lines);
    return send_chunk(scan);
}

static enum status run_scan(struct sane_scan *scan, const struct sane_wish *wish, struct wire *reply,
                            struct failure *failure)
{
    SANE_Status sane = apply_wish(scan, wish);
    if (sane != SANE_STATUS_GOOD)
        return sane_failure(failure, "sane_control_option", sane, reply);
    sane = sane_start(scan->handle);
    if (sane != SANE_STATUS_GOOD)
        return sane_failure(failure, "sane_start", sane, reply);
    sane = sane_get_parameters(scan->handle, &scan->parameters);
    if (sane != SANE_STATUS_GOOD)
        return sane_failure(failure, "sane_get_parameters", sane, reply);
    enum status status = take_parameters(scan, failure);
    if (status == STATUS_OK)
        status = send_measures(scan);
    leave_waiting_to_us(scan);
    return status == STATUS_OK ? read_rows(scan, reply, failure) : status;
}

/* What a network scanner says of itself; READY for a scanner that cannot be asked or does not answer. */
static enum device_state ask_scanner(const struct sane_service *service, const char *id)
{
    enum device_state state = DEVICE_READY;
    char url[URL_BYTES];
    if (scanner_setup_find_escl(service->folders, id, url, sizeof url))
        (void)scanner_escl_ask(service->http, url, &state, NULL);
    return state;
}

/* The reply says nothing but this state. */
static enum status answer_anew(struct wire *reply, enum device_state state, enum status status,
                               struct failure *failure, const char *text)
{
    wire_release(reply);
    wire_init(reply, 0);
    if (wire_put_integer(reply, SCANNER_WIRE_STATE, state) != STATUS_OK)
        return STATUS_NO_MEMORY;
    return failure_set(failure, status, "scanner_sane", 0, "%s", text);
}

/* An error without a name gets the one the scanner itself gives it, and is told apart from a device that is
 * gone by asking the device once more. "Unsupported" is sane-airscan's word for a scanner that has stopped.
 */
static enum status refine_error(const struct sane_service *service, enum status status, const char *id,
                                struct wire *reply, struct failure *failure)
{
    if (status != STATUS_IO && status != STATUS_UNSUPPORTED)
        return status;
    enum device_state state = ask_scanner(service, id);
    if (state == DEVICE_JAMMED || state == DEVICE_COVER_OPEN)
        return answer_anew(reply, state, STATUS_REFUSED, failure, device_state_name(state));
    if (state == DEVICE_FAULTY)
        return answer_anew(reply, state, STATUS_IO, failure, "the scanner has stopped");
    if (status == STATUS_IO && probe(id) == DEVICE_OFFLINE)
        return answer_anew(reply, DEVICE_OFFLINE, STATUS_LOST, failure,
                           "the scanner does not answer any more");
    return status;
}

static enum status answer_scan(const struct sane_service *service, struct host_turn *turn,
                               const struct wire *request, const char *id, struct wire *reply,
                               struct failure *failure)
{
    struct sane_scan scan = {.turn = turn};
    struct sane_wish wish = {0};
    enum status status = read_wish(request, &wish);
    if (status != STATUS_OK)
        return status;
    SANE_Status sane = sane_open(id, &scan.handle);
    if (sane == SANE_STATUS_INVAL || sane == SANE_STATUS_IO_ERROR) {
        if (wire_put_integer(reply, SCANNER_WIRE_STATE, DEVICE_OFFLINE) != STATUS_OK)
            return STATUS_NO_MEMORY;
        return failure_set(failure, STATUS_LOST, "sane_open", (long)sane, "%s", sane_strstatus(sane));
    }
    if (sane != SANE_STATUS_GOOD)
        return sane_failure(failure, "sane_open", sane, reply);
    status = run_scan(&scan, &wish, reply, failure);
    sane_cancel(scan.handle); /* also after a whole page: it ends the device's job */
    sane_close(scan.handle);
    free(scan.chunk);
    free(scan.line);
    return refine_error(service, status, id, reply, failure);
}

static enum status service_handle(void *context, struct host_turn *turn, const struct wire *request,
                                  struct wire *reply, struct failure *failure)
{
    char id[SCANNER_ID_BYTES];
    enum status status = start_sane(context, failure);
    if (status != STATUS_OK)
        return status;
    if (request->type == SCANNER_WIRE_LIST)
        return answer_list(reply, failure);
    if (wire_get_text(request, SCANNER_WIRE_ID, id, sizeof id) != STATUS_OK)
        return STATUS_MALFORMED;
    if (request->type == SCANNER_WIRE_LOOK)
        return wire_put_integer(reply, SCANNER_WIRE_STATE, probe(id));
    if (request->type == SCANNER_WIRE_SCAN)
        return answer_scan(context, turn, request, id, reply, failure);
    return STATUS_UNSUPPORTED;
}

static enum status service_open(int argument_count, char *const *arguments, void **context,
                                struct failure *failure)
{
    if (argument_count > 1)
        return failure_set(failure, STATUS_CONFIG, "certhost scanner", argument_count,
                           "takes one argument, SANE's folder");
    struct sane_service *service = calloc(1, sizeof *service);
    if (!service)
        return STATUS_NO_MEMORY;
    service->folders = argument_count == 1 ? arguments[0] : "/etc/sane.d";
    enum status status = http_curl_new(&(struct http_curl_settings){0}, &service->http);
    if (status != STATUS_OK) {
        free(service);
        return status;
    }
    *context = service; /* SANE starts with the first request: looking for devices must not delay the hello */
    return STATUS_OK;
}

static void service_close(void *context)
{
    struct sane_service *service = context;
    if (!service)
        return;
    if (service->is_started)
        sane_exit();
    http_free(service->http);
    free(service);
}

const struct host_service *scanner_sane_service(void)
{
    static const struct host_service service = {"scanner", service_open, service_handle, service_close};
    return &service;
}
