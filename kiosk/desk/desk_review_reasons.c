/* What goes back and why: a reason of the product's by mouse or number key, and the clerk's own words. Both
 * reach the applicant word for word. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_review.h"
#include "kiosk/desk/field_name.h"

enum { HEAD = 36, GAP = 6, NOTE = 42, NOTE_ABOVE = 2, NOTE_BOX = 36, KEYS_MAX = 10 };

/* What is pointed at: the field in hand, else the page in the viewer. */
static struct desk_review_item pointed(const struct desk_review_state *state, const struct ui *ui)
{
    struct desk_review_item item = {.kind = state->field[0] != 0 ? ORDER_ITEM_FIELD : ORDER_ITEM_PAPER};
    (void)text_copy(item.item, sizeof(item.item),
                    state->field[0] != 0 ? state->field : desk_review_page_paper(ui, state->shown.page));
    return item;
}

const struct desk_review_item *desk_review_item_of(const struct desk_review_state *state,
                                                   enum order_item_kind kind, const char *item)
{
    for (size_t i = 0; i < state->item_count; i++)
        if (state->items[i].kind == kind && strcmp(state->items[i].item, item) == 0)
            return &state->items[i];
    return NULL;
}

static const struct desk_review_item *in_hand(const struct desk_review_state *state, const struct ui *ui)
{
    struct desk_review_item wanted = pointed(state, ui);
    return desk_review_item_of(state, wanted.kind, wanted.item);
}

void desk_review_pointed(struct desk_review_state *state, const struct ui *ui)
{
    const struct desk_review_item *item = in_hand(state, ui);
    text_edit_set(&state->note, item == NULL ? "" : item->note);
}

/* One without reason and words is none; a full list takes no more. */
static void put(struct desk_review_state *state, const struct ui *ui, size_t reason, const char *note)
{
    struct desk_review_item item = pointed(state, ui);
    const struct desk_review_item *known = in_hand(state, ui);
    size_t at = known == NULL ? state->item_count : (size_t)(known - state->items);
    state->message[0] = 0;
    if (at == ORDER_REJECTIONS_MAX)
        return;
    item.reason = reason;
    (void)text_copy(item.note, sizeof(item.note), note);
    if (reason != 0 || note[0] != 0) {
        state->items[at] = item;
        state->item_count += at == state->item_count;
    } else if (known != NULL) {
        state->items[at] = state->items[--state->item_count];
    }
}

static void toggle(struct desk_review_state *state, const struct ui *ui, size_t reason)
{
    const struct desk_review_item *item = in_hand(state, ui);
    if (reason <= desk_review_product(ui)->reason_count && !desk_review_case(ui)->decided)
        put(state, ui, item != NULL && item->reason == reason ? 0 : reason, state->note.text);
}

/* 1 to 9 and 0 for the tenth, while reasons are chosen. */
static bool on_number(struct desk_review_state *state, const struct ui *ui, const struct ui_event *event)
{
    bool number = event->kind == UI_EVENT_KEY && event->key == INPUT_KEY_CHARACTER &&
                  event->character >= '0' && event->character <= '9';
    if (!state->choosing || !number || ui_edit(ui) != NULL)
        return false;
    toggle(state, ui, event->character == '0' ? KEYS_MAX : (size_t)(event->character - '0'));
    return true;
}

bool desk_review_reasons_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct desk_review_item *item = in_hand(state, ui);
    bool is_note = strcmp(event->id, "review.note") == 0;
    if (ui_tapped_prefix(event, "reason."))
        toggle(state, ui, (size_t)event->tag + 1);
    else if (event->kind == UI_EVENT_CHANGE && is_note)
        put(state, ui, item == NULL ? 0 : item->reason, state->note.text);
    else if (event->kind == UI_EVENT_NEXT && is_note)
        ui_focus(ui, NULL);
    else
        return on_number(state, ui, event);
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static void draw_reason(const struct desk_review_state *state, struct ui *ui, struct rect area, size_t index)
{
    const struct product_reason *reason = &desk_review_product(ui)->reasons[index];
    const struct desk_review_item *item = in_hand(state, ui);
    const char *end = strstr(reason->text, "。");
    char id[DESK_REVIEW_ID_BYTES];
    char words[160];
    char label[192];
    (void)snprintf(words, sizeof(words), "%zu  %.*s", (index + 1) % KEYS_MAX,
                   end == NULL ? (int)strlen(reason->text) : (int)(end - reason->text), reason->text);
    widget_label_fit(ui, THEME_TYPE_DESK_CAPTION, words, area.w - 28, label, sizeof(label));
    (void)snprintf(id, sizeof(id), "reason.%s", reason->id);
    (void)widget_button(ui, area,
                        &(struct widget_button){.id = id,
                                                .label = label,
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .type = THEME_TYPE_DESK_CAPTION,
                                                .align_left = true,
                                                .selected = item != NULL && item->reason == index + 1,
                                                .disabled = desk_review_case(ui)->decided,
                                                .tag = (int64_t)index});
}

/* What is pointed at, as people call it. */
static void name_item(const struct ui *ui, const struct desk_review_item *item, char out[FIELD_NAME_BYTES])
{
    const struct form *form = desk_review_form(ui);
    if (item->kind == ORDER_ITEM_FIELD)
        field_name(ui, form, form_find(form, item->item), out);
    else
        (void)text_copy(out, FIELD_NAME_BYTES, desk_review_title(ui, item->item));
}

/* For which field or page the reasons are; of a chosen one the whole sentence as the applicant will read it.
 */
static void draw_head(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    const struct desk_review_item item = pointed(state, ui), *known = in_hand(state, ui);
    bool is_chosen = known != NULL && known->reason > 0;
    char name[FIELD_NAME_BYTES], text[384], shown[384];
    const char *title = desk_text(ui, "desk.review.reasons");
    name_item(ui, &item, name);
    (void)widget_label(ui, rect_cut_left(&area, widget_label_width(ui, THEME_TYPE_DESK_STRONG, title) + 8),
                       &(struct widget_label){.text = title, .type = THEME_TYPE_DESK_STRONG, .middle = true});
    desk_format(ui, text, sizeof(text),
                is_chosen         ? "desk.review.reasons_chosen"
                : state->choosing ? "desk.review.reasons_keys"
                                  : "desk.review.reasons_for",
                {"item", name},
                {"reason", is_chosen ? desk_review_product(ui)->reasons[known->reason - 1].text : ""});
    widget_label_fit(ui, THEME_TYPE_DESK_CAPTION, text, area.w, shown, sizeof(shown));
    (void)widget_label(ui, area,
                       &(struct widget_label){.id = "review.target",
                                              .text = shown,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = is_chosen ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700,
                                              .middle = true});
}

void desk_review_reasons_draw(struct desk_review_state *state, struct ui *ui, struct rect area)
{
    size_t count = desk_review_product(ui)->reason_count, lines = (count + 1) / 2;
    (void)widget_panel_line(ui, rect_make(area.x + 1, area.y, area.w - 2, 1));
    struct rect r = rect_inset(area, 16, 0);
    draw_head(state, ui, rect_cut_top(&r, HEAD));
    struct rect note = rect_cut_bottom(&r, NOTE);
    r.h -= GAP; /* behind the last row, too */
    for (size_t i = 0; i < count; i++)
        draw_reason(state, ui, rect_column(rect_row(r, (int)(i / 2), (int)lines, GAP), (int)i % 2, 2, GAP),
                    i);
    (void)rect_cut_top(&note, NOTE_ABOVE);
    (void)widget_field(ui, rect_cut_top(&note, NOTE_BOX),
                       &(struct widget_field){.id = "review.note",
                                              .placeholder = desk_text(ui, "desk.review.note"),
                                              .edit = &state->note});
}
