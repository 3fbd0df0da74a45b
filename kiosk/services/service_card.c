/* The card reader, on the identity worker: a card is waited for, compared with the order or handed to the
 * form. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/form/form_rule.h"
#include "kiosk/services/service_identity.h"
#include "kiosk/services/service_load.h"

enum { PROBE_EVERY_MS = 15000, PROBE_TIMEOUT_MS = 1500 };

static enum status open_reader(struct service_context *context, struct failure *failure)
{
    struct service_drivers_source source = service_driver_source(context);
    if (context->drivers.idcard != NULL)
        return STATUS_OK;
    return service_drivers_open_idcard(&source, &context->drivers.idcard, failure);
}

void service_card_close(struct service_context *context)
{
    idcard_close(context->drivers.idcard);
    context->drivers.idcard = NULL;
}

/* --- reading ----------------------------------------------------------------------------------------- */

static enum service_reason reason_of(enum status status)
{
    return status == STATUS_NOT_FOUND                               ? SERVICE_REASON_NO_CARD
           : status == STATUS_REFUSED || status == STATUS_MALFORMED ? SERVICE_REASON_CARD_UNREAD
                                                                    : SERVICE_REASON_OFFLINE;
}

/* What the reader has is waited for; a reader that fails is looked at again soon. */
static enum status wait_for_card(struct service_context *context, struct service_job *job,
                                 struct idcard_person *out)
{
    const struct idcard_call call = {.timeout_ms = context->settings->settings->idcard_wait_s * 1000,
                                     .cancel = job->job.cancel};
    enum status status = open_reader(context, &job->failure);
    if (status == STATUS_OK)
        status = idcard_wait(context->drivers.idcard, &call, out, &job->failure);
    if (status == STATUS_OK || status == STATUS_CANCELLED)
        return status;
    context->next_round_ms = 0;
    enum service_reason reason = reason_of(status);
    if (reason == SERVICE_REASON_OFFLINE) {
        job->reason = reason;
        return status;
    }
    job->failure = (struct failure){0};
    return service_job_refuse(job, reason, 0);
}

static bool is_expired(const struct service_context *context, const struct idcard_person *person)
{
    char today[IDCARD_DATE_BYTES];
    (void)clock_format_hall(service_now_utc_s(context), "%Y%m%d", today, sizeof(today));
    return person->valid_to[0] != 0 && strcmp(person->valid_to, today) < 0;
}

/* --- the identity step ------------------------------------------------------------------------------- */

static enum status compare(struct service_context *context, struct service_job *job,
                           const struct service_identity *expected, const struct idcard_person *person)
{
    enum service_reason reason = !service_identity_is(expected, person->name, person->number)
                                     ? SERVICE_REASON_CARD_OTHER
                                 : is_expired(context, person) ? SERVICE_REASON_CARD_EXPIRED
                                                               : SERVICE_REASON_NONE;
    if (reason == SERVICE_REASON_NONE)
        return service_identity_pass(context, expected, PRODUCT_IDENTITY_READER, "", &job->failure);
    service_identity_refuse(context, expected, PRODUCT_IDENTITY_READER, service_reason_name(reason));
    return service_job_refuse(job, reason, 0);
}

void service_card_identify_run(struct service_context *context, struct service_job *job)
{
    struct service_identity expected = {0};
    struct idcard_person person = {0};
    enum status status = service_identity_load(context, job->request.order_id, PRODUCT_IDENTITY_READER,
                                               &expected, &job->failure);
    if (status == STATUS_OK)
        status = wait_for_card(context, job, &person);
    if (status == STATUS_OK)
        status = compare(context, job, &expected, &person);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, job->request.order_id, false);
    idcard_wipe(&person);
    service_identity_forget(&expected);
    service_job_finish(job, status);
}

/* --- the form ---------------------------------------------------------------------------------------- */

/* What cannot stand in a form is not put there: a foreigner's card has no resident number. */
static bool fits_forms(const struct service_context *context, const struct idcard_person *person)
{
    const struct form_rule_context rule = {.today_utc_s = service_now_utc_s(context)};
    struct form_error error;
    return rule_name(person->name, &rule, &error) && rule_resident_id(person->number, &rule, &error);
}

static void give(struct service_job *job, const struct idcard_person *person)
{
    struct service_patch *patch = service_job_patch(job);
    struct service_card *card = &patch->visit.card;
    patch->changes |= PATCH_CARD;
    card->is_read = true;
    (void)text_copy(card->name, sizeof(card->name), person->name);
    (void)text_copy(card->number, sizeof(card->number), person->number);
    (void)text_copy(card->address, sizeof(card->address), person->address);
}

void service_card_read_run(struct service_context *context, struct service_job *job)
{
    struct idcard_person person = {0};
    enum status status = wait_for_card(context, job, &person);
    if (status == STATUS_OK && !fits_forms(context, &person))
        status = service_job_refuse(job, SERVICE_REASON_CARD_UNFIT, 0);
    if (status == STATUS_OK)
        give(job, &person);
    idcard_wipe(&person);
    service_job_finish(job, status);
}

/* --- watching ---------------------------------------------------------------------------------------- */

static enum device_state state_of(enum status status)
{
    return status == STATUS_OK                                     ? DEVICE_READY
           : status == STATUS_BUSY                                 ? DEVICE_WORKING
           : status == STATUS_CONFIG || status == STATUS_MALFORMED ? DEVICE_FAULTY
                                                                   : DEVICE_OFFLINE;
}

void service_card_watch(struct service_context *context)
{
    struct failure failure = {0};
    if (service_now_ms(context) < context->next_round_ms)
        return;
    context->next_round_ms = service_now_ms(context) + PROBE_EVERY_MS;
    enum status status = open_reader(context, &failure);
    bool is_none = status == STATUS_OK && strcmp(idcard_name(context->drivers.idcard), "none") == 0;
    if (status == STATUS_OK && !is_none)
        status = idcard_probe(context->drivers.idcard, &(struct idcard_call){.timeout_ms = PROBE_TIMEOUT_MS},
                              &failure);
    struct service_job *report = service_job_new(SERVICE_DEVICES);
    struct service_patch *patch = service_job_patch(report);
    patch->changes |= PATCH_IDCARD;
    patch->devices.idcard = is_none ? DEVICE_ABSENT : state_of(status);
    (void)service_job_end(report, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(context, report);
}
