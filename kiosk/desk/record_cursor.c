#include "kiosk/desk/record_cursor.h"

#include <stdio.h>
#include <string.h>

size_t record_cursor_near(const struct record_cursor *cursor, int step)
{
    int last = (int)cursor->count - 1, to = (int)cursor->here + step;
    return cursor->here >= cursor->count || to < 0 ? 0 : (size_t)(to > last ? last : to);
}

size_t record_cursor_end(const struct record_cursor *cursor)
{
    size_t end = cursor->first + cursor->rows;
    return end < cursor->count ? end : cursor->count;
}

/* How far a key or the wheel moves; 0 for everything else. */
static int step_of(const struct record_cursor *cursor, const struct ui *ui, const struct ui_event *event)
{
    const struct {
        enum input_key key;
        int step;
    } keys[] = {{INPUT_KEY_DOWN, 1},
                {INPUT_KEY_UP, -1},
                {INPUT_KEY_PAGE_DOWN, (int)cursor->rows},
                {INPUT_KEY_PAGE_UP, -(int)cursor->rows}};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (desk_pressed(ui, event, keys[i].key, 0))
            return keys[i].step;
    return event->kind == UI_EVENT_WHEEL && strcmp(event->id, cursor->page) == 0 ? -event->steps : 0;
}

static void show(struct record_cursor *cursor)
{
    if (cursor->here < cursor->first)
        cursor->first = cursor->here;
    else if (cursor->here >= cursor->first + cursor->rows)
        cursor->first = cursor->here + 1 - cursor->rows;
}

bool record_cursor_moved(struct record_cursor *cursor, const struct ui *ui, const struct ui_event *event)
{
    char row[64];
    int step = step_of(cursor, ui, event);
    (void)snprintf(row, sizeof(row), "%s.row.", cursor->page);
    size_t to = ui_tapped_prefix(event, row) ? (size_t)event->tag - 1
                : step != 0                  ? record_cursor_near(cursor, step)
                                             : cursor->count;
    if (to >= cursor->count)
        return false;
    cursor->here = to;
    show(cursor);
    return true;
}
