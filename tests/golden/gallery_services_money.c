/* Requests about money by hand and invoices, remembered. */
#include <stdio.h>

#include "tests/golden/gallery_services.h"

uint64_t service_desk_receipt(struct services *services, [[maybe_unused]] const char *order_id)
{
    return gallery_services_ask(services, SERVICE_DESK_RECEIPT);
}

uint64_t service_desk_money_open(struct services *services, [[maybe_unused]] const char *order_id,
                                 [[maybe_unused]] bool open)
{
    return gallery_services_ask(services, SERVICE_DESK_MONEY_OPEN);
}

uint64_t service_desk_money_take(struct services *services, [[maybe_unused]] const char *order_id,
                                 [[maybe_unused]] const struct service_hand_note *note)
{
    return gallery_services_ask(services, SERVICE_DESK_MONEY_TAKE);
}

uint64_t service_desk_money_back(struct services *services, [[maybe_unused]] const char *order_id,
                                 [[maybe_unused]] const struct service_hand_note *note,
                                 [[maybe_unused]] const char *second,
                                 [[maybe_unused]] const struct secret *password)
{
    return gallery_services_ask(services, SERVICE_DESK_MONEY_BACK);
}

uint64_t service_invoice_request(struct services *services, [[maybe_unused]] const char *order_id)
{
    return gallery_services_ask(services, SERVICE_INVOICE_REQUEST);
}

uint64_t service_desk_invoices(struct services *services, [[maybe_unused]] enum service_invoice_state state)
{
    return gallery_services_ask(services, SERVICE_DESK_INVOICES);
}

uint64_t service_desk_invoice_correct(struct services *services, [[maybe_unused]] const char *order_id,
                                      [[maybe_unused]] int64_t version,
                                      [[maybe_unused]] const struct service_invoice_title *title)
{
    return gallery_services_ask(services, SERVICE_DESK_INVOICE_CORRECT);
}

uint64_t service_desk_invoice_issue(struct services *services, [[maybe_unused]] const char *order_id,
                                    [[maybe_unused]] int64_t version, [[maybe_unused]] const char *document)
{
    return gallery_services_ask(services, SERVICE_DESK_INVOICE_ISSUE);
}

const char *service_invoice_state_name(enum service_invoice_state state)
{
    static const char *const names[SERVICE_INVOICE_COUNT_] = {
#define STORE_INVOICE_STATE(code, name) name,
#include "kiosk/store/store_invoice_states.def"
#undef STORE_INVOICE_STATE
    };
    return (unsigned)state < SERVICE_INVOICE_COUNT_ ? names[state] : "invalid";
}

uint64_t service_desk_voucher(struct services *services, [[maybe_unused]] const char *order_id,
                              [[maybe_unused]] int width_px)
{
    return gallery_services_ask(services, SERVICE_DESK_VOUCHER);
}

uint64_t service_desk_voucher_refuse(struct services *services, [[maybe_unused]] const char *order_id,
                                     const char *reason)
{
    (void)snprintf(services->reason, sizeof(services->reason), "%s", reason);
    return gallery_services_ask(services, SERVICE_DESK_VOUCHER_REFUSE);
}
