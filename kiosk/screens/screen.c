#include "kiosk/screens/screen.h"
#include "kiosk/screens/call.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/money.h"
#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { STEPS_MAX = 10 };

static const struct {
    const char *name;
    const char *title_key;
    enum order_state state;
} screens[SCREEN_COUNT_] = {
#define SCREEN(code, name, idle_ms, back, title_key, state) {#name, title_key, ORDER_STATE_##state},
#include "kiosk/screens/screens.def"
#undef SCREEN
};

const struct screen_class *screen_table(const struct settings *settings, int *count)
{
    static struct screen_class table[SCREEN_COUNT_] = {
#define SCREEN(code, name, idle_ms, back, title_key, state)                                                  \
    {#name,                                                                                                  \
     idle_ms,                                                                                                \
     back,                                                                                                   \
     title_key,                                                                                              \
     0,                                                                                                      \
     screen_##name##_enter,                                                                                  \
     screen_##name##_event,                                                                                  \
     screen_##name##_draw,                                                                                   \
     screen_##name##_leave},
#include "kiosk/screens/screens.def"
#undef SCREEN
    };
    const size_t bytes[SCREEN_COUNT_] = {
#define SCREEN(code, name, idle_ms, back, title_key, state) screen_##name##_state_bytes(),
#include "kiosk/screens/screens.def"
#undef SCREEN
    };
    for (int i = 0; i < SCREEN_COUNT_; i++) {
        table[i].state_bytes = bytes[i];
        if (table[i].idle_ms == 0)
            table[i].idle_ms = settings->idle_warning_s * 1000;
    }
    table[SCREEN_RESET].idle_ms = settings->reset_wait_s * 1000; /* as long as the clerk may take */
    table[SCREEN_SCAN].idle_ms = table[SCREEN_PRINT].idle_ms = settings->idle_sign_s * 1000;
    *count = SCREEN_COUNT_;
    return table;
}

/* --- what a screen has in hand ----------------------------------------------------------------------- */

struct screen_program *screen_program(const struct ui *ui)
{
    return ui_program(ui);
}

struct services *screen_services(const struct ui *ui)
{
    return screen_program(ui)->services;
}

const struct service_visit *screen_visit(const struct ui *ui)
{
    return services_visit(screen_services(ui));
}

const char *screen_text(const struct ui *ui, const char *key)
{
    return words_text(screen_program(ui)->words, key);
}

struct service_reply *screen_reply(const struct ui_event *event)
{
    return event->kind == UI_EVENT_REPLY || event->kind == UI_EVENT_NOTICE ? event->data : NULL;
}

bool screen_answered(const struct ui_event *event, uint64_t request, struct service_reply **out)
{
    if (!ui_replied(event, request))
        return false;
    *out = event->data;
    return true;
}

void screen_reason(const struct ui *ui, const struct service_reply *reply, char *out, size_t size)
{
    const struct words *words = screen_program(ui)->words;
    char key[WORDS_KEY_BYTES];
    char number[24];
    char day[32];
    (void)snprintf(number, sizeof(number), "%lld", (long long)reply->number);
    (void)clock_format_hall(reply->number, "%Y-%m-%d", day, sizeof(day)); /* where the number is a time */
    (void)snprintf(key, sizeof(key), "service.%s", service_reason_name(reply->reason));
    bool known = reply->reason != SERVICE_REASON_NONE && words_has(words, key);
    words_format(words, out, size, known ? key : status_text_key(reply->status), {"number", number},
                 {"day", day});
}

void screen_banner(struct ui *ui, struct rect area, const char *id, enum widget_notice_tone tone,
                   const char *line)
{
    struct widget_notice notice = {.id = id, .tone = tone, .line = line, .quiet = true};
    int height = widget_notice_height(ui, &notice, area.w);
    if (height <= area.h)
        (void)widget_notice_banner(ui, rect_cut_top(&area, height), &notice);
}

void screen_message(struct ui *ui, struct rect area, const char *id, const char *message, const char *hint)
{
    bool is_error = message[0] != 0;
    screen_banner(ui, area, id, is_error ? WIDGET_NOTICE_ERROR : WIDGET_NOTICE_INFO,
                  is_error ? message : hint);
}

void screen_field(struct ui *ui, struct rect area, const char *id, struct text_edit *edit)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "%s_example", id);
    area.h = widget_field_plain_height(ui);
    (void)widget_field(
        ui, area,
        &(struct widget_field){
            .id = id, .label = screen_text(ui, id), .edit = edit, .placeholder = screen_text(ui, key)});
}

void screen_field_pair(struct ui *ui, struct rect area, const char *first_id, struct text_edit *first,
                       const char *second_id, struct text_edit *second)
{
    enum { BESIDE = 32, BELOW = 16 };
    bool upright = ui_is_portrait(ui);
    struct rect one =
        upright ? rect_cut_top(&area, widget_field_plain_height(ui)) : rect_column(area, 0, 2, BESIDE);
    struct rect two = upright ? area : rect_column(area, 1, 2, BESIDE);
    if (upright)
        (void)rect_cut_top(&two, BELOW);
    screen_field(ui, one, first_id, first);
    screen_field(ui, two, second_id, second);
}

/* --- ways -------------------------------------------------------------------------------------------- */

/* The screen of a state; the states that end a life share one. */
static enum screen_id screen_of(enum order_state state)
{
    if (state == ORDER_STATE_DONE)
        return SCREEN_DONE;
    for (unsigned i = 0; i < SCREEN_COUNT_; i++)
        if (screens[i].state == state)
            return (enum screen_id)i;
    return SCREEN_ENDED;
}

void screen_go(struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    screen_show_visit(ui);
    ui_reset(ui, (int)(visit->has_order ? screen_of(visit->order.state) : SCREEN_WELCOME), NULL);
}

bool screen_may_log_in(const struct ui *ui)
{
    static const unsigned usable = 1U << SERVICE_HOLDER_VALID | 1U << SERVICE_HOLDER_SOON |
                                   1U << SERVICE_HOLDER_EARLY | 1U << SERVICE_HOLDER_UNCHECKED |
                                   1U << SERVICE_HOLDER_EXPIRED | 1U << SERVICE_HOLDER_HELD;
    const struct service_holder *holder = &screen_visit(ui)->holder;
    enum service_pin_health pin = services_key(screen_services(ui))->pin;
    return holder->request_id[0] != 0 && (1U << holder->state & usable) != 0 && pin != SERVICE_PIN_LOCKED &&
           pin != SERVICE_PIN_UNSET;
}

void screen_wish(const struct ui *ui, struct product_wish *out)
{
    const struct service_visit *visit = screen_visit(ui);
    service_visit_wish(visit, clock_utc_s(screen_program(ui)->clock), out);
    bool is_on_key = visit->holder.has_seal && visit->holder.product == visit->product &&
                     order_steps_is_on_own_key(&visit->operation->steps);
    out->seal = out->seal || (is_on_key && product_wish_outdates_seal(out));
}

const char *screen_says(const struct ui *ui, enum product_message message, const char *key)
{
    const struct product *product = screen_visit(ui)->product;
    const char *own = product == NULL ? "" : product_says(product, message);
    return own[0] != 0 ? own : screen_text(ui, key);
}

const char *screen_text_by_steps(const struct ui *ui, const char *key, enum order_step here)
{
    const struct product_operation *operation = screen_visit(ui)->operation;
    const struct words *words = screen_program(ui)->words;
    char first[WORDS_KEY_BYTES];
    (void)snprintf(first, sizeof(first), "%s.first", key);
    bool is_reviewed =
        operation != NULL && order_steps_has_before(&operation->steps, ORDER_STEP_REVIEW, here);
    return screen_text(ui, !is_reviewed && words_has(words, first) ? first : key);
}

const char *screen_carried(const struct ui *ui, enum service_carried carried)
{
    static const char *const keys[SERVICE_CARRIED_COUNT_] = {[SERVICE_CARRIED_ANEW] = "carried.anew",
                                                             [SERVICE_CARRIED_KEPT] = "carried.kept",
                                                             [SERVICE_CARRIED_LEFT] = "carried.left"};
    return keys[carried] == NULL ? NULL : screen_text(ui, keys[carried]);
}

enum screen_id screen_following(const struct ui *ui, enum screen_id here)
{
    const struct service_visit *visit = screen_visit(ui);
    struct product_wish wish;
    screen_wish(ui, &wish);
    if (here != SCREEN_NEEDLESS && here != SCREEN_WISH && visit->operation->not_needed[0] != 0)
        return SCREEN_NEEDLESS;
    if (here != SCREEN_WISH && product_wish_is_open(&wish))
        return SCREEN_WISH;
    if (visit->phone[0] != 0 || !visit->operation->login_required || visit->appointment.is_read)
        return SCREEN_AGREEMENT;
    return screen_may_log_in(ui) ? SCREEN_KEY : SCREEN_LOGIN;
}

const char *screen_following_name(const struct ui *ui, enum screen_id here)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "next.%s", screens[screen_following(ui, here)].name);
    return screen_text(ui, key);
}

void screen_apply(struct ui *ui, enum screen_id here)
{
    ui_push(ui, (int)screen_following(ui, here), NULL);
}

bool screen_moved_on(struct ui *ui, enum screen_id here)
{
    const struct service_visit *visit = screen_visit(ui);
    if (!visit->has_order || screen_of(visit->order.state) == here)
        return false;
    screen_go(ui);
    return true;
}

void screen_end_visit(struct ui *ui)
{
    services_end_visit(screen_services(ui));
    call_forget(ui);
    ui_forget(ui);
    ui_reset(ui, SCREEN_WELCOME, NULL);
}

/* --- steps ------------------------------------------------------------------------------------------- */

/* Several steps of an order may stand under one word of the step bar: making the key, its PIN, taking it. */
static const char *word_of(enum order_step step)
{
    switch (step) {
    case ORDER_STEP_KEY:
        return "step.key";
    case ORDER_STEP_ACT:
        return "step.act";
    case ORDER_STEP_FORM:
        return "step.form";
    case ORDER_STEP_PRINT:
        return "step.print";
    case ORDER_STEP_SCAN:
        return "step.scan";
    case ORDER_STEP_IDENTITY:
        return "step.identity";
    case ORDER_STEP_REVIEW:
        return "step.review";
    case ORDER_STEP_PAY:
        return "step.pay";
    case ORDER_STEP_ISSUE:
    case ORDER_STEP_PIN:
    case ORDER_STEP_COLLECT:
        return "step.issue";
    case ORDER_STEP_COUNT_:
        break;
    }
    return "step.select";
}

/* The operation in hand; before the choice the one most people come for, the catalogue's first. */
static const struct product_operation *operation_of(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct catalogue *catalogue = screen_program(ui)->catalogue;
    if (visit->operation != NULL || catalogue->count == 0)
        return visit->operation;
    return &(visit->product != NULL ? visit->product : catalogue->products[0])->operations[0];
}

/* Returns: how many words the step bar has; words that repeat stand once. */
static int step_words(const struct ui *ui, const char *keys[STEPS_MAX])
{
    const struct product_operation *operation = operation_of(ui);
    int count = 0;
    keys[count++] = "step.select";
    if (operation == NULL)
        return count;
    for (size_t i = 0; i < operation->steps.count && count < STEPS_MAX; i++) {
        const char *key = word_of(operation->steps.step[i]);
        if (strcmp(keys[count - 1], key) != 0)
            keys[count++] = key;
    }
    return count;
}

static enum order_step step_of(enum screen_id here)
{
    for (unsigned i = 0; i < ORDER_STEP_COUNT_; i++)
        if (order_step_state((enum order_step)i) == screens[here].state)
            return (enum order_step)i;
    return here == SCREEN_REJECTED ? ORDER_STEP_REVIEW : ORDER_STEP_COUNT_;
}

int screen_step(const struct ui *ui, enum screen_id here)
{
    const char *keys[STEPS_MAX];
    int count = step_words(ui, keys);
    const char *key = word_of(step_of(here));
    for (int i = 0; i < count; i++)
        if (strcmp(keys[i], key) == 0)
            return i + 1;
    return 0;
}

static void show_steps(struct ui *ui)
{
    const char *keys[STEPS_MAX];
    const char *names[STEPS_MAX];
    int count = step_words(ui, keys);
    for (int i = 0; i < count; i++)
        names[i] = screen_text(ui, keys[i]);
    ui_set_steps(ui, names, count);
}

/* Idle warning and 退出办理 say how one comes back; without an order there is nothing to come back to. */
static void show_idle_note(struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    char masked[24];
    char days[16];
    char note[96];
    screen_phone(visit->phone, true, masked);
    (void)snprintf(days, sizeof(days), "%d", SERVICE_TICKET_DAYS);
    screen_format(ui, note, sizeof(note), "idle.note", {"days", days}, {"phone", masked});
    ui_idle_note(ui, visit->has_order && visit->phone[0] != 0 ? note : NULL);
}

/* 王*小·138****0000, or the number alone. */
static void write_person(const struct service_visit *visit, char *out, size_t size)
{
    char phone[24];
    screen_phone(visit->phone, true, phone);
    (void)snprintf(out, size, "%s%s%s", visit->person, visit->person[0] == 0 ? "" : "·", phone);
}

void screen_show_visit(struct ui *ui)
{
    const struct screen_program *program = screen_program(ui);
    const struct service_visit *visit = screen_visit(ui);
    char subject[256] = "";
    char machine[64];
    const struct product_class *class =
        visit->product == NULL ? NULL : product_find_class(visit->product, visit->class_id);
    if (visit->product != NULL)
        (void)snprintf(subject, sizeof(subject), "%s%s%s%s%s", visit->product->name,
                       visit->operation == NULL ? "" : "·",
                       visit->operation == NULL ? "" : visit->operation->label, class == NULL ? "" : "·",
                       class == NULL ? "" : class->label);
    if (visit->product == NULL && visit->phone[0] != 0) /* whose orders these are */
        write_person(visit, subject, sizeof(subject));
    screen_format(ui, machine, sizeof(machine), "header.machine",
                  {"number", program->settings->terminal_number});
    ui_set_header(ui, &(struct ui_header){.product = screen_text(ui, "header.product"),
                                          .machine = machine,
                                          .hall = program->settings->hall_name,
                                          .subject = subject[0] == 0 ? NULL : subject,
                                          .receipt = visit->has_order ? visit->order.acceptance : NULL});
    show_steps(ui);
    show_idle_note(ui);
}

struct ui_page screen_page(const struct ui *ui, enum screen_id here)
{
    return (struct ui_page){.title = screen_text(ui, screens[here].title_key),
                            .voice = screens[here].name,
                            .step = screen_step(ui, here)};
}

struct rect screen_column(struct ui *ui, struct rect column, const char *title, const char *subtitle)
{
    enum { TITLE_Y = 1, TITLE_H = 55, LINE_Y = 61, LINE_H = 42, BELOW = 120 };
    (void)widget_label(
        ui, rect_make(column.x, column.y + TITLE_Y, column.w, TITLE_H),
        &(struct widget_label){.id = "page.title", .text = title, .type = THEME_TYPE_H1, .middle = true});
    (void)widget_label(ui, rect_make(column.x, column.y + LINE_Y, column.w, LINE_H),
                       &(struct widget_label){.id = "page.subtitle",
                                              .text = subtitle,
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    (void)rect_cut_top(&column, BELOW);
    return column;
}

enum icon screen_icon(const char *name, enum icon otherwise)
{
    for (int i = ICON_NONE + 1; i < ICON_COUNT; i++)
        if (strcmp(icon_name((enum icon)i), name) == 0)
            return (enum icon)i;
    return otherwise;
}

enum icon screen_operation_icon(const char *operation)
{
    static const struct {
        const char *id;
        enum icon icon;
    } icons[] = {
#define PRODUCT_OPERATION(code, id, icon) {id, ICON_##icon},
#include "kiosk/catalogue/product_operations.def"
#undef PRODUCT_OPERATION
    };
    for (size_t i = 0; i < sizeof(icons) / sizeof(icons[0]); i++)
        if (strcmp(icons[i].id, operation) == 0)
            return icons[i].icon;
    return ICON_FILE;
}

int screen_lines(const struct ui *ui, enum theme_type type, int lines)
{
    return theme_text(ui_theme(ui), type).line_px * lines;
}

/* --- texts ------------------------------------------------------------------------------------------- */

void screen_yuan(int64_t fen, char out[32])
{
    _Static_assert(MONEY_TEXT_BYTES <= 32, "an amount fits");
    money_to_yuan(fen, out);
}

char *screen_split_fee(char *fee)
{
    char *unit = strchr(fee, ' ');
    if (unit != NULL)
        *unit++ = 0;
    return unit;
}

void screen_shorten(const char *text, size_t characters, char *out, size_t size)
{
    size_t length = 0;
    size_t count = 0;
    for (; text[length] != 0; length++) {
        bool begins = ((unsigned char)text[length] & 0xc0) != 0x80;
        if (begins && ++count > characters)
            break;
    }
    if (text[length] == 0)
        (void)text_copy(out, size, text);
    else
        (void)snprintf(out, size, "%.*s…", (int)length, text);
}

void screen_fit(struct ui *ui, enum theme_type type, int width, char *text, size_t size)
{
    char whole[512];
    check(size <= sizeof(whole));
    (void)text_copy(whole, sizeof(whole), text);
    for (size_t left = text_length(whole); left > 1 && widget_label_width(ui, type, text) > width; left--)
        screen_shorten(whole, left - 1, text, size);
}

void screen_phone(const char *phone, bool masked, char out[24])
{
    if (strlen(phone) != 11)
        (void)text_copy(out, 24, phone);
    else if (masked)
        (void)snprintf(out, 24, "%.3s****%s", phone, phone + 7);
    else
        (void)snprintf(out, 24, "%.3s %.4s %s", phone, phone + 3, phone + 7);
}

void screen_key_number(const char *number, const char *serial, char out[32])
{
    const char *shown = number[0] != 0 ? number : serial;
    if (strlen(shown) == 13)
        (void)snprintf(out, 32, "%.4s %.4s %s", shown, shown + 4, shown + 8);
    else
        (void)snprintf(out, 32, "%.31s", shown);
}

void screen_pages(const struct ui *ui, struct ui_page *page, int now, int pages, char *text, size_t size)
{
    char number[16], count[16];
    (void)snprintf(number, sizeof(number), "%d", now + 1);
    (void)snprintf(count, sizeof(count), "%d", pages);
    screen_format(ui, text, size, "product.page", {"page", number}, {"pages", count});
    page->turns = text;
    page->primary = (struct widget_button){.id = "pages.next",
                                           .label = screen_text(ui, "product.next"),
                                           .icon_right = ICON_ARROW_RIGHT,
                                           .disabled = now + 1 >= pages,
                                           .tag = now + 1};
    page->secondary = (struct widget_button){.id = "pages.previous",
                                             .label = screen_text(ui, "product.previous"),
                                             .look = WIDGET_BUTTON_NEUTRAL,
                                             .icon = ICON_ARROW_LEFT,
                                             .icon_only = true,
                                             .disabled = now == 0,
                                             .tag = now - 1};
}
