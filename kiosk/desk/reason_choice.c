#include "kiosk/desk/reason_choice.h"

#include <stdio.h>

enum { GAP = 8 };

static const char *words_of(const struct ui *ui, const struct reason_choice *choice, size_t index)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "desk.%s.reason.%s", choice->words, choice->names[index]);
    return desk_text(ui, key);
}

const char *reason_choice_given(const struct ui *ui, const struct reason_choice *choice)
{
    return choice->own[0] != 0  ? choice->own
           : choice->chosen > 0 ? words_of(ui, choice, choice->chosen - 1)
                                : "";
}

void reason_choice_draw(struct ui *ui, struct rect area, const struct reason_choice *choice)
{
    for (int i = 0; i < REASON_CHOICE_COUNT; i++) {
        char id[64];
        (void)snprintf(id, sizeof(id), "%s.reason.%s", choice->id, choice->names[i]);
        (void)widget_button(ui, rect_column(rect_row(area, i / 2, 2, GAP), i % 2, 2, GAP),
                            &(struct widget_button){.id = id,
                                                    .label = words_of(ui, choice, (size_t)i),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_DESK_CAPTION,
                                                    .selected = choice->chosen == (size_t)i + 1,
                                                    .tag = i});
    }
}
