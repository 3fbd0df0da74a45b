/* Cases of the desk's page of certificates: what is due, one in hand, the dialog that withdraws it. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

static const char *unit_of(const struct gallery *gallery)
{
    return gallery_text(gallery, "宿迁示例建设有限公司", "示例公司",
                        "宿迁市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司");
}

static void name(struct order *order, size_t index)
{
    (void)snprintf(order->id, sizeof(order->id), "%032zu", index);
    (void)snprintf(order->acceptance, sizeof(order->acceptance), "GX20251121%06zu", 100 + index);
    (void)text_copy(order->product, sizeof(order->product), "gxca-suqian-unit");
    (void)text_copy(order->operation, sizeof(order->operation), "revoke");
}

static void add_deadline(struct gallery *gallery, int64_t left_s, bool by_authority)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_certificate_deadline *line = &desk->deadlines[desk->deadline_count++];
    *line = (struct service_certificate_deadline){.order = gallery->services.visit.order,
                                                  .by_authority = by_authority,
                                                  .approved_utc_s = GALLERY_NOW_UTC_S + left_s - 86400,
                                                  .due_utc_s = GALLERY_NOW_UTC_S + left_s};
    name(&line->order, desk->deadline_count);
    line->order.state = by_authority ? ORDER_STATE_DONE : ORDER_STATE_ACTING;
    line->due_utc_s = left_s == 0 ? 0 : line->due_utc_s;
    (void)text_copy(line->unit, sizeof(line->unit), unit_of(gallery));
}

static struct service_certificate *add(struct gallery *gallery, const char *state, bool may_revoke)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_certificate *line = &desk->certificates[desk->certificate_count++];
    *line = (struct service_certificate){.order = gallery->services.visit.order,
                                         .issued_utc_s = GALLERY_NOW_UTC_S - 86400 * 40,
                                         .not_after_utc_s = GALLERY_NOW_UTC_S + 86400 * 325LL,
                                         .may_revoke = may_revoke};
    name(&line->order, 20 + desk->certificate_count);
    (void)snprintf(line->request_id, sizeof(line->request_id), "%032zu", 40 + desk->certificate_count);
    (void)text_copy(line->order.operation, sizeof(line->order.operation), "new");
    (void)text_copy(line->unit, sizeof(line->unit), unit_of(gallery));
    (void)snprintf(line->serial, sizeof(line->serial), "4F2A9C0D77E1%04zu", desk->certificate_count);
    (void)text_copy(line->state, sizeof(line->state), state);
    return line;
}

static void tell(struct gallery *gallery, struct service_certificate *line, int64_t done_utc_s)
{
    struct service_certificate_revocation *revocation = &line->revocation;
    *revocation = (struct service_certificate_revocation){.begun_utc_s = GALLERY_NOW_UTC_S - 7200,
                                                          .done_utc_s = done_utc_s};
    (void)text_copy(revocation->ground, sizeof(revocation->ground), "breach");
    (void)text_copy(revocation->evidence, sizeof(revocation->evidence),
                    gallery_text(gallery, "工商登记查无此单位，见核查函", "函",
                                 "市场监督管理局核查函载明该单位已于上月吊销营业执照且未按协议在八小时之内向"
                                 "认证机构申请注销证书，经办人电话两次联系均无人接听"));
    (void)text_copy(revocation->evidence_order, sizeof(revocation->evidence_order), "GX20251120000087");
    (void)text_copy(revocation->begun_by, sizeof(revocation->begun_by), "chen");
    (void)text_copy(revocation->signed_by, sizeof(revocation->signed_by), "lin");
}

static void add_anchor(struct gallery *gallery, bool is_list, int64_t until_s)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_certificate_anchor *anchor = &desk->anchors[desk->anchor_count++];
    *anchor = (struct service_certificate_anchor){.is_list = is_list,
                                                  .from_utc_s = GALLERY_NOW_UTC_S - 3600,
                                                  .until_utc_s = GALLERY_NOW_UTC_S + until_s,
                                                  .entries = is_list ? 17 : 0};
    (void)text_copy(anchor->name, sizeof(anchor->name),
                    gallery_text(gallery, "示例根证书 CA", "CA",
                                 "China Example Certification Authority Root CA of the Demonstration Hall"));
    (void)snprintf(anchor->number, sizeof(anchor->number), "%s", is_list ? "2A" : "4F2A9C0D77E10001");
    for (size_t i = 0; i + 1 < sizeof(anchor->digest); i++)
        anchor->digest[i] = "0123456789abcdef"[(i * 7 + desk->anchor_count) % 16];
}

static void open_page(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    gallery_order(gallery, ORDER_STATE_DONE);
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk),
                    gallery_text(gallery, "陈示范", "陈", "阿卜杜热合曼·吐尔逊"));
    add_deadline(gallery, -5400, false);
    add_deadline(gallery, 3600 * 7, false);
    add_deadline(gallery, 3600 * 20, true);
    add_deadline(gallery, 0, true);
    (void)add(gallery, "confirmed", true);
    tell(gallery, add(gallery, "confirmed", false), 0);
    (void)add(gallery, "held", true);
    tell(gallery, add(gallery, "revoked", false), GALLERY_NOW_UTC_S - 3600);
    add_anchor(gallery, false, 86400 * 3650LL);
    add_anchor(gallery, true, 86400);
    add_anchor(gallery, true, -600);
    gallery_screen(gallery, DESK_CERTIFICATES);
    gallery_answer(gallery, SERVICE_DESK_CERTIFICATES, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_certificates_due(struct gallery *gallery)
{
    open_page(gallery);
    gallery_tap(gallery, "certificates.row.0");
}

static void open_live(struct gallery *gallery, const char *row)
{
    open_page(gallery);
    gallery_tap(gallery, "certificates.filter.live");
    gallery_answer(gallery, SERVICE_DESK_CERTIFICATES, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    gallery_tap(gallery, row);
}

void gallery_certificates_live(struct gallery *gallery)
{
    open_live(gallery, "certificates.row.0");
}

/* Of those that end soon the first may be reminded, the others were, or are called. */
void gallery_certificates_ending(struct gallery *gallery)
{
    static const char *const reminders[] = {"", "sent", "refused", ""};
    struct service_desk *desk = &gallery->services.desk;
    open_page(gallery);
    gallery_tap(gallery, "certificates.filter.ending");
    for (size_t i = 0; i < desk->certificate_count; i++) {
        desk->certificates[i].not_after_utc_s = GALLERY_NOW_UTC_S + 86400 * (int64_t)(9 + 7 * i);
        desk->certificates[i].may_remind = i == 0 || i == 2;
        (void)text_copy(desk->certificates[i].phone, sizeof(desk->certificates[i].phone), "138****0000");
        (void)text_copy(desk->certificates[i].reminder, sizeof(desk->certificates[i].reminder), reminders[i]);
    }
    gallery_answer(gallery, SERVICE_DESK_ENDING, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    gallery_tap(gallery, "certificates.row.0");
}

void gallery_certificates_revoked(struct gallery *gallery)
{
    open_live(gallery, "certificates.row.3");
}

void gallery_certificates_revoke(struct gallery *gallery)
{
    gallery_certificates_live(gallery);
    gallery_tap(gallery, "certificates.revoke");
    gallery_tap(gallery, "revoke.ground.breach");
}

void gallery_certificates_wrong(struct gallery *gallery)
{
    static const struct {
        const char *field, *text;
    } typed[] = {{"revoke.evidence", "核查函"}, {"revoke.second", "lin"}, {"revoke.password", "12345678"}};
    gallery_certificates_revoke(gallery);
    for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
        gallery_tap(gallery, typed[i].field);
        gallery_type(gallery, typed[i].text);
    }
    gallery_tap(gallery, "revoke.yes");
    gallery_answer(gallery, SERVICE_DESK_REVOKE, STATUS_REFUSED, SERVICE_REASON_PASSWORD_WRONG, 0, NULL);
}

void gallery_certificates_trust(struct gallery *gallery)
{
    open_page(gallery);
    gallery_tap(gallery, "certificates.filter.trust");
    gallery_answer(gallery, SERVICE_DESK_TRUST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    gallery_tap(gallery, "certificates.row.1");
}

void gallery_certificates_no_stick(struct gallery *gallery)
{
    gallery_certificates_trust(gallery);
    gallery_tap(gallery, "trust.export");
    gallery_answer(gallery, SERVICE_DESK_TRUST_EXPORT, STATUS_REFUSED, SERVICE_REASON_NO_STICK, 0, NULL);
}

void gallery_certificates_import(struct gallery *gallery)
{
    static const char *const files[] = {"chain.pem", "supplier-2025.p7b", "supplier.cer", "a.der", "b.der",
                                        "c.der",     "root-1.pem"};
    struct service_desk *desk = &gallery->services.desk;
    desk->file_count = sizeof(files) / sizeof(files[0]);
    for (size_t i = 0; i < desk->file_count; i++)
        (void)text_copy(desk->files[i], sizeof(desk->files[0]), files[i]);
    gallery->settings->desk_writer = true;
    gallery_certificates_trust(gallery);
    gallery_tap(gallery, "trust.import");
    gallery->settings->desk_writer = false; /* shared by all cases */
    gallery_tap(gallery, "import.file.1");
    gallery_tap(gallery, "import.pin");
    gallery_type(gallery, "123456");
}
