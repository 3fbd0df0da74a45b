#include "kiosk/catalogue/catalogue.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/base/text.h"

enum { CATALOGUE_PATH_BYTES = 512 };

struct catalogue_reader {
    const char *directory;
    product_judge *judge;
    const void *context;
    struct yaml_errors *errors;
    struct catalogue *catalogue;
};

void catalogue_free(struct catalogue *catalogue)
{
    if (catalogue == NULL)
        return;
    for (size_t i = 0; i < catalogue->count; i++)
        product_free(catalogue->products[i]);
    calendar_free(catalogue->calendar);
    region_table_free(catalogue->regions);
    free(catalogue->products);
    free(catalogue);
}

/* By bytes, so that the order is the same in every locale. */
static int catalogue_compare_names(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static int catalogue_is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool catalogue_is_definition(const char *name)
{
    return text_has_suffix(name, ".yaml");
}

static void catalogue_free_names(struct dirent **names, int count)
{
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

/* A register is found by one column, whichever product asks. */
static void catalogue_examine_keys(struct catalogue_reader *reader, const struct product *product,
                                   const struct product_comparison *comparison)
{
    const char *key = product_comparison_key_column(comparison);
    for (size_t i = 0; i < reader->catalogue->count; i++) {
        const struct product *other = reader->catalogue->products[i];
        for (size_t j = 0; j < other->comparison_count; j++) {
            const char *theirs = product_comparison_key_column(&other->comparisons[j]);
            if (strcmp(other->comparisons[j].kind, comparison->kind) == 0 && strcmp(theirs, key) != 0)
                yaml_complain(product->yaml, reader->errors, comparison->key,
                              "expected the column %s as key of the register %s, as in %s", theirs,
                              comparison->kind, other->id);
        }
    }
}

static void catalogue_examine(struct catalogue_reader *reader, const struct product *product,
                              const char *folder)
{
    if (strcmp(product->authority_id, folder) != 0)
        yaml_complain(product->yaml, reader->errors, product->authority_id,
                      "expected the name of the folder, %s, as authority.id", folder);
    const struct product *twin = catalogue_find(reader->catalogue, product->id);
    if (twin != NULL)
        yaml_complain(product->yaml, reader->errors, product->id,
                      "expected an id no other product has, found %s, which is %s of %s, too", product->id,
                      twin->name, twin->authority_id);
    for (size_t i = 0; i < product->comparison_count; i++)
        catalogue_examine_keys(reader, product, &product->comparisons[i]);
}

static enum status catalogue_read_file(struct catalogue_reader *reader, const char *folder, const char *name)
{
    char path[CATALOGUE_PATH_BYTES];
    struct product *product = NULL;
    int length = snprintf(path, sizeof path, "%s/%s/%s", reader->directory, folder, name);
    if (length < 0 || (size_t)length >= sizeof path || reader->catalogue->count == CATALOGUE_PRODUCTS_MAX) {
        yaml_errors_add(reader->errors, "%s: expected shorter names and at most %d products",
                        reader->directory, CATALOGUE_PRODUCTS_MAX);
        return STATUS_OK;
    }
    enum status status = product_open(path, reader->judge, reader->context, reader->errors, &product);
    if (status != STATUS_OK)
        return status == STATUS_NO_MEMORY ? status
                                          : STATUS_OK; /* told; the other files are read all the same */
    if (reader->catalogue->regions != NULL)
        product_give_regions(product, &reader->catalogue->regions->list);
    catalogue_examine(reader, product, folder);
    reader->catalogue->products[reader->catalogue->count++] = product;
    return STATUS_OK;
}

static enum status catalogue_read_folder(struct catalogue_reader *reader, const char *folder)
{
    char path[CATALOGUE_PATH_BYTES];
    struct dirent **names = NULL;
    enum status status = STATUS_OK;
    int length = snprintf(path, sizeof path, "%s/%s", reader->directory, folder);
    int count = length < 0 || (size_t)length >= sizeof path
                    ? -1
                    : scandir(path, &names, catalogue_is_shown, catalogue_compare_names);
    for (int i = 0; i < count && status == STATUS_OK; i++)
        if (catalogue_is_definition(names[i]->d_name))
            status = catalogue_read_file(reader, folder, names[i]->d_name);
    catalogue_free_names(names, count);
    return status;
}

/* Whether a file of this name stands beside the folders. */
static bool catalogue_has_file(const struct catalogue_reader *reader, const char *name,
                               char path[CATALOGUE_PATH_BYTES])
{
    int length = snprintf(path, CATALOGUE_PATH_BYTES, "%s/%s", reader->directory, name);
    return length >= 0 && length < CATALOGUE_PATH_BYTES && access(path, F_OK) == 0;
}

/* A hall without a calendar counts weekends only, one without regions has them typed. */
static enum status catalogue_read_tables(struct catalogue_reader *reader)
{
    char path[CATALOGUE_PATH_BYTES];
    enum status status = STATUS_OK;
    if (catalogue_has_file(reader, "calendar.yaml", path))
        status = calendar_open(path, reader->errors, &reader->catalogue->calendar);
    if (status != STATUS_NO_MEMORY && catalogue_has_file(reader, "regions.yaml", path))
        status = region_table_open(path, reader->errors, &reader->catalogue->regions);
    return status == STATUS_NO_MEMORY ? status : STATUS_OK; /* told */
}

static enum status catalogue_read(struct catalogue_reader *reader)
{
    struct dirent **names = NULL;
    size_t before = reader->errors->count;
    enum status status = catalogue_read_tables(reader);
    int count = scandir(reader->directory, &names, catalogue_is_shown, catalogue_compare_names);
    for (int i = 0; i < count && status == STATUS_OK; i++)
        status = catalogue_read_folder(reader, names[i]->d_name);
    catalogue_free_names(names, count);
    if (status == STATUS_OK && reader->catalogue->count == 0 && reader->errors->count == before)
        yaml_errors_add(reader->errors, "%s: expected <authority>/<product>.yaml, found none",
                        reader->directory);
    if (status == STATUS_OK && reader->errors->count != before)
        status = STATUS_CONFIG;
    return status;
}

/* --- what is not read -------------------------------------------------------------------------------- */

static bool catalogue_is_directory(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool catalogue_is_table(const char *name)
{
    return strcmp(name, "calendar.yaml") == 0 || strcmp(name, "regions.yaml") == 0 ||
           strcmp(name, "README.md") == 0;
}

static void catalogue_examine_entry(const char *path, const char *name, bool is_inside,
                                    struct yaml_errors *errors)
{
    bool is_folder = catalogue_is_directory(path);
    if (is_inside && (is_folder || !catalogue_is_definition(name)))
        yaml_errors_add(errors, "%s: expected definitions named <product>.yaml only, this is not read", path);
    else if (!is_inside && !is_folder && !catalogue_is_table(name))
        yaml_errors_add(
            errors,
            "%s: expected folders of authorities, calendar.yaml and regions.yaml only, this is not read",
            path);
}

static void catalogue_examine_folder(const char *directory, bool is_inside, struct yaml_errors *errors)
{
    struct dirent **names = NULL;
    int count = scandir(directory, &names, catalogue_is_shown, catalogue_compare_names);
    for (int i = 0; i < count; i++) {
        char path[CATALOGUE_PATH_BYTES];
        int length = snprintf(path, sizeof path, "%s/%s", directory, names[i]->d_name);
        if (length < 0 || (size_t)length >= sizeof path)
            continue; /* told when it is read */
        catalogue_examine_entry(path, names[i]->d_name, is_inside, errors);
        if (!is_inside && catalogue_is_directory(path))
            catalogue_examine_folder(path, true, errors);
    }
    catalogue_free_names(names, count);
}

void catalogue_examine_names(const char *directory, struct yaml_errors *errors)
{
    catalogue_examine_folder(directory, false, errors);
}

static int catalogue_compare_products(const void *left, const void *right)
{
    const struct product *const *a = left;
    const struct product *const *b = right;
    if ((*a)->rank != (*b)->rank)
        return (*a)->rank < (*b)->rank ? -1 : 1;
    return strcmp((*a)->id, (*b)->id);
}

enum status catalogue_open_judged(const char *directory, product_judge *judge, const void *context,
                                  struct yaml_errors *errors, struct catalogue **out)
{
    struct catalogue *catalogue = calloc(1, sizeof *catalogue);
    enum status status = STATUS_NO_MEMORY;
    if (catalogue != NULL)
        catalogue->products = calloc(CATALOGUE_PRODUCTS_MAX, sizeof *catalogue->products);
    if (catalogue == NULL || catalogue->products == NULL)
        goto done;
    struct catalogue_reader reader = {directory, judge, context, errors, catalogue};
    status = catalogue_read(&reader);
    if (status == STATUS_OK) {
        qsort(catalogue->products, catalogue->count, sizeof *catalogue->products, catalogue_compare_products);
        *out = catalogue;
        catalogue = NULL;
    }
done:
    catalogue_free(catalogue);
    return status;
}

enum status catalogue_open(const char *directory, struct yaml_errors *errors, struct catalogue **out)
{
    return catalogue_open_judged(directory, NULL, NULL, errors, out);
}

const struct product *catalogue_find(const struct catalogue *catalogue, const char *id)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        if (strcmp(catalogue->products[i]->id, id) == 0)
            return catalogue->products[i];
    }
    return NULL;
}

size_t catalogue_prefer_region(struct catalogue *catalogue, const char *region)
{
    size_t preferred = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        struct product *product = catalogue->products[i];
        if (strcmp(product->region, region) != 0)
            continue;
        memmove(&catalogue->products[preferred + 1], &catalogue->products[preferred],
                (i - preferred) * sizeof(struct product *));
        catalogue->products[preferred++] = product;
    }
    return preferred;
}

int64_t catalogue_review_due(const struct catalogue *catalogue, const struct product *product,
                             int64_t since_utc_s)
{
    return product->review_days == 0 ? 0
                                     : calendar_due(catalogue->calendar, since_utc_s, product->review_days);
}
