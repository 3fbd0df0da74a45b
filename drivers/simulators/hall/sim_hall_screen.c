#include "drivers/simulators/hall/sim_hall_screen.h"

#include <stdio.h>
#include <string.h>

#include "drivers/simulators/hall/sim_hall_files.h"
#include "kiosk/base/money.h"

enum {
    GAP = 8,
    INSET = 12,
    BUTTON_H = 32,
    BUTTON_GAP = 6,
    LINE_H = 22,
    MESSAGE_H = 50,
    TRADE_H = 38,
    SHEET_H = 34,
    SHEETS_SHOWN = 2, /* of a page of the list */
    COLUMN_LEAST_W = 300,
    COLUMN_USUAL_W = 400,
    HEAD_H = 34
};

struct sim_hall_state {
    char unused;
};

static const char *const titles[] = {
#define SIM_HALL_SECTION(code, title, port_file, silent) title,
#include "drivers/simulators/hall/sim_hall_sections.def"
#undef SIM_HALL_SECTION
};
static const char *const silences[] = {
#define SIM_HALL_SECTION(code, title, port_file, silent) silent,
#include "drivers/simulators/hall/sim_hall_sections.def"
#undef SIM_HALL_SECTION
};

static const struct {
    const char *status;
    const char *words;
    enum widget_mark_tone tone;
} trade_words[] = {
    {"CODE", "等待扫码", WIDGET_MARK_BLUE},         {"WAIT_BUYER_PAY", "等待付款", WIDGET_MARK_AMBER},
    {"TRADE_SUCCESS", "已付款", WIDGET_MARK_GREEN}, {"TRADE_FINISHED", "已完结", WIDGET_MARK_GREEN},
    {"TRADE_CLOSED", "已关闭", WIDGET_MARK_GREY},   {"NOTPAY", "等待付款", WIDGET_MARK_AMBER},
    {"SUCCESS", "已付款", WIDGET_MARK_GREEN},       {"REFUND", "已退款", WIDGET_MARK_GREY},
    {"CLOSED", "已关闭", WIDGET_MARK_GREY}};

static const struct {
    const char *state;
    const char *words;
} scanner_words[] = {{"ready", "正常"}, {"jam", "卡纸"}, {"hatch", "盖子开着"}, {"busy", "被占用"}};

static void text(struct ui *ui, struct rect rect, const char *id, const char *words, enum theme_color color)
{
    (void)widget_label(
        ui, rect,
        &(struct widget_label){
            .id = id, .text = words, .type = THEME_TYPE_DESK_CAPTION, .color = color, .middle = true});
}

/* --- buttons ---------------------------------------------------------------------------------------------
 */

/* Whether what the button brings about is so now. */
static bool is_on(const struct sim_hall_view *view, const struct sim_hall_act *act)
{
    const char *state = strstr(act->argument, "state=");
    if (act->verb == SIM_HALL_VERB_LINE)
        return sim_hall_files_has_line(view->printer_control, act->argument);
    if (act->verb == SIM_HALL_VERB_KEY_LINE)
        return sim_hall_files_has_line(view->key_control, act->argument);
    return act->verb == SIM_HALL_VERB_POST && state != NULL && strcmp(state, "state=ready") != 0 &&
           strcmp(state + strlen("state="), view->scanner_state) == 0;
}

static bool is_refused(const struct sim_hall_program *program, const struct sim_hall_act *act)
{
    const struct sim_hall_view *view = &program->view;
    if (!program->has_view)
        return true;
    if (act->verb == SIM_HALL_VERB_TRADE || act->verb == SIM_HALL_VERB_REFUSE)
        return view->trade_count == 0;
    if (act->verb == SIM_HALL_VERB_KEY_PULL || act->verb == SIM_HALL_VERB_KEY_LINE)
        return view->key[0] == '\0';
    if (act->verb == SIM_HALL_VERB_KEY_BACK)
        return view->key[0] != '\0';
    return act->verb == SIM_HALL_VERB_PAPER && program->waiting > 0;
}

static struct widget_button button_of(const struct sim_hall_program *program, int code)
{
    const struct sim_hall_act *act = &sim_hall_acts[code];
    bool is_main = code == SIM_HALL_ACT_PAY_PAY || code == SIM_HALL_ACT_SCANNER_FORM ||
                   code == SIM_HALL_ACT_KEY_BLANK || code == SIM_HALL_ACT_CARD_AGENT ||
                   code == SIM_HALL_ACT_PHONE_PASS;
    bool is_busy = program->waiting > 0 && act->verb == SIM_HALL_VERB_PAPER &&
                   program->last == (enum sim_hall_act_code)code;
    return (struct widget_button){.id = act->id,
                                  .label = act->label,
                                  .look = is_main ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_NEUTRAL,
                                  .selected = is_on(&program->view, act),
                                  .disabled = is_refused(program, act) && !is_busy,
                                  .busy = is_busy,
                                  .type = THEME_TYPE_DESK_CAPTION,
                                  .tag = code};
}

/* What goes wrong stands in rows of its own, below what an applicant does. */
static bool begins_row(int code)
{
    return code == SIM_HALL_ACT_PAY_DELAY || code == SIM_HALL_ACT_KEY_LOCK ||
           code == SIM_HALL_ACT_SCANNER_NO_STAMP || code == SIM_HALL_ACT_SCANNER_JAM ||
           code == SIM_HALL_ACT_CARD_ASKEW || code == SIM_HALL_ACT_PHONE_REFUSE;
}

/* The section's buttons from left to right in as many rows as they need, or only measured.
 * Returns: the height. Units: base px. */
static int flow_buttons(struct ui *ui, const struct sim_hall_program *program, struct rect area,
                        enum sim_hall_section section, bool builds)
{
    int x = 0;
    int y = 0;
    for (int code = 0; code < SIM_HALL_ACT_COUNT; code++) {
        if (sim_hall_acts[code].section != section)
            continue;
        struct widget_button button = button_of(program, code);
        int width = widget_label_width(ui, THEME_TYPE_DESK_CAPTION, button.label) + 26;
        if (x > 0 && (begins_row(code) || x + width > area.w)) {
            x = 0;
            y += BUTTON_H + BUTTON_GAP;
        }
        if (builds)
            (void)widget_button(ui, rect_make(area.x + x, area.y + y, width, BUTTON_H), &button);
        x += width + BUTTON_GAP;
    }
    return y + BUTTON_H;
}

/* --- what each section says above its buttons ------------------------------------------------------------
 */

/* The codes stand in one column that has room for the widest of them, as if it were the newest. */
static int code_column(struct ui *ui, const struct sim_hall_view *view)
{
    int width = 0;
    for (int i = 0; i < view->message_count; i++) {
        int wanted = widget_label_width(ui, THEME_TYPE_DESK_FIGURE, view->messages[i].code);
        width = wanted > width ? wanted : width;
    }
    return width + INSET;
}

static void draw_message(struct ui *ui, struct rect row, const struct sim_hall_message *message, int index,
                         int column)
{
    char id[32];
    char head[64];
    (void)snprintf(id, sizeof id, "sms.code.%d", index);
    struct rect code = rect_cut_left(&row, column);
    (void)widget_label(
        ui, code,
        &(struct widget_label){.id = id,
                               .text = message->code[0] != '\0' ? message->code : "——",
                               .type = index == 0 ? THEME_TYPE_DESK_FIGURE : THEME_TYPE_DESK_TITLE,
                               .color = THEME_COLOR_B700,
                               .middle = true});
    (void)snprintf(head, sizeof head, "%s　%s", message->time, message->number);
    text(ui, rect_cut_top(&row, LINE_H), NULL, head, THEME_COLOR_INK700);
    (void)snprintf(id, sizeof id, "sms.text.%d", index);
    (void)widget_label(ui, row,
                       &(struct widget_label){.id = id, .text = message->text, .type = THEME_TYPE_DESK_HINT});
}

static void draw_messages(struct ui *ui, const struct sim_hall_program *program, struct rect area)
{
    const struct sim_hall_view *view = &program->view;
    if (view->message_count == 0)
        text(ui, rect_cut_top(&area, LINE_H), "sms.none", "还没有短信", THEME_COLOR_INK500);
    for (int i = 0; i < view->message_count && area.h >= MESSAGE_H; i++)
        draw_message(ui, rect_cut_top(&area, MESSAGE_H), &view->messages[i], i, code_column(ui, view));
}

static int chosen_trade(const struct sim_hall_program *program)
{
    for (int i = 0; i < program->view.trade_count; i++)
        if (strcmp(program->view.trades[i].number, program->chosen) == 0)
            return i;
    return 0;
}

static void draw_trade(struct ui *ui, struct rect row, const struct sim_hall_trade *trade, int index,
                       bool chosen)
{
    char id[32];
    char label[SIM_HALL_TEXT_BYTES];
    char yuan[MONEY_TEXT_BYTES];
    const char *words = trade->status;
    enum widget_mark_tone tone = WIDGET_MARK_GREY;
    for (size_t i = 0; i < sizeof trade_words / sizeof trade_words[0]; i++)
        if (strcmp(trade_words[i].status, trade->status) == 0) {
            words = trade_words[i].words;
            tone = trade_words[i].tone;
        }
    money_to_yuan(trade->amount_fen, yuan);
    (void)snprintf(id, sizeof id, "pay.trade.%d", index);
    size_t length = strlen(trade->number);
    (void)snprintf(label, sizeof label, "%s 元　…%s%s", yuan, trade->number + (length > 10 ? length - 10 : 0),
                   trade->returned_fen > 0 ? "　已退款"
                   : trade->paid_count > 1 ? "　重复付款"
                                           : "");
    struct rect chip = rect_cut_right(&row, 84);
    (void)widget_mark_chip(ui, chip, WIDGET_RIGHT, tone, words);
    (void)rect_cut_right(&row, GAP);
    (void)widget_button(ui, rect_inset(row, 0, 3),
                        &(struct widget_button){.id = id,
                                                .label = label,
                                                .look = WIDGET_BUTTON_QUIET,
                                                .selected = chosen,
                                                .align_left = true,
                                                .type = THEME_TYPE_DESK_CAPTION,
                                                .tag = index});
}

static void draw_trades(struct ui *ui, const struct sim_hall_program *program, struct rect area)
{
    const struct sim_hall_view *view = &program->view;
    if (view->trade_count == 0)
        text(ui, rect_cut_top(&area, LINE_H), "pay.none", "还没有付款码", THEME_COLOR_INK500);
    for (int i = 0; i < view->trade_count && area.h >= TRADE_H; i++)
        draw_trade(ui, rect_cut_top(&area, TRADE_H), &view->trades[i], i, i == chosen_trade(program));
}

static void draw_keys(struct ui *ui, const struct sim_hall_program *program, struct rect area)
{
    const struct sim_hall_view *view = &program->view;
    char words[SIM_HALL_TEXT_BYTES];
    (void)snprintf(words, sizeof words, view->key[0] != '\0' ? "槽内：%s" : "槽内是空的", view->key);
    text(ui, rect_cut_top(&area, LINE_H), "key.now", words, THEME_COLOR_INK900);
    (void)rect_cut_top(&area, 4);
    int x = area.x;
    for (int i = 0; i < view->key_count; i++) {
        char id[96];
        (void)snprintf(id, sizeof id, "key.insert.%s", view->keys[i]);
        int width = widget_label_width(ui, THEME_TYPE_DESK_CAPTION, view->keys[i]) + 24;
        if (x + width > area.x + area.w)
            break;
        (void)widget_button(ui, rect_make(x, area.y, width, 30),
                            &(struct widget_button){.id = id,
                                                    .label = view->keys[i],
                                                    .look = WIDGET_BUTTON_QUIET,
                                                    .selected = strcmp(view->keys[i], view->key) == 0,
                                                    .type = THEME_TYPE_DESK_CAPTION,
                                                    .tag = i});
        x += width + BUTTON_GAP;
    }
}

/* The page of the list that is shown; the list may have become shorter. */
static int first_sheet(const struct sim_hall_program *program)
{
    return program->sheet < program->view.sheet_count ? program->sheet : 0;
}

static void draw_sheet_button(struct ui *ui, struct rect rect, const char *id, const char *label, int tag,
                              bool disabled)
{
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = id,
                                                .label = label,
                                                .look = WIDGET_BUTTON_QUIET,
                                                .align_left = tag >= 0,
                                                .disabled = disabled,
                                                .type = THEME_TYPE_DESK_CAPTION,
                                                .tag = tag});
}

/* Papers of one's own and what was printed, page by page. */
static void draw_sheets(struct ui *ui, const struct sim_hall_program *program, struct rect area)
{
    const struct sim_hall_view *view = &program->view;
    char id[32];
    int first = first_sheet(program);
    struct rect turns = rect_cut_right(&area, 88);
    for (int i = first; i < view->sheet_count && i < first + SHEETS_SHOWN; i++) {
        (void)snprintf(id, sizeof id, "scanner.sheet.%d", i);
        draw_sheet_button(ui, rect_inset(rect_cut_top(&area, SHEET_H), 0, 2), id, view->sheets[i], i,
                          program->waiting > 0);
    }
    draw_sheet_button(ui, rect_inset(rect_cut_top(&turns, SHEET_H), 0, 2), "scanner.sheets.previous",
                      "上一页", -1, first == 0);
    draw_sheet_button(ui, rect_inset(rect_cut_top(&turns, SHEET_H), 0, 2), "scanner.sheets.next", "下一页",
                      -1, first + SHEETS_SHOWN >= view->sheet_count);
}

static void draw_scanner(struct ui *ui, const struct sim_hall_program *program, struct rect area)
{
    const struct sim_hall_view *view = &program->view;
    char words[SIM_HALL_TEXT_BYTES];
    const char *state = view->scanner_state;
    for (size_t i = 0; i < sizeof scanner_words / sizeof scanner_words[0]; i++)
        if (strcmp(scanner_words[i].state, view->scanner_state) == 0)
            state = scanner_words[i].words;
    (void)snprintf(words, sizeof words, "状态：%s　台面：%s　已扫 %d 页", state,
                   !view->has_glass            ? "空"
                   : program->paper[0] != '\0' ? program->paper
                                               : "有纸",
                   (int)view->scans);
    text(ui, rect_cut_top(&area, LINE_H), "scanner.now", words, THEME_COLOR_INK900);
    if (view->sheet_count > 0)
        draw_sheets(ui, program, area);
}

static void draw_reader(struct ui *ui, const struct sim_hall_program *program, struct rect area)
{
    const struct sim_hall_view *view = &program->view;
    char words[2 * SIM_HALL_TEXT_BYTES];
    (void)snprintf(words, sizeof words, "读卡区：%s%s%s　已读 %d 次",
                   view->card_name[0] != '\0' ? view->card_name : "空", view->card_name[0] != '\0' ? " " : "",
                   view->card_number, (int)view->card_reads);
    text(ui, rect_cut_top(&area, LINE_H), "card.now", words, THEME_COLOR_INK900);
}

static void draw_session(struct ui *ui, const struct sim_hall_program *program, struct rect area)
{
    const char *words = program->view.session[0] != '\0' ? program->view.session : "还没有人扫码";
    text(ui, rect_cut_top(&area, LINE_H), "phone.now", words, THEME_COLOR_INK900);
}

static void draw_printer(struct ui *ui, const struct sim_hall_program *program, struct rect area)
{
    char words[SIM_HALL_TEXT_BYTES];
    (void)snprintf(words, sizeof words, program->view.printed[0] != '\0' ? "最近打印：%s" : "还没有打印过",
                   program->view.printed);
    text(ui, rect_cut_top(&area, LINE_H), "printer.now", words, THEME_COLOR_INK900);
}

/* --- layout ----------------------------------------------------------------------------------------------
 */

static bool is_shown(const struct sim_hall_program *program, enum sim_hall_section section)
{
    bool is_extra = section == SIM_HALL_SECTION_CA || section == SIM_HALL_SECTION_CARD ||
                    section == SIM_HALL_SECTION_PHONE;
    return !is_extra || program->view.is_up[section];
}

/* A way to divide the window. */
struct plan {
    int columns;
    int rows; /* messages and trades shown at most */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int lines_height(const struct sim_hall_program *program, struct plan plan,
                        enum sim_hall_section section)
{
    const struct sim_hall_view *view = &program->view;
    switch (section) {
    case SIM_HALL_SECTION_SMS:
        return view->message_count > 0 ? MESSAGE_H * least(view->message_count, plan.rows) : LINE_H;
    case SIM_HALL_SECTION_PAY:
        return view->trade_count > 0 ? TRADE_H * least(view->trade_count, plan.rows) : LINE_H;
    case SIM_HALL_SECTION_KEY:
        return view->key_count > 0 ? LINE_H + 36 : LINE_H;
    case SIM_HALL_SECTION_CA:
    case SIM_HALL_SECTION_COUNT:
        return 0;
    case SIM_HALL_SECTION_SCANNER:
        return view->sheet_count > 0 ? LINE_H + SHEETS_SHOWN * SHEET_H : LINE_H;
    case SIM_HALL_SECTION_CARD:
    case SIM_HALL_SECTION_PHONE:
    case SIM_HALL_SECTION_PRINTER:
        return LINE_H;
    }
    return 0;
}

static int section_height(struct ui *ui, const struct sim_hall_program *program, struct plan plan, int width,
                          enum sim_hall_section section)
{
    int lines = lines_height(program, plan, section);
    int buttons = flow_buttons(ui, program, rect_make(0, 0, width - 2 * INSET, 0), section, false);
    return HEAD_H + (lines > 0 ? lines + GAP : 0) + buttons + GAP;
}

static void draw_head(struct ui *ui, struct rect head, const struct sim_hall_program *program,
                      enum sim_hall_section section)
{
    char right[64] = "";
    int title = widget_label_width(ui, THEME_TYPE_DESK_STRONG, titles[section]) + 4;
    if (!program->view.is_up[section])
        (void)snprintf(right, sizeof right, "%s", silences[section]);
    else if (program->view.faults[section] > 0)
        (void)snprintf(right, sizeof right, "待发生的故障 %d", program->view.faults[section]);
    (void)widget_label(
        ui, rect_cut_left(&head, title),
        &(struct widget_label){.text = titles[section], .type = THEME_TYPE_DESK_STRONG, .middle = true});
    if (right[0] != '\0')
        (void)widget_label(ui, head,
                           &(struct widget_label){.text = right,
                                                  .type = THEME_TYPE_DESK_CAPTION,
                                                  .color = THEME_COLOR_SEAL700,
                                                  .align = WIDGET_RIGHT,
                                                  .middle = true});
}

static void draw_section(struct ui *ui, const struct sim_hall_program *program, struct plan plan,
                         struct rect rect, enum sim_hall_section section)
{
    static void (*const draws[SIM_HALL_SECTION_COUNT])(struct ui *, const struct sim_hall_program *,
                                                       struct rect) = {
        [SIM_HALL_SECTION_SMS] = draw_messages,    [SIM_HALL_SECTION_PAY] = draw_trades,
        [SIM_HALL_SECTION_KEY] = draw_keys,        [SIM_HALL_SECTION_SCANNER] = draw_scanner,
        [SIM_HALL_SECTION_CARD] = draw_reader,     [SIM_HALL_SECTION_PHONE] = draw_session,
        [SIM_HALL_SECTION_PRINTER] = draw_printer,
    };
    (void)widget_panel(ui, rect, WIDGET_PANEL_CARD);
    struct rect area = rect_inset(rect, INSET, 0);
    draw_head(ui, rect_cut_top(&area, HEAD_H), program, section);
    int lines = lines_height(program, plan, section);
    if (lines > 0) {
        draws[section](ui, program, rect_cut_top(&area, lines));
        (void)rect_cut_top(&area, GAP);
    }
    (void)flow_buttons(ui, program, area, section, true);
}

/* Sections go under each other in their order, and on in the next column when one is full.
 * Returns: whether there is room for all from the first on. */
static bool place_sections(struct ui *ui, const struct sim_hall_program *program, struct plan plan,
                           struct rect content, int first, bool builds)
{
    int column = 0;
    struct rect rest = rect_column(content, 0, plan.columns, GAP);
    for (int i = first; i < SIM_HALL_SECTION_COUNT; i++) {
        enum sim_hall_section section = (enum sim_hall_section)i;
        if (!is_shown(program, section))
            continue;
        int height = section_height(ui, program, plan, rest.w, section);
        if (height > rest.h && rest.y > content.y && column + 1 < plan.columns)
            rest = rect_column(content, ++column, plan.columns, GAP);
        if (height > rest.h && (i > first || !builds))
            return false;
        if (builds)
            draw_section(ui, program, plan, rect_make(rest.x, rest.y, rest.w, height), section);
        (void)rect_cut_top(&rest, height + GAP);
    }
    return true;
}

/* Where the window is too small for all sections, one says from which on they are shown. */
static void draw_switch(struct ui *ui, const struct sim_hall_program *program, struct rect rect)
{
    for (int i = SIM_HALL_SECTION_COUNT - 1; i >= 0; i--) {
        char id[32];
        (void)snprintf(id, sizeof id, "section.%d", i);
        int width = widget_label_width(ui, THEME_TYPE_DESK_CAPTION, titles[i]) + 24;
        if (!is_shown(program, (enum sim_hall_section)i) || width > rect.w)
            continue;
        (void)widget_button(ui, rect_inset(rect_cut_right(&rect, width), 0, 12),
                            &(struct widget_button){.id = id,
                                                    .label = titles[i],
                                                    .look = WIDGET_BUTTON_QUIET,
                                                    .selected = i == program->first,
                                                    .type = THEME_TYPE_DESK_CAPTION,
                                                    .tag = i});
        (void)rect_cut_right(&rect, BUTTON_GAP);
    }
}

/* The fewest columns that hold everything; when none do, columns of a usual width for a part of it.
 * Returns: whether everything fits. */
static bool make_plan(struct ui *ui, const struct sim_hall_program *program, struct rect content,
                      struct plan *out)
{
    for (int columns = 1; columns == 1 || columns * COLUMN_LEAST_W <= content.w; columns++)
        for (int rows = 2; rows > 0; rows--) {
            *out = (struct plan){.columns = columns, .rows = rows};
            if (place_sections(ui, program, *out, content, 0, false))
                return true;
        }
    int columns = content.w / COLUMN_USUAL_W;
    *out = (struct plan){.columns = columns > 0 ? columns : 1, .rows = 1};
    return false;
}

static void hall_draw(void *memory, struct ui *ui)
{
    const struct sim_hall_program *program = ui_program(ui);
    struct plan plan;
    (void)memory;
    struct ui_page_desk_areas areas = ui_page_desk(ui, &(struct ui_page_desk){.title = "模拟设备"});
    struct rect content = rect_inset(areas.content, -6, -6);
    bool fits = make_plan(ui, program, content, &plan);
    if (!fits)
        draw_switch(ui, program, areas.header_tools);
    (void)place_sections(ui, program, plan, content, fits ? 0 : program->first, true);
}

/* --- events ----------------------------------------------------------------------------------------------
 */

static void hall_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory, (void)ui, (void)argument;
}

static void hall_leave(void *memory, struct ui *ui)
{
    (void)memory, (void)ui;
}

static void send_act(struct sim_hall_program *program, enum sim_hall_act_code code)
{
    const struct sim_hall_act *act = &sim_hall_acts[code];
    if (act->verb == SIM_HALL_VERB_PAPER)
        (void)snprintf(program->paper, sizeof program->paper, "%s", act->label);
    program->waiting++;
    program->last = code;
    const char *number =
        program->view.trade_count > 0 ? program->view.trades[chosen_trade(program)].number : "";
    program->send(program->context, code, number);
}

/* A sheet is laid on the glass, or the list is turned. Returns: whether the tap was for it. */
static bool on_sheet(struct sim_hall_program *program, const struct ui_event *event)
{
    int first = first_sheet(program);
    if (ui_tapped(event, "scanner.sheets.next") && first + SHEETS_SHOWN < program->view.sheet_count)
        program->sheet = first + SHEETS_SHOWN;
    else if (ui_tapped(event, "scanner.sheets.previous"))
        program->sheet = first > SHEETS_SHOWN ? first - SHEETS_SHOWN : 0;
    else if (ui_tapped_prefix(event, "scanner.sheet.") && event->tag < program->view.sheet_count) {
        (void)snprintf(program->paper, sizeof program->paper, "%s", program->view.sheets[event->tag]);
        program->waiting++;
        program->lay(program->context, program->view.sheets[event->tag]);
    } else
        return false;
    return true;
}

static void hall_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct sim_hall_program *program = ui_program(ui);
    (void)memory;
    if (event->kind == UI_EVENT_NOTICE) {
        const char *said = event->data;
        if (said != NULL && said[0] != '\0')
            ui_toast(ui, ICON_INFO, said);
        return;
    }
    if (event->kind != UI_EVENT_TAP)
        return;
    if (ui_tapped_prefix(event, "pay.trade.") && event->tag < program->view.trade_count) {
        (void)snprintf(program->chosen, sizeof program->chosen, "%s",
                       program->view.trades[event->tag].number);
        return;
    }
    if (ui_tapped_prefix(event, "section.")) {
        program->first = (int)event->tag;
        return;
    }
    if (ui_tapped_prefix(event, "key.insert.") && event->tag < program->view.key_count) {
        program->waiting++;
        program->insert(program->context, program->view.keys[event->tag]);
        return;
    }
    if (on_sheet(program, event))
        return;
    for (int code = 0; code < SIM_HALL_ACT_COUNT; code++)
        if (ui_tapped(event, sim_hall_acts[code].id))
            send_act(program, (enum sim_hall_act_code)code);
}

const struct screen_class *sim_hall_screen_table(int *count)
{
    static const struct screen_class table[] = {{.name = "hall",
                                                 .idle_ms = -1,
                                                 .title_key = "",
                                                 .state_bytes = sizeof(struct sim_hall_state),
                                                 .enter = hall_enter,
                                                 .event = hall_event,
                                                 .draw = hall_draw,
                                                 .leave = hall_leave}};
    *count = 1;
    return table;
}
