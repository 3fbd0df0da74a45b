/* Cases of the clerk's wall: every state of a tile, the assist panel, its dialogs. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

enum { TERMINALS = 12 };

/* A terminal as the wall of the design shows it; normal, shortest and longest texts from people. */
struct machine {
    const char *place, *screen, *field, *person;
    enum order_state state; /* COUNT_: no order yet */
    int step_s;             /* so long at the step; 0: nobody there */
};
static const struct machine machines[TERMINALS] = {
    {"大厅东侧", "scan", "", "王*华", ORDER_STATE_SCANNING, 134},
    {"大厅东侧", "form", "form.credit_code", "刘*", ORDER_STATE_DRAFT, 408},
    {"大厅东侧", "review", "", "王*小", ORDER_STATE_REVIEWING, 201},
    {"大厅中区", "scan", "", "赵*强", ORDER_STATE_SCANNING, 65},
    {"大厅中区", "pay", "", "陈*芳", ORDER_STATE_PAYING, 42},
    {"大厅中区", "issue", "", "周*", ORDER_STATE_ISSUING, 97},
    {"大厅西侧", "print", "", "吴*丽", ORDER_STATE_PRINTING, 28},
    {"大厅西侧", "form", "form.company", "孙*伟", ORDER_STATE_DRAFT, 170},
    {"大厅西侧", "welcome", "", "", ORDER_STATE_COUNT_, 0},
    {"南门自助区", "product", "", "", ORDER_STATE_COUNT_, 15},
    {"南门自助区", "welcome", "", "", ORDER_STATE_COUNT_, 0},
    {"南门自助区", "closed", "", "", ORDER_STATE_COUNT_, 0},
};

static void sign_in(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk),
                    gallery_text(gallery, "陈示范", "陈", "阿卜杜热合曼·吐尔逊"));
}

static struct service_terminal *at(struct gallery *gallery, int number)
{
    return &gallery->services.desk.terminals[number - 1];
}

static void give_order(struct gallery *gallery, struct service_terminal *terminal,
                       const struct machine *machine, int number)
{
    const struct product *product = gallery->catalogue->products[0];
    terminal->state = machine->state;
    (void)text_copy(terminal->product, sizeof(terminal->product), product->id);
    (void)text_copy(terminal->operation, sizeof(terminal->operation), product->operations[0].id);
    (void)snprintf(terminal->acceptance, sizeof(terminal->acceptance), "T20251121102%02d3607", number);
}

static void add_terminal(struct gallery *gallery, int index)
{
    const struct machine *machine = &machines[index];
    struct service_desk *desk = &gallery->services.desk;
    struct service_terminal *terminal = &desk->terminals[desk->terminal_count++];
    bool is_there = machine->step_s > 0;
    *terminal = (struct service_terminal){.is_alive = true,
                                          .seen_utc_s = GALLERY_NOW_UTC_S,
                                          .devices = gallery->services.devices,
                                          .step_since_utc_s = GALLERY_NOW_UTC_S -
                                                              (is_there ? machine->step_s : 723 - index * 41),
                                          .visit_since_utc_s = is_there ? GALLERY_NOW_UTC_S - 900 : 0};
    (void)snprintf(terminal->id, sizeof(terminal->id), "terminal-%02d", index + 1);
    (void)snprintf(terminal->machine, sizeof(terminal->machine), "%02d", index + 1);
    (void)snprintf(terminal->visit, sizeof(terminal->visit), is_there ? "%032d" : "", index + 1);
    (void)text_copy(terminal->screen, sizeof(terminal->screen), machine->screen);
    (void)text_copy(terminal->field, sizeof(terminal->field), machine->field);
    (void)text_copy(terminal->person, sizeof(terminal->person), machine->person);
    (void)text_copy(terminal->place, sizeof(terminal->place),
                    gallery_text(gallery, machine->place, "厅", "南门二十四小时自助服务区"));
    if (machine->state != ORDER_STATE_COUNT_)
        give_order(gallery, terminal, machine, index + 1);
}

static void add_event(struct gallery *gallery, int age_s, int number, const char *event)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_event *line = &desk->events[desk->event_count++];
    line->at_utc_s = GALLERY_NOW_UTC_S - age_s;
    (void)snprintf(line->owner, sizeof(line->owner), number > 0 ? "terminal-%02d" : "desk-%02d", number);
    (void)text_copy(line->event, sizeof(line->event), event);
}

static void add_day(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    desk->counters = (struct service_counters){.is_known = true,
                                               .begun = 52,
                                               .begun_before = 43,
                                               .finished = 31,
                                               .finished_s = (int64_t)31 * 23 * 60,
                                               .decided = 50,
                                               .approved_first = 45,
                                               .rejected = 5};
    desk->queue_count = 4;
    for (int i = 0; i < 4; i++)
        desk->queue[i].waiting_since_utc_s = GALLERY_NOW_UTC_S - 372 + i * 90;
    add_event(gallery, 20, 6, "order.paid");
    add_event(gallery, 40, 5, "order.approved");
    add_event(gallery, 160, 3, "order.scanned");
    add_event(gallery, 170, 0, "supervision.message");
    add_event(gallery, 300, 1, "order.printed");
    add_event(gallery, 420, 7, "order.form-completed");
    add_event(gallery, 540, 9, "order.taken");
}

/* The hall of the design: one calls, a scanner is jammed, somebody is slow, one waits, one is closed. */
static void make_hall(struct gallery *gallery)
{
    sign_in(gallery);
    for (int i = 0; i < TERMINALS; i++)
        add_terminal(gallery, i);
    at(gallery, 4)->devices.scanner = DEVICE_JAMMED;
    at(gallery, 6)->devices.printer = DEVICE_SUPPLY_LOW;
    at(gallery, 8)->is_calling = true;
    at(gallery, 8)->call_since_utc_s = GALLERY_NOW_UTC_S - 18;
    at(gallery, 12)->is_closed = true;
    at(gallery, 12)->closed_since_utc_s = GALLERY_NOW_UTC_S - 3240;
    (void)text_copy(at(gallery, 12)->closed_reason, SERVICE_NAME_BYTES, "paper");
    add_day(gallery);
}

static void add_act(struct service_terminal *terminal, enum service_act_kind kind, int age_s, bool done)
{
    struct service_act *act = &terminal->acts[terminal->act_count++];
    *act = (struct service_act){.kind = kind, .at_utc_s = GALLERY_NOW_UTC_S - age_s, .is_done = done};
    (void)text_copy(act->clerk, sizeof(act->clerk), "chen");
}

void gallery_wall_empty(struct gallery *gallery)
{
    sign_in(gallery);
    gallery_screen(gallery, DESK_WALL);
}

void gallery_wall_hall(struct gallery *gallery)
{
    make_hall(gallery);
    gallery_screen(gallery, DESK_WALL);
}

/* Most of what can go wrong at once. */
void gallery_wall_trouble(struct gallery *gallery)
{
    make_hall(gallery);
    at(gallery, 1)->is_alive = false;
    at(gallery, 1)->seen_utc_s = GALLERY_NOW_UTC_S - 95;
    at(gallery, 2)->is_locked = true;
    at(gallery, 5)->is_closed = true;
    at(gallery, 7)->devices.printer = DEVICE_PAPER_OUT;
    at(gallery, 9)->devices.writer = DEVICE_OFFLINE;
    at(gallery, 10)->is_calling = true;
    at(gallery, 10)->call_since_utc_s = GALLERY_NOW_UTC_S - 75;
    (void)text_copy(at(gallery, 6)->helper, SERVICE_NAME_BYTES, "chen");
    gallery->services.desk.counters = (struct service_counters){.is_known = true};
    gallery_screen(gallery, DESK_WALL);
}

static void open_panel(struct gallery *gallery, const char *tile)
{
    make_hall(gallery);
    (void)text_copy(at(gallery, 2)->helper, SERVICE_NAME_BYTES, "chen");
    add_act(at(gallery, 2), SERVICE_ACT_POINT, 20, false);
    add_act(at(gallery, 2), SERVICE_ACT_MESSAGE, 70, true);
    add_act(at(gallery, 2), SERVICE_ACT_ANSWER, 90, true);
    gallery_screen(gallery, DESK_WALL);
    gallery_tap(gallery, tile);
}

void gallery_wall_assist(struct gallery *gallery)
{
    open_panel(gallery, "tile.main.terminal-02");
}

void gallery_wall_point(struct gallery *gallery)
{
    open_panel(gallery, "tile.main.terminal-02");
    gallery_tap(gallery, "assist.tab.point");
}

void gallery_wall_log(struct gallery *gallery)
{
    open_panel(gallery, "tile.main.terminal-02");
    gallery_tap(gallery, "assist.tab.log");
}

void gallery_wall_calling(struct gallery *gallery)
{
    open_panel(gallery, "tile.look.terminal-08");
}

void gallery_wall_refused(struct gallery *gallery)
{
    open_panel(gallery, "tile.main.terminal-02");
    gallery_tap(gallery, "assist.extend");
    gallery_answer(gallery, SERVICE_DESK_ACT, STATUS_REFUSED, SERVICE_REASON_VISIT_OVER, 0, NULL);
}

void gallery_wall_lock(struct gallery *gallery)
{
    open_panel(gallery, "tile.main.terminal-02");
    gallery_tap(gallery, "assist.lock");
    gallery_tap(gallery, "assist.reason.check");
}

void gallery_wall_close(struct gallery *gallery)
{
    open_panel(gallery, "tile.main.terminal-09");
}
