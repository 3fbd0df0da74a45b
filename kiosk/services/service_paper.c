#include "kiosk/services/service_paper.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/money.h"
#include "kiosk/base/text.h"
#include "kiosk/page/page_code.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_ticket.h"

enum { TICKET_DAYS = 30 };

void service_paper_release(struct service_paper *paper)
{
    if (paper == NULL)
        return;
    paper_template_free(paper->template);
    for (size_t i = 0; i < paper->count; i++) {
        secret_wipe_bytes(paper->owned[i], strlen(paper->owned[i]));
        free(paper->owned[i]);
    }
    secret_wipe_bytes(paper, sizeof(*paper));
}

static void add(struct service_paper *paper, const char *key, const char *text)
{
    check(paper->count < SERVICE_PAPER_VALUES_MAX);
    char *copy = strdup(text);
    check(copy != NULL);
    paper->owned[paper->count] = copy;
    paper->items[paper->count++] = (struct paper_value){.key = key, .text = copy};
}

static bool has_key(const struct service_paper *paper, const char *key)
{
    for (size_t i = 0; i < paper->count; i++)
        if (strcmp(paper->items[i].key, key) == 0)
            return true;
    return false;
}

static enum status add_row(struct service_paper *paper, const struct form *form,
                           const struct form_values *values, const char *row)
{
    struct buf text;
    if (has_key(paper, row))
        return STATUS_OK;
    buf_init(&text, (size_t)LIMIT_FIELD_BYTES * 4);
    enum status status = form_row(form, values, row, &text);
    if (status == STATUS_OK)
        add(paper, row, text.length > 0 ? (const char *)text.data : "");
    buf_wipe(&text);
    return status;
}

static enum status add_rows(struct service_paper *paper, const struct form *form,
                            const struct form_values *values)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->field_count && status == STATUS_OK; i++)
        for (size_t j = 0; j < form->fields[i].row_count && status == STATUS_OK; j++)
            status = add_row(paper, form, values, form->fields[i].row[j]);
    return status;
}

static enum status load_template(struct service_context *context, const char *id, struct service_paper *paper,
                                 struct failure *failure)
{
    char path[PATH_MAX];
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof(path), "%s/forms/%s.yaml", context->settings->settings->paths_assets, id);
    enum status status = paper_template_open(path, &errors, &paper->template);
    if (status != STATUS_OK)
        status = failure_set(failure, status, "paper_template_open", 0, "%.150s", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    paper->options.utc_s = service_now_utc_s(context);
    return status;
}

static void add_common(struct service_context *context, struct service_paper *paper,
                       const struct service_visit *visit)
{
    const struct product *product = visit->product;
    add(paper, "acceptance_number", visit->order.acceptance);
    add(paper, "authority", product->authority_name);
    add(paper, "hotline", product->hotline);
    add(paper, "region", product->region);
    add(paper, "category", product->category);
    add(paper, "project", product->project);
    add(paper, "hall", context->settings->settings->hall_name);
    add(paper, "terminal", context->settings->settings->terminal_number);
}

static enum status make_code(struct service_context *context, struct service_paper *paper,
                             const struct order *order)
{
    struct page_code code = {.page = 1, .pages = paper_template_pages(paper->template)};
    (void)text_copy(code.acceptance, sizeof(code.acceptance), order->acceptance);
    (void)text_copy(code.template_version, sizeof(code.template_version),
                    paper_template_version(paper->template));
    enum status status = page_code_make(context->page_key, &code, paper->code, sizeof(paper->code));
    paper->options.qr[0] = paper->code;
    return status;
}

static enum status fill_form(struct service_context *context, const struct service_visit *visit,
                             struct service_paper *paper, struct failure *failure)
{
    struct form_values values;
    form_values_init(&values);
    enum status status = load_template(context, visit->operation->template_id, paper, failure);
    if (status == STATUS_OK)
        status = service_load_values(context, visit->order.id, &values, failure);
    if (status == STATUS_OK)
        status = add_rows(paper, product_operation_form(visit->product, visit->operation), &values);
    if (status == STATUS_OK) {
        add_common(context, paper, visit);
        add(paper, "form_title", visit->operation->form_title);
        add(paper, "operation", visit->operation->tick);
        add(paper, "agreement", visit->product->agreement.title);
        status = make_code(context, paper, &visit->order);
    }
    form_values_wipe(&values);
    return status;
}

enum status service_paper_form(struct service_context *context, const char *order_id,
                               struct service_paper *out, struct failure *failure)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    *out = (struct service_paper){0};
    enum status status = service_load_order(context, order_id, visit, failure);
    if (status == STATUS_OK)
        status = fill_form(context, visit, out, failure);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

/* --- receipt ----------------------------------------------------------------------------------------- */

static void add_payment(struct service_paper *paper, const struct service_visit *visit)
{
    char yuan[MONEY_TEXT_BYTES];
    char amount[MONEY_TEXT_BYTES + 8];
    if (visit->payment.state != SERVICE_PAY_PAID)
        return;
    money_to_yuan(visit->payment.amount_fen, yuan);
    (void)snprintf(amount, sizeof(amount), "¥ %s", yuan);
    add(paper, "amount", amount);
    add(paper, "pay_channel", visit->payment.channel);
    add(paper, "pay_number", visit->payment.trade_no);
}

static void add_certificate(struct service_paper *paper, const struct service_visit *visit)
{
    char day[32] = "";
    if (visit->issue.stage != SERVICE_ISSUE_PROVEN)
        return;
    (void)clock_format_hall(visit->issue.not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    add(paper, "subject_cn", visit->issue.common_name);
    add(paper, "serial", visit->issue.serial);
    add(paper, "valid_until", day);
}

static enum status fill_receipt(struct service_context *context, const struct service_visit *visit,
                                struct service_paper *paper, struct failure *failure)
{
    char what[256];
    char ticket[STORE_TICKET_BYTES] = "";
    const struct product_class *class = product_find_class(visit->product, visit->class_id);
    enum status status = load_template(context, "receipt", paper, failure);
    if (status == STATUS_OK)
        status =
            store_ticket_new(context->store, visit->order.id, (int64_t)TICKET_DAYS * 86400, ticket, failure);
    if (status != STATUS_OK)
        return status;
    (void)snprintf(what, sizeof(what), "%s %s %s", visit->product->name, visit->operation->label,
                   class == NULL ? "" : class->sale_label);
    add_common(context, paper, visit);
    add(paper, "product", what);
    add(paper, "state", product_status_label(visit->product, visit->order.state));
    add(paper, "notice", visit->product->notice_count > 0 ? visit->product->notices[0] : "");
    add_payment(paper, visit);
    add_certificate(paper, visit);
    (void)snprintf(paper->code, sizeof(paper->code), SERVICE_TICKET_PREFIX "%s", ticket);
    paper->options.qr[0] = paper->code;
    return STATUS_OK;
}

enum status service_paper_receipt(struct service_context *context, const char *order_id,
                                  struct service_paper *out, struct failure *failure)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    *out = (struct service_paper){0};
    enum status status = service_load_order(context, order_id, visit, failure);
    if (status == STATUS_OK)
        status = fill_receipt(context, visit, out, failure);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}
