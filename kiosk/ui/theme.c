#include "kiosk/ui/theme.h"

#include "kiosk/base/check.h"

static const uint32_t colors[THEME_COLOR_COUNT][THEME_KIND_COUNT] = {
#define THEME_COLOR(name, standard, care, contrast) {standard, care, contrast},
#include "kiosk/ui/theme_tokens.def"
#undef THEME_COLOR
};

static const char *const color_names[THEME_COLOR_COUNT] = {
#define THEME_COLOR(name, standard, care, contrast) #name,
#include "kiosk/ui/theme_tokens.def"
#undef THEME_COLOR
};

static const struct {
    int px;
    enum theme_weight weight;
    int line_percent;
} types[THEME_TYPE_COUNT] = {
#define THEME_TYPE(name, px, weight, line) {px, THEME_WEIGHT_##weight, line},
#include "kiosk/ui/theme_types.def"
#undef THEME_TYPE
};

uint32_t theme_color(enum theme_kind theme, enum theme_color color)
{
    check((unsigned)theme < THEME_KIND_COUNT && (unsigned)color < THEME_COLOR_COUNT);
    return colors[color][theme];
}

const char *theme_color_name(enum theme_color color)
{
    return (unsigned)color < THEME_COLOR_COUNT ? color_names[color] : "invalid";
}

bool theme_is_large(enum theme_kind theme)
{
    return theme != THEME_STANDARD;
}

bool theme_has_shadow(enum theme_kind theme)
{
    return theme == THEME_STANDARD;
}

int theme_card_outline(enum theme_kind theme)
{
    return theme == THEME_STANDARD ? 1 : 3;
}

int theme_selected_outline(enum theme_kind theme)
{
    return theme_is_large(theme) ? 6 : 4;
}

/* Design 2.3: the map of the 1.4 mode; headlines grow less, hero and amounts by at most a quarter. */
int theme_px(enum theme_kind theme, int px)
{
    static const int map[][2] = {{24, 34}, {26, 36}, {28, 40}, {30, 42}, {32, 44}, {34, 48},
                                 {36, 50}, {38, 52}, {40, 56}, {44, 62}, {56, 78}};
    if (!theme_is_large(theme) || px < 20)
        return px;
    for (unsigned i = 0; i < sizeof map / sizeof map[0]; i++)
        if (map[i][0] == px)
            return map[i][1];
    return px > 56 ? px * 5 / 4 : px * 7 / 5;
}

struct theme_text theme_text(enum theme_kind theme, enum theme_type type)
{
    check((unsigned)type < THEME_TYPE_COUNT);
    int px = theme_px(theme, types[type].px);
    return (struct theme_text){px, types[type].weight, (px * types[type].line_percent + 50) / 100};
}
