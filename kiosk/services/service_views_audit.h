/* Service views of the audit: the rows a filter leaves, page by page, and one row between its neighbours.
 *
 * A part of service_views.h, which includes it. Kinds, results and actions are stable names; the desk has the
 * words. Pitfall: `first` and `until_utc_ms` are what the rows were loaded for; ask for the next page with
 * the same `until_utc_ms`, or rows stand on two pages.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_AUDIT_H
#define KIOSK_SERVICES_SERVICE_VIEWS_AUDIT_H

enum {
    SERVICE_AUDIT_MAX = 100,
    SERVICE_AUDIT_NAMES_MAX = 30,
    SERVICE_AUDIT_ACTIONS_MAX = 384,
    SERVICE_AUDIT_HISTORY_MAX = 12,
    SERVICE_AUDIT_RESULTS_MAX = 8,
    SERVICE_AUDIT_SIGNERS_MAX = 4,
    SERVICE_AUDIT_ORDERS_BYTES = 1024,
    SERVICE_AUDIT_SUBJECT_BYTES = 65,
    SERVICE_AUDIT_TEXT_BYTES = 128,
    SERVICE_AUDIT_CHOICE_BYTES = 4096,
    SERVICE_DIGEST_BYTES = 65
};

struct service_audit_line {
    int64_t sequence;
    char writer[SERVICE_NAME_BYTES];          /* the terminal or desk whose chain it is in */
    char digest[SERVICE_DIGEST_BYTES];        /* of the row, in hexadecimal */
    char digest_before[SERVICE_DIGEST_BYTES]; /* of the row before it in the chain; "" for the first */
    int64_t at_utc_ms;
    char actor[SERVICE_NAME_BYTES]; /* "" for the program itself, "uid:0" for an account of the machine .. */
    char account[SERVICE_NAME_BYTES]; /* .. which is called so there; "" for a clerk, and for one unknown */
    char action[SERVICE_NAME_BYTES];
    char subject[SERVICE_AUDIT_SUBJECT_BYTES];
    char detail[SERVICE_TEXT_BYTES];
    char result[ORDER_NAME_BYTES];           /* a name of store_audit_results.def: "done", "failed" .. */
    char order_id[ORDER_ID_BYTES];           /* the order it is about; "" for none */
    char acceptance[ORDER_ACCEPTANCE_BYTES]; /* its number */
};

/* All that is said must hold; "" and 0 say nothing. */
struct service_audit_filter {
    int64_t from_utc_ms, until_utc_ms; /* the first millisecond that is too late; 0: now */
    char actor[SERVICE_NAME_BYTES];
    bool by_program;
    char writer[SERVICE_NAME_BYTES];
    char kind[ORDER_NAME_BYTES];
    char result[ORDER_NAME_BYTES];
    char about[SERVICE_AUDIT_SUBJECT_BYTES];  /* an order's id, or a subject */
    char text[SERVICE_AUDIT_TEXT_BYTES];      /* somewhere in the row .. */
    char actions[SERVICE_AUDIT_CHOICE_BYTES]; /* .. or the action is one of these: ",order.paid,order.taken,"
                                               */
    char orders[SERVICE_AUDIT_ORDERS_BYTES];  /* .. or the id of its order is: ",id,id," */
    size_t first, rows;                       /* so many from this one on, SERVICE_AUDIT_MAX at most */
};

/* What a filter left. */
struct service_audit {
    int64_t until_utc_ms;
    size_t total, first, count;
    struct service_audit_line rows[SERVICE_AUDIT_MAX];
};
/* What every chain said when they were checked last, and what there was to choose from then. */
struct service_audit_chains {
    bool is_known, holds;
    int64_t checked_utc_s;
    char broken_writer[SERVICE_NAME_BYTES];
    int64_t broken_sequence; /* the first row that is wrong, missing or cut off */
    size_t actor_count, writer_count, action_count, result_count;
    char actors[SERVICE_AUDIT_NAMES_MAX][SERVICE_NAME_BYTES];
    char accounts[SERVICE_AUDIT_NAMES_MAX][SERVICE_NAME_BYTES]; /* of these actors, as in a line */
    char writers[SERVICE_AUDIT_NAMES_MAX][SERVICE_NAME_BYTES];
    char actions[SERVICE_AUDIT_ACTIONS_MAX][SERVICE_NAME_BYTES];
    char results[SERVICE_AUDIT_RESULTS_MAX][ORDER_NAME_BYTES];
};
/* Who signed the decision a row is about, how, and over the digest of what was on the screen. */
struct service_audit_signed {
    char action[ORDER_NAME_BYTES]; /* "approve", "reject" ..; "" for a row of anything else */
    char displayed[SERVICE_DIGEST_BYTES];
    int64_t required; /* signers it takes */
    size_t count;     /* who signed so far, in order */
    struct {
        char name[SERVICE_NAME_BYTES];
        char method[SERVICE_NAME_BYTES]; /* "password" */
        int64_t at_utc_s;
    } by[SERVICE_AUDIT_SIGNERS_MAX];
};
/* One row as it stands in its chain, and what else is known of its order or subject, oldest first. */
struct service_audit_row {
    char writer[SERVICE_NAME_BYTES];
    int64_t sequence;                       /* 0: none is in hand */
    char digest_next[SERVICE_DIGEST_BYTES]; /* "" for the last */
    bool holds;
    struct service_audit_signed decision;
    struct order order;            /* id "" without one */
    char unit[SERVICE_TEXT_BYTES]; /* whose it is */
    size_t history_count;
    struct service_audit_line history[SERVICE_AUDIT_HISTORY_MAX];
};

#endif
