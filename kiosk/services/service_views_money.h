/* Service views of money: payment attempts, money that passes by hand, invoices.
 *
 * A part of service_views.h, which includes it. Pitfall: as there: the store decides, never a view.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_MONEY_H
#define KIOSK_SERVICES_SERVICE_VIEWS_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/order/order.h"

enum { SERVICE_QR_BYTES = 512, SERVICE_INVOICE_TEXT_BYTES = 256, SERVICE_INVOICES_MAX = 100 };

enum service_pay_state {
    SERVICE_PAY_NONE,
    SERVICE_PAY_SHOWN,   /* the code may be scanned until `until_utc_s` */
    SERVICE_PAY_SCANNED, /* the payer's phone has it */
    SERVICE_PAY_PAID,
    SERVICE_PAY_CLOSED,  /* expired or stopped, nothing was taken */
    SERVICE_PAY_UNKNOWN, /* the gateway does not say; do not pay twice */
    SERVICE_PAY_REFUNDING,
    SERVICE_PAY_REFUNDED,
    SERVICE_PAY_ALARM,       /* a clerk must act */
    SERVICE_PAY_BY_TRANSFER, /* money is to come over the bank */
    SERVICE_PAY_BY_DESK      /* a clerk is taking it */
};
/* The bank's voucher of a transfer. */
enum service_voucher {
    SERVICE_VOUCHER_NONE,
    SERVICE_VOUCHER_WAITS,  /* for a clerk to compare it with the account */
    SERVICE_VOUCHER_REFUSED /* for the reason given */
};
/* How money that passes by hand stands: taken at the desk, transferred, to be given back. */
struct service_hand {
    char channel[16];   /* of the open attempt: "desk", "transfer"; "" for none */
    int64_t amount_fen; /* of it, or to be given back */
    int64_t since_utc_s;
    bool pay_back;  /* a clerk has to give it back */
    bool by_two;    /* and a second one signs, too: nobody has decided about it before */
    bool is_late;   /* closed: what still comes goes back */
    bool has_code;  /* a code is still open at its gateway */
    bool is_signed; /* a clerk has confirmed it; the order is about to move */
    enum service_voucher voucher;
    char reason[ORDER_REASON_BYTES]; /* why the voucher was refused */
};
/* What a clerk writes about money that passed by hand. */
struct service_hand_note {
    char method[16];    /* "cash", "pos", "transfer" */
    char reference[41]; /* of the receipt or the bank */
    int64_t amount_fen;
    int64_t at_utc_s; /* when it passed; 0 for now */
};
/* An invoice's states: the store's list. */
enum service_invoice_state {
#define STORE_INVOICE_STATE(code, name) SERVICE_INVOICE_##code,
#include "kiosk/store/store_invoice_states.def"
#undef STORE_INVOICE_STATE
    SERVICE_INVOICE_COUNT_
};
/* The stable name of a state: words "invoice.<name>". Returns: a static text. Thread: any. */
const char *service_invoice_state_name(enum service_invoice_state state);
/* To whom it is made out. */
struct service_invoice_title {
    char title[SERVICE_INVOICE_TEXT_BYTES];
    char tax_number[64];
    char email[SERVICE_INVOICE_TEXT_BYTES];
    char address[SERVICE_INVOICE_TEXT_BYTES];
    char bank[SERVICE_INVOICE_TEXT_BYTES];
    char account[64];
};
/* The invoice of a paid order. */
struct service_invoice {
    bool exists;
    enum service_invoice_state state;
    int64_t version;
    int64_t amount_fen;
    char document[33];  /* the tax system's number, "" until issued */
    int64_t due_utc_s;  /* 0 when nothing was promised */
    int64_t paid_utc_s; /* of the order */
    int64_t issued_utc_s;
    struct service_invoice_title title;
};
struct service_payment {
    enum service_pay_state state;
    int64_t amount_fen;
    char channel[16];
    char qr_text[SERVICE_QR_BYTES];
    char out_trade_no[65];
    char trade_no[65];
    int64_t until_utc_s;
    int attempt; /* from 1 */
};

#endif
