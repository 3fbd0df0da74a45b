#include "kiosk/services/service_paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/money.h"
#include "kiosk/base/text.h"
#include "kiosk/page/page_code.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_ticket.h"

enum { INTENTIONS_MAX = 256 };

static void add_order(struct service_context *context, struct service_sheet *paper,
                      const struct service_visit *visit)
{
    service_sheet_add(paper, "acceptance_number", visit->order.acceptance);
    service_sheet_add(paper, "hall", context->settings->settings->hall_name);
    service_sheet_add(paper, "terminal", context->settings->settings->terminal_number);
}

/* Every page of the pack says which of how many it is, and of which template. */
static enum status make_codes(struct service_context *context, struct service_sheet *paper,
                              const struct order *order)
{
    struct page_code code = {.pages = paper_pack_pages(&paper->pack)};
    enum status status = STATUS_OK;
    (void)text_copy(code.acceptance, sizeof(code.acceptance), order->acceptance);
    for (int page = 0; page < code.pages && page < PAPER_PAGES_MAX && status == STATUS_OK; page++) {
        code.page = page + 1;
        (void)text_copy(code.template_version, sizeof(code.template_version),
                        paper_template_version(paper_pack_template(&paper->pack, page)));
        status = page_code_make(context->page_key, &code, paper->code[page], sizeof(paper->code[page]));
        paper->options.qr[page] = paper->code[page];
    }
    return status;
}

void service_paper_name(const char *sheet, const struct order *order, char out[SERVICE_PAPER_NAME_BYTES])
{
    (void)snprintf(out, SERVICE_PAPER_NAME_BYTES, "%s-%lld", sheet, (long long)order->version);
}

/* How many prints of the order have come out whose name is this, or begins with it. */
static enum status count_prints(struct service_context *context, const char *order_id, const char *name,
                                bool whole, size_t *out, struct failure *failure)
{
    struct store_intention *all = calloc(INTENTIONS_MAX, sizeof(*all));
    char subject[SERVICE_PAPER_NAME_BYTES];
    size_t count = 0;
    check(all != NULL);
    *out = 0;
    enum status status =
        store_intention_list_order(context->store, order_id, false, all, INTENTIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        service_intention_argument(&all[i], "subject", subject, sizeof(subject));
        *out += all[i].kind == STORE_INTENTION_PRINT && all[i].state == STORE_INTENTION_DONE &&
                (whole ? strcmp(subject, name) : strncmp(subject, name, strlen(name))) == 0;
    }
    free(all);
    return status;
}

enum status service_paper_printed(struct service_context *context, const struct order *order,
                                  const char *sheet, size_t *out, struct failure *failure)
{
    char name[SERVICE_PAPER_NAME_BYTES];
    service_paper_name(sheet, order, name);
    return count_prints(context, order->id, name, true, out, failure);
}

/* One that was out before says so: 补打 第 2 次. */
static void add_reprint(struct service_sheet *paper, size_t printed)
{
    char count[24] = "";
    if (printed > 0)
        (void)snprintf(count, sizeof(count), "%zu", printed + 1);
    service_sheet_add(paper, "reprint", count);
}

static enum status fill_form(struct service_context *context, const struct service_visit *visit,
                             struct service_sheet *paper, struct failure *failure)
{
    struct form_values values;
    form_values_init(&values);
    struct product_wish wish;
    service_visit_wish(visit, service_now_utc_s(context), &wish);
    enum status status = service_load_values(context, visit->order.id, &values, failure);
    if (status == STATUS_OK)
        status = service_sheet_add_form(paper, &wish, &values);
    if (status == STATUS_OK)
        status = service_sheet_open_pack(paper, context->settings->settings->paths_assets, visit->operation,
                                         service_now_utc_s(context), failure);
    if (status == STATUS_OK) {
        size_t printed = 0; /* also as it was before it was changed */
        add_order(context, paper, visit);
        status = count_prints(context, visit->order.id, "form-", false, &printed, failure);
        add_reprint(paper, printed);
    }
    if (status == STATUS_OK)
        status = make_codes(context, paper, &visit->order);
    form_values_wipe(&values);
    return status;
}

enum status service_paper_form(struct service_context *context, const char *order_id,
                               struct service_sheet *out, struct failure *failure)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    *out = (struct service_sheet){0};
    enum status status = service_load_order(context, order_id, visit, failure);
    if (status == STATUS_OK)
        status = fill_form(context, visit, out, failure);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

/* --- receipt ----------------------------------------------------------------------------------------- */

static void add_due(struct service_sheet *paper, const struct service_visit *visit)
{
    char day[32] = "";
    if (visit->due_utc_s != 0)
        (void)clock_format_hall(visit->due_utc_s, "%Y-%m-%d", day, sizeof(day));
    service_sheet_add(paper, "review_due", day);
}

/* A name for which there is no room is left out whole. */
static void add_name(char *out, size_t size, const char *name)
{
    static const char between[] = "、";
    size_t length = strlen(out);
    size_t gap = length > 0 ? sizeof(between) - 1 : 0;
    if (length + gap + strlen(name) >= size)
        return;
    (void)memcpy(out + length, between, gap);
    (void)text_copy(out + length + gap, size - length - gap, name);
}

/* What is still to be scanned, so that it is brought along: papers, and papers whose back alone is missing.
 */
static void add_missing(struct service_sheet *paper, const struct service_visit *visit)
{
    char whole[512] = "", back[256] = "";
    for (size_t i = 0; i < visit->page_count && visit->order.state == ORDER_STATE_SCANNING; i++) {
        const struct service_page *page = &visit->pages[i];
        bool is_back = page->side == SERVICE_SIDE_BACK;
        if (!page->is_open || page->is_optional || page->state != SERVICE_PAGE_MISSING ||
            (is_back && visit->pages[i - 1].state == SERVICE_PAGE_MISSING))
            continue;
        add_name(is_back ? back : whole, is_back ? sizeof(back) : sizeof(whole),
                 service_page_title(visit->product, visit->pages, visit->page_count, page->paper));
    }
    service_sheet_add(paper, "missing", whole);
    service_sheet_add(paper, "missing_back", back);
}

/* On which day an order counts as begun that was begun outside of the hours. */
static void add_counts(struct service_sheet *paper, const struct service_visit *visit)
{
    char day[32] = "";
    if (visit->counts_utc_s != 0)
        (void)clock_format_hall(visit->counts_utc_s, "%Y-%m-%d", day, sizeof(day));
    service_sheet_add(paper, "counts", day);
}

/* When a key that goes by courier leaves. */
static void add_parcel(struct service_sheet *paper, const struct service_visit *visit)
{
    char day[32] = "";
    if (visit->shipment.leaves_utc_s != 0)
        (void)clock_format_hall(visit->shipment.leaves_utc_s, "%Y-%m-%d", day, sizeof(day));
    service_sheet_add(paper, "leaves", day);
}

static void add_payment(struct service_sheet *paper, const struct service_visit *visit)
{
    char yuan[MONEY_TEXT_BYTES];
    char amount[MONEY_TEXT_BYTES + 8];
    if (visit->payment.state != SERVICE_PAY_PAID)
        return;
    money_to_yuan(visit->payment.amount_fen, yuan);
    (void)snprintf(amount, sizeof(amount), "¥ %s", yuan);
    service_sheet_add(paper, "amount", amount);
    service_sheet_add(paper, "pay_channel", visit->payment.channel);
    service_sheet_add(paper, "pay_number", visit->payment.trade_no);
}

static void add_certificate(struct service_sheet *paper, const struct service_visit *visit)
{
    char day[32] = "";
    if (visit->issue.stage != SERVICE_ISSUE_PROVEN)
        return;
    (void)clock_format_hall(visit->issue.not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    service_sheet_add(paper, "subject_cn", visit->issue.common_name);
    service_sheet_add(paper, "serial", visit->issue.serial);
    service_sheet_add(paper, "valid_until", day);
    service_sheet_add(paper, "key_number", visit->issue.key_number);
}

/* Who compared the person with the card, and who approved. */
static enum status add_clerks(struct service_context *context, struct service_sheet *paper,
                              const char *order_id, struct failure *failure)
{
    enum { DECISIONS_MAX = 32, SIGNERS_MAX = 4 };
    struct store_decision decisions[DECISIONS_MAX];
    char acceptor[160] = "", auditor[160] = "";
    size_t count = 0;
    enum status status =
        store_decision_list_order(context->store, order_id, decisions, DECISIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct store_decision_signer signers[SIGNERS_MAX];
        size_t signer_count = 0;
        bool accepts = strcmp(decisions[i].action, "identify") == 0;
        bool approves = strcmp(decisions[i].action, "approve") == 0;
        if (decisions[i].state != STORE_DECISION_APPLIED || (!accepts && !approves))
            continue;
        status = store_decision_signers(context->store, decisions[i].id, signers, SIGNERS_MAX, &signer_count,
                                        failure);
        for (size_t k = 0; k < signer_count; k++)
            add_name(accepts ? acceptor : auditor, sizeof(acceptor), signers[k].name);
    }
    service_sheet_add(paper, "acceptor", acceptor);
    service_sheet_add(paper, "auditor", auditor);
    return status;
}

/* What to know with the certificate in hand: drivers, binding, the authority's account for messages. */
static void add_advice(struct service_sheet *paper, const struct service_visit *visit)
{
    const struct product *product = visit->product;
    struct buf advice;
    if (visit->issue.stage != SERVICE_ISSUE_PROVEN)
        return;
    buf_init(&advice, LIMIT_CONFIG_BYTES);
    for (size_t i = 0; i < product->notice_count; i++)
        check(buf_append_format(&advice, "%s\n", product->notices[i]) == STATUS_OK);
    for (size_t i = 0; i < product->after_count; i++)
        check(buf_append_format(&advice, "%s：%s\n", product->after[i].title, product->after[i].line) ==
              STATUS_OK);
    check(buf_append_format(&advice, "%s", product_says(product, PRODUCT_MESSAGE_FOLLOW)) == STATUS_OK);
    service_sheet_add(paper, "advice", (const char *)advice.data);
    buf_release(&advice);
}

/* A slip for the applicant, with a ticket to come back by in its code. */
static enum status open_slip(struct service_context *context, const struct service_visit *visit,
                             const char *template_id, struct service_sheet *paper, struct failure *failure)
{
    char what[256];
    char ticket[STORE_TICKET_BYTES] = "";
    const struct product_class *class = product_find_class(visit->product, visit->class_id);
    enum status status = service_sheet_open(paper, context->settings->settings->paths_assets, template_id,
                                            service_now_utc_s(context), failure);
    if (status == STATUS_OK)
        status = store_ticket_new(context->store, visit->order.id, (int64_t)SERVICE_TICKET_DAYS * 86400,
                                  ticket, failure);
    if (status != STATUS_OK)
        return status;
    (void)snprintf(what, sizeof(what), "%s %s %s", visit->product->name, visit->operation->label,
                   class == NULL ? "" : class->sale_label);
    add_order(context, paper, visit);
    service_sheet_add_product(paper, visit->product);
    service_sheet_add(paper, "product", what);
    service_sheet_add(paper, "state", product_status_label(visit->product, visit->order.state));
    (void)snprintf(paper->code[0], sizeof(paper->code[0]), SERVICE_TICKET_PREFIX "%s", ticket);
    paper->options.qr[0] = paper->code[0];
    return STATUS_OK;
}

/* The authority's account for messages, as a code for a telephone. */
static void add_follow(struct service_sheet *paper, const struct product *product)
{
    service_sheet_add(paper, "follow_name", product->follow_name);
    service_sheet_add(paper, "follow_code", product->follow_code);
}

static enum status fill_receipt(struct service_context *context, const struct service_visit *visit,
                                struct service_sheet *paper, struct failure *failure)
{
    enum status status = open_slip(context, visit, "receipt", paper, failure);
    if (status != STATUS_OK)
        return status;
    service_sheet_add(paper, "sealed", visit->wish.seal ? "yes" : "no");
    service_sheet_add(paper, "notice", visit->product->notice_count > 0 ? visit->product->notices[0] : "");
    add_missing(paper, visit);
    add_counts(paper, visit);
    add_due(paper, visit);
    add_payment(paper, visit);
    add_parcel(paper, visit);
    add_certificate(paper, visit);
    add_advice(paper, visit);
    add_follow(paper, visit->product);
    size_t printed = 0;
    status = add_clerks(context, paper, visit->order.id, failure);
    if (status == STATUS_OK)
        status = service_paper_printed(context, &visit->order, "receipt", &printed, failure);
    add_reprint(paper, printed);
    return status;
}

static enum status fill_account(struct service_context *context, const struct service_visit *visit,
                                struct service_sheet *paper, struct failure *failure)
{
    char yuan[MONEY_TEXT_BYTES];
    char amount[MONEY_TEXT_BYTES + 8];
    const struct product_account *account = &visit->product->account;
    if (account->number[0] == 0)
        return failure_set(failure, STATUS_NOT_FOUND, "account", 0, "the product names no account");
    enum status status = open_slip(context, visit, "account", paper, failure);
    if (status != STATUS_OK)
        return status;
    money_to_yuan(visit->order.amount_fen - visit->order.paid_fen, yuan);
    (void)snprintf(amount, sizeof(amount), "¥ %s", yuan);
    service_sheet_add(paper, "amount", amount);
    service_sheet_add(paper, "account_holder", account->holder);
    service_sheet_add(paper, "account_number", account->number);
    service_sheet_add(paper, "account_bank", account->bank);
    return STATUS_OK;
}

static enum status fill_slip(struct service_context *context, const char *order_id,
                             enum status (*fill)(struct service_context *context,
                                                 const struct service_visit *visit,
                                                 struct service_sheet *paper, struct failure *failure),
                             struct service_sheet *out, struct failure *failure)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    *out = (struct service_sheet){0};
    enum status status = service_load_order(context, order_id, visit, failure);
    if (status == STATUS_OK)
        status = fill(context, visit, out, failure);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

enum status service_paper_receipt(struct service_context *context, const char *order_id,
                                  struct service_sheet *out, struct failure *failure)
{
    return fill_slip(context, order_id, fill_receipt, out, failure);
}

enum status service_paper_account(struct service_context *context, const char *order_id,
                                  struct service_sheet *out, struct failure *failure)
{
    return fill_slip(context, order_id, fill_account, out, failure);
}
