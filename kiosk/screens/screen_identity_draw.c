/* Drawing of the identity page (a11): where to go and how it stands on the dark panel, the stops of the check
 * beside it, the ways there are below. What the page says depends on the way; the words stand under
 * "identity.<way>.", what a machine found wrong under "identity.<reason>.". */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_identity.h"
#include "kiosk/screens/screen_list.h"

enum {
    PANEL_WIDTH = 860,
    PANEL_WIDTH_LARGE = 620,
    GUTTER = 40,
    GAP = 14,
    NOTE_HEIGHT = 116,
    WAYS_HEIGHT = 100
};

/* --- words ------------------------------------------------------------------------------------------- */

/* "identity.<way>.<what>". */
static const char *way_text(const struct ui *ui, enum product_identity way, const char *what)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "identity.%s.%s", product_identity_name(way), what);
    return screen_text(ui, key);
}

/* A clerk's refusal has words of its way, a machine's of its reason; while a clerk looks at the case that is
 * what is said whatever way the page stands at. */
static const char *standing_text(const struct ui *ui, const struct screen_identity_state *state,
                                 const char *what)
{
    static const char *const names[] = {[SCREEN_IDENTITY_WAITING] = "waiting",
                                        [SCREEN_IDENTITY_CHECKING] = "checking",
                                        [SCREEN_IDENTITY_REFUSED] = "refused"};
    enum screen_identity_standing standing = screen_identity_standing(ui, state);
    bool is_clerks = standing == SCREEN_IDENTITY_CHECKING || state->way == PRODUCT_IDENTITY_DESK;
    char key[WORDS_KEY_BYTES];
    if (standing == SCREEN_IDENTITY_REFUSED && !is_clerks)
        (void)snprintf(key, sizeof(key), "identity.%s.%s", service_reason_name(state->refusal), what);
    else
        (void)snprintf(key, sizeof(key), "identity.%s.%s_%s",
                       product_identity_name(is_clerks ? PRODUCT_IDENTITY_DESK : state->way), names[standing],
                       what);
    return screen_text(ui, key);
}

/* 王*小·500***********0054 */
static void write_person(const struct ui *ui, char *out, size_t size)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct form *form = product_operation_form(visit->product, visit->operation);
    const struct form_values *values = services_values(screen_services(ui));
    const char *name = "", *number = "";
    struct buf shown;
    buf_init(&shown, LIMIT_FIELD_BYTES);
    product_operation_person(visit->product, visit->operation, values, &name, &number);
    enum status status = form_mask_name(form_value(form, values, name), &shown);
    if (status == STATUS_OK)
        status = buf_append(&shown, "·", sizeof("·") - 1);
    if (status == STATUS_OK)
        status = form_mask(form_value(form, values, number), &shown);
    *out = 0;
    if (status == STATUS_OK)
        (void)text_copy(out, size, (const char *)shown.data);
    buf_wipe(&shown);
}

static void write_wait(const struct ui *ui, const struct screen_identity_state *state, char *out, size_t size)
{
    char count[24];
    size_t ahead = screen_visit(ui)->attention.ahead;
    bool waits = screen_identity_standing(ui, state) == SCREEN_IDENTITY_WAITING;
    (void)snprintf(count, sizeof(count), "%zu", ahead);
    if (waits && state->way == PRODUCT_IDENTITY_DESK && ahead > 0)
        screen_format(ui, out, size, "identity.ahead", {"count", count});
    else
        (void)text_copy(out, size, standing_text(ui, state, "line"));
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

/* The ring turns while a machine waits for a card or a clerk looks at one. */
static enum widget_mark_state ring_of(const struct ui *ui, const struct screen_identity_state *state)
{
    enum screen_identity_standing standing = screen_identity_standing(ui, state);
    return standing == SCREEN_IDENTITY_REFUSED ? WIDGET_MARK_FAILED
           : standing == SCREEN_IDENTITY_CHECKING || state->reading != 0 || state->beginning != 0
               ? WIDGET_MARK_NOW
               : WIDGET_MARK_OPEN;
}

static bool shows_code(const struct ui *ui, const struct screen_identity_state *state)
{
    return state->way == PRODUCT_IDENTITY_PHONE && state->qr_of[0] != 0 && state->beginning == 0 &&
           screen_identity_standing(ui, state) == SCREEN_IDENTITY_WAITING;
}

static void draw_code(struct ui *ui, struct rect area, const struct screen_identity_state *state)
{
    enum { CODE_MOST = 400 };
    int least = area.w < area.h ? area.w : area.h;
    int side = least < CODE_MOST ? least : CODE_MOST;
    (void)widget_picture_qr(ui, rect_center(area, side, side), "identity.code",
                            way_text(ui, PRODUCT_IDENTITY_PHONE, "code"), &state->qr);
}

/* Upright and in large letters the words leave the code as much as it needs: they stand beside it, or there
 * are fewer of them. */
static void draw_code_panel(struct ui *ui, struct rect area, const struct screen_identity_state *state)
{
    enum { PAD = 36 };
    const char *head = standing_text(ui, state, "head");
    (void)widget_panel(ui, area, WIDGET_PANEL_BRAND);
    struct rect inner = rect_inset(area, PAD, PAD);
    if (!ui_is_portrait(ui)) {
        int height = widget_label_height(ui, THEME_TYPE_H0, head, inner.w);
        draw_centred(ui, "identity.state", rect_cut_bottom(&inner, height), THEME_TYPE_H0,
                     THEME_COLOR_ON_DARK, head);
        (void)rect_cut_bottom(&inner, PAD);
        draw_code(ui, inner, state);
        return;
    }
    const char *line = standing_text(ui, state, "line");
    draw_code(ui, rect_cut_left(&inner, inner.h < inner.w / 2 ? inner.h : inner.w / 2), state);
    (void)rect_cut_left(&inner, PAD);
    int words = words_height(ui, head, line, inner.w);
    inner = rect_center(inner, inner.w, words < inner.h ? words : inner.h);
    draw_centred(ui, "identity.state",
                 rect_cut_top(&inner, widget_label_height(ui, THEME_TYPE_H0, head, inner.w)), THEME_TYPE_H0,
                 THEME_COLOR_ON_DARK, head);
    draw_centred(ui, NULL, inner, THEME_TYPE_BODY_L, THEME_COLOR_ON_DARK2, line);
}

/* Where to go and how it stands; the drawing where there is room for it. */
static void draw_panel(struct ui *ui, struct rect area, const struct screen_identity_state *state)
{
    enum { PAD = 36, PILL = 80, PILL_LARGE = 100, GAP_WORDS = 20, EMBLEM_MOST = 420, EMBLEM_LEAST = 130 };
    char line[96];
    if (shows_code(ui, state) && (ui_is_portrait(ui) || ui_is_large(ui))) {
        draw_code_panel(ui, area, state);
        return;
    }
    const char *head = standing_text(ui, state, "head");
    int pill = ui_is_large(ui) ? PILL_LARGE : PILL;
    write_wait(ui, state, line, sizeof(line));
    (void)widget_panel(ui, area, WIDGET_PANEL_BRAND);
    struct rect inner = rect_inset(area, PAD, PAD);
    int words = words_height(ui, head, line, inner.w);
    int spare = inner.h - words - pill - 2 * GAP_WORDS;
    if (spare < EMBLEM_LEAST)
        inner = rect_center(inner, inner.w, words + pill + GAP_WORDS);
    draw_pill(ui, rect_cut_bottom(&inner, pill), standing_text(ui, state, "pill"));
    (void)rect_cut_bottom(&inner, GAP_WORDS);
    draw_centred(ui, NULL, rect_cut_bottom(&inner, widget_label_height(ui, THEME_TYPE_BODY_L, line, inner.w)),
                 THEME_TYPE_BODY_L, THEME_COLOR_ON_DARK2, line);
    draw_centred(ui, "identity.state",
                 rect_cut_bottom(&inner, widget_label_height(ui, THEME_TYPE_H0, head, inner.w)),
                 THEME_TYPE_H0, THEME_COLOR_ON_DARK, head);
    if (spare < EMBLEM_LEAST)
        return;
    if (shows_code(ui, state)) {
        draw_code(ui, rect_cut_top(&inner, spare), state);
        return;
    }
    int side = spare < EMBLEM_MOST ? spare : EMBLEM_MOST;
    (void)widget_emblem(ui, rect_center(rect_cut_top(&inner, spare), side, side), ring_of(ui, state),
                        way_text(ui, state->way, "card"));
}

/* Which of the three stops the check has come to, from 0; of a clerk's refusal the last. */
static int stop_of(const struct ui *ui, const struct screen_identity_state *state)
{
    switch (screen_identity_standing(ui, state)) {
    case SCREEN_IDENTITY_WAITING:
        return 0;
    case SCREEN_IDENTITY_CHECKING:
        return 1;
    case SCREEN_IDENTITY_REFUSED:
        break;
    }
    if (state->way == PRODUCT_IDENTITY_DESK || state->refusal == SERVICE_REASON_CARD_EXPIRED)
        return 2;
    return state->refusal == SERVICE_REASON_CARD_OTHER || state->refusal == SERVICE_REASON_PHONE_FAILED ? 1
                                                                                                        : 0;
}

static void mark_stops(const struct ui *ui, const struct screen_identity_state *state,
                       struct widget_timeline_stop stops[3])
{
    int now = stop_of(ui, state);
    for (int i = 0; i < 3; i++)
        stops[i].state = i < now ? WIDGET_MARK_DONE : WIDGET_MARK_OPEN;
    stops[now].state =
        screen_identity_standing(ui, state) == SCREEN_IDENTITY_REFUSED ? WIDGET_MARK_FAILED : WIDGET_MARK_NOW;
}

/* What a machine found wrong stands at the stop where it was found. */
static void fill_stops(const struct ui *ui, const struct screen_identity_state *state, const char *person,
                       struct widget_timeline_stop stops[3])
{
    bool is_desk = state->way == PRODUCT_IDENTITY_DESK;
    enum screen_identity_standing standing = screen_identity_standing(ui, state);
    int at = stop_of(ui, state);
    bool checking = standing == SCREEN_IDENTITY_CHECKING;
    stops[0] = (struct widget_timeline_stop){
        .id = "identity.card",
        .number = 1,
        .title = way_text(ui, state->way, "card"),
        .line = is_desk ? person : way_text(ui, state->way, at == 0 ? "card_line" : "card_done"),
        .is_private = is_desk};
    stops[1] = (struct widget_timeline_stop){
        .id = "identity.compare",
        .number = 2,
        .title = way_text(ui, state->way, "compare"),
        .line = is_desk || checking ? way_text(ui, state->way, checking ? "compare_now" : "compare_line")
                                    : person,
        .is_private = !is_desk && !checking};
    stops[2] = (struct widget_timeline_stop){.id = "identity.result",
                                             .number = 3,
                                             .title = screen_text(ui, "identity.result"),
                                             .line = screen_text(ui, "identity.result_line")};
    mark_stops(ui, state, stops);
    if (standing == SCREEN_IDENTITY_REFUSED) {
        stops[at].line =
            is_desk ? screen_visit(ui)->rejections.item[0].reason : standing_text(ui, state, "head");
        stops[at].is_private = false;
    }
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

static void draw_note(struct ui *ui, struct rect area, enum product_identity way)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_SUNK);
    struct rect inner = rect_inset(area, 30, 8);
    (void)widget_mark_icon(ui, rect_cut_left(&inner, 40), ICON_SHIELD, 40, THEME_COLOR_B700, false);
    (void)rect_cut_left(&inner, 24);
    (void)widget_label(ui, inner,
                       &(struct widget_label){.text = way_text(ui, way, "note"),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

/* The ways there are, where there is more than one. Returns: whether there is. */
static bool has_ways(const struct ui *ui)
{
    enum product_identity ways[PRODUCT_IDENTITY_COUNT_];
    return screen_identity_ways(ui, ways) > 1;
}

static void draw_ways(struct ui *ui, struct rect area, enum product_identity now)
{
    enum product_identity ways[PRODUCT_IDENTITY_COUNT_];
    struct widget_choice_segment segments[PRODUCT_IDENTITY_COUNT_];
    char ids[PRODUCT_IDENTITY_COUNT_][48];
    size_t count = screen_identity_ways(ui, ways);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(ids[i], sizeof(ids[i]), "identity.way.%s", product_identity_name(ways[i]));
        segments[i] = (struct widget_choice_segment){.id = ids[i],
                                                     .name = way_text(ui, ways[i], "name"),
                                                     .selected = ways[i] == now,
                                                     .tag = (int64_t)ways[i]};
    }
    widget_choice_segments(ui, area, segments, (int)count);
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

/* What to do; how often it may still be tried where that counts. */
static void write_subtitle(const struct ui *ui, const struct screen_identity_state *state, char *out,
                           size_t size)
{
    char key[WORDS_KEY_BYTES], count[24];
    (void)snprintf(count, sizeof(count), "%d", screen_visit(ui)->proving.tries_left);
    (void)snprintf(key, sizeof(key), "identity.%s.subtitle_last", service_reason_name(state->refusal));
    bool is_last = screen_visit(ui)->proving.tries_left == 0 && words_has(screen_program(ui)->words, key);
    if (state->message[0] != 0)
        (void)text_copy(out, size, state->message);
    else if (state->refusal == SERVICE_REASON_PHONE_FAILED &&
             screen_identity_standing(ui, state) == SCREEN_IDENTITY_REFUSED)
        screen_format(ui, out, size, is_last ? key : "identity.phone-failed.subtitle", {"count", count});
    else
        (void)text_copy(out, size, standing_text(ui, state, "subtitle"));
}

static struct ui_page page_of(const struct ui *ui, const struct screen_identity_state *state,
                              const char *subtitle)
{
    struct ui_page page = screen_page(ui, SCREEN_IDENTITY);
    bool is_desk = state->way == PRODUCT_IDENTITY_DESK;
    bool refused = screen_identity_standing(ui, state) == SCREEN_IDENTITY_REFUSED;
    page.subtitle = subtitle;
    if (!is_desk)
        page.secondary = (struct widget_button){
            .id = "identity.desk", .label = screen_text(ui, "identity.by_clerk"), .icon = ICON_HEADSET};
    if (refused && is_desk)
        page.secondary =
            (struct widget_button){.label = screen_text(ui, "identity.mend"), .busy = state->correcting != 0};
    if (refused && state->refusal != SERVICE_REASON_PHONE_SPENT)
        page.primary = (struct widget_button){.label = way_text(ui, state->way, "again"),
                                              .icon_right = ICON_ARROW_RIGHT};
    if (refused && !is_desk)
        page.title = standing_text(ui, state, "head");
    if (!refused && is_desk) {
        page.no_call = true;
        page.secondary = (struct widget_button){
            .id = "bar.call", .label = screen_text(ui, "identity.call"), .icon = ICON_HEADSET};
    }
    return page;
}

static void draw_portrait(struct ui *ui, struct rect area, const struct screen_identity_state *state,
                          struct widget_timeline_stop stops[3])
{
    if (has_ways(ui)) {
        draw_ways(ui, rect_cut_bottom(&area, WAYS_HEIGHT), state->way);
        (void)rect_cut_bottom(&area, 24);
    }
    shorten_stops(ui, stops, rect_make(area.x, area.y, area.w, area.h - 400));
    struct rect cards = rect_cut_bottom(&area, stops_height(ui, stops, area.w));
    (void)rect_cut_bottom(&area, 24);
    if (area.h > 700) {
        draw_note(ui, rect_cut_bottom(&area, NOTE_HEIGHT), state->way);
        (void)rect_cut_bottom(&area, 24);
    }
    draw_panel(ui, area, state);
    draw_stops(ui, cards, stops);
}

/* At the column's foot stand the ways there are; what is kept of the card where there is one way only. */
static void draw_landscape(struct ui *ui, struct rect area, struct rect panel,
                           const struct screen_identity_state *state, struct widget_timeline_stop stops[3])
{
    draw_panel(ui, panel, state);
    if (has_ways(ui))
        draw_ways(ui, rect_cut_bottom(&area, WAYS_HEIGHT), state->way);
    else if (!ui_is_large(ui))
        draw_note(ui, rect_cut_bottom(&area, NOTE_HEIGHT), state->way);
    if (has_ways(ui) || !ui_is_large(ui))
        (void)rect_cut_bottom(&area, GAP);
    shorten_stops(ui, stops, area);
    draw_stops(ui, area, stops);
}

void screen_identity_draw(void *memory, struct ui *ui)
{
    const struct screen_identity_state *state = memory;
    bool beside = !ui_is_portrait(ui) && !ui_is_large(ui);
    char person[128];
    struct widget_timeline_stop stops[3];
    char subtitle[192];
    write_subtitle(ui, state, subtitle, sizeof(subtitle));
    struct ui_page page = page_of(ui, state, subtitle);
    const char *title = page.title;
    if (beside)
        page.title = NULL;
    struct rect area = ui_page(ui, &page);
    write_person(ui, person, sizeof(person));
    fill_stops(ui, state, person, stops);
    if (ui_is_portrait(ui)) {
        draw_portrait(ui, area, state, stops);
        return;
    }
    struct rect panel = rect_cut_left(&area, beside ? PANEL_WIDTH : PANEL_WIDTH_LARGE);
    (void)rect_cut_left(&area, GUTTER);
    if (beside)
        area = screen_column(ui, area, title, page.subtitle);
    draw_landscape(ui, area, panel, state, stops);
}
