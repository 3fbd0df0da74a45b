#include "drivers/token/token_envelope.h"

#include <string.h>

enum { TAG_SEQUENCE = 0x30, TAG_OCTET_STRING = 0x04 };

/* One element is taken from the front, in DER's shortest form (X.690 sections 8.1.3 and 10.1). */
static bool take(struct bytes *from, uint8_t tag, struct bytes *content, struct bytes *whole)
{
    if (from->length < 2 || from->data[0] != tag)
        return false;
    size_t length = from->data[1];
    size_t head = 2;
    if (length > 0x80) {
        size_t octets = length & 0x7f;
        if (octets > 2 || from->length < 2 + octets || from->data[2] == 0)
            return false;
        length = octets == 1 ? from->data[2] : (size_t)from->data[2] << 8 | from->data[3];
        if (length < (octets == 1 ? 0x80u : 0x100u))
            return false;
        head += octets;
    } else if (length == 0x80) {
        return false;
    }
    if (from->length - head < length)
        return false;
    *content = bytes_view(from->data + head, length);
    *whole = bytes_view(from->data, head + length);
    *from = bytes_view(from->data + head + length, from->length - head - length);
    return true;
}

enum status token_envelope_read(struct bytes der, struct token_envelope *out)
{
    /* AlgorithmIdentifiers: id-RSAES-OAEP 1.2.840.113549.1.1.7, id-aes256-wrap-pad 2.16.840.1.101.3.4.1.48 */
    static const uint8_t transport[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                        0xf7, 0x0d, 0x01, 0x01, 0x07, 0x30, 0x00};
    static const uint8_t wrap[] = {0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48,
                                   0x01, 0x65, 0x03, 0x04, 0x01, 0x30};
    struct bytes members;
    struct bytes whole;
    struct bytes content;
    struct bytes algorithm[2];
    struct token_envelope read;
    if (!take(&der, TAG_SEQUENCE, &members, &whole) || der.length != 0 ||
        !take(&members, TAG_SEQUENCE, &content, &algorithm[0]) ||
        !take(&members, TAG_OCTET_STRING, &read.transported, &whole) ||
        !take(&members, TAG_SEQUENCE, &content, &algorithm[1]) ||
        !take(&members, TAG_OCTET_STRING, &read.wrapped, &whole) || members.length != 0 ||
        read.transported.length == 0 || read.wrapped.length == 0)
        return STATUS_MALFORMED;
    if (!bytes_is_equal(algorithm[0], bytes_view(transport, sizeof(transport))) ||
        !bytes_is_equal(algorithm[1], bytes_view(wrap, sizeof(wrap))))
        return STATUS_UNSUPPORTED;
    *out = read;
    return STATUS_OK;
}
