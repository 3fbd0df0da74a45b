/* A terminal in words: mood, machine, step, fault, spans. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_wall.h"

static int64_t now_of(const struct ui *ui)
{
    return clock_utc_s(desk_program(ui)->clock);
}

static bool is_fault(enum device_state state)
{
    return state == DEVICE_OFFLINE || state == DEVICE_PAPER_OUT || state == DEVICE_JAMMED ||
           state == DEVICE_COVER_OPEN || state == DEVICE_FAULTY;
}

void desk_wall_fault(const struct ui *ui, const struct service_terminal *terminal, char out[64])
{
    const struct {
        const char *key;
        enum device_state state;
    } all[] = {{"wall.device.printer", terminal->devices.printer},
               {"wall.device.scanner", terminal->devices.scanner},
               {"wall.device.idcard", terminal->devices.idcard},
               {"wall.device.writer", terminal->devices.writer}};
    char key[WORDS_KEY_BYTES];
    out[0] = 0;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]) && out[0] == 0; i++) {
        if (!is_fault(all[i].state))
            continue;
        (void)snprintf(key, sizeof(key), "device.state.%s", device_state_name(all[i].state));
        (void)snprintf(out, 64, "%s%s", desk_text(ui, all[i].key), desk_text(ui, key));
    }
}

enum desk_wall_mood desk_wall_mood(const struct ui *ui, const struct service_terminal *terminal)
{
    char fault[64];
    bool is_there = terminal->visit[0] != 0;
    desk_wall_fault(ui, terminal, fault);
    if (terminal->is_calling)
        return DESK_WALL_CALL;
    if (terminal->is_closed && !is_there)
        return DESK_WALL_CLOSED;
    if (!terminal->is_alive)
        return DESK_WALL_SILENT;
    if (fault[0] != 0)
        return DESK_WALL_FAULT;
    if (!is_there)
        return DESK_WALL_IDLE;
    if (strcmp(terminal->screen, "review") == 0)
        return DESK_WALL_WAITS;
    return now_of(ui) - terminal->step_since_utc_s > DESK_WALL_SLOW_S ? DESK_WALL_SLOW : DESK_WALL_BUSY;
}

void desk_wall_fit(struct ui *ui, enum theme_type type, const char *text, int width, char out[192])
{
    widget_label_fit(ui, type, text, width, out, 192);
}

const struct service_terminal *desk_wall_find(const struct ui *ui, const char *id)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->terminal_count; i++)
        if (strcmp(view->terminals[i].id, id) == 0)
            return &view->terminals[i];
    return NULL;
}
