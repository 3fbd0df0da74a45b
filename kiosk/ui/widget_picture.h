/* Picture: QR codes and scanned pages from pixels the caller has.
 *
 * It decodes nothing and keeps no copy.
 * Pitfall: pixels are borrowed until the next build; a page shows personal data and is the caller's to wipe.
 */
#ifndef KIOSK_UI_WIDGET_PICTURE_H
#define KIOSK_UI_WIDGET_PICTURE_H

#include "kiosk/base/qr.h"
#include "kiosk/ui/widget.h"

/* The code on its white tile, modules as large as fit; the quiet zone of 4 modules is kept. */
struct widget *widget_picture_qr(struct ui *ui, struct rect rect, const char *id, const char *label,
                                 const struct qr *qr);

/* How a page is looked at. The screen keeps it in its state; dragging and the wheel change it, and the
 * buttons the screen offers call the functions below. */
struct widget_picture_view {
    int zoom_percent;  /* 100 is the whole page in the rectangle; 0 is taken as 100 */
    int quarter_turns; /* clockwise */
    int pan_x, pan_y;  /* base px, 0,0 is centred */
};
/* The zoom changes by a step (25 %), between 100 % and 800 %. */
void widget_picture_zoom(struct widget_picture_view *view, int steps);
/* The page turns clockwise by a quarter; it is centred again. */
void widget_picture_rotate(struct widget_picture_view *view);
/* Whole page, upright. */
void widget_picture_reset(struct widget_picture_view *view);

/* A place of the page. Where a person is to write or to stamp it is dashed and tinted; else it is framed. */
struct widget_picture_frame {
    double x, y, w, h; /* parts of the page, 0 to 1 */
    enum theme_color color;
    bool is_guide;     /* dashed and tinted */
    int number;        /* in a disc on the left edge; 0 for none */
    const char *words; /* in a pill below; NULL for none */
};
/* A place of the upright page comes to the middle of the rectangle the page is shown in, turned or not, as
 * far as the page's edges allow. Units: base px. */
void widget_picture_point(struct widget_picture_view *view, const struct canvas_image *image,
                          struct rect rect, const struct widget_picture_frame *place);

struct widget_picture_image {
    const char *id;
    const char *label;
    const struct canvas_image *image; /* borrowed until the next build; NULL shows the placeholder */
    uint64_t version;                 /* differs when the pixels do */
    struct widget_picture_view *view; /* NULL: whole page, nothing to drag */
    const char *placeholder;          /* words when there is no image */
    bool
        is_sheet; /* the page lies with a shadow on what is below, the rest of the rectangle stays as it is */
    const struct widget_picture_frame *frames; /* places to point at; may be NULL */
    int frame_count;
    int64_t tag;
};
/* The picture fills the rectangle. Units: base px. */
struct widget *widget_picture_image(struct ui *ui, struct rect rect,
                                    const struct widget_picture_image *image);

/* For the toolkit: the page is moved with the finger, never further than its edges; it grows or shrinks by
 * steps (10 %) about the point. Units: base px. */
void widget_picture_drag(const struct widget *widget, int dx, int dy);
void widget_picture_wheel(const struct widget *widget, int steps, int x, int y);

/* Painters of the kinds. */
void widget_picture_paint_qr(struct widget_paint *paint, const struct widget *widget);
void widget_picture_paint_image(struct widget_paint *paint, const struct widget *widget);

#endif
