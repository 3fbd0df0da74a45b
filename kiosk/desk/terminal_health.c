#include "kiosk/desk/terminal_health.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { LOW_PERCENT = 20 };

static bool is_low(int percent)
{
    return percent > 0 && percent <= LOW_PERCENT;
}

static bool prints(enum device_state state)
{
    return state == DEVICE_READY || state == DEVICE_WORKING;
}

void terminal_health_list(const struct service_terminal *terminal,
                          struct terminal_device out[TERMINAL_HEALTH_DEVICES])
{
    const struct service_devices *d = &terminal->devices;
    bool low = prints(d->printer) && (is_low(d->paper_percent) || is_low(d->marker_percent));
    const struct terminal_device all[TERMINAL_HEALTH_DEVICES] = {
        {"printer", low ? DEVICE_SUPPLY_LOW : d->printer},
        {"scanner", d->scanner},
        {"idcard", d->idcard},
        {"writer", d->writer},
        {"authority", d->authority},
        {"payment", d->payment},
        {"sms", d->sms}};
    (void)memcpy(out, all, sizeof(all));
}

enum widget_mark_tone terminal_health_mark(enum device_state state)
{
    return prints(state)                ? WIDGET_MARK_GREEN
           : state == DEVICE_SUPPLY_LOW ? WIDGET_MARK_AMBER
           : state == DEVICE_ABSENT     ? WIDGET_MARK_GREY
                                        : WIDGET_MARK_RED;
}

struct terminal_device terminal_health_worst(const struct service_terminal *terminal)
{
    struct terminal_device all[TERMINAL_HEALTH_DEVICES];
    terminal_health_list(terminal, all);
    struct terminal_device worst = all[0];
    for (int i = 1; i < TERMINAL_HEALTH_DEVICES; i++) {
        enum widget_mark_tone before = terminal_health_mark(worst.state),
                              now = terminal_health_mark(all[i].state);
        if ((now == WIDGET_MARK_RED && before != WIDGET_MARK_RED) ||
            (now == WIDGET_MARK_AMBER && before != WIDGET_MARK_RED && before != WIDGET_MARK_AMBER))
            worst = all[i];
    }
    return worst;
}

enum widget_mark_tone terminal_health_tone(const struct service_terminal *terminal)
{
    enum widget_mark_tone tone = terminal_health_mark(terminal_health_worst(terminal).state);
    if (terminal->is_closed)
        return tone == WIDGET_MARK_RED ? tone : WIDGET_MARK_GREY;
    if (!terminal->is_alive)
        return WIDGET_MARK_RED;
    if (tone == WIDGET_MARK_GREY || tone == WIDGET_MARK_GREEN)
        return terminal->is_low ? WIDGET_MARK_AMBER : WIDGET_MARK_GREEN;
    return tone;
}

size_t terminal_health_count(const struct service_desk *view, enum widget_mark_tone tone)
{
    size_t count = 0;
    for (size_t i = 0; i < view->terminal_count; i++)
        count += terminal_health_tone(&view->terminals[i]) == tone;
    return count;
}

/* --- words -------------------------------------------------------------------------------------------- */

const char *terminal_health_state(const struct ui *ui, enum device_state state)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "device.state.%s", device_state_name(state));
    return desk_text(ui, key);
}

const char *terminal_health_device(const struct ui *ui, const char *name)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "device.%s", name);
    return desk_text(ui, key);
}

void terminal_health_printer(const struct ui *ui, const struct service_devices *devices, char out[48])
{
    char percent[16];
    bool by_marker = is_low(devices->marker_percent) && !is_low(devices->paper_percent);
    int level = by_marker ? devices->marker_percent : devices->paper_percent;
    bool is_told = level > 0 && (prints(devices->printer) || devices->printer == DEVICE_SUPPLY_LOW);
    (void)snprintf(percent, sizeof(percent), "%d", level);
    if (is_told)
        desk_format(ui, out, 48, by_marker ? "desk.devices.marker" : "desk.devices.paper",
                    {"percent", percent});
    else
        (void)text_copy(out, 48, terminal_health_state(ui, devices->printer));
}

void terminal_health_key(const struct ui *ui, const struct service_terminal *terminal, char out[48])
{
    static const char *const keys[] = {[SERVICE_KEY_UNKNOWN] = "assist.none",
                                       [SERVICE_KEY_ABSENT] = "desk.devices.key.absent",
                                       [SERVICE_KEY_BLANK] = "desk.devices.key.blank",
                                       [SERVICE_KEY_CARRYING] = "desk.devices.key.carrying",
                                       [SERVICE_KEY_FAULTY] = "desk.devices.key.faulty"};
    if (terminal->has_stock)
        (void)snprintf(out, 48, "%lld", (long long)terminal->blank_keys);
    else
        (void)text_copy(out, 48, desk_text(ui, keys[terminal->devices.key]));
}

enum widget_mark_tone terminal_health_key_mark(const struct service_terminal *terminal)
{
    const struct service_devices *devices = &terminal->devices;
    if (terminal->has_stock)
        return terminal->is_low ? WIDGET_MARK_AMBER : WIDGET_MARK_GREEN;
    return devices->key == SERVICE_KEY_BLANK      ? WIDGET_MARK_GREEN
           : devices->key == SERVICE_KEY_FAULTY   ? WIDGET_MARK_RED
           : devices->key == SERVICE_KEY_CARRYING ? WIDGET_MARK_BLUE
                                                  : WIDGET_MARK_GREY;
}

bool terminal_health_lacks_key(const struct service_terminal *terminal)
{
    return terminal->is_alive && !terminal->is_closed && terminal->devices.writer == DEVICE_READY &&
           terminal->devices.key == SERVICE_KEY_ABSENT;
}
