/* The desk's requests about keys that go by courier and about what holders said: each fills a job and sends
 * it; nothing is decided here. */
#include "kiosk/base/text.h"
#include "kiosk/services/service_state.h"

static struct service_job *job_for(enum service_kind kind, const char *order_id)
{
    struct service_job *job = service_job_new(kind);
    (void)text_copy(job->request.order_id, sizeof(job->request.order_id), order_id);
    return job;
}

uint64_t service_shipment_wish(struct services *services, bool wished)
{
    struct service_job *job = job_for(SERVICE_SHIPMENT_WISH, services->visit.order.id);
    job->request.flag = wished;
    return services_send(services, job);
}

uint64_t service_desk_parcels(struct services *services)
{
    return services_send(services, job_for(SERVICE_DESK_PARCELS, ""));
}

uint64_t service_desk_notice_again(struct services *services, const char *notice_id)
{
    struct service_job *job = job_for(SERVICE_DESK_NOTICE_AGAIN, "");
    (void)text_copy(job->request.text, sizeof(job->request.text), notice_id);
    return services_send(services, job);
}

uint64_t service_desk_holders(struct services *services)
{
    return services_send(services, job_for(SERVICE_DESK_HOLDERS, ""));
}

uint64_t service_desk_reset(struct services *services, const char *reset_id, const char *id_number)
{
    struct service_job *job = job_for(SERVICE_DESK_RESET, "");
    (void)text_copy(job->request.more, sizeof(job->request.more), reset_id);
    (void)text_copy(job->request.text, sizeof(job->request.text), id_number);
    return services_send(services, job);
}

uint64_t service_desk_feedback_done(struct services *services, const char *feedback_id)
{
    struct service_job *job = job_for(SERVICE_DESK_FEEDBACK_DONE, "");
    (void)text_copy(job->request.text, sizeof(job->request.text), feedback_id);
    return services_send(services, job);
}

uint64_t service_desk_make(struct services *services, const char *order_id, bool may_erase)
{
    struct service_job *job = job_for(SERVICE_DESK_MAKE, order_id);
    (void)text_copy(job->request.text, sizeof(job->request.text), services->desk.clerk);
    job->request.flag = may_erase;
    return services_send(services, job);
}

uint64_t service_desk_send(struct services *services, const char *order_id, const char *carrier,
                           const char *tracking)
{
    struct service_job *job = job_for(SERVICE_DESK_SEND, order_id);
    (void)text_copy(job->request.more, sizeof(job->request.more), carrier);
    (void)text_copy(job->request.text, sizeof(job->request.text), tracking);
    return services_send(services, job);
}
