/* A list of serial numbers: any text gives numbers that are bounded and differ, or none at all. */
#include <stdint.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/form/serial_list.h"

enum { TEXT_MAX = 512, SERIALS_MAX = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX + 1] = "", serials[SERIALS_MAX][SERIAL_LIST_BYTES];
    size_t count = 0;
    (void)memcpy(text, data, size < TEXT_MAX ? size : TEXT_MAX);
    enum status status = serial_list_parse(text, serials, SERIALS_MAX, &count);
    check((status == STATUS_OK) == (count > 0) && count <= SERIALS_MAX);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            check(serials[i][0] != 0 && strcmp(serials[i], serials[k]) != 0);
    return 0;
}
