#include "tests/support/hall_visit.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"

const struct hall_visit_answer hall_visit_answers[] = {{"company", "重庆示例科技有限公司"},
                                                       {"credit_code", "91500108MA6000016R"},
                                                       {"legal_name", "李大有"},
                                                       {"legal_id", "110101199003070353"},
                                                       {"legal_mobile", "13900000000"},
                                                       {"office_phone", "023-62000000"},
                                                       {"website", "www.example.cn"},
                                                       {"agent_name", "张小丽"},
                                                       {"agent_id", "110101199003070417"},
                                                       {"agent_mobile", HALL_PHONE},
                                                       {"agent_email", "zhang@example.cn"},
                                                       {"agent_wechat", "无"},
                                                       {"mailing_region", "重庆市 渝北区"},
                                                       {"mailing_street", "示例大道 100 号 6 楼"},
                                                       {"mailing_postcode", "400000"},
                                                       {NULL, NULL}};

static const struct service_visit *visit_of(const struct hall_program *terminal)
{
    return services_visit(terminal->services);
}

void hall_visit_login(struct hall_program *terminal)
{
    char digits[16];
    struct secret code = {0};
    hall_done(terminal, service_login_send(terminal->services, HALL_PHONE));
    check(sms_fake_last_code(terminal->hall->phones, HALL_PHONE, digits, sizeof(digits)) == STATUS_OK);
    check(secret_set(&code, digits, strlen(digits)) == STATUS_OK);
    hall_done(terminal, service_login_verify(terminal->services, HALL_PHONE, &code));
    check(strcmp(visit_of(terminal)->phone, HALL_PHONE) == 0);
}

void hall_visit_open(struct hall_program *terminal)
{
    const struct product *product = catalogue_find(terminal->hall->catalogue, "ezca-cqzfcg");
    services_choose(terminal->services, product, product_find_operation(product, "new"), "supplier");
    hall_done(terminal, service_order_create(terminal->services));
    check(visit_of(terminal)->has_order && visit_of(terminal)->order.state == ORDER_STATE_DRAFT);
}

void hall_visit_fill(struct hall_program *terminal)
{
    struct form_values *values = services_values(terminal->services);
    for (size_t i = 0; hall_visit_answers[i].id != NULL; i++)
        check(form_values_set(values, hall_visit_answers[i].id, hall_visit_answers[i].text) == STATUS_OK);
}

void hall_visit_form(struct hall_program *terminal)
{
    hall_visit_fill(terminal);
    hall_done(terminal, service_order_save(terminal->services));
    hall_done(terminal, service_order_event(terminal->services, ORDER_EVENT_FORM_COMPLETED));
    check(visit_of(terminal)->order.state == ORDER_STATE_PRINTING);
}

void hall_visit_print(struct hall_program *terminal)
{
    hall_done(terminal, service_form_print(terminal->services));
    check(visit_of(terminal)->order.state == ORDER_STATE_SCANNING);
}

void hall_visit_scan(struct hall_program *terminal, const char *paper)
{
    const struct order *order = &visit_of(terminal)->order;
    hall_glass_lay(&terminal->glass, hall_sheet_of(terminal->hall, order, paper));
    hall_done(terminal, service_scan_page(terminal->services, paper));
}

void hall_visit_papers(struct hall_program *terminal)
{
    const struct service_visit *visit = visit_of(terminal);
    for (size_t i = 0; i < visit->page_count; i++) {
        char paper[ORDER_NAME_BYTES];
        (void)snprintf(paper, sizeof(paper), "%s", visit->pages[i].paper);
        if (visit->pages[i].is_open && visit->pages[i].state == SERVICE_PAGE_MISSING)
            hall_visit_scan(terminal, paper);
    }
    hall_done(terminal, service_order_event(terminal->services, ORDER_EVENT_SCANNED));
    check(visit->order.state == ORDER_STATE_IDENTIFYING);
}

void hall_visit_show_code(struct hall_program *terminal, const char *key)
{
    token_fake_insert(terminal->hall->writers[terminal->number - 1], key);
    hall_done(terminal, service_issue_ready(terminal->services, false));
    hall_done(terminal, service_pay_start(terminal->services));
    check(visit_of(terminal)->payment.state == SERVICE_PAY_SHOWN);
}

void hall_visit_pay(struct hall_program *terminal, const char *key)
{
    hall_visit_show_code(terminal, key);
    check(payment_fake_pay(terminal->hall->gateway, visit_of(terminal)->payment.out_trade_no) == STATUS_OK);
    hall_until_state(terminal, ORDER_STATE_ISSUING);
}

void hall_visit_issue(struct hall_program *terminal)
{
    hall_done(terminal, service_issue_run(terminal->services, false));
    check(visit_of(terminal)->order.state == ORDER_STATE_PIN);
    check(visit_of(terminal)->issue.stage == SERVICE_ISSUE_PROVEN);
}

void hall_visit_pin(struct hall_program *terminal)
{
    struct secret pin = {0};
    check(secret_set(&pin, HALL_PIN, strlen(HALL_PIN)) == STATUS_OK);
    hall_done(terminal, service_pin_set(terminal->services, &pin));
    check(visit_of(terminal)->order.state == ORDER_STATE_COLLECTING);
}

void hall_visit_take(struct hall_program *terminal)
{
    token_fake_pull(terminal->hall->writers[terminal->number - 1]);
    hall_done(terminal, service_order_event(terminal->services, ORDER_EVENT_TAKEN));
    check(visit_of(terminal)->order.state == ORDER_STATE_DONE);
}

void hall_visit_finish(struct hall_program *terminal)
{
    hall_visit_pay(terminal, "key-1");
    hall_visit_issue(terminal);
    hall_visit_pin(terminal);
    hall_visit_take(terminal);
}

void hall_desk_sign_in(struct hall_program *desk, const char *clerk)
{
    struct secret password = {0};
    check(secret_set(&password, "zhanghao-2026", 13) == STATUS_OK);
    hall_done(desk, service_desk_sign_in(desk->services, clerk, &password));
    check(services_desk(desk->services)->signed_in);
}

void hall_desk_see_fields(struct services *services, const struct catalogue *catalogue)
{
    const struct order *order = &services_desk(services)->opened.order;
    const struct product *product = catalogue_find(catalogue, order->product);
    const struct form *form =
        product_operation_form(product, product_find_operation(product, order->operation));
    for (size_t i = 0; i < form->field_count; i++)
        service_desk_field_seen(services, form->fields[i].id);
}

void hall_desk_open(struct hall_program *desk, const char *clerk, const char *order_id)
{
    const struct service_desk *view = services_desk(desk->services);
    hall_desk_sign_in(desk, clerk);
    hall_done(desk, service_desk_case(desk->services, order_id));
    for (size_t i = 0; i < view->opened.page_count; i++)
        if (view->opened.pages[i].state != SERVICE_PAGE_MISSING)
            hall_done(desk, service_desk_page(desk->services, view->opened.pages[i].paper, 200));
    hall_desk_see_fields(desk->services, desk->hall->catalogue);
}

void hall_desk_identify(struct hall_program *desk, const char *clerk, const char *order_id)
{
    hall_desk_sign_in(desk, clerk);
    hall_done(desk, service_desk_case(desk->services, order_id));
    hall_done(desk, service_desk_identify(desk->services, true, ""));
    check(services_desk(desk->services)->opened.decided);
    hall_until_stored(desk, order_id, ORDER_STATE_REVIEWING);
}

uint64_t hall_desk_give_up(struct hall_program *desk, const char *order_id, const char *reason,
                           const char *second)
{
    struct secret password = {0};
    check(secret_set(&password, "zhanghao-2026", 13) == STATUS_OK);
    hall_done(desk, service_desk_overview(desk->services));
    return service_desk_give_up(desk->services, order_id, reason, second, &password);
}

void hall_desk_take_originals(struct hall_program *desk)
{
    const struct service_case *opened = &services_desk(desk->services)->opened;
    struct service_originals all = {.count = opened->original_count};
    for (size_t i = 0; i < all.count; i++) {
        all.item[i] = opened->originals[i];
        all.item[i].copies = all.item[i].wanted;
        all.item[i].received_utc_s = clock_hall_day_utc_s(hall_now_utc_s(desk->hall));
    }
    if (all.count > 0)
        hall_done(desk, service_desk_originals(desk->services, &all));
}

void hall_desk_approve(struct hall_program *desk)
{
    hall_desk_take_originals(desk);
    hall_done(desk, service_desk_approve(desk->services));
    check(services_desk(desk->services)->opened.decided);
}

void hall_desk_review(struct hall_program *desk, const char *clerk, const char *order_id)
{
    hall_desk_identify(desk, clerk, order_id);
    hall_desk_open(desk, clerk, order_id);
    hall_desk_approve(desk);
    hall_until_stored(desk, order_id, ORDER_STATE_PAYING);
}
