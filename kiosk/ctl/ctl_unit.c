/* Units for administrators: how many stand where; with --reveal who they are; and the bindings of zones for
 * the business systems. */
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/csv.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/store/store_holding.h"
#include "kiosk/store/store_member.h"
#include "kiosk/store/store_unit.h"

enum { BATCH = 32, PEOPLE_MAX = 64, HELD_MAX = 256 };

static enum ctl_exit refuse_reading(const struct ctl *ctl, enum status status, const struct failure *failure)
{
    return ctl_refuse(ctl, status, failure, "the units could not be read");
}

/* --- one unit ---------------------------------------------------------------------------------------- */

static struct json *member_json(const struct store_member *member, bool reveals)
{
    struct json *row = json_new_object();
    json_set_text(row, "role", store_member_role_name(member->role));
    json_set_text(row, "state", store_member_state_name(member->state));
    if (reveals) {
        json_set_text(row, "name", member->name);
        json_set_text(row, "phone", member->phone);
    }
    ctl_output_set_time(row, "since", member->updated_utc_s);
    return row;
}

static struct json *holding_json(const struct store_holding *holding, bool reveals)
{
    struct json *row = json_new_object();
    json_set_text(row, "kind", store_holding_kind_name(holding->kind));
    if (reveals)
        json_set_text(row, "text", holding->text);
    ctl_output_set_time(row, "begun", holding->created_utc_s);
    ctl_output_set_time(row, "until", holding->until_utc_s);
    ctl_output_set_time(row, "ended", holding->ended_utc_s);
    return row;
}

static enum status add_people(struct ctl *ctl, const struct store_unit *unit, struct json *document,
                              struct failure *failure)
{
    static struct store_member people[PEOPLE_MAX];
    size_t count = 0;
    int64_t asked = 0;
    enum status status = store_member_list(ctl->store, unit->id, people, PEOPLE_MAX, &count, failure);
    struct json *rows = json_new_array();
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        asked += people[i].state == STORE_MEMBER_ASKED;
        json_append_take(rows, member_json(&people[i], ctl_has(ctl, CTL_OPTION_REVEAL)));
    }
    json_set_integer(document, "members", (int64_t)count - asked);
    json_set_integer(document, "asked", asked);
    json_set_take(document, "people", rows);
    secret_wipe_bytes(people, sizeof(people));
    return status;
}

static enum status add_holdings(struct ctl *ctl, const struct store_unit *unit, struct json *document,
                                struct failure *failure)
{
    static struct store_holding held[HELD_MAX];
    size_t count = 0;
    int64_t zones = 0;
    enum status status = store_holding_list(ctl->store, unit->id, true, held, HELD_MAX, &count, failure);
    struct json *rows = json_new_array();
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        zones += held[i].kind == STORE_HOLDING_ZONE && held[i].ended_utc_s == 0;
        json_append_take(rows, holding_json(&held[i], ctl_has(ctl, CTL_OPTION_REVEAL)));
    }
    json_set_integer(document, "zones", zones);
    json_set_take(document, "holdings", rows);
    secret_wipe_bytes(held, sizeof(held));
    return status;
}

/* Returns: NULL when it could not be read. */
static struct json *unit_json(struct ctl *ctl, const struct store_unit *unit, struct failure *failure,
                              enum status *status)
{
    struct json *document = json_new_object();
    json_set_text(document, "id", unit->id);
    if (ctl_has(ctl, CTL_OPTION_REVEAL)) {
        json_set_text(document, "name", unit->name);
        json_set_text(document, "credit_code", unit->credit_code);
    }
    *status = add_people(ctl, unit, document, failure);
    if (*status == STATUS_OK)
        *status = add_holdings(ctl, unit, document, failure);
    json_set_bool(document, "transfer_waits", unit->heir_id[0] != '\0');
    ctl_output_set_time(document, "created", unit->created_utc_s);
    if (*status == STATUS_OK)
        return document;
    json_free(document);
    return NULL;
}

/* --- verbs ------------------------------------------------------------------------------------------- */

/* Every unit is handed to `take`, newest first. */
static enum status each_unit(struct ctl *ctl, struct json *rows,
                             enum status (*take)(struct ctl *ctl, const struct store_unit *unit,
                                                 struct json *rows, struct failure *failure),
                             struct failure *failure)
{
    static struct store_unit units[BATCH];
    size_t count = BATCH;
    enum status status = STATUS_OK;
    for (size_t offset = 0; status == STATUS_OK && count == BATCH; offset += BATCH) {
        status = store_unit_list(ctl->store, offset, units, BATCH, &count, failure);
        for (size_t i = 0; status == STATUS_OK && i < count; i++)
            status = take(ctl, &units[i], rows, failure);
    }
    secret_wipe_bytes(units, sizeof(units));
    return status;
}

static enum status append_unit(struct ctl *ctl, const struct store_unit *unit, struct json *rows,
                               struct failure *failure)
{
    enum status status = STATUS_OK;
    struct json *document = unit_json(ctl, unit, failure, &status);
    if (document != NULL)
        json_append_take(rows, document);
    return status;
}

static enum ctl_exit record_reveal(const struct ctl *ctl, const char *subject, const char *what)
{
    return ctl_has(ctl, CTL_OPTION_REVEAL) ? ctl_record(ctl, "value.reveal", subject, what) : CTL_EXIT_DONE;
}

enum ctl_exit ctl_unit_list(struct ctl *ctl)
{
    static const char *const columns[] = {"id",    "name",  "credit_code",    "members",
                                          "asked", "zones", "transfer_waits", "created"};
    struct failure failure = {0};
    enum ctl_exit result = record_reveal(ctl, "units", "unit list");
    if (result != CTL_EXIT_DONE)
        return result;
    struct json *rows = json_new_array();
    enum status status = each_unit(ctl, rows, append_unit, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else if (status == STATUS_OK)
        ctl_output_table(ctl, NULL, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return status == STATUS_OK ? CTL_EXIT_DONE : refuse_reading(ctl, status, &failure);
}

static void print_unit(const struct ctl *ctl, const struct json *document)
{
    static const char *const names[] = {"id",    "name",  "credit_code",    "members",
                                        "asked", "zones", "transfer_waits", "created"};
    static const char *const people[] = {"role", "state", "name", "phone", "since"};
    static const char *const holdings[] = {"kind", "text", "begun", "until", "ended"};
    ctl_output_members(ctl, document, names, CTL_OUTPUT_COUNT(names));
    ctl_output_table(ctl, "people", json_member(document, "people"), people, CTL_OUTPUT_COUNT(people));
    ctl_output_table(ctl, "holdings", json_member(document, "holdings"), holdings,
                     CTL_OUTPUT_COUNT(holdings));
}

enum ctl_exit ctl_unit_show(struct ctl *ctl)
{
    struct store_unit unit;
    struct failure failure = {0};
    enum status status = store_unit_find(ctl->store, ctl->word[0], &unit, &failure);
    if (status == STATUS_NOT_FOUND)
        status = store_unit_load(ctl->store, ctl->word[0], &unit, &failure);
    if (status == STATUS_NOT_FOUND)
        return ctl_refuse(ctl, status, NULL, "there is no unit with this credit code or id");
    if (status != STATUS_OK)
        return refuse_reading(ctl, status, &failure);
    enum ctl_exit result = record_reveal(ctl, unit.id, "unit show");
    struct json *document = result == CTL_EXIT_DONE ? unit_json(ctl, &unit, &failure, &status) : NULL;
    if (document != NULL && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, document);
    else if (document != NULL)
        print_unit(ctl, document);
    json_free(document);
    secret_wipe_bytes(&unit, sizeof(unit));
    return status == STATUS_OK ? result : refuse_reading(ctl, status, &failure);
}

/* --- the export -------------------------------------------------------------------------------------- */

/* A binding as the business system wants it: name and credit code must equal its own. */
static enum status append_zones(struct ctl *ctl, const struct store_unit *unit, struct json *rows,
                                struct failure *failure)
{
    static struct store_holding held[HELD_MAX];
    size_t count = 0;
    enum status status = store_holding_list(ctl->store, unit->id, true, held, HELD_MAX, &count, failure);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (held[i].kind != STORE_HOLDING_ZONE)
            continue;
        struct json *row = json_new_object();
        json_set_text(row, "name", unit->name);
        json_set_text(row, "credit_code", unit->credit_code);
        json_set_text(row, "zone", held[i].text);
        json_set_text(row, "state", held[i].ended_utc_s == 0 ? "bound" : "unbound");
        ctl_output_set_time(row, "bound", held[i].created_utc_s);
        ctl_output_set_time(row, "unbound", held[i].ended_utc_s);
        json_append_take(rows, row);
    }
    secret_wipe_bytes(held, sizeof(held));
    return status;
}

enum ctl_exit ctl_unit_export(struct ctl *ctl)
{
    static const char *const columns[] = {"name", "credit_code", "zone", "state", "bound", "unbound"};
    struct failure failure = {0};
    enum ctl_exit result = ctl_record(ctl, "unit.export", "zones", "unit export");
    if (result != CTL_EXIT_DONE)
        return result;
    struct json *rows = json_new_array();
    enum status status = each_unit(ctl, rows, append_zones, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else if (status == STATUS_OK)
        status = ctl_output_csv(ctl, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return status == STATUS_OK ? CTL_EXIT_DONE : refuse_reading(ctl, status, &failure);
}
