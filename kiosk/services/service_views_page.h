/* Service views of pages: the papers of an order, how each was scanned and judged, and what it is called.
 *
 * A part of service_views.h, which includes it. Pitfall: a title is the applicant's own and personal; it is
 * wiped with the view it stands in.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_PAGE_H
#define KIOSK_SERVICES_SERVICE_VIEWS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/catalogue/product.h"
#include "kiosk/order/order.h"

enum {
    SERVICE_PAPERS_MAX = 12,
    SERVICE_CHECKS_MAX = 12,
    SERVICE_PAGE_TITLE_BYTES = 64,
    SERVICE_EXTRA_TITLE_LEAST = 2, /* of a page beside the product's papers. Units: characters */
    SERVICE_EXTRA_TITLE_MOST = 16
};

/* A place on a page. Units: parts of the page, 0 to 1; all 0 is no place. */
struct service_place {
    double x, y, w, h;
};

/* What is known of one paper of the order. */
enum service_page_state { SERVICE_PAGE_MISSING, SERVICE_PAGE_GOOD, SERVICE_PAGE_POOR };
/* One computed check of a page: never drawn unless computed. */
enum service_check { SERVICE_CHECK_NOT_COMPUTED, SERVICE_CHECK_GOOD, SERVICE_CHECK_BAD };
/* The lines an applicant reads, in this order; several checks may stand behind one. */
enum service_check_line {
    SERVICE_CHECK_LINE_CLEAR,
    SERVICE_CHECK_LINE_STRAIGHT,
    SERVICE_CHECK_LINE_WHOLE,
    SERVICE_CHECK_LINE_STAMPED,
    SERVICE_CHECK_LINE_SIGNED,
    SERVICE_CHECK_LINE_NONE
};
/* The line a check stands behind, by its stable name. Returns: NONE for a name that is no check's, too. */
enum service_check_line service_check_line(const char *name);
/* Which side of its paper a page shows; a paper without sides is one page. */
enum service_side { SERVICE_SIDE_WHOLE, SERVICE_SIDE_FRONT, SERVICE_SIDE_BACK };
struct service_page {
    char paper[ORDER_NAME_BYTES];         /* of a back as product_side.h makes it */
    enum service_side side;               /* a back follows its front */
    int width_px, height_px;              /* as it is stored, 0 while there is none */
    char same_as[ORDER_NAME_BYTES];       /* the paper whose page stands for it, "" for one of its own */
    char title[SERVICE_PAGE_TITLE_BYTES]; /* the applicant's own, "" for the paper's */
    enum service_page_state state;
    bool is_open;     /* may and must be scanned (again) */
    bool is_optional; /* may be left out */
    size_t check_count;
    struct {
        char name[32];   /* page_check_name: words "page.check.<name>" */
        char reason[32]; /* page_reason_name: words "page.reason.<name>" */
        enum service_check verdict;
        struct service_place place; /* of what is wrong, or of the seal, where it is known */
    } checks[SERVICE_CHECKS_MAX];
    int dpi;           /* it was scanned with, 0 while there is none */
    int turned_tenths; /* how far the page was turned to lie straight. Units: tenths of a degree */
};

/* What a paper of an order is called: the applicant's own title, else the product's. Returns: "" for a paper
 * that neither knows. Owns: borrowed. */
const char *service_page_title(const struct product *product, const struct service_page *pages, size_t count,
                               const char *paper);
/* The page that may stand for this one, too: a back may stand on its front's, any other on that of the paper
 * the product names, if it is there itself with all its sides. Returns: NULL when there is none, or the page
 * may not be scanned. Owns: borrowed. */
const struct service_page *service_page_source(const struct product *product,
                                               const struct service_page *pages, size_t count,
                                               const struct service_page *page);

/* A scan on its way. */
struct service_scan {
    bool is_running;
    char paper[ORDER_NAME_BYTES];
    int percent;
};

/* Where a field's value stands on the form as it was printed. */
struct service_field_place {
    char field[ORDER_NAME_BYTES];
    struct service_place place;
};

#endif
