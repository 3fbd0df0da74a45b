#include "tests/support/stage.h"

#include <SDL2/SDL_image.h>
#include <stdio.h>
#include <stdlib.h>

#include "kiosk/base/check.h"

#define STAGE_FONTS "/usr/share/fonts/opentype/noto"

const struct stage_look stage_looks[STAGE_LOOKS] = {
    {"landscape", 1920, 1080, THEME_STANDARD},          {"landscape-care", 1920, 1080, THEME_CARE},
    {"landscape-contrast", 1920, 1080, THEME_CONTRAST}, {"portrait", 1080, 1920, THEME_STANDARD},
    {"portrait-care", 1080, 1920, THEME_CARE},          {"portrait-contrast", 1080, 1920, THEME_CONTRAST},
};

static void open_words(struct stage *stage, const char *source)
{
    char path[512];
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof(path), "%s/assets/text/zh.txt", source);
    if (words_open(path, &errors, &stage->words) != STATUS_OK)
        (void)fprintf(stderr, "%s\n", yaml_errors_text(&errors));
    check(stage->words != NULL);
    yaml_errors_release(&errors);
}

static void open_stage(struct stage *stage, const char *source)
{
    char icons[512];
    const struct font_settings fonts = {.regular = STAGE_FONTS "/NotoSansCJK-Regular.ttc",
                                        .medium = STAGE_FONTS "/NotoSansCJK-Medium.ttc",
                                        .bold = STAGE_FONTS "/NotoSansCJK-Bold.ttc"};
    open_words(stage, source);
    check(font_open(&fonts, &stage->font, NULL) == STATUS_OK);
    (void)snprintf(icons, sizeof(icons), "%s/assets/icons", source);
    stage->icons = icon_set_new(icons);
}

static struct stage shared;

static void close_shared(void)
{
    icon_set_free(shared.icons);
    font_close(shared.font);
    words_free(shared.words);
    shared = (struct stage){0};
}

const struct stage *stage_of(const char *source)
{
    if (shared.words == NULL) {
        open_stage(&shared, source);
        check(atexit(close_shared) == 0);
    }
    return &shared;
}

void stage_write(const uint32_t *pixels, int width, int height, const char *path)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom((void *)(uintptr_t)pixels, width, height, 32,
                                                              width * 4, SDL_PIXELFORMAT_RGB888);
    check(surface != NULL && IMG_SavePNG(surface, path) == 0);
    SDL_FreeSurface(surface);
}
