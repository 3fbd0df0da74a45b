/* Frames between the product and the embedded CA, both directions; what is read is written again and read the
 * same. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/authority/authority_wire.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_outcome(const struct authority_outcome *outcome)
{
    struct wire wire;
    struct authority_outcome again = {0};
    wire_init(&wire, AUTHORITY_WIRE_REQUEST | AUTHORITY_WIRE_REPLY);
    check(authority_wire_write_outcome(&wire, outcome) == STATUS_OK);
    check(authority_wire_read_outcome(&wire, &again) == STATUS_OK);
    check(again.answer == outcome->answer && again.certificate_count == outcome->certificate_count);
    for (size_t i = 0; i < again.certificate_count; i++)
        check(bytes_is_equal(bytes_of_buf(&again.certificates[i]), bytes_of_buf(&outcome->certificates[i])));
    check(bytes_is_equal(bytes_of_buf(&again.encryption_certificate),
                         bytes_of_buf(&outcome->encryption_certificate)));
    check(bytes_is_equal(bytes_of_buf(&again.enveloped_key), bytes_of_buf(&outcome->enveloped_key)));
    authority_outcome_release(&again);
    wire_release(&wire);
}

static void check_call(const struct authority_call *call)
{
    struct wire wire;
    struct authority_call again = {0};
    wire_init(&wire, (uint16_t)call->type);
    check(authority_wire_write_call(&wire, call) == STATUS_OK);
    check(authority_wire_read_call(&wire, &again) == STATUS_OK);
    check(strcmp(again.id, call->id) == 0 && strcmp(again.serial, call->serial) == 0);
    check(again.encryption == call->encryption && again.approver_count == call->approver_count);
    check(again.accepted == call->accepted && bytes_is_equal(again.request, call->request));
    wire_release(&wire);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wire wire;
    struct authority_outcome outcome = {0};
    struct authority_call call = {0};
    enum status result = STATUS_OK;
    if (wire_parse(&wire, data, size) != STATUS_OK)
        return 0;
    (void)!authority_wire_read_result(&wire, (enum authority_wire_type)(wire.type & 0xFF), &result);
    if (authority_wire_read_outcome(&wire, &outcome) == STATUS_OK)
        check_outcome(&outcome);
    if (authority_wire_read_call(&wire, &call) == STATUS_OK)
        check_call(&call);
    authority_outcome_release(&outcome);
    wire_release(&wire);
    return 0;
}
