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
    (void)text_copy(unit->credit_code, sizeof(unit->credit_code), "91321300MA6000016R");
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
        (void)text_copy(line->credit_code, sizeof(line->credit_code), "91321300MA6000016R");
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
