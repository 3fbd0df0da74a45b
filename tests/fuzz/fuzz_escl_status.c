/* Whatever a scanner says of itself: a state that a person can act on, or no status. */
#include <stddef.h>
#include <stdint.h>

#include "drivers/scanner/scanner_escl.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum device_state state = DEVICE_STATE_COUNT_;
    enum status status = scanner_escl_read((const char *)data, size, &state);
    check(status == STATUS_OK || status == STATUS_MALFORMED || status == STATUS_FULL);
    if (status == STATUS_OK)
        check(state == DEVICE_READY || state == DEVICE_WORKING || state == DEVICE_JAMMED ||
              state == DEVICE_COVER_OPEN || state == DEVICE_FAULTY);
    else
        check(state == DEVICE_STATE_COUNT_);
    return 0;
}
