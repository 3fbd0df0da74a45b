/* Sheet: a template with its values, ready to be drawn: what a form says, apart from any order.
 *
 * service_paper fills it for an order and adds number and code; certctl draws it as it is. It knows no store.
 * Pitfall: keys are borrowed and must outlive the sheet; texts are copied and wiped with it.
 */
#ifndef KIOSK_SERVICES_SERVICE_SHEET_H
#define KIOSK_SERVICES_SERVICE_SHEET_H

#include "kiosk/catalogue/product_wish.h"
#include "kiosk/paper/paper.h"

enum { SERVICE_SHEET_VALUES_MAX = 128 };

struct service_sheet {
    struct paper_template *template;
    struct paper_value items[SERVICE_SHEET_VALUES_MAX];
    char *owned[SERVICE_SHEET_VALUES_MAX]; /* the texts, by the same index */
    size_t count;
    char code[128]; /* of the page's QR */
    struct paper_options options;
};

/* The template of this name is loaded from the assets.
 * Returns: CONFIG, NO_MEMORY. Owns: the caller releases the sheet, also after failure. */
enum status service_sheet_open(struct service_sheet *sheet, const char *assets, const char *template_id,
                               int64_t utc_s, struct failure *failure);
/* One value more. Owns: the key is borrowed, the text copied. */
void service_sheet_add(struct service_sheet *sheet, const char *key, const char *text);
/* What the product says about itself. */
void service_sheet_add_product(struct service_sheet *sheet, const struct product *product);
/* Everything a form of this operation may name: printed rows, product, what was wished.
 * Returns: NOT_FOUND (the operation has no form), FULL, NO_MEMORY. */
enum status service_sheet_add_form(struct service_sheet *sheet, const struct product_wish *wish,
                                   const struct form_values *values);
/* Everything is wiped and given back; safe on NULL and on a zeroed one. */
void service_sheet_release(struct service_sheet *sheet);

/* The filled form of a wish stands at the end of the buffer as PDF, without number and page code.
 * Returns: as the above and paper_render. Thread: any. Time: as paper_render. */
enum status service_sheet_draw(const char *assets, const struct product_wish *wish,
                               const struct form_values *values, struct buf *pdf, struct failure *failure);

#endif
