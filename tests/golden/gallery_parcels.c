/* Cases of the desk's page of keys that go by courier, and of messages that did not arrive. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

static void add(struct gallery *gallery, enum service_shipment_state state)
{
    struct service_desk *desk = &gallery->services.desk;
    int index = (int)desk->parcel_count;
    struct service_parcel *parcel = &desk->parcels[desk->parcel_count++];
    *parcel = (struct service_parcel){
        .order = gallery->services.visit.order,
        .shipment = {.state = state, .since_utc_s = GALLERY_NOW_UTC_S - 3600 * (index + 1)}};
    (void)snprintf(parcel->order.id, sizeof(parcel->order.id), "%032d", index);
    (void)snprintf(parcel->order.acceptance, sizeof(parcel->order.acceptance), "T20251121101%02d0500",
                   10 + index);
    (void)text_copy(parcel->unit, sizeof(parcel->unit),
                    gallery_text(gallery, "重庆示例科技有限公司", "示例公司",
                                 "重庆市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司"));
    (void)text_copy(parcel->receiver, sizeof(parcel->receiver),
                    gallery_text(gallery, "张小丽", "王一", "阿卜杜热合曼·吐尔逊"));
    (void)text_copy(parcel->phone, sizeof(parcel->phone), "13800000000");
    (void)text_copy(parcel->address, sizeof(parcel->address),
                    gallery_text(gallery, "重庆市 渝北区 示例大道 100 号 6 楼 400000", "重庆 路 1 号 400000",
                                 "新疆维吾尔自治区 巴音郭楞蒙古自治州 和静县示例镇示例路一千二百三十四号"
                                 "示例商务中心 B 座 1806 室 841300"));
    if (state == SERVICE_SHIPMENT_SENT) {
        (void)text_copy(parcel->shipment.carrier, sizeof(parcel->shipment.carrier), "sf");
        (void)text_copy(parcel->shipment.tracking, sizeof(parcel->shipment.tracking), "SF1234567890123");
    }
}

static void add_notice(struct gallery *gallery, const char *kind, const char *state, const char *reason)
{
    struct service_desk *desk = &gallery->services.desk;
    struct service_notice *notice = &desk->notices[desk->notice_count++];
    *notice = (struct service_notice){.tries = 2, .since_utc_s = GALLERY_NOW_UTC_S - 600};
    notice->may_try = desk->notice_count != 2;
    (void)snprintf(notice->id, sizeof(notice->id), "%032zu", desk->notice_count + 90);
    (void)text_copy(notice->acceptance, sizeof(notice->acceptance), "T2025112110110500");
    (void)text_copy(notice->kind, sizeof(notice->kind), kind);
    (void)text_copy(notice->state, sizeof(notice->state), state);
    (void)text_copy(notice->reason, sizeof(notice->reason), reason);
}

static void open_parcels(struct gallery *gallery)
{
    struct service_desk *desk = &gallery->services.desk;
    gallery_order(gallery, ORDER_STATE_ISSUING);
    desk->signed_in = true;
    (void)text_copy(desk->clerk, sizeof(desk->clerk),
                    gallery_text(gallery, "陈示范", "陈", "阿卜杜热合曼·吐尔逊"));
    add(gallery, SERVICE_SHIPMENT_WISHED);
    add(gallery, SERVICE_SHIPMENT_MADE);
    add(gallery, SERVICE_SHIPMENT_SENT);
    add_notice(gallery, "approved", "refused", "refused");
    add_notice(gallery, "expiring", "waiting", "busy");
    add_notice(gallery, "rejected", "unknown", "unknown");
    gallery_screen(gallery, DESK_PARCELS);
    gallery_answer(gallery, SERVICE_DESK_PARCELS, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_parcels_wished(struct gallery *gallery)
{
    open_parcels(gallery);
    gallery_tap(gallery, "parcels.row.0");
}

void gallery_parcels_making(struct gallery *gallery)
{
    gallery_parcels_wished(gallery);
    gallery_tap(gallery, "parcels.make");
    gallery->services.visit.issue.percent = 55;
    gallery_report(gallery, SERVICE_ISSUE_RUN, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_parcels_carries(struct gallery *gallery)
{
    gallery_parcels_wished(gallery);
    gallery_tap(gallery, "parcels.make");
    gallery_answer(gallery, SERVICE_DESK_MAKE, STATUS_REFUSED, SERVICE_REASON_KEY_CARRIES, 0, NULL);
}

void gallery_parcels_wrong(struct gallery *gallery)
{
    open_parcels(gallery);
    gallery_tap(gallery, "parcels.row.1");
    gallery_tap(gallery, "parcels.number");
    gallery_type(gallery, "SF123");
    gallery_tap(gallery, "parcels.send");
    gallery_answer(gallery, SERVICE_DESK_SEND, STATUS_REFUSED, SERVICE_REASON_TRACKING, 0, NULL);
}

void gallery_parcels_sent(struct gallery *gallery)
{
    open_parcels(gallery);
    gallery_tap(gallery, "parcels.filter.sent");
    gallery_tap(gallery, "parcels.row.0");
}

void gallery_parcels_sms(struct gallery *gallery)
{
    open_parcels(gallery);
    gallery_tap(gallery, "parcels.filter.sms");
    gallery_tap(gallery, "parcels.row.0");
}
