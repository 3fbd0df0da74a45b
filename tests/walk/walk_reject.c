/* The clerk sends an order back, and the applicant mends it: taken only when asked for. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "tests/walk/walk.h"
#include "tests/walk/walk_typing.h"

enum { SCREEN_MS = 15000, PAGES_MOST = 12 };

static const char rejected_paper[] = "licence", new_phone[] = "023-63000000";

static bool tap_all(struct walk *walk, struct walk_view *view, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!walk_view_tap(view, ids[i]))
            return walk_fail_view(walk, view);
    return true;
}

/* The terminal lists the two items and no other. */
static bool shows_both(struct walk *walk)
{
    const struct json *widgets = json_member(walk->terminal.dump, "widgets");
    size_t count = 0;
    for (size_t i = 0; i < json_length(widgets); i++)
        count +=
            strncmp(json_text(json_element(widgets, i), "id", ""), "rejected.", strlen("rejected.")) == 0;
    return (walk_view_find(&walk->terminal, "rejected.licence") != NULL &&
            walk_view_find(&walk->terminal, "rejected.office_phone") != NULL && count == 2) ||
           walk_fail(walk, "the terminal lists %zu rejected items, not the two", count);
}

/* The list of fields is turned until it shows this one. */
static bool find_field(struct walk *walk, const char *id)
{
    for (int turned = 0; turned < PAGES_MOST && walk_view_find(&walk->desk, id) == NULL; turned++)
        if (!walk_view_tap(&walk->desk, walk_view_is_pressable(walk_view_find(&walk->desk, "fields.next"))
                                            ? "fields.next"
                                            : "fields.previous"))
            return walk_fail_view(walk, &walk->desk);
    return walk_view_find(&walk->desk, id) != NULL || walk_fail(walk, "the desk does not show %s", id);
}

bool walk_step_reject(struct walk *walk)
{
    static const char *const paper[] = {"review.reject", "page.licence", "reason.blurred"};
    static const char *const field[] = {"item.field.office_phone", "reason.number-differs", "review.reject"};
    if (!tap_all(walk, &walk->desk, paper, 3) || !find_field(walk, field[0]) ||
        !tap_all(walk, &walk->desk, field, 3))
        return false;
    int64_t rejected_ms = clock_monotonic_ms(clock_system());
    if (!walk_view_wait(&walk->desk, "review.undo", SCREEN_MS))
        return walk_fail_view(walk, &walk->desk);
    if (!walk_picture(walk, &walk->desk, "desk-rejected"))
        return false;
    if (!walk_wait_decision(walk, "rejected", rejected_ms))
        return false;
    return walk_picture(walk, &walk->terminal, "rejected") && shows_both(walk);
}

/* --- mending -------------------------------------------------------------------------------------------- */

static bool is_editable(const struct walk *walk, const char *id)
{
    const struct json *widget = walk_view_find(&walk->terminal, id);
    return widget != NULL && walk_view_has_state(widget, "editable");
}

static bool mend_field(struct walk *walk)
{
    static const char *const edit[] = {"form.office_phone", "key.clear"};
    if (!walk_view_wait(&walk->terminal, "form.office_phone", SCREEN_MS))
        return walk_fail_view(walk, &walk->terminal);
    if (!walk_picture(walk, &walk->terminal, "form-rejected"))
        return false;
    if (is_editable(walk, "form.legal_name") || is_editable(walk, "form.website"))
        return walk_fail(walk, "a field that was not rejected can be changed");
    if (!tap_all(walk, &walk->terminal, edit, sizeof(edit) / sizeof(edit[0])))
        return false;
    if (!walk_typing_plain(&walk->terminal, new_phone) || !walk_view_tap(&walk->terminal, "key.next"))
        return walk_fail_view(walk, &walk->terminal);
    if (walk_view_find(&walk->terminal, "key.hide") != NULL && !walk_view_tap(&walk->terminal, "key.hide"))
        return walk_fail_view(walk, &walk->terminal);
    for (int page = 0; page < PAGES_MOST; page++) {
        if (!walk_view_tap(&walk->terminal, "bar.next"))
            return walk_fail_view(walk, &walk->terminal);
        if (walk_view_wait_screen(&walk->terminal, "print", 500))
            return true;
    }
    return walk_fail_view(walk, &walk->terminal);
}

/* The changed form is scanned again, and the rejected paper; the others cannot be touched. */
static bool mend_papers(struct walk *walk)
{
    if (!walk_view_wait_screen(&walk->terminal, "scan", SCREEN_MS))
        return walk_fail_view(walk, &walk->terminal);
    if (!walk_picture(walk, &walk->terminal, "scan-rejected"))
        return false;
    if (walk_view_is_pressable(walk_view_find(&walk->terminal, "paper.legal_id")) ||
        walk_view_is_pressable(walk_view_find(&walk->terminal, "paper.agent_id")))
        return walk_fail(walk, "a paper that was not rejected can be scanned again");
    return walk_scan_paper(walk, "application") && walk_scan_paper(walk, rejected_paper);
}

bool walk_step_mend(struct walk *walk)
{
    if (!walk_view_tap(&walk->terminal, "bar.next") ||
        !walk_view_wait_screen(&walk->terminal, "form", SCREEN_MS))
        return walk_fail_view(walk, &walk->terminal);
    return mend_field(walk) && walk_step_print(walk) && walk_step_papers(walk) && mend_papers(walk) &&
           walk_step_submit(walk);
}
