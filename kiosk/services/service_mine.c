/* Mine: the certificates that were handed over for somebody's orders, on the orders worker. What was never
 * finished is none of them, nor what a newer one has replaced. */
#include "kiosk/services/service_mine.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_holder.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_record.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_subject.h"

enum { CERTIFICATES_MAX = 16, DAY_S = 86400 };

static enum service_holder_state state_of(const struct service_context *context,
                                          const struct product *product, const struct store_certificate *row)
{
    int64_t left_s = row->not_after_utc_s - service_now_utc_s(context);
    if (row->state == STORE_CERTIFICATE_REVOKED)
        return SERVICE_HOLDER_REVOKED;
    if (left_s < 0)
        return SERVICE_HOLDER_EXPIRED;
    if (row->state == STORE_CERTIFICATE_HELD)
        return SERVICE_HOLDER_HELD;
    return left_s < (int64_t)service_holder_soon_days(product) * DAY_S ? SERVICE_HOLDER_SOON
                                                                       : SERVICE_HOLDER_VALID;
}

static bool was_handed_over(const struct store_certificate *row)
{
    return row->serial[0] != 0 &&
           (row->state == STORE_CERTIFICATE_CONFIRMED || row->state == STORE_CERTIFICATE_HELD ||
            row->state == STORE_CERTIFICATE_REVOKED);
}

static enum status add(struct service_context *context, const struct order *order,
                       const struct store_certificate *row, struct service_mine *mine,
                       struct failure *failure)
{
    struct service_mine_certificate *out = &mine->certificates[mine->count];
    bool is_replaced = false;
    const struct product *product = catalogue_find(context->settings->catalogue, order->product);
    enum status status = store_subject_is_replaced(context->store, row->request_id, &is_replaced, failure);
    if (status != STATUS_OK || is_replaced)
        return status;
    *out = (struct service_mine_certificate){.state = state_of(context, product, row),
                                             .product = product,
                                             .not_after_utc_s = row->not_after_utc_s};
    (void)text_copy(out->request_id, sizeof(out->request_id), row->request_id);
    (void)text_copy(out->acceptance, sizeof(out->acceptance), order->acceptance);
    (void)text_copy(out->class_id, sizeof(out->class_id), order->class_id);
    (void)!service_load_unit(context, order, out->owner, sizeof(out->owner)); /* listed without */
    mine->count++;
    return STATUS_OK;
}

static enum status add_order(struct service_context *context, const struct order *order, void *argument,
                             struct failure *failure)
{
    struct service_mine *mine = argument;
    struct store_certificate rows[CERTIFICATES_MAX];
    size_t count = 0;
    enum status status =
        store_certificate_list(context->store, order->id, rows, CERTIFICATES_MAX, &count, failure);
    for (size_t i = count; i > 0 && status == STATUS_OK && mine->count < SERVICE_MINE_MAX; i--)
        if (was_handed_over(&rows[i - 1]))
            status = add(context, order, &rows[i - 1], mine, failure);
    return status == STATUS_OK && mine->count == SERVICE_MINE_MAX ? STATUS_FULL : status;
}

enum status service_mine_load(struct service_context *context, struct service_job *job,
                              struct service_mine *out)
{
    return service_record_each(context, job, add_order, out);
}

void service_mine_list_run(struct service_context *context, struct service_job *job)
{
    struct service_patch *patch = service_job_patch(job);
    enum status status = service_mine_load(context, job, &patch->visit.mine);
    if (status == STATUS_OK)
        patch->changes |= PATCH_MINE;
    service_job_finish(job, status);
}
