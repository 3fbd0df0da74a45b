/* Whatever comes over a card reader's line: frames that lie within the bytes, and whole people or none. */
#include <string.h>

#include "drivers/idcard/idcard_frame.h"
#include "drivers/idcard/idcard_text.h"
#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_texts(const uint8_t *bytes, size_t length)
{
    struct idcard_person person = {0};
    if (idcard_text_parse(bytes, length, &person) != STATUS_OK)
        return;
    check(person.name[0] != 0 && text_is_printable(person.name));
    check(text_is_printable(person.address) && text_is_printable(person.issuer));
    check(strlen(person.number) == 18 || strlen(person.number) == 15);
    check(strlen(person.birth) == 8 && strlen(person.valid_from) == 8);
}

static void read_answer(const struct idcard_frame *frame)
{
    check(frame->word >= 0 && frame->word <= 0xFF);
    if (frame->length >= 4 + IDCARD_TEXT_BYTES)
        read_texts(frame->data + 4, IDCARD_TEXT_BYTES);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum status status = STATUS_OK;
    if (size >= IDCARD_TEXT_BYTES)
        read_texts(data + size - IDCARD_TEXT_BYTES, IDCARD_TEXT_BYTES);
    for (size_t at = 0; status != STATUS_NOT_FOUND;) {
        struct idcard_frame frame = {0};
        size_t used = 0;
        status = idcard_frame_parse(data + at, size - at, &frame, &used);
        check(used <= size - at);
        check(status == STATUS_NOT_FOUND || used > 0);
        if (status == STATUS_OK) {
            check(frame.data >= data + at && frame.data + frame.length < data + at + used);
            read_answer(&frame);
        }
        at += used;
    }
    return 0;
}
