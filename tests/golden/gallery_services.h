/* Gallery services: services.h played from a script instead of by workers, so that every state a screen can
 * show is written down as data and looks the same in every run.
 *
 * Linked in place of kiosk/services/services.c: a view is what a case put there, a request is only
 * remembered. gallery_answer hands the reply to the screen as the workers would have. Nothing is stored and
 * no thread runs. Pitfall: only programs of tests/golden link this; flows and kill tests run on the real
 * services.
 */
#ifndef TESTS_GOLDEN_GALLERY_SERVICES_H
#define TESTS_GOLDEN_GALLERY_SERVICES_H

#include "kiosk/services/services.h"

struct services {
    struct service_visit visit;
    struct form_values values;
    struct service_key key;
    struct service_devices devices;
    struct service_supervision supervision;
    struct service_desk desk;
    uint64_t last_id;
    uint64_t asked[SERVICE_COUNT_];     /* id of the last request of each kind, 0 for none */
    char asked_paper[ORDER_NAME_BYTES]; /* of the last page wanted as a picture, and how wide */
    char case_asked[ORDER_ID_BYTES];    /* which case was asked for last */
    int asked_width_px;
    struct order_rejections rejected;         /* of the last rejection */
    char reason[SERVICE_TEXT_BYTES];          /* of the last giving up */
    struct service_audit_filter audit;        /* of the last look into the audit */
    bool has_partners;                        /* partners give out codes */
    bool has_accounts;                        /* the hall has accounts with passwords */
    bool speaks;                              /* the hall can have a code read aloud */
    bool identifies[PRODUCT_IDENTITY_COUNT_]; /* the hall has this way beside the desk */
};

/* Every view is empty, devices are ready and the writer is empty. */
void gallery_services_init(struct services *services);
/* Everything is wiped; zeroed services are allowed. */
void gallery_services_release(struct services *services);

/* The request of this kind is remembered. Returns: its id. */
uint64_t gallery_services_ask(struct services *services, enum service_kind kind);

#endif
