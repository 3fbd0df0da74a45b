/* Scripted services: the desk's requests about certificates. */
#include "tests/golden/gallery_services.h"

uint64_t service_desk_certificates(struct services *services, [[maybe_unused]] const char *text,
                                   [[maybe_unused]] bool revoked)
{
    return gallery_services_ask(services, SERVICE_DESK_CERTIFICATES);
}

uint64_t service_desk_ending(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_ENDING);
}

uint64_t service_desk_remind(struct services *services, [[maybe_unused]] const char *request_id)
{
    return gallery_services_ask(services, SERVICE_DESK_REMIND);
}

uint64_t service_desk_revoke(struct services *services,
                             [[maybe_unused]] const struct service_certificate_wish *wish,
                             [[maybe_unused]] const char *second,
                             [[maybe_unused]] const struct secret *password)
{
    return gallery_services_ask(services, SERVICE_DESK_REVOKE);
}

uint64_t service_desk_trust(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_TRUST);
}

uint64_t service_desk_trust_export(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_TRUST_EXPORT);
}

uint64_t service_desk_import(struct services *services, [[maybe_unused]] const char *file,
                             [[maybe_unused]] const struct secret *pin)
{
    return gallery_services_ask(services, SERVICE_DESK_IMPORT);
}

uint64_t service_desk_soft(struct services *services,
                           [[maybe_unused]] const struct service_certificate_file *wish)
{
    return gallery_services_ask(services, SERVICE_DESK_SOFT);
}
