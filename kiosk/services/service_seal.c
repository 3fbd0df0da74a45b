#include "kiosk/services/service_seal.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_lock.h"

static bool has_picture(const struct service_visit *visit, const char *paper, enum product_sample_of of)
{
    for (size_t i = 0; i < visit->sample_count; i++) {
        const struct service_sample *sample = &visit->samples[i];
        if (sample->is_chosen && sample->width_mm > 0 && sample->of == of &&
            strcmp(sample->paper, paper) == 0)
            return true;
    }
    return false;
}

/* What may be left out and was: 不办理签名则不需此项. */
static bool is_left_out(const struct product_paper *paper, const struct service_page *page)
{
    return paper->optional && page->state == SERVICE_PAGE_MISSING;
}

bool service_seal_is_sure(const struct service_visit *visit)
{
    bool has_any = false;
    for (size_t i = 0; i < visit->page_count; i++) {
        const struct product_paper *paper = product_find_paper(visit->product, visit->pages[i].paper);
        for (size_t j = 0; paper != NULL && j < paper->sample_count; j++) {
            bool has = has_picture(visit, paper->id, paper->samples[j].of);
            if (!has && !paper->samples[j].optional && !is_left_out(paper, &visit->pages[i]))
                return false;
            has_any = has_any || has;
        }
    }
    return has_any;
}

enum status service_seal_check(struct service_context *context, struct service_job *job, const char *action)
{
    bool makes_main = strcmp(action, service_lock_action(true)) == 0;
    if (!makes_main && strcmp(action, "approve") != 0)
        return STATUS_OK;
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    enum status status = service_load_order(context, job->request.order_id, visit, &job->failure);
    bool has_seal = makes_main ? visit->lock.wants_seal : visit->wish.seal; /* it was ordered with one */
    if (status == STATUS_OK && has_seal && !service_seal_is_sure(visit))
        status = service_job_refuse(job, SERVICE_REASON_SEAL_MISSING, 0);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}
