/* The text of a partner's code: any bytes give an appointment whose parts are bounded and readable, or
 * MALFORMED; without the key nothing is believed. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/form/appointment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t key[CRYPTO_KEY_BYTES] = "fuzz key, no secret";
    struct appointment read, verified;
    uint8_t mac[APPOINTMENT_MAC_BYTES], right[CRYPTO_SHA256_BYTES];
    const char *text = (const char *)data;
    enum status status = appointment_parse(text, size, &read, mac);
    enum status judged = appointment_verify(key, text, size, &verified);
    if (status != STATUS_OK) {
        check(judged == status && read.fields.count == 0);
        return 0;
    }
    check(size <= LIMIT_QR_PAYLOAD_BYTES && read.partner[0] != 0 && read.reference[0] != 0);
    check(read.until_utc_s >= 0 && (read.phone[0] == 0 || strlen(read.phone) == 11));
    for (size_t i = 0; i < read.fields.count; i++)
        check(text_is_printable(read.fields.value[i].text));
    crypto_hmac_sha256(key, sizeof(key), text, size - 2 * sizeof(mac) - 1, right);
    check((judged == STATUS_OK) == (memcmp(mac, right, sizeof(mac)) == 0));
    appointment_wipe(&read);
    appointment_wipe(&verified);
    return 0;
}
