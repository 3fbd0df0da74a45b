/* What screens ask the services about paper: printed, scanned, shared, blank. */
#include <stdio.h>

#include "tests/golden/gallery_services.h"

uint64_t service_page_delete(struct services *services, [[maybe_unused]] const char *paper_id)
{
    return gallery_services_ask(services, SERVICE_PAGE_DELETE);
}

uint64_t service_page_same(struct services *services, [[maybe_unused]] const char *paper_id)
{
    return gallery_services_ask(services, SERVICE_PAGE_SAME);
}

uint64_t service_page_add(struct services *services, [[maybe_unused]] const char *paper_id,
                          [[maybe_unused]] const char *title)
{
    return gallery_services_ask(services, SERVICE_PAGE_ADD);
}

uint64_t service_consent_say(struct services *services, [[maybe_unused]] enum service_objection objection)
{
    return gallery_services_ask(services, SERVICE_CONSENT_SAY);
}

uint64_t service_blank_print(struct services *services, [[maybe_unused]] const struct product *product,
                             [[maybe_unused]] const struct product_operation *operation,
                             [[maybe_unused]] const char *head)
{
    return gallery_services_ask(services, SERVICE_BLANK_PRINT);
}

uint64_t service_desk_blank(struct services *services, [[maybe_unused]] const struct product *product,
                            [[maybe_unused]] const struct product_operation *operation,
                            [[maybe_unused]] const char *head)
{
    return gallery_services_ask(services, SERVICE_DESK_BLANK);
}

uint64_t service_scan_page(struct services *services, [[maybe_unused]] const char *paper_id)
{
    return gallery_services_ask(services, SERVICE_SCAN_PAGE);
}

uint64_t service_page_preview(struct services *services, const char *paper_id, int width_px)
{
    (void)snprintf(services->asked_paper, sizeof(services->asked_paper), "%s", paper_id);
    services->asked_width_px = width_px;
    return gallery_services_ask(services, SERVICE_PAGE_PREVIEW);
}

uint64_t service_form_print(struct services *services)
{
    return gallery_services_ask(services, SERVICE_FORM_PRINT);
}

uint64_t service_account_print(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_PRINT);
}

uint64_t service_receipt_print(struct services *services)
{
    return gallery_services_ask(services, SERVICE_RECEIPT_PRINT);
}

uint64_t service_example_show(struct services *services, const char *paper_id, int width_px)
{
    (void)snprintf(services->asked_paper, sizeof(services->asked_paper), "%s", paper_id);
    services->asked_width_px = width_px;
    return gallery_services_ask(services, SERVICE_EXAMPLE_SHOW);
}

bool services_has_example(const struct services *services, const char *paper_id)
{
    const struct product_paper *paper = product_find_paper(services->visit.product, paper_id);
    return paper->example[0] != 0 || paper->sheet[0] != 0 || paper->code_required;
}
