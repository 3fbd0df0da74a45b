#include "kiosk/services/service_notice.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_shipment.h"

enum {
    SEND_MS = 10000,
    AT_ONCE = 4,
    LOST_S = 120, /* longer than a send may take */
    BACKOFF_S = 60,
    BACKOFF_MOST_S = 3600,
    TRIES_MOST = 12, /* about eight hours */
    END_CHARACTERS = 6,
    PARAMETERS_MAX = 4,
    DAY_S = 86400,
    PAGE = 32
};

const char *service_notice_template(const struct settings *settings, enum store_notice_kind kind)
{
    switch (kind) {
    case STORE_NOTICE_ACCEPTED:
        return settings->sms_template_accepted;
    case STORE_NOTICE_APPROVED:
        return settings->sms_template_approved;
    case STORE_NOTICE_REJECTED:
        return settings->sms_template_rejected;
    case STORE_NOTICE_READY:
        return settings->sms_template_ready;
    case STORE_NOTICE_SHIPPED:
        return settings->sms_template_shipped;
    case STORE_NOTICE_EXPIRING:
        return settings->sms_template_expiring;
    case STORE_NOTICE_UNPAID:
        return settings->sms_template_unpaid;
    case STORE_NOTICE_COUNT_:
        break;
    }
    return "";
}

/* --- what is told -------------------------------------------------------------------------------------- */

static bool tells_by_sms(const struct product *product)
{
    for (size_t i = 0; i < product->channel_count; i++)
        if (product->channel[i] == PRODUCT_CHANNEL_SMS)
            return true;
    return false;
}

bool service_notice_is_told(const struct service_context *context, const struct order *order,
                            enum store_notice_kind kind)
{
    const struct product *product = catalogue_find(context->settings->catalogue, order->product);
    return product != NULL && tells_by_sms(product) &&
           service_notice_template(context->settings->settings, kind)[0] != 0;
}

enum status service_notice_add(struct service_context *context, const struct order *order,
                               enum store_notice_kind kind, const char *subject, struct failure *failure)
{
    char phone[SERVICE_PHONE_BYTES];
    if (!service_notice_is_told(context, order, kind))
        return STATUS_OK;
    enum status status = service_load_phone(context, order, phone, sizeof(phone));
    if (status == STATUS_OK && phone[0] != 0)
        status = store_notice_add(context->store, order->id, kind, subject, phone, failure);
    secret_wipe_bytes(phone, sizeof(phone));
    return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* the person is forgotten */
}

/* Money that comes while its payer stands at another machine, or at none, makes a key wait. */
static enum store_notice_kind kind_of(const struct service_context *context, const struct order *order,
                                      enum order_event event)
{
    if (event == ORDER_EVENT_APPROVED)
        return STORE_NOTICE_APPROVED;
    if (event == ORDER_EVENT_REJECTED)
        return STORE_NOTICE_REJECTED;
    if (event == ORDER_EVENT_EXPIRED)
        return STORE_NOTICE_UNPAID;
    bool is_away = strcmp(context->visit.order_id, order->id) != 0;
    return event == ORDER_EVENT_PAID && order->state == ORDER_STATE_ISSUING && is_away ? STORE_NOTICE_READY
                                                                                       : STORE_NOTICE_COUNT_;
}

enum status service_notice_of_step(struct service_context *context, const struct order *order,
                                   enum order_event event, struct failure *failure)
{
    char subject[32];
    enum store_notice_kind kind = kind_of(context, order, event);
    (void)snprintf(subject, sizeof(subject), "%lld", (long long)order->version);
    return kind == STORE_NOTICE_COUNT_ ? STATUS_OK
                                       : service_notice_add(context, order, kind, subject, failure);
}

/* --- certificates that end soon ------------------------------------------------------------------------ */

static void tell_ending(struct service_context *context, const struct store_certificate *certificate)
{
    struct order order;
    struct failure failure = {0};
    enum status status = store_order_load(context->store, certificate->order_id, &order, &failure);
    const struct product *product =
        status == STATUS_OK ? catalogue_find(context->settings->catalogue, order.product) : NULL;
    int64_t left_s = certificate->not_after_utc_s - service_now_utc_s(context);
    if (product == NULL || left_s > (int64_t)product->renewal_days * DAY_S)
        return;
    status = service_notice_add(context, &order, STORE_NOTICE_EXPIRING, certificate->request_id, &failure);
    if (status != STATUS_OK)
        log_failure("notice", "writing that a certificate ends soon", status, &failure);
}

static unsigned longest_renewal_days(const struct service_context *context)
{
    const struct catalogue *catalogue = context->settings->catalogue;
    unsigned longest = 0;
    for (size_t i = 0; i < catalogue->count; i++)
        if (catalogue->products[i]->renewal_days > longest)
            longest = catalogue->products[i]->renewal_days;
    return longest;
}

static void look_for_ends(struct service_context *context)
{
    struct store_certificate rows[PAGE];
    struct failure failure = {0};
    int64_t now_utc_s = service_now_utc_s(context);
    int64_t until_utc_s = now_utc_s + (int64_t)longest_renewal_days(context) * DAY_S;
    enum status status = STATUS_OK;
    for (size_t offset = 0, count = PAGE; status == STATUS_OK && count == PAGE; offset += PAGE) {
        status = store_certificate_list_ending(context->store, now_utc_s, until_utc_s, offset, rows, PAGE,
                                               &count, &failure);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            tell_ending(context, &rows[i]);
    }
    if (status != STATUS_OK)
        log_failure("notice", "looking for certificates that end soon", status, &failure);
}

/* --- sending ------------------------------------------------------------------------------------------- */

/* What fills the blanks of a template; the texts live as long as this. */
struct blanks {
    char end[END_CHARACTERS + 1], day[16];
    struct order order;
    struct store_shipment parcel;
    struct sms_parameter list[PARAMETERS_MAX];
    size_t count;
};

static void add_blank(struct blanks *blanks, const char *name, const char *value)
{
    blanks->list[blanks->count++] = (struct sms_parameter){name, value};
}

static enum status fill_day(struct service_context *context, const struct store_notice *notice,
                            struct blanks *out, struct failure *failure)
{
    struct store_certificate certificate;
    enum status status = store_certificate_load(context->store, notice->subject, &certificate, failure);
    if (status == STATUS_OK)
        (void)clock_format_hall(certificate.not_after_utc_s, "%Y-%m-%d", out->day, sizeof(out->day));
    add_blank(out, "day", out->day);
    return status;
}

static enum status fill_parcel(struct service_context *context, const struct store_notice *notice,
                               struct blanks *out, struct failure *failure)
{
    enum status status = store_shipment_load(context->store, notice->order_id, &out->parcel, failure);
    add_blank(out, "carrier", out->parcel.carrier);
    add_blank(out, "tracking", out->parcel.tracking);
    return status;
}

static enum status fill_blanks(struct service_context *context, const struct store_notice *notice,
                               struct blanks *out, struct failure *failure)
{
    *out = (struct blanks){0};
    enum status status = store_order_load(context->store, notice->order_id, &out->order, failure);
    if (status != STATUS_OK)
        return status;
    const struct product *product = catalogue_find(context->settings->catalogue, out->order.product);
    size_t length = strlen(out->order.acceptance);
    (void)text_copy(out->end, sizeof(out->end),
                    out->order.acceptance + (length > END_CHARACTERS ? length - END_CHARACTERS : 0));
    add_blank(out, "number", out->order.acceptance);
    add_blank(out, "product", product == NULL ? out->order.product : product->name);
    if (notice->kind == STORE_NOTICE_ACCEPTED)
        add_blank(out, "end", out->end);
    if (notice->kind == STORE_NOTICE_SHIPPED)
        status = fill_parcel(context, notice, out, failure);
    if (notice->kind == STORE_NOTICE_EXPIRING)
        status = fill_day(context, notice, out, failure);
    return status;
}

static int64_t next_try(const struct service_context *context, int64_t tries)
{
    int64_t wait_s = BACKOFF_S;
    while (tries-- > 0 && wait_s < BACKOFF_MOST_S)
        wait_s *= 2;
    return service_now_utc_s(context) + (wait_s < BACKOFF_MOST_S ? wait_s : BACKOFF_MOST_S);
}

/* A service that is not there, or an account staff must mend, is tried again; a refusal and silence after the
 * message may have gone out are final. */
static enum status store_result(struct service_context *context, const struct store_notice *notice,
                                enum status sent, struct failure *failure)
{
    bool is_again = (sent == STATUS_BUSY || sent == STATUS_CONFIG || sent == STATUS_CANCELLED) &&
                    notice->tries + 1 < TRIES_MOST;
    enum store_notice_state state = sent == STATUS_OK        ? STORE_NOTICE_SENT
                                    : is_again               ? STORE_NOTICE_WAITING
                                    : sent == STATUS_UNKNOWN ? STORE_NOTICE_UNKNOWN
                                                             : STORE_NOTICE_REFUSED;
    return store_notice_end(context->store, notice->id, state, sent == STATUS_OK ? "" : status_name(sent),
                            next_try(context, notice->tries), failure);
}

enum status service_notice_send_now(struct service_context *context, struct sms *sms,
                                    const struct store_notice *notice, struct failure *failure)
{
    struct blanks blanks;
    struct buf phone;
    struct sms_receipt receipt;
    buf_init(&phone, SERVICE_PHONE_BYTES);
    enum status status = fill_blanks(context, notice, &blanks, failure);
    if (status == STATUS_OK)
        status = store_notice_begin(context->store, notice->id, &phone, failure);
    if (status == STATUS_OK) {
        const struct sms_message message = {
            .number = (const char *)phone.data,
            .request_id = notice->id,
            .template_code = service_notice_template(context->settings->settings, notice->kind),
            .parameters = blanks.list,
            .parameter_count = blanks.count};
        enum status sent =
            sms_send(sms, &(struct sms_call){.timeout_ms = SEND_MS}, &message, &receipt, failure);
        status = store_result(context, notice, sent, failure);
        if (status == STATUS_OK)
            status = sent;
    }
    buf_wipe(&phone);
    return status;
}

static void send_due(struct service_context *context, struct sms *sms)
{
    struct store_notice due[AT_ONCE];
    size_t count = 0;
    struct failure failure = {0};
    enum status status = store_notice_give_up(context->store, service_now_utc_s(context) - LOST_S, &failure);
    if (status == STATUS_OK)
        status = store_notice_list_due(context->store, due, AT_ONCE, &count, &failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        enum status sent = service_notice_send_now(context, sms, &due[i], &failure);
        if (sent != STATUS_OK && sent != STATUS_CONFLICT) /* CONFLICT: another terminal was first */
            log_failure("notice", "sending a notice", sent, &failure);
    }
    if (status != STATUS_OK)
        log_failure("notice", "looking for notices", status, &failure);
}

void service_notice_round(struct service_context *context, struct sms *sms)
{
    struct store *store = NULL;
    int64_t today_utc_s = clock_hall_day_utc_s(service_now_utc_s(context));
    if (service_store(context, &store) != STATUS_OK)
        return;
    if (context->ends_day_utc_s != today_utc_s) {
        look_for_ends(context);
        context->ends_day_utc_s = today_utc_s;
    }
    send_due(context, sms);
}
