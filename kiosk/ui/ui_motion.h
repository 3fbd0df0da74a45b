/* Ui motion: which change of the page moves, and the frames it takes. Inside kiosk/ui only.
 *
 * Only 标准 moves; 大字, 高对比 and the desk change at once. A page that ends a visit is gone at once, too.
 * Pitfall: ui_damage cuts a running motion, for then the pixels behind it can no longer be trusted.
 */
#ifndef KIOSK_UI_UI_MOTION_H
#define KIOSK_UI_UI_MOTION_H

#include "kiosk/ui/ui_core.h"

/* Another screen is on top: its page slides in. was_painted: the pixels still show the page before. */
void ui_motion_page(struct ui *ui, bool was_painted);
/* A dialog or toast that was not there in the tree before rises. */
void ui_motion_build(struct ui *ui, const struct widget_tree *before);
/* What moves quickly is damaged. Returns: whether another frame is wanted soon. */
bool ui_motion_tick(struct ui *ui, int64_t now_ms);
/* Whether what is painted now goes through the motion; one that is over is ended. */
bool ui_motion_is_on(struct ui *ui);
/* Where the tree is painted while a motion is on. Returns: NULL when there is no memory, and the motion is
 * cut. */
uint32_t *ui_motion_pixels(struct ui *ui, const uint32_t *pixels, int stride);
/* The frame is mixed into the pixels. Units: window px. Returns: what changed there. */
struct rect ui_motion_show(struct ui *ui, uint32_t *pixels, int stride, struct rect painted);

#endif
