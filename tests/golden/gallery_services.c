#include "tests/golden/gallery_services.h"

#include <stdio.h>

#include "kiosk/base/text.h"

void gallery_services_init(struct services *services)
{
    *services = (struct services){0};
    form_values_init(&services->values);
    services->key.presence = SERVICE_KEY_ABSENT;
    services->devices = (struct service_devices){.printer = DEVICE_READY,
                                                 .scanner = DEVICE_READY,
                                                 .writer = DEVICE_READY,
                                                 .authority = DEVICE_READY,
                                                 .payment = DEVICE_READY,
                                                 .sms = DEVICE_READY,
                                                 .idcard = DEVICE_READY};
}

void gallery_services_release(struct services *services)
{
    form_values_wipe(&services->values);
    form_values_wipe(&services->desk.opened.values);
}

uint64_t gallery_services_ask(struct services *services, enum service_kind kind)
{
    services->asked[kind] = ++services->last_id;
    return services->last_id;
}

/* --- names and views ----------------------------------------------------------------------------------- */

const char *service_kind_name(enum service_kind kind)
{
    static const char *const names[SERVICE_COUNT_] = {
#define SERVICE(code, worker, deadline_ms, name, run) name,
#include "kiosk/services/services.def"
#undef SERVICE
    };
    return (unsigned)kind < SERVICE_COUNT_ ? names[kind] : "invalid";
}

const char *service_reason_name(enum service_reason reason)
{
    static const char *const names[SERVICE_REASON_COUNT_] = {
#define SERVICE_REASON(code, name) name,
#include "kiosk/services/service_reasons.def"
#undef SERVICE_REASON
    };
    return (unsigned)reason < SERVICE_REASON_COUNT_ ? names[reason] : "invalid";
}

bool services_receive(struct services *services, struct service_reply *out)
{
    (void)services;
    (void)out;
    return false; /* gallery_answer hands replies over */
}

const struct service_visit *services_visit(const struct services *services)
{
    return &services->visit;
}

struct form_values *services_values(struct services *services)
{
    return &services->values;
}

const struct service_key *services_key(const struct services *services)
{
    return &services->key;
}

const struct service_devices *services_devices(const struct services *services)
{
    return &services->devices;
}

const struct service_desk *services_desk(const struct services *services)
{
    return &services->desk;
}

void services_choose(struct services *services, const struct product *product,
                     const struct product_operation *operation, const char *class_id)
{
    if (services->visit.operation != operation)
        service_wish_init(&services->visit.wish, operation);
    services->visit.product = product;
    services->visit.operation = operation;
    (void)snprintf(services->visit.class_id, sizeof(services->visit.class_id), "%s", class_id);
}

void services_choose_copy(struct services *services)
{
    const struct service_record *record = &services->visit.record;
    services_choose(services, record->product, record->operation, record->line.order.class_id);
    (void)snprintf(services->visit.copy_of, sizeof(services->visit.copy_of), "%s", record->line.order.id);
}

void services_end_visit(struct services *services)
{
    services->visit = (struct service_visit){0};
    form_values_wipe(&services->values);
}

/* --- requests: remembered, answered by the case -------------------------------------------------------- */

uint64_t service_login_send(struct services *services, [[maybe_unused]] const char *phone)
{
    return gallery_services_ask(services, SERVICE_LOGIN_SEND);
}

uint64_t service_login_speak(struct services *services, [[maybe_unused]] const char *phone)
{
    return gallery_services_ask(services, SERVICE_LOGIN_SEND);
}

bool services_speaks(const struct services *services)
{
    return services->speaks;
}

uint64_t service_login_verify(struct services *services, [[maybe_unused]] const char *phone,
                              [[maybe_unused]] const struct secret *code)
{
    return gallery_services_ask(services, SERVICE_LOGIN_VERIFY);
}

uint64_t service_phone_begin(struct services *services)
{
    return gallery_services_ask(services, SERVICE_PHONE_BEGIN);
}

uint64_t service_card_identify(struct services *services)
{
    return gallery_services_ask(services, SERVICE_CARD_IDENTIFY);
}

uint64_t service_card_read(struct services *services)
{
    return gallery_services_ask(services, SERVICE_CARD_READ);
}

void service_card_cancel(struct services *services)
{
    services->asked[SERVICE_CARD_IDENTIFY] = services->asked[SERVICE_CARD_READ] = 0;
}

void services_card_forget(struct services *services)
{
    services->visit.card = (struct service_card){0};
}

bool services_identifies(const struct services *services, enum product_identity way)
{
    return way == PRODUCT_IDENTITY_DESK || services->identifies[way];
}

uint64_t service_order_list(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ORDER_LIST);
}

uint64_t service_order_find(struct services *services, [[maybe_unused]] const char *acceptance_end)
{
    return gallery_services_ask(services, SERVICE_ORDER_FIND);
}

uint64_t service_order_find_ticket(struct services *services, [[maybe_unused]] const char *ticket)
{
    return gallery_services_ask(services, SERVICE_ORDER_FIND);
}

const char *service_unit_act_name(enum service_unit_act_kind kind)
{
    static const char *const names[SERVICE_UNIT_ACT_COUNT_] = {
#define SERVICE_UNIT_ACT(code, name, by_manager, by_desk) [SERVICE_UNIT_##code] = name,
#include "kiosk/services/service_unit_acts.def"
#undef SERVICE_UNIT_ACT
    };
    return (unsigned)kind < SERVICE_UNIT_ACT_COUNT_ ? names[kind] : "invalid";
}

uint64_t service_unit_list(struct services *services)
{
    return gallery_services_ask(services, SERVICE_UNIT_LIST);
}

uint64_t service_unit_act(struct services *services, [[maybe_unused]] const struct service_unit_act *act)
{
    return gallery_services_ask(services, SERVICE_UNIT_ACT);
}

uint64_t service_desk_units(struct services *services, [[maybe_unused]] const char *credit_code,
                            [[maybe_unused]] const char *unit_id)
{
    return gallery_services_ask(services, SERVICE_DESK_UNITS);
}

uint64_t service_desk_unit_act(struct services *services, [[maybe_unused]] const struct service_unit_act *act)
{
    return gallery_services_ask(services, SERVICE_DESK_UNIT_ACT);
}

uint64_t service_order_pickup(struct services *services, [[maybe_unused]] const char *acceptance,
                              [[maybe_unused]] const struct secret *code)
{
    return gallery_services_ask(services, SERVICE_ORDER_PICKUP);
}

uint64_t service_key_new_pin(struct services *services, [[maybe_unused]] const struct secret *pin)
{
    return gallery_services_ask(services, SERVICE_KEY_NEW_PIN);
}

uint64_t service_shipment_wish(struct services *services, [[maybe_unused]] bool wished)
{
    return gallery_services_ask(services, SERVICE_SHIPMENT_WISH);
}

uint64_t service_desk_notice_again(struct services *services, [[maybe_unused]] const char *notice_id)
{
    return gallery_services_ask(services, SERVICE_DESK_NOTICE_AGAIN);
}

uint64_t service_desk_parcels(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_PARCELS);
}

uint64_t service_desk_make(struct services *services, [[maybe_unused]] const char *order_id,
                           [[maybe_unused]] bool may_erase)
{
    return gallery_services_ask(services, SERVICE_DESK_MAKE);
}

uint64_t service_desk_send(struct services *services, [[maybe_unused]] const char *order_id,
                           [[maybe_unused]] const char *carrier, const char *tracking)
{
    (void)snprintf(services->reason, sizeof(services->reason), "%s", tracking);
    return gallery_services_ask(services, SERVICE_DESK_SEND);
}

uint64_t service_notice_send(struct services *services)
{
    return gallery_services_ask(services, SERVICE_NOTICE_SEND);
}

bool services_tells(const struct services *services)
{
    return services->visit.phone[0] != 0;
}

uint64_t service_order_record(struct services *services, [[maybe_unused]] const char *order_id)
{
    return gallery_services_ask(services, SERVICE_ORDER_RECORD);
}

uint64_t service_order_cancel(struct services *services, [[maybe_unused]] const char *order_id)
{
    return gallery_services_ask(services, SERVICE_ORDER_CANCEL);
}

uint64_t service_receipt_print_of(struct services *services, [[maybe_unused]] const char *order_id)
{
    return gallery_services_ask(services, SERVICE_RECEIPT_PRINT);
}

uint64_t service_order_create(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ORDER_CREATE);
}

uint64_t service_order_open(struct services *services, [[maybe_unused]] const char *order_id)
{
    return gallery_services_ask(services, SERVICE_ORDER_OPEN);
}

uint64_t service_order_save(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ORDER_SAVE);
}

uint64_t service_order_event(struct services *services, [[maybe_unused]] enum order_event event)
{
    return gallery_services_ask(services, SERVICE_ORDER_EVENT);
}

uint64_t service_order_refresh(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ORDER_REFRESH);
}

uint64_t service_ticket_make(struct services *services)
{
    return gallery_services_ask(services, SERVICE_TICKET_MAKE);
}

uint64_t service_ticket_scan(struct services *services)
{
    return gallery_services_ask(services, SERVICE_TICKET_SCAN);
}

uint64_t service_presence(struct services *services, [[maybe_unused]] const char *screen,
                          [[maybe_unused]] const char *field)
{
    return gallery_services_ask(services, SERVICE_PRESENCE);
}

uint64_t service_call_clerk(struct services *services, [[maybe_unused]] bool calling)
{
    return gallery_services_ask(services, SERVICE_PRESENCE);
}

uint64_t service_form_preview(struct services *services, [[maybe_unused]] int width_px)
{
    return gallery_services_ask(services, SERVICE_FORM_PREVIEW);
}

uint64_t service_key_read(struct services *services)
{
    return gallery_services_ask(services, SERVICE_KEY_READ);
}

uint64_t service_key_login(struct services *services, [[maybe_unused]] const struct secret *pin)
{
    return gallery_services_ask(services, SERVICE_KEY_LOGIN);
}

uint64_t service_key_show(struct services *services, [[maybe_unused]] const struct secret *pin)
{
    return gallery_services_ask(services, SERVICE_KEY_SHOW);
}

uint64_t service_old_lock_show(struct services *services, [[maybe_unused]] bool for_clerk)
{
    return gallery_services_ask(services, SERVICE_OLD_LOCK_SHOW);
}

void services_choose_wish(struct services *services, const struct service_wish *wish)
{
    services->visit.wish = *wish;
}

void services_choose_reason(struct services *services, const char *reason)
{
    (void)snprintf(services->visit.reason, sizeof(services->visit.reason), "%s", reason);
}

uint64_t service_change_run(struct services *services)
{
    return gallery_services_ask(services, SERVICE_CHANGE_RUN);
}

uint64_t service_issue_ready(struct services *services, [[maybe_unused]] bool may_erase)
{
    return gallery_services_ask(services, SERVICE_ISSUE_READY);
}

uint64_t service_issue_run(struct services *services, [[maybe_unused]] bool may_erase)
{
    return gallery_services_ask(services, SERVICE_ISSUE_RUN);
}

uint64_t service_order_known(struct services *services, [[maybe_unused]] bool holds)
{
    return gallery_services_ask(services, SERVICE_ORDER_KNOWN);
}

uint64_t service_order_divert(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ORDER_DIVERT);
}

uint64_t service_issue_run_own(struct services *services, [[maybe_unused]] const struct secret *pin)
{
    return gallery_services_ask(services, SERVICE_ISSUE_RUN);
}

uint64_t service_issue_abandon(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ISSUE_ABANDON);
}

uint64_t service_pin_set(struct services *services, [[maybe_unused]] const struct secret *pin)
{
    return gallery_services_ask(services, SERVICE_PIN_SET);
}

uint64_t service_pay_start(struct services *services)
{
    return gallery_services_ask(services, SERVICE_PAY_START);
}

uint64_t service_pay_start_by(struct services *services, [[maybe_unused]] enum product_payment channel)
{
    return gallery_services_ask(services, SERVICE_PAY_START);
}

bool services_takes([[maybe_unused]] const struct services *services, enum product_payment channel)
{
    return channel == PRODUCT_PAYMENT_ALIPAY || channel == PRODUCT_PAYMENT_WECHAT;
}

uint64_t service_pay_transfer(struct services *services)
{
    return gallery_services_ask(services, SERVICE_PAY_TRANSFER);
}

uint64_t service_pay_check(struct services *services)
{
    return gallery_services_ask(services, SERVICE_PAY_CHECK);
}

uint64_t service_pay_stop(struct services *services)
{
    return gallery_services_ask(services, SERVICE_PAY_STOP);
}

uint64_t service_desk_sign_in(struct services *services, [[maybe_unused]] const char *name,
                              [[maybe_unused]] const struct secret *password)
{
    return gallery_services_ask(services, SERVICE_DESK_SIGN_IN);
}

uint64_t service_desk_overview(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_OVERVIEW);
}

uint64_t service_desk_case(struct services *services, const char *order_id)
{
    (void)text_copy(services->case_asked, sizeof(services->case_asked), order_id);
    return gallery_services_ask(services, SERVICE_DESK_CASE);
}

uint64_t service_desk_page(struct services *services, [[maybe_unused]] const char *paper_id,
                           [[maybe_unused]] int width_px)
{
    return gallery_services_ask(services, SERVICE_DESK_PAGE);
}

uint64_t service_desk_thumb(struct services *services, [[maybe_unused]] const char *paper_id,
                            [[maybe_unused]] int width_px)
{
    return gallery_services_ask(services, SERVICE_DESK_THUMB);
}

uint64_t service_desk_approve(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_APPROVE);
}

uint64_t service_desk_reject(struct services *services, const struct order_rejections *items)
{
    services->rejected = *items;
    return gallery_services_ask(services, SERVICE_DESK_REJECT);
}

uint64_t service_desk_identify(struct services *services, [[maybe_unused]] bool accepted,
                               [[maybe_unused]] const char *reason)
{
    return gallery_services_ask(services, SERVICE_DESK_IDENTIFY);
}

void service_desk_field_seen(struct services *services, const char *field)
{
    struct service_case *opened = &services->desk.opened;
    if (opened->seen_count < SERVICE_PLACES_MAX && !service_case_saw(opened, field))
        (void)snprintf(opened->seen_fields[opened->seen_count++], sizeof(opened->seen_fields[0]), "%s",
                       field);
}

uint64_t service_desk_hold(struct services *services, [[maybe_unused]] const char *note)
{
    return gallery_services_ask(services, SERVICE_DESK_HOLD);
}

uint64_t service_desk_originals(struct services *services,
                                [[maybe_unused]] const struct service_originals *originals)
{
    return gallery_services_ask(services, SERVICE_DESK_ORIGINALS);
}

uint64_t service_desk_take_up(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_HOLD);
}

uint64_t service_desk_reveal(struct services *services, [[maybe_unused]] const char *field,
                             [[maybe_unused]] const char *reason)
{
    return gallery_services_ask(services, SERVICE_DESK_REVEAL);
}

uint64_t service_desk_undo(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_UNDO);
}

uint64_t service_desk_give_up(struct services *services, [[maybe_unused]] const char *order_id,
                              const char *reason, [[maybe_unused]] const char *second,
                              [[maybe_unused]] const struct secret *password)
{
    (void)snprintf(services->reason, sizeof(services->reason), "%s", reason);
    return gallery_services_ask(services, SERVICE_DESK_GIVE_UP);
}

uint64_t service_desk_close_order(struct services *services, [[maybe_unused]] const char *order_id,
                                  const char *reason)
{
    (void)snprintf(services->reason, sizeof(services->reason), "%s", reason);
    return gallery_services_ask(services, SERVICE_DESK_CLOSE);
}

uint64_t service_desk_refund_retry(struct services *services, [[maybe_unused]] const char *order_id)
{
    return gallery_services_ask(services, SERVICE_DESK_REFUND_RETRY);
}

uint64_t service_desk_audit(struct services *services, const struct service_audit_filter *filter,
                            [[maybe_unused]] bool verify)
{
    services->audit = *filter;
    return gallery_services_ask(services, SERVICE_DESK_AUDIT);
}

uint64_t service_desk_stock(struct services *services, const struct service_stock_act *act,
                            [[maybe_unused]] const char *second,
                            [[maybe_unused]] const struct secret *password)
{
    (void)snprintf(services->reason, sizeof(services->reason), "%s", act->model);
    return gallery_services_ask(services, SERVICE_DESK_STOCK);
}

uint64_t service_desk_audit_export(struct services *services, const struct service_audit_filter *filter,
                                   [[maybe_unused]] const char *second,
                                   [[maybe_unused]] const struct secret *password)
{
    services->audit = *filter;
    return gallery_services_ask(services, SERVICE_DESK_AUDIT_EXPORT);
}

uint64_t service_desk_audit_row(struct services *services,
                                [[maybe_unused]] const struct service_audit_line *line)
{
    return gallery_services_ask(services, SERVICE_DESK_AUDIT_ROW);
}

void service_scan_cancel(struct services *services)
{
    services->visit.scan.is_running = false;
}

void service_desk_sign_out(struct services *services)
{
    services->desk.signed_in = false;
}

const struct service_supervision *services_supervision(const struct services *services)
{
    return &services->supervision;
}

const char *service_act_name(enum service_act_kind kind)
{
    static const char *const names[SERVICE_ACT_COUNT_] = {
#define STORE_SUPERVISION_KIND(code, name, of_visit, with_reason) name,
#include "kiosk/store/store_supervision_kinds.def"
#undef STORE_SUPERVISION_KIND
    };
    return (unsigned)kind < SERVICE_ACT_COUNT_ ? names[kind] : "invalid";
}

uint64_t service_act_done(struct services *services, [[maybe_unused]] const char *act_id)
{
    return gallery_services_ask(services, SERVICE_ACT_DONE);
}

uint64_t service_desk_slip(struct services *services, [[maybe_unused]] const char *order_id)
{
    return gallery_services_ask(services, SERVICE_DESK_SLIP);
}

uint64_t service_desk_act(struct services *services, [[maybe_unused]] const struct service_act *act)
{
    return gallery_services_ask(services, SERVICE_DESK_ACT);
}
