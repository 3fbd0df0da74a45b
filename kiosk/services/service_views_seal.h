/* Service views of locks and seals: what a key is among its holder's keys, and what its electronic seal is
 * made of.
 *
 * Plain structs, part of service_views.h. Pitfall: a picture may be written on a key only once it is
 * approved.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_SEAL_H
#define KIOSK_SERVICES_SERVICE_VIEWS_SEAL_H

#include <stdbool.h>

#include "kiosk/catalogue/product.h"
#include "kiosk/order/order.h"

enum { SERVICE_SAMPLES_MAX = 8 };

/* A stamp or signature that was cut out of its sheet. */
struct service_sample {
    char paper[ORDER_NAME_BYTES];
    char zone[ORDER_NAME_BYTES]; /* of the sheet */
    enum product_sample_of of;
    char fault[32];  /* words "sample.fault.<fault>"; "none" for nothing */
    bool is_chosen;  /* of all that are of one thing */
    bool is_settled; /* by a tick on the sheet or by the applicant; else the best one counts */
    bool is_approved;
    double width_mm, height_mm; /* of the picture made of it; 0 for no picture */
};

/* What the order's key is among its holder's keys of the product. */
enum service_lock_role {
#define STORE_LOCK_ROLE(code, name) SERVICE_LOCK_##code,
#include "kiosk/store/store_lock_roles.def"
#undef STORE_LOCK_ROLE
    SERVICE_LOCK_COUNT_
};
struct service_lock {
    enum service_lock_role role;
    unsigned earlier; /* main locks the holder had */
    bool wants_seal;  /* a seal was asked for, whether the key gets one or not */
    bool by_clerk;    /* decided against the rule */
};

/* The lock of another authority that is handed in for the order's new one. */
enum { SERVICE_OLD_LOCK_BYTES = 256 };
struct service_old_lock {
    bool is_shown;
    bool is_known; /* by its issuer; else the clerk judges it */
    char issuer[SERVICE_OLD_LOCK_BYTES];
    char serial[65];     /* of its certificate, "" when it could not be read */
    char key_serial[20]; /* likewise */
};

/* What becomes of the seals that the order's key carries from an earlier order. */
enum service_carried {
    SERVICE_CARRIED_NONE, /* there are none, or the key is not known yet */
    SERVICE_CARRIED_ANEW, /* made anew with the order */
    SERVICE_CARRIED_KEPT, /* signed anew for the new certificate, for nothing */
    SERVICE_CARRIED_LEFT, /* stay with the old certificate and end with it */
    SERVICE_CARRIED_COUNT_
};

#endif
