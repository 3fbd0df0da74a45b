/* Product kinds: the closed lists a definition chooses from, and the stable names it says them by.
 *
 * Each list stands once, in the .def file of its name; what is here follows from it.
 * Pitfall: the names are in definition files and in stores; one that was used is never given to another
 * thing.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_KINDS_H
#define KIOSK_CATALOGUE_PRODUCT_KINDS_H

#include <stdbool.h>

enum product_holder {
#define PRODUCT_HOLDER(code, name) PRODUCT_HOLDER_##code,
#include "kiosk/catalogue/product_holders.def"
#undef PRODUCT_HOLDER
    PRODUCT_HOLDER_COUNT_
};

enum product_seal {
#define PRODUCT_SEAL(code, name) PRODUCT_SEAL_##code,
#include "kiosk/catalogue/product_seals.def"
#undef PRODUCT_SEAL
    PRODUCT_SEAL_COUNT_
};

enum product_payment {
#define PRODUCT_PAYMENT(code, name) PRODUCT_PAYMENT_##code,
#include "kiosk/catalogue/product_payments.def"
#undef PRODUCT_PAYMENT
    PRODUCT_PAYMENT_COUNT_
};

enum product_identity {
#define PRODUCT_IDENTITY(code, name) PRODUCT_IDENTITY_##code,
#include "kiosk/catalogue/product_identities.def"
#undef PRODUCT_IDENTITY
    PRODUCT_IDENTITY_COUNT_
};

enum product_algorithm {
#define PRODUCT_ALGORITHM(code, name) PRODUCT_ALGORITHM_##code,
#include "kiosk/catalogue/product_algorithms.def"
#undef PRODUCT_ALGORITHM
    PRODUCT_ALGORITHM_COUNT_
};

enum product_format {
#define PRODUCT_FORMAT(code, name) PRODUCT_FORMAT_##code,
#include "kiosk/catalogue/product_formats.def"
#undef PRODUCT_FORMAT
    PRODUCT_FORMAT_COUNT_
};

enum product_paper_kind {
#define PRODUCT_PAPER_KIND(code, name) PRODUCT_PAPER_KIND_##code,
#include "kiosk/catalogue/product_paper_kinds.def"
#undef PRODUCT_PAPER_KIND
    PRODUCT_PAPER_KIND_COUNT_
};

enum product_pickup {
#define PRODUCT_PICKUP(code, name) PRODUCT_PICKUP_##code,
#include "kiosk/catalogue/product_pickups.def"
#undef PRODUCT_PICKUP
    PRODUCT_PICKUP_COUNT_
};

enum product_invoice {
#define PRODUCT_INVOICE(code, name) PRODUCT_INVOICE_##code,
#include "kiosk/catalogue/product_invoices.def"
#undef PRODUCT_INVOICE
    PRODUCT_INVOICE_COUNT_
};

enum product_act {
#define PRODUCT_ACT(code, name) PRODUCT_ACT_##code,
#include "kiosk/catalogue/product_acts.def"
#undef PRODUCT_ACT
    PRODUCT_ACT_COUNT_
};

enum product_message {
#define PRODUCT_MESSAGE(code, name) PRODUCT_MESSAGE_##code,
#include "kiosk/catalogue/product_messages.def"
#undef PRODUCT_MESSAGE
    PRODUCT_MESSAGE_COUNT_
};

enum product_channel {
#define PRODUCT_CHANNEL(code, name) PRODUCT_CHANNEL_##code,
#include "kiosk/catalogue/product_channels.def"
#undef PRODUCT_CHANNEL
    PRODUCT_CHANNEL_COUNT_
};

enum product_deed {
#define PRODUCT_DEED(code, name) PRODUCT_DEED_##code,
#include "kiosk/catalogue/product_deeds.def"
#undef PRODUCT_DEED
    PRODUCT_DEED_COUNT_
};

enum product_stage_role {
#define PRODUCT_STAGE_ROLE(code, name) PRODUCT_STAGE_ROLE_##code,
#include "kiosk/catalogue/product_stage_roles.def"
#undef PRODUCT_STAGE_ROLE
    PRODUCT_STAGE_ROLE_COUNT_
};

enum product_sample_of {
#define PRODUCT_SAMPLE(code, name, is_stamp) PRODUCT_SAMPLE_##code,
#include "kiosk/catalogue/product_samples.def"
#undef PRODUCT_SAMPLE
    PRODUCT_SAMPLE_COUNT_
};

enum product_operation_code {
#define PRODUCT_OPERATION(code, id, icon) PRODUCT_OPERATION_##code,
#include "kiosk/catalogue/product_operations.def"
#undef PRODUCT_OPERATION
    PRODUCT_OPERATION_COUNT_
};

/* Stable names, "invalid" outside the list. Thread: any. */
const char *product_holder_name(enum product_holder holder);
const char *product_seal_name(enum product_seal seal);
const char *product_payment_name(enum product_payment payment);
const char *product_identity_name(enum product_identity identity);
const char *product_algorithm_name(enum product_algorithm algorithm);
const char *product_format_name(enum product_format format);
const char *product_paper_kind_name(enum product_paper_kind kind);
const char *product_pickup_name(enum product_pickup pickup);
const char *product_invoice_name(enum product_invoice invoice);
const char *product_act_name(enum product_act act);
const char *product_message_name(enum product_message message);
const char *product_channel_name(enum product_channel channel);
const char *product_deed_name(enum product_deed deed);
const char *product_stage_role_name(enum product_stage_role role);
const char *product_sample_name(enum product_sample_of of);

/* Whether such a sample is stamped; else it is written by hand. */
bool product_sample_is_stamp(enum product_sample_of of);

#endif
