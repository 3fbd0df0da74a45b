/* The viewer: a tab for each page, its tools, and the page itself, alone or beside another; the field in hand
 * is framed where it stands on the form. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_review.h"

enum {
    PAGE_PX = 1600,
    TOOL = 32,
    TOOL_GAP = 8,
    MARGIN_OF = 15, /* of the viewer, beside a page as wide as it */
    PERCENT = 54,   /* between its two buttons, without gaps */
    TOP = 16,       /* above it */
    SEAL_PERCENT = 300,
    TOOL_WIDTH = 48
};

static const struct service_place *place_of_field(const struct desk_review_state *state, const struct ui *ui)
{
    const struct service_case *what = desk_review_case(ui);
    for (size_t i = 0; i < what->place_count; i++)
        if (strcmp(what->places[i].field, state->field) == 0)
            return &what->places[i].place;
    return NULL;
}

size_t desk_review_page_of(const struct ui *ui, const char *paper)
{
    const struct service_case *what = desk_review_case(ui);
    for (size_t i = 0; i < what->page_count; i++)
        if (strcmp(what->pages[i].paper, paper) == 0)
            return i;
    return what->page_count;
}

bool desk_review_is_samples(const char *paper)
{
    return strcmp(paper, SERVICE_SAMPLES_PAPER) == 0;
}

const char *desk_review_title(const struct ui *ui, const char *paper)
{
    const struct service_case *what = desk_review_case(ui);
    return desk_review_is_samples(paper)
               ? desk_text(ui, "desk.samples")
               : service_page_title(desk_review_product(ui), what->pages, what->page_count, paper);
}

const char *desk_review_page_paper(const struct ui *ui, size_t page)
{
    const struct service_case *what = desk_review_case(ui);
    return desk_review_is_samples(what->pages[page].paper) ? what->samples[0].paper : what->pages[page].paper;
}

/* --- showing ------------------------------------------------------------------------------------------ */

static void forget(struct desk_review_picture *picture)
{
    service_image_free(picture->image);
    picture->image = NULL;
}

void desk_review_page_forget(struct desk_review_state *state)
{
    forget(&state->shown);
    forget(&state->beside);
}

static void ask_for(struct desk_review_picture *picture, struct ui *ui, size_t page)
{
    picture->page = page;
    forget(picture);
    widget_picture_reset(&picture->view);
    picture->loading =
        service_desk_page(desk_program(ui)->services, desk_review_case(ui)->pages[page].paper, PAGE_PX);
}

void desk_review_page_show(struct desk_review_state *state, struct ui *ui, size_t page)
{
    if (page >= desk_review_case(ui)->page_count)
        return;
    ask_for(&state->shown, ui, page);
    state->comparing = false;
    state->field[0] = 0;
    desk_review_tabs_follow(state, ui);
    desk_review_pointed(state, ui);
}

/* As wide as the viewer, from the page's top. */
static void fit_width(struct desk_review_picture *picture, struct rect viewer)
{
    double width = picture->pixels.width, height = picture->pixels.height;
    double whole = viewer.w / width < viewer.h / height ? viewer.w / width : viewer.h / height;
    int margin = viewer.w / MARGIN_OF;
    double wide = (viewer.w - 2 * margin) / width;
    widget_picture_reset(&picture->view);
    if (width <= 0 || height <= 0 || wide <= whole)
        return;
    picture->view.zoom_percent = (int)(100 * wide / whole);
    picture->view.pan_y = (int)((height * wide - viewer.h) / 2) + TOP;
}

static struct rect viewer_of(const struct desk_review_state *state, struct ui *ui, bool beside)
{
    struct rect viewer = desk_review_areas(state, ui).viewer;
    return state->comparing ? rect_column(viewer, beside ? 1 : 0, 2, 2) : viewer;
}

static void point_at(struct desk_review_state *state, struct ui *ui, const struct service_place *place)
{
    widget_picture_point(
        &state->shown.view, &state->shown.pixels, viewer_of(state, ui, false),
        &(struct widget_picture_frame){.x = place->x, .y = place->y, .w = place->w, .h = place->h});
}

void desk_review_page_point(struct desk_review_state *state, struct ui *ui)
{
    const struct service_place *place = place_of_field(state, ui);
    if (place != NULL && state->shown.image != NULL)
        point_at(state, ui, place);
}

/* --- events ------------------------------------------------------------------------------------------- */

static bool take_reply(struct desk_review_state *state, struct ui *ui, const struct ui_event *event,
                       struct desk_review_picture *picture)
{
    struct service_reply *reply = event->data;
    if (!ui_replied(event, picture->loading))
        return false;
    picture->loading = 0;
    picture->image = reply->image;
    picture->version = reply->id;
    reply->image = NULL;
    if (reply->status != STATUS_OK)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    if (picture->image == NULL)
        return true;
    picture->pixels =
        (struct canvas_image){picture->image->rgb, picture->image->width_px, picture->image->height_px};
    fit_width(picture, viewer_of(state, ui, picture == &state->beside));
    if (picture == &state->shown)
        desk_review_page_point(state, ui);
    return true;
}

/* What it is compared with: the first paper that is not the form, or the form beside that. */
static size_t other_page(const struct desk_review_state *state, const struct ui *ui)
{
    size_t form = desk_review_page_of(ui, desk_review_case(ui)->form_paper);
    size_t first = form == 0 ? 1 : 0;
    return state->shown.page == first && form < desk_review_case(ui)->page_count ? form : first;
}

static void compare(struct desk_review_state *state, struct ui *ui)
{
    size_t other = other_page(state, ui);
    if (!state->comparing && (other >= desk_review_case(ui)->page_count || other == state->shown.page))
        return;
    state->comparing = !state->comparing;
    if (state->comparing)
        ask_for(&state->beside, ui, other);
    if (state->shown.image != NULL)
        fit_width(&state->shown, viewer_of(state, ui, false));
}

/* Where the page's seal is; NULL where none was found. */
static const struct service_place *place_of_seal(const struct desk_review_state *state, const struct ui *ui)
{
    const struct service_page *page = &desk_review_case(ui)->pages[state->shown.page];
    for (size_t i = 0; i < page->check_count; i++)
        if (strcmp(page->checks[i].name, "seal") == 0 && page->checks[i].place.w > 0)
            return &page->checks[i].place;
    return NULL;
}

static void look_at_seal(struct desk_review_state *state, struct ui *ui)
{
    const struct service_place *place = place_of_seal(state, ui);
    if (place == NULL || state->shown.image == NULL)
        return;
    state->shown.view.zoom_percent = SEAL_PERCENT;
    point_at(state, ui, place);
}

static bool on_tools(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "review.zoom_in") || desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'z') ||
        desk_pressed(ui, event, INPUT_KEY_CHARACTER, '+'))
        widget_picture_zoom(&state->shown.view, 1);
    else if (ui_tapped(event, "review.zoom_out") || desk_pressed(ui, event, INPUT_KEY_CHARACTER, '-'))
        widget_picture_zoom(&state->shown.view, -1);
    else if (ui_tapped(event, "review.fit") || desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'w'))
        fit_width(&state->shown, viewer_of(state, ui, false));
    else if (ui_tapped(event, "review.rotate") || desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'r'))
        widget_picture_rotate(&state->shown.view);
    else if (ui_tapped(event, "review.seal") || desk_pressed(ui, event, INPUT_KEY_CHARACTER, 's'))
        look_at_seal(state, ui);
    else if (ui_tapped(event, "review.compare") || desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'c'))
        compare(state, ui);
    else
        return false;
    return true;
}

bool desk_review_page_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    bool typing = ui_edit(ui) != NULL;
    if (event->kind == UI_EVENT_REPLY)
        return take_reply(state, ui, event, &state->shown) || take_reply(state, ui, event, &state->beside);
    if (desk_review_tabs_event(state, ui, event))
        return true;
    if (event->kind == UI_EVENT_KEY && event->key == INPUT_KEY_CHARACTER && event->character >= '1' &&
        event->character <= '9' && !typing)
        desk_review_page_show(state, ui, (size_t)(event->character - '1'));
    else
        return on_tools(state, ui, event);
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

/* Where its words have no room the sign stands alone. */
static void tool(struct ui *ui, struct rect *area, struct widget_button button)
{
    button.look = WIDGET_BUTTON_NEUTRAL;
    button.type = THEME_TYPE_DESK_TABLE;
    button.icon_only = button.icon_only || widget_button_width(ui, &button) > area->w;
    int width = button.icon_only ? TOOL_WIDTH : widget_button_width(ui, &button);
    if (width > area->w)
        return;
    if (button.icon_only)
        button.shortcut = NULL;
    (void)widget_button(ui, rect_cut_left(area, width), &button);
    (void)rect_cut_left(area, TOOL_GAP);
}

static void draw_percent(const struct desk_review_state *state, struct ui *ui, struct rect *area)
{
    char percent[16];
    int zoom = state->shown.view.zoom_percent;
    (void)snprintf(percent, sizeof(percent), "%d%%", zoom > 0 ? zoom : 100);
    struct rect at = rect_cut_left(area, PERCENT - TOOL_GAP);
    at = rect_make(at.x - TOOL_GAP, at.y, PERCENT, at.h);
    (void)widget_label(ui, at,
                       &(struct widget_label){
                           .text = percent, .type = THEME_TYPE_DESK, .align = WIDGET_CENTER, .middle = true});
}

/* How large the electronic seal will be. */
static void write_size(const struct ui *ui, char *out, size_t size)
{
    const struct service_case *what = desk_review_case(ui);
    char width[16];
    char height[16];
    *out = 0;
    for (size_t i = 0; i < what->sample_count && *out == 0; i++) {
        if (!what->samples[i].is_chosen || what->samples[i].width_mm <= 0)
            continue;
        (void)snprintf(width, sizeof(width), "%.1f", what->samples[i].width_mm);
        (void)snprintf(height, sizeof(height), "%.1f", what->samples[i].height_mm);
        desk_format(ui, out, size, "desk.samples.size", {"width", width}, {"height", height});
    }
}

/* Which page it is, how it was scanned and how far it was turned, as far as that is known. */
static void write_scan(const struct desk_review_state *state, const struct ui *ui, char *out, size_t size)
{
    const struct service_page *page = &desk_review_case(ui)->pages[state->shown.page];
    int tenths = page->turned_tenths < 0 ? -page->turned_tenths : page->turned_tenths;
    char number[16], text[96];
    (void)snprintf(number, sizeof(number), "%zu", state->shown.page + 1);
    desk_format(ui, out, size, "desk.page.number", {"number", number});
    if (page->dpi > 0) {
        (void)snprintf(number, sizeof(number), "%d", page->dpi);
        desk_format(ui, text, sizeof(text), "desk.page.dpi", {"before", out}, {"dpi", number});
        (void)text_copy(out, size, text);
    }
    if (tenths != 0) {
        (void)snprintf(number, sizeof(number), "%d.%d", tenths / 10, tenths % 10);
        desk_format(ui, text, sizeof(text), "desk.page.turned", {"before", out}, {"degrees", number});
        (void)text_copy(out, size, text);
    }
}

enum { REMARK_BYTES = 192 };

/* Whose page it is, where it stands for another paper, too; of samples the seal's size; else how it was
 * scanned. */
static void write_remark(const struct desk_review_state *state, const struct ui *ui, char text[REMARK_BYTES])
{
    const struct service_page *page = &desk_review_case(ui)->pages[state->shown.page];
    text[0] = 0;
    if (desk_review_is_samples(page->paper))
        write_size(ui, text, REMARK_BYTES);
    else if (page->same_as[0] != 0)
        desk_format(ui, text, REMARK_BYTES, "desk.page.same_as",
                    {"paper", desk_review_title(ui, page->same_as)});
    else
        write_scan(state, ui, text, REMARK_BYTES);
}

/* Where there is no room for all of it the first part alone. */
static void draw_remark(struct ui *ui, struct rect area, char *text)
{
    char *end = strstr(text, "·");
    if (end != NULL && widget_label_width(ui, THEME_TYPE_DESK_CAPTION, text) > area.w)
        *end = 0;
    if (text[0] == 0 || widget_label_width(ui, THEME_TYPE_DESK_CAPTION, text) > area.w)
        return;
    (void)widget_label(ui, area,
                       &(struct widget_label){.id = "review.scan",
                                              .text = text,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
}

/* With the paper's name where there is room for it beside the remark. */
static void draw_compare(const struct desk_review_state *state, struct ui *ui, struct rect *area,
                         const char *remark)
{
    const struct service_case *what = desk_review_case(ui);
    size_t other = state->comparing ? state->beside.page : other_page(state, ui);
    char label[96];
    if (other >= what->page_count)
        return;
    desk_format(ui, label, sizeof(label), "desk.compare",
                {"paper", desk_review_title(ui, what->pages[other].paper)});
    struct widget_button button = {.id = "review.compare",
                                   .label = label,
                                   .icon = ICON_SWAP,
                                   .type = THEME_TYPE_DESK_TABLE,
                                   .selected = state->comparing,
                                   .shortcut = "C"};
    int room = area->w - TOOL_GAP - widget_label_width(ui, THEME_TYPE_DESK_CAPTION, remark);
    if (widget_button_width(ui, &button) > room)
        button.label = desk_text(ui, "desk.key.compare");
    tool(ui, area, button);
}

/* By width: what a key does as well loses its words first. */
static void draw_tools(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    struct rect r = rect_inset(area, 14, (area.h - TOOL) / 2);
    char remark[REMARK_BYTES];
    bool narrow = area.w < 620;
    (void)widget_panel(ui, rect_make(area.x + 1, area.y, area.w - 2, area.h), WIDGET_PANEL_QUIET_BAND);
    (void)widget_panel_line(ui, rect_make(area.x + 1, area.y + area.h - 1, area.w - 2, 1));
    tool(ui, &r,
         (struct widget_button){.id = "review.zoom_out",
                                .label = desk_text(ui, "desk.zoom_out"),
                                .icon = ICON_ZOOM_OUT,
                                .icon_only = true});
    draw_percent(state, ui, &r);
    tool(ui, &r,
         (struct widget_button){.id = "review.zoom_in",
                                .label = desk_text(ui, "desk.zoom_in"),
                                .icon = ICON_ZOOM_IN,
                                .icon_only = true});
    tool(ui, &r,
         (struct widget_button){.id = "review.fit",
                                .label = desk_text(ui, "desk.fit"),
                                .icon = narrow ? ICON_GRID : ICON_NONE,
                                .icon_only = narrow,
                                .shortcut = "W"});
    tool(ui, &r,
         (struct widget_button){.id = "review.rotate",
                                .label = desk_text(ui, "desk.rotate"),
                                .icon = ICON_ROTATE,
                                .icon_only = narrow,
                                .shortcut = "R"});
    if (place_of_seal(state, ui) != NULL)
        tool(ui, &r,
             (struct widget_button){.id = "review.seal",
                                    .label = desk_text(ui, "desk.seal"),
                                    .icon = ICON_STAMP,
                                    .icon_only = narrow,
                                    .shortcut = "S"});
    write_remark(state, ui, remark);
    draw_compare(state, ui, &r, remark);
    draw_remark(ui, r, remark);
}

static void draw_picture(struct ui *ui, struct rect area, struct desk_review_picture *picture, const char *id,
                         const struct widget_picture_frame *frame)
{
    bool loading = picture->loading != 0;
    (void)widget_picture_image(
        ui, area,
        &(struct widget_picture_image){.id = id,
                                       .label = desk_text(ui, "desk.review.page"),
                                       .image = picture->image == NULL ? NULL : &picture->pixels,
                                       .version = picture->version,
                                       .view = &picture->view,
                                       .frames = frame,
                                       .frame_count = frame == NULL ? 0 : 1,
                                       .placeholder = loading ? "" : desk_text(ui, "desk.page.none")});
    if (!loading)
        return;
    struct rect wait = rect_center(area, area.w < 240 ? area.w : 240, 96);
    (void)widget_mark_spinner(ui, rect_cut_top(&wait, 56), desk_text(ui, "desk.review.loading"));
    (void)widget_label(ui, wait,
                       &(struct widget_label){.text = desk_text(ui, "desk.review.loading"),
                                              .type = THEME_TYPE_DESK,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

static void draw_viewer(struct desk_review_state *state, struct ui *ui)
{
    const struct service_place *place = place_of_field(state, ui);
    struct widget_picture_frame frame = {.color = THEME_COLOR_AMBER500,
                                         .words = desk_text(ui, "desk.review.pointed")};
    bool on_page =
        place != NULL && state->shown.page == desk_review_page_of(ui, desk_review_case(ui)->form_paper);
    if (on_page)
        frame = (struct widget_picture_frame){
            place->x, place->y, place->w, place->h, .color = frame.color, .words = frame.words};
    draw_picture(ui, viewer_of(state, ui, false), &state->shown, "review.page", on_page ? &frame : NULL);
    if (state->comparing)
        draw_picture(ui, viewer_of(state, ui, true), &state->beside, "review.beside", NULL);
}

void desk_review_page_draw(struct desk_review_state *state, struct ui *ui,
                           const struct desk_review_areas *areas)
{
    (void)widget_panel(ui, areas->page, WIDGET_PANEL_CARD);
    if (!desk_review_case(ui)->is_open) {
        const char *text = desk_text(ui, state->opening != 0               ? "desk.review.loading"
                                         : desk_view(ui)->queue_count == 0 ? "desk.review.empty"
                                                                           : "desk.review.choose");
        (void)widget_label(ui, areas->page,
                           &(struct widget_label){.text = text,
                                                  .type = THEME_TYPE_DESK,
                                                  .color = THEME_COLOR_INK700,
                                                  .align = WIDGET_CENTER,
                                                  .middle = true});
        return;
    }
    desk_review_tabs_draw(state, ui, areas->tabs);
    draw_tools(state, ui, areas->tools);
    draw_viewer(state, ui);
}
