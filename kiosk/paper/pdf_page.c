#include "kiosk/paper/pdf_page.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/qr.h"
#include "kiosk/base/text.h"

#define POINTS_PER_MM (72.0 / 25.4)
#define SMALLEST_PT 5.0 /* below this a laser printer's Chinese is no longer read */
#define SHRINK_PT 0.5   /* one step smaller */
#define PALE 0.86       /* what is printed or written over it can be read */
#define TICK_BYTES 3    /* U+2610, U+2611 and U+25A1 are all three bytes of UTF-8 */
#define SQUARE "\xE2\x96\xA1"
#define CHECK_MARK "\xE2\x9C\x93"

#ifdef __SANITIZE_ADDRESS__
/* For the leak checker, in whatever program draws pages: cairo 1.16 loses one table (768 bytes) for every
 * subset of a CFF font it embeds, and fontconfig keeps its configuration behind pointers that the checker
 * does not see. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so.2\nleak:libfontconfig.so.1\n";
}
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif

/* Letters are inked as outlines, and once more underneath as white text of the embedded font, which only
 * programs that read the text see. Reason: cairo 1.16 leaves out subroutines of CFF glyphs whose first hint
 * mask comes after a path operator, so that single characters of Noto Sans CJK come out blank or torn (first
 * found with U+5982). An outline cannot lose anything, and the white layer, drawn first on each page, cannot
 * cover anything. */

enum { KEYWORDS_BYTES = 16384 };

/* One drawing run; everything is in points, whatever the surface. The font map is its own: pango's shared one
 * belongs to a thread and is never given back. */
struct pen {
    cairo_t *cairo;
    PangoFontMap *fonts;
    PangoContext *pango;
    PangoLayout *text;
    const char *family;
    bool is_layer; /* drawing the white text layer, not the ink */
    struct failure *failure;
};

static enum status cairo_refused(struct failure *failure, const char *where, cairo_status_t status)
{
    return failure_set(failure, status == CAIRO_STATUS_NO_MEMORY ? STATUS_NO_MEMORY : STATUS_IO, where,
                       (long)status, "%s", cairo_status_to_string(status));
}

static PangoFontDescription *describe_font(const struct pen *pen, double size_pt, bool bold)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, pen->family);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, size_pt * PANGO_SCALE);
    return font;
}

/* Pango would take another family without a word. */
static enum status require_font(const struct pen *pen)
{
    PangoFontDescription *wanted = describe_font(pen, 10, false);
    PangoFont *font = pango_context_load_font(pen->pango, wanted);
    PangoFontDescription *got = font == NULL ? NULL : pango_font_describe(font);
    const char *family = got == NULL ? NULL : pango_font_description_get_family(got);
    bool is_there = family != NULL && strcasecmp(family, pen->family) == 0;
    pango_font_description_free(got);
    if (font != NULL)
        g_object_unref(font);
    pango_font_description_free(wanted);
    return is_there ? STATUS_OK
                    : failure_set(pen->failure, STATUS_UNSUPPORTED, "pango_context_load_font", 0,
                                  "font %s is not installed", pen->family);
}

/* A hyphen at a line's end would be read as part of an address. */
static PangoAttrList *new_attributes(void)
{
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    return attributes;
}

static void set_attributes_take(PangoLayout *text, PangoAttrList *attributes)
{
    pango_layout_set_attributes(text, attributes);
    pango_attr_list_unref(attributes);
}

/* Hinting off and unrounded positions: the preview must break lines where the PDF does. */
static enum status pen_open(struct pen *pen, cairo_t *cairo, const char *family, struct failure *failure)
{
    *pen = (struct pen){.cairo = cairo, .family = family, .failure = failure};
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pen->fonts = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(pen->fonts), 72);
    pen->pango = pango_font_map_create_context(pen->fonts);
    pango_cairo_context_set_font_options(pen->pango, options);
    pango_cairo_update_context(cairo, pen->pango);
    pango_context_set_round_glyph_positions(pen->pango, FALSE);
    pango_context_set_language(pen->pango, pango_language_from_string("zh-cn"));
    pen->text = pango_layout_new(pen->pango);
    set_attributes_take(pen->text, new_attributes());
    cairo_font_options_destroy(options);
    return require_font(pen);
}

static void pen_close(struct pen *pen)
{
    if (pen->text != NULL)
        g_object_unref(pen->text);
    if (pen->pango != NULL)
        g_object_unref(pen->pango);
    if (pen->fonts != NULL)
        g_object_unref(pen->fonts);
}

static void set_text_size(struct pen *pen, double size_pt, bool bold)
{
    PangoFontDescription *font = describe_font(pen, size_pt, bold);
    pango_layout_set_font_description(pen->text, font);
    pango_font_description_free(font);
}

static bool text_fits(const struct pen *pen, double width_pt, double height_pt)
{
    int width = 0;
    int height = 0;
    pango_layout_get_size(pen->text, &width, &height);
    return width <= (int)(width_pt * PANGO_SCALE) + 1 && height <= (int)(height_pt * PANGO_SCALE) + 1;
}

/* The largest size down from the wanted one at which the wrapped text stands inside its rectangle. */
static enum status fit_text(struct pen *pen, const struct paper_placed *thing)
{
    double width_pt = thing->width_mm * POINTS_PER_MM;
    double height_pt = thing->height_mm * POINTS_PER_MM;
    pango_layout_set_width(pen->text, (int)(width_pt * PANGO_SCALE));
    for (double size = thing->size_pt; size >= SMALLEST_PT; size -= SHRINK_PT) {
        set_text_size(pen, size, thing->bold);
        if (text_fits(pen, width_pt, height_pt))
            return STATUS_OK;
    }
    return failure_set(pen->failure, STATUS_FULL, "paper", thing->page,
                       "the text of %s does not fit its cell",
                       thing->name[0] == 0 ? "a fixed text" : thing->name);
}

static PangoAlignment alignment(enum paper_align align)
{
    switch (align) {
    case PAPER_ALIGN_LEFT:
        return PANGO_ALIGN_LEFT;
    case PAPER_ALIGN_CENTRE:
        return PANGO_ALIGN_CENTER;
    case PAPER_ALIGN_RIGHT:
        return PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

static double text_top_pt(const struct pen *pen, const struct paper_placed *thing)
{
    int height = 0;
    pango_layout_get_size(pen->text, NULL, &height);
    double spare_pt = thing->height_mm * POINTS_PER_MM - (double)height / PANGO_SCALE;
    double share = 0;
    if (thing->valign == PAPER_VALIGN_MIDDLE)
        share = 0.5;
    else if (thing->valign == PAPER_VALIGN_BOTTOM)
        share = 1;
    return thing->y_mm * POINTS_PER_MM + spare_pt * share;
}

static void show_letters(struct pen *pen, PangoLayout *letters, double x_pt, double y_pt)
{
    cairo_move_to(pen->cairo, x_pt, y_pt);
    if (pen->is_layer) {
        pango_cairo_show_layout(pen->cairo, letters);
    } else {
        pango_cairo_layout_path(pen->cairo, letters);
        cairo_fill(pen->cairo);
    }
}

/* A bold check mark in the letter size of the text, and where its ink's middle is. */
static PangoLayout *new_check_mark(const struct pen *pen, double *middle_pt)
{
    PangoLayout *mark = pango_layout_copy(pen->text);
    PangoFontDescription *font = pango_font_description_copy(pango_layout_get_font_description(pen->text));
    PangoRectangle ink;
    pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(mark, font);
    pango_font_description_free(font);
    pango_layout_set_text(mark, CHECK_MARK, -1);
    pango_layout_set_width(mark, -1);
    pango_layout_set_alignment(mark, PANGO_ALIGN_LEFT);
    pango_layout_get_extents(mark, &ink, NULL);
    *middle_pt = ((double)ink.x + ink.width / 2.0) / PANGO_SCALE;
    return mark;
}

/* The font has no ticked box: a check mark is set over the square, so that the text layer tells ticked from
 * not. */
static void draw_ticks(struct pen *pen, const char *text, double x_pt, double y_pt)
{
    double middle_pt = 0;
    PangoLayout *mark = new_check_mark(pen, &middle_pt);
    for (const char *at = strstr(text, PAPER_LAYOUT_TICKED); at != NULL;
         at = strstr(at + TICK_BYTES, PAPER_LAYOUT_TICKED)) {
        PangoRectangle square;
        pango_layout_index_to_pos(pen->text, (int)(at - text), &square);
        show_letters(pen, mark, x_pt + (square.x + square.width / 2.0) / PANGO_SCALE - middle_pt,
                     y_pt + (double)square.y / PANGO_SCALE);
    }
    g_object_unref(mark);
}

static void replace_tick_signs(char *text)
{
    for (char *at = text; *at != 0; at++)
        if (strncmp(at, PAPER_LAYOUT_TICKED, TICK_BYTES) == 0 ||
            strncmp(at, PAPER_LAYOUT_UNTICKED, TICK_BYTES) == 0)
            memcpy(at, SQUARE, TICK_BYTES);
}

/* The text that is set stands in its rectangle, as large as it may. */
static enum status show_fitted(struct pen *pen, const struct paper_placed *thing, double *x_pt, double *y_pt)
{
    pango_layout_set_wrap(pen->text, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(pen->text, alignment(thing->align));
    enum status status = fit_text(pen, thing);
    if (status != STATUS_OK)
        return status;
    if (pango_layout_get_unknown_glyphs_count(pen->text) > 0)
        return failure_set(pen->failure, STATUS_MALFORMED, "paper", 0,
                           "the text of %s has a sign no font has", thing->name);
    *x_pt = thing->x_mm * POINTS_PER_MM;
    *y_pt = text_top_pt(pen, thing);
    show_letters(pen, pen->text, *x_pt, *y_pt);
    return STATUS_OK;
}

static enum status draw_text(struct pen *pen, const struct paper_placed *thing)
{
    double x_pt = 0;
    double y_pt = 0;
    if (thing->text[0] == 0)
        return STATUS_OK;
    char *shown = strdup(thing->text);
    if (shown == NULL)
        return STATUS_NO_MEMORY;
    replace_tick_signs(shown);
    pango_layout_set_text(pen->text, shown, -1);
    free(shown);
    enum status status = show_fitted(pen, thing, &x_pt, &y_pt);
    if (status == STATUS_OK)
        draw_ticks(pen, thing->text, x_pt, y_pt);
    return status;
}

/* The lines without the signs of headings, which become bold. */
static void set_paragraphs(struct pen *pen, char *shown)
{
    PangoAttrList *attributes = new_attributes();
    char *out = shown;
    for (const char *line = shown; *line != 0;) {
        bool is_heading = strncmp(line, "# ", 2) == 0;
        const char *from = line + (is_heading ? 2 : 0);
        size_t length = strcspn(from, "\n");
        if (is_heading) {
            PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
            bold->start_index = (guint)(out - shown);
            bold->end_index = bold->start_index + (guint)length;
            pango_attr_list_insert(attributes, bold);
        }
        length += from[length] == '\n';
        memmove(out, from, length);
        out += length;
        line = from + length;
    }
    *out = 0;
    pango_layout_set_text(pen->text, shown, -1);
    set_attributes_take(pen->text, attributes);
}

/* Justified, the first line of each paragraph two characters in. */
static enum status draw_paragraphs(struct pen *pen, const struct paper_placed *thing)
{
    double x_pt = 0;
    double y_pt = 0;
    char *shown = strdup(thing->text);
    if (shown == NULL)
        return STATUS_NO_MEMORY;
    set_paragraphs(pen, shown);
    free(shown);
    pango_layout_set_justify(pen->text, TRUE);
    pango_layout_set_indent(pen->text, (int)(thing->size_pt * 2 * PANGO_SCALE));
    enum status status = show_fitted(pen, thing, &x_pt, &y_pt);
    pango_layout_set_justify(pen->text, FALSE);
    pango_layout_set_indent(pen->text, 0);
    set_attributes_take(pen->text, new_attributes());
    return status;
}

static void set_stroke(struct pen *pen, const struct paper_placed *thing)
{
    static const double dash_pt[] = {4, 3};
    cairo_set_line_width(pen->cairo, thing->stroke_mm * POINTS_PER_MM);
    cairo_set_dash(pen->cairo, dash_pt, thing->dashed ? 2 : 0, 0);
    cairo_set_line_cap(pen->cairo, thing->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_SQUARE);
}

static enum status draw_box(struct pen *pen, const struct paper_placed *thing)
{
    set_stroke(pen, thing);
    cairo_rectangle(pen->cairo, thing->x_mm * POINTS_PER_MM, thing->y_mm * POINTS_PER_MM,
                    thing->width_mm * POINTS_PER_MM, thing->height_mm * POINTS_PER_MM);
    cairo_stroke(pen->cairo);
    return STATUS_OK;
}

static enum status draw_line(struct pen *pen, const struct paper_placed *thing)
{
    set_stroke(pen, thing);
    cairo_move_to(pen->cairo, thing->x_mm * POINTS_PER_MM, thing->y_mm * POINTS_PER_MM);
    cairo_rel_line_to(pen->cairo, thing->width_mm * POINTS_PER_MM, thing->height_mm * POINTS_PER_MM);
    cairo_stroke(pen->cairo);
    return STATUS_OK;
}

/* One path for all modules, without antialiasing: seams between neighbours would be read as light lines. */
static void fill_modules(struct pen *pen, const struct qr *qr, double x_pt, double y_pt, double module_pt)
{
    cairo_save(pen->cairo);
    cairo_set_antialias(pen->cairo, CAIRO_ANTIALIAS_NONE);
    for (int row = 0; row < qr->side; row++)
        for (int column = 0; column < qr->side; column++)
            if (qr->dark[row][column])
                cairo_rectangle(pen->cairo, x_pt + column * module_pt, y_pt + row * module_pt, module_pt,
                                module_pt);
    cairo_fill(pen->cairo);
    cairo_restore(pen->cairo);
}

static enum status draw_qr(struct pen *pen, const struct paper_placed *thing)
{
    if (thing->text[0] == 0)
        return STATUS_OK;
    struct qr *qr = malloc(sizeof *qr);
    if (qr == NULL)
        return STATUS_NO_MEMORY;
    enum status status = qr_encode(thing->text, qr);
    if (status == STATUS_OK)
        fill_modules(pen, qr, thing->x_mm * POINTS_PER_MM, thing->y_mm * POINTS_PER_MM,
                     thing->width_mm * POINTS_PER_MM / qr->side);
    free(qr);
    return status == STATUS_OK ? status
                               : failure_set(pen->failure, STATUS_MALFORMED, "qr_encode", (long)status,
                                             "the page's code cannot be encoded");
}

static enum status draw_thing(struct pen *pen, const struct paper_placed *thing)
{
    switch (thing->kind) {
    case PAPER_ITEM_TEXT:
        return draw_text(pen, thing);
    case PAPER_ITEM_PARAGRAPHS:
        return draw_paragraphs(pen, thing);
    case PAPER_ITEM_BOX:
        return draw_box(pen, thing);
    case PAPER_ITEM_LINE:
        return draw_line(pen, thing);
    case PAPER_ITEM_QR:
        return draw_qr(pen, thing);
    case PAPER_ITEM_CORNERS:
    case PAPER_ITEM_ZONE:
    case PAPER_ITEM_TABLE:
    case PAPER_ITEM_COUNT_:
        break;
    }
    return STATUS_OK;
}

static bool has_letters(const struct paper_placed *thing)
{
    return thing->kind == PAPER_ITEM_TEXT || thing->kind == PAPER_ITEM_PARAGRAPHS;
}

static enum status draw_pale(struct pen *pen, const struct paper_placed *thing)
{
    if (!pen->is_layer)
        cairo_set_source_rgb(pen->cairo, PALE, PALE, PALE);
    enum status status = draw_thing(pen, thing);
    if (!pen->is_layer)
        cairo_set_source_rgb(pen->cairo, 0, 0, 0);
    return status;
}

static enum status draw_things(struct pen *pen, const struct paper_layout *layout, int page)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < layout->count && status == STATUS_OK; i++)
        if (layout->placed[i].page == page && (!pen->is_layer || has_letters(&layout->placed[i])))
            status = layout->placed[i].pale ? draw_pale(pen, &layout->placed[i])
                                            : draw_thing(pen, &layout->placed[i]);
    return status;
}

static enum status draw_page(struct pen *pen, const struct paper_layout *layout, int page, bool has_layer)
{
    enum status status = STATUS_OK;
    if (has_layer) {
        pen->is_layer = true;
        cairo_set_source_rgb(pen->cairo, 1, 1, 1);
        status = draw_things(pen, layout, page);
    }
    pen->is_layer = false;
    cairo_set_source_rgb(pen->cairo, 0, 0, 0);
    return status == STATUS_OK ? draw_things(pen, layout, page) : status;
}

/* What cairo writes goes into a buffer whose ceiling counts. */
static cairo_status_t keep_bytes(void *closure, const unsigned char *bytes, unsigned length)
{
    struct buf *buf = closure;
    return buf_append(buf, bytes, length) == STATUS_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Where to sign and stamp on every sheet, for whoever holds the file. What does not fit is left out: nothing
 * depends on it. */
static void tell_zones(cairo_surface_t *surface, const struct paper_layout *layouts, int layout_count)
{
    struct buf words;
    int sheets_before = 0;
    buf_init(&words, KEYWORDS_BYTES);
    for (int k = 0; k < layout_count; k++) {
        for (size_t i = 0; i < layouts[k].count; i++) {
            const struct paper_placed *thing = &layouts[k].placed[i];
            if (thing->kind == PAPER_ITEM_ZONE)
                (void)!buf_append_format(&words, "%szone %s page %d at %.2f %.2f %.2f %.2f mm",
                                         words.length == 0 ? "" : "; ", thing->name,
                                         sheets_before + thing->page + 1, thing->x_mm, thing->y_mm,
                                         thing->width_mm, thing->height_mm);
        }
        sheets_before += (int)layouts[k].part.template->page_count;
    }
    if (words.length > 0)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, (const char *)words.data);
    buf_release(&words);
}

static void describe_document(cairo_surface_t *surface, const struct paper_template *template, int64_t utc_s)
{
    char created[32] = "";
    (void)clock_format_utc(utc_s, "%Y-%m-%dT%H:%M:%SZ", created, sizeof created);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, template->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, template->version);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "certkiosk");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

/* Every page of one copy, on its own template's sheets and in its font. */
static enum status draw_copy(cairo_surface_t *surface, cairo_t *cairo, const struct paper_layout *layout,
                             struct failure *failure)
{
    const struct paper_template *template = layout->part.template;
    struct pen pen = {0};
    enum status status = pen_open(&pen, cairo, template->font, failure);
    for (int page = 0; page < (int)template->page_count && status == STATUS_OK; page++) {
        cairo_pdf_surface_set_size(surface, template->width_mm * POINTS_PER_MM,
                                   template->height_mm * POINTS_PER_MM);
        status = draw_page(&pen, layout, page, true);
        cairo_show_page(cairo);
    }
    pen_close(&pen);
    return status;
}

enum status pdf_page_document(const struct paper_layout *layouts, int layout_count, int64_t utc_s,
                              struct buf *pdf, struct failure *failure)
{
    const struct paper_template *template = layouts[0].part.template;
    struct buf bytes;
    buf_init(&bytes, LIMIT_PDF_BYTES);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        keep_bytes, &bytes, template->width_mm * POINTS_PER_MM, template->height_mm * POINTS_PER_MM);
    describe_document(surface, template, utc_s);
    tell_zones(surface, layouts, layout_count);
    cairo_t *cairo = cairo_create(surface);
    enum status status = STATUS_OK;
    for (int i = 0; i < layout_count && status == STATUS_OK; i++)
        status = draw_copy(surface, cairo, &layouts[i], failure);
    cairo_status_t drawn = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (drawn == CAIRO_STATUS_SUCCESS)
        drawn = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status == STATUS_OK && drawn != CAIRO_STATUS_SUCCESS)
        status = drawn == CAIRO_STATUS_WRITE_ERROR
                     ? failure_set(failure, STATUS_FULL, "cairo_pdf", (long)drawn, "the document is too long")
                     : cairo_refused(failure, "cairo_pdf", drawn);
    if (status == STATUS_OK)
        status = buf_append(pdf, bytes.data, bytes.length);
    buf_wipe(&bytes);
    return status;
}

/* Cairo keeps 32 bits a pixel in the machine's byte order; the caller wants three bytes. */
static void copy_rgb(cairo_surface_t *surface, struct paper_image *image)
{
    const uint8_t *rows = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < image->height_px; y++)
        for (int x = 0; x < image->width_px; x++) {
            uint32_t pixel = 0;
            memcpy(&pixel, rows + (size_t)y * (size_t)stride + (size_t)x * sizeof pixel, sizeof pixel);
            uint8_t *out = image->rgb + ((size_t)y * (size_t)image->width_px + (size_t)x) * 3;
            out[0] = (uint8_t)(pixel >> 16);
            out[1] = (uint8_t)(pixel >> 8);
            out[2] = (uint8_t)pixel;
        }
}

static enum status draw_pixels(cairo_surface_t *surface, const struct paper_layout *layout, int page,
                               double scale, struct failure *failure)
{
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    struct pen pen = {0};
    enum status status = pen_open(&pen, cairo, layout->part.template->font, failure);
    if (status == STATUS_OK)
        status = draw_page(&pen, layout, page, false);
    pen_close(&pen);
    cairo_status_t drawn = cairo_status(cairo);
    cairo_destroy(cairo);
    if (status == STATUS_OK && drawn != CAIRO_STATUS_SUCCESS)
        status = cairo_refused(failure, "cairo_image", drawn);
    cairo_surface_flush(surface);
    return status;
}

enum status pdf_page_pixels(const struct paper_layout *layout, int page, int width_px,
                            struct paper_image *out, struct failure *failure)
{
    const struct paper_template *template = layout->part.template;
    struct paper_image image = {
        .width_px = width_px, .height_px = (int)(width_px * template->height_mm / template->width_mm + 0.5)};
    image.rgb = malloc((size_t)image.width_px * (size_t)image.height_px * 3);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width_px, image.height_px);
    enum status status = image.rgb == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    if (status == STATUS_OK)
        status = draw_pixels(surface, layout, page, width_px / (template->width_mm * POINTS_PER_MM), failure);
    if (status == STATUS_OK) {
        copy_rgb(surface, &image);
        *out = image;
    } else {
        free(image.rgb);
    }
    cairo_surface_destroy(surface);
    return status;
}
