#include "kiosk/screens/password_pair.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/form/rule_password.h"

enum { GAP = 32, GAP_UPRIGHT = 16 };

void password_pair_open(struct password_pair *pair)
{
    text_edit_init(&pair->first, TEXT_EDIT_LATIN, RULE_PASSWORD_MOST);
    text_edit_init(&pair->second, TEXT_EDIT_LATIN, RULE_PASSWORD_MOST);
    pair->first.secret = pair->second.secret = true;
}

void password_pair_wipe(struct password_pair *pair)
{
    text_edit_wipe(&pair->first);
    text_edit_wipe(&pair->second);
}

bool password_pair_is_full(const struct password_pair *pair)
{
    return pair->first.length > 0 && pair->second.length > 0;
}

bool password_pair_take(struct password_pair *pair, const struct ui *ui, struct secret *out, char *message,
                        size_t size)
{
    struct form_error error;
    size_t least = (size_t)screen_program(ui)->settings->login_password_min;
    bool is_fit = secret_set(out, pair->first.text, pair->first.length) == STATUS_OK;
    message[0] = 0;
    if (is_fit && !rule_password_check(least, out, screen_visit(ui)->phone, &error)) {
        words_form_error(screen_program(ui)->words, &error, message, size);
        is_fit = false;
    } else if (is_fit && !secret_is_equal(pair->first.text, pair->first.length, pair->second.text,
                                          pair->second.length)) {
        (void)text_copy(message, size, screen_text(ui, "password.differ"));
        is_fit = false;
    }
    if (!is_fit)
        secret_wipe(out);
    password_pair_wipe(pair);
    return is_fit;
}

bool password_pair_next(struct ui *ui, const struct ui_event *event)
{
    if (event->kind != UI_EVENT_NEXT || strcmp(event->id, "password.first") != 0)
        return false;
    ui_focus(ui, "password.second");
    return true;
}

static void draw(struct ui *ui, struct rect rect, const char *id, const char *label, struct text_edit *edit)
{
    (void)widget_field(ui, rect,
                       &(struct widget_field){.id = id,
                                              .label = screen_text(ui, label),
                                              .placeholder = screen_text(ui, "password.example"),
                                              .edit = edit});
}

int password_pair_height(struct ui *ui)
{
    int height = widget_field_plain_height(ui);
    return ui_is_portrait(ui) ? 2 * height + GAP_UPRIGHT : height;
}

void password_pair_draw(struct ui *ui, struct rect area, struct password_pair *pair)
{
    int height = widget_field_plain_height(ui);
    bool upright = ui_is_portrait(ui);
    struct rect first = upright ? rect_cut_top(&area, height) : rect_column(area, 0, 2, GAP);
    struct rect second = upright ? area : rect_column(area, 1, 2, GAP);
    if (upright)
        (void)rect_cut_top(&second, GAP_UPRIGHT);
    first.h = second.h = height;
    draw(ui, first, "password.first", "password.first", &pair->first);
    draw(ui, second, "password.second", "password.second", &pair->second);
}
