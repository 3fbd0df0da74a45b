/* Font: text as coverage masks, from the three weights of one family.
 *
 * Runs are cached up to a limit, because the same words are painted again and again. The cache holds what
 * applicants typed: font_forget at the end of every visit. Collections are opened at index 2, the SC face
 * (index 0 of the same file has Japanese shapes). If Medium is missing Bold is used, never a synthetic
 * weight. Units: window px everywhere.
 */
#ifndef KIOSK_UI_FONT_H
#define KIOSK_UI_FONT_H

#include <stddef.h>

#include "kiosk/base/failure.h"
#include "kiosk/base/status.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/theme.h"

struct font_settings {
    const char *regular; /* path of a font file or collection */
    const char *medium;  /* NULL or missing: bold */
    const char *bold;
    int index;                /* face in the collection; 0 is taken as 2 when the file is a collection */
    size_t cache_limit_bytes; /* 0 means 8 MiB */
};

struct font;

/* The faces can be used.
 * Returns: NOT_FOUND when regular or bold cannot be opened, NO_MEMORY.
 * Owns: the caller closes it; paths are copied. Thread: the screen thread. */
enum status font_open(const struct font_settings *settings, struct font **out, struct failure *failure);
/* Faces and cache are gone; NULL is allowed. */
void font_close(struct font *font);
/* Every cached run is wiped and given back. */
void font_forget(struct font *font);
/* Bytes of masks now in the cache. */
size_t font_cache_bytes(const struct font *font);

/* The width of the first `length` bytes. Returns: 0 for an empty text. */
int font_width(struct font *font, int px, enum theme_weight weight, const char *text, size_t length);

/* The text's mask: its height is the face's line, ascent plus descent (1.448 em).
 * Returns: NULL for an empty text. Owns: borrowed until the next call. */
const struct mask *font_mask(struct font *font, int px, enum theme_weight weight, const char *text,
                             size_t length);

/* The text is painted with the middle of its ideographs at y_middle (0.055 em higher than its box says). */
void font_draw(struct font *font, struct canvas *canvas, int px, enum theme_weight weight, const char *text,
               size_t length, int x, int y_middle, uint32_t color);

#endif
