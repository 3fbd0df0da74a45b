/* Scripted services of who comes again: remembered, answered by the case. */
#include "tests/golden/gallery_services.h"

uint64_t service_bill_list(struct services *services)
{
    return gallery_services_ask(services, SERVICE_BILL_LIST);
}

uint64_t service_mine_list(struct services *services)
{
    return gallery_services_ask(services, SERVICE_MINE_LIST);
}

const char *service_feedback_kind_name(enum service_feedback_kind kind)
{
    static const char *const names[SERVICE_FEEDBACK_COUNT_] = {
#define STORE_FEEDBACK_KIND(code, name) [SERVICE_FEEDBACK_##code] = name,
#include "kiosk/store/store_feedback_kinds.def"
#undef STORE_FEEDBACK_KIND
    };
    return (unsigned)kind < SERVICE_FEEDBACK_COUNT_ ? names[kind] : "invalid";
}

uint64_t service_feedback_send(struct services *services, [[maybe_unused]] enum service_feedback_kind kind,
                               [[maybe_unused]] const char *text)
{
    return gallery_services_ask(services, SERVICE_FEEDBACK_SEND);
}

uint64_t service_question_answer(struct services *services, [[maybe_unused]] const char *answer)
{
    return gallery_services_ask(services, SERVICE_QUESTION_ANSWER);
}

const char *service_reset_kind_name(enum service_reset_kind kind)
{
    static const char *const names[SERVICE_RESET_COUNT_] = {
#define STORE_RESET_KIND(code, name) [SERVICE_RESET_##code] = name,
#include "kiosk/store/store_reset_kinds.def"
#undef STORE_RESET_KIND
    };
    return (unsigned)kind < SERVICE_RESET_COUNT_ ? names[kind] : "invalid";
}

uint64_t service_reset_ask(struct services *services, [[maybe_unused]] enum service_reset_kind kind,
                           [[maybe_unused]] const char *alias)
{
    return gallery_services_ask(services, SERVICE_RESET_ASK);
}

uint64_t service_reset_look(struct services *services)
{
    return gallery_services_ask(services, SERVICE_RESET_LOOK);
}

uint64_t service_reset_prove(struct services *services, [[maybe_unused]] const char *proof)
{
    return gallery_services_ask(services, SERVICE_RESET_PROVE);
}

uint64_t service_reset_drop(struct services *services)
{
    return gallery_services_ask(services, SERVICE_RESET_DROP);
}

uint64_t service_reset_answer(struct services *services, [[maybe_unused]] const char *question,
                              [[maybe_unused]] const char *answer)
{
    return gallery_services_ask(services, SERVICE_RESET_SET_ANSWER);
}

uint64_t service_desk_reset(struct services *services, [[maybe_unused]] const char *reset_id,
                            [[maybe_unused]] const char *id_number)
{
    return gallery_services_ask(services, SERVICE_DESK_RESET);
}

uint64_t service_desk_holders(struct services *services)
{
    return gallery_services_ask(services, SERVICE_DESK_HOLDERS);
}

uint64_t service_desk_feedback_done(struct services *services, [[maybe_unused]] const char *feedback_id)
{
    return gallery_services_ask(services, SERVICE_DESK_FEEDBACK_DONE);
}

bool services_has_accounts(const struct services *services)
{
    return services->has_accounts;
}

uint64_t service_account_log_in(struct services *services, [[maybe_unused]] const char *alias,
                                [[maybe_unused]] const struct secret *password)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_LOG_IN);
}

uint64_t service_account_look(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_LOOK);
}

uint64_t service_account_close(struct services *services)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_CLOSE);
}

uint64_t service_account_open(struct services *services, [[maybe_unused]] const char *id_number,
                              [[maybe_unused]] const struct secret *password)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_OPEN);
}

uint64_t service_account_password(struct services *services, [[maybe_unused]] const struct secret *password)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_PASSWORD);
}

uint64_t service_account_email(struct services *services, [[maybe_unused]] const char *email)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_ALIAS);
}

uint64_t service_account_company(struct services *services, [[maybe_unused]] const char *company)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_ALIAS);
}

uint64_t service_account_phone(struct services *services, [[maybe_unused]] const char *phone,
                               [[maybe_unused]] const struct secret *code)
{
    return gallery_services_ask(services, SERVICE_ACCOUNT_PHONE);
}

uint64_t service_reset_password(struct services *services, [[maybe_unused]] const struct secret *password)
{
    return gallery_services_ask(services, SERVICE_RESET_SET_PASSWORD);
}

bool services_takes_appointments(const struct services *services)
{
    return services->has_partners;
}

uint64_t service_appointment_read(struct services *services, [[maybe_unused]] const char *text)
{
    return gallery_services_ask(services, SERVICE_APPOINTMENT_READ);
}
