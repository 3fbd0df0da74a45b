/* Robot order: an order of any product and operation, gone through at the screens from the welcome page to
 * the welcome page, whatever steps its definition puts in whatever order.
 *
 * The robot looks which page is on top and does what a person does there; clerks do their part when a page
 * waits for them. What it was shown on the way is kept, for the test to judge. It knows pages by their
 * stable names, products only by their data. Pitfall: a page it does not know stops the test; it is taught
 * there, not in the test.
 */
#ifndef TESTS_SUPPORT_ROBOT_ORDER_H
#define TESTS_SUPPORT_ROBOT_ORDER_H

#include "kiosk/form/form.h"
#include "tests/support/robot.h"

enum { ROBOT_ORDER_PAGES_MAX = 32, ROBOT_ORDER_TEXTS_BYTES = 256 * 1024 };

struct robot_order {
    struct robot *robot;
    struct hall_program *desk; /* clerks "chen" and "lin" can sign in there */
    const struct product *product;
    const struct product_operation *operation;
    struct service_wish wish; /* what is chosen; class and reason beside it */
    const char *class_id;
    const char *reason;               /* "" for the first that is offered */
    const struct form_values *values; /* of every asked field */
    const char *own_key;              /* the holder's own, with PIN HALL_PIN; NULL: has none with them */
    const char *blank_key;            /* from the drawer, for a new certificate */
    const char *strange_key; /* put in where the own key is asked for, but no order made it; NULL for none */

    char order_id[ORDER_ID_BYTES];            /* once it is opened */
    const char *pages[ROBOT_ORDER_PAGES_MAX]; /* names of the pages that were on top, in order */
    size_t page_count;
    char papers[SERVICE_PAPERS_MAX]
               [ORDER_NAME_BYTES]; /* ids of what came into hand at the scanner by itself */
    size_t paper_count;
    size_t unapproved_bytes; /* of the texts, when the first clerk approved; 0: no clerk did */
    struct buf texts;        /* every text that was shown, a line each; the first use of a page only */
};

/* From the welcome page to the end and the welcome page again. `order` is zeroed but for its first part.
 * Owns: the caller releases order->texts. */
void robot_order_go(struct robot_order *order);
/* Whether a text was shown on any page. */
bool robot_order_saw(const struct robot_order *order, const char *text);
/* Whether who acts for the person was asked about and named to be let in, or, where the person came, nobody
 * was.
 */
bool robot_order_told_agent(const struct robot_order *order);
/* Whether a page of this name was on top. */
bool robot_order_passed(const struct robot_order *order, const char *page);

#endif
