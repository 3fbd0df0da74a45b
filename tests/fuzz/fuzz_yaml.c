/* Product definitions and calendars: any bytes give a whole one or complaints, never both and never neither.
 */
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/check.h"
#include "kiosk/catalogue/calendar.h"
#include "kiosk/catalogue/product.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_calendar(const uint8_t *data, size_t size)
{
    struct yaml_errors errors;
    struct calendar *calendar = NULL;
    yaml_errors_init(&errors);
    enum status status = calendar_parse("fuzz.yaml", (const char *)data, size, &errors, &calendar);
    check((status == STATUS_OK) == (calendar != NULL));
    check(calendar == NULL || calendar_due(calendar, 0, 1) > 0);
    calendar_free(calendar);
    yaml_errors_release(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct yaml_errors errors;
    struct product *product = NULL;
    yaml_errors_init(&errors);
    enum status status = product_parse("fuzz.yaml", (const char *)data, size, &errors, &product);
    check((status == STATUS_OK) == (product != NULL));
    check((status == STATUS_OK) == (errors.count == 0));
    for (size_t i = 0; product != NULL && i < product->operation_count; i++) {
        const struct form *form = product_operation_form(product, &product->operations[i]);
        check(form != NULL || !product->operations[i].available); /* a closed one may be defined, too */
    }
    product_free(product);
    yaml_errors_release(&errors);
    read_calendar(data, size);
    return 0;
}
