/* Agreement: read to the end, then agreed to; the order is opened with the agreement's version (a05). */
#include <stdio.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/screens/reading.h"
#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/unfinished.h"

enum {
    TIMER_MEASURED = 0,
    POINTS_WIDTH = 640,
    POINTS_HEAD = 126,
    POINT_HEIGHT = 113,
    POINT_HEIGHT_PORTRAIT = 136,
    READ_WIDTH = 158,
    READ_HEIGHT = 88,
    READ_HEIGHT_PORTRAIT = 72
};

struct screen_agreement_state {
    struct reading reading;
    struct unfinished unfinished;
    bool read_to_end;
    bool reads; /* aloud */
    uint64_t creating;
    char message[192];
};
SCREEN_STATE(agreement)

void screen_agreement_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_agreement_state *state = memory;
    (void)argument;
    unfinished_ask(&state->unfinished, ui);
    ui_timer(ui, TIMER_MEASURED, 1); /* the first drawing measures the pages, the second one says how many */
}

void screen_agreement_leave(void *memory, struct ui *ui)
{
    struct screen_agreement_state *state = memory;
    ui_timer_cancel(ui, TIMER_MEASURED);
    if (state->reads)
        ui_read_aloud(ui, NULL);
}

static void whole_text(const struct product_agreement *agreement, struct buf *out)
{
    buf_init(out, LIMIT_CONFIG_BYTES);
    for (size_t i = 0; i < agreement->paragraph_count; i++)
        check(buf_append_format(out, "%s%s", i > 0 ? "\n" : "", agreement->paragraphs[i]) == STATUS_OK);
}

/* From the beginning, until it is pressed again or the page is left. */
static void read_or_hush(struct screen_agreement_state *state, struct ui *ui)
{
    struct buf text;
    state->reads = !state->reads;
    whole_text(&screen_visit(ui)->product->agreement, &text);
    ui_read_aloud(ui, state->reads ? (const char *)text.data : NULL);
    buf_release(&text);
}

static void agree(struct screen_agreement_state *state, struct ui *ui)
{
    const struct product_operation *operation = screen_visit(ui)->operation;
    if (!state->read_to_end || state->creating != 0 || unfinished_is_asking(&state->unfinished))
        return;
    if (operation->warning_count > 0 || operation->why_count > 0)
        ui_push(ui, SCREEN_HEED, NULL);
    else
        state->creating = service_order_create(screen_services(ui));
}

static void on_created(struct screen_agreement_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->creating = 0;
    if (reply->status == STATUS_OK)
        screen_go(ui);
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_agreement_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_agreement_state *state = memory;
    struct service_reply *reply = NULL;
    if (unfinished_event(&state->unfinished, ui, event))
        return;
    if (ui_tapped(event, "bar.next"))
        agree(state, ui);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    else if (ui_tapped(event, "agreement.read"))
        read_or_hush(state, ui);
    else if (screen_answered(event, state->creating, &reply))
        on_created(state, ui, reply);
    else
        (void)reading_event(&state->reading, event);
    state->read_to_end = state->read_to_end || reading_is_at_end(&state->reading);
}

/* --- drawing: the points beside the text --------------------------------------------------------------- */

static void draw_point(struct ui *ui, struct rect row, const struct product_point *point)
{
    (void)widget_mark_icon(ui, rect_center(rect_cut_left(&row, 72), 72, 72),
                           screen_icon(point->icon, ICON_CHECK), 40, THEME_COLOR_B700, true);
    (void)rect_cut_left(&row, 22);
    int line = widget_label_height(ui, THEME_TYPE_SMALL, point->line, row.w);
    struct rect words = rect_center(row, row.w, 46 + line);
    (void)widget_label(
        ui, rect_cut_top(&words, 46),
        &(struct widget_label){.text = point->title, .type = THEME_TYPE_BODY_L_STRONG, .middle = true});
    (void)widget_label(
        ui, words,
        &(struct widget_label){
            .text = point->line, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_INK700, .middle = true});
}

static bool can_read(const struct ui *ui)
{
    return screen_program(ui)->settings->sound_reader[0] != 0;
}

static struct widget_button read_button(const struct ui *ui, bool reads)
{
    return (struct widget_button){.id = "agreement.read",
                                  .label = screen_text(ui, reads ? "agreement.hush" : "agreement.read"),
                                  .icon = reads ? ICON_SPEAKER_OFF : ICON_SPEAKER,
                                  .look = WIDGET_BUTTON_SOFT};
}

/* One below the other; upright in two columns. */
static void draw_points(struct ui *ui, struct rect area, const struct product_agreement *agreement,
                        bool reads)
{
    bool portrait = ui_is_portrait(ui);
    int columns = portrait ? 2 : 1;
    int height = portrait ? POINT_HEIGHT_PORTRAIT : POINT_HEIGHT;
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, portrait ? 32 : 40, 0);
    struct rect head = rect_cut_top(&inner, portrait ? 84 : POINTS_HEAD);
    head = rect_make(head.x, head.y + (portrait ? 12 : 20), head.w, head.h - 20);
    if (can_read(ui)) {
        struct widget_button button = read_button(ui, reads);
        button.type = THEME_TYPE_BODY_STRONG;
        (void)widget_button(ui,
                            rect_center(rect_cut_right(&head, READ_WIDTH), READ_WIDTH,
                                        portrait ? READ_HEIGHT_PORTRAIT : READ_HEIGHT),
                            &button);
    }
    char key[32];
    (void)snprintf(key, sizeof(key), "agreement.points.%zu", agreement->point_count);
    (void)widget_label(
        ui, head,
        &(struct widget_label){.text = screen_text(ui, key), .type = THEME_TYPE_H2_BOLD, .middle = true});
    for (size_t i = 0; i < agreement->point_count; i++) {
        struct rect row = rect_make(inner.x, inner.y + (int)i / columns * height, inner.w, height);
        draw_point(ui, rect_column(row, (int)i % columns, columns, 16), &agreement->points[i]);
        if (columns == 1 && i + 1 < agreement->point_count)
            (void)widget_panel_line(ui, rect_make(row.x, row.y + row.h - 1, row.w, 2));
    }
}

/* --- drawing: the page --------------------------------------------------------------------------------- */

/* Not agreeing is as easy as agreeing. */
static void add_buttons(struct ui *ui, struct ui_page *page, const struct screen_agreement_state *state,
                        const char *label)
{
    bool done = state->read_to_end || reading_is_at_end(&state->reading);
    bool busy = state->creating != 0 || unfinished_is_asking(&state->unfinished);
    page->primary = (struct widget_button){.label = label,
                                           .icon_right = done && !busy ? ICON_ARROW_RIGHT : ICON_NONE,
                                           .disabled = !done,
                                           .busy = busy};
    page->secondary = (struct widget_button){.id = "bar.exit",
                                             .label = screen_text(ui, "agreement.refuse"),
                                             .look = WIDGET_BUTTON_NEUTRAL,
                                             .way_out = true};
    page->no_exit = true;
}

static bool has_points(const struct ui *ui, const struct product_agreement *agreement)
{
    return !ui_is_large(ui) && agreement->point_count > 0;
}

/* What is left of the content when the points have taken their part; large letters leave them none. */
static struct rect divide(struct ui *ui, struct rect area, const struct product_agreement *agreement,
                          bool reads)
{
    int rows = (int)(agreement->point_count + 1) / 2;
    if (!has_points(ui, agreement))
        return area;
    bool portrait = ui_is_portrait(ui);
    area.h -= portrait ? 0 : 4;
    draw_points(ui,
                portrait ? rect_cut_bottom(&area, 96 + rows * POINT_HEIGHT_PORTRAIT)
                         : rect_cut_right(&area, POINTS_WIDTH),
                agreement, reads);
    (void)(portrait ? rect_cut_bottom(&area, 24) : rect_cut_right(&area, 32));
    return area;
}

static void draw_page(struct ui *ui, struct screen_agreement_state *state, const char *text)
{
    char left[16];
    char label[96];
    char title[192];
    bool portrait = ui_is_portrait(ui);
    int to_read = state->reading.pages > 0 ? state->reading.pages - state->reading.page - 1 : 0;
    const struct product_agreement *agreement = &screen_visit(ui)->product->agreement;
    struct ui_page page = screen_page(ui, SCREEN_AGREEMENT);
    (void)snprintf(left, sizeof(left), "%d", to_read);
    screen_format(ui, label, sizeof(label),
                  to_read == 0 || state->read_to_end ? "agreement.next"
                  : portrait                         ? "agreement.pages_left"
                                                     : "agreement.read_on",
                  {"pages", left});
    screen_format(ui, title, sizeof(title),
                  portrait && ui_is_large(ui) ? "agreement.title_short" : "agreement.title_read",
                  {"title", agreement->title});
    page.title = title;
    page.subtitle = state->message[0] != 0
                        ? state->message
                        : screen_text(ui, can_read(ui) && !ui_is_large(ui) ? "agreement.subtitle_read"
                                                                           : "agreement.subtitle");
    page.step = 1;
    add_buttons(ui, &page, state, label);
    if (can_read(ui) && !has_points(ui, agreement)) {
        page.title_action = read_button(ui, state->reads);
        page.title_action.look = WIDGET_BUTTON_SECONDARY;
    }
    struct rect area = divide(ui, ui_page(ui, &page), agreement, state->reads);
    reading_draw(&state->reading, ui, area, agreement->title, text);
}

void screen_agreement_draw(void *memory, struct ui *ui)
{
    struct screen_agreement_state *state = memory;
    struct buf text;
    whole_text(&screen_visit(ui)->product->agreement, &text);
    draw_page(ui, state, (const char *)text.data);
    buf_release(&text);
    unfinished_draw(ui, &state->unfinished);
}
