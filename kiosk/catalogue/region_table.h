/* Region table: the provinces and places of regions.yaml, beside the authorities' folders.
 *
 * One table for all products: fields of the kind `region` are chosen from it. Pitfall: names change with the
 * years; an address that was chosen before keeps the name it was chosen by.
 */
#ifndef KIOSK_CATALOGUE_REGION_TABLE_H
#define KIOSK_CATALOGUE_REGION_TABLE_H

#include "kiosk/catalogue/yaml.h"
#include "kiosk/form/region.h"

struct region_table {
    struct region_list list;
    struct yaml *yaml; /* owns every text and list above */
};

/* A table is read whole and checked: codes that are none or not of their province, names given twice.
 * Returns: CONFIG with all mistakes told in *errors, NOT_FOUND, IO, NO_MEMORY. Owns: the caller frees *out
 * with region_table_free. After failure: *out is unchanged. */
enum status region_table_open(const char *path, struct yaml_errors *errors, struct region_table **out);
/* The same from memory; `name` stands in messages. Returns and Owns: as region_table_open. */
enum status region_table_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                               struct region_table **out);
/* The table is gone; NULL is allowed. */
void region_table_free(struct region_table *table);

#endif
