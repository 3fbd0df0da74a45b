/* Ctl order: what the order verbs share: an order as JSON, in the words of its product where that is known.
 *
 * Inside kiosk/ctl only. Pitfall: the catalogue may no longer have the product; ids are shown then.
 */
#ifndef KIOSK_CTL_CTL_ORDER_H
#define KIOSK_CTL_CTL_ORDER_H

#include "kiosk/catalogue/catalogue.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/order/order.h"

/* The products of the settings, for their words.
 * Returns: NULL when they cannot be read, which is told once and stops nothing. Owns: the caller frees them.
 */
struct catalogue *ctl_order_words(const struct ctl *ctl);

/* What --since says: "3d" and "12h" count back from now, a date is a day of the hall.
 * Returns: whether it says either. */
bool ctl_order_since(const struct ctl *ctl, const char *text, int64_t *out);

/* The order as a JSON object: number, state, label, product, class, operation, amounts, times; nothing
 * personal. Owns: the caller. */
struct json *ctl_order_json(const struct order *order, const struct catalogue *catalogue);

/* The JSON array with what applicants and records say about one order is added to the object: history,
 * payments, certificates, keys, intentions, pages, decisions. Returns: as the store. */
enum status ctl_order_records(struct store *store, const struct order *order, struct json *document,
                              struct failure *failure);

/* What the applicant wrote and what clerks sent back are added to the object: personal data.
 * Returns: as the store. Owns: whoever shows the object wipes what it is written into. */
enum status ctl_order_reveal(struct store *store, const struct order *order,
                             const struct catalogue *catalogue, struct json *document,
                             struct failure *failure);

#endif
