/* Invoices: what an order's payer is to get, from being owed to being issued.
 *
 * The tax system issues them, not we: here stands what it needs (the title, sealed under the order's data
 * key), by when, and the number it gave. Each change writes journal and audit; a title is corrected only
 * before issuing. Pitfall: one that was issued stays issued when its order is refunded; the tax system must
 * be told by a person.
 */
#ifndef KIOSK_STORE_STORE_INVOICE_H
#define KIOSK_STORE_STORE_INVOICE_H

#include "kiosk/store/store.h"

enum store_invoice_state {
#define STORE_INVOICE_STATE(code, name) STORE_INVOICE_##code,
#include "kiosk/store/store_invoice_states.def"
#undef STORE_INVOICE_STATE
    STORE_INVOICE_COUNT_
};

enum { STORE_INVOICE_TEXT_BYTES = 256, STORE_INVOICE_NUMBER_BYTES = 33 };

struct store_invoice {
    char order_id[STORE_ID_BYTES];
    enum store_invoice_state state;
    int64_t version; /* counts up with every change; set by the store */
    int64_t amount_fen;
    char document[STORE_INVOICE_NUMBER_BYTES]; /* the tax system's number, "" until issued */
    int64_t due_utc_s;                         /* 0 when nothing was promised */
    int64_t paid_utc_s;
    int64_t requested_utc_s; /* 0 until asked for */
    int64_t issued_utc_s;    /* 0 until issued */
    int64_t updated_utc_s;   /* set by the store */
};

/* To whom it is made out. */
struct store_invoice_title {
    char title[STORE_INVOICE_TEXT_BYTES];
    char tax_number[STORE_INVOICE_TEXT_BYTES];
    char email[STORE_INVOICE_TEXT_BYTES];
    char address[STORE_INVOICE_TEXT_BYTES];
    char bank[STORE_INVOICE_TEXT_BYTES];
    char account[STORE_INVOICE_TEXT_BYTES];
};

/* The stable name of a state. Returns: a static text, "invalid" outside the list. */
const char *store_invoice_state_name(enum store_invoice_state state);
/* The state with this name. Returns: STORE_INVOICE_COUNT_ when there is none. */
enum store_invoice_state store_invoice_state_from_name(const char *name);
/* Whether an invoice's number can be noted: 4 to 32 letters and digits. */
bool store_invoice_is_document(const char *text);

/* The order's invoice is owed: OPEN, or REQUESTED with its due day.
 * Returns: CONFLICT when the order has one, NOT_FOUND (no such order, or its person is forgotten), MALFORMED
 * (amount). */
enum status store_invoice_open(struct store *store, const struct store_invoice *invoice,
                               const struct store_invoice_title *title, struct failure *failure);
/* The order's invoice. Returns: NOT_FOUND. */
enum status store_invoice_load(struct store *store, const char *order_id, struct store_invoice *out,
                               struct failure *failure);
/* To whom it is made out. Returns: NOT_FOUND (none, or the person is forgotten), MALFORMED (damaged). */
enum status store_invoice_load_title(struct store *store, const char *order_id,
                                     struct store_invoice_title *out, struct failure *failure);

/* COUNT_ and 0 do not narrow the list. */
struct store_invoice_filter {
    enum store_invoice_state state;
    int64_t since_utc_s; /* paid at or after */
    size_t offset;
};
/* The invoices that fit, oldest first. Returns: OK with *count 0 when there is none. */
enum status store_invoice_list(struct store *store, const struct store_invoice_filter *filter,
                               struct store_invoice *out, size_t capacity, size_t *count,
                               struct failure *failure);

/* It was asked for and is due by then. Returns: BAD_STATE when it is not OPEN, NOT_FOUND. */
enum status store_invoice_request(struct store *store, const char *order_id, int64_t due_utc_s,
                                  struct failure *failure);
/* It is made out to somebody else, as this person says. Returns: BAD_STATE when it is issued or void,
 * CONFLICT when the version is another, MALFORMED without a title. */
enum status store_invoice_correct(struct store *store, const char *order_id, int64_t version,
                                  const struct store_invoice_title *title, const char *actor,
                                  struct failure *failure);
/* It was issued under this number. Returns: BAD_STATE when it is issued or void, CONFLICT when the version is
 * another, MALFORMED when it is no number or stands for another invoice, NOT_FOUND. */
enum status store_invoice_issue(struct store *store, const char *order_id, int64_t version,
                                const char *document, const char *actor, struct failure *failure);
/* It is not owed any more; one that was issued stays as it is. Returns: OK also when there is none. */
enum status store_invoice_void(struct store *store, const char *order_id, struct failure *failure);

#endif
