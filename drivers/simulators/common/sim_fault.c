#include "drivers/simulators/common/sim_fault.h"

#include <string.h>

#include "kiosk/base/text.h"

void sim_faults_init(struct sim_faults *faults, const char *const *kinds)
{
    *faults = (struct sim_faults){.kinds = kinds};
}

static bool is_known(const struct sim_faults *faults, const char *kind)
{
    for (const char *const *known = faults->kinds; *known != NULL; known++)
        if (strcmp(*known, kind) == 0)
            return true;
    return false;
}

enum status sim_faults_add(struct sim_faults *faults, const char *method, const char *kind,
                           const char *argument, int count)
{
    struct sim_fault fault = {.remaining = count};
    if (!is_known(faults, kind))
        return STATUS_UNSUPPORTED;
    if (count == 0 || !text_copy(fault.method, sizeof(fault.method), method) ||
        !text_copy(fault.kind, sizeof(fault.kind), kind) ||
        !text_copy(fault.argument, sizeof(fault.argument), argument))
        return STATUS_MALFORMED;
    if (faults->count == SIM_FAULT_COUNT)
        return STATUS_FULL;
    faults->list[faults->count++] = fault;
    return STATUS_OK;
}

static void spend(struct sim_faults *faults, size_t index)
{
    struct sim_fault *fault = &faults->list[index];
    if (fault->remaining < 0 || --fault->remaining > 0)
        return;
    memmove(fault, fault + 1, (faults->count - index - 1) * sizeof(*fault));
    faults->count--;
}

bool sim_faults_take(struct sim_faults *faults, const char *method, const char *kind, struct sim_fault *out)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct sim_fault *fault = &faults->list[i];
        if (strcmp(fault->kind, kind) != 0)
            continue;
        if (strcmp(fault->method, "*") != 0 && strcmp(fault->method, method) != 0)
            continue;
        *out = *fault;
        spend(faults, i);
        return true;
    }
    return false;
}

void sim_faults_clear(struct sim_faults *faults)
{
    faults->count = 0;
}

struct json *sim_faults_json(const struct sim_faults *faults)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < faults->count; i++) {
        struct json *fault = json_new_object();
        json_set_text(fault, "method", faults->list[i].method);
        json_set_text(fault, "kind", faults->list[i].kind);
        json_set_text(fault, "argument", faults->list[i].argument);
        json_set_integer(fault, "remaining", faults->list[i].remaining);
        json_append_take(list, fault);
    }
    return list;
}
