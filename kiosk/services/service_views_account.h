/* Service views of who comes again: how many orders wait, what was paid, what was said about the hall.
 *
 * A part of service_views.h, which includes it. Pitfall: as there: the store decides, never a view.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_ACCOUNT_H
#define KIOSK_SERVICES_SERVICE_VIEWS_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/order/order.h"

enum { SERVICE_BILLS_MAX = 40, SERVICE_FEEDBACKS_MAX = 48, SERVICE_FEEDBACK_TEXT_BYTES = 256 };

/* How the number of the visit was proven. */
enum service_login {
    SERVICE_LOGIN_BY_NOTHING,
    SERVICE_LOGIN_BY_CODE,
    SERVICE_LOGIN_BY_PASSWORD,
    SERVICE_LOGIN_BY_KEY /* the number its certificate was asked for with */
};
enum { SERVICE_COMPANIES_MAX = 4, SERVICE_ALIAS_BYTES = 256 };
/* The account of the visit's number. */
struct service_account {
    bool is_known; /* it was looked at */
    bool exists;
    char email[SERVICE_ALIAS_BYTES]; /* log-in names beside the number; "" for none */
    char company[SERVICE_ALIAS_BYTES];
    size_t company_count; /* full names the person may log in by */
    char companies[SERVICE_COMPANIES_MAX][SERVICE_ALIAS_BYTES];
};

/* A visit that was begun in a partner's system, by the code somebody brought along. */
enum { SERVICE_APPOINTMENT_BYTES = 513 };
struct service_appointment {
    bool is_read;                         /* it is good; else it was only seen on the scanner */
    char text[SERVICE_APPOINTMENT_BYTES]; /* the code; "" for none */
    char product[ORDER_NAME_BYTES];
    char operation[ORDER_NAME_BYTES];
    char class_id[ORDER_NAME_BYTES]; /* "" for the first */
};

/* How much of what somebody has: all there is, not only what the lists show. */
struct service_order_counts {
    int64_t open;                       /* orders under way */
    int64_t rejected, paying, fetching; /* and of these: sent back, wait for money, for their key */
    int64_t soft;                       /* may leave the desk as a file */
    int64_t certificates, ending;       /* neither over nor withdrawn, and of these: end soon */
};

/* Money that came for one of somebody's orders. */
struct service_bill {
    char order_id[ORDER_ID_BYTES];
    char acceptance[ORDER_ACCEPTANCE_BYTES];
    char product[ORDER_NAME_BYTES];
    char operation[ORDER_NAME_BYTES];
    char channel[16]; /* words "bills.by.<channel>" */
    int64_t amount_fen;
    int64_t paid_utc_s;
    enum { SERVICE_BILL_PAID, SERVICE_BILL_REFUNDING, SERVICE_BILL_REFUNDED } state;
};
struct service_bills {
    size_t count; /* newest first */
    struct service_bill bills[SERVICE_BILLS_MAX];
    int64_t kept_fen; /* of those shown: paid and not given back */
};

enum service_feedback_kind {
#define STORE_FEEDBACK_KIND(code, name) SERVICE_FEEDBACK_##code,
#include "kiosk/store/store_feedback_kinds.def"
#undef STORE_FEEDBACK_KIND
    SERVICE_FEEDBACK_COUNT_
};
/* The stable name of a kind: words "feedback.<name>". Returns: a static text. Thread: any. */
const char *service_feedback_kind_name(enum service_feedback_kind kind);
/* What somebody said, as the desk reads it. */
struct service_feedback {
    char id[ORDER_ID_BYTES];
    enum service_feedback_kind kind;
    char text[SERVICE_FEEDBACK_TEXT_BYTES];
    char phone[16]; /* "" unknown */
    char terminal[ORDER_NAME_BYTES];
    char clerk[ORDER_NAME_BYTES]; /* who has seen to it; "" for nobody */
    int64_t at_utc_s;
};

/* The question of the certificate the visit's order is about. */
struct service_question {
    bool is_asked; /* the order does not go on before it is answered */
    char question[256];
};

/* What a clerk lets somebody set anew. */
enum service_reset_kind {
#define STORE_RESET_KIND(code, name) SERVICE_RESET_##code,
#include "kiosk/store/store_reset_kinds.def"
#undef STORE_RESET_KIND
    SERVICE_RESET_COUNT_
};
enum service_reset_state {
#define STORE_RESET_STATE(code, name) SERVICE_RESET_IS_##code,
#include "kiosk/store/store_reset_states.def"
#undef STORE_RESET_STATE
    SERVICE_RESET_STATE_COUNT_
};
/* The stable name of a kind: words "reset.<name>". Returns: a static text. Thread: any. */
const char *service_reset_kind_name(enum service_reset_kind kind);
/* What was asked for at this terminal. */
struct service_reset {
    char id[ORDER_ID_BYTES]; /* "" for nothing */
    enum service_reset_kind kind;
    enum service_reset_state state;
    char code[8]; /* the person tells the clerk */
    int64_t until_utc_s;
};
/* The same as the desk sees it. */
struct service_reset_line {
    struct service_reset reset;
    char who[64]; /* masked number, or an order's; "" where the name is nobody's */
    char terminal[ORDER_NAME_BYTES];
    char proof[8]; /* granted: the clerk tells the person, who types it at the terminal; else "" */
    int64_t wrong; /* numbers typed that were not the person's; granted: codes that were not this one */
    int64_t since_utc_s;
};
enum { SERVICE_RESETS_MAX = 16 };

#endif
