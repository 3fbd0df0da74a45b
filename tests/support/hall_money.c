#include "tests/support/hall_money.h"

#include <string.h>

#include "kiosk/base/text.h"

void hall_money_begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_desk_sign_in(&scene->desk, "chen");
}

const struct service_queue_line *hall_money_line(struct hall_scene *scene)
{
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    const struct service_desk *desk = services_desk(scene->desk.services);
    for (size_t i = 0; i < desk->money_count; i++)
        if (strcmp(desk->money[i].order.id, scene->order.id) == 0)
            return &desk->money[i];
    return NULL;
}

struct service_hand_note hall_money_note(const char *method, const char *reference, int64_t amount_fen)
{
    struct service_hand_note note = {.amount_fen = amount_fen};
    (void)text_copy(note.method, sizeof(note.method), method);
    (void)text_copy(note.reference, sizeof(note.reference), reference);
    return note;
}

uint64_t hall_money_take(struct hall_scene *scene, const char *method, const char *reference,
                         int64_t amount_fen)
{
    const struct service_hand_note note = hall_money_note(method, reference, amount_fen);
    return service_desk_money_take(scene->desk.services, scene->order.id, &note);
}
