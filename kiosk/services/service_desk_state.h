/* Service desk state: what the desk worker remembers between two requests of its clerk.
 *
 * Inside kiosk/services/service_desk*.c only, on the desk worker.
 */
#ifndef KIOSK_SERVICES_SERVICE_DESK_STATE_H
#define KIOSK_SERVICES_SERVICE_DESK_STATE_H

#include "kiosk/services/service_context.h"

struct desk_state {
    char order_id[ORDER_ID_BYTES]; /* the case the clerk has open */
    int64_t version;
    struct {
        char paper[ORDER_NAME_BYTES];
        uint8_t sha256[CRYPTO_SHA256_BYTES];
        bool seen;               /* the clerk has had it on the screen */
    } pages[SERVICE_PAPERS_MAX]; /* of the case as it was loaded */
    size_t page_count;
    char decision_id[STORE_ID_BYTES]; /* the last one, for taking it back */
    bool signed_in;
    char clerk[STORE_NAME_BYTES]; /* who signs; never taken from a request */
    struct {
        char order_id[ORDER_ID_BYTES];
        uint8_t sha256[CRYPTO_SHA256_BYTES];
    } voucher;       /* the clerk has had on the screen last */
    int64_t applied; /* decisions that had taken effect when the case was opened */
    int64_t next_attention_ms;
};

/* It is empty before the first clerk signs in.
 * Owns: the worker's until service_desk_close. */
struct desk_state *service_desk_state(struct service_context *context);
/* The terminal of the open case learns how far its clerk has got; nobody's where none is open. */
void service_desk_tell_attention(struct service_context *context);

#endif
