/* Service: what is to be done, for which class, with cost, papers and time said before any effort (a03). */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

struct screen_service_state {
    size_t operation;
    size_t class;
};
SCREEN_STATE(service)

static const struct product *product_of(const struct ui *ui)
{
    return screen_visit(ui)->product;
}

static void choose(struct ui *ui, const struct screen_service_state *state)
{
    const struct product *product = product_of(ui);
    services_choose(screen_services(ui), product, &product->operations[state->operation],
                    product->classes[state->class].id);
    screen_show_visit(ui);
}

/* The first operation that can be had is chosen, and the class that stands first in the product's data. */
void screen_service_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_service_state *state = memory;
    (void)argument;
    const struct product *product = product_of(ui);
    while (state->operation + 1 < product->operation_count &&
           !product->operations[state->operation].available)
        state->operation++;
    choose(ui, state);
}

void screen_service_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void go_on(struct ui *ui, const struct screen_service_state *state)
{
    const struct product *product = product_of(ui);
    const struct product_operation *operation = &product->operations[state->operation];
    choose(ui, state);
    ui_push(ui, operation->login_required ? SCREEN_LOGIN : SCREEN_AGREEMENT, NULL);
}

void screen_service_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_service_state *state = memory;
    if (ui_tapped_prefix(event, "operation."))
        state->operation = (size_t)event->tag, choose(ui, state);
    else if (ui_tapped_prefix(event, "class."))
        state->class = (size_t)event->tag, choose(ui, state);
    else if (ui_tapped(event, "bar.next"))
        go_on(ui, state);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

static enum icon icon_of(const char *operation)
{
    static const struct {
        const char *id;
        enum icon icon;
    } icons[] = {{"new", ICON_FILE_PLUS}, {"renew", ICON_REFRESH},    {"change", ICON_EDIT},
                 {"reissue", ICON_COPY},  {"unlock", ICON_UNLOCK},    {"upgrade", ICON_SWAP},
                 {"revoke", ICON_BAN},    {"suspend", ICON_SNOWFLAKE}};
    for (size_t i = 0; i < sizeof(icons) / sizeof(icons[0]); i++)
        if (strcmp(icons[i].id, operation) == 0)
            return icons[i].icon;
    return ICON_FILE;
}

static void draw_operation(struct ui *ui, struct rect rect, const struct screen_service_state *state,
                           size_t index)
{
    const struct product *product = product_of(ui);
    const struct product_operation *operation = &product->operations[index];
    struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
    char id[96];
    char fee[64];
    (void)product_quote(product, product->classes[state->class].id, operation->id, &quote);
    words_fee(screen_program(ui)->words, &quote, fee, sizeof(fee));
    char *unit = strchr(fee, ' '); /* "480 元": the number large, the unit small */
    if (unit != NULL)
        *unit++ = 0;
    (void)snprintf(id, sizeof(id), "operation.%s", operation->id);
    (void)widget_choice(
        ui, rect,
        &(struct widget_choice){.id = id,
                                .name = operation->label,
                                .line = operation->available ? operation->tile : operation->unavailable_text,
                                .icon = icon_of(operation->id),
                                .fee = fee,
                                .fee_unit = unit,
                                .free_of_charge = quote.amount_fen == 0,
                                .selected = index == state->operation,
                                .disabled = !operation->available,
                                .tag = (int64_t)index});
}

static void draw_classes(struct ui *ui, struct rect rect, const struct screen_service_state *state)
{
    const struct product *product = product_of(ui);
    struct widget_choice_segment segments[8];
    char ids[8][80];
    int count = product->class_count > 8 ? 8 : (int)product->class_count;
    for (int i = 0; i < count; i++) {
        (void)snprintf(ids[i], sizeof(ids[i]), "class.%s", product->classes[i].id);
        segments[i] = (struct widget_choice_segment){
            .id = ids[i], .name = product->classes[i].label, .selected = (size_t)i == state->class, .tag = i};
    }
    widget_choice_segments(ui, rect, segments, count);
}

static void draw_papers(struct ui *ui, struct rect area, const struct product_operation *operation)
{
    char title[96];
    char count[24];
    (void)snprintf(count, sizeof(count), "%zu", operation->paper_count);
    screen_format(ui, title, sizeof(title), "service.papers", {"count", count});
    (void)widget_label(ui, rect_cut_top(&area, ui_is_large(ui) ? 64 : 52),
                       &(struct widget_label){.text = title, .type = THEME_TYPE_BODY_L, .middle = true});
    int rows = operation->paper_count < 5 ? 5 : (int)operation->paper_count;
    for (size_t i = 0; i < operation->paper_count; i++)
        (void)widget_mark_tick(
            ui, rect_row(area, (int)i, rows, 2),
            &(struct widget_mark_tick){.text = product_operation_paper(product_of(ui), operation, i)->title,
                                       .state = WIDGET_MARK_DONE,
                                       .plain = true});
}

static void draw_summary(struct ui *ui, struct rect area, const struct screen_service_state *state)
{
    const struct product *product = product_of(ui);
    const struct product_operation *operation = &product->operations[state->operation];
    struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
    char minutes[16];
    char text[96];
    char fee[64];
    (void)product_quote(product, product->classes[state->class].id, operation->id, &quote);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 40, 20);
    struct rect head = rect_cut_top(&inner, 72);
    (void)snprintf(minutes, sizeof(minutes), "%u", operation->minutes);
    screen_format(ui, text, sizeof(text), "service.minutes", {"minutes", minutes});
    (void)widget_mark_chip(ui, head, WIDGET_RIGHT, WIDGET_MARK_BLUE, text);
    (void)widget_label(
        ui, rect_make(head.x, head.y, head.w - 220, head.h),
        &(struct widget_label){.text = operation->label, .type = THEME_TYPE_H2, .middle = true});
    (void)widget_label(ui, rect_cut_top(&inner, ui_is_large(ui) ? 56 : 44),
                       &(struct widget_label){.text = screen_text(ui, "service.which_class"),
                                              .type = THEME_TYPE_SMALL,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    draw_classes(ui, rect_cut_top(&inner, 104), state);
    (void)rect_cut_top(&inner, 16);
    words_fee(screen_program(ui)->words, &quote, fee, sizeof(fee));
    (void)widget_label_pair(ui, rect_cut_top(&inner, 88), THEME_TYPE_H2, screen_text(ui, "service.due"), fee);
    (void)widget_panel_line(ui, rect_cut_top(&inner, 8));
    draw_papers(ui, inner, operation);
}

void screen_service_draw(void *memory, struct ui *ui)
{
    const struct screen_service_state *state = memory;
    const struct product *product = product_of(ui);
    struct ui_page page = screen_page(ui, SCREEN_SERVICE);
    page.subtitle = screen_text(ui, "service.subtitle");
    page.step = 1;
    page.primary = (struct widget_button){.label = screen_text(ui, "service.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .disabled = !product->operations[state->operation].available};
    struct rect area = ui_page(ui, &page);
    struct rect cards =
        ui_is_portrait(ui) ? rect_cut_top(&area, area.h / 2) : rect_cut_left(&area, area.w * 13 / 20);
    (void)(ui_is_portrait(ui) ? rect_cut_top(&area, 24) : rect_cut_left(&area, 32));
    int rows = (int)(product->operation_count + 1) / 2;
    for (size_t i = 0; i < product->operation_count; i++) {
        struct rect row = rect_row(cards, (int)i / 2, rows < 4 ? 4 : rows, 14);
        draw_operation(ui, rect_column(row, (int)i % 2, 2, 24), state, i);
    }
    draw_summary(ui, area, state);
}
