#include "kiosk/desk/terminal_words.h"

#include <stdio.h>

#include "kiosk/base/text.h"

void terminal_words_machine(const struct ui *ui, const struct service_terminal *terminal, char out[48])
{
    if (terminal->machine[0] == 0)
        (void)text_copy(out, 48, terminal->id);
    else
        desk_format(ui, out, 48, "wall.machine", {"machine", terminal->machine});
}

const char *terminal_words_step(const struct ui *ui, const struct service_terminal *terminal)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "wall.step.%s", terminal->screen);
    return words_has(desk_program(ui)->words, key) ? desk_text(ui, key) : terminal->screen;
}

void terminal_words_span(const struct ui *ui, int64_t seconds, char out[32])
{
    char hours[16];
    char minutes[16];
    char rest[16];
    seconds = seconds < 0 ? 0 : seconds > 359999 ? 359999 : seconds;
    bool is_short = seconds < 60;
    (void)snprintf(hours, sizeof(hours), "%d", (int)(seconds / 3600));
    (void)snprintf(minutes, sizeof(minutes), "%d", (int)(seconds / 60 % 60));
    (void)snprintf(rest, sizeof(rest), is_short ? "%d" : "%02d", (int)(seconds % 60));
    desk_format(ui, out, 32,
                is_short         ? "wall.seconds"
                : seconds < 3600 ? "wall.minutes"
                                 : "wall.hours",
                {"hours", hours}, {"minutes", minutes}, {"seconds", rest});
}

const struct product_operation *terminal_words_operation(const struct ui *ui,
                                                         const struct service_terminal *terminal,
                                                         const struct product **product)
{
    const struct product *found = catalogue_find(desk_program(ui)->catalogue, terminal->product);
    if (product != NULL)
        *product = found;
    return found == NULL ? NULL : product_find_operation(found, terminal->operation);
}
