/* A frame from a driver host or the embedded CA: whatever the bytes are, it is refused or every field can be
 * read. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_fields(const struct wire *wire, uint16_t tag)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    char text[64];
    int64_t number = 0;
    struct secret secret = {0};
    for (unsigned i = 0; wire_get_bytes(wire, tag, i, &bytes, &length) == STATUS_OK; i++)
        check(length == 0 ||
              (bytes >= wire->payload.data && bytes + length <= wire->payload.data + wire->payload.length));
    if (wire_get_text(wire, tag, text, sizeof(text)) == STATUS_OK)
        check(strlen(text) < sizeof(text));
    (void)wire_get_integer(wire, tag, &number);
    (void)wire_get_secret(wire, tag, &secret);
    secret_wipe(&secret);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wire wire;
    if (wire_parse(&wire, data, size) != STATUS_OK)
        return 0;
    for (uint16_t tag = 0; tag < 8; tag++)
        read_fields(&wire, tag);
    wire_release(&wire);
    return 0;
}
