/* Service stock: blank keys by serial number as the desk sees them, and what two clerks do with them.
 *
 * Views are filled from replies; a period is the day in the hall, as in the sums of the shift. Pitfall: a key
 * that was never registered stops nobody's visit; it is told in `unknown` until it is received.
 */
#ifndef KIOSK_SERVICES_SERVICE_STOCK_H
#define KIOSK_SERVICES_SERVICE_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/secret.h"

struct services;
struct service_context;
struct service_job;
struct service_desk;
struct settings;
struct failure;

enum {
    SERVICE_STOCK_TEXT_BYTES = 64,
    SERVICE_STOCK_SERIALS_BYTES = 4096,
    SERVICE_STOCK_BATCHES_MAX = 12,
    SERVICE_STOCK_UNKNOWN_MAX = 20
};

/* A batch today: opening + received - issued - scrapped = left. */
struct service_stock_batch {
    char id[SERVICE_STOCK_TEXT_BYTES];
    char model[SERVICE_STOCK_TEXT_BYTES];
    int64_t opening, received, issued, scrapped, left;
    int64_t low_at, model_left; /* warned of when the model has fewer left than that */
    int64_t days_left;          /* of the model, as used in seven days; -1 unknown */
    int64_t asked;              /* of the model, and not come yet; 0 for none */
};

enum service_stock_step {
    SERVICE_STOCK_RECEIVE,
    SERVICE_STOCK_MOVE,
    SERVICE_STOCK_SCRAP,
    SERVICE_STOCK_ASK, /* by one clerk */
    SERVICE_STOCK_STEP_COUNT_
};

struct service_stock_act {
    enum service_stock_step step;
    char serials[SERVICE_STOCK_SERIALS_BYTES]; /* as kiosk/form/serial_list.h takes them */
    char batch[SERVICE_STOCK_TEXT_BYTES];      /* they are received in */
    char model[SERVICE_STOCK_TEXT_BYTES];      /* they are of, or that is asked for */
    char place[SERVICE_STOCK_TEXT_BYTES];      /* terminal they are moved to, "" the hall's stock */
    char reason[SERVICE_STOCK_TEXT_BYTES];     /* they are scrapped for */
    int64_t amount;                            /* asked for */
};

/* The keys were received, moved or scrapped (number: how many), all or none, and a second clerk signed; or so
 * many are asked for. Owns: copies, the password wiped after use. Reasons: STOCK_SERIALS, STOCK_KNOWN,
 * STOCK_UNKNOWN, STOCK_STATE (number: which key of the list), STOCK_BATCH, SAME_PERSON, PASSWORD_WRONG,
 * LOCKED. */
uint64_t service_desk_stock(struct services *services, const struct service_stock_act *act,
                            const char *second, const struct secret *password);

/* Under how many keys of the model the hall is warned, as the settings say. */
int64_t service_stock_low_at(const struct settings *settings, const char *model);
/* Batches, unknown keys and what each terminal holds stand in the view. Returns: as the store. Thread: the
 * desk worker's. */
enum status service_stock_load(struct service_context *context, struct service_desk *desk,
                               struct failure *failure);

#endif
