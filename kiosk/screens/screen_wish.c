/* Wish: how many years and keys, with or without a seal, which changes; the price follows every touch. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/money.h"
#include "kiosk/base/text.h"
#include "kiosk/screens/paper_list.h"
#include "kiosk/screens/screen_list.h"

enum {
    YEARS_SHOWN = 6,
    ROW = 92,
    ROW_LARGE = 112,
    GAP = 24,
    TICK_GAP = 8,
    NAME_WIDTH = 220,
    NAME_WIDTH_LARGE = 270,
    SIDE_WIDTH = 616
};

struct screen_wish_state {
    struct service_wish wish;
};
SCREEN_STATE(wish)

static const struct product_operation *operation_of(const struct ui *ui)
{
    return screen_visit(ui)->operation;
}

/* The visit knows what is on the screen, so that price and papers follow. */
static void keep(struct ui *ui, const struct screen_wish_state *state)
{
    services_choose_wish(screen_services(ui), &state->wish);
}

void screen_wish_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_wish_state *state = memory;
    (void)argument;
    state->wish = screen_visit(ui)->wish;
    if (operation_of(ui)->sub_kind_count == 1 && state->wish.sub_kind_count == 0)
        (void)text_copy(state->wish.sub_kinds[state->wish.sub_kind_count++], ORDER_NAME_BYTES,
                        operation_of(ui)->sub_kinds[0].id);
    keep(ui, state);
}

void screen_wish_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

/* --- choosing ------------------------------------------------------------------------------------------ */

static size_t find_sub_kind(const struct service_wish *wish, const char *id)
{
    size_t at = 0;
    while (at < wish->sub_kind_count && strcmp(wish->sub_kinds[at], id) != 0)
        at++;
    return at;
}

static void turn_sub_kind(struct service_wish *wish, const char *id, bool only_one)
{
    size_t at = find_sub_kind(wish, id);
    if (only_one && at == wish->sub_kind_count)
        at = wish->sub_kind_count = 0; /* the one before is let go */
    if (at < wish->sub_kind_count) {
        wish->sub_kind_count--;
        (void)memmove(wish->sub_kinds[at], wish->sub_kinds[at + 1],
                      (wish->sub_kind_count - at) * sizeof(wish->sub_kinds[0]));
    } else if (at < PRODUCT_WISH_SUB_KINDS_MAX) {
        (void)text_copy(wish->sub_kinds[wish->sub_kind_count++], ORDER_NAME_BYTES, id);
    }
}

static void count_keys(struct ui *ui, struct service_wish *wish, int step)
{
    unsigned wanted = (unsigned)((int)wish->quantity + step);
    if (wanted >= 1 && wanted <= operation_of(ui)->quantity_most)
        wish->quantity = wanted;
}

/* Which changes must be said, or there is nothing to do. */
static bool is_complete(const struct ui *ui, const struct screen_wish_state *state)
{
    return operation_of(ui)->sub_kind_count == 0 || state->wish.sub_kind_count > 0;
}

void screen_wish_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_wish_state *state = memory;
    if (ui_tapped_prefix(event, "years."))
        state->wish.years = (unsigned)event->tag;
    else if (ui_tapped_prefix(event, "keys."))
        count_keys(ui, &state->wish, (int)event->tag);
    else if (ui_tapped_prefix(event, "seal."))
        state->wish.seal = event->tag != 0;
    else if (ui_tapped_prefix(event, "agent."))
        state->wish.agent = event->tag != 0;
    else if (ui_tapped_prefix(event, "kind."))
        turn_sub_kind(&state->wish, operation_of(ui)->sub_kinds[event->tag].id,
                      operation_of(ui)->one_sub_kind);
    else if (ui_tapped(event, "bar.next") && is_complete(ui, state))
        screen_apply(ui, SCREEN_WISH);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    keep(ui, state);
}

/* --- drawing: the choices ------------------------------------------------------------------------------ */

/* The name of a choice at the left. Returns: where the choice itself stands. */
static struct rect draw_name(struct ui *ui, struct rect *area, const char *key, int height)
{
    struct rect row = rect_cut_top(area, height);
    struct rect left = rect_cut_left(&row, ui_is_large(ui) ? NAME_WIDTH_LARGE : NAME_WIDTH);
    (void)widget_label(
        ui, left,
        &(struct widget_label){.text = screen_text(ui, key), .type = THEME_TYPE_ITEM, .middle = true});
    (void)rect_cut_top(area, GAP);
    return row;
}

static int row_height(const struct ui *ui)
{
    return ui_is_large(ui) ? ROW_LARGE : ROW;
}

/* Under the word for years stands the last day they lead to. Returns: where the choice stands. */
static struct rect draw_term(struct ui *ui, struct rect *area)
{
    struct product_wish wish;
    char day[32] = "", text[64];
    screen_wish(ui, &wish);
    int64_t end = product_wish_end_utc_s(&wish);
    if (end == 0)
        return draw_name(ui, area, "wish.years", row_height(ui));
    (void)clock_format_hall(end, "%Y-%m-%d", day, sizeof(day));
    screen_format(ui, text, sizeof(text), "wish.until", {"day", day});
    struct rect row = rect_cut_top(area, row_height(ui));
    struct rect left = rect_cut_left(&row, ui_is_large(ui) ? NAME_WIDTH_LARGE : NAME_WIDTH);
    int line = screen_lines(ui, THEME_TYPE_CAPTION, 1);
    (void)widget_label(ui, rect_cut_bottom(&left, line),
                       &(struct widget_label){.id = "wish.until",
                                              .text = text,
                                              .type = THEME_TYPE_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    (void)widget_label(ui, left,
                       &(struct widget_label){
                           .text = screen_text(ui, "wish.years"), .type = THEME_TYPE_ITEM, .middle = true});
    (void)rect_cut_top(area, GAP);
    return row;
}

/* So many years from the old end are more than a certificate may hold for yet. */
static bool is_too_early(const struct ui *ui, unsigned years)
{
    struct product_wish wish;
    screen_wish(ui, &wish);
    return wish.ends_utc_s != 0 &&
           product_term_opens_utc_s(wish.product, wish.operation, years, wish.ends_utc_s) > wish.now_utc_s;
}

static void draw_years(struct ui *ui, struct rect *area, const struct service_wish *wish)
{
    const struct product_operation *operation = operation_of(ui);
    struct widget_choice_segment segments[YEARS_SHOWN];
    char ids[YEARS_SHOWN][24], names[YEARS_SHOWN][24], number[16];
    int count = (int)(operation->years_most - operation->years) + 1;
    if (count < 2)
        return;
    count = count > YEARS_SHOWN ? YEARS_SHOWN : count;
    for (int i = 0; i < count; i++) {
        unsigned years = operation->years + (unsigned)i;
        (void)snprintf(number, sizeof(number), "%u", years);
        (void)snprintf(ids[i], sizeof(ids[i]), "years.%u", years);
        screen_format(ui, names[i], sizeof(names[i]), "wish.year", {"years", number});
        segments[i] = (struct widget_choice_segment){.id = ids[i],
                                                     .name = names[i],
                                                     .selected = wish->years == years,
                                                     .disabled = is_too_early(ui, years),
                                                     .tag = years};
    }
    widget_choice_segments(ui, draw_term(ui, area), segments, count);
}

static void draw_keys(struct ui *ui, struct rect *area, const struct service_wish *wish)
{
    char number[16], text[32];
    if (operation_of(ui)->quantity_most < 2)
        return;
    struct rect row = draw_name(ui, area, "wish.keys", row_height(ui));
    (void)snprintf(number, sizeof(number), "%u", wish->quantity);
    screen_format(ui, text, sizeof(text), "wish.key", {"keys", number});
    (void)widget_button(ui, rect_cut_left(&row, row.h + 20),
                        &(struct widget_button){.id = "keys.fewer",
                                                .label = screen_text(ui, "wish.fewer"),
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .icon = ICON_MINUS,
                                                .icon_only = true,
                                                .disabled = wish->quantity == 1,
                                                .tag = -1});
    struct rect middle = rect_cut_left(&row, 160);
    (void)widget_label(ui, middle,
                       &(struct widget_label){.id = "wish.quantity",
                                              .text = text,
                                              .type = THEME_TYPE_ITEM,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
    (void)widget_button(ui, rect_cut_left(&row, row.h + 20),
                        &(struct widget_button){.id = "keys.more",
                                                .label = screen_text(ui, "wish.more"),
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .icon = ICON_PLUS,
                                                .icon_only = true,
                                                .disabled = wish->quantity == operation_of(ui)->quantity_most,
                                                .tag = 1});
}

/* One of two. The ids are "<name>.no" and "<name>.yes", the words "wish.<name>", "wish.<name>.no" and
 * "wish.<name>.yes". */
static void draw_either(struct ui *ui, struct rect *area, const char *name, bool is_chosen)
{
    char title[32], ids[2][32], keys[2][40];
    struct widget_choice_segment segments[2];
    (void)snprintf(title, sizeof(title), "wish.%s", name);
    for (int i = 0; i < 2; i++) {
        (void)snprintf(ids[i], sizeof(ids[i]), "%s.%s", name, i == 0 ? "no" : "yes");
        (void)snprintf(keys[i], sizeof(keys[i]), "wish.%s", ids[i]);
        segments[i] = (struct widget_choice_segment){
            .id = ids[i], .name = screen_text(ui, keys[i]), .selected = is_chosen == (i == 1), .tag = i};
    }
    widget_choice_segments(ui, draw_name(ui, area, title, row_height(ui)), segments, 2);
}

static void draw_sub_kinds(struct ui *ui, struct rect *area, const struct service_wish *wish)
{
    const struct product_operation *operation = operation_of(ui);
    if (operation->sub_kind_count == 0)
        return;
    for (size_t i = 0; i < operation->sub_kind_count; i++) {
        char id[96];
        bool is_chosen = find_sub_kind(wish, operation->sub_kinds[i].id) < wish->sub_kind_count;
        (void)snprintf(id, sizeof(id), "kind.%s", operation->sub_kinds[i].id);
        (void)widget_mark_tick(
            ui, rect_cut_top(area, row_height(ui)),
            &(struct widget_mark_tick){.id = id,
                                       .text = operation->sub_kinds[i].label,
                                       .state = is_chosen ? WIDGET_MARK_DONE : WIDGET_MARK_OPEN,
                                       .checkbox = true,
                                       .tag = (int64_t)i});
        (void)rect_cut_top(area, TICK_GAP);
    }
    (void)rect_cut_top(area, GAP - TICK_GAP);
}

static void draw_choices(struct ui *ui, struct rect area, const struct service_wish *wish)
{
    struct product_wish offered;
    screen_wish(ui, &offered);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 40, ui_is_large(ui) ? 24 : 36);
    draw_sub_kinds(ui, &inner, wish);
    draw_years(ui, &inner, wish);
    draw_keys(ui, &inner, wish);
    if (product_wish_has_seal(&offered) && offered.seal == wish->seal) /* else the key has chosen */
        draw_either(ui, &inner, "seal", wish->seal);
    if (product_wish_has_agent(&offered))
        draw_either(ui, &inner, "agent", wish->agent);
}

/* --- drawing: what it costs ---------------------------------------------------------------------------- */

static void write_amount(const struct ui *ui, int64_t fen, char *out, size_t size)
{
    char yuan[MONEY_TEXT_BYTES];
    if (fen == PRICE_UNKNOWN_FEN) {
        (void)text_copy(out, size, screen_text(ui, "fee.unknown"));
        return;
    }
    money_to_yuan(fen, yuan);
    screen_format(ui, out, size, "wish.amount", {"yuan", yuan});
}

static const char *label_of(const struct product_operation *operation, const char *sub_kind)
{
    for (size_t i = 0; i < operation->sub_kind_count; i++)
        if (strcmp(operation->sub_kinds[i].id, sub_kind) == 0)
            return operation->sub_kinds[i].label;
    return "";
}

/* The key in the writer carries a seal that what was chosen outdates: it comes with the order. */
static bool is_made_for_key(const struct ui *ui)
{
    struct product_wish wish;
    screen_wish(ui, &wish);
    return wish.seal && !screen_visit(ui)->wish.seal;
}

/* A part of the price, or the change it belongs to; a bundle that was taken because it is cheaper says so. */
static void write_part(const struct ui *ui, const struct price_line *line, char *out, size_t size)
{
    char key[64], years[16];
    (void)snprintf(key, sizeof(key), "wish.part.%s", line->row->part);
    const char *part = screen_text(ui, key);
    (void)snprintf(years, sizeof(years), "%u", line->bundle_years);
    if (line->bundle_years > 0)
        screen_format(ui, out, size, "wish.bundle", {"part", part}, {"years", years});
    else if (line->row->sub_kind[0] != 0 && !ui_is_large(ui) && is_made_for_key(ui))
        screen_format(ui, out, size, "wish.seal_of", {"part", part},
                      {"kind", label_of(operation_of(ui), line->row->sub_kind)});
    else if (line->row->sub_kind[0] != 0)
        (void)text_copy(out, size, label_of(operation_of(ui), line->row->sub_kind));
    else
        (void)text_copy(out, size, part);
}

static void draw_line(struct ui *ui, struct rect row, const struct price_line *line)
{
    char name[160], amount[64];
    write_part(ui, line, name, sizeof(name));
    write_amount(ui, line->amount_fen, amount, sizeof(amount));
    (void)widget_label_pair(ui, row, THEME_TYPE_BODY, name, amount);
}

static int line_height(const struct ui *ui)
{
    return screen_lines(ui, THEME_TYPE_BODY, 1) + 8;
}

/* Whether the end stands nowhere else: it follows from the old one, and not from years chosen here. */
static bool says_end(const struct product_wish *wish)
{
    bool stands_there =
        wish->operation->years_most > wish->operation->years && product_wish_end_utc_s(wish) != 0;
    return order_steps_has(&wish->operation->steps, ORDER_STEP_ISSUE) && !stands_there &&
           product_operation_term(wish->operation) != PRODUCT_TERM_WHOLE;
}

/* Until when the new certificate will hold; in words where the old one is not known yet. */
static void write_end(const struct ui *ui, const struct product_wish *wish, char *out, size_t size)
{
    char day[32] = "", years[16];
    int64_t end_utc_s = product_wish_end_utc_s(wish);
    (void)clock_format_hall(end_utc_s, "%Y-%m-%d", day, sizeof(day));
    (void)snprintf(years, sizeof(years), "%u", wish->years);
    if (end_utc_s != 0)
        screen_format(ui, out, size, "wish.until", {"day", day});
    else if (product_operation_term(wish->operation) == PRODUCT_TERM_KEPT)
        (void)text_copy(out, size, screen_text(ui, "wish.end_kept"));
    else
        screen_format(ui, out, size, "wish.end_added", {"years", years});
}

/* One line says what the sum says already, unless nobody asked for it. */
static size_t lines_of(const struct ui *ui, const struct price_quote *quote)
{
    return quote->line_count > 1 || is_made_for_key(ui) ? quote->line_count : 0;
}

static int cost_height(const struct ui *ui, const struct product_wish *wish, const struct price_quote *quote)
{
    int lines = (int)lines_of(ui, quote) + (says_end(wish) ? 1 : 0) + 1; /* in large letters, with papers */
    return screen_lines(ui, THEME_TYPE_NUMBER, 1) + 8 + lines * line_height(ui);
}

/* In standard letters the end stands below the words for what is due. */
static void draw_due(struct ui *ui, struct rect head, const struct product_wish *wish, int64_t fen)
{
    char due[64], end[64];
    write_amount(ui, fen, due, sizeof(due));
    char *unit = screen_split_fee(due);
    struct rect left = rect_cut_left(&head, head.w / 3);
    if (says_end(wish) && !ui_is_large(ui)) {
        write_end(ui, wish, end, sizeof(end));
        (void)widget_label(ui, rect_cut_bottom(&left, screen_lines(ui, THEME_TYPE_CAPTION, 1)),
                           &(struct widget_label){.id = "wish.end",
                                                  .text = end,
                                                  .type = THEME_TYPE_CAPTION,
                                                  .color = THEME_COLOR_INK700,
                                                  .middle = true});
    }
    (void)widget_label(ui, left,
                       &(struct widget_label){
                           .text = screen_text(ui, "service.due"), .type = THEME_TYPE_ITEM, .middle = true});
    (void)widget_label_amount(
        ui, head,
        &(struct widget_label_amount){.id = "wish.due",
                                      .number = due,
                                      .behind = unit,
                                      .number_type = unit != NULL ? THEME_TYPE_NUMBER : THEME_TYPE_H2_LARGE,
                                      .unit_type = THEME_TYPE_BODY_L,
                                      .align = WIDGET_RIGHT});
}

/* In large letters the page before has named them; what is chosen here may ask for another number. */
static void draw_paper_count(struct ui *ui, struct rect row, const struct product_wish *wish)
{
    char count[24], text[48];
    (void)snprintf(count, sizeof(count), "%zu", product_wish_papers(wish));
    screen_format(ui, text, sizeof(text), "wish.papers_count", {"count", count});
    (void)widget_label_pair(ui, row, THEME_TYPE_BODY, screen_text(ui, "wish.papers"), text);
}

static void draw_side(struct ui *ui, struct rect area, const struct product_wish *wish,
                      const struct price_quote *quote)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 40, ui_is_large(ui) ? 20 : 32);
    draw_due(ui, rect_cut_top(&inner, screen_lines(ui, THEME_TYPE_NUMBER, 1) + 8), wish, quote->amount_fen);
    if (ui_is_large(ui) && says_end(wish)) {
        char end[64];
        write_end(ui, wish, end, sizeof(end));
        (void)widget_label_pair(ui, rect_cut_top(&inner, line_height(ui)), THEME_TYPE_BODY,
                                screen_text(ui, "wish.end"), end);
    }
    for (size_t i = 0; i < lines_of(ui, quote) && inner.h >= line_height(ui); i++)
        draw_line(ui, rect_cut_top(&inner, line_height(ui)), &quote->line[i]);
    if (ui_is_large(ui)) {
        draw_paper_count(ui, rect_cut_top(&inner, line_height(ui)), wish);
        return;
    }
    (void)rect_cut_top(&inner, 16);
    (void)widget_panel_line(ui, rect_cut_top(&inner, 14));
    (void)rect_cut_top(&inner, 12);
    paper_list(ui, inner, wish);
}

/* Upright the choices stand above; what they cost takes what it needs, in standard letters with the papers.
 */
static int height_below(const struct ui *ui, struct rect area, const struct product_wish *wish,
                        const struct price_quote *quote)
{
    return ui_is_large(ui) ? cost_height(ui, wish, quote) + 40 : area.h / 2;
}

/* Whose key carries a seal reads what becomes of it. */
static const char *subtitle_key(const struct ui *ui, const struct service_wish *wish)
{
    const struct service_visit *visit = screen_visit(ui);
    bool has_seal = visit->holder.has_seal && visit->holder.product == visit->product &&
                    product_operation_code(operation_of(ui)) == PRODUCT_OPERATION_RENEW;
    struct product_wish offered;
    screen_wish(ui, &offered);
    if (is_made_for_key(ui))
        return "wish.carried";
    if (has_seal && !wish->seal && product_wish_has_seal(&offered))
        return "wish.carried_left";
    return operation_of(ui)->sub_kind_count > 0 ? "wish.subtitle_kinds" : "wish.subtitle";
}

void screen_wish_draw(void *memory, struct ui *ui)
{
    const struct screen_wish_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_WISH);
    page.step = 1;
    if (operation_of(ui)->sub_kind_count > 0)
        page.title = screen_text(ui, "wish.title_kinds");
    page.subtitle = screen_text(ui, subtitle_key(ui, &state->wish));
    page.primary = (struct widget_button){.label = screen_text(ui, "service.on"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .disabled = !is_complete(ui, state)};
    struct rect area = ui_page(ui, &page);
    struct product_wish wish;
    struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
    screen_wish(ui, &wish);
    (void)product_wish_quote(&wish, &quote);
    bool portrait = ui_is_portrait(ui);
    struct rect side = portrait ? rect_cut_bottom(&area, height_below(ui, area, &wish, &quote))
                                : rect_cut_right(&area, SIDE_WIDTH);
    (void)(portrait ? rect_cut_bottom(&area, 24) : rect_cut_right(&area, 32));
    draw_choices(ui, area, &state->wish);
    draw_side(ui, side, &wish, &quote);
}
