/* Frames as the driver host and the product read them: the frame, a token request, and each kind of token
 * reply. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/token/token_wire.h"
#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A request that was read can be written and read again, and is the same. */
static void check_request(const struct token_request *request)
{
    struct token_request again;
    struct wire message;
    check(request->wait_ms >= 0 && request->id.length <= TOKEN_KEY_ID_BYTES);
    check(request->data_length <= TOKEN_DATA_BYTES);
    check(strlen((const char *)request->pin.bytes) == request->pin.length);
    check(text_is_valid(request->expected.label, strlen(request->expected.label)));
    check(token_wire_put_request(&message, request) == STATUS_OK);
    check(token_wire_get_request(&message, &again) == STATUS_OK);
    check(again.verb == request->verb && again.insertion == request->insertion);
    check(again.pin.length == request->pin.length && again.data_length == request->data_length);
    token_request_release(&again);
    wire_release(&message);
}

static void check_reply(const struct wire *message, enum token_verb verb)
{
    struct token_reply reply;
    token_reply_init(&reply);
    if (token_wire_get_reply(message, verb, &reply) == STATUS_OK) {
        check(reply.objects.count <= TOKEN_OBJECTS);
        check(reply.public_key.length <= TOKEN_PUBLIC_KEY_BYTES);
        check(reply.info.presence < TOKEN_PRESENCE_COUNT_ && reply.info.free_bytes >= -1);
        check(strnlen(reply.info.certificate[0].subject, TOKEN_SUBJECT_BYTES) < TOKEN_SUBJECT_BYTES);
    }
    token_reply_release(&reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wire message;
    struct token_request request;
    if (wire_parse(&message, data, size) != STATUS_OK)
        return 0;
    if (token_wire_get_request(&message, &request) == STATUS_OK)
        check_request(&request);
    token_request_release(&request);
    for (int verb = 0; verb < TOKEN_VERB_COUNT_; verb++)
        check_reply(&message, (enum token_verb)verb);
    wire_release(&message);
    return 0;
}
