/* The requests about units and their people, and by a 授权码: filled and sent; nothing is decided here. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_state.h"

static struct service_job *job_for_person(const struct services *services, enum service_kind kind)
{
    struct service_job *job = service_job_new(kind);
    (void)memcpy(job->request.phone, services->visit.phone, sizeof(job->request.phone));
    return job;
}

uint64_t service_order_pickup(struct services *services, const char *acceptance, const struct secret *code)
{
    struct service_job *job = job_for_person(services, SERVICE_ORDER_PICKUP);
    (void)text_copy(job->request.text, sizeof(job->request.text), acceptance);
    check(secret_set(&job->request.secret, code->bytes, code->length) == STATUS_OK);
    return services_send(services, job);
}

uint64_t service_unit_list(struct services *services)
{
    return services_send(services, job_for_person(services, SERVICE_UNIT_LIST));
}

uint64_t service_unit_act(struct services *services, const struct service_unit_act *act)
{
    struct service_job *job = job_for_person(services, SERVICE_UNIT_ACT);
    job->request.unit_act = *act;
    return services_send(services, job);
}

uint64_t service_desk_units(struct services *services, const char *credit_code, const char *unit_id)
{
    struct service_job *job = service_job_new(SERVICE_DESK_UNITS);
    (void)text_copy(job->request.text, sizeof(job->request.text), credit_code);
    (void)text_copy(job->request.more, sizeof(job->request.more), unit_id);
    return services_send(services, job);
}

uint64_t service_desk_unit_act(struct services *services, const struct service_unit_act *act)
{
    struct service_job *job = service_job_new(SERVICE_DESK_UNIT_ACT);
    job->request.unit_act = *act;
    return services_send(services, job);
}
