#include "kiosk/catalogue/region_table.h"

#include <stdlib.h>
#include <string.h>

enum { PROVINCES_MAX = 40, PLACES_MAX = 60, NAME_MAX = 20 };

static bool is_code(const char *text)
{
    return strspn(text, "0123456789") >= REGION_CODE_CHARACTERS;
}

static bool region_is_code(const char *text)
{
    return is_code(text) && text[REGION_CODE_CHARACTERS] == '\0';
}

static bool region_is_place(const char *text)
{
    return is_code(text) && text[REGION_CODE_CHARACTERS] == ' ' && region_place_name(text)[0] != '\0' &&
           strchr(region_place_name(text), ' ') == NULL;
}

static bool region_is_name(const char *text)
{
    return strchr(text, ' ') == NULL;
}

static const struct yaml_member province_members[] = {
    {.key = "code",
     .required = true,
     .type = YAML_TEXT,
     .min = REGION_CODE_CHARACTERS,
     .max = REGION_CODE_CHARACTERS,
     .is_valid = region_is_code,
     .expected = "six digits",
     YAML_AT(struct region_province, code)},
    {.key = "name",
     .required = true,
     .type = YAML_TEXT,
     .min = 2,
     .max = NAME_MAX,
     .is_valid = region_is_name,
     .expected = "a name without a blank",
     YAML_AT(struct region_province, name)},
    {.key = "places",
     .type = YAML_TEXT_LIST,
     .max = PLACES_MAX,
     .is_valid = region_is_place,
     .expected = "a place like 430100 长沙市",
     YAML_AT(struct region_province, places),
     YAML_COUNT(struct region_province, place_count)},
};
static const struct yaml_schema province_schema = {.what = "province",
                                                   .members = province_members,
                                                   .member_count =
                                                       sizeof province_members / sizeof province_members[0],
                                                   .size = sizeof(struct region_province)};

static const struct yaml_member table_members[] = {
    {.key = "provinces",
     .required = true,
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = PROVINCES_MAX,
     .items = &province_schema,
     YAML_AT(struct region_table, list.provinces),
     YAML_COUNT(struct region_table, list.count)},
};
static const struct yaml_schema table_schema = {.what = "table of regions",
                                                .members = table_members,
                                                .member_count =
                                                    sizeof table_members / sizeof table_members[0],
                                                .size = sizeof(struct region_table)};

/* The first two digits of a code are the province's. */
static void examine_places(const struct region_table *table, const struct region_province *province,
                           struct yaml_errors *errors)
{
    for (size_t i = 0; i < province->place_count; i++) {
        const char *place = province->places[i];
        if (strncmp(place, province->code, 2) != 0)
            yaml_complain(table->yaml, errors, place, "expected a code that begins as %s of %s",
                          province->code, province->name);
        for (size_t j = 0; j < i; j++)
            if (strcmp(region_place_name(province->places[j]), region_place_name(place)) == 0)
                yaml_complain(table->yaml, errors, place, "expected %s once in %s", region_place_name(place),
                              province->name);
    }
}

static void examine(const struct region_table *table, struct yaml_errors *errors)
{
    for (size_t i = 0; i < table->list.count; i++) {
        const struct region_province *province = &table->list.provinces[i];
        for (size_t j = 0; j < i; j++)
            if (strcmp(table->list.provinces[j].name, province->name) == 0)
                yaml_complain(table->yaml, errors, province->name, "expected the province %s once",
                              province->name);
        examine_places(table, province, errors);
    }
}

/* The document becomes the table's, or is freed. */
static enum status read_take(struct yaml *yaml, struct yaml_errors *errors, struct region_table **out)
{
    struct region_table *table = calloc(1, sizeof *table);
    size_t before = errors->count;
    if (table == NULL) {
        yaml_free(yaml);
        return STATUS_NO_MEMORY;
    }
    table->yaml = yaml;
    enum status status = yaml_fill(yaml, &table_schema, table, errors);
    if (status == STATUS_OK)
        examine(table, errors);
    if (status == STATUS_OK && errors->count != before)
        status = STATUS_CONFIG;
    if (status == STATUS_OK)
        *out = table;
    else
        region_table_free(table);
    return status;
}

enum status region_table_open(const char *path, struct yaml_errors *errors, struct region_table **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_open(path, errors, &yaml);
    return status == STATUS_OK ? read_take(yaml, errors, out) : status;
}

enum status region_table_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                               struct region_table **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_parse(name, text, length, errors, &yaml);
    return status == STATUS_OK ? read_take(yaml, errors, out) : status;
}

void region_table_free(struct region_table *table)
{
    if (table == NULL)
        return;
    yaml_free(table->yaml);
    free(table);
}
