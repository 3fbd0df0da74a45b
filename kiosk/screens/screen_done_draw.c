/* Drawing of the last page (a16): what was made on the dark panel, what to take along beside it. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_done.h"
#include "kiosk/screens/screen_list.h"

enum { RESULT_WIDTH = 760, THING = 128, SEAL = 289, SEAL_LEAST = 96, CODE = 156, FACTS_MOST = 4 };

/* --- what was made ----------------------------------------------------------------------------------- */

struct fact {
    const char *name, *value;
};

/* Names on the left, values right aligned in as many lines as they need. */
static int draw_fact(struct ui *ui, struct rect *area, const struct fact *fact, bool measure)
{
    int wide = widget_label_width(ui, THEME_TYPE_READING, fact->name) + 24;
    int line = ui_is_large(ui) ? 60 : 54;
    int lines = widget_label_height(ui, THEME_TYPE_READING_STRONG, fact->value, area->w - wide) /
                screen_lines(ui, THEME_TYPE_READING_STRONG, 1);
    int height = line + (lines > 1 ? (lines - 1) * screen_lines(ui, THEME_TYPE_READING_STRONG, 1) : 0);
    if (measure)
        return height;
    struct rect row = rect_cut_top(area, height);
    struct rect name = rect_make(row.x, row.y, wide, line);
    (void)rect_cut_left(&row, wide);
    (void)widget_label(
        ui, name,
        &(struct widget_label){
            .text = fact->name, .type = THEME_TYPE_READING, .color = THEME_COLOR_ON_DARK2, .middle = true});
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = fact->value,
                                              .type = THEME_TYPE_READING_STRONG,
                                              .color = THEME_COLOR_ON_DARK,
                                              .align = WIDGET_RIGHT,
                                              .middle = true,
                                              .is_private = true});
    return height;
}

static void draw_facts(struct ui *ui, struct rect *area)
{
    const struct service_visit *visit = screen_visit(ui);
    char day[64] = "";
    char key[32];
    (void)clock_format_hall(visit->issue.not_after_utc_s, "%Y 年 %-m 月 %-d 日", day, sizeof(day));
    screen_key_number(visit->issue.key_number, visit->issue.key_serial, key);
    struct fact facts[FACTS_MOST] = {{screen_text(ui, "done.subject"), visit->issue.common_name},
                                     {screen_text(ui, "done.until"), day}};
    int height = 0;
    int count = 2;
    if (key[0] != 0)
        facts[count++] = (struct fact){screen_text(ui, "done.serial"), key};
    if (screen_carried(ui, visit->carried) != NULL)
        facts[count++] = (struct fact){screen_text(ui, "carried.seal"), screen_carried(ui, visit->carried)};
    for (int i = 0; i < count; i++)
        height += draw_fact(ui, area, &facts[i], true);
    struct rect rows = rect_cut_bottom(area, height);
    for (int i = 0; i < count; i++)
        (void)draw_fact(ui, &rows, &facts[i], false);
}

/* What the authority itself says when this operation is through, "" when the program's words are meant. */
static const char *authority_says(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    enum product_operation_code code = product_operation_code(visit->operation);
    if (code == PRODUCT_OPERATION_RENEW)
        return product_says(visit->product, PRODUCT_MESSAGE_RENEWED);
    if (code == PRODUCT_OPERATION_CHANGE)
        return product_says(visit->product, PRODUCT_MESSAGE_CHANGED);
    bool is_written = order_steps_has(&visit->operation->steps, ORDER_STEP_ISSUE) && visit->keys_made <= 1;
    return is_written ? product_says(visit->product, PRODUCT_MESSAGE_WRITTEN) : "";
}

/* "done.ready.<operation>" where the operation made no new certificate; how many where it made several. */
static void write_ready(const struct ui *ui, char *out, size_t size)
{
    const char *said = authority_says(ui);
    char key[WORDS_KEY_BYTES];
    char count[16];
    const struct service_visit *visit = screen_visit(ui);
    (void)snprintf(key, sizeof(key), "done.ready.%s", visit->operation->id);
    (void)snprintf(count, sizeof(count), "%u", visit->keys_made);
    if (*said != 0)
        (void)text_copy(out, size, said);
    else if (words_has(screen_program(ui)->words, key))
        (void)text_copy(out, size, screen_text(ui, key));
    else
        screen_format(ui, out, size, visit->keys_made > 1 ? "done.ready_all" : "done.ready",
                      {"count", count});
}

/* It says ready only after the key was read back and signed with. */
static void draw_result(struct ui *ui, struct rect panel)
{
    bool large = ui_is_large(ui);
    bool tight = large || ui_is_portrait(ui);
    (void)widget_panel(ui, panel, WIDGET_PANEL_BRAND);
    struct rect inner = rect_inset(panel, tight ? 48 : 73, large ? 16 : 36);
    (void)rect_cut_bottom(&inner, tight ? 0 : 41);
    draw_facts(ui, &inner);
    (void)rect_cut_bottom(&inner, tight ? 8 : 26);
    enum theme_type type = tight ? THEME_TYPE_H0 : THEME_TYPE_H0_LARGE;
    struct rect title = rect_cut_bottom(&inner, screen_lines(ui, THEME_TYPE_H0, 1));
    char ready[96];
    write_ready(ui, ready, sizeof(ready));
    (void)rect_cut_bottom(&inner, tight ? 8 : 27);
    int side = inner.h - 12 < SEAL ? inner.h - 12 : SEAL;
    int middle_y = inner.y + inner.h / 2;
    (void)widget_motif_rosette(ui, panel, panel.x + panel.w / 2, middle_y, 331, WIDGET_MOTIF_DEEP);
    if (!tight)
        (void)widget_motif_waves(ui, rect_make(panel.x, panel.y + panel.h - 74, panel.w, 70));
    if (side >= SEAL_LEAST)
        (void)widget_motif_seal(ui, rect_center(inner, side, side));
    (void)widget_label(ui, title,
                       &(struct widget_label){.id = "done.state",
                                              .text = ready,
                                              .type = type,
                                              .color = THEME_COLOR_ON_DARK,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

/* --- what to take along ------------------------------------------------------------------------------ */

struct thing {
    const char *id, *line;
    enum icon icon;
    enum widget_mark_tone tone;
    const char *chip;
};

static void draw_thing(struct ui *ui, struct rect row, const struct thing *thing)
{
    bool done = thing->tone == WIDGET_MARK_GREEN;
    struct rect tile = rect_cut_left(&row, 88);
    (void)widget_mark_icon(ui, rect_center(tile, 88, 88), thing->icon, 48, THEME_COLOR_B700, true);
    (void)rect_cut_left(&row, 28);
    struct widget *chip = widget_mark_pill(ui, row, WIDGET_RIGHT, thing->tone, done ? ICON_CHECK : ICON_NONE,
                                           screen_text(ui, thing->chip));
    row.w = chip->rect.x - 16 - row.x;
    enum theme_type type = ui_is_large(ui) || ui_is_portrait(ui) ? THEME_TYPE_H2 : THEME_TYPE_THING;
    int name = screen_lines(ui, type, 1);
    int line = screen_lines(ui, THEME_TYPE_BODY, 1);
    row = rect_center(row, row.w, name + line - 4);
    (void)widget_label(
        ui, rect_cut_top(&row, name),
        &(struct widget_label){
            .id = thing->id, .text = screen_text(ui, thing->id), .type = type, .middle = true});
    row.y -= 4;
    (void)widget_label(
        ui, rect_make(row.x, row.y, row.w, line),
        &(struct widget_label){
            .text = thing->line, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700, .middle = true});
}

/* What the printer does decides what is said of the receipt. */
static struct thing receipt_of(const struct ui *ui, const struct screen_done_state *state)
{
    struct thing receipt = {.id = "done.receipt", .icon = ICON_RECEIPT, .tone = WIDGET_MARK_GREY};
    receipt.chip = state->printing != 0 ? "done.printing" : state->printed ? "done.please" : "done.to_print";
    if (state->printed)
        receipt.tone = WIDGET_MARK_AMBER;
    else if (state->printing != 0)
        receipt.tone = WIDGET_MARK_BLUE;
    receipt.line = state->message[0] != 0
                       ? state->message
                       : screen_text(ui, state->printed || state->printing != 0 ? "done.receipt_line"
                                                                                : "done.receipt_print");
    return receipt;
}

/* Some orders end without a key in the hand. */
static bool takes_key(const struct ui *ui)
{
    return order_steps_has(&screen_visit(ui)->operation->steps, ORDER_STEP_COLLECT);
}

static void draw_things(struct ui *ui, struct rect card, const struct screen_done_state *state)
{
    const struct thing things[] = {
        {"done.key", screen_text(ui, "done.key_line"), ICON_UKEY,
         state->taken ? WIDGET_MARK_GREEN : WIDGET_MARK_AMBER, state->taken ? "done.taken" : "done.please"},
        {"done.papers", screen_text(ui, "done.papers_line"), ICON_FILE, WIDGET_MARK_AMBER, "done.please"},
        receipt_of(ui, state)};
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 40, 7);
    int first = takes_key(ui) ? 0 : 1;
    for (int i = first; i < 3; i++) {
        struct rect row = rect_row(inner, i - first, 3 - first, 0);
        draw_thing(ui, row, &things[i]);
        if (i > first)
            (void)widget_panel_line(ui, rect_make(row.x, row.y - 2, row.w, 4));
    }
}

/* --- what comes next --------------------------------------------------------------------------------- */

static void draw_code(struct ui *ui, struct rect *area, const struct screen_done_state *state)
{
    if (area->h < CODE || state->qr.side == 0)
        return;
    struct rect tile = rect_center(rect_cut_right(area, CODE), CODE, CODE);
    (void)widget_picture_qr(ui, tile, "done.code", screen_text(ui, "done.code"), &state->qr);
    (void)rect_cut_right(area, 24);
}

static void draw_next_head(struct ui *ui, struct rect head, bool coded)
{
    if (coded)
        (void)widget_label(ui, head,
                           &(struct widget_label){.text = screen_text(ui, "done.scan"),
                                                  .type = THEME_TYPE_SMALL,
                                                  .color = THEME_COLOR_INK700,
                                                  .align = WIDGET_RIGHT,
                                                  .middle = true});
    (void)widget_label(ui, head,
                       &(struct widget_label){.text = screen_text(ui, "done.next"),
                                              .type = THEME_TYPE_BODY_L_STRONG,
                                              .middle = true});
}

/* The product's own words, as far as whole sentences fit; large letters leave no room for a head. */
static void draw_next(struct ui *ui, struct rect card, const struct screen_done_state *state)
{
    const struct product *product = screen_visit(ui)->product;
    bool large = ui_is_large(ui);
    enum theme_type type = large ? THEME_TYPE_SMALL : THEME_TYPE_BODY;
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 40, large ? 12 : 29);
    draw_code(ui, &inner, state);
    if (!large)
        draw_next_head(ui, rect_cut_top(&inner, screen_lines(ui, THEME_TYPE_BODY_L_STRONG, 1) + 4),
                       inner.w < card.w - 80);
    if (!takes_key(ui)) { /* the notices are about a key in the hand */
        (void)widget_label(ui, inner,
                           &(struct widget_label){.text = screen_text(ui, "done.after"),
                                                  .type = type,
                                                  .color = THEME_COLOR_INK700});
        return;
    }
    for (size_t i = 0; i < product->notice_count; i++) {
        int height = widget_label_height(ui, type, product->notices[i], inner.w);
        if (height > inner.h)
            break;
        (void)widget_label(
            ui, rect_cut_top(&inner, height + 4),
            &(struct widget_label){.text = product->notices[i], .type = type, .color = THEME_COLOR_INK700});
    }
}

static bool is_left_behind(const struct screen_done_state *state)
{
    return !state->taken && state->waiting_s >= SCREEN_DONE_PATIENCE_S;
}

static void draw_urgent(struct ui *ui, struct rect area, const struct screen_done_state *state)
{
    bool called = state->waiting_s >= SCREEN_DONE_CALL_S;
    (void)widget_notice_banner(
        ui, area,
        &(struct widget_notice){.id = "done.urgent",
                                .tone = WIDGET_NOTICE_AMBER,
                                .title = screen_text(ui, "done.urgent"),
                                .line = screen_text(ui, called ? "done.urgent_called" : "done.urgent_line")});
}

static void draw_leaving(struct ui *ui, struct rect area, const struct screen_done_state *state)
{
    bool large = ui_is_large(ui);
    draw_things(ui, rect_cut_top(&area, large ? 414 : 3 * THING + 14), state);
    (void)rect_cut_top(&area, large ? 16 : 25);
    if (is_left_behind(state))
        draw_urgent(ui, area, state);
    else if (done_consent_has_card(ui))
        done_consent_draw(ui, area, &state->consent);
    else
        draw_next(ui, area, state);
}

/* --- the page ---------------------------------------------------------------------------------------- */

static void offer(struct ui *ui, struct ui_page *page, const struct screen_done_state *state)
{
    page->no_exit = true;
    page->finished = true;
    page->sound = state->taken ? UI_SOUND_SUCCESS : is_left_behind(state) ? UI_SOUND_URGENT : UI_SOUND_NONE;
    page->primary =
        (struct widget_button){.label = screen_text(ui, state->taken ? "done.leave" : "done.take_first"),
                               .icon_right = state->taken ? ICON_EXIT : ICON_NONE,
                               .disabled = !state->taken,
                               .way_out = true};
    page->secondary =
        (struct widget_button){.label = screen_text(ui, state->printed ? "done.printed" : "done.print"),
                               .icon = ICON_RECEIPT,
                               .busy = state->printing != 0};
}

void screen_done_draw(void *memory, struct ui *ui)
{
    const struct screen_done_state *state = memory;
    bool portrait = ui_is_portrait(ui);
    bool beside = !portrait && !ui_is_large(ui); /* the title stands over the right column */
    char seconds[16];
    char left[96];
    struct ui_page page = screen_page(ui, SCREEN_DONE);
    const char *title = takes_key(ui) ? page.title : screen_text(ui, "done.title_papers");
    (void)snprintf(seconds, sizeof(seconds), "%d", state->left_s);
    screen_format(ui, left, sizeof(left), "done.left", {"seconds", seconds});
    page.title = beside ? NULL : title;
    page.subtitle = beside ? NULL : state->taken ? left : screen_text(ui, "done.take_line");
    if (beside) {
        page.bar_text = screen_text(ui, state->taken ? "done.left_bar" : "done.take_line");
        page.bar_number = state->taken ? seconds : NULL;
        page.bar_icon = state->taken ? ICON_SHIELD : ICON_NONE;
    }
    offer(ui, &page, state);
    struct rect area = ui_page(ui, &page);
    struct rect result =
        portrait ? rect_cut_top(&area, 440) : rect_cut_left(&area, beside ? RESULT_WIDTH : 820);
    (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_left(&area, beside ? 41 : 32));
    draw_result(ui, result);
    if (beside) {
        struct rect head = rect_cut_top(&area, 77);
        head.h = 58;
        (void)widget_label(
            ui, head,
            &(struct widget_label){.id = "page.title", .text = title, .type = THEME_TYPE_H1, .middle = true});
    }
    draw_leaving(ui, area, state);
    done_consent_dialog(ui, &state->consent);
}
