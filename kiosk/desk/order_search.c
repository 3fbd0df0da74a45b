#include "kiosk/desk/order_search.h"

#include <string.h>

bool order_search_means(const struct service_queue_line *line, const char *text)
{
    return text[0] != 0 && (strstr(line->order.acceptance, text) != NULL ||
                            strstr(line->unit, text) != NULL || strcmp(line->phone_tail, text) == 0);
}

static const struct service_queue_line *find_in(const struct service_queue_line *lines, size_t count,
                                                const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (order_search_means(&lines[i], text))
            return &lines[i];
    return NULL;
}

const struct service_queue_line *order_search_find(const struct ui *ui, const char *text)
{
    const struct service_desk *view = desk_view(ui);
    const struct service_queue_line *line = find_in(view->queue, view->queue_count, text);
    if (line == NULL)
        line = find_in(view->alarms, view->alarm_count, text);
    if (line == NULL)
        line = find_in(view->recent, view->recent_count, text);
    if (line == NULL)
        line = find_in(view->soft, view->soft_count, text);
    return line;
}

static bool is_queued(const struct ui *ui, const struct order *order)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->queue_count; i++)
        if (strcmp(view->queue[i].order.id, order->id) == 0)
            return true;
    return false;
}

void order_search_go(struct ui *ui, const char *text)
{
    const struct service_queue_line *line = order_search_find(ui, text);
    if (line != NULL)
        ui_reset(ui, is_queued(ui, &line->order) ? DESK_REVIEW : DESK_ORDERS, line->order.id);
    else if (text[0] != 0)
        ui_toast(ui, ICON_SEARCH, desk_text(ui, "desk.search.none"));
}
