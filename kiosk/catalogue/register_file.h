/* Register file: the rows of a register as its keeper exports them: CSV with a line of headings.
 *
 * UTF-8, or GB18030 as spreadsheets write it. Which columns are needed, and of what kind, follows from the
 * comparisons of the products that name the register; other columns are passed over and kept nowhere. All
 * mistakes are told at once as file:line:column. Pitfall: the rows are personal data; free the file soon.
 */
#ifndef KIOSK_CATALOGUE_REGISTER_FILE_H
#define KIOSK_CATALOGUE_REGISTER_FILE_H

#include "kiosk/catalogue/catalogue.h"

enum { REGISTER_COLUMNS_MAX = 24 };

/* One column that is needed. Owns: borrowed from the catalogue. */
struct register_column {
    const char *title;              /* its heading */
    const struct form *form;        /* with the field, */
    const struct form_field *field; /* whose rules its cells keep */
};

struct register_shape {
    const char *kind;
    struct register_column columns[REGISTER_COLUMNS_MAX];
    size_t count;
    size_t key; /* the column by which a row is found */
};

struct register_row {
    unsigned line;
    char *cells[REGISTER_COLUMNS_MAX]; /* normalised, "" for an empty one, in the order of the shape */
};

struct register_file {
    struct register_row *rows;
    size_t count, capacity;
    size_t columns;
};

/* The columns that the catalogue's products compare with this kind of register.
 * Returns: NOT_FOUND (no product names it), FULL (more than REGISTER_COLUMNS_MAX). */
enum status register_shape_make(const struct catalogue *catalogue, const char *kind,
                                struct register_shape *out);
/* The index-th kind that any product names, in the order of products; NULL past the last. Owns: borrowed. */
const char *register_kind_at(const struct catalogue *catalogue, size_t index);

/* The file's rows; `name` stands in messages. Units: today in seconds UTC.
 * Returns: CONFIG with all mistakes told in *errors, FULL past LIMIT_REGISTER_BYTES, NO_MEMORY.
 * Owns: the caller frees *out with register_file_free. After failure: *out is unchanged. */
enum status register_file_parse(const char *name, const char *bytes, size_t length,
                                const struct register_shape *shape, int64_t today_utc_s,
                                struct yaml_errors *errors, struct register_file **out);
/* The rows are overwritten and given back; NULL is allowed. */
void register_file_free(struct register_file *file);

#endif
