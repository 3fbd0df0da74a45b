/* Welcome: the start of every visit: begin, come back, ask for help (a01). */
#include <stdio.h>

#include "kiosk/catalogue/opening.h"
#include "kiosk/screens/screen_list.h"

enum { PAPERS_SHOWN = 5, PAPER_HEIGHT = 84, TIMER_REST = 0, REST_EVERY_MS = 30000 };

struct screen_welcome_state {
    bool was_empty; /* the writer, while this page stood: only a key put in now is shown */
};
SCREEN_STATE(welcome)

static enum service_key_presence presence_of(const struct ui *ui)
{
    return services_key(screen_services(ui))->presence;
}

void screen_welcome_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_welcome_state *state = memory;
    (void)argument;
    state->was_empty = presence_of(ui) == SERVICE_KEY_ABSENT;
    screen_show_visit(ui);
    ui_timer(ui, TIMER_REST, REST_EVERY_MS);
}

void screen_welcome_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_REST);
}

/* Somebody who tried 大字 or 高对比 here and went away leaves a plain terminal to the next person. */
static void on_rest(struct ui *ui)
{
    int64_t limit_ms = screen_program(ui)->settings->idle_warning_s * 1000;
    if (ui_theme(ui) != THEME_STANDARD && ui_rested_ms(ui) >= limit_ms)
        ui_forget(ui);
    screen_show_visit(ui);
    ui_timer(ui, TIMER_REST, REST_EVERY_MS);
}

/* A key put in alone says all: no button is needed; one that cannot be read is told so. A blank one is the
 * hall's own stock. */
static void on_key(struct screen_welcome_state *state, struct ui *ui)
{
    enum service_key_presence presence = presence_of(ui);
    bool is_shown = state->was_empty && (presence == SERVICE_KEY_CARRYING || presence == SERVICE_KEY_FAULTY);
    state->was_empty = presence == SERVICE_KEY_ABSENT;
    if (is_shown)
        ui_push(ui, SCREEN_HOLDER, NULL);
}

void screen_welcome_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = screen_reply(event);
    if (event->kind == UI_EVENT_NOTICE && reply != NULL && reply->kind == SERVICE_KEY_WATCH)
        on_key(memory, ui);
    else if (event->kind == UI_EVENT_TIMER || event->kind == UI_EVENT_RETURN)
        on_rest(ui);
    else if (ui_tapped(event, "welcome.start"))
        ui_push(ui, SCREEN_PRODUCT, NULL);
    else if (ui_tapped(event, "welcome.resume") || ui_tapped(event, "welcome.orders"))
        ui_push(ui, SCREEN_LOGIN, NULL);
}

/* --- drawing: the hours -------------------------------------------------------------------------------- */

static enum opening_visit opening_now(const struct ui *ui, int64_t *opens_utc_s)
{
    const struct screen_program *program = screen_program(ui);
    return opening_visit_at(program->settings, program->catalogue->calendar, clock_utc_s(ui_clock(ui)),
                            opens_utc_s);
}

/* What can be done here; outside of the hours when the hall opens, and what can be done until then. */
static void write_lines(const struct ui *ui, char *out, size_t size)
{
    char month[4], day[4], time[8], opens[64];
    int64_t opens_utc_s = 0;
    enum opening_visit visit = opening_now(ui, &opens_utc_s);
    (void)clock_format_hall(opens_utc_s, "%-m", month, sizeof(month));
    (void)clock_format_hall(opens_utc_s, "%-d", day, sizeof(day));
    (void)clock_format_hall(opens_utc_s, "%-H:%M", time, sizeof(time));
    screen_format(ui, opens, sizeof(opens), "welcome.opens", {"month", month}, {"day", day}, {"time", time});
    const char *key = visit == OPENING_SERVED    ? "welcome.lines"
                      : visit == OPENING_COUNTED ? "welcome.counted"
                      : opens_utc_s == 0         ? "welcome.closed"
                                                 : "welcome.refused";
    screen_format(ui, out, size, key, {"opens", opens});
}

/* --- drawing: the brand ------------------------------------------------------------------------------- */

/* What a device can do now, as a dot and words; what it cannot, as a sign and words. Returns: where the next
 * one stands. */
static int draw_device(struct ui *ui, struct rect row, enum device_state state, const char *well,
                       const char *out)
{
    bool is_well = state == DEVICE_READY || state == DEVICE_WORKING || state == DEVICE_SUPPLY_LOW;
    const char *text = screen_text(ui, is_well ? well : out);
    int sign = is_well ? 14 : 32;
    struct rect mark = rect_cut_left(&row, sign);
    if (is_well)
        (void)widget_mark_dot(ui, mark, THEME_COLOR_JADE_DARK);
    else
        (void)widget_mark_icon(ui, mark, ICON_WARNING, sign, THEME_COLOR_GOLD300, false);
    (void)rect_cut_left(&row, 12);
    int width = widget_label_width(ui, THEME_TYPE_SMALL, text);
    (void)widget_label(
        ui, rect_cut_left(&row, width),
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_ON_DARK2, .middle = true});
    return row.x + (ui_is_large(ui) ? 28 : 36);
}

/* The hours stand behind the devices where there is room for all of them. */
static void draw_hours(struct ui *ui, struct rect row)
{
    const char *open = screen_program(ui)->settings->hall_open_hours;
    char text[400];
    screen_format(ui, text, sizeof(text), "welcome.hours", {"hours", open});
    if (open[0] == 0 || widget_label_width(ui, THEME_TYPE_SMALL, text) > row.w)
        return;
    (void)widget_label(
        ui, row,
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_ON_DARK2, .middle = true});
}

static void draw_devices(struct ui *ui, struct rect row)
{
    const struct service_devices *devices = services_devices(screen_services(ui));
    const struct {
        enum device_state state;
        const char *well, *out;
    } shown[] = {{devices->printer, "welcome.prints", "welcome.prints_not"},
                 {devices->scanner, "welcome.scans", "welcome.scans_not"},
                 {devices->writer, "welcome.issues", "welcome.issues_not"}};
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
        int next = draw_device(ui, row, shown[i].state, shown[i].well, shown[i].out);
        (void)rect_cut_left(&row, next - row.x);
    }
    (void)rect_cut_left(&row, 24);
    draw_hours(ui, row);
}

/* Side by side; one above the other where large words would not fit beside each other. */
static void draw_ways_in(struct ui *ui, struct rect area, bool upright)
{
    int64_t opens_utc_s = 0;
    struct rect start =
        upright ? rect_row(area, 0, 2, 16) : rect_make(area.x, area.y, area.w * 35 / 64, area.h);
    struct rect resume = upright ? rect_row(area, 1, 2, 16)
                                 : rect_make(start.x + start.w + 32, area.y, area.w - start.w - 32, area.h);
    (void)widget_button(ui, start,
                        &(struct widget_button){.id = "welcome.start",
                                                .label = screen_text(ui, "welcome.start"),
                                                .look = WIDGET_BUTTON_LIGHT,
                                                .type = THEME_TYPE_H0,
                                                .icon_right = ICON_ARROW_RIGHT,
                                                .disabled = opening_now(ui, &opens_utc_s) == OPENING_REFUSED,
                                                .way_out = true});
    (void)widget_button(ui, resume,
                        &(struct widget_button){.id = "welcome.resume",
                                                .label = screen_text(ui, "welcome.resume"),
                                                .line = screen_text(ui, "welcome.resume_line"),
                                                .look = WIDGET_BUTTON_DARK,
                                                .icon = ICON_HISTORY,
                                                .way_out = true});
}

/* Rings round the mark, a rosette round the rings, as far as the panel reaches. */
static void draw_rings(struct ui *ui, struct rect area)
{
    int radius = ui_is_portrait(ui) ? 210 : 268;
    int x = area.x + area.w - (ui_is_portrait(ui) ? 270 : 316);
    int y = area.y + (ui_is_portrait(ui) ? 372 : 374);
    (void)widget_motif_rosette(ui, area, x, y, radius * 1578 / 1000, WIDGET_MOTIF_DARK);
    (void)widget_motif(ui, rect_make(x - radius, y - radius, 2 * radius, 2 * radius), true);
}

/* Upright there is no room for the clock beside the papers; it stands beside the hall's name. */
static void draw_hall(struct ui *ui, struct rect row)
{
    (void)widget_motif_mark(ui, rect_center(rect_cut_left(&row, 72), 72, 72));
    (void)rect_cut_left(&row, 20);
    if (ui_is_portrait(ui)) {
        char time[16];
        (void)clock_format_hall(clock_utc_s(ui_clock(ui)), "%H:%M", time, sizeof(time));
        (void)widget_label(ui, rect_cut_right(&row, widget_label_width(ui, THEME_TYPE_H1, time)),
                           &(struct widget_label){.text = time,
                                                  .type = THEME_TYPE_H1,
                                                  .color = THEME_COLOR_ON_DARK,
                                                  .align = WIDGET_RIGHT,
                                                  .middle = true});
        (void)rect_cut_right(&row, 24);
    }
    const char *hall = screen_program(ui)->settings->hall_name;
    bool is_short = widget_label_width(ui, THEME_TYPE_BODY_L_STRONG, hall) * 11 / 10 < row.w;
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = hall,
                                              .type = THEME_TYPE_BODY_L_STRONG,
                                              .color = THEME_COLOR_ON_DARK,
                                              .spacing = is_short && !ui_is_large(ui) ? 3 : 0,
                                              .middle = true});
}

/* From the bottom: devices, ways in, two lines of what can be done here, the title. */
static void draw_brand_words(struct ui *ui, struct rect inner, bool upright)
{
    bool large = ui_is_large(ui);
    char lines[256];
    write_lines(ui, lines, sizeof(lines));
    (void)rect_cut_bottom(&inner, large ? 32 : 38);
    draw_devices(ui, rect_cut_bottom(&inner, large ? 52 : 42));
    (void)rect_cut_bottom(&inner, large ? 32 : 124);
    draw_ways_in(ui, rect_cut_bottom(&inner, upright ? 304 : large ? 176 : 152), upright);
    (void)rect_cut_bottom(&inner, large ? 32 : 65);
    (void)widget_label(
        ui, rect_cut_bottom(&inner, widget_label_height(ui, THEME_TYPE_LEAD, lines, inner.w)),
        &(struct widget_label){.text = lines, .type = THEME_TYPE_LEAD, .color = THEME_COLOR_ON_DARK2});
    (void)rect_cut_bottom(&inner, large ? 8 : 23);
    (void)widget_label(ui, rect_cut_bottom(&inner, screen_lines(ui, THEME_TYPE_HERO, 2)),
                       &(struct widget_label){.id = "page.title",
                                              .text = screen_text(ui, "welcome.title"),
                                              .type = THEME_TYPE_HERO,
                                              .color = THEME_COLOR_ON_DARK,
                                              .spacing = large ? 0 : 6,
                                              .middle = true});
}

static void draw_brand(struct ui *ui, struct rect area)
{
    bool portrait = ui_is_portrait(ui);
    bool large = ui_is_large(ui);
    struct rect inner = rect_inset(area, portrait ? 64 : 96, 0);
    (void)widget_panel(ui, area, WIDGET_PANEL_DARK);
    if (!large) {
        draw_rings(ui, area);
        (void)widget_motif_waves(ui, rect_make(area.x, area.y + area.h - 152, area.w, 84));
    }
    (void)widget_panel(ui, rect_make(area.x, area.y, area.w, 8), WIDGET_PANEL_GOLD);
    draw_hall(ui, rect_make(inner.x, inner.y + (large ? 28 : 60), inner.w, 96));
    draw_brand_words(ui, inner, portrait && large);
}

/* --- drawing: clock, what to bring, tools -------------------------------------------------------------- */

static void draw_date(struct ui *ui, struct rect area)
{
    char year[8], month[4], day[4], weekday[32], text[64];
    int64_t now = clock_utc_s(ui_clock(ui));
    (void)clock_format_hall(now, "%Y", year, sizeof(year));
    (void)clock_format_hall(now, "%-m", month, sizeof(month));
    (void)clock_format_hall(now, "%-d", day, sizeof(day));
    (void)clock_format_hall(now, "welcome.weekday.%u", weekday, sizeof(weekday));
    screen_format(ui, text, sizeof(text), "welcome.date", {"year", year}, {"month", month}, {"day", day});
    struct widget_label label = {.text = text,
                                 .type = THEME_TYPE_BODY,
                                 .color = THEME_COLOR_INK700,
                                 .align = WIDGET_RIGHT,
                                 .middle = true};
    (void)widget_label(ui, rect_row(area, 0, 2, 0), &label);
    screen_format(ui, text, sizeof(text), "welcome.day", {"weekday", screen_text(ui, weekday)},
                  {"number", screen_program(ui)->settings->terminal_number});
    (void)widget_label(ui, rect_row(area, 1, 2, 0), &label);
}

/* In large letters the date has no room beside the time; the machine's number has. */
static void draw_clock(struct ui *ui, struct rect row)
{
    char text[64];
    bool large = ui_is_large(ui);
    (void)clock_format_hall(clock_utc_s(ui_clock(ui)), "%H:%M", text, sizeof(text));
    (void)widget_label(ui, rect_make(row.x, row.y, row.w / 2, row.h),
                       &(struct widget_label){.id = "welcome.clock",
                                              .text = text,
                                              .type = large ? THEME_TYPE_H1 : THEME_TYPE_CLOCK,
                                              .color = ui_theme(ui) == THEME_CONTRAST ? THEME_COLOR_INK900
                                                                                      : THEME_COLOR_B900,
                                              .middle = true});
    if (!large) {
        draw_date(ui, rect_make(row.x + row.w / 2, row.y + 14, row.w - row.w / 2, 84));
        return;
    }
    screen_format(ui, text, sizeof(text), "header.machine",
                  {"number", screen_program(ui)->settings->terminal_number});
    (void)widget_label(ui, rect_make(row.x + row.w / 2, row.y, row.w - row.w / 2, row.h),
                       &(struct widget_label){.text = text,
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
}

static const char *remark_of(const struct ui *ui, const struct product_paper *paper)
{
    if (paper->code_required)
        return screen_text(ui, ui_is_large(ui) ? "welcome.printed" : "welcome.printed_here");
    return paper->stamped ? screen_text(ui, "welcome.stamped") : "";
}

/* Number, name, and what is to be done with it as far as there is room. */
static void draw_paper(struct ui *ui, struct rect row, int number, const struct product_paper *paper)
{
    bool large = ui_is_large(ui);
    const char *remark = remark_of(ui, paper);
    int side = large ? 56 : 48;
    (void)widget_mark_number(ui, rect_center(rect_cut_left(&row, side), side, side), number);
    (void)rect_cut_left(&row, large ? 16 : 20);
    int name = widget_label_width(ui, THEME_TYPE_ITEM, paper->title);
    int width = widget_label_width(ui, THEME_TYPE_SMALL, remark);
    if (width > 0 && name + 12 + width <= row.w)
        (void)widget_label(ui, rect_cut_right(&row, width),
                           &(struct widget_label){.text = remark,
                                                  .type = THEME_TYPE_SMALL,
                                                  .color = THEME_COLOR_INK700,
                                                  .align = WIDGET_RIGHT,
                                                  .middle = true});
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = paper->title, .type = THEME_TYPE_ITEM, .middle = true});
}

/* The words for an operation in a sentence are shorter than its label; a product may have others. */
static const char *operation_in_words(const struct ui *ui, const struct product_operation *operation)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "operation.%s", operation->id);
    return words_has(screen_program(ui)->words, key) ? screen_text(ui, key) : operation->label;
}

/* The papers of the first product that can be had here, so that people see what to bring before any effort.
 */
static void draw_papers(struct ui *ui, struct rect area)
{
    const struct product *product = screen_program(ui)->catalogue->products[0];
    const struct product_operation *operation = &product->operations[0];
    int count = operation->paper_count > PAPERS_SHOWN ? PAPERS_SHOWN : (int)operation->paper_count;
    char line[160];
    (void)widget_label(ui, rect_cut_top(&area, screen_lines(ui, THEME_TYPE_H2_LARGE, 1)),
                       &(struct widget_label){.text = screen_text(ui, "welcome.bring"),
                                              .type = THEME_TYPE_H2_LARGE,
                                              .middle = true});
    screen_format(ui, line, sizeof(line), "welcome.bring_line", {"product", product->name},
                  {"operation", operation_in_words(ui, operation)});
    (void)rect_cut_top(&area, 6);
    (void)widget_label(
        ui, rect_cut_top(&area, widget_label_height(ui, THEME_TYPE_SMALL, line, area.w)),
        &(struct widget_label){.text = line, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_INK700});
    (void)rect_cut_top(&area, 12);
    int height = count == 0 || area.h / count > PAPER_HEIGHT ? PAPER_HEIGHT : area.h / count;
    for (int i = 0; i < count; i++) {
        struct rect row = rect_cut_top(&area, height);
        draw_paper(ui, row, i + 1, product_operation_paper(product, operation, (size_t)i));
        if (i + 1 < count)
            (void)widget_panel_line(ui, rect_make(row.x, row.y + row.h - 1, row.w, 2));
    }
}

/* Letters, colours and voice. In the narrow column large words leave no room for icons. */
static void draw_switches(struct ui *ui, struct rect row)
{
    bool large = ui_is_large(ui);
    bool narrow = large && !ui_is_portrait(ui);
    bool muted = ui_is_muted(ui);
    const struct {
        const char *id, *label;
        enum icon icon;
    } switches[] = {
        {"bar.large", large ? "welcome.large_off" : "welcome.large", ICON_LARGE_TEXT},
        {"bar.contrast", ui_theme(ui) == THEME_CONTRAST ? "welcome.contrast_off" : "welcome.contrast",
         ICON_CONTRAST},
        {"bar.voice", muted ? "welcome.voice_off" : "welcome.voice", muted ? ICON_SPEAKER_OFF : ICON_SPEAKER},
    };
    enum { SWITCHES = sizeof(switches) / sizeof(switches[0]) };
    for (int i = 0; i < SWITCHES; i++)
        (void)widget_button(
            ui, rect_column(row, i, SWITCHES, 16),
            &(struct widget_button){.id = switches[i].id,
                                    .label = screen_text(ui, switches[i].label),
                                    .look = WIDGET_BUTTON_NEUTRAL,
                                    .type = narrow ? THEME_TYPE_SMALL_STRONG : THEME_TYPE_ITEM,
                                    .icon = narrow ? ICON_NONE : switches[i].icon});
}

static void draw_tools(struct ui *ui, struct rect area)
{
    bool large = ui_is_large(ui);
    struct rect first = rect_cut_top(&area, (area.h - 16) * 7 / 13);
    (void)rect_cut_top(&area, 16);
    struct rect orders =
        large ? rect_column(first, 0, 2, 16) : rect_make(first.x, first.y, (first.w - 16) * 25 / 56, first.h);
    struct rect call = rect_make(orders.x + orders.w + 16, first.y, first.w - orders.w - 16, first.h);
    (void)widget_button(ui, orders,
                        &(struct widget_button){.id = "welcome.orders",
                                                .label = screen_text(ui, "welcome.orders"),
                                                .look = WIDGET_BUTTON_SOFT,
                                                .icon = ICON_LIST,
                                                .way_out = true});
    (void)widget_button(
        ui, call,
        &(struct widget_button){.id = "bar.call",
                                .label = screen_text(ui, large ? "welcome.call_short" : "welcome.call"),
                                .look = WIDGET_BUTTON_SOFT,
                                .icon = ICON_HEADSET});
    draw_switches(ui, area);
}

void screen_welcome_draw(void *memory, struct ui *ui)
{
    (void)memory;
    const struct layout *layout = ui_layout(ui);
    bool portrait = ui_is_portrait(ui);
    bool large = ui_is_large(ui);
    struct rect side = rect_make(0, 0, layout->width, layout->height);
    struct rect brand = portrait ? rect_cut_top(&side, large ? 1112 : 1056) : rect_cut_left(&side, 1216);
    draw_brand(ui, brand);
    (void)widget_panel(ui, side, WIDGET_PANEL_FLAT);
    side = rect_inset(side, 64, portrait ? 40 : 64);
    struct rect tools = rect_cut_bottom(&side, 224);
    (void)rect_cut_bottom(&side, 16);
    if (!portrait) {
        draw_clock(ui, rect_make(side.x, large ? 48 : 60, side.w, large ? 88 : 110));
        (void)widget_panel(ui, rect_make(side.x, large ? 148 : 196, 56, 4), WIDGET_PANEL_GOLD);
        (void)rect_cut_top(&side, large ? 100 : 165);
    }
    draw_papers(ui, side);
    draw_tools(ui, tools);
}
