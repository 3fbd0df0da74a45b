/* Service views, of a form: what is known of it from elsewhere: registers, other orders, the holder's last
 * one.
 *
 * Part of service_views.h. Pitfall: what was found is about the values as they were stored last, not about
 * what is being typed.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_FORM_H
#define KIOSK_SERVICES_SERVICE_VIEWS_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/order/order.h"

enum { SERVICE_FINDINGS_MAX = 32 };

/* What a form took over from the holder's last order. */
struct service_known {
    bool is_asked;        /* the holder has not said yet whether it holds: service_order_known */
    int64_t filled_utc_s; /* when that order was opened; 0 for nothing taken over */
};

/* What is known of a field from elsewhere, from best to worst: the store's list, and a value another order
 * has. */
enum service_finding_verdict {
#define STORE_FINDING_VERDICT(code, name) SERVICE_FINDING_##code,
#include "kiosk/store/store_finding_verdicts.def"
#undef STORE_FINDING_VERDICT
    SERVICE_FINDING_TAKEN, /* by another order, where it must be unique */
    SERVICE_FINDING_NONE   /* nothing was compared */
};
struct service_finding {
    char comparison[ORDER_NAME_BYTES]; /* the product's; "" for TAKEN */
    char field[ORDER_NAME_BYTES];
    enum service_finding_verdict verdict;
};
/* The worst that was found about this field; NONE when nothing was. */
enum service_finding_verdict service_finding_of(const struct service_finding *findings, size_t count,
                                                const char *field);
/* The worst that a comparison found; NONE when it was not made. */
enum service_finding_verdict service_finding_by(const struct service_finding *findings, size_t count,
                                                const char *comparison);
/* The stable name of a verdict: words "finding.<name>". Returns: a static text. Thread: any. */
const char *service_finding_name(enum service_finding_verdict verdict);

/* How the certificate was received. */
enum service_consent_state {
    SERVICE_CONSENT_NONE,  /* the product does not ask, or there is none yet */
    SERVICE_CONSENT_ASKED, /* nothing was said; once the key is taken, until `at_utc_s` */
    SERVICE_CONSENT_GIVEN,
    SERVICE_CONSENT_SILENT, /* nothing was said in time */
    SERVICE_CONSENT_OBJECTED
};
enum service_objection {
#define SERVICE_OBJECTION(code, name) SERVICE_OBJECTION_##code,
#include "kiosk/services/service_objections.def"
#undef SERVICE_OBJECTION
    SERVICE_OBJECTION_COUNT_
};
/* The stable name of an objection: words "objection.<name>". Returns: a static text. Thread: any. */
const char *service_objection_name(enum service_objection objection);
struct service_consent {
    enum service_consent_state state;
    char objection[ORDER_NAME_BYTES]; /* words "objection.<name>"; "" for none */
    int64_t at_utc_s;                 /* of the state; ASKED: its end, 0 while the key is here */
};

#endif
