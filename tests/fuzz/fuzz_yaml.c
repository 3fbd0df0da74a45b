/* Product definitions, calendars and tables of regions: any bytes give a whole one or complaints, never both
 * and never neither.
 */
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/check.h"
#include "kiosk/catalogue/calendar.h"
#include "kiosk/catalogue/product.h"
#include "kiosk/catalogue/region_table.h"

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

static void read_regions(const uint8_t *data, size_t size)
{
    struct yaml_errors errors;
    struct region_table *table = NULL;
    struct buf value;
    yaml_errors_init(&errors);
    enum status status = region_table_parse("fuzz.yaml", (const char *)data, size, &errors, &table);
    check((status == STATUS_OK) == (table != NULL));
    for (size_t i = 0; table != NULL && i < table->list.count; i++) {
        const struct region_province *province = &table->list.provinces[i];
        buf_init(&value, 4096);
        check(region_write(province, province->place_count > 0 ? province->places[0] : NULL, &value) ==
              STATUS_OK);
        check(region_is_listed(&table->list, (const char *)value.data));
        buf_release(&value);
    }
    region_table_free(table);
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
    read_regions(data, size);
    return 0;
}
