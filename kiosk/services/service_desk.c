/* The desk worker: who sits here. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_desk_state.h"

struct desk_state *service_desk_state(struct service_context *context)
{
    if (context->own == NULL) {
        context->own = calloc(1, sizeof(struct desk_state));
        check(context->own != NULL);
    }
    return context->own;
}

void service_desk_close(struct service_context *context)
{
    printer_close(context->drivers.printer);
    context->drivers.printer = NULL;
    if (context->own != NULL)
        secret_wipe_bytes(context->own, sizeof(struct desk_state));
    free(context->own);
    context->own = NULL;
}

bool service_desk_has_clerk(struct service_context *context)
{
    return service_desk_state(context)->signed_in;
}

void service_desk_sign_off(struct service_context *context)
{
    secret_wipe_bytes(service_desk_state(context), sizeof(struct desk_state));
}

void service_desk_sign_on(struct service_context *context, const char *name)
{
    service_desk_state(context)->signed_in = true;
    (void)text_copy(service_desk_state(context)->clerk, sizeof(service_desk_state(context)->clerk), name);
}

const char *service_desk_clerk(struct service_context *context)
{
    return service_desk_state(context)->signed_in ? service_desk_state(context)->clerk : NULL;
}
