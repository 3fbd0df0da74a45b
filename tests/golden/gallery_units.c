/* Cases of units: the desk's page, and what an applicant's order among people waits for. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

enum { DAY_S = 86400, UNITS = 5 };

static void add_person(struct gallery *gallery, struct service_unit *unit, const char *name, bool is_asked)
{
    struct service_person *person = &unit->persons[unit->person_count];
    *person = (struct service_person){.is_manager = unit->person_count == 0,
                                      .is_asked = is_asked,
                                      .since_utc_s = GALLERY_NOW_UTC_S - DAY_S};
    (void)snprintf(person->id, sizeof(person->id), "person-%zu", unit->person_count++);
    (void)text_copy(person->name, sizeof(person->name),
                    gallery_text(gallery, name, "王", "阿卜杜热西提·阿不都热合曼江"));
    (void)text_copy(person->phone, sizeof(person->phone), "13800000000");
}

static void add_holding(struct service_unit *unit, enum service_holding_kind kind, const char *text,
                        int64_t until_utc_s)
{
    struct service_holding *holding = &unit->holdings[unit->holding_count];
    *holding = (struct service_holding){.kind = kind,
                                        .until_utc_s = until_utc_s,
                                        .is_live = until_utc_s == 0 || until_utc_s > GALLERY_NOW_UTC_S};
    (void)snprintf(holding->id, sizeof(holding->id), "holding-%zu", unit->holding_count++);
    (void)text_copy(holding->text, sizeof(holding->text), text);
}

static const char *unit_name(struct gallery *gallery)
{
    return gallery_text(gallery, "宿迁示例建设有限公司", "示例公司",
                        "宿迁市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司");
}

static void fill_unit(struct gallery *gallery, struct service_unit *unit)
{
    *unit = (struct service_unit){.id = "unit-0"};
    (void)text_copy(unit->name, sizeof(unit->name), unit_name(gallery));
    (void)text_copy(unit->credit_code, sizeof(unit->credit_code), "91321300MA6000016P");
    add_person(gallery, unit, "张小丽", false);
    add_person(gallery, unit, "李大有", false);
    add_person(gallery, unit, "王建国", true);
    add_holding(unit, SERVICE_HOLDING_SEAL, "公章", 0);
    add_holding(unit, SERVICE_HOLDING_PLATFORM, "洋河e采平台", GALLERY_NOW_UTC_S + 30 * DAY_S);
    add_holding(unit, SERVICE_HOLDING_PERSON, "李大有", GALLERY_NOW_UTC_S - DAY_S);
    add_holding(unit, SERVICE_HOLDING_ZONE, "宿迁市公共资源交易中心", 0);
}

static void fill_desk(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk), "陈示范");
    desk->unit_count = UNITS;
    for (size_t i = 0; i < UNITS; i++) {
        struct service_unit_line *line = &desk->units[i];
        *line = (struct service_unit_line){.members = i + 1, .asked = i == 0, .zones = 1, .has_heir = i == 2};
        (void)snprintf(line->id, sizeof(line->id), "unit-%zu", i);
        (void)text_copy(line->name, sizeof(line->name), unit_name(gallery));
        (void)text_copy(line->credit_code, sizeof(line->credit_code), "91321300MA6000016P");
        (void)text_copy(line->manager, sizeof(line->manager),
                        gallery_text(gallery, "张小丽", "王", "欧阳示范娜"));
    }
    fill_unit(gallery, &desk->unit);
    desk->proof_count = 1;
    desk->proofs[0] =
        (struct service_proof){.id = "proof-0", .since_utc_s = GALLERY_NOW_UTC_S - 3600, .wrong = 1};
    (void)text_copy(desk->proofs[0].acceptance, sizeof(desk->proofs[0].acceptance), "BZT20251121000007");
    (void)text_copy(desk->proofs[0].unit, sizeof(desk->proofs[0].unit), unit_name(gallery));
}

void gallery_units_list(struct gallery *gallery)
{
    fill_desk(gallery);
    gallery_screen(gallery, DESK_UNITS);
    gallery_answer(gallery, SERVICE_DESK_UNITS, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_units_asking(struct gallery *gallery)
{
    fill_desk(gallery);
    (void)text_copy(gallery->services.desk.unit.heir_id, SERVICE_MARK_BYTES, "person-1");
    gallery_screen(gallery, DESK_UNITS);
    gallery_answer(gallery, SERVICE_DESK_UNITS, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    gallery_tap(gallery, "side.row.2");
}

void gallery_units_proof(struct gallery *gallery)
{
    gallery_units_list(gallery);
    gallery_tap(gallery, "proofs.row.0");
    gallery_tap(gallery, "proof.account");
    gallery_type(gallery, "123456");
    gallery_tap(gallery, "proof.amount");
    gallery_type(gallery, "0.37");
    gallery_tap(gallery, "proof.tell");
    gallery_answer(gallery, SERVICE_DESK_UNIT_ACT, STATUS_REFUSED, SERVICE_REASON_PROOF_WRONG, 2, NULL);
}

void gallery_units_empty(struct gallery *gallery)
{
    gallery->services.desk.signed_in = true;
    gallery_screen(gallery, DESK_UNITS);
    gallery_answer(gallery, SERVICE_DESK_UNITS, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* --- at the terminal --------------------------------------------------------------------------------- */

static struct service_unit *own_unit(struct gallery *gallery, size_t own)
{
    struct service_unit *unit = &gallery->services.visit.units[0];
    gallery_login(gallery);
    fill_unit(gallery, unit);
    unit->own = own;
    gallery->services.visit.unit_count = 1;
    return unit;
}

static void open_unit(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_UNIT);
    gallery_answer(gallery, SERVICE_UNIT_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_unit_manager(struct gallery *gallery)
{
    (void)own_unit(gallery, 1);
    open_unit(gallery);
}

void gallery_unit_heir(struct gallery *gallery)
{
    struct service_unit *unit = own_unit(gallery, 1);
    (void)text_copy(unit->heir_id, sizeof(unit->heir_id), "person-1");
    gallery->services.visit.unit_count = 2;
    gallery->services.visit.units[1] = *unit;
    open_unit(gallery);
}

void gallery_unit_staff(struct gallery *gallery)
{
    (void)own_unit(gallery, 2);
    open_unit(gallery);
}

void gallery_unit_waiting(struct gallery *gallery)
{
    struct service_unit *unit = own_unit(gallery, 0);
    unit->person_count = unit->holding_count = 0;
    open_unit(gallery);
}

void gallery_unit_none(struct gallery *gallery)
{
    gallery_login(gallery);
    open_unit(gallery);
}

void gallery_unit_ask(struct gallery *gallery)
{
    gallery_unit_manager(gallery);
    gallery_tap(gallery, "row.heir.1");
}

void gallery_unit_platform(struct gallery *gallery)
{
    gallery_unit_manager(gallery);
    gallery_tap(gallery, "unit.grant");
}

void gallery_unit_person(struct gallery *gallery)
{
    gallery_unit_platform(gallery);
    gallery_tap(gallery, "grant.person_kind");
    gallery_tap(gallery, "grant.person.1");
}

static void wait_for(struct gallery *gallery, enum service_reason reason)
{
    gallery->services.visit.product = catalogue_find(gallery->catalogue, "bzt-unit");
    gallery->services.visit.operation = product_find_operation(gallery->services.visit.product, "new");
    gallery_screen(gallery, SCREEN_ACTING);
    gallery_answer(gallery, SERVICE_CHANGE_RUN, STATUS_REFUSED, reason, 0, NULL);
}

void gallery_acting_transfer(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_ACTING);
    gallery->services.visit.deed =
        (struct service_deed){.waits = SERVICE_DEED_TRANSFER, .amount_fen = 37, .account_end = "123456"};
    wait_for(gallery, SERVICE_REASON_PROOF_WAITS);
}

void gallery_acting_letting_in(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_ACTING);
    gallery->services.visit.deed = (struct service_deed){.waits = SERVICE_DEED_LETTING_IN};
    wait_for(gallery, SERVICE_REASON_UNIT_WAITS);
}

void gallery_acting_phone(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_ACTING);
    gallery->services.visit.deed = (struct service_deed){.waits = SERVICE_DEED_PHONE};
    wait_for(gallery, SERVICE_REASON_PHONE_WAITS);
}
