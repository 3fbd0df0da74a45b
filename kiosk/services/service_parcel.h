/* Service parcel: what screens and desk see of keys that go by courier, and of messages that did not arrive.
 *
 * Part of the views (service_views.h), which include it. Pitfall: receiver, phone and address are personal;
 * they are wiped with the view they stand in.
 */
#ifndef KIOSK_SERVICES_SERVICE_PARCEL_H
#define KIOSK_SERVICES_SERVICE_PARCEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/order/order.h"

enum {
    SERVICE_PARCELS_MAX = 64,
    SERVICE_TRACKING_BYTES = 32,
    SERVICE_PARCEL_TEXT_BYTES = 256,
    SERVICE_PARCEL_PHONE_BYTES = 16
};

/* A key that goes by courier. */
enum service_shipment_state {
    SERVICE_SHIPMENT_NONE,
    SERVICE_SHIPMENT_WISHED, /* to be made at the desk */
    SERVICE_SHIPMENT_MADE,   /* to be sent */
    SERVICE_SHIPMENT_SENT
};
struct service_shipment {
    enum service_shipment_state state;
    char carrier[ORDER_NAME_BYTES]; /* words "carrier.<carrier>"; "" before it is sent */
    char tracking[SERVICE_TRACKING_BYTES];
    int64_t since_utc_s;  /* of the state */
    int64_t leaves_utc_s; /* it leaves by then, as its product promises; 0 for not said, or not paid yet */
};

/* A key that is to be made and sent, or was. */
struct service_parcel {
    struct order order;
    struct service_shipment shipment;
    char unit[SERVICE_PARCEL_TEXT_BYTES];
    char receiver[SERVICE_PARCEL_TEXT_BYTES], phone[SERVICE_PARCEL_PHONE_BYTES],
        address[SERVICE_PARCEL_TEXT_BYTES];
};
/* A message to an applicant that did not arrive, or not yet. */
struct service_notice {
    char id[ORDER_ID_BYTES];
    char acceptance[ORDER_ACCEPTANCE_BYTES];
    char kind[ORDER_NAME_BYTES];   /* words "event.notice.<kind>" */
    char state[ORDER_NAME_BYTES];  /* words "desk.notice.state.<state>" */
    char reason[ORDER_NAME_BYTES]; /* of the last try: words "desk.notice.reason.<reason>" */
    bool may_try;                  /* service_desk_notice_again */
    int64_t tries, since_utc_s;
};

#endif
