#include "tests/kill/kill_help.h"

#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_supervision.h"

enum { ACTS = 16, TURN_MS = 50 };

static const struct {
    enum service_act_kind kind;
    const char *reason;
    bool needs_visit;
} script[] = {{SERVICE_ACT_MESSAGE, "flat", true}, {SERVICE_ACT_LOCK, "device", true},
              {SERVICE_ACT_UNLOCK, "", true},      {SERVICE_ACT_END, "left", true},
              {SERVICE_ACT_CLOSE, "paper", false}, {SERVICE_ACT_REOPEN, "", false}};

enum { SCRIPT = sizeof(script) / sizeof(script[0]) };

/* --- what became of the acts ------------------------------------------------------------------------- */

/* Newest first. Returns: how many. */
static size_t acts_of(struct hall_program *program, const char *terminal, struct store_supervision acts[ACTS])
{
    size_t count = 0;
    struct store *store = hall_store(program->hall, "watcher");
    if (store_supervision_list(store, terminal, acts, ACTS, &count, NULL) != STATUS_OK)
        count = 0;
    store_close(store);
    return count;
}

static bool is_over(const struct store_supervision *acts, size_t count, const char *order_id)
{
    bool is_order = false;
    for (size_t i = 0; i < count; i++)
        is_order = is_order || strcmp(acts[i].order_id, order_id) == 0;
    return is_order && acts[0].kind == STORE_SUPERVISION_REOPEN && acts[0].state == STORE_SUPERVISION_DONE;
}

bool kill_help_is_over(struct hall_program *terminal, const char *order_id)
{
    struct store_supervision acts[ACTS];
    return is_over(acts, acts_of(terminal, terminal->owner, acts), order_id);
}

/* --- the desk ---------------------------------------------------------------------------------------- */

static size_t place_of(enum store_supervision_kind kind)
{
    size_t place = 0;
    while (place < SCRIPT && script[place].kind != (enum service_act_kind)kind)
        place++;
    return place;
}

/* The unlocking was for nothing, and the lock before it, too. */
static bool is_lost_lock(const struct store_supervision *acts, size_t count)
{
    return acts[0].kind == STORE_SUPERVISION_UNLOCK && count > 1 && acts[1].outcome == STORE_SUPERVISION_GONE;
}

/* The place of the next act, SCRIPT while the newest waits for its effect. A lock has its effect when it is
 * undone, so being taken is enough. */
static size_t next_place(const struct store_supervision *acts, size_t count)
{
    if (count == 0)
        return 0;
    size_t place = place_of(acts[0].kind);
    bool is_lock = acts[0].kind == STORE_SUPERVISION_LOCK && acts[0].state == STORE_SUPERVISION_TAKEN;
    if (acts[0].outcome == STORE_SUPERVISION_GONE)
        return is_lost_lock(acts, count) ? place - 1 : place;
    return acts[0].state == STORE_SUPERVISION_DONE || is_lock ? (place + 1) % SCRIPT : SCRIPT;
}

static void give(struct hall_program *desk, const struct service_terminal *terminal, size_t place)
{
    struct service_act act = {.kind = script[place].kind};
    (void)text_copy(act.terminal, sizeof(act.terminal), terminal->id);
    (void)text_copy(act.reason, sizeof(act.reason), script[place].reason);
    if (script[place].needs_visit)
        (void)text_copy(act.visit, sizeof(act.visit), terminal->visit);
    struct service_reply reply = hall_wait(desk, service_desk_act(desk->services, &act));
    log_info("clerk", "%s: %s", store_supervision_kind_name((enum store_supervision_kind)act.kind),
             status_name(reply.status));
}

void kill_help_give(struct hall_program *desk, const char *order_id)
{
    struct store_supervision acts[ACTS];
    const struct service_desk *view = services_desk(desk->services);
    for (size_t i = 0; i < view->terminal_count; i++) {
        const struct service_terminal *terminal = &view->terminals[i];
        size_t count = acts_of(desk, terminal->id, acts);
        size_t place = is_over(acts, count, order_id) ? SCRIPT : next_place(acts, count);
        bool is_here = strcmp(terminal->order_id, order_id) == 0 && terminal->visit[0] != 0;
        if (place < SCRIPT && (is_here || !script[place].needs_visit))
            give(desk, terminal, place);
    }
}

/* --- the terminal ------------------------------------------------------------------------------------ */

void kill_help_take(struct hall_program *terminal)
{
    const struct service_supervision *told = services_supervision(terminal->services);
    hall_run(terminal, TURN_MS);
    if (told->act_count == 0)
        return;
    const struct service_act act = told->acts[0];
    struct service_reply reply = hall_wait(terminal, service_act_done(terminal->services, act.id));
    if (reply.status == STATUS_OK && act.kind == SERVICE_ACT_END)
        services_end_visit(terminal->services);
}

void kill_help_begin(struct hall_program *terminal)
{
    (void)hall_wait(terminal, service_presence(terminal->services, "pay", ""));
}
