/* Desk program: what the clerk's program does in every section, whoever runs its loop. */
#include "kiosk/desk/desk.h"

enum { CALL_AGAIN_MS = 15000 };

static size_t count_calls(const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->terminal_count && view->signed_in; i++)
        count += view->terminals[i].is_calling;
    return count;
}

/* A new call is heard at once, one that waits again and again, in whatever section the clerk is. */
static void sound_calls(struct ui *ui)
{
    struct desk_program *program = desk_program(ui);
    int64_t now_ms = clock_monotonic_ms(program->clock);
    size_t calls = count_calls(ui);
    bool is_new = calls > program->calls;
    bool is_due = calls > 0 && now_ms - program->call_heard_ms >= CALL_AGAIN_MS;
    program->calls = calls;
    if (!is_new && !is_due)
        return;
    program->call_heard_ms = now_ms;
    ui_sound(ui, UI_SOUND_ATTENTION);
}

void desk_program_drain(struct ui *ui)
{
    struct service_reply reply;
    while (services_receive(desk_program(ui)->services, &reply)) {
        if (reply.id != 0)
            ui_reply(ui, reply.id, &reply);
        else
            ui_notice(ui, (int)reply.kind, &reply);
        service_image_free(reply.image); /* a screen that keeps it has taken the pointer and left NULL */
    }
    sound_calls(ui);
}
