#include "kiosk/catalogue/product_kinds.h"

static const char *const product_holder_names[] = {
#define PRODUCT_HOLDER(code, name) [PRODUCT_HOLDER_##code] = name,
#include "kiosk/catalogue/product_holders.def"
#undef PRODUCT_HOLDER
};

static const char *const product_seal_names[] = {
#define PRODUCT_SEAL(code, name) [PRODUCT_SEAL_##code] = name,
#include "kiosk/catalogue/product_seals.def"
#undef PRODUCT_SEAL
};

static const char *const product_payment_names[] = {
#define PRODUCT_PAYMENT(code, name) [PRODUCT_PAYMENT_##code] = name,
#include "kiosk/catalogue/product_payments.def"
#undef PRODUCT_PAYMENT
};

static const char *const product_identity_names[] = {
#define PRODUCT_IDENTITY(code, name) [PRODUCT_IDENTITY_##code] = name,
#include "kiosk/catalogue/product_identities.def"
#undef PRODUCT_IDENTITY
};

static const char *const product_algorithm_names[] = {
#define PRODUCT_ALGORITHM(code, name) [PRODUCT_ALGORITHM_##code] = name,
#include "kiosk/catalogue/product_algorithms.def"
#undef PRODUCT_ALGORITHM
};

static const char *const product_format_names[] = {
#define PRODUCT_FORMAT(code, name) [PRODUCT_FORMAT_##code] = name,
#include "kiosk/catalogue/product_formats.def"
#undef PRODUCT_FORMAT
};

static const char *const product_paper_kind_names[] = {
#define PRODUCT_PAPER_KIND(code, name) [PRODUCT_PAPER_KIND_##code] = name,
#include "kiosk/catalogue/product_paper_kinds.def"
#undef PRODUCT_PAPER_KIND
};

static const char *const product_stage_role_names[] = {
#define PRODUCT_STAGE_ROLE(code, name) [PRODUCT_STAGE_ROLE_##code] = name,
#include "kiosk/catalogue/product_stage_roles.def"
#undef PRODUCT_STAGE_ROLE
};

static const char *const product_pickup_names[] = {
#define PRODUCT_PICKUP(code, name) [PRODUCT_PICKUP_##code] = name,
#include "kiosk/catalogue/product_pickups.def"
#undef PRODUCT_PICKUP
};

static const char *const product_invoice_names[] = {
#define PRODUCT_INVOICE(code, name) [PRODUCT_INVOICE_##code] = name,
#include "kiosk/catalogue/product_invoices.def"
#undef PRODUCT_INVOICE
};

static const char *const product_act_names[] = {
#define PRODUCT_ACT(code, name) [PRODUCT_ACT_##code] = name,
#include "kiosk/catalogue/product_acts.def"
#undef PRODUCT_ACT
};

static const char *const product_message_names[] = {
#define PRODUCT_MESSAGE(code, name) [PRODUCT_MESSAGE_##code] = name,
#include "kiosk/catalogue/product_messages.def"
#undef PRODUCT_MESSAGE
};

static const char *const product_channel_names[] = {
#define PRODUCT_CHANNEL(code, name) [PRODUCT_CHANNEL_##code] = name,
#include "kiosk/catalogue/product_channels.def"
#undef PRODUCT_CHANNEL
};

static const struct {
    const char *name;
    bool is_stamp;
} product_samples[] = {
#define PRODUCT_SAMPLE(code, name, is_stamp) [PRODUCT_SAMPLE_##code] = {name, is_stamp},
#include "kiosk/catalogue/product_samples.def"
#undef PRODUCT_SAMPLE
};

const char *product_sample_name(enum product_sample_of of)
{
    return (unsigned)of < PRODUCT_SAMPLE_COUNT_ ? product_samples[of].name : "invalid";
}

bool product_sample_is_stamp(enum product_sample_of of)
{
    return (unsigned)of < PRODUCT_SAMPLE_COUNT_ && product_samples[of].is_stamp;
}

const char *product_holder_name(enum product_holder holder)
{
    return (unsigned)holder < PRODUCT_HOLDER_COUNT_ ? product_holder_names[holder] : "invalid";
}

const char *product_seal_name(enum product_seal seal)
{
    return (unsigned)seal < PRODUCT_SEAL_COUNT_ ? product_seal_names[seal] : "invalid";
}

const char *product_payment_name(enum product_payment payment)
{
    return (unsigned)payment < PRODUCT_PAYMENT_COUNT_ ? product_payment_names[payment] : "invalid";
}

const char *product_identity_name(enum product_identity identity)
{
    return (unsigned)identity < PRODUCT_IDENTITY_COUNT_ ? product_identity_names[identity] : "invalid";
}

const char *product_algorithm_name(enum product_algorithm algorithm)
{
    return (unsigned)algorithm < PRODUCT_ALGORITHM_COUNT_ ? product_algorithm_names[algorithm] : "invalid";
}

const char *product_format_name(enum product_format format)
{
    return (unsigned)format < PRODUCT_FORMAT_COUNT_ ? product_format_names[format] : "invalid";
}

const char *product_paper_kind_name(enum product_paper_kind kind)
{
    return (unsigned)kind < PRODUCT_PAPER_KIND_COUNT_ ? product_paper_kind_names[kind] : "invalid";
}

const char *product_stage_role_name(enum product_stage_role role)
{
    return (unsigned)role < PRODUCT_STAGE_ROLE_COUNT_ ? product_stage_role_names[role] : "invalid";
}

const char *product_pickup_name(enum product_pickup pickup)
{
    return (unsigned)pickup < PRODUCT_PICKUP_COUNT_ ? product_pickup_names[pickup] : "invalid";
}

const char *product_invoice_name(enum product_invoice invoice)
{
    return (unsigned)invoice < PRODUCT_INVOICE_COUNT_ ? product_invoice_names[invoice] : "invalid";
}

const char *product_act_name(enum product_act act)
{
    return (unsigned)act < PRODUCT_ACT_COUNT_ ? product_act_names[act] : "invalid";
}

const char *product_message_name(enum product_message message)
{
    return (unsigned)message < PRODUCT_MESSAGE_COUNT_ ? product_message_names[message] : "invalid";
}

const char *product_channel_name(enum product_channel channel)
{
    return (unsigned)channel < PRODUCT_CHANNEL_COUNT_ ? product_channel_names[channel] : "invalid";
}

const char *product_deed_name(enum product_deed deed)
{
    static const char *const names[] = {
#define PRODUCT_DEED(code, name) [PRODUCT_DEED_##code] = name,
#include "kiosk/catalogue/product_deeds.def"
#undef PRODUCT_DEED
    };
    return (unsigned)deed < PRODUCT_DEED_COUNT_ ? names[deed] : "invalid";
}
