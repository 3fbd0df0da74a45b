/* What the gallery's services answer about samples, seals and locks: nothing by themselves. */
#include "tests/golden/gallery_services.h"

uint64_t service_sample_preview(struct services *services, [[maybe_unused]] const char *paper_id,
                                [[maybe_unused]] const char *zone, [[maybe_unused]] int width_px)
{
    return gallery_services_ask(services, SERVICE_SAMPLE_PREVIEW);
}

uint64_t service_sample_choose(struct services *services, [[maybe_unused]] const char *paper_id,
                               [[maybe_unused]] const char *zone)
{
    return gallery_services_ask(services, SERVICE_SAMPLE_CHOOSE);
}

uint64_t service_desk_lock(struct services *services, [[maybe_unused]] bool is_main)
{
    return gallery_services_ask(services, SERVICE_DESK_LOCK);
}
