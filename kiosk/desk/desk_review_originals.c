/* Originals: which papers of the case lie there on paper, how many copies, since which day; ticked in a
 * dialog. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_review.h"

enum {
    ROW = 44,
    TITLE = 190,
    STEP = 34,
    COPIES = 44,
    GAP = 6,
    DAY_S = 86400,
    NOON_S = 43200,
    COPIES_MAX = 20
};

static int64_t today(const struct ui *ui)
{
    return clock_hall_day_utc_s(clock_utc_s(desk_program(ui)->clock));
}

/* The day so many days from this one; days of the hall have their own lengths. */
static int64_t day_from(int64_t day_utc_s, int days)
{
    return clock_hall_day_utc_s(day_utc_s + (int64_t)days * DAY_S + NOON_S);
}

size_t desk_review_originals_missing(const struct ui *ui)
{
    const struct service_case *what = desk_review_case(ui);
    size_t missing = 0;
    for (size_t i = 0; i < what->original_count; i++)
        missing += what->originals[i].copies < what->originals[i].wanted;
    return missing;
}

/* --- events -------------------------------------------------------------------------------------------- */

/* What is not there yet is offered as received today, all its copies. */
static void ask(struct desk_review_originals *originals, const struct ui *ui)
{
    const struct service_case *what = desk_review_case(ui);
    originals->asking = true;
    originals->list.count = what->original_count;
    (void)memcpy(originals->list.item, what->originals, sizeof(originals->list.item));
    for (size_t i = 0; i < originals->list.count; i++)
        if (originals->list.item[i].received_utc_s == 0)
            originals->list.item[i].received_utc_s = today(ui);
}

static bool can_go_back(const struct ui *ui, int64_t day_utc_s)
{
    return day_utc_s > day_from(today(ui), -(int)desk_review_product(ui)->received_days);
}

static void change(struct desk_review_originals *originals, const struct ui *ui, const struct ui_event *event)
{
    struct service_original *item = &originals->list.item[event->tag];
    if (ui_tapped_prefix(event, "originals.tick."))
        item->copies = item->copies > 0 ? 0 : item->wanted;
    else if (ui_tapped_prefix(event, "originals.less.") && item->copies > 0)
        item->copies--;
    else if (ui_tapped_prefix(event, "originals.more.") && item->copies < COPIES_MAX)
        item->copies++;
    else if (ui_tapped_prefix(event, "originals.earlier.") && can_go_back(ui, item->received_utc_s))
        item->received_utc_s = day_from(item->received_utc_s, -1);
    else if (ui_tapped_prefix(event, "originals.later.") && item->received_utc_s < today(ui))
        item->received_utc_s = day_from(item->received_utc_s, 1);
}

static bool on_reply(struct desk_review_state *state, const struct ui *ui, const struct service_reply *reply)
{
    state->originals.saving = 0;
    state->originals.asking = reply->status != STATUS_OK;
    state->message[0] = 0;
    if (reply->status != STATUS_OK)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    return true;
}

bool desk_review_originals_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    struct desk_review_originals *originals = &state->originals;
    if (ui_replied(event, originals->saving))
        return on_reply(state, ui, event->data);
    if (event->kind == UI_EVENT_REPLY)
        return false;
    if (!originals->asking && !ui_tapped(event, "review.originals"))
        return false;
    if (!originals->asking)
        ask(originals, ui);
    else if (ui_tapped(event, "originals.no"))
        originals->asking = false;
    else if (ui_tapped(event, "originals.yes") && originals->saving == 0)
        originals->saving = service_desk_originals(desk_program(ui)->services, &originals->list);
    else if (ui_tapped_prefix(event, "originals."))
        change(originals, ui, event);
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

void desk_review_originals_draw(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    const struct service_case *what = desk_review_case(ui);
    size_t missing = desk_review_originals_missing(ui);
    char there[24];
    char count[24];
    char label[64];
    (void)snprintf(there, sizeof(there), "%zu", what->original_count - missing);
    (void)snprintf(count, sizeof(count), "%zu", what->original_count);
    desk_format(ui, label, sizeof(label), "desk.originals.button", {"there", there}, {"count", count});
    (void)widget_button(
        ui, area,
        &(struct widget_button){.id = "review.originals",
                                .label = label,
                                .look = missing > 0 ? WIDGET_BUTTON_SECONDARY : WIDGET_BUTTON_NEUTRAL,
                                .icon = missing > 0 ? ICON_FILE : ICON_CHECK,
                                .type = THEME_TYPE_DESK_TABLE,
                                .busy = state->originals.saving != 0,
                                .disabled = what->decided || what->on_hold});
}

static void draw_step(struct ui *ui, struct rect *row, const char *act, const char *paper, enum icon icon,
                      bool disabled, int64_t tag)
{
    char id[DESK_REVIEW_ID_BYTES];
    char key[WORDS_KEY_BYTES];
    (void)snprintf(id, sizeof(id), "originals.%s.%s", act, paper);
    (void)snprintf(key, sizeof(key), "desk.originals.%s", act);
    struct rect at = rect_cut_left(row, STEP);
    (void)widget_button(ui, rect_make(at.x, at.y + 2, at.w, at.h - GAP),
                        &(struct widget_button){.id = id,
                                                .label = desk_text(ui, key),
                                                .icon = icon,
                                                .icon_only = true,
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .disabled = disabled,
                                                .tag = tag});
}

static void draw_value(struct ui *ui, struct rect at, const char *id, const char *text)
{
    (void)widget_label(
        ui, rect_make(at.x, at.y, at.w, at.h - GAP + 2),
        &(struct widget_label){
            .id = id, .text = text, .type = THEME_TYPE_DESK_TABLE, .align = WIDGET_CENTER, .middle = true});
}

static void draw_title(struct ui *ui, struct rect at, const struct service_original *item, int64_t tag)
{
    const struct product_paper *paper = product_find_paper(desk_review_product(ui), item->paper);
    char id[DESK_REVIEW_ID_BYTES];
    char shown[128];
    bool is_there = item->copies > 0;
    (void)snprintf(id, sizeof(id), "originals.tick.%s", item->paper);
    widget_label_fit(ui, THEME_TYPE_DESK_TABLE, paper->title, at.w - 52, shown, sizeof(shown));
    (void)widget_button(ui, rect_make(at.x, at.y + 2, at.w, at.h - GAP),
                        &(struct widget_button){.id = id,
                                                .label = shown,
                                                .icon = is_there ? ICON_CHECK : ICON_PLUS,
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .type = THEME_TYPE_DESK_TABLE,
                                                .align_left = true,
                                                .selected = is_there,
                                                .tag = tag});
}

static void draw_row(struct ui *ui, struct rect row, const struct service_original *item, int64_t tag)
{
    char number[24];
    char text[48];
    char day[16] = "";
    char id[DESK_REVIEW_ID_BYTES];
    draw_title(ui, rect_cut_left(&row, TITLE), item, tag);
    (void)rect_cut_left(&row, GAP);
    if (item->copies == 0)
        return;
    (void)snprintf(number, sizeof(number), "%u", item->copies);
    desk_format(ui, text, sizeof(text), "desk.originals.copies", {"count", number});
    (void)clock_format_hall(item->received_utc_s, "%m-%d", day, sizeof(day));
    draw_step(ui, &row, "less", item->paper, ICON_MINUS, item->copies <= 1, tag);
    draw_value(ui, rect_cut_left(&row, COPIES), NULL, text);
    draw_step(ui, &row, "more", item->paper, ICON_PLUS, item->copies >= COPIES_MAX, tag);
    (void)rect_cut_left(&row, GAP);
    draw_step(ui, &row, "earlier", item->paper, ICON_CHEVRON_LEFT, !can_go_back(ui, item->received_utc_s),
              tag);
    (void)snprintf(id, sizeof(id), "originals.day.%s", item->paper);
    draw_value(ui, rect_make(row.x, row.y, row.w - STEP, row.h), id, day);
    (void)rect_cut_left(&row, row.w - STEP);
    draw_step(ui, &row, "later", item->paper, ICON_CHEVRON_RIGHT, item->received_utc_s >= today(ui), tag);
}

void desk_review_originals_dialog(struct desk_review_state *state, struct ui *ui)
{
    struct desk_review_originals *originals = &state->originals;
    if (!originals->asking)
        return;
    bool is_told = state->message[0] != 0 && originals->saving == 0;
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){.id = "originals",
                                .title = desk_text(ui, "desk.originals.title"),
                                .line = is_told ? state->message : desk_text(ui, "desk.originals.line"),
                                .icon = ICON_FILE,
                                .left = {.id = "originals.no",
                                         .label = desk_text(ui, "desk.ask.back"),
                                         .look = WIDGET_BUTTON_NEUTRAL,
                                         .shortcut = "Esc",
                                         .way_out = true},
                                .primary = {.id = "originals.yes",
                                            .label = desk_text(ui, "desk.originals.save"),
                                            .busy = originals->saving != 0}},
        (int)originals->list.count * ROW);
    for (size_t i = 0; i < originals->list.count; i++)
        draw_row(ui, rect_cut_top(&r, ROW), &originals->list.item[i], (int64_t)i);
    widget_dialog_end(ui);
}
