#include "kiosk/services/service_patch.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/services/service_state.h"

void service_patch_free(struct service_patch *patch)
{
    if (patch == NULL)
        return;
    form_values_wipe(&patch->values);
    form_values_wipe(&patch->desk.opened.values);
    secret_wipe_bytes(patch, sizeof(*patch));
    free(patch);
}

static void move_values(struct form_values *to, struct form_values *from)
{
    form_values_wipe(to);
    *to = *from;
    form_values_init(from);
}

/* --- members replaced as they are ---------------------------------------------------------------------- */

struct member {
    uint64_t bit; /* PATCH_*: it is replaced with this change */
    size_t offset, bytes;
};

#define SERVICE_PATCH_MEMBER(change, view, name)                                                             \
    {PATCH_##change, offsetof(struct view, name), sizeof(((struct view *)0)->name)},

static const struct member visit_members[] = {
#define SERVICE_PATCH_VISIT
#include "kiosk/services/service_patch_members.def"
#undef SERVICE_PATCH_VISIT
};

static const struct member device_members[] = {
#define SERVICE_PATCH_DEVICES
#include "kiosk/services/service_patch_members.def"
#undef SERVICE_PATCH_DEVICES
};

static const struct member desk_members[] = {
#define SERVICE_PATCH_DESK
#include "kiosk/services/service_patch_members.def"
#undef SERVICE_PATCH_DESK
};

#undef SERVICE_PATCH_MEMBER

static void replace(void *to, const void *from, const struct member *members, size_t count, uint64_t changes)
{
    for (size_t i = 0; i < count; i++)
        if (changes & members[i].bit)
            (void)memcpy((char *)to + members[i].offset, (const char *)from + members[i].offset,
                         members[i].bytes);
}

#define REPLACE(to, from, members, changes)                                                                  \
    replace(to, from, members, sizeof(members) / sizeof((members)[0]), changes)

/* --- members replaced in their own way ------------------------------------------------------------------ */

/* Progress may arrive from two rounds; the bar on the screen never goes back while one key is made. */
static void apply_issue(struct service_issue *to, const struct service_issue *from)
{
    int percent =
        to->is_running && from->is_running && to->percent > from->percent ? to->percent : from->percent;
    *to = *from;
    to->percent = percent;
}

/* Two workers load the same order and their patches may overtake each other. */
static bool is_overtaken(const struct service_visit *to, const struct service_visit *from)
{
    return to->has_order && strcmp(to->order.id, from->order.id) == 0 &&
           from->order.version < to->order.version;
}

static void apply_visit(struct services *services, struct service_patch *patch)
{
    struct service_visit *to = &services->visit;
    struct service_visit *from = &patch->visit;
    bool has_order = (patch->changes & PATCH_ORDER) != 0 && !is_overtaken(to, from);
    bool is_another = has_order && (!to->has_order || strcmp(to->order.id, from->order.id) != 0);
    REPLACE(to, from, visit_members, has_order ? patch->changes : patch->changes & ~(uint64_t)PATCH_ORDER);
    if (has_order)
        to->has_order = true;
    if (is_another || (has_order && from->issue.stage == SERVICE_ISSUE_PROVEN))
        to->issue = from->issue;
    if (is_another)
        services_tell_visit(services);
    if (patch->changes & PATCH_VALUES && !(patch->changes & PATCH_DESK_CASE))
        move_values(&services->values, &patch->values);
    if (patch->changes & PATCH_ISSUE)
        apply_issue(&to->issue, &from->issue);
}

/* What the clerk has seen stays seen while the same case is open in the same version. */
static void apply_case(struct service_desk *desk, struct service_patch *patch)
{
    struct service_case *to = &desk->opened;
    struct service_case *from = &patch->desk.opened;
    bool is_same =
        to->is_open && strcmp(to->order.id, from->order.id) == 0 && to->order.version == from->order.version;
    struct service_case before = *to;
    form_values_wipe(&to->values);
    *to = *from;
    form_values_init(&from->values);
    form_values_init(&to->values);
    if (patch->changes & PATCH_VALUES)
        move_values(&to->values, &patch->values);
    if (!is_same)
        return;
    (void)memcpy(to->seen, before.seen, sizeof(to->seen));
    (void)memcpy(to->seen_fields, before.seen_fields, sizeof(to->seen_fields));
    to->seen_count = before.seen_count;
}

static void mark_seen(struct service_case *opened, const char *paper)
{
    for (size_t i = 0; i < opened->page_count; i++)
        if (strcmp(opened->pages[i].paper, paper) == 0)
            opened->seen[i] = true;
}

static void apply_devices(struct services *services, const struct service_patch *patch)
{
    REPLACE(&services->devices, &patch->devices, device_members, patch->changes);
    if (patch->changes & PATCH_KEY)
        services->key = patch->key;
    if (patch->changes & PATCH_SUPERVISION)
        services->supervision = patch->supervision;
}

static void apply_desk(struct service_desk *desk, struct service_patch *patch)
{
    REPLACE(desk, &patch->desk, desk_members, patch->changes);
    if (patch->changes & PATCH_DESK_CASE)
        apply_case(desk, patch);
    if (patch->changes & PATCH_DESK_SEEN)
        mark_seen(&desk->opened, patch->visit.scan.paper);
}

void service_patch_apply(struct services *services, struct service_patch *patch)
{
    if (patch == NULL)
        return;
    apply_visit(services, patch);
    apply_devices(services, patch);
    apply_desk(&services->desk, patch);
}
