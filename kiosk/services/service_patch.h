/* Service patch: what a worker found out, on its way to the views of the screen thread.
 *
 * Inside kiosk/services only. `changes` says which members count; the rest is undefined.
 * Pitfall: views are replaced member by member, so a patch with PATCH_ORDER brings the whole order.
 */
#ifndef KIOSK_SERVICES_SERVICE_PATCH_H
#define KIOSK_SERVICES_SERVICE_PATCH_H

#include "kiosk/services/service_views.h"

enum service_change {
    PATCH_LOGIN = 1 << 0,    /* visit.phone */
    PATCH_ORDERS = 1 << 1,   /* visit.orders */
    PATCH_ORDER = 1 << 2,    /* visit.order, rejections, pages, payment, product and class */
    PATCH_VALUES = 1 << 3,   /* the form's values */
    PATCH_TICKET = 1 << 4,   /* visit.ticket */
    PATCH_PAYMENT = 1 << 5,  /* visit.payment alone */
    PATCH_ISSUE = 1 << 6,    /* visit.issue */
    PATCH_SCAN = 1 << 7,     /* visit.scan */
    PATCH_KEY = 1 << 8,      /* the key in the writer */
    PATCH_PRINTER = 1 << 9,  /* devices.printer */
    PATCH_SCANNER = 1 << 10, /* devices.scanner */
    PATCH_WRITER = 1 << 11,
    PATCH_AUTHORITY = 1 << 12,
    PATCH_GATEWAY = 1 << 13,
    PATCH_SMS = 1 << 14,
    PATCH_CALL = 1 << 15, /* visit.clerk_called */
    PATCH_DESK_SIGN = 1 << 16,
    PATCH_DESK_OVERVIEW = 1 << 17,
    PATCH_DESK_CASE = 1 << 18,            /* desk.opened, without values unless PATCH_VALUES is set too */
    PATCH_DESK_AUDIT = 1 << 19,           /* desk.audit */
    PATCH_DESK_SEEN = 1 << 20,            /* visit.scan.paper names the page now on the clerk's screen */
    PATCH_DESK_DECIDED = 1 << 21,         /* desk.opened.decided, approved, undo_until_utc_s */
    PATCH_SUPERVISION = 1 << 22,          /* what reaches the terminal from the desk */
    PATCH_DESK_INVOICES = 1 << 23,        /* desk.invoices */
    PATCH_PROVING = 1 << 24,              /* visit.proving */
    PATCH_HOLDER = 1 << 25,               /* visit.holder */
    PATCH_RECORD = 1 << 26,               /* visit.record */
    PATCH_UNITS = 1 << 27,                /* visit.units */
    PATCH_CARD = 1 << 28,                 /* visit.card */
    PATCH_IDCARD = 1 << 29,               /* devices.idcard */
    PATCH_DESK_UNITS = 1 << 30,           /* desk.units, unit, proofs */
    PATCH_DESK_PARCELS = 1U << 31,        /* desk.parcels, desk.notices */
    PATCH_BILLS = 1ULL << 32,             /* visit.bills */
    PATCH_DESK_HOLDERS = 1ULL << 33,      /* desk.resets, feedbacks */
    PATCH_QUESTION = 1ULL << 34,          /* visit.question */
    PATCH_RESET = 1ULL << 35,             /* visit.reset */
    PATCH_DESK_CERTIFICATES = 1ULL << 36, /* desk.certificates */
    PATCH_ACCOUNT = 1ULL << 38,           /* visit.account */
    PATCH_APPOINTMENT = 1ULL << 39,       /* visit.appointment */
    PATCH_MINE = 1ULL << 40,              /* visit.mine */
    PATCH_DESK_AUDIT_CHAINS = 1ULL << 41, /* desk.audit_chains */
    PATCH_DESK_AUDIT_ROW = 1ULL << 42,    /* desk.audit_row */
    PATCH_DESK_TRUST = 1ULL << 37         /* desk.anchors, files, has_stick */
};

struct service_patch {
    uint64_t changes; /* enum service_change, or-ed */
    struct service_visit visit;
    struct form_values values; /* moved into the visit or the case */
    struct service_key key;
    struct service_devices devices;
    struct service_supervision supervision;
    struct service_desk desk;
};

struct services;
/* The views hold what the patch says; the patch is spent. Thread: the screen's. */
void service_patch_apply(struct services *services, struct service_patch *patch);
/* The patch is wiped and given back; NULL is allowed. */
void service_patch_free(struct service_patch *patch);

#endif
