#include "kiosk/ui/widget_picture.h"

#include <stdio.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

enum {
    ZOOM_MIN = 100,
    ZOOM_MAX = 800,
    ZOOM_STEP = 25,
    WHEEL_PERCENT = 10,
    WHEEL_MOST = 12, /* steps at once */
    EDGE = 12,       /* base px seen beyond a page's edge */
    FRAMES_MAX = 16
};

struct widget *widget_picture_qr(struct ui *ui, struct rect rect, const char *id, const char *label,
                                 const struct qr *qr)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_QR, rect, id, label);
    widget->data = widget_keep_bytes(ui, widget, qr, sizeof *qr);
    return widget;
}

void widget_picture_paint_qr(struct widget_paint *paint, const struct widget *w)
{
    const struct qr *qr = w->data;
    struct rect tile = layout_to_window(paint->layout, w->rect);
    bool plain = paint->theme == THEME_CONTRAST; /* white on black needs no edge */
    int radius = layout_length(paint->layout, plain ? 20 : 16), line = layout_length(paint->layout, 3);
    if (!canvas_is_visible(paint->canvas, tile))
        return;
    canvas_fill_round(paint->canvas, tile, radius, 0xFFFFFF);
    if (!plain)
        canvas_outline_round(paint->canvas, tile, radius, line,
                             theme_color(THEME_STANDARD, THEME_COLOR_B900));
    if (qr->side > 0)
        canvas_draw_qr(paint->canvas, rect_inset(tile, 2 * line, 2 * line), &qr->dark[0][0], qr->side,
                       QR_SIDE_MAX);
}

static int zoom_of(const struct widget_picture_view *view)
{
    return view->zoom_percent ? view->zoom_percent : ZOOM_MIN;
}

static int limited(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* The point stays where it is. Units: base px from the middle of the rectangle. */
static void zoom_about(struct widget_picture_view *view, int zoom, int x, int y)
{
    int before = zoom_of(view);
    zoom = limited(zoom, ZOOM_MIN, ZOOM_MAX);
    view->zoom_percent = zoom;
    view->pan_x = x - (x - view->pan_x) * zoom / before;
    view->pan_y = y - (y - view->pan_y) * zoom / before;
}

void widget_picture_zoom(struct widget_picture_view *view, int steps)
{
    zoom_about(view, zoom_of(view) + steps * ZOOM_STEP, 0, 0);
}

void widget_picture_rotate(struct widget_picture_view *view)
{
    view->quarter_turns = (view->quarter_turns + 1) & 3;
    view->pan_x = view->pan_y = 0;
}

void widget_picture_reset(struct widget_picture_view *view)
{
    *view = (struct widget_picture_view){.zoom_percent = ZOOM_MIN};
}

/* --- where the page lies ------------------------------------------------------------------------------ */

/* How large the page is shown. Units: those of the room. */
static void page_size(const struct canvas_image *image, const struct widget_picture_view *view,
                      int room_width, int room_height, double *width, double *height)
{
    bool lying = view->quarter_turns & 1;
    double w = lying ? image->height : image->width, h = lying ? image->width : image->height;
    double scale = room_width / w < room_height / h ? room_width / w : room_height / h;
    scale *= zoom_of(view) / 100.0;
    *width = w * scale;
    *height = h * scale;
}

/* A page that is smaller than its room stands in the middle of it. */
static int within(int pan, double page, int room)
{
    int most = page > room ? (int)(page - room) / 2 + EDGE : 0;
    return limited(pan, -most, most);
}

/* The page is not moved further than its edges. */
static void keep_within(struct widget_picture_view *view, const struct canvas_image *image, struct rect rect)
{
    double width, height;
    page_size(image, view, rect.w, rect.h, &width, &height);
    view->pan_x = within(view->pan_x, width, rect.w);
    view->pan_y = within(view->pan_y, height, rect.h);
}

/* A place of the upright page as it lies after turning. */
static struct widget_picture_frame turned(struct widget_picture_frame f, int turns)
{
    for (int i = 0; i < (turns & 3); i++) {
        struct widget_picture_frame next = f;
        next.x = 1 - f.y - f.h;
        next.y = f.x;
        next.w = f.h;
        next.h = f.w;
        f = next;
    }
    return f;
}

void widget_picture_point(struct widget_picture_view *view, const struct canvas_image *image,
                          struct rect rect, const struct widget_picture_frame *place)
{
    struct widget_picture_frame at = turned(*place, view->quarter_turns);
    double width, height;
    page_size(image, view, rect.w, rect.h, &width, &height);
    view->pan_x = (int)(width * (0.5 - at.x - at.w / 2));
    view->pan_y = (int)(height * (0.5 - at.y - at.h / 2));
    keep_within(view, image, rect);
}

struct image_data {
    struct canvas_image image; /* its pixels are borrowed, so not in the digest; the version is */
    struct widget_picture_view view;
    const char *placeholder;
    bool is_sheet;
    int frame_count;
    struct widget_picture_frame frames[FRAMES_MAX];
};

struct widget *widget_picture_image(struct ui *ui, struct rect rect, const struct widget_picture_image *image)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_IMAGE, rect, image->id, image->label);
    struct image_data *data = widget_allocate(ui, sizeof *data);
    if (image->image)
        data->image = *image->image;
    if (image->view)
        data->view = *image->view;
    if (image->image)
        keep_within(&data->view, &data->image, rect);
    data->frame_count = image->frame_count < FRAMES_MAX ? image->frame_count : FRAMES_MAX;
    data->is_sheet = image->is_sheet;
    for (int i = 0; i < data->frame_count; i++) {
        data->frames[i] = image->frames[i];
        data->frames[i].words = widget_keep_text(ui, widget, image->frames[i].words);
        widget_mix(widget, (int64_t)(image->frames[i].x * 1e6) ^ (int64_t)(image->frames[i].y * 1e9) ^
                               (int64_t)image->frames[i].color);
    }
    widget_mix(widget, (int64_t)image->version);
    widget_mix(widget, image->image ? image->image->width : 0);
    widget_mix(widget, zoom_of(&data->view) * 4 + data->view.quarter_turns);
    widget_mix(widget, data->view.pan_x * 65536 + data->view.pan_y);
    data->placeholder = widget_keep_text(ui, widget, image->placeholder);
    widget->value = image->image ? NULL : data->placeholder;
    widget->data = data;
    widget->view = image->view;
    widget->state |= WIDGET_PRIVATE;
    if (image->view && image->image) {
        widget_make_target(ui, widget, image->tag);
        widget->state |= WIDGET_DRAG | WIDGET_RAPID;
    }
    widget->tag = image->tag;
    return widget;
}

void widget_picture_drag(const struct widget *w, int dx, int dy)
{
    const struct image_data *d = w->data;
    w->view->pan_x += dx;
    w->view->pan_y += dy;
    keep_within(w->view, &d->image, w->rect);
}

void widget_picture_wheel(const struct widget *w, int steps, int x, int y)
{
    const struct image_data *d = w->data;
    int zoom = zoom_of(w->view);
    steps = limited(steps, -WHEEL_MOST, WHEEL_MOST);
    for (int i = 0; i < steps; i++)
        zoom += zoom * WHEEL_PERCENT / 100;
    for (int i = 0; i > steps; i--)
        zoom = zoom * 100 / (100 + WHEEL_PERCENT);
    zoom_about(w->view, zoom, x - w->rect.x - w->rect.w / 2, y - w->rect.y - w->rect.h / 2);
    keep_within(w->view, &d->image, w->rect);
}

/* Units: window px. */
static struct rect page_rect(const struct widget_paint *paint, const struct widget *w,
                             const struct image_data *d)
{
    struct rect r = layout_to_window(paint->layout, w->rect);
    double width, height;
    page_size(&d->image, &d->view, r.w, r.h, &width, &height);
    struct rect page = rect_center(r, width >= 1 ? (int)width : 1, height >= 1 ? (int)height : 1);
    page.x += (int)(d->view.pan_x * paint->layout->scale);
    page.y += (int)(d->view.pan_y * paint->layout->scale);
    return page;
}

/* Pages are white in every theme, so what is drawn on them has the standard theme's colours. */
static uint32_t on_page(enum theme_color color)
{
    return theme_color(THEME_STANDARD, color);
}

static void paint_number(struct widget_paint *paint, struct rect at, int number, enum theme_color color)
{
    int radius = layout_length(paint->layout, 15), x, y;
    char text[12];
    struct theme_text type = theme_text(THEME_STANDARD, THEME_TYPE_CAPTION);
    snprintf(text, sizeof text, "%d", number);
    canvas_disc(paint->canvas, at.x, at.y + at.h / 2.0, radius, on_page(color));
    layout_to_base(paint->layout, at.x, at.y + at.h / 2, &x, &y);
    type.px = 20;
    type.weight = THEME_WEIGHT_BOLD;
    widget_paint_text(paint, rect_make(x - 15, y - 15, 30, 30), type, WIDGET_CENTER, text,
                      on_page(THEME_COLOR_ON_PRIMARY));
}

/* The desk's pill stands right of the place, over its end where the picture ends, or left of it. */
static struct rect pill_beside(struct widget_paint *paint, struct rect area, struct rect at, int width)
{
    int x, y, right, bottom;
    layout_to_base(paint->layout, at.x, at.y, &x, &y);
    layout_to_base(paint->layout, at.x + at.w, at.y + at.h, &right, &bottom);
    struct rect pill = rect_make(right + 12, (y + bottom) / 2 - 13, width, 26);
    if (pill.x + pill.w > area.x + area.w)
        pill.x = area.x + area.w - width;
    if (pill.x < (x + right) / 2)
        pill.x = x - 12 - width;
    pill.x = pill.x < area.x ? area.x : pill.x;
    return pill;
}

/* The kiosk's pill stands below the place, or above it where the page ends, inside the picture. */
static struct rect pill_below(struct widget_paint *paint, struct rect area, struct rect at, int width)
{
    int right, bottom, height = theme_text(paint->theme, THEME_TYPE_SMALL_STRONG).line_px + 16;
    layout_to_base(paint->layout, at.x + at.w, at.y + at.h, &right, &bottom);
    struct rect pill = rect_make(right - width, bottom + 10, width, height);
    if (pill.y + height > area.y + area.h)
        pill.y = area.y + area.h - height;
    pill.x = pill.x < area.x ? area.x : pill.x;
    return pill;
}

static void paint_words(struct widget_paint *paint, struct rect area, struct rect at,
                        const struct widget_picture_frame *f)
{
    bool desk = widget_draw_is_desk(paint), amber = f->color == THEME_COLOR_AMBER500;
    enum theme_type type = desk ? THEME_TYPE_DESK_CAPTION_STRONG : THEME_TYPE_SMALL_STRONG;
    int width = widget_draw_width(paint, type, f->words) + (desk ? 20 : 40);
    width = width < area.w ? width : area.w;
    struct rect pill = desk ? pill_beside(paint, area, at, width) : pill_below(paint, area, at, width);
    widget_draw_round(paint, pill, desk ? pill.h / 2 : 10,
                      amber ? THEME_COLOR_AMBER800 : THEME_COLOR_SEAL700);
    widget_draw_text(paint, pill, type, WIDGET_CENTER, f->words, THEME_COLOR_ON_SEAL);
}

static void paint_frame(struct widget_paint *paint, const struct widget *w, struct rect page,
                        struct widget_picture_frame f)
{
    struct rect at = rect_make(page.x + (int)(f.x * page.w), page.y + (int)(f.y * page.h),
                               (int)(f.w * page.w), (int)(f.h * page.h));
    if (f.is_guide) {
        canvas_fill_alpha(paint->canvas, at, on_page(f.color), 20);
        widget_draw_dashes(paint, at, 0, on_page(f.color)); /* its corners are never written on */
    } else {
        int width = layout_length(paint->layout, f.words && !widget_draw_is_desk(paint) ? 5 : 3);
        if (widget_draw_is_desk(paint) && f.words) /* pointed at: tinted, so that it is found at once */
            canvas_fill_alpha(paint->canvas, at, on_page(f.color), 36);
        canvas_outline_round(paint->canvas, rect_inset(at, -width - 1, -width - 1), f.words ? 10 : 6, width,
                             f.words ? on_page(f.color) : widget_paint_color(paint, f.color));
    }
    if (f.number > 0)
        paint_number(paint, at, f.number, f.color);
    if (f.words)
        paint_words(paint, w->rect, at, &f);
}

static void paint_nothing(struct widget_paint *paint, const struct widget *w, const struct image_data *d)
{
    widget_draw_text(paint, w->rect, widget_draw_is_desk(paint) ? THEME_TYPE_DESK : THEME_TYPE_BODY,
                     WIDGET_CENTER, paint->hide_values ? NULL : d->placeholder, THEME_COLOR_INK700);
}

void widget_picture_paint_image(struct widget_paint *paint, const struct widget *w)
{
    const struct image_data *d = w->data;
    struct rect r = layout_to_window(paint->layout, w->rect);
    if (!canvas_is_visible(paint->canvas, r))
        return;
    if (!d->is_sheet)
        canvas_fill(paint->canvas, r,
                    widget_paint_color(paint, d->image.rgb ? THEME_COLOR_KEYFN : THEME_COLOR_SUNK));
    if (!d->image.rgb || paint->hide_values) {
        paint_nothing(paint, w, d);
        return;
    }
    struct rect page = page_rect(paint, w, d);
    bool whole = page.w <= r.w && page.h <= r.h;
    if (d->is_sheet && whole && theme_has_shadow(paint->theme))
        canvas_shadow(paint->canvas, page, 0, layout_length(paint->layout, 6),
                      layout_length(paint->layout, 24), theme_color(THEME_STANDARD, THEME_COLOR_B900), 40);
    canvas_push_clip(paint->canvas, r);
    canvas_draw_image(paint->canvas, page, &d->image, d->view.quarter_turns);
    for (int i = 0; i < d->frame_count; i++)
        paint_frame(paint, w, page, turned(d->frames[i], d->view.quarter_turns));
    canvas_pop_clip(paint->canvas);
}
