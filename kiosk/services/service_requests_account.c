/* The requests about the visit's account: each fills a job with how the number was proven and sends it;
 * nothing is decided here. */
#include "kiosk/base/text.h"
#include "kiosk/services/service_state.h"

static struct service_job *job_for_person(const struct services *services, enum service_kind kind)
{
    struct service_job *job = service_job_new(kind);
    (void)text_copy(job->request.phone, sizeof(job->request.phone), services->visit.phone);
    job->request.login = services->visit.login;
    return job;
}

uint64_t service_account_log_in(struct services *services, const char *alias, const struct secret *password)
{
    struct service_job *job = job_for_person(services, SERVICE_ACCOUNT_LOG_IN);
    service_request_give_text(&job->request, alias);
    service_request_give_secret(&job->request, password);
    return services_send(services, job);
}

uint64_t service_appointment_read(struct services *services, const char *text)
{
    struct service_job *job = job_for_person(services, SERVICE_APPOINTMENT_READ);
    (void)text_copy(job->request.appointment, sizeof(job->request.appointment), text);
    return services_send(services, job);
}

uint64_t service_account_look(struct services *services)
{
    return services_send(services, job_for_person(services, SERVICE_ACCOUNT_LOOK));
}

uint64_t service_account_open(struct services *services, const char *id_number, const struct secret *password)
{
    struct service_job *job = job_for_person(services, SERVICE_ACCOUNT_OPEN);
    service_request_give_text(&job->request, id_number);
    service_request_give_secret(&job->request, password);
    return services_send(services, job);
}

uint64_t service_account_password(struct services *services, const struct secret *password)
{
    struct service_job *job = job_for_person(services, SERVICE_ACCOUNT_PASSWORD);
    service_request_give_secret(&job->request, password);
    return services_send(services, job);
}

uint64_t service_account_close(struct services *services)
{
    return services_send(services, job_for_person(services, SERVICE_ACCOUNT_CLOSE));
}

static uint64_t send_alias(struct services *services, bool is_company, const char *text)
{
    struct service_job *job = job_for_person(services, SERVICE_ACCOUNT_ALIAS);
    service_request_give_text(&job->request, text);
    job->request.flag = is_company;
    return services_send(services, job);
}

uint64_t service_account_email(struct services *services, const char *email)
{
    return send_alias(services, false, email);
}

uint64_t service_account_company(struct services *services, const char *company)
{
    return send_alias(services, true, company);
}

/* `phone` is the new number, `reason` the one that was proven before. */
uint64_t service_account_phone(struct services *services, const char *phone, const struct secret *code)
{
    struct service_job *job = job_for_person(services, SERVICE_ACCOUNT_PHONE);
    const struct service_reset *reset = &services->visit.reset;
    (void)text_copy(job->request.reason, sizeof(job->request.reason), services->visit.phone);
    (void)text_copy(job->request.phone, sizeof(job->request.phone), phone);
    if (reset->id[0] != 0 && reset->kind == SERVICE_RESET_PHONE)
        service_request_give_name(&job->request, reset->id);
    service_request_give_secret(&job->request, code);
    return services_send(services, job);
}

uint64_t service_reset_password(struct services *services, const struct secret *password)
{
    struct service_job *job = job_for_person(services, SERVICE_RESET_SET_PASSWORD);
    service_request_give_name(&job->request, services->visit.reset.id);
    service_request_give_secret(&job->request, password);
    return services_send(services, job);
}
