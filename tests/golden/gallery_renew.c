/* Cases of a certificate issued onto the key its holder brought: its PIN, what stops it, how it ends. */
#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

enum { DAY_S = 86400, PIN_DIGITS = 6 };

static void name_old(struct gallery *gallery)
{
    struct service_issue *issue = &gallery->services.visit.issue;
    (void)text_copy(issue->key_serial, sizeof(issue->key_serial), "8600251103071");
    (void)text_copy(issue->common_name, sizeof(issue->common_name),
                    gallery_text(gallery, "重庆示例科技有限公司", "示例公司",
                                 "重庆市南岸区弹子石示例中央商务区数字经济产业园信息技术股份有限公司"));
}

static void begin(struct gallery *gallery, const char *operation, enum order_state state,
                  enum service_pin_health pin)
{
    const struct product *product = gallery->catalogue->products[0];
    gallery_order(gallery, state);
    services_choose(&gallery->services, product, product_find_operation(product, operation),
                    product->classes[0].id);
    gallery->services.key = (struct service_key){
        .presence = SERVICE_KEY_CARRYING, .pin = pin, .pin_min_bytes = 6, .pin_max_bytes = 16};
    name_old(gallery);
}

static void ask(struct gallery *gallery, enum service_pin_health pin)
{
    begin(gallery, "renew", ORDER_STATE_ISSUING, pin);
    gallery_screen(gallery, SCREEN_ISSUE);
}

static void type(struct gallery *gallery)
{
    for (int i = 0; i < PIN_DIGITS; i++)
        gallery_tap(gallery, "pad.3");
}

static void stop(struct gallery *gallery, enum service_reason reason)
{
    ask(gallery, SERVICE_PIN_NORMAL);
    type(gallery);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_ISSUE_RUN, STATUS_REFUSED, reason, 0, NULL);
}

/* A key that has no order here, on the fast way of a product that offers another. */
void gallery_key_unknown(struct gallery *gallery)
{
    const struct product *product = catalogue_find(gallery->catalogue, "ezca-cqsb");
    begin(gallery, "renew", ORDER_STATE_KEY, SERVICE_PIN_NORMAL);
    services_choose(&gallery->services, product, product_find_operation(product, "renew"),
                    product->classes[0].id);
    gallery_screen(gallery, SCREEN_KEY);
    type(gallery);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_KEY_SHOW, STATUS_REFUSED, SERVICE_REASON_KEY_UNKNOWN, 0, NULL);
}

void gallery_issue_own_empty(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_NORMAL);
}

void gallery_issue_own_typed(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_NORMAL);
    type(gallery);
}

void gallery_issue_own_wrong(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_LOW);
    type(gallery);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_ISSUE_RUN, STATUS_REFUSED, SERVICE_REASON_PIN_WRONG, 0, NULL);
}

void gallery_issue_own_insert(struct gallery *gallery)
{
    begin(gallery, "renew", ORDER_STATE_ISSUING, SERVICE_PIN_NORMAL);
    gallery->services.key.presence = SERVICE_KEY_ABSENT;
    gallery_screen(gallery, SCREEN_ISSUE);
}

void gallery_issue_own_running(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_NORMAL);
    type(gallery);
    gallery_tap(gallery, "bar.next");
    struct service_issue *issue = &gallery->services.visit.issue;
    issue->is_running = true;
    issue->stage = SERVICE_ISSUE_WRITE;
    issue->percent = 68;
    gallery_report(gallery, SERVICE_ISSUE_RUN, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_issue_own_other(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_OWN_KEY_OTHER);
}

void gallery_issue_own_full(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_OWN_KEY_FULL);
}

void gallery_issue_own_failed(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_OWN_KEY_FAILED);
}

void gallery_issue_own_locked(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_KEY_LOCKED);
}

void gallery_issue_own_unfit(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_KEY_UNFIT);
}

/* The hall's key is not asked for where the holder's own is meant. */
void gallery_pay_own_key(struct gallery *gallery)
{
    begin(gallery, "renew", ORDER_STATE_PAYING, SERVICE_PIN_NORMAL);
    gallery->services.key.presence = SERVICE_KEY_ABSENT;
    gallery->services.visit.payment.amount_fen = 20000;
    gallery_screen(gallery, SCREEN_PAY);
    gallery_answer(gallery, SERVICE_ISSUE_READY, STATUS_REFUSED, SERVICE_REASON_OWN_KEY_ABSENT, 0, NULL);
}

static void end(struct gallery *gallery, const char *operation)
{
    begin(gallery, operation, ORDER_STATE_COLLECTING, SERVICE_PIN_NORMAL);
    gallery->services.visit.issue.stage = SERVICE_ISSUE_PROVEN;
    gallery->services.visit.issue.not_after_utc_s = GALLERY_NOW_UTC_S + 365L * DAY_S;
    gallery_screen(gallery, SCREEN_DONE);
}

void gallery_done_renewed(struct gallery *gallery)
{
    end(gallery, "renew");
}

void gallery_done_seal_left(struct gallery *gallery)
{
    gallery->services.visit.carried = SERVICE_CARRIED_LEFT;
    end(gallery, "renew");
}

void gallery_done_changed(struct gallery *gallery)
{
    end(gallery, "change");
}
