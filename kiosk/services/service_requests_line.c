/* The desk's requests about a row of its lists: each takes along what was displayed of the row. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_state.h"

/* The line the clerk has before the eyes; NULL when the order stands in no list. */
static const struct service_queue_line *find_line(const struct service_desk *desk, const char *order_id)
{
    const struct {
        const struct service_queue_line *lines;
        size_t count;
    } lists[] = {{desk->alarms, desk->alarm_count},
                 {desk->recent, desk->recent_count},
                 {desk->soft, desk->soft_count},
                 {desk->money, desk->money_count},
                 {desk->queue, desk->queue_count}};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        for (size_t j = 0; j < lists[i].count; j++)
            if (strcmp(lists[i].lines[j].order.id, order_id) == 0)
                return &lists[i].lines[j];
    return NULL;
}

static void mix(struct buf *bytes, const void *value, size_t length)
{
    check(buf_append_sized(bytes, value, length) == STATUS_OK);
}

/* Every column of the line, each with its length before it. */
static void hash_line(const struct service_queue_line *line, uint8_t out[CRYPTO_SHA256_BYTES])
{
    const struct order *order = &line->order;
    struct buf bytes;
    buf_init(&bytes, LIMIT_FIELD_BYTES * 4);
    mix(&bytes, order->id, strlen(order->id));
    mix(&bytes, &order->version, sizeof(order->version));
    mix(&bytes, order->acceptance, strlen(order->acceptance));
    mix(&bytes, line->unit, strlen(line->unit));
    mix(&bytes, order_state_name(order->state), strlen(order_state_name(order->state)));
    mix(&bytes, &order->amount_fen, sizeof(order->amount_fen));
    mix(&bytes, &order->paid_fen, sizeof(order->paid_fen));
    mix(&bytes, &line->alarm, sizeof(line->alarm));
    mix(&bytes, line->hand.channel, strlen(line->hand.channel));
    mix(&bytes, &line->hand.amount_fen, sizeof(line->hand.amount_fen));
    crypto_sha256(bytes.data, bytes.length, out);
    buf_wipe(&bytes);
}

static struct service_job *job_for_line(const struct services *services, enum service_kind kind,
                                        const char *order_id)
{
    struct service_job *job = service_job_new(kind);
    const struct service_queue_line *line = find_line(&services->desk, order_id);
    (void)text_copy(job->request.order_id, sizeof(job->request.order_id), order_id);
    job->request.flag = line != NULL;
    if (line == NULL)
        return job;
    job->request.version = line->order.version;
    hash_line(line, job->request.displayed_hash);
    return job;
}

uint64_t service_desk_give_up(struct services *services, const char *order_id, const char *reason,
                              const char *second, const struct secret *password)
{
    struct service_job *job = job_for_line(services, SERVICE_DESK_GIVE_UP, order_id);
    (void)text_copy(job->request.text, sizeof(job->request.text), reason);
    (void)text_copy(job->request.more, sizeof(job->request.more), second);
    check(secret_set(&job->request.secret, password->bytes, password->length) == STATUS_OK);
    return services_send(services, job);
}

uint64_t service_desk_close_order(struct services *services, const char *order_id, const char *reason)
{
    struct service_job *job = job_for_line(services, SERVICE_DESK_CLOSE, order_id);
    (void)text_copy(job->request.text, sizeof(job->request.text), reason);
    return services_send(services, job);
}

uint64_t service_desk_refund_retry(struct services *services, const char *order_id)
{
    return services_send(services, job_for_line(services, SERVICE_DESK_REFUND_RETRY, order_id));
}

uint64_t service_desk_slip(struct services *services, const char *order_id)
{
    return services_send(services, job_for_line(services, SERVICE_DESK_SLIP, order_id));
}

uint64_t service_desk_receipt(struct services *services, const char *order_id)
{
    return services_send(services, job_for_line(services, SERVICE_DESK_RECEIPT, order_id));
}

uint64_t service_desk_money_open(struct services *services, const char *order_id, bool open)
{
    struct service_job *job = job_for_line(services, SERVICE_DESK_MONEY_OPEN, order_id);
    (void)text_copy(job->request.more, sizeof(job->request.more), open ? "open" : "close");
    return services_send(services, job);
}

/* Whether the clerk has read that the order waits for no money any more. */
static bool shows_late(const struct service_desk *desk, const char *order_id)
{
    for (size_t i = 0; i < desk->money_count; i++)
        if (strcmp(desk->money[i].order.id, order_id) == 0)
            return desk->money[i].hand.is_late;
    return false;
}

uint64_t service_desk_money_take(struct services *services, const char *order_id,
                                 const struct service_hand_note *note)
{
    struct service_job *job = job_for_line(services, SERVICE_DESK_MONEY_TAKE, order_id);
    job->request.note = *note;
    (void)text_copy(job->request.more, sizeof(job->request.more),
                    shows_late(&services->desk, order_id) ? "late" : "");
    return services_send(services, job);
}

uint64_t service_desk_money_back(struct services *services, const char *order_id,
                                 const struct service_hand_note *note, const char *second,
                                 const struct secret *password)
{
    struct service_job *job = job_for_line(services, SERVICE_DESK_MONEY_BACK, order_id);
    job->request.note = *note;
    (void)text_copy(job->request.more, sizeof(job->request.more), second);
    check(secret_set(&job->request.secret, password->bytes, password->length) == STATUS_OK);
    return services_send(services, job);
}

uint64_t service_desk_voucher(struct services *services, const char *order_id, int width_px)
{
    struct service_job *job = job_for_line(services, SERVICE_DESK_VOUCHER, order_id);
    job->request.width_px = width_px;
    return services_send(services, job);
}

uint64_t service_desk_voucher_refuse(struct services *services, const char *order_id, const char *reason)
{
    struct service_job *job = job_for_line(services, SERVICE_DESK_VOUCHER_REFUSE, order_id);
    (void)text_copy(job->request.text, sizeof(job->request.text), reason);
    return services_send(services, job);
}

uint64_t service_desk_invoices(struct services *services, enum service_invoice_state state)
{
    struct service_job *job = service_job_new(SERVICE_DESK_INVOICES);
    (void)text_copy(job->request.more, sizeof(job->request.more),
                    state == SERVICE_INVOICE_COUNT_ ? "" : service_invoice_state_name(state));
    return services_send(services, job);
}

static struct service_job *job_for_invoice(enum service_kind kind, const char *order_id, int64_t version)
{
    struct service_job *job = service_job_new(kind);
    (void)text_copy(job->request.order_id, sizeof(job->request.order_id), order_id);
    job->request.version = version;
    return job;
}

uint64_t service_desk_invoice_correct(struct services *services, const char *order_id, int64_t version,
                                      const struct service_invoice_title *title)
{
    struct service_job *job = job_for_invoice(SERVICE_DESK_INVOICE_CORRECT, order_id, version);
    job->request.title = *title;
    return services_send(services, job);
}

uint64_t service_desk_invoice_issue(struct services *services, const char *order_id, int64_t version,
                                    const char *document)
{
    struct service_job *job = job_for_invoice(SERVICE_DESK_INVOICE_ISSUE, order_id, version);
    (void)text_copy(job->request.text, sizeof(job->request.text), document);
    return services_send(services, job);
}
