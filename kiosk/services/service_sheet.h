/* Sheet: templates with their values, ready to be drawn: what a form and the sheets printed with it say,
 * apart from any order.
 *
 * service_paper fills it for an order and adds number and codes; certctl draws it as it is. It knows no
 * store. Pitfall: keys are borrowed and must outlive the sheet; texts are copied and wiped with it.
 */
#ifndef KIOSK_SERVICES_SERVICE_SHEET_H
#define KIOSK_SERVICES_SERVICE_SHEET_H

#include "kiosk/catalogue/product_wish.h"
#include "kiosk/paper/paper.h"

enum {
    SERVICE_SHEET_VALUES_MAX = 160,
    SERVICE_SHEET_CODE_BYTES = 128,
    SERVICE_SHEET_KEY_BYTES = 40 /* of a kind of change's key, with NUL */
};

struct service_sheet {
    struct paper_template *owned_templates[PAPER_PACK_MAX];
    struct paper_pack pack;
    struct paper_value items[SERVICE_SHEET_VALUES_MAX];
    char *owned[SERVICE_SHEET_VALUES_MAX]; /* the texts, by the same index */
    size_t count;
    char sub_kind_key[PRODUCT_WISH_SUB_KINDS_MAX][SERVICE_SHEET_KEY_BYTES];
    char code[PAPER_PAGES_MAX][SERVICE_SHEET_CODE_BYTES]; /* of the pages' QR, by page of the pack */
    struct paper_options options;
};

/* The template of this name is loaded from the assets and stands at the end of the pack, unless the values
 * say that it is not wanted.
 * Returns: CONFIG, NO_MEMORY, FULL. Owns: the caller releases the sheet, also after failure. */
enum status service_sheet_open(struct service_sheet *sheet, const char *assets, const char *template_id,
                               int64_t utc_s, struct failure *failure);
/* The form of the operation and every sheet that is printed with it.
 * Returns and Owns: as service_sheet_open. */
enum status service_sheet_open_pack(struct service_sheet *sheet, const char *assets,
                                    const struct product_operation *operation, int64_t utc_s,
                                    struct failure *failure);
/* The values as paper wants them. Owns: borrowed from the sheet. */
struct paper_values service_sheet_values(const struct service_sheet *sheet);
/* One value more. Owns: the key is borrowed, the text copied. */
void service_sheet_add(struct service_sheet *sheet, const char *key, const char *text);
/* What the product says about itself. */
void service_sheet_add_product(struct service_sheet *sheet, const struct product *product);
/* Everything a form of this operation may name: printed rows, product, agreement, what was wished, its price.
 * Returns: NOT_FOUND (the operation has no form), FULL, NO_MEMORY. */
enum status service_sheet_add_form(struct service_sheet *sheet, const struct product_wish *wish,
                                   const struct form_values *values);
/* Everything is wiped and given back; safe on NULL and on a zeroed one. */
void service_sheet_release(struct service_sheet *sheet);

/* The filled form of a wish with its further sheets stands at the end of the buffer as PDF, without number
 * and page codes. Returns: as the above and paper_render. Thread: any. Time: as paper_render. */
enum status service_sheet_draw(const char *assets, const struct product_wish *wish,
                               const struct form_values *values, struct buf *pdf, struct failure *failure);

/* The same to be filled in by hand: lines where values stand, no box ticked but the operation's, no number
 * and no page codes, so that nobody takes it for an order's; `head` at the upper edge of every page says so.
 * Templates see it as "blank" = "yes". Of the wish only product and operation count. Returns: as
 * service_sheet_draw. Owns: `head` is borrowed. Thread and Time: likewise. */
enum status service_sheet_draw_blank(const char *assets, const struct product_wish *wish, const char *head,
                                     struct buf *pdf, struct failure *failure);

#endif
