#include "kiosk/services/service_assets.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/paper/paper.h"

enum { TOLD_MAX = 64, NAME_BYTES = 128, SHEETS_MAX = 8 };

/* One product under the lens, and what of it was told already. */
struct lens {
    const char *assets;
    const struct product *product;
    struct yaml_errors *errors;
    const char *told[TOLD_MAX];
    size_t told_count;
};

/* --- templates --------------------------------------------------------------------------------------- */

static int is_template(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && text_has_suffix(entry->d_name, ".yaml");
}

static void judge_template(const char *path, struct yaml_errors *errors)
{
    struct paper_template *template = NULL;
    if (paper_template_open(path, errors, &template) == STATUS_OK)
        paper_template_free(template);
}

void service_assets_judge_templates(const char *assets, struct yaml_errors *errors)
{
    char path[PATH_MAX];
    struct dirent **names = NULL;
    (void)snprintf(path, sizeof(path), "%s/forms", assets);
    int count = scandir(path, &names, is_template, alphasort);
    for (int i = 0; i < count; i++) {
        (void)snprintf(path, sizeof(path), "%s/forms/%s", assets, names[i]->d_name);
        judge_template(path, errors);
        free(names[i]);
    }
    free(names);
}

bool service_assets_has_template(const char *assets, const char *id)
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof(path), "%s/forms/%s.yaml", assets, id);
    return access(path, R_OK) == 0;
}

/* Whether the template is missed for the first time. */
static bool is_news(struct lens *lens, const char *text)
{
    for (size_t i = 0; i < lens->told_count; i++)
        if (strcmp(lens->told[i], text) == 0)
            return false;
    if (lens->told_count < TOLD_MAX)
        lens->told[lens->told_count++] = text;
    return true;
}

static void require_template(struct lens *lens, const char *id)
{
    if (!service_assets_has_template(lens->assets, id) && is_news(lens, id))
        yaml_complain(lens->product->yaml, lens->errors, id,
                      "expected the template %s/forms/%s.yaml, found none", lens->assets, id);
}

/* --- zones ------------------------------------------------------------------------------------------- */

/* Whether the sheet has this place, for a unit or for a person. */
static bool has_zone(const struct paper_template *template, const char *name)
{
    static const struct paper_value lists[2][2] = {{{"seal_wanted", "yes"}, {"applicant_name", ""}},
                                                   {{"seal_wanted", "yes"}, {"applicant_name", "x"}}};
    const struct paper_pack pack = {1, {template}};
    struct paper_zones *zones = calloc(1, sizeof(*zones));
    bool found = zones == NULL; /* out of memory is told elsewhere */
    for (int i = 0; i < 2 && !found; i++) {
        const struct paper_values values = {lists[i], 2};
        found = paper_zones(&pack, &values, zones) == STATUS_OK && paper_zone_find(zones, name) != NULL;
    }
    free(zones);
    return found;
}

static void require_zone(struct lens *lens, const struct paper_template *template, const char *id,
                         const char *zone)
{
    if (zone[0] != 0 && !has_zone(template, zone))
        yaml_complain(lens->product->yaml, lens->errors, zone, "expected a zone of the template %s, found %s",
                      id, zone);
}

/* Samples are cut out of places the sheet has. */
static void judge_samples(struct lens *lens, const struct product_paper *paper, const char *template_id)
{
    char path[PATH_MAX];
    struct yaml_errors of_template;
    struct paper_template *template = NULL;
    (void)snprintf(path, sizeof(path), "%s/forms/%s.yaml", lens->assets, template_id);
    yaml_errors_init(&of_template);
    bool is_read =
        paper_template_open(path, &of_template, &template) == STATUS_OK; /* told with the templates */
    for (size_t i = 0; is_read && i < paper->sample_count; i++) {
        require_zone(lens, template, template_id, paper->samples[i].zone);
        require_zone(lens, template, template_id, paper->samples[i].tick);
    }
    if (is_read)
        paper_template_free(template);
    yaml_errors_release(&of_template);
}

/* What the paper is printed with in this operation, "" where it is not of it. */
static const char *sheet_of(const struct product_operation *operation, const struct product_paper *paper)
{
    for (size_t i = 0; i < operation->paper_count; i++)
        if (strcmp(operation->paper_ids[i], paper->id) == 0)
            return paper->sheet[0] != 0 ? paper->sheet : operation->template_id;
    return "";
}

/* A sheet that several operations print is judged once. */
static void judge_paper(struct lens *lens, const struct product_paper *paper)
{
    const struct product *product = lens->product;
    for (size_t i = 0; i < product->operation_count && paper->sample_count > 0; i++) {
        const char *id = sheet_of(&product->operations[i], paper);
        bool is_judged = id[0] == 0;
        for (size_t j = 0; j < i && !is_judged; j++)
            is_judged = strcmp(sheet_of(&product->operations[j], paper), id) == 0;
        if (!is_judged)
            judge_samples(lens, paper, id);
    }
    if (paper->example[0] != 0)
        require_template(lens, paper->example);
}

/* --- rows -------------------------------------------------------------------------------------------- */

/* Behind what stands there; a template that cannot be read is told elsewhere. */
static void append_template(const struct lens *lens, const char *id, struct buf *sheets)
{
    char path[PATH_MAX];
    struct buf text;
    (void)snprintf(path, sizeof(path), "%s/forms/%s.yaml", lens->assets, id);
    buf_init(&text, LIMIT_CONFIG_BYTES);
    if (file_read(path, &text, NULL) == STATUS_OK)
        (void)!buf_append(sheets, text.data, text.length);
    buf_release(&text);
}

/* Whether a text or a box of the sheets takes this value. */
static bool has_row(const struct buf *sheets, const char *row)
{
    char value[NAME_BYTES], tick[NAME_BYTES];
    (void)snprintf(value, sizeof(value), "{%s}", row);
    (void)snprintf(tick, sizeof(tick), "{?%s=", row);
    const char *text = sheets->length > 0 ? (const char *)sheets->data : "";
    return strstr(text, value) != NULL || strstr(text, tick) != NULL;
}

static void judge_field_rows(struct lens *lens, const struct product_operation *operation,
                             const struct form_field *field, const struct buf *sheets)
{
    for (size_t i = 0; i < field->row_count; i++)
        if (!has_row(sheets, field->row[i]) && is_news(lens, field->row[i]))
            yaml_complain(lens->product->yaml, lens->errors, field->row[i],
                          "expected a row of the template %s or of what is printed with it, found %s",
                          operation->template_id, field->row[i]);
}

/* What is filled in has its place on the sheets that are printed with the operation. */
static void judge_rows(struct lens *lens, const struct product_operation *operation,
                       const struct order_steps *steps, const char *form_id)
{
    struct buf sheets;
    const struct form *form = product_find_form(lens->product, form_id);
    size_t rows = 0;
    if (form == NULL || !order_steps_has(steps, ORDER_STEP_PRINT) ||
        !service_assets_has_template(lens->assets, operation->template_id))
        return; /* a form that is missing was told */
    buf_init(&sheets, SHEETS_MAX * LIMIT_CONFIG_BYTES);
    append_template(lens, operation->template_id, &sheets);
    for (size_t i = 0; i < operation->pack_count; i++)
        append_template(lens, operation->pack[i], &sheets);
    for (size_t i = 0; i < form->field_count; i++) {
        rows += form->fields[i].row_count;
        judge_field_rows(lens, operation, &form->fields[i], &sheets);
    }
    if (rows == 0 && form->field_count > 0 && is_news(lens, form->id))
        yaml_complain(lens->product->yaml, lens->errors, form->id,
                      "expected rows for the fields of %s; without them %s is printed empty", form->id,
                      operation->template_id);
    buf_release(&sheets);
}

/* --- drawings ---------------------------------------------------------------------------------------- */

bool service_assets_is_drawing(const char *path)
{
    struct buf text;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    bool is_read = file_read(path, &text, NULL) == STATUS_OK && text.length > 0;
    bool is_right = is_read && strstr((const char *)text.data, "<svg") != NULL &&
                    strstr((const char *)text.data, "</svg>") != NULL;
    buf_release(&text);
    return is_right;
}

/* Screens draw the icons of their list; another name would be shown as something else. */
static bool is_icon(const char *name)
{
    static const char *const names[] = {
#define ICON(code, name) name,
#include "kiosk/ui/icons.def"
#undef ICON
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Drawings that only data name are not of the screens' list. */
static void require_picture(struct lens *lens, const char *name)
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof(path), "%s/icons/%s.svg", lens->assets, name);
    if (name[0] != 0 && !service_assets_is_drawing(path))
        yaml_complain(lens->product->yaml, lens->errors, name,
                      "expected the picture of a key, a drawing %s/icons/%s.svg, found none", lens->assets,
                      name);
}

static void require_icon(struct lens *lens, const char *name)
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof(path), "%s/icons/%s.svg", lens->assets, name);
    if (name[0] == 0 || (is_icon(name) && service_assets_is_drawing(path)))
        return;
    yaml_complain(lens->product->yaml, lens->errors, name,
                  "expected the name of an icon of the screens, drawn in %s/icons, found %s", lens->assets,
                  name);
}

/* --- all of it --------------------------------------------------------------------------------------- */

void service_assets_judge_product(const void *assets, const struct product *product,
                                  struct yaml_errors *errors)
{
    struct lens lens = {.assets = assets, .product = product, .errors = errors};
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        if (operation->template_id[0] != 0) { /* what is printed has one: product_check */
            require_template(&lens, operation->template_id);
            judge_rows(&lens, operation, &operation->steps, operation->form_id);
            judge_rows(&lens, operation, &operation->fallback.steps, operation->fallback.form_id);
        }
        for (size_t j = 0; j < operation->pack_count; j++)
            require_template(&lens, operation->pack[j]);
    }
    for (size_t i = 0; i < product->paper_count; i++)
        judge_paper(&lens, &product->papers[i]);
    for (size_t i = 0; i < product->key_model_count; i++)
        require_picture(&lens, product->key_models[i].picture);
    require_icon(&lens, product->icon);
    for (size_t i = 0; i < product->agreement.point_count; i++)
        require_icon(&lens, product->agreement.points[i].icon);
}
