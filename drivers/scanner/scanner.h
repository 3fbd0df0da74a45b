/* Scanner: one sheet on the glass or in the feeder becomes the pixels of one page.
 *
 * What goes wrong at a counter: the sheet jams, the lid stands open, the feeder is empty, the cable is
 * pulled, the applicant changes their mind in the middle, the vendor's library hangs. Each is one status and
 * one device state here, whoever made the scanner. The contract does not judge, straighten or compress pages
 * (kiosk/page does), and it writes nothing to disk.
 *
 * Pitfalls: a vendor's library may finish a page after it was told to stop, so a cancelled scan answers
 * CANCELLED and its page is dropped here, never by the caller. Many scanners can tell a jam only when a scan
 * is tried, so scanner_look repeats the last jam or open lid until a scan succeeds; trying again is always
 * allowed.
 *
 * Lost rule: after LOST a scan answers LOST at once, until scanner_look has found a device again.
 * Thread: one scanner object is used by one thread (the device's worker); only job_cancel_request comes from
 * others.
 */
#ifndef DRIVERS_SCANNER_SCANNER_H
#define DRIVERS_SCANNER_SCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/driver.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"

enum {
    SCANNER_DEVICES_MAX = 8,
    SCANNER_ID_BYTES = 256,
    SCANNER_NAME_BYTES = 128,
    SCANNER_DPI_MIN = 75,
    SCANNER_DPI_MAX = 600
};

/* Where the sheet lies. */
enum scanner_source { SCANNER_FLATBED, SCANNER_FEEDER };

/* One scanner the driver can reach. The id is the driver's own and stable as long as the device keeps its
 * place. */
struct scanner_device {
    char id[SCANNER_ID_BYTES];
    char name[SCANNER_NAME_BYTES]; /* maker and model, for people who repair */
    bool has_flatbed;              /* false also when the driver did not say before a scan */
    bool has_feeder;
};

struct scanner_list {
    size_t count;
    struct scanner_device devices[SCANNER_DEVICES_MAX];
};

/* How a page is asked for. A zeroed struct asks for an A4 colour page of 300 dpi from the glass. */
struct scanner_settings {
    int dpi;      /* 0 means 300 */
    bool is_gray; /* colour otherwise */
    enum scanner_source source;
    int width_mm;  /* 0 means 210 */
    int height_mm; /* 0 means 297 */
};

/* One scanned page: rows from the top, tightly packed, 3 bytes R G B (or 1 byte of gray) per pixel. */
struct scanner_page {
    int width_px;
    int height_px;
    int channels; /* 3 or 1 */
    int dpi;      /* what the device really used, which may differ from what was asked */
    size_t length;
    uint8_t *pixels; /* owned; may be moved out by setting it to NULL and freed with free() */
};

/* The pixels are overwritten and given back; safe on a zeroed page and on NULL. */
void scanner_page_release(struct scanner_page *page);

/* Rows seen so far. Units: rows; rows_total is 0 while the device does not say.
 * Thread: called on the thread that called scanner_scan. Time: must return at once. */
typedef void (*scanner_progress)(void *context, int rows, int rows_total);

/* What a scan may be interrupted by. */
struct scanner_call {
    int deadline_ms;           /* from now until the page is whole; 0 means 90 seconds */
    struct job_cancel *cancel; /* borrowed, may be NULL */
    scanner_progress progress; /* may be NULL */
    void *progress_context;
};

/* What a back end provides. All entries are called on one thread, never two at a time. */
struct scanner_ops {
    /* Stable name: "sane", "fake", "none". */
    const char *name;
    /* Must. The devices reachable now. Time: at most deadline_ms. After failure: out unchanged. */
    enum status (*list)(void *self, int deadline_ms, struct scanner_list *out, struct failure *failure);
    /* Must. Whether the device answers: READY, OFFLINE, or a fault the device tells without scanning.
     * Returns: OK with the state; LOST when the driver itself is gone. Time: at most deadline_ms. */
    enum status (*look)(void *self, const char *id, int deadline_ms, enum device_state *out,
                        struct failure *failure);
    /* Must. One page. *fault is the device's state after a failure (JAMMED, COVER_OPEN, PAPER_OUT, OFFLINE,
     * FAULTY). Returns: as scanner_scan. Cancel: stop feeding as soon as the device lets you, drop the page,
     * CANCELLED. After failure: out unchanged; the next scan may be tried. */
    enum status (*scan)(void *self, const char *id, const struct scanner_settings *settings,
                        const struct scanner_call *call, struct scanner_page *out, enum device_state *fault,
                        struct failure *failure);
    /* Must. Everything the back end holds is given back. */
    void (*close)(void *self);
};

/* How the scanner of this terminal is found. All texts are borrowed for the call of scanner_open only. */
struct scanner_options {
    const char *driver;    /* "sane", "fake" or "none"; NULL means "none" (settings: scanner.driver) */
    const char *device;    /* id or name of the one to use, NULL or "" for the first (scanner.device) */
    const char *host_path; /* the driver host's program (host.path); for "sane" */
    const char
        *sane_config_dir; /* SANE_CONFIG_DIR of the host, NULL for the system's (scanner.sane_config_dir) */
    const char *fake_script;   /* for "fake": see scanner_fake.h; NULL for one blank page after another */
    const struct clock *clock; /* borrowed for the life of the scanner; NULL for the system's */
};

struct scanner;

/* The scanner object exists; no device has been touched yet.
 * Returns: CONFIG for an unknown driver or a missing path, NO_MEMORY.
 * Owns: the caller, who closes it. */
enum status scanner_open(const struct scanner_options *options, struct scanner **out,
                         struct failure *failure);

/* The same over a back end made by the caller; what tests use.
 * Returns: NO_MEMORY. Owns: self belongs to the scanner, also on failure. */
enum status scanner_open_ops(const struct scanner_ops *ops, void *self, const char *device,
                             struct scanner **out);

/* Device and driver are given back; NULL is allowed. Time: at most a second. */
void scanner_close(struct scanner *scanner);

/* The name of the driver in use: "sane", "fake", "none". Returns: static text. */
const char *scanner_driver(const struct scanner *scanner);

/* The devices reachable now.
 * Units: milliseconds. Returns: OK also for an empty list; TIMED_OUT, LOST (driver gone; the next call starts
 * it again). Time: at most deadline_ms. After failure: *out unchanged. */
enum status scanner_devices(struct scanner *scanner, int deadline_ms, struct scanner_list *out,
                            struct failure *failure);

/* The state of the chosen device, looked at anew, with the name of the device in `name` when given.
 * A lost device becomes usable again here.
 * Returns: ABSENT when none is configured, OFFLINE when it cannot be reached, JAMMED, COVER_OPEN or FAULTY as
 * the device or the last scan told, else READY. Time: at most deadline_ms; asks the device, so not on the
 * screen's thread. */
enum device_state scanner_look(struct scanner *scanner, int deadline_ms, char name[SCANNER_NAME_BYTES]);

/* The state as last known, without asking. Returns: as scanner_look. */
enum device_state scanner_state(const struct scanner *scanner);

/* One page is scanned.
 * Returns: OK; CANCELLED (page dropped, device ready again); TIMED_OUT (the driver was stopped and starts
 * again with the next call); LOST (device or driver gone, see the lost rule); BUSY (another program scans);
 * REFUSED (feeder empty, jam or open lid: scanner_state tells which); MALFORMED (the device sent what is no
 * picture); FULL (more pixels than LIMIT_PAGE_PIXELS); UNSUPPORTED (no such source, resolution or mode);
 * NOT_FOUND (no device); IO (the device reports an error without a name: paper, lid, electronics). Owns: the
 * caller releases *out. Time: seconds; ends soon after call->cancel or at call->deadline_ms. After failure:
 * *out unchanged. */
enum status scanner_scan(struct scanner *scanner, const struct scanner_settings *settings,
                         const struct scanner_call *call, struct scanner_page *out, struct failure *failure);

#endif
