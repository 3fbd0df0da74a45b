/* Service views of somebody's certificates: how each stands and by when it ends.
 *
 * A part of service_views.h, which includes it where the states are known. Pitfall: the store says so, not a
 * revocation list; a key that is read may know better.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_MINE_H
#define KIOSK_SERVICES_SERVICE_VIEWS_MINE_H

enum { SERVICE_MINE_MAX = 32 };

struct service_mine_certificate {
    enum service_holder_state state; /* VALID, SOON, HELD, EXPIRED or REVOKED */
    char request_id[ORDER_ID_BYTES];
    char acceptance[ORDER_ACCEPTANCE_BYTES]; /* of the order that made it */
    char owner[SERVICE_TEXT_BYTES];
    const struct product *product; /* the catalogue's; NULL when it is offered no more */
    char class_id[ORDER_NAME_BYTES];
    int64_t not_after_utc_s;
};
struct service_mine {
    size_t count; /* of the newest order first */
    struct service_mine_certificate certificates[SERVICE_MINE_MAX];
};

#endif
