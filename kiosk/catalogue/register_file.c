#include "kiosk/catalogue/register_file.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/csv.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

enum { ABSENT = -1, HEADINGS_MAX = 256, ROWS_AT_FIRST = 256 };

/* --- the shape -------------------------------------------------------------------------------------------
 */

const char *register_kind_at(const struct catalogue *catalogue, size_t index)
{
    const char *known[64];
    size_t count = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        for (size_t j = 0; j < catalogue->products[i]->comparison_count; j++) {
            const char *kind = catalogue->products[i]->comparisons[j].kind;
            size_t at = 0;
            while (at < count && strcmp(known[at], kind) != 0)
                at++;
            if (at < count || count == sizeof known / sizeof known[0])
                continue;
            known[count++] = kind;
        }
    }
    return index < count ? known[index] : NULL;
}

/* The form whose fields are compared: the first that has them all, which product_check made sure of. */
static const struct form *register_form(const struct product *product,
                                        const struct product_comparison *comparison)
{
    for (size_t i = 0; i < product->form_count; i++) {
        if (product_comparison_fits(comparison, &product->forms[i]))
            return &product->forms[i];
    }
    return NULL;
}

static size_t register_column_at(const struct register_shape *shape, const char *title)
{
    size_t at = 0;
    while (at < shape->count && strcmp(shape->columns[at].title, title) != 0)
        at++;
    return at;
}

static enum status register_shape_add(struct register_shape *shape, const struct product *product,
                                      const struct product_comparison *comparison)
{
    const struct form *form = register_form(product, comparison);
    for (size_t i = 0; form != NULL && i < comparison->field_count; i++) {
        const char *title = comparison->fields[i].column;
        if (register_column_at(shape, title) < shape->count)
            continue;
        if (shape->count == REGISTER_COLUMNS_MAX)
            return STATUS_FULL;
        shape->columns[shape->count++] = (struct register_column){
            .title = title, .form = form, .field = form_find(form, comparison->fields[i].field)};
    }
    shape->key = register_column_at(shape, product_comparison_key_column(comparison));
    return STATUS_OK;
}

enum status register_shape_make(const struct catalogue *catalogue, const char *kind,
                                struct register_shape *out)
{
    struct register_shape shape = {.kind = kind};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < catalogue->count && status == STATUS_OK; i++) {
        const struct product *product = catalogue->products[i];
        for (size_t j = 0; j < product->comparison_count && status == STATUS_OK; j++) {
            if (strcmp(product->comparisons[j].kind, kind) == 0)
                status = register_shape_add(&shape, product, &product->comparisons[j]);
        }
    }
    if (status == STATUS_OK && shape.count == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *out = shape;
    return status;
}

/* --- the bytes -------------------------------------------------------------------------------------------
 */

static enum status register_convert(const char *bytes, size_t length, struct buf *out)
{
    iconv_t way = iconv_open("UTF-8", "GB18030");
    char *from = (char *)(uintptr_t)bytes; /* iconv reads it only */
    size_t left = length;
    enum status status = way == (iconv_t)-1 ? STATUS_UNSUPPORTED : STATUS_OK;
    while (status == STATUS_OK && left > 0) {
        char piece[4096];
        char *to = piece;
        size_t room = sizeof piece, before = left;
        if (iconv(way, &from, &left, &to, &room) == (size_t)-1 && left == before)
            status = STATUS_MALFORMED;
        else
            status = buf_append(out, piece, sizeof piece - room);
        secret_wipe_bytes(piece, sizeof piece);
    }
    if (way != (iconv_t)-1)
        iconv_close(way);
    return status;
}

/* Spreadsheets put a mark before UTF-8 and write GB18030 without one. */
static enum status register_decode(const char *bytes, size_t length, struct buf *out)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (length >= 3 && memcmp(bytes, mark, 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (length == 0)
        return STATUS_OK;
    if (!text_is_valid(bytes, length))
        return register_convert(bytes, length, out);
    return buf_append(out, bytes, length);
}

/* --- reading ---------------------------------------------------------------------------------------------
 */

struct register_reader {
    const char *name;
    const struct register_shape *shape;
    struct yaml_errors *errors;
    struct register_file *file;
    int64_t today_utc_s;
    struct csv csv;
    struct buf cell;
    int column_of[HEADINGS_MAX]; /* of the shape, by its place in the file; ABSENT for one that is passed over
                                  */
    size_t headings;
    size_t before; /* mistakes that were told before this file's */
};

#define TELL_AT(reader, line, column, format, ...)                                                           \
    yaml_errors_add((reader)->errors, "%s:%u:%u: " format, (reader)->name, (line),                           \
                    (column)__VA_OPT__(, ) __VA_ARGS__)

static const char *register_text(const struct register_reader *reader)
{
    return reader->cell.length == 0 ? "" : (const char *)reader->cell.data;
}

/* What the reader of cells complains of, and cells that are too long, are told here. Returns: NOT_FOUND at
 * the end, MALFORMED after a complaint, FULL never. */
static enum status register_next(struct register_reader *reader, struct csv_cell *cell)
{
    enum status status = csv_next(&reader->csv, cell, &reader->cell);
    if (status == STATUS_MALFORMED)
        TELL_AT(reader, cell->line, cell->column, "%s", cell->complaint);
    if (status == STATUS_FULL) {
        TELL_AT(reader, cell->line, cell->column, "expected at most %d bytes in a cell", LIMIT_FIELD_BYTES);
        buf_clear(&reader->cell);
        return STATUS_OK;
    }
    return status;
}

static void register_take_heading(struct register_reader *reader, const struct csv_cell *cell)
{
    struct buf title;
    buf_init(&title, LIMIT_FIELD_BYTES);
    bool is_text = form_normalise(FORM_KIND_TEXT, register_text(reader), &title) == STATUS_OK;
    size_t at =
        register_column_at(reader->shape, is_text && title.length > 0 ? (const char *)title.data : "");
    buf_release(&title);
    if (reader->headings == HEADINGS_MAX) {
        TELL_AT(reader, cell->line, cell->column, "expected at most %d columns", HEADINGS_MAX);
        return;
    }
    for (size_t i = 0; i < reader->headings && at < reader->shape->count; i++) {
        if (reader->column_of[i] == (int)at)
            TELL_AT(reader, cell->line, cell->column, "expected the column %s once",
                    reader->shape->columns[at].title);
    }
    reader->column_of[reader->headings++] = at < reader->shape->count ? (int)at : ABSENT;
}

static enum status register_read_headings(struct register_reader *reader)
{
    struct csv_cell cell = {.line = 1, .column = 1};
    enum status status = STATUS_OK;
    do {
        status = register_next(reader, &cell);
        if (status == STATUS_OK)
            register_take_heading(reader, &cell);
    } while (status == STATUS_OK && !cell.ends_row);
    if (status == STATUS_NO_MEMORY)
        return status;
    for (size_t i = 0; status != STATUS_MALFORMED && i < reader->shape->count; i++) {
        bool found = false;
        for (size_t j = 0; j < reader->headings; j++)
            found = found || reader->column_of[j] == (int)i;
        if (!found)
            TELL_AT(reader, 1U, 1U, "expected the column %s in the first line",
                    reader->shape->columns[i].title);
    }
    return STATUS_OK;
}

/* A cell is judged by the rules of the field it will be compared with, as typed at the screen. The value is
 * not quoted: it is somebody's. */
static enum status register_take_cell(struct register_reader *reader, const struct csv_cell *place,
                                      struct register_row *row, size_t at)
{
    const struct register_column *column = &reader->shape->columns[at];
    struct form_values values;
    struct form_error error;
    struct buf text;
    form_values_init(&values);
    buf_init(&text, LIMIT_FIELD_BYTES);
    enum status status = form_normalise(column->field->kind, register_text(reader), &text);
    const char *value = text.length > 0 ? (const char *)text.data : "";
    if (status == STATUS_OK && *value != '\0')
        status = form_values_set(&values, column->field->id, value);
    if (status == STATUS_OK && *value != '\0' &&
        !form_check(column->form, &values, column->field, reader->today_utc_s, &error))
        TELL_AT(reader, place->line, place->column, "expected a right %s in the column %s (%s)",
                form_kind_name(column->field->kind), column->title, error.key);
    if (status == STATUS_OK && *value == '\0' && at == reader->shape->key)
        TELL_AT(reader, place->line, place->column, "expected a value in the column %s, found none",
                column->title);
    if (status == STATUS_OK && row->cells[at] == NULL)
        row->cells[at] = strdup(value);
    if (status == STATUS_OK && row->cells[at] == NULL)
        status = STATUS_NO_MEMORY;
    form_values_wipe(&values);
    buf_wipe(&text);
    return status;
}

static void register_wipe_row(struct register_row *row)
{
    for (size_t i = 0; i < REGISTER_COLUMNS_MAX; i++) {
        if (row->cells[i] != NULL)
            secret_wipe_bytes(row->cells[i], strlen(row->cells[i]));
        free(row->cells[i]);
    }
    *row = (struct register_row){0};
}

static enum status register_make_room(struct register_file *file)
{
    if (file->count < file->capacity)
        return STATUS_OK;
    size_t capacity = file->capacity == 0 ? ROWS_AT_FIRST : file->capacity * 2;
    struct register_row *rows = calloc(capacity, sizeof *rows);
    if (rows == NULL)
        return STATUS_NO_MEMORY;
    if (file->count > 0)
        memcpy(rows, file->rows, file->count * sizeof *rows);
    free(file->rows);
    file->rows = rows;
    file->capacity = capacity;
    return STATUS_OK;
}

/* One row, whatever is wrong in it. Returns: NOT_FOUND behind the last one. */
static enum status register_read_row(struct register_reader *reader)
{
    struct register_row row = {0};
    struct csv_cell cell = {0}, first = {0};
    size_t cells = 0;
    enum status status = STATUS_OK;
    do {
        status = register_next(reader, &cell);
        if (status == STATUS_OK && cells == 0)
            first = cell;
        if (status == STATUS_OK && cells < reader->headings && reader->column_of[cells] != ABSENT)
            status = register_take_cell(reader, &cell, &row, (size_t)reader->column_of[cells]);
        cells++;
    } while (status == STATUS_OK && !cell.ends_row);
    bool is_whole = status == STATUS_OK && cells == reader->headings;
    if (status == STATUS_OK && !is_whole)
        TELL_AT(reader, first.line, first.column, "expected %zu cells as in the first line, found %zu",
                reader->headings, cells);
    if (is_whole)
        status = register_make_room(reader->file);
    if (is_whole && status == STATUS_OK) {
        row.line = first.line;
        reader->file->rows[reader->file->count++] = row;
        return STATUS_OK;
    }
    register_wipe_row(&row);
    return status == STATUS_MALFORMED ? STATUS_OK : status; /* told; the next row is read all the same */
}

/* --- keys ------------------------------------------------------------------------------------------------
 */

struct register_key {
    const char *text;
    unsigned line;
};

static int register_compare_keys(const void *left, const void *right)
{
    const struct register_key *a = left, *b = right;
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static enum status register_examine_keys(struct register_reader *reader)
{
    const struct register_file *file = reader->file;
    struct register_key *keys = calloc(file->count + 1, sizeof *keys);
    size_t count = 0;
    if (keys == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < file->count; i++) {
        const char *key = file->rows[i].cells[reader->shape->key];
        if (key != NULL && *key != '\0')
            keys[count++] = (struct register_key){key, file->rows[i].line};
    }
    qsort(keys, count, sizeof *keys, register_compare_keys);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(keys[i - 1].text, keys[i].text) == 0)
            TELL_AT(reader, keys[i].line, 1U, "expected each %s once, line %u has this one already",
                    reader->shape->columns[reader->shape->key].title, keys[i - 1].line);
    }
    free(keys);
    return STATUS_OK;
}

/* --- the file --------------------------------------------------------------------------------------------
 */

static enum status register_read(struct register_reader *reader, const struct buf *text)
{
    csv_init(&reader->csv, (const char *)text->data, text->length);
    enum status status = register_read_headings(reader);
    if (status != STATUS_OK || reader->errors->count > reader->before)
        return status; /* without headings no cell has a meaning */
    while (status == STATUS_OK)
        status = register_read_row(reader);
    if (status == STATUS_NOT_FOUND)
        status = register_examine_keys(reader);
    if (status == STATUS_OK && reader->file->count == 0 && reader->errors->count == reader->before)
        TELL_AT(reader, 2U, 1U, "expected at least one row below the headings");
    return status;
}

void register_file_free(struct register_file *file)
{
    if (file == NULL)
        return;
    for (size_t i = 0; i < file->count; i++)
        register_wipe_row(&file->rows[i]);
    free(file->rows);
    free(file);
}

enum status register_file_parse(const char *name, const char *bytes, size_t length,
                                const struct register_shape *shape, int64_t today_utc_s,
                                struct yaml_errors *errors, struct register_file **out)
{
    struct buf text;
    struct register_file *file = calloc(1, sizeof *file);
    struct register_reader reader = {.name = name,
                                     .shape = shape,
                                     .errors = errors,
                                     .file = file,
                                     .today_utc_s = today_utc_s,
                                     .before = errors->count};
    buf_init(&text, LIMIT_REGISTER_BYTES);
    buf_init(&reader.cell, LIMIT_FIELD_BYTES);
    enum status status = file == NULL ? STATUS_NO_MEMORY : register_decode(bytes, length, &text);
    bool is_empty = status == STATUS_OK && text.length == 0;
    if (is_empty)
        yaml_errors_add(errors, "%s:1:1: expected a line of headings, found an empty file", name);
    else if (status == STATUS_MALFORMED || (status == STATUS_OK && memchr(text.data, 0, text.length) != NULL))
        yaml_errors_add(errors, "%s: expected text in UTF-8 or GB18030", name);
    else if (status == STATUS_OK)
        status = register_read(&reader, &text);
    if ((status == STATUS_OK || status == STATUS_MALFORMED) && errors->count > reader.before)
        status = STATUS_CONFIG;
    if (status == STATUS_OK) {
        file->columns = shape->count;
        *out = file;
        file = NULL;
    }
    register_file_free(file);
    buf_wipe(&reader.cell);
    buf_wipe(&text);
    return status;
}
