#include "kiosk/screens/objects.h"

#include <stdio.h>

#include "kiosk/screens/key_models.h"
#include "kiosk/screens/screen_list.h"

enum { FIRST_ROWS = 2, ROW_HEIGHT = 104, ROW_HEIGHT_LARGE = 140, ROW_GAP = 12, TURN_HEIGHT = 96 };

bool objects_event(const struct ui_event *event, int *page)
{
    if (ui_tapped(event, "object.previous"))
        --*page;
    else if (ui_tapped(event, "object.next"))
        ++*page;
    else
        return false;
    return true;
}

static int count_of(const struct service_holder *holder)
{
    unsigned listed = holder->objects < SERVICE_OBJECTS_MAX ? holder->objects : SERVICE_OBJECTS_MAX;
    return FIRST_ROWS + (int)listed;
}

static bool is_certificate(enum service_object_kind kind)
{
    return kind == SERVICE_OBJECT_SIGN_CERTIFICATE || kind == SERVICE_OBJECT_ENCRYPT_CERTIFICATE ||
           kind == SERVICE_OBJECT_FOREIGN_CERTIFICATE;
}

/* The first rows are the key's own label and model. */
static void draw_row(struct ui *ui, struct rect rect, const struct service_holder *holder, int index)
{
    char id[32];
    char key[WORDS_KEY_BYTES];
    char day[32] = "";
    char line[64] = "";
    struct widget_list_row row = {.id = id, .icon = ICON_UKEY, .name = screen_text(ui, "holder.label")};
    (void)snprintf(id, sizeof(id), "object.%d", index);
    row.line = holder->key_label[0] != 0 ? holder->key_label : screen_text(ui, "holder.unlabelled");
    if (index == 1) {
        const char *model = key_models_name(holder);
        row.name = screen_text(ui, "holder.model");
        row.line = model[0] != 0 ? model : screen_text(ui, "holder.model_untold");
    }
    if (index >= FIRST_ROWS) {
        const struct service_object *object = &holder->object[index - FIRST_ROWS];
        (void)snprintf(key, sizeof(key), "holder.object.%s", service_object_kind_name(object->kind));
        (void)clock_format_hall(object->not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
        if (object->not_after_utc_s != 0)
            screen_format(ui, line, sizeof(line), "holder.object_until", {"day", day});
        row.icon = is_certificate(object->kind) ? ICON_FILE : ICON_KEY;
        row.name = screen_text(ui, key);
        row.line = line[0] != 0 ? line : NULL;
    }
    (void)widget_list_row(ui, rect, &row);
}

void objects_draw(struct ui *ui, struct rect area, const struct service_holder *holder, int page)
{
    int count = count_of(holder);
    int height = ui_is_large(ui) ? ROW_HEIGHT_LARGE : ROW_HEIGHT;
    int most = (area.h + ROW_GAP) / (height + ROW_GAP);
    if (count > most)
        most = (area.h - TURN_HEIGHT) / (height + ROW_GAP);
    int pages = (count + most - 1) / most;
    if (page >= pages)
        page = pages - 1;
    if (pages > 1)
        widget_list_pages(ui, rect_cut_bottom(&area, TURN_HEIGHT - ROW_GAP), "object", page, pages);
    for (int i = page * most; i < count && i < (page + 1) * most; i++) {
        draw_row(ui, rect_cut_top(&area, height), holder, i);
        (void)rect_cut_top(&area, ROW_GAP);
    }
}
