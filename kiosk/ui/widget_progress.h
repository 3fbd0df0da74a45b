/* Progress: how far something is, as a bar, as stages in a row, as a ring that counts down.
 *
 * The bar never runs backwards: the caller keeps the largest percentage seen.
 */
#ifndef KIOSK_UI_WIDGET_PROGRESS_H
#define KIOSK_UI_WIDGET_PROGRESS_H

#include "kiosk/ui/widget.h"
#include "kiosk/ui/widget_mark.h"

/* A bar 20 high in the middle of the rectangle. */
struct widget *widget_progress(struct ui *ui, struct rect rect, const char *id, const char *label,
                               int percent);

/* One stage: 初始化, 生成密钥, 签发, 写入, 校验. */
struct widget_progress_stage {
    const char *name;
    const char *line; /* 完成, 进行中, 等待 */
    enum widget_mark_state state;
};
enum { WIDGET_PROGRESS_STAGES = 8 };
struct widget *widget_progress_stages(struct ui *ui, struct rect rect, const char *id,
                                      const struct widget_progress_stage *stages, int count);

/* A ring with the number inside it, e.g. text "4:32" and caption "剩余". amber for the last 60 s and
 * warnings. */
struct widget_progress_ring {
    const char *id;
    const char *text;
    const char *caption;
    bool caption_below;
    int left, total; /* any unit */
    bool amber;
};
struct widget *widget_progress_ring(struct ui *ui, struct rect rect, const struct widget_progress_ring *ring);

/* Painters of the kinds. */
void widget_progress_paint(struct widget_paint *paint, const struct widget *widget);
void widget_progress_paint_stages(struct widget_paint *paint, const struct widget *widget);
void widget_progress_paint_ring(struct widget_paint *paint, const struct widget *widget);

#endif
