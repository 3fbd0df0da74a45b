/* Certificates at the desk: found, looked at, and withdrawn by the authority on two signatures. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_holder.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_notice.h"
#include "kiosk/services/service_revocation.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_subject.h"

enum { ORDERS_MAX = 16, AT_ONCE = 32, PHONE_DIGITS = 11, DAY_S = 86400 };

/* --- found --------------------------------------------------------------------------------------------- */

static bool is_live(const struct store_certificate *row)
{
    return row->state == STORE_CERTIFICATE_CONFIRMED || row->state == STORE_CERTIFICATE_HELD;
}

static enum status fill(struct service_context *context, const struct store_certificate *row,
                        struct service_certificate *out, struct failure *failure)
{
    *out = (struct service_certificate){.issued_utc_s = row->created_utc_s,
                                        .not_after_utc_s = row->not_after_utc_s};
    (void)text_copy(out->request_id, sizeof(out->request_id), row->request_id);
    (void)text_copy(out->serial, sizeof(out->serial), row->serial);
    (void)text_copy(out->state, sizeof(out->state), store_certificate_state_name(row->state));
    enum status status = store_order_load(context->store, row->order_id, &out->order, failure);
    if (status == STATUS_OK)
        status = service_revocation_load(context, row->request_id, &out->revocation, failure);
    if (status != STATUS_OK)
        return status;
    (void)!service_load_unit(context, &out->order, out->unit, sizeof(out->unit));
    const struct product *product = catalogue_find(context->settings->catalogue, out->order.product);
    out->may_revoke =
        is_live(row) && product != NULL && product->ground_count > 0 && out->revocation.ground[0] == 0;
    return STATUS_OK;
}

static enum status add(struct service_context *context, const struct store_certificate *rows, size_t count,
                       struct service_desk *desk, struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (rows[i].serial[0] != 0 && desk->certificate_count < SERVICE_CERTIFICATES_MAX)
            status = fill(context, &rows[i], &desk->certificates[desk->certificate_count++], failure);
    return status;
}

static enum status add_of_order(struct service_context *context, const char *order_id,
                                struct service_desk *desk, struct failure *failure)
{
    struct store_certificate rows[SERVICE_CERTIFICATES_MAX];
    size_t count = 0;
    enum status status =
        store_certificate_list(context->store, order_id, rows, SERVICE_CERTIFICATES_MAX, &count, failure);
    return status == STATUS_OK ? add(context, rows, count, desk, failure) : status;
}

static enum status add_of_holder(struct service_context *context, const char *credit_code,
                                 struct service_desk *desk, struct failure *failure)
{
    struct order orders[ORDERS_MAX];
    size_t count = 0;
    const struct store_order_filter filter = {.by_lookup = true,
                                              .lookup = STORE_ORDER_LOOKUP_CREDIT_CODE,
                                              .lookup_value = credit_code,
                                              .newest_first = true};
    enum status status = store_order_list(context->store, &filter, orders, ORDERS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_of_order(context, orders[i].id, desk, failure);
    return status;
}

/* A text is the number of an order, a certificate's serial, or a unit's credit code. */
static enum status find(struct service_context *context, const char *text, struct service_desk *desk,
                        struct failure *failure)
{
    struct order order;
    struct store_certificate row;
    char upper[ORDER_REASON_BYTES];
    (void)text_copy(upper, sizeof(upper), text);
    for (char *c = upper; *c != 0; c++)
        *c = (char)toupper((unsigned char)*c);
    enum status status = store_order_load_by_number(context->store, text, &order, failure);
    if (status == STATUS_OK)
        return add_of_order(context, order.id, desk, failure);
    if (status == STATUS_NOT_FOUND)
        status = store_certificate_load_by_serial(context->store, upper, &row, failure);
    if (status == STATUS_OK)
        return add(context, &row, 1, desk, failure);
    return status == STATUS_NOT_FOUND ? add_of_holder(context, upper, desk, failure) : status;
}

static enum status list(struct service_context *context, struct service_job *job)
{
    struct service_desk *desk = &service_job_patch(job)->desk;
    struct store_certificate rows[SERVICE_CERTIFICATES_MAX];
    size_t count = 0;
    enum status status = STATUS_OK;
    desk->certificate_count = 0;
    if (job->request.text[0] != 0)
        status = find(context, job->request.text, desk, &job->failure);
    else
        status = store_certificate_list_newest(context->store, job->request.flag, rows,
                                               SERVICE_CERTIFICATES_MAX, &count, &job->failure);
    if (status == STATUS_OK && job->request.text[0] == 0)
        status = add(context, rows, count, desk, &job->failure);
    if (status == STATUS_OK)
        job->patch->changes |= PATCH_DESK_CERTIFICATES;
    return status;
}

static void list_for_clerk(struct service_context *context, struct service_job *job,
                           enum status (*lists)(struct service_context *context, struct service_job *job))
{
    struct store *store = NULL;
    enum status status = service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
    service_job_finish(job, status == STATUS_OK ? lists(context, job) : status);
}

void service_desk_certificates_run(struct service_context *context, struct service_job *job)
{
    list_for_clerk(context, job, list);
}

/* --- that end soon ------------------------------------------------------------------------------------- */

/* The next to end, in the order of their ends. */
struct ending {
    struct store_certificate rows[SERVICE_CERTIFICATES_MAX];
    size_t count;
};

static unsigned longest_soon_days(const struct service_context *context)
{
    const struct catalogue *catalogue = context->settings->catalogue;
    unsigned longest = service_holder_soon_days(NULL);
    for (size_t i = 0; i < catalogue->count; i++)
        if (service_holder_soon_days(catalogue->products[i]) > longest)
            longest = service_holder_soon_days(catalogue->products[i]);
    return longest;
}

static void keep(struct ending *ending, const struct store_certificate *row)
{
    size_t at = ending->count;
    if (at == SERVICE_CERTIFICATES_MAX && ending->rows[at - 1].not_after_utc_s <= row->not_after_utc_s)
        return;
    at -= at == SERVICE_CERTIFICATES_MAX;
    ending->count = at + 1;
    for (; at > 0 && ending->rows[at - 1].not_after_utc_s > row->not_after_utc_s; at--)
        ending->rows[at] = ending->rows[at - 1];
    ending->rows[at] = *row;
}

/* Within its own product's days, and nothing stands in its place. */
static enum status consider(struct service_context *context, const struct store_certificate *row,
                            struct ending *ending, struct failure *failure)
{
    struct order order;
    bool is_replaced = false;
    int64_t left_s = row->not_after_utc_s - service_now_utc_s(context);
    enum status status = store_order_load(context->store, row->order_id, &order, failure);
    if (status == STATUS_OK)
        status = store_subject_is_replaced(context->store, row->request_id, &is_replaced, failure);
    if (status != STATUS_OK || is_replaced)
        return status;
    const struct product *product = catalogue_find(context->settings->catalogue, order.product);
    if (left_s < (int64_t)service_holder_soon_days(product) * DAY_S)
        keep(ending, row);
    return STATUS_OK;
}

static enum status collect_ending(struct service_context *context, struct ending *ending,
                                  struct failure *failure)
{
    struct store_certificate rows[AT_ONCE];
    int64_t now_utc_s = service_now_utc_s(context);
    int64_t until_utc_s = now_utc_s + (int64_t)longest_soon_days(context) * DAY_S;
    enum status status = STATUS_OK;
    for (size_t offset = 0, count = AT_ONCE; status == STATUS_OK && count == AT_ONCE; offset += AT_ONCE) {
        status = store_certificate_list_ending(context->store, now_utc_s, until_utc_s, offset, rows, AT_ONCE,
                                               &count, failure);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            status = consider(context, &rows[i], ending, failure);
    }
    return status;
}

/* Whom to call, and whether a message says so. */
static enum status fill_reminder(struct service_context *context, struct service_certificate *out,
                                 struct failure *failure)
{
    struct store_notice notice;
    char phone[SERVICE_PHONE_BYTES] = "";
    enum status status = store_notice_find(context->store, out->order.id, STORE_NOTICE_EXPIRING,
                                           out->request_id, &notice, failure);
    if (status == STATUS_OK)
        (void)text_copy(out->reminder, sizeof(out->reminder), store_notice_state_name(notice.state));
    bool may_try = status == STATUS_NOT_FOUND ||
                   (status == STATUS_OK &&
                    (notice.state == STORE_NOTICE_REFUSED || notice.state == STORE_NOTICE_UNKNOWN));
    (void)!service_load_phone(context, &out->order, phone, sizeof(phone)); /* the person may be forgotten */
    if (strlen(phone) >= PHONE_DIGITS)
        (void)snprintf(out->phone, sizeof(out->phone), "%.3s****%s", phone, phone + strlen(phone) - 4);
    out->may_remind =
        may_try && phone[0] != 0 && service_notice_is_told(context, &out->order, STORE_NOTICE_EXPIRING);
    secret_wipe_bytes(phone, sizeof(phone));
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status list_ending(struct service_context *context, struct service_job *job)
{
    struct ending *ending = calloc(1, sizeof(*ending));
    struct service_desk *desk = &service_job_patch(job)->desk;
    check(ending != NULL);
    enum status status = collect_ending(context, ending, &job->failure);
    desk->certificate_count = 0;
    if (status == STATUS_OK)
        status = add(context, ending->rows, ending->count, desk, &job->failure);
    for (size_t i = 0; i < desk->certificate_count && status == STATUS_OK; i++)
        status = fill_reminder(context, &desk->certificates[i], &job->failure);
    free(ending);
    if (status == STATUS_OK)
        job->patch->changes |= PATCH_DESK_CERTIFICATES;
    return status;
}

void service_desk_ending_run(struct service_context *context, struct service_job *job)
{
    list_for_clerk(context, job, list_ending);
}

/* Written anew, or once more where the last one did not arrive; either with the clerk's name. */
static enum status write_reminder(struct service_context *context, const struct service_certificate *line,
                                  struct failure *failure)
{
    struct store_notice notice;
    char phone[SERVICE_PHONE_BYTES] = "";
    const char *clerk = service_desk_clerk(context), *order_id = line->order.id;
    enum status status = store_notice_find(context->store, order_id, STORE_NOTICE_EXPIRING, line->request_id,
                                           &notice, failure);
    if (status == STATUS_OK)
        return store_notice_again(context->store, notice.id, clerk, failure);
    if (status == STATUS_NOT_FOUND)
        status = service_load_phone(context, &line->order, phone, sizeof(phone));
    if (status == STATUS_OK)
        status = store_notice_wish(context->store, order_id, STORE_NOTICE_EXPIRING, line->request_id, phone,
                                   clerk, failure);
    secret_wipe_bytes(phone, sizeof(phone));
    return status;
}

static enum status remind(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_certificate row;
    struct service_certificate line;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_certificate_load(store, job->request.text, &row, &job->failure);
    if (status == STATUS_OK)
        status = fill(context, &row, &line, &job->failure);
    if (status == STATUS_OK)
        status = fill_reminder(context, &line, &job->failure);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !line.may_remind))
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        status = write_reminder(context, &line, &job->failure);
    if (status == STATUS_CONFLICT) /* another clerk was first */
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    return status == STATUS_OK ? list_ending(context, job) : status;
}

void service_desk_remind_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_desk_has_clerk(context) ? remind(context, job) : STATUS_BAD_STATE);
}

/* --- withdrawn ----------------------------------------------------------------------------------------- */

/* The certificate stands as it was displayed, and the ground is one of its product's. */
static enum status check_wish(struct service_context *context, struct service_job *job,
                              struct store_revocation *revocation)
{
    struct store_certificate row;
    struct service_certificate now;
    struct order order;
    const char *ground = job->request.reason;
    enum status status =
        store_certificate_load(context->store, job->request.holder_request_id, &row, &job->failure);
    if (status == STATUS_OK)
        status = fill(context, &row, &now, &job->failure);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !now.may_revoke))
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status != STATUS_OK)
        return status;
    const struct product *product = catalogue_find(context->settings->catalogue, now.order.product);
    if (product_ground_text(product, ground)[0] == 0 || job->request.text[0] == 0)
        return failure_set(&job->failure, STATUS_MALFORMED, "revoke", 0, "no ground, or no evidence");
    if (job->request.evidence[0] != 0) {
        status = store_order_load_by_number(context->store, job->request.evidence, &order, &job->failure);
        if (status == STATUS_NOT_FOUND)
            return service_job_refuse(job, SERVICE_REASON_EVIDENCE, 0);
        (void)text_copy(revocation->evidence_order_id, sizeof(revocation->evidence_order_id), order.id);
    }
    (void)text_copy(revocation->request_id, sizeof(revocation->request_id), row.request_id);
    (void)text_copy(revocation->order_id, sizeof(revocation->order_id), row.order_id);
    (void)text_copy(revocation->ground, sizeof(revocation->ground), ground);
    (void)text_copy(job->request.order_id, sizeof(job->request.order_id), row.order_id);
    return status;
}

static enum status revoke(struct service_context *context, struct service_job *job)
{
    struct store_revocation revocation = {0};
    struct store_clerk second;
    enum status status = check_wish(context, job, &revocation);
    if (status == STATUS_OK)
        status = service_desk_find_second(context, job, &second);
    return status == STATUS_OK ? service_desk_decide_line(
                                     context, job,
                                     &(struct service_desk_line_decision){.action = SERVICE_REVOCATION_ACTION,
                                                                          .second = second.name,
                                                                          .revocation = &revocation})
                               : status;
}

void service_desk_revoke_run(struct service_context *context, struct service_job *job)
{
    enum status status = service_desk_open_line(context, job);
    service_job_finish(job, status == STATUS_OK ? revoke(context, job) : status);
}
