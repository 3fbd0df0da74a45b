/* The desk's requests of services.h: each fills a job with what was on the clerk's screen and sends it;
 * nothing is decided here. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_state.h"

static const struct product_operation *operation_of_case(const struct services *services,
                                                         const struct product **product)
{
    const struct service_case *opened = &services->desk.opened;
    *product = opened->is_open ? catalogue_find(services->settings.catalogue, opened->order.product) : NULL;
    return *product == NULL ? NULL : product_find_operation(*product, opened->order.operation);
}

static const struct form *form_of_case(const struct services *services)
{
    const struct product *product = NULL;
    const struct product_operation *operation = operation_of_case(services, &product);
    return operation == NULL ? NULL : product_operation_form(product, operation);
}

/* The fields the clerk has had on the screen, with their values as they were, in the form's order. */
static void hash_shown(const struct services *services, uint8_t out[CRYPTO_SHA256_BYTES])
{
    const struct service_case *opened = &services->desk.opened;
    const struct form *form = form_of_case(services);
    struct buf bytes;
    buf_init(&bytes, LIMIT_CONFIG_BYTES);
    for (size_t i = 0; form != NULL && i < form->field_count; i++) {
        const char *id = form->fields[i].id;
        if (service_case_saw(opened, id))
            check(buf_append(&bytes, id, strlen(id) + 1) == STATUS_OK &&
                  buf_append_text(&bytes, form_value(form, &opened->values, id)) == STATUS_OK &&
                  buf_append(&bytes, "", 1) == STATUS_OK);
    }
    crypto_sha256(bytes.data, bytes.length, out);
    buf_wipe(&bytes);
}

static struct service_job *job_for_case(const struct services *services, enum service_kind kind)
{
    struct service_job *job = service_job_new(kind);
    const struct service_case *opened = &services->desk.opened;
    if (opened->is_open)
        (void)memcpy(job->request.order_id, opened->order.id, sizeof(job->request.order_id));
    job->request.version = opened->order.version;
    hash_shown(services, job->request.displayed_hash);
    service_request_give_text(&job->request, services->desk.clerk);
    return job;
}

uint64_t service_desk_sign_in(struct services *services, const char *name, const struct secret *password)
{
    struct service_job *job = service_job_new(SERVICE_DESK_SIGN_IN);
    service_request_give_text(&job->request, name);
    service_request_give_secret(&job->request, password);
    return services_send(services, job);
}

void service_desk_sign_out(struct services *services)
{
    form_values_wipe(&services->desk.opened.values);
    secret_wipe_bytes(&services->desk, sizeof(services->desk));
    services->visit_number++;
    services_tell_visit(services);
}

uint64_t service_desk_overview(struct services *services)
{
    return services_send(services, job_for_case(services, SERVICE_DESK_OVERVIEW));
}

uint64_t service_desk_blank(struct services *services, const struct product *product,
                            const struct product_operation *operation, const char *head)
{
    struct service_job *job = service_job_new(SERVICE_DESK_BLANK);
    job->request.product = product;
    job->request.operation = operation;
    service_request_give_text(&job->request, head);
    return services_send(services, job);
}

uint64_t service_desk_case(struct services *services, const char *order_id)
{
    struct service_job *job = job_for_case(services, SERVICE_DESK_CASE);
    (void)text_copy(job->request.order_id, sizeof(job->request.order_id), order_id);
    return services_send(services, job);
}

static uint64_t send_page(struct services *services, enum service_kind kind, const char *paper_id,
                          int width_px)
{
    struct service_job *job = job_for_case(services, kind);
    service_request_give_name(&job->request, paper_id);
    job->request.width_px = width_px;
    return services_send(services, job);
}

uint64_t service_desk_page(struct services *services, const char *paper_id, int width_px)
{
    return send_page(services, SERVICE_DESK_PAGE, paper_id, width_px);
}

uint64_t service_desk_thumb(struct services *services, const char *paper_id, int width_px)
{
    return send_page(services, SERVICE_DESK_THUMB, paper_id, width_px);
}

void service_desk_field_seen(struct services *services, const char *field)
{
    struct service_case *opened = &services->desk.opened;
    if (opened->is_open && opened->seen_count < SERVICE_PLACES_MAX && !service_case_saw(opened, field))
        (void)text_copy(opened->seen_fields[opened->seen_count++], sizeof(opened->seen_fields[0]), field);
}

uint64_t service_desk_approve(struct services *services)
{
    struct service_job *job = job_for_case(services, SERVICE_DESK_APPROVE);
    const struct form *form = form_of_case(services);
    struct service_unseen unseen = {0};
    if (form != NULL)
        unseen = service_case_unseen(&services->desk.opened, form);
    job->request.flag = form != NULL && unseen.pages + unseen.fields == 0;
    return services_send(services, job);
}

uint64_t service_desk_reject(struct services *services, const struct order_rejections *items)
{
    struct service_job *job = job_for_case(services, SERVICE_DESK_REJECT);
    job->request.rejections = malloc(sizeof(*items));
    check(job->request.rejections != NULL);
    *job->request.rejections = *items;
    return services_send(services, job);
}

uint64_t service_desk_identify(struct services *services, bool accepted, const char *reason)
{
    const struct product *product = NULL;
    const struct product_operation *operation = operation_of_case(services, &product);
    if (operation != NULL) { /* what the check shows of the form */
        const char *name = "", *number = "";
        product_operation_person(product, operation, &services->desk.opened.values, &name, &number);
        service_desk_field_seen(services, name);
        service_desk_field_seen(services, number);
    }
    struct service_job *job = job_for_case(services, SERVICE_DESK_IDENTIFY);
    job->request.flag = accepted;
    service_request_give_text(&job->request, reason);
    return services_send(services, job);
}

uint64_t service_desk_reveal(struct services *services, const char *field, const char *reason)
{
    struct service_job *job = job_for_case(services, SERVICE_DESK_REVEAL);
    service_request_give_name(&job->request, field);
    service_request_give_text(&job->request, reason);
    return services_send(services, job);
}

uint64_t service_desk_hold(struct services *services, const char *note)
{
    struct service_job *job = job_for_case(services, SERVICE_DESK_HOLD);
    job->request.flag = true;
    service_request_give_text(&job->request, note);
    return services_send(services, job);
}

uint64_t service_desk_originals(struct services *services, const struct service_originals *originals)
{
    struct service_job *job = job_for_case(services, SERVICE_DESK_ORIGINALS);
    job->request.originals = *originals;
    return services_send(services, job);
}

uint64_t service_desk_take_up(struct services *services)
{
    return services_send(services, job_for_case(services, SERVICE_DESK_HOLD));
}

uint64_t service_desk_lock(struct services *services, bool is_main)
{
    struct service_job *job = job_for_case(services, SERVICE_DESK_LOCK);
    job->request.flag = is_main;
    return services_send(services, job);
}

uint64_t service_desk_undo(struct services *services)
{
    return services_send(services, job_for_case(services, SERVICE_DESK_UNDO));
}

uint64_t service_desk_act(struct services *services, const struct service_act *act)
{
    struct service_job *job = job_for_case(services, SERVICE_DESK_ACT);
    job->request.act = *act;
    return services_send(services, job);
}

static struct service_job *job_for_audit(enum service_kind kind, const struct service_audit_filter *filter)
{
    struct service_job *job = service_job_new(kind);
    job->request.audit = malloc(sizeof(*filter));
    check(job->request.audit != NULL);
    *job->request.audit = *filter;
    return job;
}

uint64_t service_desk_audit(struct services *services, const struct service_audit_filter *filter, bool verify)
{
    struct service_job *job = job_for_audit(SERVICE_DESK_AUDIT, filter);
    job->request.flag = verify;
    return services_send(services, job);
}

uint64_t service_desk_audit_export(struct services *services, const struct service_audit_filter *filter,
                                   const char *second, const struct secret *password)
{
    struct service_job *job = job_for_audit(SERVICE_DESK_AUDIT_EXPORT, filter);
    service_request_give_name(&job->request, second);
    service_request_give_secret(&job->request, password);
    return services_send(services, job);
}

uint64_t service_desk_stock(struct services *services, const struct service_stock_act *act,
                            const char *second, const struct secret *password)
{
    struct service_job *job = service_job_new(SERVICE_DESK_STOCK);
    job->request.stock = malloc(sizeof(*act));
    check(job->request.stock != NULL);
    *job->request.stock = *act;
    service_request_give_name(&job->request, second);
    if (password != NULL)
        service_request_give_secret(&job->request, password);
    return services_send(services, job);
}

uint64_t service_desk_audit_row(struct services *services, const struct service_audit_line *line)
{
    struct service_audit_filter filter = {0};
    (void)text_copy(filter.writer, sizeof(filter.writer), line->writer);
    (void)text_copy(filter.about, sizeof(filter.about),
                    line->order_id[0] != 0 ? line->order_id : line->subject);
    struct service_job *job = job_for_audit(SERVICE_DESK_AUDIT_ROW, &filter);
    (void)text_copy(job->request.order_id, sizeof(job->request.order_id), line->order_id);
    job->request.version = line->sequence;
    return services_send(services, job);
}
