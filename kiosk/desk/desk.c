#include "kiosk/desk/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/terminal_health.h"

enum { LOCK_AFTER_MS = 5 * 60 * 1000, HOURS_MOST = 16 };

static const struct {
    const char *name;
    const char *title_key;
    enum icon icon;
    const char *shortcut;
} desks[DESK_COUNT_] = {
#define DESK(code, name, title_key, icon, shortcut) {#name, title_key, ICON_##icon, shortcut},
#include "kiosk/desk/desk.def"
#undef DESK
};

const struct screen_class *desk_table(const struct settings *settings, int *count)
{
    static struct screen_class table[DESK_COUNT_] = {
#define DESK(code, name, title_key, icon, shortcut)                                                          \
    {#name,                                                                                                  \
     LOCK_AFTER_MS,                                                                                          \
     false,                                                                                                  \
     title_key,                                                                                              \
     0,                                                                                                      \
     desk_##name##_enter,                                                                                    \
     desk_##name##_event,                                                                                    \
     desk_##name##_draw,                                                                                     \
     desk_##name##_leave},
#include "kiosk/desk/desk.def"
#undef DESK
    };
    const size_t bytes[DESK_COUNT_] = {
#define DESK(code, name, title_key, icon, shortcut) desk_##name##_state_bytes(),
#include "kiosk/desk/desk.def"
#undef DESK
    };
    (void)settings;
    for (int i = 0; i < DESK_COUNT_; i++)
        table[i].state_bytes = bytes[i];
    table[DESK_SIGNIN].idle_ms = -1; /* nothing to lock */
    *count = DESK_COUNT_;
    return table;
}

struct desk_program *desk_program(const struct ui *ui)
{
    return ui_program(ui);
}

const struct service_desk *desk_view(const struct ui *ui)
{
    return services_desk(desk_program(ui)->services);
}

const char *desk_text(const struct ui *ui, const char *key)
{
    return words_text(desk_program(ui)->words, key);
}

void desk_reason(const struct ui *ui, const struct service_reply *reply, char *out, size_t size)
{
    const struct words *words = desk_program(ui)->words;
    char key[WORDS_KEY_BYTES];
    char number[24];
    (void)snprintf(number, sizeof(number), "%lld", (long long)reply->number);
    (void)snprintf(key, sizeof(key), "service.%s", service_reason_name(reply->reason));
    words_format(words, out, size,
                 reply->reason != SERVICE_REASON_NONE ? key : status_text_key(reply->status),
                 {"number", number});
}

bool desk_told(const struct ui *ui, const struct service_reply *reply, const char *done, char *out,
               size_t size)
{
    if (reply->status == STATUS_OK)
        (void)text_copy(out, size, desk_text(ui, done));
    else
        desk_reason(ui, reply, out, size);
    return reply->status == STATUS_OK;
}

size_t desk_overdue(const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    while (count < view->deadline_count && view->deadlines[count].due_utc_s != 0 &&
           view->deadlines[count].due_utc_s < clock_utc_s(desk_program(ui)->clock))
        count++;
    return count;
}

/* What waits on the desk's page; calls are on the wall's own page anyway. */
static int count_of(const struct ui *ui, enum desk_id here, enum desk_id desk)
{
    const struct service_desk *view = desk_view(ui);
    int count = 0;
    if (desk == DESK_REVIEW)
        return (int)view->queue_count;
    if (desk == DESK_DEVICES)
        return (int)terminal_health_count(view, WIDGET_MARK_RED);
    if (desk == DESK_CERTIFICATES)
        return (int)desk_overdue(ui);
    for (size_t i = 0; i < view->terminal_count && desk == DESK_WALL && here != DESK_WALL; i++)
        count += view->terminals[i].is_calling;
    for (size_t i = 0; i < view->money_count && desk == DESK_MONEY; i++)
        count += view->money[i].hand.pay_back || view->money[i].hand.voucher == SERVICE_VOUCHER_WAITS;
    return count;
}

/* When the hall is open, as far as one span says it; else which hall it is. */
static void write_hall(const struct ui *ui, char out[128])
{
    const struct settings *settings = desk_program(ui)->settings;
    size_t length = text_length(settings->hall_open_hours);
    if (length > 0 && length <= HOURS_MOST)
        desk_format(ui, out, 128, "desk.hours", {"hours", settings->hall_open_hours});
    else
        (void)text_copy(out, 128, settings->hall_name);
}

struct ui_page_desk_areas desk_page_with(struct ui *ui, enum desk_id here, const char *chip,
                                         enum widget_mark_tone tone)
{
    struct widget_nav_item items[DESK_COUNT_];
    char ids[DESK_COUNT_][32];
    char hall[128];
    int count = 0;
    write_hall(ui, hall);
    const struct ui_page_desk_areas areas =
        ui_page_desk(ui, &(struct ui_page_desk){.title = desk_text(ui, desks[here].title_key),
                                                .chip = chip,
                                                .chip_tone = tone,
                                                .right = hall,
                                                .nav = true});
    for (int i = 0; i < DESK_COUNT_; i++) {
        if (desks[i].icon == ICON_NONE)
            continue;
        (void)snprintf(ids[count], sizeof(ids[count]), "nav.%s", desks[i].name);
        items[count] = (struct widget_nav_item){.id = ids[count],
                                                .name = desk_text(ui, desks[i].title_key),
                                                .icon = desks[i].icon,
                                                .shortcut = desks[i].shortcut,
                                                .count = count_of(ui, here, (enum desk_id)i),
                                                .selected = i == (int)here};
        count++;
    }
    (void)widget_nav(ui, areas.nav,
                     &(struct widget_nav){.product = desk_text(ui, "desk.product"),
                                          .items = items,
                                          .item_count = count,
                                          .person = desk_view(ui)->clerk,
                                          .person_line = desk_text(ui, desk_view(ui)->is_supervisor
                                                                           ? "desk.role.supervisor"
                                                                           : "desk.role.reviewer"),
                                          .state_line = desk_text(ui, "desk.signed_in"),
                                          .lock = true});
    return areas;
}

struct ui_page_desk_areas desk_page_counted(struct ui *ui, enum desk_id here, const char *key, size_t count,
                                            enum widget_mark_tone tone)
{
    char number[24];
    char chip[64];
    (void)snprintf(number, sizeof(number), "%zu", count);
    desk_format(ui, chip, sizeof(chip), key, {"count", number});
    return desk_page_with(ui, here, count > 0 ? chip : NULL, tone);
}

struct rect desk_page_wide(struct rect content)
{
    enum { WIDER = 4 };
    return rect_make(content.x - WIDER, content.y, content.w + 2 * WIDER, content.h + WIDER);
}

static void sign_out(struct ui *ui)
{
    service_desk_sign_out(desk_program(ui)->services);
    ui_forget(ui);
    ui_reset(ui, DESK_SIGNIN, NULL);
}

static bool go_to(struct ui *ui, enum desk_id desk)
{
    ui_reset(ui, (int)desk, NULL);
    return true;
}

bool desk_common(struct ui *ui, const struct ui_event *event)
{
    char id[32];
    if (ui_tapped(event, "nav.lock")) {
        sign_out(ui);
        return true;
    }
    for (int i = 0; i < DESK_COUNT_; i++) {
        if (desks[i].icon == ICON_NONE)
            continue;
        const char *number = desks[i].shortcut[0] == 'F' ? desks[i].shortcut + 1 : "";
        int key = (int)strtol(number, NULL, 10); /* 0: the nav column's own, with Ctrl */
        (void)snprintf(id, sizeof(id), "nav.%s", desks[i].name);
        if (ui_tapped(event, id) || (key > 0 && desk_pressed(ui, event, INPUT_KEY_FUNCTION, key)))
            return go_to(ui, (enum desk_id)i);
    }
    return false;
}

bool desk_pressed(const struct ui *ui, const struct ui_event *event, enum input_key key, int character)
{
    bool typing = key == INPUT_KEY_CHARACTER && ui_edit(ui) != NULL;
    return event->kind == UI_EVENT_KEY && event->key == key && event->character == character && !typing;
}

void desk_amount(int64_t fen, char out[DESK_AMOUNT_BYTES])
{
    char yuan[MONEY_TEXT_BYTES];
    money_to_yuan(fen, yuan);
    (void)snprintf(out, DESK_AMOUNT_BYTES, "¥%s", yuan);
}

void desk_subject(const struct ui *ui, const struct order *order, char out[DESK_SUBJECT_BYTES])
{
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, order->product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, order->operation);
    (void)snprintf(out, DESK_SUBJECT_BYTES, "%.75s · %.75s", product == NULL ? order->product : product->name,
                   operation == NULL ? order->operation : operation->label);
}

void desk_time(int64_t utc_s, char out[16])
{
    if (clock_format_hall(utc_s, "%H:%M", out, 16) == 0)
        out[0] = 0;
}

void desk_day_time(int64_t utc_s, char out[16])
{
    if (clock_format_hall(utc_s, "%m-%d %H:%M", out, 16) == 0)
        out[0] = 0;
}

void desk_since(const struct ui *ui, int64_t utc_s, char out[16])
{
    int64_t since = clock_utc_s(desk_program(ui)->clock) - utc_s;
    since = since < 0 ? 0 : since > 359999 ? 359999 : since;
    if (since < 3600)
        (void)snprintf(out, 16, "%02d:%02d", (int)(since / 60), (int)(since % 60));
    else
        (void)snprintf(out, 16, "%d:%02d:%02d", (int)(since / 3600), (int)(since / 60 % 60),
                       (int)(since % 60));
}
