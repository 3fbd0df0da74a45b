/* What a helper process sends while scanning: any sequence of messages gives a whole page or a status. */
#include <string.h>

#include "drivers/scanner/scanner_intake.h"
#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each message is its length in two bytes and a frame of kiosk/base/wire. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scanner_intake intake = {0};
    struct scanner_page page = {0};
    enum status status = STATUS_OK;
    while (size > 2 && status == STATUS_OK) {
        size_t length = (size_t)data[0] << 8 | data[1];
        length = length < size - 2 ? length : size - 2;
        struct wire message = {0};
        status = wire_parse(&message, data + 2, length);
        if (status == STATUS_OK)
            status = scanner_intake_message(&intake, &message);
        wire_release(&message);
        data += 2 + length;
        size -= 2 + length;
    }
    if (status == STATUS_OK && scanner_intake_detach(&intake, &page) == STATUS_OK) {
        check(page.length == (size_t)page.width_px * (size_t)page.height_px * (size_t)page.channels);
        check((int64_t)page.width_px * page.height_px <= LIMIT_PAGE_PIXELS);
    }
    scanner_page_release(&page);
    scanner_intake_release(&intake);
    return 0;
}
