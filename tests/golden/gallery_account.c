/* Cases of accounts: logging in by a password, setting one, its names, another number. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

static void open_as(struct gallery *gallery, int screen)
{
    gallery->services.has_accounts = true;
    gallery_login(gallery);
    gallery->services.visit.product = NULL;
    gallery->services.visit.operation = NULL;
    gallery->services.visit.login = SERVICE_LOGIN_BY_CODE;
    gallery_screen(gallery, screen);
}

/* The keyboard goes away, as after 下一项 of the last field. */
static void stop_typing(struct gallery *gallery)
{
    ui_focus(gallery->ui, NULL);
    gallery_report(gallery, SERVICE_DEVICES, STATUS_OK, SERVICE_REASON_NONE);
}

static void type(struct gallery *gallery, const char *field, const char *text)
{
    gallery_tap(gallery, field);
    gallery_type(gallery, text);
    stop_typing(gallery);
}

/* --- logging in -------------------------------------------------------------------------------------- */

void gallery_login_accounts(struct gallery *gallery)
{
    gallery->services.has_accounts = true;
    gallery_screen(gallery, SCREEN_LOGIN);
}

void gallery_password_empty(struct gallery *gallery)
{
    gallery->services.has_accounts = true;
    gallery_screen(gallery, SCREEN_PASSWORD);
}

void gallery_password_typing(struct gallery *gallery)
{
    gallery_password_empty(gallery);
    gallery_tap(gallery, "password.alias");
    gallery_type(gallery,
                 gallery_text(gallery, "重庆示例科技有限公司", "1", "zhang.xiaoli@example-company.cn"));
    gallery_tap(gallery, "password.word");
    gallery_type(gallery, "chongqing-2026");
}

void gallery_password_wrong(struct gallery *gallery)
{
    gallery_password_typing(gallery);
    stop_typing(gallery);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_ACCOUNT_LOG_IN, STATUS_REFUSED, SERVICE_REASON_ACCOUNT_WRONG, 4, NULL);
}

/* --- setting ----------------------------------------------------------------------------------------- */

static void know(struct gallery *gallery, bool exists)
{
    struct service_account *account = &gallery->services.visit.account;
    *account = (struct service_account){.is_known = true, .exists = exists};
    if (exists) {
        const char *company =
            gallery_text(gallery, "重庆示例科技有限公司", "示例公司",
                         "重庆市南岸区弹子石示例中央商务区数字经济产业园信息技术股份有限公司");
        (void)text_copy(account->email, sizeof(account->email),
                        gallery_text(gallery, "zhang@example.cn", "", "zhang.xiaoli@example-company.cn"));
        (void)text_copy(account->company, sizeof(account->company), company);
        for (size_t i = 0; i < (gallery->length == GALLERY_LONGEST ? 4 : 1); i++)
            (void)text_copy(account->companies[account->company_count++], SERVICE_ALIAS_BYTES, company);
    }
    gallery_answer(gallery, SERVICE_ACCOUNT_LOOK, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_own_account(struct gallery *gallery)
{
    gallery->services.visit.unit_count = 1;
    open_as(gallery, SCREEN_OWN);
    know(gallery, true);
}

void gallery_account_open(struct gallery *gallery)
{
    open_as(gallery, SCREEN_ACCOUNT);
    know(gallery, false);
}

void gallery_account_id(struct gallery *gallery)
{
    gallery_account_open(gallery);
    gallery_tap(gallery, "account.id");
    gallery_type(gallery, "110101199003070417");
}

void gallery_account_typing(struct gallery *gallery)
{
    gallery_account_open(gallery);
    gallery_tap(gallery, "password.first");
    gallery_type(gallery, "chongqing");
}

void gallery_account_differ(struct gallery *gallery)
{
    gallery_account_open(gallery);
    type(gallery, "account.id", "110101199003070417");
    type(gallery, "password.first", "chongqing-2026");
    type(gallery, "password.second", "chongqing-2025");
    gallery_tap(gallery, "bar.next");
}

void gallery_account_all(struct gallery *gallery)
{
    open_as(gallery, SCREEN_ACCOUNT);
    know(gallery, true);
}

void gallery_account_close(struct gallery *gallery)
{
    gallery_account_all(gallery);
    gallery_tap(gallery, "account.close");
}

void gallery_account_email(struct gallery *gallery)
{
    gallery_account_all(gallery);
    gallery_tap(gallery, "account.email");
}

void gallery_account_company(struct gallery *gallery)
{
    gallery_account_all(gallery);
    gallery_tap(gallery, "account.company");
}

void gallery_account_taken(struct gallery *gallery)
{
    gallery_account_company(gallery);
    gallery_tap(gallery, "company.0");
    gallery_answer(gallery, SERVICE_ACCOUNT_ALIAS, STATUS_REFUSED, SERVICE_REASON_ALIAS_TAKEN, 0, NULL);
}

void gallery_phone_empty(struct gallery *gallery)
{
    open_as(gallery, SCREEN_PHONE);
}

void gallery_phone_sent(struct gallery *gallery)
{
    gallery_phone_empty(gallery);
    type(gallery, "phone.number", "13900000009");
    gallery_tap(gallery, "phone.send");
    gallery_answer(gallery, SERVICE_LOGIN_SEND, STATUS_OK, SERVICE_REASON_NONE, 60, NULL);
}

void gallery_phone_typing(struct gallery *gallery)
{
    gallery_phone_sent(gallery);
    gallery_tap(gallery, "phone.code");
    gallery_type(gallery, "482");
}

void gallery_reset_password(struct gallery *gallery)
{
    gallery_password_typing(gallery);
    stop_typing(gallery);
    gallery_tap(gallery, "password.forgotten");
    gallery->services.visit.reset = (struct service_reset){.id = "reset-0",
                                                           .kind = SERVICE_RESET_PASSWORD,
                                                           .state = SERVICE_RESET_IS_PROVEN,
                                                           .code = "4071",
                                                           .until_utc_s = GALLERY_NOW_UTC_S + 600};
    gallery_answer(gallery, SERVICE_RESET_ASK, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* --- begun elsewhere ----------------------------------------------------------------------------------- */

void gallery_pickup_partners(struct gallery *gallery)
{
    gallery->services.has_partners = true;
    gallery_screen(gallery, SCREEN_PICKUP);
}

void gallery_appointment_empty(struct gallery *gallery)
{
    gallery_pickup_partners(gallery);
    gallery_tap(gallery, "pickup.appointment");
}

void gallery_appointment_typing(struct gallery *gallery)
{
    gallery_appointment_empty(gallery);
    gallery_tap(gallery, "appointment.text");
    gallery_type(gallery, "CKA1|zjy|A-0001|1795600000|");
}

void gallery_appointment_scanning(struct gallery *gallery)
{
    gallery_appointment_empty(gallery);
    gallery_tap(gallery, "appointment.scan");
}

void gallery_appointment_used(struct gallery *gallery)
{
    gallery_appointment_typing(gallery);
    stop_typing(gallery);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_APPOINTMENT_READ, STATUS_REFUSED, SERVICE_REASON_APPOINTMENT_USED, 0,
                   NULL);
}
