/* Catalogue table: fees, papers and warnings as the guides print them (tests/flows/catalogue_*.def), the
 * judge of what the engine makes of config/catalogue.
 *
 * Copied by hand, not computed. Pitfall: lists in a row are ids or kinds parted by one blank.
 */
#ifndef TESTS_SUPPORT_CATALOGUE_TABLE_H
#define TESTS_SUPPORT_CATALOGUE_TABLE_H

#include "kiosk/services/service_views.h"

enum catalogue_fee_extra { CATALOGUE_FEE_PLAIN, CATALOGUE_FEE_SEAL, CATALOGUE_FEE_AGENT };
struct catalogue_fee {
    const char *product, *operation, *class_id;
    unsigned years, keys;
    enum catalogue_fee_extra extra;
    const char *sub_kinds;
    const char *reason;
    int64_t fen; /* PRICE_UNKNOWN_FEN when the guide has no amount */
    bool walks;  /* an order of it is gone through at the screens */
};

enum catalogue_paper_use {
    CATALOGUE_PAPER_SCAN,
    CATALOGUE_PAPER_CARD, /* scanned from front and back */
    CATALOGUE_PAPER_KEY,
    CATALOGUE_PAPER_SHEET,
    CATALOGUE_PAPER_SPARE
};
struct catalogue_paper {
    const char *product, *operations;
    const char *when; /* "" always, "seal", "agent", or a kind of change */
    enum catalogue_paper_use use;
    const char *title;
    bool stamped;
};

struct catalogue_warning {
    const char *product, *operations;
    const char *feature; /* of tests/features.md */
    const char *text;
};

/* The rows. Units: *count rows. Owns: static. */
const struct catalogue_fee *catalogue_table_fees(size_t *count);
const struct catalogue_paper *catalogue_table_papers(size_t *count);
const struct catalogue_warning *catalogue_table_warnings(size_t *count);

/* The wish of a row, in the catalogue's words. Owns: borrowed from the row; `words` holds what is cut out. */
struct catalogue_words {
    char sub_kinds[PRODUCT_WISH_SUB_KINDS_MAX][ORDER_NAME_BYTES];
};
void catalogue_table_wish(const struct catalogue_fee *fee, const struct product *product,
                          const struct product_operation *operation, struct catalogue_words *words,
                          struct product_wish *out);
/* Until when the certificate of a row holds: a renewal adds to the old one's end, but 国信 counts from the
 * day of acceptance; what is about an old one keeps its end; a first one has its years. Units: seconds UTC,
 * of the new one's beginning and the old one's end. */
int64_t catalogue_table_end_utc_s(const struct catalogue_fee *fee, int64_t begins_utc_s,
                                  int64_t old_end_utc_s);
/* Whether the table asks for this paper with this wish. */
bool catalogue_table_asks(const struct catalogue_paper *paper, const struct product_wish *wish);
/* Whether the table wants this warning before the operation. */
bool catalogue_table_warns(const struct catalogue_warning *warning, const struct product *product,
                           const struct product_operation *operation);

#endif
