/* Service paper: an order as the values of a printed form.
 *
 * Inside kiosk/services only. What a template names comes from the product (rows of the form, titles, ticks),
 * the order (number, amounts) and the certificate; the template decides which of them it prints. Pitfall: it
 * holds personal values; release wipes them.
 */
#ifndef KIOSK_SERVICES_SERVICE_PAPER_H
#define KIOSK_SERVICES_SERVICE_PAPER_H

#include "kiosk/paper/paper.h"
#include "kiosk/services/service_context.h"

enum { SERVICE_PAPER_VALUES_MAX = 96 };

struct service_paper {
    struct paper_template *template;
    struct paper_value items[SERVICE_PAPER_VALUES_MAX];
    char *owned[SERVICE_PAPER_VALUES_MAX]; /* the texts, by the same index */
    size_t count;
    char code[128]; /* of the page's QR */
    struct paper_options options;
};

/* The order's application form is ready to be drawn: template, values, page code.
 * Returns: CONFIG (template), NOT_FOUND; else as the store. Owns: the caller releases *out, also after
 * failure. */
enum status service_paper_form(struct service_context *context, const char *order_id,
                               struct service_paper *out, struct failure *failure);
/* The order's receipt, or its acceptance slip while it is not finished, with a fresh ticket in its code.
 * Returns and Owns: as above. */
enum status service_paper_receipt(struct service_context *context, const char *order_id,
                                  struct service_paper *out, struct failure *failure);
/* Everything is wiped and given back; safe on a zeroed one. */
void service_paper_release(struct service_paper *paper);

#endif
