/* Theme: colours, type sizes and line widths as the design names them, in three looks.
 *
 * 标准, 大字 (text 1.4 times, no shadow) and 高对比 (black, text 1.4 times). A screen asks for tokens, never
 * for numbers, and so works in all three. Pitfall: on a primary fill the text colour is ON_PRIMARY, not
 * white: in 高对比 the fill is yellow and the text black.
 */
#ifndef KIOSK_UI_THEME_H
#define KIOSK_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

enum theme_kind { THEME_STANDARD, THEME_CARE, THEME_CONTRAST, THEME_KIND_COUNT };

enum theme_color {
#define THEME_COLOR(name, standard, care, contrast) THEME_COLOR_##name,
#include "kiosk/ui/theme_tokens.def"
#undef THEME_COLOR
    THEME_COLOR_COUNT
};

enum theme_weight { THEME_WEIGHT_REGULAR, THEME_WEIGHT_MEDIUM, THEME_WEIGHT_BOLD, THEME_WEIGHT_COUNT };

enum theme_type {
#define THEME_TYPE(name, px, weight, line) THEME_TYPE_##name,
#include "kiosk/ui/theme_types.def"
#undef THEME_TYPE
    THEME_TYPE_COUNT
};

/* One way of setting text. Units: px and line_px are base px, already grown for the large themes. */
struct theme_text {
    int px;
    enum theme_weight weight;
    int line_px;
};

/* The colour of a token in a theme. Units: 0xRRGGBB. */
uint32_t theme_color(enum theme_kind theme, enum theme_color color);
/* The token's name in the list, for tests and dumps. */
const char *theme_color_name(enum theme_color color);
/* How a type is set in a theme. */
struct theme_text theme_text(enum theme_kind theme, enum theme_type type);
/* A text size of the standard theme as it is in this theme: 24>34, 26>36 … in the large ones (design 2.3).
 * Units: base px. */
int theme_px(enum theme_kind theme, int px);
/* Whether texts are 1.4 times as large and pages reflow. */
bool theme_is_large(enum theme_kind theme);
/* Whether cards and dialogs throw a shadow. */
bool theme_has_shadow(enum theme_kind theme);
/* Width of a card's outline. Units: base px. */
int theme_card_outline(enum theme_kind theme);
/* Width of the outline of what is selected. Units: base px. */
int theme_selected_outline(enum theme_kind theme);

#endif
