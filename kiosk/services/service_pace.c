#include "kiosk/services/service_pace.h"

#include <string.h>

#include "kiosk/base/text.h"

void service_pace_init(struct service_pace *pace, int64_t poll_ms)
{
    *pace = (struct service_pace){.poll_ms = poll_ms > 0 ? poll_ms : SERVICE_PACE_NEXT_MS};
}

static int64_t scaled(const struct service_pace *pace, int64_t ms)
{
    return ms * pace->poll_ms / SERVICE_PACE_NEXT_MS;
}

static int find(const struct service_pace *pace, const char *out_trade_no)
{
    for (int i = 0; i < SERVICE_PACE_ROWS; i++)
        if (strcmp(pace->row[i].out_trade_no, out_trade_no) == 0)
            return i;
    return -1;
}

/* The attempt's row; a new one takes a free place, or that of the row due longest ago. */
static struct service_pace_row *row_of(struct service_pace *pace, const char *out_trade_no)
{
    int found = find(pace, out_trade_no);
    if (found >= 0)
        return &pace->row[found];
    struct service_pace_row *row = &pace->row[0];
    for (int i = 0; i < SERVICE_PACE_ROWS && row->out_trade_no[0] != 0; i++)
        if (pace->row[i].out_trade_no[0] == 0 || pace->row[i].due_ms < row->due_ms)
            row = &pace->row[i];
    *row = (struct service_pace_row){0};
    (void)text_copy(row->out_trade_no, sizeof(row->out_trade_no), out_trade_no);
    return row;
}

/* --- codes ------------------------------------------------------------------------------------------- */

void service_pace_shown(struct service_pace *pace, const char *out_trade_no, int64_t now_ms)
{
    row_of(pace, out_trade_no)->due_ms = now_ms + scaled(pace, SERVICE_PACE_FIRST_MS);
}

bool service_pace_may_ask(const struct service_pace *pace, const char *out_trade_no, int64_t now_ms)
{
    int found = find(pace, out_trade_no);
    return found < 0 || now_ms >= pace->row[found].due_ms;
}

void service_pace_asked(struct service_pace *pace, const char *out_trade_no, int64_t now_ms)
{
    row_of(pace, out_trade_no)->due_ms = now_ms + scaled(pace, SERVICE_PACE_NEXT_MS);
}

/* --- refunds ----------------------------------------------------------------------------------------- */

void service_pace_refund_begun(struct service_pace *pace, const char *out_trade_no, int64_t now_ms)
{
    struct service_pace_row *row = row_of(pace, out_trade_no);
    row->due_ms = now_ms;
    row->failures = 0;
    row->is_refund = row->sends = true;
}

enum service_pace_act service_pace_refund_due(struct service_pace *pace, const char *out_trade_no,
                                              int64_t age_ms, int64_t now_ms)
{
    struct service_pace_row *row = row_of(pace, out_trade_no);
    if (!row->is_refund) {
        int64_t wait_ms = scaled(pace, SERVICE_PACE_REFUND_QUERY_MS) - age_ms;
        row->is_refund = true;
        row->due_ms = now_ms + (wait_ms > 0 ? wait_ms : 0);
    }
    if (now_ms < row->due_ms)
        return SERVICE_PACE_WAIT;
    if (!row->sends)
        return SERVICE_PACE_ASK;
    bool is_too_soon =
        pace->refund_ms != 0 && now_ms < pace->refund_ms + scaled(pace, SERVICE_PACE_REFUND_GAP_MS);
    return is_too_soon ? SERVICE_PACE_WAIT : SERVICE_PACE_REFUND;
}

static void wait_for_fate(const struct service_pace *pace, struct service_pace_row *row, bool answered,
                          int64_t now_ms)
{
    row->failures = answered ? 0 : row->failures + 1;
    int64_t wait_ms = (int64_t)SERVICE_PACE_REFUND_QUERY_MS * (1 + row->failures);
    if (wait_ms > SERVICE_PACE_REFUND_MOST_MS)
        wait_ms = SERVICE_PACE_REFUND_MOST_MS;
    row->sends = false;
    row->due_ms = now_ms + scaled(pace, wait_ms);
}

void service_pace_refund_sent(struct service_pace *pace, const char *out_trade_no, bool answered,
                              int64_t now_ms)
{
    pace->refund_ms = now_ms;
    wait_for_fate(pace, row_of(pace, out_trade_no), answered, now_ms);
}

void service_pace_refund_asked(struct service_pace *pace, const char *out_trade_no, bool answered,
                               bool is_absent, int64_t now_ms)
{
    struct service_pace_row *row = row_of(pace, out_trade_no);
    if (answered && is_absent) {
        row->sends = true;
        row->due_ms = now_ms;
    } else {
        wait_for_fate(pace, row, answered, now_ms);
    }
}
