#include "kiosk/screens/key_models.h"

#include <stdio.h>

#include "kiosk/catalogue/product_key_model.h"

enum {
    CARD_HEIGHT = 128,
    CARD_HEIGHT_TALL = 216, /* a narrow card in large letters */
    COLUMN_WIDTH = 480,
    COLUMN_WIDTH_LARGE = 608,
    GAP = 16,
    PAD = 16,
    PICTURE_SIDE = 96
};

const char *key_models_name(const struct service_holder *holder)
{
    const struct product_key_model *model =
        holder->product == NULL ? NULL
                                : product_key_model_of(holder->product, holder->key_model, holder->key_maker);
    return model != NULL ? model->name : holder->key_model;
}

static void draw_card(struct ui *ui, struct rect card, const struct product_key_model *model, bool is_put_in)
{
    char id[96];
    (void)widget_panel(ui, card, is_put_in ? WIDGET_PANEL_SELECTED : WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, PAD, PAD);
    (void)widget_mark_drawing(ui, rect_cut_left(&inner, PICTURE_SIDE), model->picture, PICTURE_SIDE,
                              THEME_COLOR_B700);
    (void)rect_cut_left(&inner, PAD);
    (void)snprintf(id, sizeof(id), "model.%s", model->id);
    if (is_put_in) {
        struct rect line = rect_cut_bottom(&inner, screen_lines(ui, THEME_TYPE_SMALL, 1));
        (void)widget_label(ui, line,
                           &(struct widget_label){.id = "model.put_in",
                                                  .text = screen_text(ui, "key_models.put_in"),
                                                  .type = THEME_TYPE_SMALL,
                                                  .color = THEME_COLOR_B700});
    }
    (void)widget_label(ui, inner,
                       &(struct widget_label){
                           .id = id, .text = model->name, .type = THEME_TYPE_BODY_STRONG, .middle = true});
}

/* Upright they stand side by side above the rest, else one below the other at its right. */
static struct rect cut_place(struct ui *ui, struct rect *area)
{
    struct rect place;
    if (ui_is_portrait(ui)) {
        place = rect_cut_top(area, ui_is_large(ui) ? CARD_HEIGHT_TALL : CARD_HEIGHT);
        (void)rect_cut_top(area, GAP);
    } else {
        place = rect_cut_right(area, ui_is_large(ui) ? COLUMN_WIDTH_LARGE : COLUMN_WIDTH);
        (void)rect_cut_right(area, GAP);
    }
    return place;
}

static struct rect cut_card(const struct ui *ui, struct rect *place, int left)
{
    struct rect card;
    if (ui_is_portrait(ui)) {
        card = rect_cut_left(place, (place->w - (left - 1) * GAP) / left);
        (void)rect_cut_left(place, GAP);
    } else {
        card = rect_cut_top(place, CARD_HEIGHT);
        (void)rect_cut_top(place, GAP);
    }
    return card;
}

void key_models_draw(struct ui *ui, struct rect *area, const struct product *product)
{
    const struct service_holder *holder = &screen_visit(ui)->holder;
    const struct product_key_model *put_in =
        product_key_model_of(product, holder->key_model, holder->key_maker);
    int left = (int)product_key_model_pictures(product);
    if (left == 0)
        return;
    struct rect place = cut_place(ui, area);
    for (size_t i = 0; i < product->key_model_count; i++) {
        const struct product_key_model *model = &product->key_models[i];
        if (model->picture[0] != 0)
            draw_card(ui, cut_card(ui, &place, left--), model, model == put_in);
    }
}
