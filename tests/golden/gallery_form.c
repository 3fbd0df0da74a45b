/* Cases of the form: groups, errors, every keyboard. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

static void set(struct gallery *gallery, const char *field, const char *value)
{
    check(form_values_set(&gallery->services.values, field, value) == STATUS_OK);
}

static void open_form(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_FORM);
}

static void open_group(struct gallery *gallery, const char *tab)
{
    open_form(gallery);
    gallery_tap(gallery, tab);
}

/* The field's page is turned to as an applicant would. */
static void press(struct gallery *gallery, const char *field)
{
    while (widget_find(ui_tree(gallery->ui), field) == NULL)
        gallery_tap(gallery, "bar.next");
    gallery_tap(gallery, field);
}

/* On the screen's keyboard, key by key. */
static void press_keys(struct gallery *gallery, const char *keys)
{
    char id[16];
    for (; *keys != 0; keys++) {
        (void)snprintf(id, sizeof(id), "key.%c", *keys);
        gallery_tap(gallery, id);
    }
}

static void refill(struct gallery *gallery, const char *field, const char *text)
{
    press(gallery, field);
    gallery_tap(gallery, "key.clear");
    gallery_type(gallery, text);
}

void gallery_form_empty(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    form_values_wipe(&gallery->services.values);
    open_form(gallery);
}

void gallery_form_filled(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.agent");
}

void gallery_form_error(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    gallery->services.identifies[PRODUCT_IDENTITY_READER] = true;
    set(gallery, "website", "");
    set(gallery, "agent_email", "");
    set(gallery, "mailing_street", "");
    open_group(gallery, "form.tab.unit");
    refill(gallery, "form.office_phone", "6200");
    gallery_tap(gallery, "key.hide");
}

static void open_errors(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    set(gallery, "credit_code", "91500108MA60000021");
    set(gallery, "legal_id", "5001081970030300");
    set(gallery, "legal_mobile", "1390000000");
    set(gallery, "agent_name", "王 5");
    set(gallery, "agent_email", "wxx@example");
    set(gallery, "agent_wechat", "");
    set(gallery, "mailing_postcode", "4000");
    open_group(gallery, "form.tab.invoice");
    while (widget_find(ui_tree(gallery->ui), "errors.mend") == NULL)
        gallery_tap(gallery, "bar.next");
}

void gallery_form_errors(struct gallery *gallery)
{
    open_errors(gallery);
}

void gallery_form_first_error(struct gallery *gallery)
{
    open_errors(gallery);
    gallery_tap(gallery, "errors.mend");
}

void gallery_form_revealed(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.unit");
    while (widget_find(ui_tree(gallery->ui), "form.legal_id.eye") == NULL)
        gallery_tap(gallery, "bar.next");
    gallery_tap(gallery, "form.legal_id.eye");
}

void gallery_form_locked(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.invoice");
}

void gallery_form_rejected(struct gallery *gallery)
{
    const struct {
        const char *field, *reason;
    } items[] = {{"legal_name",
                  gallery_text(gallery, "与身份证上的姓名不一致。照身份证修改", "不一致",
                               "与身份证、营业执照以及授权书上的法定代表人姓名都不一致，照身份证修改后再交")},
                 {"agent_email", "邮箱收不到邮件。换一个邮箱"}};
    struct order_rejections *rejections = &gallery->services.visit.rejections;
    gallery_order(gallery, ORDER_STATE_DRAFT);
    for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
        struct order_rejection *item = &rejections->item[rejections->count++];
        item->kind = ORDER_ITEM_FIELD;
        (void)text_copy(item->item, sizeof(item->item), items[i].field);
        (void)text_copy(item->reason, sizeof(item->reason), items[i].reason);
    }
    open_form(gallery);
}

/* --- registers --------------------------------------------------------------------------------------- */

static void find_in_register(struct service_visit *visit, const char *field,
                             enum service_finding_verdict verdict)
{
    struct service_finding *finding = &visit->findings[visit->finding_count++];
    finding->verdict = verdict;
    (void)text_copy(finding->comparison, sizeof(finding->comparison), "unit");
    (void)text_copy(finding->field, sizeof(finding->field), field);
}

static void open_compared(struct gallery *gallery, enum service_finding_verdict name,
                          enum service_finding_verdict legal)
{
    struct service_visit *visit = &gallery->services.visit;
    gallery_order(gallery, ORDER_STATE_DRAFT);
    find_in_register(visit, "credit_code", SERVICE_FINDING_AGREES);
    find_in_register(visit, "company", name);
    find_in_register(visit, "legal_name", legal);
    open_group(gallery, "form.tab.unit");
}

void gallery_form_compared(struct gallery *gallery)
{
    open_compared(gallery, SERVICE_FINDING_AGREES, SERVICE_FINDING_DIFFERS);
}

void gallery_form_compared_unknown(struct gallery *gallery)
{
    open_compared(gallery, SERVICE_FINDING_UNKNOWN, SERVICE_FINDING_UNKNOWN);
}

void gallery_form_compared_same(struct gallery *gallery)
{
    open_compared(gallery, SERVICE_FINDING_AGREES, SERVICE_FINDING_AGREES);
}

/* --- the summary -------------------------------------------------------------------------------------- */

/* As many pages as it takes until this one shows; a form has fewer than so many. */
static void turn_until(struct gallery *gallery, const char *id)
{
    enum { PAGES_MOST = 40 };
    for (int i = 0; i < PAGES_MOST && widget_find(ui_tree(gallery->ui), id) == NULL; i++)
        gallery_tap(gallery, "bar.next");
    check(widget_find(ui_tree(gallery->ui), id) != NULL);
}

/* A form without a mistake, gone through to its end. */
void gallery_form_summary(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.invoice");
    turn_until(gallery, "summary.company");
}

void gallery_form_summary_end(struct gallery *gallery)
{
    gallery_form_summary(gallery);
    turn_until(gallery, "summary.invoice_address");
}

/* The block that was gone back to, with the way to the summary. */
void gallery_form_summary_mended(struct gallery *gallery)
{
    gallery_form_summary(gallery);
    gallery_tap(gallery, "summary.mend.certificate");
}

/* --- what was taken over ------------------------------------------------------------------------------ */

void gallery_form_known(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    gallery->services.visit.known = (struct service_known){.is_asked = true, .filled_utc_s = 1791000000};
    open_form(gallery);
}

/* --- lists ------------------------------------------------------------------------------------------- */

/* A province of the list is chosen, on whatever page it stands. */
static void open_province(struct gallery *gallery, const char *item)
{
    gallery_form_provinces(gallery);
    while (widget_find(ui_tree(gallery->ui), item) == NULL)
        gallery_tap(gallery, "pages.next");
    gallery_tap(gallery, item);
}

void gallery_form_provinces(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.agent");
    press(gallery, "form.mailing_region");
}

/* 新疆维吾尔自治区: names are longest. */
void gallery_form_places(struct gallery *gallery)
{
    open_province(gallery, "pick.30");
}

/* 重庆市: there are most. */
void gallery_form_places_many(struct gallery *gallery)
{
    open_province(gallery, "pick.21");
}

/* --- the card reader --------------------------------------------------------------------------------- */

/* The page with the agent's number, in a hall that reads cards. */
static void open_card_page(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    gallery->services.identifies[PRODUCT_IDENTITY_READER] = true;
    set(gallery, "agent_name", "");
    set(gallery, "agent_id", "");
    open_group(gallery, "form.tab.agent");
    while (widget_find(ui_tree(gallery->ui), "form.agent_id") == NULL)
        gallery_tap(gallery, "bar.next");
}

void gallery_form_card(struct gallery *gallery)
{
    open_card_page(gallery);
}

void gallery_form_card_waiting(struct gallery *gallery)
{
    open_card_page(gallery);
    gallery_tap(gallery, "form.card");
}

void gallery_form_card_unread(struct gallery *gallery)
{
    gallery_form_card_waiting(gallery);
    gallery_answer(gallery, SERVICE_CARD_READ, STATUS_REFUSED, SERVICE_REASON_NO_CARD, 0, NULL);
}

void gallery_form_card_filled(struct gallery *gallery)
{
    struct service_card *card = &gallery->services.visit.card;
    gallery_form_card_waiting(gallery);
    card->is_read = true;
    (void)text_copy(card->name, sizeof(card->name),
                    gallery_text(gallery, "王小小", "王小", "买买提·艾合买提江"));
    (void)text_copy(card->number, sizeof(card->number), "500108198503090054");
    gallery_answer(gallery, SERVICE_CARD_READ, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

static void open_street(struct gallery *gallery)
{
    set(gallery, "mailing_street", "");
    set(gallery, "agent_wechat", "");
    open_group(gallery, "form.tab.agent");
    press(gallery, "form.mailing_street");
    gallery_type(gallery,
                 gallery_text(gallery, "重庆市南岸区", "重庆", "重庆市南岸区弹子石街道示例大道一百二十八号"));
    press_keys(gallery, gallery_text(gallery, "shililu", "s", "shijiedadaoshuzijingjichanyeyuan"));
}

void gallery_form_pinyin(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_street(gallery);
}

/* 工 with a finger, its size and place in parts of a hundred of the pad's height. */
void gallery_form_writing(struct gallery *gallery)
{
    static const int strokes[][4] = {{12, 14, 88, 12}, {50, 14, 49, 86}, {5, 87, 95, 85}};
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_street(gallery);
    gallery_tap(gallery, "key.write");
    for (size_t i = 0; i < sizeof(strokes) / sizeof(strokes[0]); i++)
        gallery_draw(gallery, "key.pad", strokes[i]);
}

void gallery_form_pinyin_idle(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    set(gallery, "agent_name", "");
    open_group(gallery, "form.tab.agent");
    press(gallery, "form.agent_name");
}

void gallery_form_pinyin_error(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.agent");
    refill(gallery, "form.agent_email", "wxx@example");
    gallery_tap(gallery, "key.next");
    open_street(gallery);
}

void gallery_form_english(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.agent");
    press(gallery, "form.mailing_street");
    gallery_tap(gallery, "key.language");
    gallery_tap(gallery, "key.shift");
}

void gallery_form_symbols(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.agent");
    press(gallery, "form.mailing_street");
    gallery_tap(gallery, "key.symbols");
}

void gallery_form_marks(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.agent");
    press(gallery, "form.agent_email");
    gallery_tap(gallery, "key.symbols");
}

void gallery_form_digits(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.agent");
    press(gallery, "form.agent_mobile");
}

void gallery_form_id(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.unit");
    press(gallery, "form.legal_id");
}

void gallery_form_phone(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.unit");
    press(gallery, "form.office_phone");
}

void gallery_form_credit(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_form(gallery);
    refill(gallery, "form.credit_code", "91500108MA");
}

void gallery_form_email(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_group(gallery, "form.tab.agent");
    refill(gallery, "form.agent_email", "wxx");
}

void gallery_form_undo(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_DRAFT);
    open_form(gallery);
    press(gallery, "form.company");
    gallery_tap(gallery, "key.clear");
}
