/* Stage: what every program that shows pages without a window needs: words, fonts, icons, the looks a page is
 * shown in, and pictures of it as files.
 *
 * It opens no screens and knows no services; robot.h and gallery.h do. Pitfall: pictures are the same in
 * every run only with the same versions of fonts, FreeType and HarfBuzz.
 */
#ifndef TESTS_SUPPORT_STAGE_H
#define TESTS_SUPPORT_STAGE_H

#include "kiosk/catalogue/words.h"
#include "kiosk/ui/ui.h"

enum { STAGE_LOOKS = 6 };

/* A canvas and a theme the applicant's pages are judged in. */
struct stage_look {
    const char *name;
    int width, height;
    enum theme_kind theme;
};
extern const struct stage_look stage_looks[STAGE_LOOKS];

struct stage {
    struct words *words;
    struct font *font;
    struct icon_set *icons;
};

/* Words and icons come from the source tree, fonts from the system; read once, because they are the same for
 * all pages, which only read them, and hundreds of pages are opened one after the other. Owns: the process,
 * until its end. */
const struct stage *stage_of(const char *source);

/* Pixels as ui_paint leaves them, written as PNG. */
void stage_write(const uint32_t *pixels, int width, int height, const char *path);

#endif
