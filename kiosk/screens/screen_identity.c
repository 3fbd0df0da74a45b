/* Identity: the applicant stands before a clerk with the original card, or the clerk comes here (a11). What
 * the page says depends on the product's way of proving it; the words stand under "identity.<way>.". */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { PANEL_WIDTH = 860, PANEL_WIDTH_LARGE = 620, GUTTER = 40, GAP = 14, NOTE_HEIGHT = 116 };

/* How the check stands. */
enum standing { WAITING, CHECKING, REFUSED };

struct screen_identity_state {
    uint64_t correcting;
    size_t read_refusals; /* the last one was read, another try is due */
    char message[192];
};
SCREEN_STATE(identity)

void screen_identity_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_identity_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static enum standing standing_of(const struct ui *ui, const struct screen_identity_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    if (visit->attention.is_open)
        return CHECKING;
    return visit->rejections.count > 0 && visit->attention.refusals > state->read_refusals ? REFUSED
                                                                                           : WAITING;
}

/* --- events ------------------------------------------------------------------------------------------ */

static void try_again(struct screen_identity_state *state, struct ui *ui)
{
    state->read_refusals = screen_visit(ui)->attention.refusals;
    if (screen_visit(ui)->clerk_called)
        return;
    (void)service_call_clerk(screen_services(ui), true);
    ui_toast(ui, ICON_HEADSET, screen_text(ui, "call.sent"));
}

void screen_identity_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_identity_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->correcting, &reply)) {
        state->correcting = 0;
        if (!screen_moved_on(ui, SCREEN_IDENTITY))
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_IDENTITY);
    } else if (ui_tapped(event, "bar.next")) {
        try_again(state, ui);
    } else if (ui_tapped(event, "bar.secondary") && state->correcting == 0) {
        state->correcting = service_order_event(screen_services(ui), ORDER_EVENT_FORM_CORRECTING);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- words ------------------------------------------------------------------------------------------- */

/* "identity.<way>.<what>". */
static const char *way_text(const struct ui *ui, const char *what)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "identity.%s.%s",
                   product_identity_name(screen_visit(ui)->operation->identity[0]), what);
    return screen_text(ui, key);
}

/* "identity.<way>.<standing>_<what>". */
static const char *standing_text(const struct ui *ui, enum standing standing, const char *what)
{
    static const char *const names[] = {
        [WAITING] = "waiting", [CHECKING] = "checking", [REFUSED] = "refused"};
    char whole[48];
    (void)snprintf(whole, sizeof(whole), "%s_%s", names[standing], what);
    return way_text(ui, whole);
}

/* 王*小·500***********0054 */
static void write_person(const struct ui *ui, char *out, size_t size)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct form *form = product_operation_form(visit->product, visit->operation);
    const struct form_values *values = services_values(screen_services(ui));
    struct buf shown;
    buf_init(&shown, LIMIT_FIELD_BYTES);
    enum status status = form_mask_name(form_value(form, values, visit->operation->identity_name), &shown);
    if (status == STATUS_OK)
        status = buf_append(&shown, "·", sizeof("·") - 1);
    if (status == STATUS_OK)
        status = form_mask(form_value(form, values, visit->operation->identity_number), &shown);
    *out = 0;
    if (status == STATUS_OK)
        (void)text_copy(out, size, (const char *)shown.data);
    buf_wipe(&shown);
}

static void write_wait(const struct ui *ui, enum standing standing, char *out, size_t size)
{
    char count[24];
    (void)snprintf(count, sizeof(count), "%zu", screen_visit(ui)->attention.ahead);
    if (standing == WAITING && screen_visit(ui)->attention.ahead > 0)
        screen_format(ui, out, size, "identity.ahead", {"count", count});
    else
        (void)text_copy(out, size, standing_text(ui, standing, "line"));
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_centred(struct ui *ui, const char *id, struct rect rect, enum theme_type type,
                         enum theme_color color, const char *text)
{
    (void)widget_label(
        ui, rect,
        &(struct widget_label){
            .id = id, .text = text, .type = type, .color = color, .align = WIDGET_CENTER, .middle = true});
}

static int words_height(struct ui *ui, const char *head, const char *line, int width)
{
    return widget_label_height(ui, THEME_TYPE_H0, head, width) +
           widget_label_height(ui, THEME_TYPE_BODY_L, line, width);
}

static void draw_pill(struct ui *ui, struct rect area, const char *text)
{
    enum { PAD = 100, LEAST = 400 };
    int width = widget_label_width(ui, THEME_TYPE_H2, text) + PAD;
    width = width < LEAST ? LEAST : width > area.w ? area.w : width;
    struct rect at = rect_center(area, width, area.h);
    (void)widget_panel(ui, at, WIDGET_PANEL_PILL);
    draw_centred(ui, "identity.pill", at, THEME_TYPE_H2, THEME_COLOR_INK900, text);
}

/* Where to go and how it stands; the drawing where there is room for it. */
static void draw_panel(struct ui *ui, struct rect area, enum standing standing)
{
    enum { PAD = 36, PILL = 80, PILL_LARGE = 100, GAP_WORDS = 20, EMBLEM_MOST = 420, EMBLEM_LEAST = 130 };
    static const enum widget_mark_state rings[] = {
        [WAITING] = WIDGET_MARK_OPEN, [CHECKING] = WIDGET_MARK_NOW, [REFUSED] = WIDGET_MARK_FAILED};
    char line[96];
    const char *head = standing_text(ui, standing, "head");
    int pill = ui_is_large(ui) ? PILL_LARGE : PILL;
    write_wait(ui, standing, line, sizeof(line));
    (void)widget_panel(ui, area, WIDGET_PANEL_BRAND);
    struct rect inner = rect_inset(area, PAD, PAD);
    int words = words_height(ui, head, line, inner.w);
    int spare = inner.h - words - pill - 2 * GAP_WORDS;
    if (spare < EMBLEM_LEAST)
        inner = rect_center(inner, inner.w, words + pill + GAP_WORDS);
    draw_pill(ui, rect_cut_bottom(&inner, pill), standing_text(ui, standing, "pill"));
    (void)rect_cut_bottom(&inner, GAP_WORDS);
    draw_centred(ui, NULL, rect_cut_bottom(&inner, widget_label_height(ui, THEME_TYPE_BODY_L, line, inner.w)),
                 THEME_TYPE_BODY_L, THEME_COLOR_ON_DARK2, line);
    draw_centred(ui, "identity.state",
                 rect_cut_bottom(&inner, widget_label_height(ui, THEME_TYPE_H0, head, inner.w)),
                 THEME_TYPE_H0, THEME_COLOR_ON_DARK, head);
    if (spare < EMBLEM_LEAST)
        return;
    int side = spare < EMBLEM_MOST ? spare : EMBLEM_MOST;
    (void)widget_emblem(ui, rect_center(rect_cut_top(&inner, spare), side, side), rings[standing],
                        way_text(ui, "card"));
}

/* The three stops of the check; which is now and how the last ended depends on the standing. */
static void fill_stops(const struct ui *ui, enum standing standing, const char *person,
                       struct widget_timeline_stop stops[3])
{
    bool refused = standing == REFUSED;
    bool checking = standing == CHECKING;
    stops[0] =
        (struct widget_timeline_stop){.id = "identity.card",
                                      .number = 1,
                                      .title = way_text(ui, "card"),
                                      .line = person,
                                      .is_private = true,
                                      .state = standing == WAITING ? WIDGET_MARK_NOW : WIDGET_MARK_DONE};
    stops[1] = (struct widget_timeline_stop){.id = "identity.compare",
                                             .number = 2,
                                             .title = way_text(ui, "compare"),
                                             .line = way_text(ui, checking ? "compare_now" : "compare_line"),
                                             .state = refused    ? WIDGET_MARK_DONE
                                                      : checking ? WIDGET_MARK_NOW
                                                                 : WIDGET_MARK_OPEN};
    stops[2] = (struct widget_timeline_stop){.id = "identity.result",
                                             .number = 3,
                                             .title = screen_text(ui, "identity.result"),
                                             .line = refused ? screen_visit(ui)->rejections.item[0].reason
                                                             : screen_text(ui, "identity.result_line"),
                                             .state = refused ? WIDGET_MARK_FAILED : WIDGET_MARK_OPEN};
}

static int stops_height(struct ui *ui, const struct widget_timeline_stop stops[3], int width)
{
    int height = 2 * GAP;
    for (int i = 0; i < 3; i++)
        height += widget_timeline_card_height(ui, &stops[i], width);
    return height;
}

/* Large letters: what is done or still to come says its title only, until all three have room. */
static void shorten_stops(struct ui *ui, struct widget_timeline_stop stops[3], struct rect area)
{
    for (int i = 2; i >= 0 && stops_height(ui, stops, area.w) > area.h; i--)
        if (stops[i].state == WIDGET_MARK_OPEN || stops[i].state == WIDGET_MARK_DONE)
            stops[i].line = NULL;
}

static void draw_note(struct ui *ui, struct rect area)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_SUNK);
    struct rect inner = rect_inset(area, 30, 8);
    (void)widget_mark_icon(ui, rect_cut_left(&inner, 40), ICON_SHIELD, 40, THEME_COLOR_B700, false);
    (void)rect_cut_left(&inner, 24);
    (void)widget_label(ui, inner,
                       &(struct widget_label){.text = way_text(ui, "note"),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

/* Landscape: what is left over goes to the cards alike. */
static void draw_stops(struct ui *ui, struct rect area, const struct widget_timeline_stop stops[3])
{
    int spare = (area.h - stops_height(ui, stops, area.w)) / 3;
    spare = spare < 0 || ui_is_portrait(ui) ? 0 : spare;
    for (int i = 0; i < 3; i++) {
        struct rect card = rect_cut_top(&area, widget_timeline_card_height(ui, &stops[i], area.w) + spare);
        widget_timeline_card(ui, card, &stops[i]);
        if (stops[i].state == WIDGET_MARK_NOW && i == 1)
            (void)widget_mark_spinner(ui, rect_make(card.x + card.w - 88, card.y + 28, 48, 48),
                                      stops[i].line);
        (void)rect_cut_top(&area, GAP);
    }
}

static struct ui_page page_of(const struct ui *ui, const struct screen_identity_state *state,
                              enum standing standing)
{
    struct ui_page page = screen_page(ui, SCREEN_IDENTITY);
    page.subtitle = state->message[0] != 0 ? state->message : standing_text(ui, standing, "subtitle");
    if (standing == REFUSED) {
        page.primary = (struct widget_button){.label = screen_text(ui, "identity.again"),
                                              .icon_right = ICON_ARROW_RIGHT};
        page.secondary =
            (struct widget_button){.label = screen_text(ui, "identity.mend"), .busy = state->correcting != 0};
        return page;
    }
    page.no_call = true;
    page.secondary = (struct widget_button){
        .id = "bar.call", .label = screen_text(ui, "identity.call"), .icon = ICON_HEADSET};
    return page;
}

static void draw_portrait(struct ui *ui, struct rect area, enum standing standing,
                          struct widget_timeline_stop stops[3])
{
    shorten_stops(ui, stops, rect_make(area.x, area.y, area.w, area.h - 400));
    struct rect cards = rect_cut_bottom(&area, stops_height(ui, stops, area.w));
    (void)rect_cut_bottom(&area, 24);
    if (area.h > 700) {
        draw_note(ui, rect_cut_bottom(&area, NOTE_HEIGHT));
        (void)rect_cut_bottom(&area, 24);
    }
    draw_panel(ui, area, standing);
    draw_stops(ui, cards, stops);
}

static void draw_landscape(struct ui *ui, struct rect area, struct rect panel, enum standing standing,
                           struct widget_timeline_stop stops[3])
{
    draw_panel(ui, panel, standing);
    if (!ui_is_large(ui)) {
        draw_note(ui, rect_cut_bottom(&area, NOTE_HEIGHT));
        (void)rect_cut_bottom(&area, GAP);
    }
    shorten_stops(ui, stops, area);
    draw_stops(ui, area, stops);
}

void screen_identity_draw(void *memory, struct ui *ui)
{
    const struct screen_identity_state *state = memory;
    enum standing standing = standing_of(ui, state);
    bool beside = !ui_is_portrait(ui) && !ui_is_large(ui);
    char person[128];
    struct widget_timeline_stop stops[3];
    struct ui_page page = page_of(ui, state, standing);
    const char *title = page.title;
    if (beside)
        page.title = NULL;
    struct rect area = ui_page(ui, &page);
    write_person(ui, person, sizeof(person));
    fill_stops(ui, standing, person, stops);
    if (ui_is_portrait(ui)) {
        draw_portrait(ui, area, standing, stops);
        return;
    }
    struct rect panel = rect_cut_left(&area, beside ? PANEL_WIDTH : PANEL_WIDTH_LARGE);
    (void)rect_cut_left(&area, GUTTER);
    if (beside)
        area = screen_column(ui, area, title, page.subtitle);
    draw_landscape(ui, area, panel, standing, stops);
}
