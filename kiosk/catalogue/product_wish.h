/* Product wish: what one applicant asks of one operation: class, years, keys, kinds of change, seal, reason.
 * From it follow the price and the papers.
 *
 * Pure: the day is handed in. Pitfall: a wish that was not judged may ask for what the product does not
 * offer; ask product_wish_judge first, its answer is meant for the person who wrote the wish.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_WISH_H
#define KIOSK_CATALOGUE_PRODUCT_WISH_H

#include "kiosk/catalogue/product.h"

enum { PRODUCT_WISH_SUB_KINDS_MAX = 8, PRODUCT_WISH_COMPLAINT_BYTES = 224 };

struct product_wish {
    const struct product *product;
    const struct product_operation *operation;
    const char *class_id;
    unsigned years, quantity;
    const char *sub_kinds[PRODUCT_WISH_SUB_KINDS_MAX];
    size_t sub_kind_count;
    const char *reason; /* id, "" for none */
    bool seal;
    bool never_sealed;    /* the key carries no seal whatever is asked: a further lock (副锁) */
    bool agent;           /* somebody acts for the person */
    int64_t issued_utc_s; /* of the key the wish is about; 0 when it is not known */
    int64_t ends_utc_s;   /* of the certificate it is about; 0 likewise */
    int64_t now_utc_s;
};

/* The wish asks for the first class, the shortest term, one key, nothing else. Owns: everything is borrowed.
 */
void product_wish_init(struct product_wish *wish, const struct product *product,
                       const struct product_operation *operation, int64_t now_utc_s);

/* The ids of the operations that the product offers, for a sentence that says so: new, renew, ..
 * Units: size in bytes; what has no room is cut. */
void product_wish_list_operations(const struct product *product, char *out, size_t size);

/* Whether the product offers this.
 * Returns: OK, REFUSED with English text in complaint that says what is offered. */
enum status product_wish_judge(const struct product_wish *wish, char complaint[PRODUCT_WISH_COMPLAINT_BYTES]);
/* Whether what must be chosen was: a kind of change, where the operation has some.
 * Returns: REFUSED with what is offered in *complaint, for administrators; "" when it is right. */
enum status product_wish_judge_whole(const struct product_wish *wish,
                                     char complaint[PRODUCT_WISH_COMPLAINT_BYTES]);

/* What it costs. Returns: NOT_FOUND (no tariff row fits), FULL. After failure: *out is unchanged. */
enum status product_wish_quote(const struct product_wish *wish, struct price_quote *out);

/* Whether the operation or a kind of change of it is about the seal, which is made then, asked for or not. */
bool product_wish_makes_seal(const struct product_operation *operation);
/* Whether a seal can be had with the operation at all: it has a price, be it nothing, or comes with it. */
bool product_wish_may_be_sealed(const struct product *product, const struct product_operation *operation);
/* What its seal costs, or would cost. Returns: PRICE_UNKNOWN_FEN where nobody has published a price. */
int64_t product_wish_seal_fen(const struct product_wish *wish);
/* Whether a seal comes with what is asked, whether or not it was chosen: an operation or a kind of change
 * that is about the seal, or a product whose keys carry one. */
bool product_wish_brings_seal(const struct product_wish *wish);

/* Whether what is changed stands in an electronic seal, too: a key that carries one gets it anew, for a fee.
 */
bool product_wish_outdates_seal(const struct product_wish *wish);

/* The last day of the certificate if it is issued now, to say beside the term. Returns: 0 where none is
 * issued, or its end is that of an old one that is not known. */
int64_t product_wish_end_utc_s(const struct product_wish *wish);

/* Whether it is about a number of keys: a term is bought for each, or each is made anew. */
bool product_wish_counts_keys(const struct product_wish *wish);

/* Whether the reason and the key's age make it free. */
bool product_wish_in_warranty(const struct product_wish *wish);

/* Whether it does this among people, by its operation or a kind of change that was chosen. */
bool product_wish_does(const struct product_wish *wish, enum product_deed deed);
/* Whether it does anything among them. */
bool product_wish_has_deeds(const struct product_wish *wish);
/* Whether any of it is about a unit. */
bool product_wish_is_of_unit(const struct product_wish *wish);

/* Whether this paper of the operation is asked for. */
bool product_wish_needs(const struct product_wish *wish, const char *paper_id);
/* How many papers are asked for. */
size_t product_wish_papers(const struct product_wish *wish);

/* Whether one may choose: how many years or keys, whether with a seal (one that comes with what is asked is
 * no choice), which kinds of change, whether somebody else acts. */
bool product_wish_has_seal(const struct product_wish *wish);
bool product_wish_has_agent(const struct product_wish *wish);
bool product_wish_is_open(const struct product_wish *wish);

#endif
