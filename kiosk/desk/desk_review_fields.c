/* What was filled in, page by page so that nothing stays unseen. A number that is hidden is shown in full for
 * a reason that is written down. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_review.h"
#include "kiosk/desk/field_name.h"

enum {
    ROW_HIGH = 40,
    ROW_LOW = 32,
    TABLE_HEAD = 36,
    FIELDS_MAX = SERVICE_PLACES_MAX,
    MARK_ROOM = 24, /* of a sign behind a remark */
    TURN = 26,      /* a button that turns to other fields, in the table's head */
    TURN_WIDE = 44, /* the same below the table */
    TURN_COUNT = 48,
    REVEAL = 34,
    CELL_PADDING = 12,
    NAME_LEAST = 104,
    VALUE_BYTES = LIMIT_FIELD_BYTES + 1
};

/* What stands side by side in a row. Units: base px. */
struct columns {
    int name, entered, read;
};

/* The fields a clerk reads, in the form's order. */
static size_t list(const struct ui *ui, const struct form_field *out[FIELDS_MAX])
{
    const struct form *form = desk_review_form(ui);
    size_t count = 0;
    for (size_t i = 0; i < form->field_count && count < FIELDS_MAX; i++)
        if (service_case_shows(desk_review_case(ui), form, &form->fields[i]))
            out[count++] = &form->fields[i];
    return count;
}

static int row_height(const struct desk_review_areas *areas)
{
    return areas->is_low ? ROW_LOW : ROW_HIGH;
}

/* How many rows fit, at least one so that the list can be gone through. */
static size_t rows_of(const struct desk_review_areas *areas)
{
    int rows = (areas->fields.h - TABLE_HEAD) / row_height(areas);
    return rows > 0 ? (size_t)rows : 1;
}

static void name_of(const struct ui *ui, const struct form_field *field, char out[FIELD_NAME_BYTES])
{
    field_name(ui, desk_review_form(ui), field, out);
}

static bool is_revealed(const struct desk_review_state *state, const struct ui *ui, const char *id)
{
    return strcmp(state->revealed, id) == 0 &&
           clock_utc_s(desk_program(ui)->clock) < state->revealed_until_utc_s;
}

/* The applicant may read the own mobile number on the form (a07); at the desk every one is hidden like an ID
 * number, whatever the product says (c02). */
static bool is_masked(const struct form_field *field)
{
    return field->masked || field->kind == FORM_KIND_MOBILE || field->kind == FORM_KIND_RESIDENT_ID;
}

static void value_of(const struct desk_review_state *state, const struct ui *ui,
                     const struct form_field *field, char out[VALUE_BYTES])
{
    const char *value = form_value(desk_review_form(ui), &desk_review_case(ui)->values, field->id);
    struct buf masked;
    buf_init(&masked, LIMIT_FIELD_BYTES);
    bool hide = is_masked(field) && !is_revealed(state, ui, field->id);
    if (hide && (form_mask(value, &masked) != STATUS_OK || masked.length == 0))
        (void)text_copy(out, VALUE_BYTES, "***");
    else
        (void)snprintf(out, VALUE_BYTES, "%s", hide ? (const char *)masked.data : value);
    buf_wipe(&masked);
}

/* --- columns ------------------------------------------------------------------------------------------ */

/* What stands beside a value: that it goes back, or what a register says; a tick only for what was compared.
 */
struct remark {
    const char *words;
    enum widget_table_look look;
    enum icon icon;
    enum theme_color color;
};

static struct remark remark_on(const struct desk_review_state *state, const struct ui *ui,
                               const struct form_field *field)
{
    const struct service_case *what = desk_review_case(ui);
    char key[WORDS_KEY_BYTES];
    if (desk_review_item_of(state, ORDER_ITEM_FIELD, field->id) != NULL)
        return (struct remark){desk_text(ui, "desk.item.back"), WIDGET_TABLE_RED, ICON_CROSS,
                               THEME_COLOR_SEAL600};
    enum service_finding_verdict verdict = service_finding_of(what->findings, what->finding_count, field->id);
    if (verdict != SERVICE_FINDING_AGREES && verdict != SERVICE_FINDING_UNKNOWN &&
        verdict != SERVICE_FINDING_DIFFERS)
        return (struct remark){desk_text(ui, "desk.review.unchecked"), WIDGET_TABLE_PLAIN, ICON_NONE,
                               THEME_COLOR_INK500};
    (void)snprintf(key, sizeof(key), "desk.finding.%s", service_finding_name(verdict));
    return (struct remark){desk_text(ui, key), WIDGET_TABLE_PLAIN,
                           verdict == SERVICE_FINDING_AGREES    ? ICON_CHECK
                           : verdict == SERVICE_FINDING_DIFFERS ? ICON_WARNING
                                                                : ICON_MINUS,
                           verdict == SERVICE_FINDING_AGREES    ? THEME_COLOR_JADE600
                           : verdict == SERVICE_FINDING_DIFFERS ? THEME_COLOR_AMBER800
                                                                : THEME_COLOR_LINE500};
}

static int widest(struct ui *ui, const char *words, int sign, int before)
{
    int width = widget_label_width(ui, THEME_TYPE_DESK_TABLE, words) + sign + 2 * CELL_PADDING;
    return width > before ? width : before;
}

/* Each column is as wide as its longest words on this page of the list; what is left over is shared by value
 * and remark. Where there is too little, names give way first: what is compared is the value. */
static struct columns columns_of(const struct desk_review_state *state, struct ui *ui,
                                 const struct desk_review_areas *areas)
{
    const struct form_field *fields[FIELDS_MAX];
    size_t count = list(ui, fields), end = state->first_field + rows_of(areas);
    int all = areas->fields.w - 2, value = 0;
    struct columns c = {.read = widest(ui, desk_text(ui, "desk.column.read"),
                                       areas->turn_in_head ? 2 * TURN + TURN_COUNT : 0, 0)};
    for (size_t i = state->first_field; i < count && i < end; i++) {
        char text[VALUE_BYTES], name[FIELD_NAME_BYTES];
        struct remark remark = remark_on(state, ui, fields[i]);
        value_of(state, ui, fields[i], text);
        name_of(ui, fields[i], name);
        c.name = widest(ui, name, 0, c.name);
        c.read = widest(ui, remark.words, remark.icon != ICON_NONE ? MARK_ROOM : 0, c.read);
        value = widest(ui, text, 0, value);
        secret_wipe_bytes(text, sizeof(text));
    }
    int over = all - c.name - value - c.read, give = c.name - NAME_LEAST;
    if (over < 0 && give > 0)
        c.name -= give < -over ? give : -over;
    c.read += over > 0 ? over / 2 : 0;
    c.entered = all - c.name - c.read;
    return c;
}

static bool fits(const struct desk_review_state *state, struct ui *ui, const struct columns *columns,
                 const struct form_field *field)
{
    char value[VALUE_BYTES];
    value_of(state, ui, field, value);
    bool fits = widget_label_width(ui, THEME_TYPE_DESK_TABLE, value) <= columns->entered - 2 * CELL_PADDING;
    secret_wipe_bytes(value, sizeof(value));
    return fits;
}

/* A value that is wider than its column was not seen whole before it was in hand, below the page. */
static bool is_whole(const struct desk_review_state *state, struct ui *ui, const struct columns *columns,
                     const struct form_field *field)
{
    return strcmp(state->field, field->id) == 0 || fits(state, ui, columns, field);
}

bool desk_review_fields_asks_value(const struct desk_review_state *state, struct ui *ui,
                                   const struct desk_review_areas *areas)
{
    const struct service_case *what = desk_review_case(ui);
    const struct form_field *field = form_find(desk_review_form(ui), state->field);
    if (field == NULL)
        return false;
    struct columns columns = columns_of(state, ui, areas);
    return is_masked(field) || !fits(state, ui, &columns, field) ||
           service_finding_of(what->findings, what->finding_count, field->id) != SERVICE_FINDING_NONE;
}

static bool is_shown(const struct desk_review_state *state, const struct ui *ui)
{
    return desk_review_case(ui)->is_open && !identity_check_is_open(ui) && state->opening == 0;
}

void desk_review_fields_note(const struct desk_review_state *state, struct ui *ui)
{
    const struct form_field *fields[FIELDS_MAX];
    if (!is_shown(state, ui))
        return;
    struct desk_review_areas areas = desk_review_areas(state, ui);
    struct columns columns = columns_of(state, ui, &areas);
    size_t count = list(ui, fields), end = state->first_field + rows_of(&areas);
    for (size_t i = state->first_field; i < count && i < end; i++)
        if (is_whole(state, ui, &columns, fields[i]))
            service_desk_field_seen(desk_program(ui)->services, fields[i]->id);
}

size_t desk_review_fields_unseen(const struct desk_review_state *state, struct ui *ui)
{
    const struct form_field *fields[FIELDS_MAX];
    struct desk_review_areas areas = desk_review_areas(state, ui);
    struct columns columns = columns_of(state, ui, &areas);
    size_t count = list(ui, fields), rows = rows_of(&areas), unseen = 0;
    for (size_t i = 0; i < count; i++)
        unseen += (i < state->first_field || i >= state->first_field + rows ||
                   !is_whole(state, ui, &columns, fields[i])) &&
                  !service_case_saw(desk_review_case(ui), fields[i]->id);
    return unseen;
}

/* --- events ------------------------------------------------------------------------------------------- */

static void turn(struct desk_review_state *state, struct ui *ui, int step)
{
    const struct form_field *fields[FIELDS_MAX];
    struct desk_review_areas areas = desk_review_areas(state, ui);
    size_t count = list(ui, fields), rows = rows_of(&areas);
    if (step < 0)
        state->first_field = state->first_field > rows ? state->first_field - rows : 0;
    else if (state->first_field + rows < count)
        state->first_field += rows;
}

/* The field in hand is framed on the form; the form comes when another page is in the viewer. */
static void select_field(struct desk_review_state *state, struct ui *ui, const char *id)
{
    const struct service_case *what = desk_review_case(ui);
    bool same = strcmp(state->field, id) == 0;
    size_t form = desk_review_page_of(ui, what->form_paper);
    if (!same && form < what->page_count && form != state->shown.page)
        desk_review_page_show(state, ui, form);
    (void)text_copy(state->field, sizeof(state->field), same ? "" : id);
    desk_review_pointed(state, ui);
    desk_review_page_point(state, ui);
}

static void step_field(struct desk_review_state *state, struct ui *ui, int step)
{
    const struct form_field *fields[FIELDS_MAX];
    struct desk_review_areas areas = desk_review_areas(state, ui);
    size_t count = list(ui, fields), at = count, rows = rows_of(&areas);
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i]->id, state->field) == 0)
            at = i;
    if (count == 0 || (at < count && step < 0 && at == 0) || (at + 1 == count && step > 0))
        return;
    at = at == count ? state->first_field : step > 0 ? at + 1 : at - 1;
    while (at >= state->first_field + rows)
        state->first_field += rows;
    while (at < state->first_field)
        state->first_field = state->first_field > rows ? state->first_field - rows : 0;
    select_field(state, ui, fields[at]->id);
}

bool desk_review_fields_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "item.field."))
        select_field(state, ui, event->id + strlen("item.field."));
    else if (ui_tapped(event, "fields.next") || desk_pressed(ui, event, INPUT_KEY_PAGE_DOWN, 0))
        turn(state, ui, 1);
    else if (ui_tapped(event, "fields.previous") || desk_pressed(ui, event, INPUT_KEY_PAGE_UP, 0))
        turn(state, ui, -1);
    else if (event->kind == UI_EVENT_WHEEL && strcmp(event->id, "fields") == 0)
        turn(state, ui, event->steps > 0 ? -1 : 1);
    else if (desk_pressed(ui, event, INPUT_KEY_DOWN, 0))
        step_field(state, ui, 1);
    else if (desk_pressed(ui, event, INPUT_KEY_UP, 0))
        step_field(state, ui, -1);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static void draw_table(const struct desk_review_state *state, struct ui *ui,
                       const struct desk_review_areas *areas)
{
    const struct form_field *fields[FIELDS_MAX];
    struct widget_table_row rows[FIELDS_MAX];
    char ids[FIELDS_MAX][DESK_REVIEW_ID_BYTES];
    char names[FIELDS_MAX][FIELD_NAME_BYTES];
    char values[FIELDS_MAX][VALUE_BYTES];
    struct columns widths = columns_of(state, ui, areas);
    size_t count = list(ui, fields), end = state->first_field + rows_of(areas);
    end = end < count ? end : count;
    for (size_t i = 0; i < end; i++) {
        struct remark remark = remark_on(state, ui, fields[i]);
        (void)snprintf(ids[i], sizeof(ids[i]), "item.field.%s", fields[i]->id);
        name_of(ui, fields[i], names[i]);
        value_of(state, ui, fields[i], values[i]);
        rows[i] = (struct widget_table_row){.id = ids[i],
                                            .cells = {names[i], values[i], remark.words},
                                            .look = remark.look,
                                            .icon = remark.icon,
                                            .icon_color = remark.color,
                                            .selected = strcmp(state->field, fields[i]->id) == 0,
                                            .tag = (int64_t)i};
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.field"), .width = widths.name, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.entered")},
        {.title = desk_text(ui, "desk.column.read"), .width = widths.read, .color = THEME_COLOR_INK500}};
    (void)widget_table(ui, rect_inset(areas->fields, 1, 0),
                       &(struct widget_table){.id = "fields",
                                              .label = desk_text(ui, "desk.column.field"),
                                              .columns = columns,
                                              .column_count = 3,
                                              .rows = rows,
                                              .row_count = (int)end,
                                              .first = (int)state->first_field,
                                              .row_height = row_height(areas),
                                              .pressable = true});
    secret_wipe_bytes(values, sizeof(values));
}

/* Main lock or further one, and the way to make it the other. */
static void draw_lock(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    const struct service_case *what = desk_review_case(ui);
    bool is_main = what->lock.role == SERVICE_LOCK_MAIN;
    char count[16];
    char label[96];
    if (what->lock.role == SERVICE_LOCK_NONE)
        return;
    (void)snprintf(count, sizeof(count), "%u", what->lock.earlier);
    desk_format(ui, label, sizeof(label), is_main ? "desk.lock.main" : "desk.lock.secondary",
                {"count", count});
    struct widget_button button = {.id = "review.lock",
                                   .label = label,
                                   .icon = ICON_KEY,
                                   .look = WIDGET_BUTTON_NEUTRAL,
                                   .type = THEME_TYPE_DESK_CAPTION,
                                   .disabled = what->decided || what->on_hold || what->order.paid_fen > 0,
                                   .busy = state->holding != 0 || state->lock_wanted != SERVICE_LOCK_NONE};
    if (widget_button_width(ui, &button) > area.w)
        button.label = desk_text(ui, is_main ? "desk.lock.main" : "desk.lock.secondary_short");
    int width = widget_button_width(ui, &button);
    if (width <= area.w)
        (void)widget_button(ui, rect_cut_left(&area, width), &button);
}

static void draw_turn_button(struct ui *ui, struct rect area, bool is_next, bool may)
{
    (void)widget_button(
        ui, area,
        &(struct widget_button){.id = is_next ? "fields.next" : "fields.previous",
                                .label = desk_text(ui, is_next ? "desk.fields.next" : "desk.fields.previous"),
                                .icon = is_next ? ICON_ARROW_DOWN : ICON_ARROW_UP,
                                .icon_only = true,
                                .look = WIDGET_BUTTON_NEUTRAL,
                                .disabled = !may});
}

/* Which part of the list is shown and how to see the rest, where there is more than one. */
static void draw_turn(const struct desk_review_state *state, struct ui *ui,
                      const struct desk_review_areas *areas, struct rect *area)
{
    const struct form_field *fields[FIELDS_MAX];
    size_t count = list(ui, fields), rows = rows_of(areas), pages = (count + rows - 1) / rows;
    size_t page = state->first_field / rows + 1;
    int width = areas->turn_in_head ? TURN : TURN_WIDE;
    char text[48];
    if (pages < 2)
        return;
    (void)snprintf(text, sizeof(text), "%zu / %zu", page, pages);
    draw_turn_button(ui, rect_cut_right(area, width), true, page < pages);
    (void)widget_label(
        ui, rect_cut_right(area, TURN_COUNT),
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_DESK_TABLE, .align = WIDGET_CENTER, .middle = true});
    draw_turn_button(ui, rect_cut_right(area, width), false, page > 1);
}

/* In the table's head, or where that is too narrow below the table; there is the lock, too. */
static void draw_below(const struct desk_review_state *state, struct ui *ui,
                       const struct desk_review_areas *areas)
{
    struct rect table = areas->fields;
    struct rect head = rect_inset(rect_cut_top(&table, TABLE_HEAD), 12, (TABLE_HEAD - TURN) / 2);
    struct rect r = rect_inset(areas->turn, 12, 4);
    draw_turn(state, ui, areas, areas->turn_in_head ? &head : &r);
    if (areas->turn.h == 0)
        return;
    (void)widget_panel_line(ui, rect_make(areas->turn.x + 1, areas->turn.y, areas->turn.w - 2, 1));
    draw_lock(state, ui, r);
}

/* What the register says of the field in hand, with its name; nothing where none was asked. */
static void draw_finding(struct ui *ui, struct rect area, const struct form_field *field)
{
    const struct service_case *what = desk_review_case(ui);
    const struct product *product = desk_review_product(ui);
    char key[WORDS_KEY_BYTES], text[128];
    enum service_finding_verdict verdict = service_finding_of(what->findings, what->finding_count, field->id);
    for (size_t i = 0; i < what->finding_count; i++) {
        const struct service_finding *finding = &what->findings[i];
        const struct product_comparison *comparison = product_find_comparison(product, finding->comparison);
        if (comparison == NULL || finding->verdict != verdict || strcmp(finding->field, field->id) != 0)
            continue;
        (void)snprintf(key, sizeof(key), "desk.finding.%s", service_finding_name(verdict));
        words_format(desk_program(ui)->words, text, sizeof(text), "desk.finding.of",
                     {"register", comparison->label}, {"verdict", desk_text(ui, key)});
        (void)widget_label(ui, area,
                           &(struct widget_label){.id = "review.finding",
                                                  .text = text,
                                                  .type = THEME_TYPE_DESK_CAPTION,
                                                  .color = verdict == SERVICE_FINDING_AGREES
                                                               ? THEME_COLOR_INK700
                                                               : THEME_COLOR_AMBER800,
                                                  .align = WIDGET_RIGHT,
                                                  .middle = true});
        return;
    }
}

/* The number in hand in full, for a reason. */
static void draw_reveal(const struct desk_review_state *state, struct ui *ui, struct rect *area)
{
    bool is_open = is_revealed(state, ui, state->field);
    struct widget_button reveal = {.id = "review.reveal",
                                   .label = desk_text(ui, is_open ? "desk.identity.revealed" : "desk.reveal"),
                                   .icon = ICON_EYE,
                                   .look = WIDGET_BUTTON_NEUTRAL,
                                   .type = THEME_TYPE_DESK_CAPTION,
                                   .disabled = is_open,
                                   .busy = state->revealing != 0,
                                   .shortcut = "V"};
    int width = widget_button_width(ui, &reveal);
    (void)widget_button(ui, rect_center(rect_cut_right(area, width), width, REVEAL), &reveal);
    (void)rect_cut_right(area, 12);
}

/* The field in hand stands whole below the page it is compared with. */
static void draw_value(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    const struct form_field *field = form_find(desk_review_form(ui), state->field);
    char name[FIELD_NAME_BYTES], value[VALUE_BYTES];
    if (field == NULL || area.h <= 0)
        return;
    name_of(ui, field, name);
    value_of(state, ui, field, value);
    (void)widget_panel(ui, area, WIDGET_PANEL_QUIET_BAND);
    struct rect r = rect_inset(area, 16, 6);
    if (is_masked(field))
        draw_reveal(state, ui, &r);
    struct rect head = rect_cut_top(&r, 18);
    draw_finding(ui, rect_cut_right(&head, head.w / 2), field);
    (void)widget_label(
        ui, head,
        &(struct widget_label){
            .text = name, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700, .middle = true});
    (void)widget_label(
        ui, r,
        &(struct widget_label){
            .id = "review.value", .text = value, .type = THEME_TYPE_DESK_STRONG, .is_private = true});
    secret_wipe_bytes(value, sizeof(value));
}

void desk_review_fields_draw(const struct desk_review_state *state, struct ui *ui,
                             const struct desk_review_areas *areas)
{
    draw_table(state, ui, areas);
    draw_below(state, ui, areas);
    draw_value(state, ui, areas->value);
}
