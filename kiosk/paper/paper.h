/* Paper: filled pages as PDF bytes and as pixels, from a template and the order's values.
 *
 * A template (assets/forms/<id>.yaml) says in millimetres where fixed text, field text, tick boxes, ruled
 * cells, QR codes and the four corner marks stand, which rows appear under which condition, and what each
 * copy is called. Several templates printed as one document are a pack, whose pages are counted together.
 * The same drawing code fills the PDF and the preview, so the screen shows what the printer gets. Everything
 * is black: a red line would melt into the seal when the page comes back from the scanner. A PDF says in its
 * keywords where its zones are ("zone seal page 1 at 136.00 194.50 46.00 46.00 mm; ..."), so that whoever
 * holds the paper's file knows where to sign and stamp. It does not print, it does not know an order, and it
 * does not make the QR's text: values and codes are handed in. Pitfall: a value is never cut. It is wrapped,
 * then set smaller; one that cannot stand in its cell even at the smallest size is refused with FULL, so the
 * form's own length rules must stay below what the cell holds.
 */
#ifndef KIOSK_PAPER_PAPER_H
#define KIOSK_PAPER_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/status.h"
#include "kiosk/catalogue/yaml.h"

enum {
    PAPER_PAGES_MAX = 8,   /* pages of one pack */
    PAPER_PACK_MAX = 6,    /* templates of one pack */
    PAPER_ZONES_MAX = 192, /* named places on all pages of one pack */
    PAPER_NAME_BYTES = 64  /* a key, zone or template name with its NUL */
};

/* A loaded template; read-only once loaded. */
struct paper_template;

/* Templates printed as one document, in this order; each copy of one follows its first. Borrowed. */
struct paper_pack {
    size_t count; /* at least 1 */
    const struct paper_template *templates[PAPER_PACK_MAX];
};

/* One value: the key a template names, and the text that stands in its place. */
struct paper_value {
    const char *key;
    const char *text;
};

/* The values of one page set. A key that is missing counts as an empty text; one that no template names is
 * passed over. Only a value drawn as paragraphs may have several lines. Keys that paper itself sets, and that
 * are not to be handed in: page, pages, copy, template_id, template_version, printed_at (hall time, minutes)
 * and printed_date. */
struct paper_values {
    const struct paper_value *items;
    size_t count;
};

/* What else a page set needs. */
struct paper_options {
    int64_t utc_s; /* the injected clock's time; the PDF's creation date */
    const char
        *qr[PAPER_PAGES_MAX]; /* by page of the pack, 0 first: the code's text; NULL or "" draws none */
    const char *mark; /* large and grey across every page, below what stands there: 样例; NULL for none */
    const char *head; /* one line at the upper edge of every page: 空白表; NULL for none */
};

/* A named place on a page, top left corner and size; page 0 is the pack's first.
 * Names: a cell's own `zone` (signature, seal, date), "qr", or the key of the value that stands there. */
struct paper_zone {
    char name[PAPER_NAME_BYTES];
    int page;
    double x_mm, y_mm, width_mm, height_mm;
};

struct paper_zones {
    double page_width_mm, page_height_mm;
    size_t count;
    struct paper_zone items[PAPER_ZONES_MAX];
};

/* A page as pixels, 3 bytes each (red, green, blue), rows without padding. */
struct paper_image {
    int width_px, height_px;
    uint8_t *rgb;
};

/* The template in this file is loaded and checked whole: keys, measures, spans, nothing outside the sheet.
 * Returns: CONFIG (every mistake is told in *errors), NO_MEMORY.
 * Owns: the caller frees *out with paper_template_free.
 * Time: reads a file; not on the screen's thread.
 * After failure: *out is unchanged. */
enum status paper_template_open(const char *path, struct yaml_errors *errors, struct paper_template **out);

/* The same from memory; `name` stands in messages. What a fuzz target calls. Returns and Owns: as
 * paper_template_open. */
enum status paper_template_parse(const char *name, const char *text, size_t length,
                                 struct yaml_errors *errors, struct paper_template **out);

/* The template is gone; NULL is allowed. */
void paper_template_free(struct paper_template *template);

/* The template's version, which the page code carries: letters, digits, point, bar and underscore, unique
 * over all templates, for example "ezca-application.2". Owns: borrowed from the template. */
const char *paper_template_version(const struct paper_template *template);

/* The pages of one copy. Returns: 1 to PAPER_PAGES_MAX. */
int paper_template_pages(const struct paper_template *template);

/* The sheets one PDF has: pages times copies. */
int paper_template_sheets(const struct paper_template *template);

/* Whether the template's own condition holds, so that it belongs into a pack with these values. */
bool paper_template_wanted(const struct paper_template *template, const struct paper_values *values);

/* The pages of one copy of each template, which the page code's n/m counts. */
int paper_pack_pages(const struct paper_pack *pack);

/* The template a page of the pack belongs to. Returns: NULL for a page the pack has not. Owns: borrowed. */
const struct paper_template *paper_pack_template(const struct paper_pack *pack, int page);

/* The filled PDF stands at the end of the buffer: every page of every copy, fonts embedded, text extractable,
 * byte for byte the same for the same arguments.
 * Returns: FULL (a value does not fit its cell, named in failure by key only; more than PAPER_PAGES_MAX
 * pages; or the buffer's ceiling), MALFORMED (a value is not printable UTF-8; a QR text that cannot be
 * encoded), UNSUPPORTED (the template's font is not installed), NO_MEMORY. Thread: any one at a time. Time:
 * about 0.1 s a page, the first page of a process about 0.5 s; not on the screen's thread. After failure: the
 * buffer is unchanged. */
enum status paper_render(const struct paper_pack *pack, const struct paper_values *values,
                         const struct paper_options *options, struct buf *pdf, struct failure *failure);

/* One page of the first copy is drawn as pixels of this width, by the same code as the PDF.
 * Units: page 0 is the pack's first; width in pixels, 16 to 4000; the height follows the sheet.
 * Returns: NOT_FOUND for a page the pack has not; else as paper_render.
 * Owns: the caller releases *out with paper_image_release. Thread and Time: as paper_render.
 * After failure: *out is unchanged. */
enum status paper_preview(const struct paper_pack *pack, const struct paper_values *values,
                          const struct paper_options *options, int page, int width_px,
                          struct paper_image *out, struct failure *failure);

/* The pixels are overwritten, as they show personal data, and given back; safe on NULL and on a zeroed image.
 */
void paper_image_release(struct paper_image *image);

/* The named places of the first copies are handed out: signature and seal cells, codes, and where values
 * stand. Values are needed because hidden rows move the rest. Nothing is drawn and no font is met.
 * Returns: FULL past PAPER_ZONES_MAX, NO_MEMORY. After failure: *out is unchanged. */
enum status paper_zones(const struct paper_pack *pack, const struct paper_values *values,
                        struct paper_zones *out);

/* The place with this name is handed out, the first one in reading order.
 * Returns: NULL when there is none. Owns: borrowed from `zones`. */
const struct paper_zone *paper_zone_find(const struct paper_zones *zones, const char *name);

#endif
