/* Form: the fields of the product's definition, block by block, stored as they are left (a06). */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum {
    TIMER_REVEAL = 0,
    REVEAL_MS = 5000,
    ID_BYTES = 96,
    MESSAGE_BYTES = 256,
    LISTED_ERRORS = 6,
    MESSAGE_LINE = 40
};

struct field_state {
    struct text_edit edit;
    bool touched; /* left once: its error may be shown */
    bool faulty;
    char message[MESSAGE_BYTES];
};

struct screen_form_state {
    struct field_state fields[LIMIT_FORM_FIELDS];
    size_t block;
    size_t page;     /* within the block */
    size_t revealed; /* index + 1 of the masked field shown for a while, 0 for none */
    uint64_t saving;
    uint64_t completing;
    bool complete_after_save;
    bool listing;              /* the dialog with all errors is open */
    char error[MESSAGE_BYTES]; /* of a request that failed */
};
SCREEN_STATE(form)

static const struct form *form_of(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    return product_operation_form(visit->product, visit->operation);
}

static struct form_values *values_of(const struct ui *ui)
{
    return services_values(screen_services(ui));
}

static int64_t today(const struct ui *ui)
{
    return clock_utc_s(screen_program(ui)->clock);
}

static void id_of(const struct form_field *field, char out[ID_BYTES])
{
    (void)snprintf(out, ID_BYTES, "form.%s", field->id);
}

/* Returns: the index, the number of fields when there is none. */
static size_t index_of(const struct form *form, const char *widget_id)
{
    char id[ID_BYTES];
    for (size_t i = 0; i < form->field_count; i++) {
        id_of(&form->fields[i], id);
        if (strcmp(id, widget_id) == 0)
            return i;
    }
    return form->field_count;
}

static bool is_shown(const struct form_field *field)
{
    return !field->hidden;
}

static bool is_open(const struct ui *ui, const struct form_field *field)
{
    return form_field_is_asked(field) && order_field_is_open(&screen_visit(ui)->rejections, field->id);
}

/* --- pages of a block -------------------------------------------------------------------------------- */

/* How many fields one page holds; the same for drawing and for turning pages. */
static size_t fields_per_page(const struct ui *ui)
{
    if (ui_is_portrait(ui))
        return ui_is_large(ui) ? 4 : 6;
    return ui_is_large(ui) ? 2 : 6;
}

/* The indices of the fields of a block that are shown. Returns: how many. */
static size_t block_fields(const struct form *form, size_t block, size_t out[LIMIT_FORM_FIELDS])
{
    size_t count = 0;
    for (size_t i = 0; i < form->field_count; i++)
        if (is_shown(&form->fields[i]) && strcmp(form->fields[i].block, form->blocks[block].id) == 0)
            out[count++] = i;
    return count;
}

/* A short block has the whole width for each of its fields: names of companies are long. */
static size_t columns_of(const struct ui *ui, size_t block)
{
    size_t indices[LIMIT_FORM_FIELDS];
    size_t rows = fields_per_page(ui) / 2;
    bool narrow = ui_is_portrait(ui) || ui_is_large(ui);
    return narrow || block_fields(form_of(ui), block, indices) <= rows ? 1 : 2;
}

static size_t pages_of(const struct ui *ui, size_t block)
{
    size_t indices[LIMIT_FORM_FIELDS];
    size_t count = block_fields(form_of(ui), block, indices);
    size_t per_page = fields_per_page(ui);
    return count == 0 ? 1 : (count + per_page - 1) / per_page;
}

static void show_field(struct screen_form_state *state, const struct ui *ui, size_t index)
{
    const struct form *form = form_of(ui);
    for (size_t block = 0; block < form->block_count; block++) {
        size_t indices[LIMIT_FORM_FIELDS];
        size_t count = block_fields(form, block, indices);
        for (size_t i = 0; i < count; i++) {
            if (indices[i] != index)
                continue;
            state->block = block;
            state->page = i / fields_per_page(ui);
        }
    }
}

static size_t first_faulty(const struct screen_form_state *state, const struct form *form)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (state->fields[i].faulty)
            return i;
    return form->field_count;
}

/* --- entering and leaving ---------------------------------------------------------------------------- */

static enum text_edit_input input_of(const struct form_field *field)
{
    switch (form_field_keyboard(field)) {
    case FORM_KEYBOARD_PINYIN:
        return field->kind == FORM_KIND_NAME ? TEXT_EDIT_NAME : TEXT_EDIT_CHINESE;
    case FORM_KEYBOARD_LATIN:
        return TEXT_EDIT_LATIN;
    case FORM_KEYBOARD_UPPER:
        return TEXT_EDIT_CREDIT;
    case FORM_KEYBOARD_DIGITS:
        return field->kind == FORM_KIND_PHONE ? TEXT_EDIT_PHONE : TEXT_EDIT_DIGITS;
    case FORM_KEYBOARD_ID:
        return TEXT_EDIT_ID;
    case FORM_KEYBOARD_EMAIL:
        /* a website may be answered with 无, an address of mail cannot */
        return field->kind == FORM_KIND_EMAIL ? TEXT_EDIT_EMAIL : TEXT_EDIT_CHINESE;
    case FORM_KEYBOARD_DEFAULT:
    case FORM_KEYBOARD_COUNT_:
        break;
    }
    return TEXT_EDIT_CHINESE;
}

static void load_field(struct ui *ui, const struct form_field *field, struct field_state *state)
{
    enum text_edit_input input = field->kind == FORM_KIND_WECHAT ? TEXT_EDIT_CHINESE : input_of(field);
    text_edit_init(&state->edit, input, field->max_characters);
    text_edit_set(&state->edit, form_values_get(values_of(ui), field->id));
}

/* A rejected field says what the clerk said until it is edited. */
static void show_rejections(struct screen_form_state *state, struct ui *ui)
{
    const struct form *form = form_of(ui);
    const struct order_rejections *rejections = &screen_visit(ui)->rejections;
    for (size_t i = 0; i < rejections->count; i++) {
        for (size_t j = 0; j < form->field_count; j++) {
            if (rejections->item[i].kind != ORDER_ITEM_FIELD ||
                strcmp(rejections->item[i].item, form->fields[j].id) != 0)
                continue;
            state->fields[j].touched = state->fields[j].faulty = true;
            (void)text_copy(state->fields[j].message, MESSAGE_BYTES, rejections->item[i].reason);
        }
    }
}

void screen_form_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_form_state *state = memory;
    const struct form *form = form_of(ui);
    (void)argument;
    check(form != NULL && form->field_count <= LIMIT_FORM_FIELDS);
    for (size_t i = 0; i < form->field_count; i++)
        load_field(ui, &form->fields[i], &state->fields[i]);
    show_rejections(state, ui);
    size_t rejected = first_faulty(state, form); /* what came back is what is seen first */
    if (rejected < form->field_count)
        show_field(state, ui, rejected);
}

void screen_form_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_REVEAL);
}

/* --- values ------------------------------------------------------------------------------------------ */

static void save(struct screen_form_state *state, struct ui *ui)
{
    state->saving = service_order_save(screen_services(ui));
}

/* What was typed becomes the value, normalised; the field shows the normalised text. */
static void take_text(struct ui *ui, const struct form_field *field, struct field_state *state)
{
    struct buf text;
    buf_init(&text, LIMIT_FIELD_BYTES);
    if (form_normalise(field->kind, state->edit.text, &text) == STATUS_OK) {
        const char *value = text.length > 0 ? (const char *)text.data : "";
        text_edit_set(&state->edit, value);
        (void)form_values_set(values_of(ui), field->id, value);
    }
    buf_wipe(&text);
}

static void judge(struct ui *ui, const struct form_field *field, struct field_state *state)
{
    struct form_error error;
    state->touched = true;
    state->faulty = !form_check(form_of(ui), values_of(ui), field, today(ui), &error);
    state->message[0] = 0;
    if (state->faulty)
        words_form_error(screen_program(ui)->words, &error, state->message, sizeof(state->message));
}

static void on_blur(struct screen_form_state *state, struct ui *ui, size_t index)
{
    const struct form_field *field = &form_of(ui)->fields[index];
    take_text(ui, field, &state->fields[index]);
    if (*form_values_get(values_of(ui), field->id) != 0 || !field->required)
        judge(ui, field, &state->fields[index]);
    save(state, ui);
}

static void on_change(struct screen_form_state *state, size_t index)
{
    state->fields[index].touched = state->fields[index].faulty = false;
    state->fields[index].message[0] = 0;
}

/* --- going on ---------------------------------------------------------------------------------------- */

static bool judge_all(struct screen_form_state *state, struct ui *ui)
{
    const struct form *form = form_of(ui);
    bool all_good = true;
    for (size_t i = 0; i < form->field_count; i++) {
        if (!form_field_is_asked(&form->fields[i]))
            continue;
        take_text(ui, &form->fields[i], &state->fields[i]);
        judge(ui, &form->fields[i], &state->fields[i]);
        all_good = all_good && !state->fields[i].faulty;
    }
    return all_good;
}

static void finish(struct screen_form_state *state, struct ui *ui)
{
    if (state->completing != 0 || state->complete_after_save)
        return;
    if (!judge_all(state, ui)) {
        state->listing = true;
        show_field(state, ui, first_faulty(state, form_of(ui)));
        return;
    }
    state->complete_after_save = true;
    save(state, ui);
}

static void go_on(struct screen_form_state *state, struct ui *ui)
{
    ui_focus(ui, NULL);
    if (state->page + 1 < pages_of(ui, state->block)) {
        state->page++;
    } else if (state->block + 1 < form_of(ui)->block_count) {
        state->block++;
        state->page = 0;
    } else {
        finish(state, ui);
    }
}

static void go_back(struct screen_form_state *state, struct ui *ui)
{
    ui_focus(ui, NULL);
    if (state->page > 0) {
        state->page--;
    } else if (state->block > 0) {
        state->block--;
        state->page = pages_of(ui, state->block) - 1;
    }
}

/* 下一项: the next field of the form that still wants something, on whatever page it stands. */
static void next_field(struct screen_form_state *state, struct ui *ui, size_t from)
{
    const struct form *form = form_of(ui);
    char id[ID_BYTES];
    for (size_t i = from + 1; i < form->field_count; i++) {
        if (!is_shown(&form->fields[i]) || !is_open(ui, &form->fields[i]) || !form->fields[i].required ||
            (state->fields[i].edit.length > 0 && !state->fields[i].faulty))
            continue;
        show_field(state, ui, i);
        id_of(&form->fields[i], id);
        ui_focus(ui, id);
        return;
    }
    ui_focus(ui, NULL);
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_saved(struct screen_form_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->saving = 0;
    state->error[0] = 0;
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->error, sizeof(state->error));
    else if (state->complete_after_save)
        state->completing = service_order_event(screen_services(ui), ORDER_EVENT_FORM_COMPLETED);
    state->complete_after_save = false;
}

static void on_completed(struct screen_form_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->completing = 0;
    if (reply->status == STATUS_OK)
        screen_go(ui);
    else
        screen_reason(ui, reply, state->error, sizeof(state->error));
}

static void reveal(struct screen_form_state *state, struct ui *ui, const char *eye)
{
    char id[ID_BYTES];
    (void)snprintf(id, sizeof(id), "%.*s", (int)(strlen(eye) - strlen(".eye")), eye);
    size_t index = index_of(form_of(ui), id);
    bool again = state->revealed == index + 1;
    state->revealed = again ? 0 : index + 1;
    if (!again)
        ui_timer(ui, TIMER_REVEAL, REVEAL_MS);
}

static void on_tap(struct screen_form_state *state, struct ui *ui, const struct ui_event *event)
{
    size_t length = strlen(event->id);
    if (ui_tapped_prefix(event, "form.tab.")) {
        ui_focus(ui, NULL);
        state->block = (size_t)event->tag;
        state->page = 0;
    } else if (ui_tapped_prefix(event, "form.") && length > 4 &&
               strcmp(event->id + length - 4, ".eye") == 0) {
        reveal(state, ui, event->id);
    } else if (ui_tapped(event, "errors.mend")) {
        state->listing = false;
    } else if (ui_tapped(event, "bar.next")) {
        go_on(state, ui);
    } else if (ui_tapped(event, "bar.back")) {
        go_back(state, ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

void screen_form_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_form_state *state = memory;
    const struct form *form = form_of(ui);
    struct service_reply *reply = NULL;
    size_t index = index_of(form, event->id);
    if (screen_answered(event, state->saving, &reply))
        on_saved(state, ui, reply);
    else if (screen_answered(event, state->completing, &reply))
        on_completed(state, ui, reply);
    else if (event->kind == UI_EVENT_NOTICE)
        (void)screen_moved_on(ui, SCREEN_FORM);
    else if (event->kind == UI_EVENT_TIMER && event->timer == TIMER_REVEAL)
        state->revealed = 0;
    else if (event->kind == UI_EVENT_BLUR && index < form->field_count)
        on_blur(state, ui, index);
    else if (event->kind == UI_EVENT_CHANGE && index < form->field_count)
        on_change(state, index);
    else if (event->kind == UI_EVENT_NEXT && index < form->field_count)
        next_field(state, ui, index);
    else if (event->kind == UI_EVENT_TAP)
        on_tap(state, ui, event);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static size_t faulty_in(const struct screen_form_state *state, const struct form *form, size_t block)
{
    size_t count = 0;
    for (size_t i = 0; i < form->field_count; i++)
        if (strcmp(form->fields[i].block, form->blocks[block].id) == 0 && state->fields[i].faulty)
            count++;
    return count;
}

static size_t missing_in(const struct ui *ui, const struct screen_form_state *state, size_t block)
{
    const struct form *form = form_of(ui);
    size_t count = 0;
    for (size_t i = 0; i < form->field_count; i++)
        if (strcmp(form->fields[i].block, form->blocks[block].id) == 0 && form->fields[i].required &&
            form_field_is_asked(&form->fields[i]) && state->fields[i].edit.length == 0)
            count++;
    return count;
}

static void draw_tab(struct ui *ui, struct rect rect, const struct screen_form_state *state, size_t block)
{
    const struct form_block *what = &form_of(ui)->blocks[block];
    size_t faulty = faulty_in(state, form_of(ui), block);
    size_t missing = missing_in(ui, state, block);
    char id[ID_BYTES];
    char count[24];
    char line[64];
    (void)snprintf(id, sizeof(id), "form.tab.%s", what->id);
    (void)snprintf(count, sizeof(count), "%zu", faulty > 0 ? faulty : missing);
    screen_format(ui, line, sizeof(line),
                  faulty > 0       ? "form.tab.faulty"
                  : missing > 0    ? "form.tab.missing"
                  : what->optional ? "form.tab.optional"
                                   : "form.tab.done",
                  {"count", count});
    (void)widget_choice_tab(ui, rect,
                            &(struct widget_choice_tab){.id = id,
                                                        .name = what->label,
                                                        .line = line,
                                                        .mark = faulty > 0 ? WIDGET_CHOICE_ERROR
                                                                : missing > 0 || what->optional
                                                                    ? WIDGET_CHOICE_NUMBER
                                                                    : WIDGET_CHOICE_DONE,
                                                        .number = (int)block + 1,
                                                        .selected = block == state->block,
                                                        .tag = (int64_t)block});
}

/* A column at the left; in portrait a row at the top, two rows where large names would not fit one. */
static void draw_tabs(struct ui *ui, struct rect *area, const struct screen_form_state *state)
{
    bool large = ui_is_large(ui);
    int count = (int)form_of(ui)->block_count;
    if (!ui_is_portrait(ui)) {
        struct rect column = rect_cut_left(area, large ? 400 : 328);
        (void)rect_cut_left(area, 32);
        for (int i = 0; i < count; i++)
            draw_tab(ui, rect_row(column, i, count < 4 ? 4 : count, 16), state, (size_t)i);
        return;
    }
    int columns = large ? 2 : count;
    int rows = (count + columns - 1) / columns;
    struct rect block = rect_cut_top(area, rows * 88 + (rows - 1) * 16);
    (void)rect_cut_top(area, 24);
    for (int i = 0; i < count; i++)
        draw_tab(ui, rect_column(rect_row(block, i / columns, rows, 16), i % columns, columns, 16), state,
                 (size_t)i);
}

static void draw_field(struct ui *ui, struct rect rect, struct screen_form_state *state, size_t index)
{
    const struct form_field *field = &form_of(ui)->fields[index];
    struct field_state *what = &state->fields[index];
    const char *focused = ui_focused(ui);
    char id[ID_BYTES];
    struct buf masked;
    id_of(field, id);
    buf_init(&masked, LIMIT_FIELD_BYTES);
    bool open = is_open(ui, field);
    bool has_focus = focused != NULL && strcmp(focused, id) == 0;
    bool revealed = state->revealed == index + 1;
    const char *value = open ? what->edit.text : form_value(form_of(ui), values_of(ui), field->id);
    if (field->masked && !has_focus && !revealed && *value != 0)
        (void)!form_mask(value, &masked);
    bool hides = masked.length > 0;
    (void)widget_field(ui, rect,
                       &(struct widget_field){.id = id,
                                              .label = field->label,
                                              .required = field->required,
                                              .edit = open ? &what->edit : NULL,
                                              .shown = hides  ? (const char *)masked.data
                                                       : open ? NULL
                                                              : value,
                                              .placeholder = field->placeholder,
                                              .message = rect.h < widget_field_height(ui) ? NULL
                                                         : what->faulty                   ? what->message
                                                                                          : field->hint,
                                              .error = what->faulty,
                                              .ok = what->touched && !what->faulty && what->edit.length > 0,
                                              .locked = !open,
                                              .eye = field->masked && *value != 0,
                                              .revealed = revealed,
                                              .tag = (int64_t)index});
    buf_wipe(&masked);
}

/* From one row to the next: what the page leaves between them, as long as rows stay together. */
static int pitch_of(const struct ui *ui, struct rect area, int height)
{
    bool narrow = ui_is_portrait(ui) || ui_is_large(ui);
    int rows = (int)(narrow ? fields_per_page(ui) : fields_per_page(ui) / 2);
    int even = rows > 1 ? (area.h - height) / (rows - 1) : height;
    int most = height + 24;
    return ui_focused(ui) != NULL || even < height ? height : even < most ? even : most;
}

/* While the keyboard is open only the focused field's row and the row before it stand in what is left. */
static void draw_fields(struct ui *ui, struct rect area, struct screen_form_state *state)
{
    size_t indices[LIMIT_FORM_FIELDS];
    size_t count = block_fields(form_of(ui), state->block, indices);
    size_t columns = columns_of(ui, state->block);
    size_t first = state->page * fields_per_page(ui);
    size_t last = first + fields_per_page(ui);
    int height = widget_field_height(ui);
    int pitch = pitch_of(ui, area, height);
    int bottom = area.y + area.h;
    const char *focused = ui_focused(ui);
    if (focused != NULL) {
        size_t focus = index_of(form_of(ui), focused);
        for (size_t i = first; i < count && i < last; i++)
            if (indices[i] == focus) {
                size_t row = (i - first) / columns;
                /* the last row may lose its message line, never its box */
                size_t rows = (size_t)((area.h + MESSAGE_LINE) / height);
                rows = rows > 0 ? rows : 1;
                size_t top = row + 1 > rows ? row + 1 - rows : 0;
                first += top * columns;
                last = first + rows * columns < last ? first + rows * columns : last;
                break;
            }
    }
    for (size_t i = first; i < count && i < last; i++) {
        int top = area.y + (int)((i - first) / columns) * pitch;
        struct rect row = rect_make(area.x, top, area.w, height < bottom - top ? height : bottom - top);
        draw_field(ui, rect_column(row, (int)((i - first) % columns), (int)columns, 40), state, indices[i]);
    }
}

/* All errors at once, each with the field it belongs to; the first stands on the page behind. */
static void draw_errors(struct ui *ui, const struct screen_form_state *state)
{
    const struct form *form = form_of(ui);
    char title[96];
    char count[24];
    char lines[2048] = "";
    size_t listed = 0;
    size_t faulty = 0;
    for (size_t i = 0; i < form->field_count; i++) {
        if (!state->fields[i].faulty)
            continue;
        size_t used = strlen(lines);
        if (listed++ < LISTED_ERRORS)
            (void)snprintf(lines + used, sizeof(lines) - used, "%s%s：%s", used > 0 ? "\n" : "",
                           form->fields[i].label, state->fields[i].message);
        faulty++;
    }
    (void)snprintf(count, sizeof(count), "%zu", faulty);
    screen_format(ui, title, sizeof(title), "form.errors.title", {"count", count});
    widget_dialog(ui, &(struct widget_dialog){
                          .id = "errors",
                          .title = title,
                          .line = lines,
                          .note = screen_text(ui, "form.errors.kept"),
                          .icon = ICON_WARNING,
                          .primary = {.id = "errors.mend", .label = screen_text(ui, "form.errors.mend")}});
}

static struct ui_page page_of(struct ui *ui, const struct screen_form_state *state, char label[96],
                              char missing[64])
{
    const struct form *form = form_of(ui);
    struct ui_page page = screen_page(ui, SCREEN_FORM);
    bool last_page = state->page + 1 >= pages_of(ui, state->block);
    bool last = last_page && state->block + 1 == form->block_count;
    const char *next = last_page && !last ? form->blocks[state->block + 1].label : "";
    char count[24];
    (void)snprintf(count, sizeof(count), "%zu",
                   form_missing(form, values_of(ui), form->blocks[state->block].id));
    screen_format(ui, label, 96,
                  last        ? "form.finish"
                  : last_page ? "form.next"
                              : "form.more",
                  {"block", next});
    screen_format(ui, missing, 64, "form.group_missing", {"count", count});
    page.subtitle = state->error[0] != 0                      ? state->error
                    : form->blocks[state->block].note[0] != 0 ? form->blocks[state->block].note
                                                              : screen_text(ui, "form.subtitle");
    page.plain = true;
    page.no_back = state->block == 0 && state->page == 0;
    page.group = form->blocks[state->block].label;
    page.group_line = missing;
    page.group_now = (int)state->block + 1;
    page.group_count = (int)form->block_count;
    page.primary = (struct widget_button){.label = label,
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->completing != 0 || state->complete_after_save};
    return page;
}

void screen_form_draw(void *memory, struct ui *ui)
{
    struct screen_form_state *state = memory;
    char label[96];
    char missing[64];
    struct ui_page page = page_of(ui, state, label, missing);
    struct rect area = ui_page(ui, &page);
    bool typing = ui_focused(ui) != NULL;
    if (!typing) {
        draw_tabs(ui, &area, state);
        (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
        area = rect_inset(area, 44, 24);
    }
    draw_fields(ui, area, state);
    if (state->listing)
        draw_errors(ui, state);
}
