#include "drivers/scanner/scanner.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/scanner/scanner_client.h"
#include "drivers/scanner/scanner_fake.h"
#include "drivers/scanner/scanner_none.h"
#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

enum { SCANNER_LIST_DEADLINE_MS = 10000 };

struct scanner {
    const struct scanner_ops *ops;
    void *self;
    char wanted[SCANNER_ID_BYTES]; /* id or name asked for, "" for the first */
    struct scanner_device device;  /* the chosen one; id "" until found */
    enum device_state state;       /* as last known */
    enum device_state remembered; /* a jam or open lid the device tells only while scanning; READY for none */
    bool is_lost;
};

void scanner_page_release(struct scanner_page *page)
{
    if (!page)
        return;
    if (page->pixels)
        secret_wipe_bytes(page->pixels, page->length);
    free(page->pixels);
    *page = (struct scanner_page){0};
}

enum status scanner_open_ops(const struct scanner_ops *ops, void *self, const char *device,
                             struct scanner **out)
{
    struct scanner *scanner = calloc(1, sizeof *scanner);
    if (!scanner) {
        ops->close(self);
        return STATUS_NO_MEMORY;
    }
    scanner->ops = ops;
    scanner->self = self;
    scanner->state = ops == scanner_none_ops() ? DEVICE_ABSENT : DEVICE_OFFLINE;
    scanner->remembered = DEVICE_READY;
    if (!text_copy(scanner->wanted, sizeof scanner->wanted, device ? device : "")) {
        scanner_close(scanner);
        return STATUS_CONFIG;
    }
    *out = scanner;
    return STATUS_OK;
}

static enum status open_driver(const struct scanner_options *options, const struct scanner_ops **ops,
                               void **self, struct failure *failure)
{
    const char *driver = options->driver ? options->driver : "none";
    if (strcmp(driver, "sane") == 0)
        return scanner_client_new(options->host_path, options->sane_config_dir, options->clock, ops, self,
                                  failure);
    if (strcmp(driver, "fake") == 0)
        return scanner_fake_new(options->fake_script, ops, self, failure);
    if (strcmp(driver, "none") != 0)
        return failure_set(failure, STATUS_CONFIG, "scanner_open", 0, "no scanner driver is called \"%s\"",
                           driver);
    *ops = scanner_none_ops();
    return STATUS_OK;
}

enum status scanner_open(const struct scanner_options *options, struct scanner **out, struct failure *failure)
{
    const struct scanner_ops *ops = NULL;
    void *self = NULL;
    enum status status = open_driver(options, &ops, &self, failure);
    return status == STATUS_OK ? scanner_open_ops(ops, self, options->device, out) : status;
}

void scanner_close(struct scanner *scanner)
{
    if (!scanner)
        return;
    scanner->ops->close(scanner->self);
    free(scanner);
}

const char *scanner_driver(const struct scanner *scanner)
{
    return scanner->ops->name;
}

enum status scanner_devices(struct scanner *scanner, int deadline_ms, struct scanner_list *out,
                            struct failure *failure)
{
    return scanner->ops->list(scanner->self, deadline_ms, out, failure);
}

/* Which of the reachable devices is ours: the one whose id or name was asked for, or the first. */
static enum status choose(struct scanner *scanner, int deadline_ms, struct failure *failure)
{
    struct scanner_list list = {0};
    if (scanner->device.id[0])
        return STATUS_OK;
    enum status status = scanner->ops->list(scanner->self, deadline_ms, &list, failure);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < list.count; i++)
        if (!scanner->wanted[0] || strcmp(list.devices[i].id, scanner->wanted) == 0 ||
            strcmp(list.devices[i].name, scanner->wanted) == 0) {
            scanner->device = list.devices[i];
            log_info("scanner", "device %s", scanner->device.id);
            return STATUS_OK;
        }
    return failure_set(failure, STATUS_NOT_FOUND, "scanner_scan", 0,
                       "%zu devices, none is the one configured", list.count);
}

/* The state changes in this one place, and is logged when it does. */
static void set_state(struct scanner *scanner, enum device_state state)
{
    if (scanner->state != state)
        log_info("scanner", "state %s -> %s", device_state_name(scanner->state), device_state_name(state));
    scanner->state = state;
}

enum device_state scanner_look(struct scanner *scanner, int deadline_ms, char name[SCANNER_NAME_BYTES])
{
    enum device_state state = DEVICE_OFFLINE;
    enum status status = choose(scanner, deadline_ms, NULL);
    if (status == STATUS_OK)
        status = scanner->ops->look(scanner->self, scanner->device.id, deadline_ms, &state, NULL);
    if (status != STATUS_OK)
        state = scanner->ops == scanner_none_ops() ? DEVICE_ABSENT : DEVICE_OFFLINE;
    if (state == DEVICE_READY) {
        scanner->is_lost = false;
        state = scanner->remembered;
    }
    set_state(scanner, state);
    if (name)
        memcpy(name, scanner->device.name, SCANNER_NAME_BYTES);
    return state;
}

enum device_state scanner_state(const struct scanner *scanner)
{
    return scanner->state;
}

static struct scanner_settings with_defaults(const struct scanner_settings *settings)
{
    struct scanner_settings whole = *settings;
    whole.dpi = whole.dpi ? whole.dpi : 300;
    whole.width_mm = whole.width_mm ? whole.width_mm : 210;
    whole.height_mm = whole.height_mm ? whole.height_mm : 297;
    check(whole.dpi >= SCANNER_DPI_MIN && whole.dpi <= SCANNER_DPI_MAX);
    check(whole.width_mm > 0 && whole.width_mm <= 500 && whole.height_mm > 0 && whole.height_mm <= 500);
    return whole;
}

/* What a finished scan says about the device. An empty feeder is an answer to this request, not a state to
 * keep. */
static void note_outcome(struct scanner *scanner, enum status status, enum device_state fault)
{
    if (status == STATUS_LOST) {
        scanner->is_lost = true;
        fault = DEVICE_OFFLINE;
    }
    bool is_kept = fault == DEVICE_JAMMED || fault == DEVICE_COVER_OPEN || fault == DEVICE_FAULTY;
    if (status == STATUS_TIMED_OUT)
        fault = DEVICE_FAULTY; /* until looked at: nobody knows what it hung on */
    if (status == STATUS_OK)
        scanner->remembered = DEVICE_READY;
    else if (is_kept)
        scanner->remembered = fault;
    set_state(scanner, status == STATUS_OK || status == STATUS_CANCELLED ? scanner->remembered : fault);
}

enum status scanner_scan(struct scanner *scanner, const struct scanner_settings *settings,
                         const struct scanner_call *call, struct scanner_page *out, struct failure *failure)
{
    struct scanner_settings whole = with_defaults(settings);
    struct scanner_page page = {0};
    enum device_state fault = DEVICE_READY;
    if (scanner->is_lost)
        return failure_set(failure, STATUS_LOST, "scanner_scan", 0, "lost until looked for");
    if (job_cancel_is_requested(call->cancel))
        return STATUS_CANCELLED;
    enum status status = choose(scanner, SCANNER_LIST_DEADLINE_MS, failure);
    if (status == STATUS_OK) {
        set_state(scanner, DEVICE_WORKING);
        status = scanner->ops->scan(scanner->self, scanner->device.id, &whole, call, &page, &fault, failure);
    } else if (status == STATUS_NOT_FOUND)
        fault = scanner->ops == scanner_none_ops() ? DEVICE_ABSENT : DEVICE_OFFLINE;
    /* A vendor's library may finish a page it was told to stop: the wish counts, not the page. */
    if (status == STATUS_OK && job_cancel_is_requested(call->cancel)) {
        scanner_page_release(&page);
        status = STATUS_CANCELLED;
    }
    note_outcome(scanner, status, fault);
    if (status == STATUS_OK)
        *out = page;
    return status;
}
