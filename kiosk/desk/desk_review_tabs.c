/* A tab for each page of the case, with a small picture of it. Names are whole: where there is no room for
 * all tabs they are smaller, then those that do not fit are turned to. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_review.h"

enum {
    EDGE = 14,
    EDGE_SMALL = 10,
    TAB_GAP = 12,
    TAB_GAP_SMALL = 6,
    TURN = 22,     /* a button that turns to others */
    THUMB_PX = 76, /* twice as wide as it is shown, so that lines of text stay lines */
    LINE_BYTES = 64
};

/* --- small pictures ------------------------------------------------------------------------------------ */

void desk_review_thumbs_forget(struct desk_review_thumbs *thumbs)
{
    for (size_t i = 0; i < SERVICE_PAPERS_MAX; i++)
        service_image_free(thumbs->items[i].image);
    *thumbs = (struct desk_review_thumbs){0};
}

/* Pictures of another case, or of pages that may have been scanned again, are no longer those of this one. */
static void keep_to_case(struct desk_review_thumbs *thumbs, const struct order *order)
{
    if (strcmp(thumbs->order_id, order->id) == 0 && thumbs->version == order->version)
        return;
    desk_review_thumbs_forget(thumbs);
    (void)text_copy(thumbs->order_id, sizeof(thumbs->order_id), order->id);
    thumbs->version = order->version;
}

void desk_review_thumbs_ask(struct desk_review_state *state, struct ui *ui)
{
    struct desk_review_thumbs *thumbs = &state->thumbs;
    const struct service_case *what = desk_review_case(ui);
    size_t next = 0;
    keep_to_case(thumbs, &what->order);
    if (!what->is_open || identity_check_is_open(ui) || state->opening != 0 || state->shown.loading != 0 ||
        state->beside.loading != 0)
        return;
    while (next < what->page_count && thumbs->items[next].tried)
        next++;
    if (thumbs->asking != 0 || next >= what->page_count)
        return;
    thumbs->items[next].tried = true;
    thumbs->asked = next;
    thumbs->asking = service_desk_thumb(desk_program(ui)->services, what->pages[next].paper, THUMB_PX);
}

bool desk_review_thumbs_take(struct desk_review_state *state, const struct ui_event *event)
{
    struct desk_review_thumbs *thumbs = &state->thumbs;
    if (!ui_replied(event, thumbs->asking))
        return false;
    struct service_reply *reply = event->data;
    size_t at = thumbs->asked;
    thumbs->asking = 0;
    if (reply->image == NULL)
        return true;
    thumbs->items[at].image = reply->image;
    thumbs->items[at].version = reply->id;
    thumbs->items[at].pixels =
        (struct canvas_image){reply->image->rgb, reply->image->width_px, reply->image->height_px};
    reply->image = NULL;
    return true;
}

/* --- one tab ------------------------------------------------------------------------------------------- */

/* What is known of the page: not looked at yet, another one's, what the checks say. */
static const char *line_of(const struct ui *ui, size_t index, char out[LINE_BYTES])
{
    const struct service_page *page = &desk_review_case(ui)->pages[index];
    char number[24];
    if (!desk_review_case(ui)->seen[index])
        return desk_text(ui, "desk.page.unseen");
    if (desk_review_is_samples(page->paper))
        return desk_text(ui, "desk.samples.line");
    if (page->same_as[0] == 0)
        return desk_text(ui, page->state == SERVICE_PAGE_GOOD ? "desk.page.good" : "desk.page.look");
    (void)snprintf(number, sizeof(number), "%zu", desk_review_page_of(ui, page->same_as) + 1);
    desk_format(ui, out, LINE_BYTES, "desk.page.same", {"number", number});
    return out;
}

/* A tab and its words. */
struct tab {
    struct widget_case_tab shown;
    char id[DESK_REVIEW_ID_BYTES], name[128], line[LINE_BYTES];
};

static void make_tab(const struct desk_review_state *state, const struct ui *ui, size_t index, bool compact,
                     struct tab *out)
{
    const struct service_case *what = desk_review_case(ui);
    const struct service_page *page = &what->pages[index];
    const struct desk_review_thumbs *thumbs = &state->thumbs;
    bool good = page->state == SERVICE_PAGE_GOOD,
         has_picture = thumbs->items[index].image != NULL && strcmp(thumbs->order_id, what->order.id) == 0;
    (void)snprintf(out->id, sizeof(out->id), "page.%s", page->paper);
    (void)snprintf(out->name, sizeof(out->name), "%zu %.80s", index + 1, desk_review_title(ui, page->paper));
    out->shown = (struct widget_case_tab){
        .id = out->id,
        .name = out->name,
        .line = line_of(ui, index, out->line),
        .look = !what->seen[index] ? WIDGET_CASE_OPEN
                : good             ? WIDGET_CASE_GOOD
                                   : WIDGET_CASE_LOOK,
        .picture = has_picture ? &thumbs->items[index].pixels : NULL,
        .version = thumbs->items[index].version,
        .refused = desk_review_item_of(state, ORDER_ITEM_PAPER, desk_review_page_paper(ui, index)) != NULL,
        .selected = index == state->shown.page,
        .compact = compact,
        .tag = (int64_t)index};
}

/* --- the row ------------------------------------------------------------------------------------------- */

/* How the tabs lie: in which size, which of them, and whether there are more. */
struct row {
    struct rect area;
    int widths[SERVICE_PAPERS_MAX];
    int gap;
    bool compact, turns;
    size_t first, end;
};

static int measure(const struct desk_review_state *state, struct ui *ui, struct row *row)
{
    struct tab tab;
    int sum = -row->gap;
    for (size_t i = 0; i < desk_review_case(ui)->page_count; i++) {
        make_tab(state, ui, i, row->compact, &tab);
        row->widths[i] = widget_case_tab_width(ui, &tab.shown);
        sum += row->widths[i] + row->gap;
    }
    return sum;
}

/* The tab behind the last that fits when this one is the first; at least one stands there. */
static size_t end_from(const struct row *row, size_t first, size_t count)
{
    int room = row->area.w - row->widths[first];
    size_t end = first + 1;
    while (end < count && row->widths[end] + row->gap <= room)
        room -= row->widths[end++] + row->gap;
    return end;
}

/* The first tab of a row that ends before this one. */
static size_t first_before(const struct row *row, size_t end)
{
    size_t first = end - 1;
    while (first > 0 && end_from(row, first - 1, end) == end)
        first--;
    return first;
}

static struct row row_of(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    struct row row = {.area = rect_inset(area, EDGE, (area.h - WIDGET_CASE_TAB) / 2), .gap = TAB_GAP};
    size_t count = desk_review_case(ui)->page_count;
    row.end = count;
    if (measure(state, ui, &row) <= row.area.w)
        return row;
    row.compact = true;
    row.gap = TAB_GAP_SMALL;
    row.area = rect_inset(row.area, EDGE_SMALL - EDGE, 0);
    if (measure(state, ui, &row) <= row.area.w)
        return row;
    row.turns = true;
    row.area = rect_inset(row.area, TURN + row.gap, 0);
    row.first = state->first_tab < count ? state->first_tab : 0;
    row.end = end_from(&row, row.first, count);
    if (row.end == count) /* the last row is as full as any */
        row.first = first_before(&row, count);
    return row;
}

void desk_review_tabs_follow(struct desk_review_state *state, struct ui *ui)
{
    struct row row = row_of(state, ui, desk_review_areas(state, ui).tabs);
    size_t page = state->shown.page;
    if (page < row.first)
        state->first_tab = page;
    else if (page >= row.end)
        state->first_tab = first_before(&row, page + 1);
}

static void turn(struct desk_review_state *state, struct ui *ui, int step)
{
    struct row row = row_of(state, ui, desk_review_areas(state, ui).tabs);
    if (step > 0 && row.end < desk_review_case(ui)->page_count)
        state->first_tab = row.end;
    else if (step < 0 && row.first > 0)
        state->first_tab = first_before(&row, row.first);
}

bool desk_review_tabs_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "page."))
        desk_review_page_show(state, ui, (size_t)event->tag);
    else if (ui_tapped(event, "tabs.next"))
        turn(state, ui, 1);
    else if (ui_tapped(event, "tabs.previous"))
        turn(state, ui, -1);
    else if (event->kind == UI_EVENT_WHEEL && strncmp(event->id, "page.", strlen("page.")) == 0)
        turn(state, ui, event->steps > 0 ? -1 : 1);
    else
        return false;
    return true;
}

static void draw_turn(struct ui *ui, struct rect area, const char *id, const char *label, enum icon icon,
                      bool may)
{
    (void)widget_button(ui, area,
                        &(struct widget_button){.id = id,
                                                .label = desk_text(ui, label),
                                                .icon = icon,
                                                .icon_only = true,
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .disabled = !may});
}

void desk_review_tabs_draw(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    struct row row = row_of(state, ui, area);
    struct rect rest = row.area;
    struct tab tab;
    for (size_t i = row.first; i < row.end; i++) {
        make_tab(state, ui, i, row.compact, &tab);
        (void)widget_case_tab(ui, rect_cut_left(&rest, row.widths[i] < rest.w ? row.widths[i] : rest.w),
                              &tab.shown);
        (void)rect_cut_left(&rest, row.gap);
    }
    if (row.turns) {
        struct rect r = row.area;
        draw_turn(ui, rect_make(r.x - row.gap - TURN, r.y, TURN, r.h), "tabs.previous", "desk.tabs.previous",
                  ICON_CHEVRON_LEFT, row.first > 0);
        draw_turn(ui, rect_make(r.x + r.w + row.gap, r.y, TURN, r.h), "tabs.next", "desk.tabs.next",
                  ICON_CHEVRON_RIGHT, row.end < desk_review_case(ui)->page_count);
    }
    (void)widget_panel_line(ui, rect_make(area.x + 1, area.y + area.h - 1, area.w - 2, 1));
}
