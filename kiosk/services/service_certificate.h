/* Service certificate: what the desk sees of certificates: who has them, how they stand, what has a deadline.
 *
 * Views alone, filled on the screen thread from replies. Pitfall: a line may be a second old; the worker
 * judges again what a clerk wants of it.
 */
#ifndef KIOSK_SERVICES_SERVICE_CERTIFICATE_H
#define KIOSK_SERVICES_SERVICE_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/base/secret.h"
#include "kiosk/order/order.h"

enum {
    SERVICE_CERTIFICATES_MAX = 48,
    SERVICE_CERTIFICATE_DEADLINES_MAX = 48,
    SERVICE_CERTIFICATE_ANCHORS_MAX = 16,
    SERVICE_CERTIFICATE_FILES_MAX = 32,
    SERVICE_CERTIFICATE_FILE_BYTES = 96,
    SERVICE_CERTIFICATE_TEXT_BYTES = 256,
    SERVICE_CERTIFICATE_CLERK_BYTES = 64
};

/* Why the authority withdraws a certificate by itself, and how far that is. */
struct service_certificate_revocation {
    char ground[ORDER_NAME_BYTES];               /* an id of the product's list; "" for none begun */
    char evidence[ORDER_REASON_BYTES];           /* a clerk's own words */
    char evidence_order[ORDER_ACCEPTANCE_BYTES]; /* whose papers are evidence, too; "" for none */
    char begun_by[SERVICE_CERTIFICATE_CLERK_BYTES];
    char signed_by[SERVICE_CERTIFICATE_CLERK_BYTES]; /* the second clerk */
    int64_t begun_utc_s;
    int64_t done_utc_s; /* 0 until the authority had done it */
};

struct service_certificate {
    char request_id[ORDER_ID_BYTES];
    struct order order; /* that made it */
    char unit[SERVICE_CERTIFICATE_TEXT_BYTES];
    char serial[65];
    char state[ORDER_NAME_BYTES]; /* words "certificate.state.<name>" */
    int64_t issued_utc_s;
    int64_t not_after_utc_s;
    char phone[24]; /* ending: of its holder, masked; "" unknown */
    char
        reminder[ORDER_NAME_BYTES]; /* ending: words "certificate.reminder.<name>"; "" for none was written */
    bool may_remind;                /* ending: product and hall tell it by message, and none went out */
    bool may_revoke;                /* it is live, its product has grounds, and nobody began it yet */
    struct service_certificate_revocation revocation;
};

/* What has to be done by a time, counted from the approval. */
struct service_certificate_deadline {
    struct order order; /* that asks for it, or whose certificate the authority withdraws */
    char unit[SERVICE_CERTIFICATE_TEXT_BYTES];
    bool by_authority;
    int64_t approved_utc_s;
    int64_t due_utc_s; /* 0 where no hours are promised */
};

/* A root certificate the hall trusts, or a revocation list it asks. */
struct service_certificate_anchor {
    bool is_list;
    char name[SERVICE_CERTIFICATE_TEXT_BYTES]; /* of the root, or of who issued the list */
    char number[48];                           /* serial, or number of the list; hexadecimal, "" for none */
    char digest[65];                           /* SHA-256 of it, hexadecimal */
    int64_t from_utc_s;                        /* valid from, or this update */
    int64_t until_utc_s;                       /* valid until, or next update; 0 for not said */
    size_t entries;                            /* of a list */
};

/* Whether an order's certificate may leave as a file with its key, and how far that is. */
enum service_certificate_soft {
    SERVICE_CERTIFICATE_SOFT_NONE,
    SERVICE_CERTIFICATE_SOFT_OFFERED,
    SERVICE_CERTIFICATE_SOFT_OPEN,   /* begun, and to be gone on with */
    SERVICE_CERTIFICATE_SOFT_WRITTEN /* the file is there, the authority is still to be told */
};

/* What a clerk lets it leave with. */
struct service_certificate_file {
    const char *order_id;
    const struct secret *password;        /* of the file */
    const char *second;                   /* the clerk who signs, too */
    const struct secret *second_password; /* that clerk's own */
};

/* What a clerk begins a revocation with. */
struct service_certificate_wish {
    const char *request_id;
    const char *ground;
    const char *evidence;       /* the clerk's own words */
    const char *evidence_order; /* acceptance number, "" for none */
};

#endif
