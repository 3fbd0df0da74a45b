/* The clerk's steps at the desk, with mouse and physical keyboard. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/secret.h"
#include "tests/walk/walk.h"

/* 5 s to take the decision back (settings key review.undo_s), then 2 s for the terminal (issue, point 7). */
enum {
    SCREEN_MS = 15000,
    PAGE_MS = 15000,
    UNDO_MS = 5000,
    SHOWN_MS = 2000,
    EARLY_MS = 1100,
    NAME_BYTES = 64,
    FIELD_PAGES_MOST = 12
};

static bool tap(struct walk *walk, const char *id)
{
    return walk_view_tap(&walk->desk, id) || walk_fail_view(walk, &walk->desk);
}

static bool read_clerk(struct walk *walk, char name[NAME_BYTES], char password[NAME_BYTES])
{
    struct buf text;
    buf_init(&text, 2 * NAME_BYTES);
    bool is_read = file_read(walk->clerk_file, &text, NULL) == STATUS_OK &&
                   sscanf((const char *)text.data, "%63s %63s", name, password) == 2;
    buf_wipe(&text);
    return is_read || walk_fail(walk, "%s does not name a clerk", walk->clerk_file);
}

static bool type_into(struct walk *walk, const char *field, const char *text)
{
    return tap(walk, field) && (walk_display_type(walk->desk.display, text) ||
                                walk_fail(walk, "the keyboard cannot type into %s", field));
}

bool walk_step_sign_in(struct walk *walk)
{
    char name[NAME_BYTES];
    char password[NAME_BYTES];
    if (!walk_view_wait_screen(&walk->desk, "signin", SCREEN_MS))
        return walk_fail_view(walk, &walk->desk);
    bool is_typed = read_clerk(walk, name, password) && type_into(walk, "signin.name", name) &&
                    walk_picture(walk, &walk->desk, "desk-signin") &&
                    type_into(walk, "signin.password", password);
    secret_wipe_bytes(password, sizeof(password));
    return is_typed && tap(walk, "signin.next") &&
           (walk_view_wait_gone(&walk->desk, "signin.password", SCREEN_MS) ||
            walk_fail_view(walk, &walk->desk));
}

static bool look_around(struct walk *walk)
{
    static const char *const places[] = {"wall", "orders", "devices", "audit"};
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        char id[NAME_BYTES];
        (void)snprintf(id, sizeof(id), "nav.%s", places[i]);
        if (!tap(walk, id) ||
            (!walk_view_wait_screen(&walk->desk, places[i], SCREEN_MS) && !walk_fail_view(walk, &walk->desk)))
            return false;
        (void)snprintf(id, sizeof(id), "desk-%s", places[i]);
        if (!walk_picture(walk, &walk->desk, id))
            return false;
    }
    return true;
}

static const struct json *queued(struct walk *walk)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + SCREEN_MS;
    do {
        (void)walk_view_read(&walk->desk);
        const struct json *row = walk_view_find_label(&walk->desk, "queue.", NULL, false);
        if (row != NULL)
            return row;
        (void)walk_view_wait_change(&walk->desk, 500);
    } while (clock_monotonic_ms(clock_system()) < until_ms);
    return NULL;
}

static bool open_queued(struct walk *walk, const char *shows)
{
    char id[WALK_TEXT_BYTES];
    const struct json *row = tap(walk, "nav.review") ? queued(walk) : NULL;
    if (row == NULL)
        return walk_fail(walk, "the order is not in the desk's queue");
    (void)snprintf(id, sizeof(id), "%s", json_text(row, "id", ""));
    (void)snprintf(walk->acceptance, sizeof(walk->acceptance), "%s", id + strlen("queue."));
    return tap(walk, id) &&
           (walk_view_wait(&walk->desk, shows, SCREEN_MS) || walk_fail_view(walk, &walk->desk));
}

/* The applicant reads at the terminal that a clerk is at it. */
static bool is_told(struct walk *walk)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + SCREEN_MS;
    while (clock_monotonic_ms(clock_system()) < until_ms) {
        (void)walk_view_read(&walk->terminal);
        const struct json *state = walk_view_find(&walk->terminal, "identity.state");
        if (state != NULL && strcmp(json_text(state, "label", ""), "正在核对") == 0)
            return walk_picture(walk, &walk->terminal, "identity-checking");
        (void)walk_view_wait_change(&walk->terminal, 200);
    }
    return walk_fail(walk, "the terminal does not say that a clerk is checking");
}

bool walk_step_identify(struct walk *walk)
{
    static const char *const checks[] = {"identity.check.present", "identity.check.valid",
                                         "identity.check.same"};
    if (!open_queued(walk, "identity.accept") || !is_told(walk) || !tap(walk, "identity.reveal"))
        return false;
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
        if (!tap(walk, checks[i]))
            return false;
    if (!walk_picture(walk, &walk->desk, "desk-identity") || !tap(walk, "identity.accept"))
        return false;
    int64_t accepted_ms = clock_monotonic_ms(clock_system());
    if (!walk_view_wait(&walk->desk, "identity.undo", SCREEN_MS))
        return walk_fail_view(walk, &walk->desk);
    if (!walk_wait_decision(walk, "review", accepted_ms))
        return false;
    return walk_picture(walk, &walk->terminal, "review");
}

bool walk_step_open(struct walk *walk)
{
    return look_around(walk) && open_queued(walk, "review.approve");
}

/* A page counts as seen when its tab no longer says 未查看. */
static bool wait_seen(struct walk *walk, const char *id)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + PAGE_MS;
    while (clock_monotonic_ms(clock_system()) < until_ms) {
        (void)walk_view_read(&walk->desk);
        const struct json *tab = walk_view_find(&walk->desk, id);
        const struct json *page = walk_view_find(&walk->desk, "review.page");
        if (tab != NULL && page != NULL && strstr(json_text(tab, "value", "未查看"), "未查看") == NULL)
            return true;
        (void)walk_view_wait_change(&walk->desk, 200);
    }
    return walk_fail(walk, "the desk does not show %s", id);
}

/* The list of fields is gone through to its end, each taken in hand; whatever the applicant typed must have
 * been in it. */
static bool look_at_fields(struct walk *walk)
{
    const struct json *fields = json_member(walk->applicant, "fields");
    size_t found = 0;
    for (int turned = 0; turned < FIELD_PAGES_MOST; turned++) {
        for (size_t i = 0; i < json_length(fields); i++) {
            char id[NAME_BYTES];
            (void)snprintf(id, sizeof(id), "item.field.%s", json_text(json_element(fields, i), "id", ""));
            if (walk_view_find(&walk->desk, id) == NULL)
                continue;
            found++;
            if (!tap(walk, id)) /* a long value stands whole only while it is in hand */
                return false;
        }
        if (!walk_view_is_pressable(walk_view_find(&walk->desk, "fields.next")))
            break;
        if (!tap(walk, "fields.next"))
            return false;
    }
    if (found < json_length(fields))
        return walk_fail(walk, "the desk shows %zu of the %zu fields that were asked", found,
                         json_length(fields));
    return walk_view_wait_pressable(&walk->desk, "review.approve", SCREEN_MS) ||
           walk_fail_view(walk, &walk->desk);
}

bool walk_step_look(struct walk *walk)
{
    static const char *const papers[] = {"application", "licence", "legal_id", "agent_id"};
    for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++) {
        char id[NAME_BYTES];
        (void)snprintf(id, sizeof(id), "page.%s", papers[i]);
        if (!tap(walk, id) || !wait_seen(walk, id))
            return false;
        (void)snprintf(id, sizeof(id), "desk-page-%s", papers[i]);
        if (!walk_picture(walk, &walk->desk, id))
            return false;
    }
    return tap(walk, "review.zoom_in") && tap(walk, "review.rotate") &&
           walk_picture(walk, &walk->desk, "desk-zoomed") && tap(walk, "review.zoom_out") &&
           look_at_fields(walk);
}

/* The decision shows at the terminal after the undo time, neither before (stored times have whole seconds)
 * nor more than 2 s later. */
bool walk_wait_decision(struct walk *walk, const char *screen, int64_t decided_ms)
{
    if (!walk_view_wait_screen(&walk->terminal, screen, UNDO_MS + SCREEN_MS))
        return walk_fail_view(walk, &walk->terminal);
    int64_t late_ms = clock_monotonic_ms(clock_system()) - decided_ms - UNDO_MS;
    if (late_ms > SHOWN_MS)
        return walk_fail(walk, "the terminal showed the decision %lld ms after the undo time",
                         (long long)late_ms);
    return late_ms > -EARLY_MS ||
           walk_fail(walk, "the terminal showed the decision %lld ms before the undo time was over",
                     (long long)-late_ms);
}

bool walk_step_undo(struct walk *walk)
{
    if (!tap(walk, "review.approve") || !tap(walk, "review.undo"))
        return false;
    if (!walk_view_wait_pressable(&walk->desk, "review.approve", SCREEN_MS))
        return walk_fail_view(walk, &walk->desk);
    if (!walk_picture(walk, &walk->desk, "desk-undone"))
        return false;
    (void)walk_view_wait_screen(&walk->terminal, "pay", UNDO_MS + SHOWN_MS);
    return strcmp(walk_view_screen(&walk->terminal), "review") == 0 ||
           walk_fail(walk, "after the undo the terminal shows %s", walk_view_screen(&walk->terminal));
}

bool walk_step_approve(struct walk *walk)
{
    if (!tap(walk, "review.approve"))
        return false;
    int64_t approved_ms = clock_monotonic_ms(clock_system());
    if (!walk_view_wait(&walk->desk, "review.undo", SCREEN_MS))
        return walk_fail_view(walk, &walk->desk);
    if (!walk_picture(walk, &walk->desk, "desk-approved"))
        return false;
    return walk_wait_decision(walk, "pay", approved_ms);
}
