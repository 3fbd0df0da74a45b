#include "kiosk/services/service_opening.h"

#include "kiosk/catalogue/opening.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_opening.h"

enum { GRACE_S = 1800 };

static enum opening_visit visit_at(const struct service_context *context, int64_t utc_s, int64_t *opens_utc_s)
{
    return opening_visit_at(context->settings->settings, context->settings->catalogue->calendar, utc_s,
                            opens_utc_s);
}

enum status service_opening_admit(const struct service_context *context, struct service_job *job)
{
    int64_t now_utc_s = service_now_utc_s(context);
    int64_t opens_utc_s = 0;
    return visit_at(context, now_utc_s, &opens_utc_s) == OPENING_REFUSED &&
                   visit_at(context, now_utc_s - GRACE_S, &opens_utc_s) == OPENING_REFUSED
               ? service_job_refuse(job, SERVICE_REASON_HALL_CLOSED, 0)
               : STATUS_OK;
}

enum status service_opening_mark(struct service_context *context, const struct order *order,
                                 struct failure *failure)
{
    int64_t opens_utc_s = 0;
    if (visit_at(context, order->created_utc_s, &opens_utc_s) != OPENING_COUNTED)
        return STATUS_OK;
    return store_opening_put(context->store, order->id, opens_utc_s, failure);
}

enum status service_opening_load(struct service_context *context, struct service_visit *visit,
                                 struct failure *failure)
{
    enum status status = store_opening_load(context->store, visit->order.id, &visit->counts_utc_s, failure);
    if (status == STATUS_NOT_FOUND)
        visit->counts_utc_s = 0;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

int64_t service_opening_since(const struct service_context *context, int64_t utc_s)
{
    int64_t opens_utc_s = 0;
    return visit_at(context, utc_s, &opens_utc_s) == OPENING_COUNTED ? opens_utc_s : utc_s;
}
