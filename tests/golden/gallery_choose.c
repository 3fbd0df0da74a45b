/* Cases up to the form: welcome, product, service, login, agreement. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

void gallery_welcome_idle(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_WELCOME);
}

void gallery_welcome_no_paper(struct gallery *gallery)
{
    gallery->services.devices.printer = DEVICE_PAPER_OUT;
    gallery_screen(gallery, SCREEN_WELCOME);
}

void gallery_welcome_no_issue(struct gallery *gallery)
{
    gallery->services.devices.writer = DEVICE_OFFLINE;
    gallery_screen(gallery, SCREEN_WELCOME);
}

/* It is 10:26 on a Friday. */
static void close_hall(struct gallery *gallery, const char *outside_hours)
{
    static struct settings settings;
    settings = *gallery->settings;
    settings.hall_open_hours = "周一至周五 13:00–17:30";
    settings.hall_outside_hours = outside_hours;
    gallery->screens.settings = &settings;
    gallery_screen(gallery, SCREEN_WELCOME);
}

void gallery_welcome_refused(struct gallery *gallery)
{
    close_hall(gallery, "refuse");
}

void gallery_welcome_counted(struct gallery *gallery)
{
    close_hall(gallery, "next-day");
}

void gallery_product_all(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_PRODUCT);
}

/* As many products as the design's page has names, with the hall's first product for everything else; the
 * last name is as long as a name may be. */
void gallery_product_search(struct gallery *gallery)
{
    gallery_product_all(gallery);
    gallery_tap(gallery, "search.open");
    gallery_type(gallery, gallery_text(gallery, "重庆", "网", "重庆市公共资源交易"));
}

void gallery_product_found(struct gallery *gallery)
{
    gallery_product_search(gallery);
    ui_focus(gallery->ui, NULL);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_product_many(struct gallery *gallery)
{
    static const struct {
        const char *name, *icon, *region;
    } entries[] = {
        {"重庆网上房地产", "building", "重庆"},
        {"重庆市政府采购网", "cart", "重庆"},
        {"重庆社保网上经办", "users", "重庆"},
        {"湖南住建行业", "helmet", "湖南"},
        {"宿迁公共资源 CFCA", "bank", "江苏宿迁"},
        {"宿迁公共资源 国信CA", "bank", "江苏宿迁"},
        {"巴南区公共资源交易", "gavel", "重庆"},
        {"重庆市住房公积金", "home", "重庆"},
        {"重庆市公共资源交易监督网（工程建设）", "", "四川"},
        {"贵州省招标投标公共服务平台", "bank", "贵州"},
    };
    enum { ENTRIES = sizeof(entries) / sizeof(entries[0]), FIRST_LONG = 4 };
    static struct product products[ENTRIES];
    static struct product *list[ENTRIES];
    static struct catalogue catalogue;
    for (size_t i = 0; i < ENTRIES; i++) {
        products[i] = *gallery->catalogue->products[0];
        products[i].name = i == FIRST_LONG ? gallery_text(gallery, entries[i].name, entries[i].name,
                                                          "宿迁公共资源 CFCA（单位）")
                                           : entries[i].name;
        products[i].icon = entries[i].icon;
        products[i].region = entries[i].region;
        products[i].id = entries[i].name;
        list[i] = &products[i];
    }
    catalogue = (struct catalogue){.products = list, .count = ENTRIES};
    gallery->screens.catalogue = &catalogue;
    gallery_screen(gallery, SCREEN_PRODUCT);
}

/* Nothing is typed yet, so all are found: more than a page holds. */
void gallery_product_found_many(struct gallery *gallery)
{
    gallery_product_many(gallery);
    gallery_tap(gallery, "search.open");
    ui_focus(gallery->ui, NULL);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
}

static void choose_of(struct gallery *gallery, const char *product_id, const char *operation)
{
    const struct product *product = catalogue_find(gallery->catalogue, product_id);
    services_choose(&gallery->services, product, product_find_operation(product, operation),
                    product->classes[0].id);
}

static void open_wish(struct gallery *gallery, const char *product_id, const char *operation)
{
    choose_of(gallery, product_id, operation);
    gallery_screen(gallery, SCREEN_WISH);
}

void gallery_service_hint(struct gallery *gallery)
{
    choose_of(gallery, "bzt-unit", "new");
    gallery_screen(gallery, SCREEN_SERVICE);
}

void gallery_about_first(struct gallery *gallery)
{
    gallery_choose(gallery);
    gallery_screen(gallery, SCREEN_ABOUT);
}

void gallery_about_last(struct gallery *gallery)
{
    enum { PAGES_MOST = 8 };
    gallery_about_first(gallery);
    for (int i = 0; i < PAGES_MOST; i++)
        gallery_tap(gallery, "text.down");
}

/* The key that was put in is one of the pictures. */
void gallery_about_key(struct gallery *gallery)
{
    (void)text_copy(gallery->services.visit.holder.key_model,
                    sizeof(gallery->services.visit.holder.key_model), "EZCA-SB 2.0");
    gallery_about_first(gallery);
}

void gallery_about_choice(struct gallery *gallery)
{
    choose_of(gallery, "bzt-unit", "new");
    gallery_screen(gallery, SCREEN_ABOUT);
}

void gallery_needless_change(struct gallery *gallery)
{
    choose_of(gallery, "ezca-cqsb", "change");
    gallery_screen(gallery, SCREEN_NEEDLESS);
}

/* Three years, two keys, with a seal. */
void gallery_wish_new(struct gallery *gallery)
{
    open_wish(gallery, "gxca-suqian-unit", "new");
    gallery_tap(gallery, "years.3");
    gallery_tap(gallery, "keys.more");
    gallery_tap(gallery, "seal.yes");
}

/* A person may send somebody; the dearest page there is. */
void gallery_wish_person(struct gallery *gallery)
{
    open_wish(gallery, "cfca-suqian-person", "new");
    gallery_tap(gallery, "years.5");
    gallery_tap(gallery, "seal.yes");
    gallery_tap(gallery, "agent.yes");
}

void gallery_wish_change(struct gallery *gallery)
{
    open_wish(gallery, "gxca-suqian-unit", "change");
    gallery_tap(gallery, "kind.name");
    gallery_tap(gallery, "kind.legal");
    gallery_tap(gallery, "seal.yes");
}

/* The key in the writer carries a seal, which is made anew with the change. */
void gallery_wish_sealed(struct gallery *gallery)
{
    gallery->services.visit.holder.has_seal = true;
    gallery->services.visit.holder.product = catalogue_find(gallery->catalogue, "gxca-suqian-unit");
    open_wish(gallery, "gxca-suqian-unit", "change");
    gallery_tap(gallery, "kind.name");
}

/* A key with a year and a half left: five years more are too many yet. */
void gallery_wish_renew(struct gallery *gallery)
{
    struct service_holder *holder = &gallery->services.visit.holder;
    holder->product = catalogue_find(gallery->catalogue, "cfca-suqian-unit");
    holder->not_after_utc_s = GALLERY_NOW_UTC_S + (int64_t)600 * 86400;
    open_wish(gallery, holder->product->id, "renew");
    gallery_tap(gallery, "years.2");
}

static void type_digits(struct gallery *gallery, const char *digits)
{
    char id[16];
    for (; *digits != 0; digits++) {
        (void)snprintf(id, sizeof(id), "pad.%c", *digits);
        gallery_tap(gallery, id);
    }
}

void gallery_login_empty(struct gallery *gallery)
{
    gallery_choose(gallery);
    gallery_screen(gallery, SCREEN_LOGIN);
}

void gallery_login_short(struct gallery *gallery)
{
    gallery_login_empty(gallery);
    type_digits(gallery, "1380000");
}

/* The code is on its way and may be asked for again in 56 s. */
void gallery_login_sent(struct gallery *gallery)
{
    gallery_login_empty(gallery);
    type_digits(gallery, "13800000000");
    gallery_tap(gallery, "login.send");
    gallery_answer(gallery, SERVICE_LOGIN_SEND, STATUS_OK, SERVICE_REASON_NONE, 59, NULL);
    type_digits(gallery, "2741");
    gallery_wait(gallery, 1000);
}

/* Three messages did not come: the code may be read aloud. */
static void send_thrice(struct gallery *gallery)
{
    enum { WAIT_S = 60 };
    gallery->services.speaks = true;
    type_digits(gallery, "13800000000");
    for (int i = 0; i < 3; i++) {
        gallery_tap(gallery, "login.send");
        gallery_answer(gallery, SERVICE_LOGIN_SEND, STATUS_OK, SERVICE_REASON_NONE, i == 2 ? WAIT_S : 0,
                       NULL);
    }
    for (int i = 0; i < WAIT_S; i++)
        gallery_wait(gallery, 1000);
}

void gallery_login_speak(struct gallery *gallery)
{
    gallery_login_empty(gallery);
    send_thrice(gallery);
}

void gallery_login_spoken(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_LOGIN);
    send_thrice(gallery);
    gallery_tap(gallery, "login.speak");
    gallery_answer(gallery, SERVICE_LOGIN_SEND, STATUS_OK, SERVICE_REASON_NONE, 59, NULL);
}

static void verify_wrong(struct gallery *gallery, enum service_reason reason, int64_t number)
{
    gallery_login_sent(gallery);
    type_digits(gallery, "09");
    gallery_answer(gallery, SERVICE_LOGIN_VERIFY, STATUS_REFUSED, reason, number, NULL);
}

void gallery_login_wrong(struct gallery *gallery)
{
    verify_wrong(gallery, SERVICE_REASON_CODE_WRONG, 2);
}

void gallery_login_locked(struct gallery *gallery)
{
    verify_wrong(gallery, SERVICE_REASON_LOCKED, 300);
}

/* Whoever comes back has chosen nothing: the slip is a way in, too. */
void gallery_login_resume(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_LOGIN);
}

void gallery_pickup_empty(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_PICKUP);
}

void gallery_pickup_typing(struct gallery *gallery)
{
    gallery_pickup_empty(gallery);
    gallery_tap(gallery, "pickup.number");
    gallery_type(gallery, "DF20261129000001");
    gallery_tap(gallery, "pickup.code");
}

void gallery_pickup_wrong(struct gallery *gallery)
{
    gallery_pickup_empty(gallery);
    gallery_tap(gallery, "pickup.number");
    gallery_type(gallery, "DF20261129000001");
    gallery_tap(gallery, "pickup.code");
    gallery_type(gallery, "7K3M-9QXE-2RTV-H80C");
    ui_focus(gallery->ui, NULL);
    gallery_wait(gallery, 10);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_ORDER_PICKUP, STATUS_REFUSED, SERVICE_REASON_PICKUP_WRONG, 4, NULL);
}

void gallery_login_no_slip(struct gallery *gallery)
{
    gallery_login_resume(gallery);
    gallery_tap(gallery, "login.slip");
    gallery_answer(gallery, SERVICE_TICKET_SCAN, STATUS_REFUSED, SERVICE_REASON_NO_TICKET, 0, NULL);
}

/* Whether an order like it waits is known at once. */
void gallery_agreement_first(struct gallery *gallery)
{
    gallery_login(gallery);
    gallery_screen(gallery, SCREEN_AGREEMENT);
    gallery_answer(gallery, SERVICE_ORDER_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    gallery_wait(gallery, 10); /* the pages are measured */
}

void gallery_agreement_middle(struct gallery *gallery)
{
    gallery_agreement_first(gallery);
    gallery_tap(gallery, "text.down");
}

void gallery_agreement_last(struct gallery *gallery)
{
    enum { PAGES_MOST = 30 };
    gallery_agreement_first(gallery);
    for (int i = 0; i < PAGES_MOST; i++)
        gallery_tap(gallery, "text.down");
}

void gallery_service_new(struct gallery *gallery)
{
    gallery_choose(gallery);
    gallery_screen(gallery, SCREEN_SERVICE);
}
