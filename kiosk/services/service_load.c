#include "kiosk/services/service_load.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/json.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/catalogue/product_side.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/services/service_attention.h"
#include "kiosk/services/service_carried.h"
#include "kiosk/services/service_comparison.h"
#include "kiosk/services/service_consent.h"
#include "kiosk/services/service_deed.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_invoice.h"
#include "kiosk/services/service_known.h"
#include "kiosk/services/service_lock.h"
#include "kiosk/services/service_old_lock.h"
#include "kiosk/services/service_opening.h"
#include "kiosk/services/service_sample.h"
#include "kiosk/services/service_shipment.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_wish.h"
#include "kiosk/store/store_account.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_extra.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_key_number.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_payment.h"
#include "kiosk/store/store_rejection.h"

enum { ATTEMPTS_MAX = 32, CERTIFICATES_MAX = 16 };

/* Places are stored in thousandths of the page; one that is not on it is none. */
static struct service_place read_place(const struct json *check)
{
    struct service_place place = {
        (double)json_number(check, "x", 0) / 1000, (double)json_number(check, "y", 0) / 1000,
        (double)json_number(check, "w", 0) / 1000, (double)json_number(check, "h", 0) / 1000};
    bool on_page = place.x >= -1 && place.y >= -1 && place.w > 0 && place.h > 0 && place.x + place.w <= 2 &&
                   place.y + place.h <= 2;
    return on_page ? place : (struct service_place){0};
}

/* The findings are our own JSON:
 * {"turned":..,"checks":[{"name":..,"verdict":"good|bad|none","reason":..,"x":..}]}. A damaged one shows as
 * nothing computed, never as a tick. */
static void read_checks(const char *findings, struct service_page *out)
{
    struct json *json = NULL;
    if (json_parse(findings, strlen(findings), &json) != STATUS_OK)
        return;
    const struct json *checks = json_member(json, "checks");
    out->turned_tenths = (int)json_number(json, "turned", 0);
    for (size_t i = 0; i < json_length(checks) && out->check_count < SERVICE_CHECKS_MAX; i++) {
        const struct json *check = json_element(checks, i);
        const char *verdict = json_text(check, "verdict", "");
        (void)text_copy(out->checks[out->check_count].name, sizeof(out->checks[0].name),
                        json_text(check, "name", ""));
        (void)text_copy(out->checks[out->check_count].reason, sizeof(out->checks[0].reason),
                        json_text(check, "reason", ""));
        out->checks[out->check_count].place = read_place(check);
        out->checks[out->check_count++].verdict = strcmp(verdict, "good") == 0  ? SERVICE_CHECK_GOOD
                                                  : strcmp(verdict, "bad") == 0 ? SERVICE_CHECK_BAD
                                                                                : SERVICE_CHECK_NOT_COMPUTED;
    }
    json_free(json);
}

static const struct store_page *find_page(const struct store_page *pages, size_t count, const char *paper)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pages[i].paper, paper) == 0)
            return &pages[i];
    return NULL;
}

static bool any_bad(const struct service_page *page)
{
    for (size_t i = 0; i < page->check_count; i++)
        if (page->checks[i].verdict == SERVICE_CHECK_BAD)
            return true;
    return false;
}

/* One paper more stands among the order's, as its scan was judged. */
static void add_page(struct service_visit *visit, const char *id, const struct product_paper *paper,
                     const struct store_page *stored)
{
    const struct product_paper *form = product_form_paper(visit->product, visit->operation);
    struct service_page *page = &visit->pages[visit->page_count++];
    *page = (struct service_page){.state = SERVICE_PAGE_MISSING};
    (void)text_copy(page->paper, sizeof(page->paper), id);
    page->is_optional = paper->optional;
    page->is_open = order_paper_is_open(&visit->rejections, id, form == NULL ? NULL : form->id);
    if (stored == NULL)
        return;
    (void)text_copy(page->same_as, sizeof(page->same_as), stored->same_as);
    read_checks(stored->findings, page);
    page->state = any_bad(page) ? SERVICE_PAGE_POOR : SERVICE_PAGE_GOOD;
    page->width_px = stored->width_px;
    page->height_px = stored->height_px;
    page->dpi = stored->dpi;
}

/* A front without its back is no paper. An order that was handed in before its paper had sides stays as it
 * was: its one page shows both. */
static void add_back(struct service_visit *visit, const struct product_paper *paper,
                     const struct store_page *pages, size_t count)
{
    char id[ORDER_NAME_BYTES];
    struct service_page *front = &visit->pages[visit->page_count - 1];
    product_side_back_id(paper->id, id);
    const struct store_page *stored = find_page(pages, count, id);
    bool is_asked = front->is_open && visit->order.state <= ORDER_STATE_SCANNING;
    if ((stored == NULL && !is_asked) || visit->page_count == SERVICE_PAPERS_MAX)
        return;
    front->side = SERVICE_SIDE_FRONT;
    add_page(visit, id, paper, stored);
    struct service_page *back = &visit->pages[visit->page_count - 1];
    back->side = SERVICE_SIDE_BACK;
    back->is_open = front->is_open;
    back->is_optional = front->is_optional && front->state == SERVICE_PAGE_MISSING;
}

/* What the applicant hands in beside the product's papers. */
static enum status add_extras(struct service_context *context, struct service_visit *visit,
                              const struct store_page *pages, size_t count, struct failure *failure)
{
    struct store_extra extras[SERVICE_PAPERS_MAX];
    size_t found = 0;
    enum status status =
        store_extra_list(context->store, visit->order.id, extras, SERVICE_PAPERS_MAX, &found, failure);
    for (size_t i = 0; i < found && status == STATUS_OK && visit->page_count < SERVICE_PAPERS_MAX; i++) {
        const struct product_paper *paper = product_find_paper(visit->product, extras[i].paper);
        if (paper == NULL)
            continue;
        add_page(visit, extras[i].paper, paper, find_page(pages, count, extras[i].paper));
        (void)text_copy(visit->pages[visit->page_count - 1].title, sizeof(visit->pages[0].title),
                        extras[i].title);
    }
    secret_wipe_bytes(extras, sizeof(extras));
    return status;
}

static enum status load_pages(struct service_context *context, struct service_visit *visit,
                              struct failure *failure)
{
    struct product_wish wish;
    struct store_page pages[SERVICE_PAPERS_MAX * 2];
    size_t count = 0;
    enum status status =
        store_page_list(context->store, visit->order.id, pages, SERVICE_PAPERS_MAX * 2, &count, failure);
    if (status != STATUS_OK)
        return status;
    service_visit_wish(visit, service_now_utc_s(context), &wish);
    visit->page_count = 0;
    for (size_t i = 0; i < visit->operation->paper_count && visit->page_count < SERVICE_PAPERS_MAX; i++) {
        const struct product_paper *paper = product_operation_paper(visit->product, visit->operation, i);
        if (paper->kind != PRODUCT_PAPER_KIND_SCAN || !product_wish_needs(&wish, paper->id))
            continue; /* not for the scanner: brought along, or handed in on paper */
        add_page(visit, paper->id, paper, find_page(pages, count, paper->id));
        if (paper->both_sides)
            add_back(visit, paper, pages, count);
    }
    return add_extras(context, visit, pages, count, failure);
}

static enum service_pay_state pay_state(enum store_payment_state state)
{
    switch (state) {
    case STORE_PAYMENT_CREATED:
    case STORE_PAYMENT_CLOSING:
        return SERVICE_PAY_UNKNOWN;
    case STORE_PAYMENT_SHOWN:
        return SERVICE_PAY_SHOWN;
    case STORE_PAYMENT_CLOSED:
    case STORE_PAYMENT_FAILED:
        return SERVICE_PAY_CLOSED;
    case STORE_PAYMENT_PAID:
        return SERVICE_PAY_PAID;
    case STORE_PAYMENT_LATE_PAID:
    case STORE_PAYMENT_REFUNDING:
        return SERVICE_PAY_REFUNDING;
    case STORE_PAYMENT_REFUNDED:
        return SERVICE_PAY_REFUNDED;
    case STORE_PAYMENT_REFUND_ALARM:
        return SERVICE_PAY_ALARM;
    case STORE_PAYMENT_COUNT_:
        break;
    }
    return SERVICE_PAY_UNKNOWN;
}

/* By hand nothing is unknown: it is open until a clerk says what became of it. */
static enum service_pay_state pay_state_of(const struct store_payment *attempt)
{
    bool is_open = attempt->state == STORE_PAYMENT_CREATED || attempt->state == STORE_PAYMENT_SHOWN;
    if (!is_open || !service_hand_is(attempt->channel))
        return pay_state(attempt->state);
    return strcmp(attempt->channel, product_payment_name(PRODUCT_PAYMENT_TRANSFER)) == 0
               ? SERVICE_PAY_BY_TRANSFER
               : SERVICE_PAY_BY_DESK;
}

/* The attempt that is shown: the one that holds the money, else the newest. */
static const struct store_payment *attempt_to_show(const struct store_payment *attempts, size_t count)
{
    const struct store_payment *shown = count == 0 ? NULL : &attempts[count - 1];
    for (size_t i = 0; i < count; i++)
        if (attempts[i].state == STORE_PAYMENT_PAID)
            shown = &attempts[i];
    return shown;
}

static enum status load_payment(struct store *store, struct service_visit *visit, struct failure *failure)
{
    struct store_payment attempts[ATTEMPTS_MAX];
    size_t count = 0;
    enum status status = store_payment_list(store, visit->order.id, attempts, ATTEMPTS_MAX, &count, failure);
    visit->payment =
        (struct service_payment){.state = SERVICE_PAY_NONE, .amount_fen = visit->order.amount_fen};
    const struct store_payment *shown = status == STATUS_OK ? attempt_to_show(attempts, count) : NULL;
    if (shown == NULL)
        return status;
    struct service_payment *payment = &visit->payment;
    payment->state = pay_state_of(shown);
    payment->amount_fen = shown->amount_fen;
    payment->attempt = (int)shown->attempt;
    payment->until_utc_s = shown->expires_utc_s;
    (void)text_copy(payment->channel, sizeof(payment->channel), shown->channel);
    (void)text_copy(payment->qr_text, sizeof(payment->qr_text), shown->qr);
    (void)text_copy(payment->out_trade_no, sizeof(payment->out_trade_no), shown->out_trade_no);
    (void)text_copy(payment->trade_no, sizeof(payment->trade_no), shown->trade_no);
    return STATUS_OK;
}

static enum status read_certificate(struct store *store, const char *request_id, struct service_issue *issue,
                                    struct failure *failure)
{
    struct buf der;
    struct certificate_summary summary;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = store_certificate_part(store, request_id, STORE_CERTIFICATE_DER, &der, failure);
    if (status == STATUS_OK)
        status = certificate_summarize(bytes_of_buf(&der), &summary, failure);
    if (status == STATUS_OK) {
        issue->not_after_utc_s = summary.not_after_utc_s;
        (void)text_copy(issue->subject, sizeof(issue->subject), summary.subject);
        (void)text_copy(issue->common_name, sizeof(issue->common_name), summary.common_name);
        (void)text_copy(issue->serial, sizeof(issue->serial), summary.serial);
    }
    secret_wipe_bytes(&summary, sizeof(summary));
    buf_wipe(&der);
    return status;
}

/* The key the certificate is in: what stands on it, and the number it was given. */
static enum status read_key(struct store *store, const char *mark, struct service_issue *issue,
                            struct failure *failure)
{
    struct store_key key;
    enum status status = store_key_load(store, mark, &key, failure);
    if (status != STATUS_OK)
        return status;
    (void)text_copy(issue->key_serial, sizeof(issue->key_serial), key.serial);
    status = store_key_number_load(store, mark, issue->key_number, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What an order without a certificate of its own is about. */
static enum status load_subject(struct service_context *context, struct service_visit *visit,
                                struct failure *failure)
{
    struct store_certificate certificate;
    enum status status = service_subject_load(context, visit->order.id, &certificate, failure);
    if (status == STATUS_OK) /* a key that is not known here has neither serial nor number */
        (void)!read_key(context->store, certificate.key_mark, &visit->issue, NULL);
    if (status == STATUS_OK)
        status = read_certificate(context->store, certificate.request_id, &visit->issue, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* A certificate that was proven: what the last screens show. */
static enum status load_issue(struct service_context *context, struct service_visit *visit,
                              struct failure *failure)
{
    struct store *store = context->store;
    struct store_certificate rows[CERTIFICATES_MAX];
    size_t count = 0;
    enum status status =
        store_certificate_list(store, visit->order.id, rows, CERTIFICATES_MAX, &count, failure);
    visit->issue = (struct service_issue){0};
    if (status == STATUS_OK)
        status = service_wish_keys_made(context, visit->order.id, &visit->keys_made, failure);
    if (visit->keys_made > 0 && visit->order.state == ORDER_STATE_ISSUING)
        return status; /* nothing is known of the next one yet */
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (rows[i].state != STORE_CERTIFICATE_PROVEN && rows[i].state != STORE_CERTIFICATE_CONFIRMED &&
            rows[i].state != STORE_CERTIFICATE_HELD)
            continue;
        visit->issue.stage = SERVICE_ISSUE_PROVEN;
        visit->issue.percent = 100;
        status = read_certificate(store, rows[i].request_id, &visit->issue, failure);
        if (status == STATUS_OK)
            status = read_key(store, rows[i].key_mark, &visit->issue, failure);
    }
    bool is_about_old =
        order_steps_has(&visit->operation->steps, ORDER_STEP_ACT) ||
        (order_steps_is_on_own_key(&visit->operation->steps) && visit->issue.stage != SERVICE_ISSUE_PROVEN);
    if (status == STATUS_OK && is_about_old)
        status = load_subject(context, visit, failure);
    return status;
}

int64_t service_load_due(const struct service_context *context, const struct order *order)
{
    const struct catalogue *catalogue = context->settings->catalogue;
    const struct product *product = catalogue_find(catalogue, order->product);
    return product == NULL || order->state != ORDER_STATE_REVIEWING
               ? 0
               : catalogue_review_due(catalogue, product,
                                      service_opening_since(context, order->updated_utc_s));
}

enum status service_load_order(struct service_context *context, const char *order_id,
                               struct service_visit *out, struct failure *failure)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, order_id, &out->order, failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &out->order, &out->product, &out->operation);
    if (status == STATUS_OK)
        status = service_wish_load(context, out, failure);
    if (status == STATUS_OK)
        status = store_rejection_load_order(store, order_id, true, &out->rejections, failure);
    if (status == STATUS_OK)
        status = service_comparison_load(context, out, failure);
    if (status == STATUS_OK)
        status = service_known_load(context, out, failure);
    if (status == STATUS_OK)
        status = service_opening_load(context, out, failure);
    if (status == STATUS_OK)
        status = service_attention_load(context, &out->order, &out->attention, failure);
    if (status == STATUS_OK)
        status = load_pages(context, out, failure);
    if (status == STATUS_OK)
        status = load_payment(store, out, failure);
    if (status == STATUS_OK)
        status = service_hand_load(context, order_id, &out->hand, failure);
    if (status == STATUS_OK)
        status = service_invoice_load(context, &out->order, &out->invoice, failure);
    if (status == STATUS_OK)
        status = load_issue(context, out, failure);
    if (status == STATUS_OK)
        status = service_deed_load(context, out, failure);
    if (status == STATUS_OK)
        status = service_lock_load(context, out, failure);
    if (status == STATUS_OK)
        status = service_old_lock_load(context, out, failure);
    if (status == STATUS_OK)
        status = service_carried_load(context, out, failure);
    if (status == STATUS_OK)
        status = service_sample_load(context, out, failure);
    if (status == STATUS_OK)
        status = service_shipment_load(context, order_id, &out->shipment, failure);
    if (status == STATUS_OK)
        status = service_consent_load(context, &out->order, &out->consent, failure);
    out->has_order = status == STATUS_OK;
    if (out->has_order)
        out->due_utc_s = service_load_due(context, &out->order);
    return status;
}

enum status service_load_values(struct service_context *context, const char *order_id,
                                struct form_values *out, struct failure *failure)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_field_load(store, order_id, out, failure);
    return status;
}

static bool is_asked(const struct form *form, const struct form_values *values,
                     const struct form_field *field)
{
    return form_field_is_asked(field) && (values == NULL || form_field_is_shown(form, values, field));
}

static bool asks_about(const struct form *form, const struct form_values *values, enum form_subject subject)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].subject == subject && is_asked(form, values, &form->fields[i]))
            return true;
    return false;
}

const char *service_load_field(const struct form *form, const struct form_values *values,
                               enum form_subject subject, enum form_kind kind)
{
    if (form == NULL)
        return NULL;
    if ((subject == FORM_SUBJECT_AGENT || subject == FORM_SUBJECT_UNIT) &&
        !asks_about(form, values, subject)) {
        kind = subject == FORM_SUBJECT_UNIT && kind == FORM_KIND_TEXT ? FORM_KIND_NAME : kind;
        subject = FORM_SUBJECT_PERSON;
    }
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].subject == subject && form->fields[i].kind == kind &&
            is_asked(form, values, &form->fields[i]))
            return form->fields[i].id;
    return NULL;
}

/* Who is here, as the order's form says it; nothing for a form that does not. */
static enum status load_acting(struct service_context *context, const struct order *order,
                               const struct form *form, struct form_values *out)
{
    struct buf value;
    enum status status = STATUS_OK;
    buf_init(&value, LIMIT_FIELD_BYTES);
    for (size_t i = 0; form != NULL && i < form->field_count && status == STATUS_OK; i++)
        if (form->fields[i].tells_agent) {
            status = store_field_get(context->store, order->id, form->fields[i].id, &value, NULL);
            if (status == STATUS_OK)
                status = form_values_set(out, form->fields[i].id, (const char *)value.data);
            else if (status == STATUS_NOT_FOUND)
                status = STATUS_OK;
        }
    buf_wipe(&value);
    return status;
}

/* One value of an order, empty when there is none. */
static enum status load_value(struct service_context *context, const struct order *order,
                              enum form_subject subject, enum form_kind kind, char *out, size_t size)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    struct buf value;
    buf_init(&value, LIMIT_FIELD_BYTES);
    *out = 0;
    const struct form *form = NULL;
    struct form_values acting;
    form_values_init(&acting);
    enum status status = service_product_of(context, order, &product, &operation);
    if (status == STATUS_OK) {
        form = product_operation_form(product, operation);
        status = load_acting(context, order, form, &acting);
    }
    const char *field = status == STATUS_OK ? service_load_field(form, &acting, subject, kind) : NULL;
    form_values_wipe(&acting);
    if (field != NULL)
        status = store_field_get(context->store, order->id, field, &value, NULL);
    if (status == STATUS_OK && value.length > 0)
        (void)text_copy(out, size, (const char *)value.data);
    buf_wipe(&value);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_load_operation(struct service_context *context, const char *order_id, struct order *order,
                                   const struct product **product, const struct product_operation **operation,
                                   struct failure *failure)
{
    struct order own;
    struct order *row = order == NULL ? &own : order;
    enum status status = store_order_load(context->store, order_id, row, failure);
    return status == STATUS_OK ? service_product_of(context, row, product, operation) : status;
}

enum status service_load_unit(struct service_context *context, const struct order *order, char *out,
                              size_t size)
{
    return load_value(context, order, FORM_SUBJECT_UNIT, FORM_KIND_TEXT, out, size);
}

enum status service_load_phone(struct service_context *context, const struct order *order, char *out,
                               size_t size)
{
    enum status status = store_account_phone_of(context->store, order->id, out, size, NULL);
    return status == STATUS_NOT_FOUND
               ? load_value(context, order, FORM_SUBJECT_AGENT, FORM_KIND_MOBILE, out, size)
               : status;
}

enum status service_load_credit_code(struct service_context *context, const struct order *order, char *out,
                                     size_t size)
{
    return load_value(context, order, FORM_SUBJECT_UNIT, FORM_KIND_CREDIT_CODE, out, size);
}

enum status service_load_agent(struct service_context *context, const struct order *order, char *out,
                               size_t size)
{
    return load_value(context, order, FORM_SUBJECT_AGENT, FORM_KIND_NAME, out, size);
}

enum status service_load_id_number(struct service_context *context, const struct order *order, char *out,
                                   size_t size)
{
    return load_value(context, order, FORM_SUBJECT_AGENT, FORM_KIND_RESIDENT_ID, out, size);
}

enum status service_load_account_end(struct service_context *context, const struct order *order, char *out,
                                     size_t size)
{
    return load_value(context, order, FORM_SUBJECT_UNIT, FORM_KIND_NUMBER, out, size);
}

/* First and last character of a name of three or more, the first alone of a shorter one. */
static void mask_name(const char *name, char *out, size_t size)
{
    size_t length = text_length(name);
    size_t first = text_prefix_bytes(name, 1);
    const char *last = name + (length > 2 ? text_prefix_bytes(name, length - 1) : strlen(name));
    *out = 0;
    if (length > 0)
        (void)snprintf(out, size, "%.*s*%s", (int)first, name, last);
}

enum status service_load_person(struct service_context *context, const struct order *order, char *out,
                                size_t size)
{
    char name[SERVICE_TEXT_BYTES];
    enum status status = load_value(context, order, FORM_SUBJECT_AGENT, FORM_KIND_NAME, name, sizeof(name));
    mask_name(name, out, size);
    secret_wipe_bytes(name, sizeof(name));
    return status;
}

enum status service_load_patch(struct service_context *context, struct service_job *job, const char *order_id,
                               bool values)
{
    struct service_patch *patch = service_job_patch(job);
    enum status status = service_load_order(context, order_id, &patch->visit, &job->failure);
    if (status == STATUS_OK && values)
        status = service_load_values(context, order_id, &patch->values, &job->failure);
    if (status == STATUS_OK)
        patch->changes |= PATCH_ORDER | (values ? PATCH_VALUES : 0U);
    return status;
}

void service_load_report(struct service_context *context, enum service_kind kind, const char *order_id)
{
    if (strcmp(order_id, context->visit.order_id) != 0)
        return;
    struct service_job *report = service_job_new(kind);
    enum status status = service_load_patch(context, report, order_id, false);
    if (status != STATUS_OK)
        log_failure("services", "reading the order again", status, &report->failure);
    service_job_finish(report, status);
    service_report(context, report);
}

/* Pages of a list that is read while it changes: an order that leaves the state makes the next one slip by
 * until the next round. */
void service_load_each(struct service_context *context, enum order_state state,
                       void (*act)(struct service_context *context, const struct order *order))
{
    enum { PAGE = 16 };
    struct order orders[PAGE];
    struct store_order_filter filter = {.states = &state, .states_count = 1};
    struct failure failure = {0};
    enum status status = STATUS_OK;
    for (size_t count = PAGE; status == STATUS_OK && count == PAGE; filter.offset += PAGE) {
        count = 0;
        status = store_order_list(context->store, &filter, orders, PAGE, &count, &failure);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            act(context, &orders[i]);
    }
    if (status != STATUS_OK)
        log_failure("services", "going through the orders of a state", status, &failure);
}
