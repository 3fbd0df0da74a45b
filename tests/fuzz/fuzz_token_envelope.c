/* Envelopes as anybody may send them to a key: the parts lie inside what was given. */
#include <stddef.h>
#include <stdint.h>

#include "drivers/token/token_envelope.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(const uint8_t *data, size_t size, struct bytes part)
{
    check(part.length > 0 && part.data > data && part.data + part.length <= data + size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct token_envelope envelope;
    if (token_envelope_read(bytes_view(data, size), &envelope) != STATUS_OK)
        return 0;
    check_inside(data, size, envelope.transported);
    check_inside(data, size, envelope.wrapped);
    check(envelope.transported.data + envelope.transported.length < envelope.wrapped.data);
    return 0;
}
