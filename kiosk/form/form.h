/* Form: the fields of one application, their values, and everything that is wrong with them at once.
 *
 * Pure: fields come from the product's definition, words from assets/text, the day from the caller. It draws
 * no page and prints no paper. Pitfall: a derived field has no value of its own; always read through
 * form_value, never form_values_get, when a value is shown, printed or put into a certificate.
 */
#ifndef KIOSK_FORM_FORM_H
#define KIOSK_FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/status.h"
#include "kiosk/form/form_error.h"
#include "kiosk/form/region.h"

enum {
    FORM_ID_BYTES = 64,     /* a field, block or row id with NUL */
    FORM_FIELD_ROWS_MAX = 4 /* printed rows one field feeds */
};

enum form_keyboard {
#define FORM_KEYBOARD(code, name) FORM_KEYBOARD_##code,
#include "kiosk/form/form_keyboards.def"
#undef FORM_KEYBOARD
    FORM_KEYBOARD_COUNT_
};

enum form_kind {
#define FORM_KIND(code, name, rule, keyboard) FORM_KIND_##code,
#include "kiosk/form/form_kinds.def"
#undef FORM_KIND
    FORM_KIND_COUNT_
};

enum form_subject {
#define FORM_SUBJECT(code, name) FORM_SUBJECT_##code,
#include "kiosk/form/form_subjects.def"
#undef FORM_SUBJECT
    FORM_SUBJECT_COUNT_
};

/* A group of fields with one tab on the screen. Owns: texts are borrowed from the product. */
struct form_block {
    const char *id;
    const char *label;
    const char *note; /* one sentence above the fields, "" for none */
    bool optional;    /* the tab says 选填 */
};

/* One field. Owns: texts are borrowed from the product; "" where there is none. */
struct form_field {
    const char *id;
    const char *block;
    const char *label;
    enum form_kind kind;
    enum form_subject subject;
    bool required;
    bool masked;      /* shown with its middle hidden */
    bool hidden;      /* neither asked nor shown; prints what it derives */
    bool tells_agent; /* a hidden choice of two: the second says that somebody acts for the person */
    bool unique;      /* no two certificates of the product have the same value */
    enum form_keyboard keyboard; /* DEFAULT: form_field_keyboard knows */
    unsigned min_characters;
    unsigned max_characters;
    const char *placeholder;
    const char *hint;
    const char *derived_from; /* id of the field whose value this one has; shown locked; "" for none */
    const char *same_from;    /* id of the field that 与申请人相同 copies into this one, "" for none */
    const char *row[FORM_FIELD_ROWS_MAX]; /* ids of the printed rows that carry the value */
    size_t row_count;
    const char *const *options; /* the answers of a choice */
    size_t option_count;
    const char *kind_field; /* id of a choice this field's kind depends on, "" for none */
    const char *const
        *kind_when; /* its answers with which the kind holds; with another the value is a code */
    size_t kind_when_count;
    const char *shown_field;       /* id of an earlier choice that decides whether it is asked, "" for none */
    const char *const *shown_when; /* its answers with which it is */
    size_t shown_when_count;
};

/* A form definition. Owns: borrowed from the product. */
struct form {
    const char *id;
    const struct form_block *blocks;
    size_t block_count;
    const struct form_field *fields;
    size_t field_count;
    const struct region_list *regions; /* for fields of the kind region; NULL without a table */
};

struct form_value {
    char id[FORM_ID_BYTES];
    char *text; /* UTF-8 */
};

/* What a person typed, by field id. Personal: wiped when released. */
struct form_values {
    struct form_value value[LIMIT_FORM_FIELDS];
    size_t count;
};

/* Everything wrong with a form, in the order of its fields, at most one error per field. */
struct form_errors {
    struct form_error error[LIMIT_FORM_FIELDS];
    size_t count;
};

/* There are no values. */
void form_values_init(struct form_values *values);
/* All values are overwritten and given back; the object is empty and may be used again. NULL is allowed. */
void form_values_wipe(struct form_values *values);
/* The value belongs to the id; an empty text takes it away. An earlier value is overwritten.
 * Returns: FULL past LIMIT_FORM_FIELDS, LIMIT_FIELD_BYTES or FORM_ID_BYTES, MALFORMED for text that is not
 * UTF-8, NO_MEMORY. After failure: the values are unchanged. */
enum status form_values_set(struct form_values *values, const char *id, const char *text);
/* The stored text, "" when there is none. Owns: borrowed until the next set or wipe. */
const char *form_values_get(const struct form_values *values, const char *id);
/* The values are a copy. Returns: NO_MEMORY. Owns: the caller wipes *out, which must not hold
 * values before. After failure: *out is empty. */
enum status form_values_copy(struct form_values *out, const struct form_values *from);

/* The field with this id, NULL when there is none. */
const struct form_field *form_find(const struct form *form, const char *id);
/* The block with this id, NULL when there is none. */
const struct form_block *form_find_block(const struct form *form, const char *id);
/* Whether the field has a place on the screen and on paper: the choice it depends on has one of the answers
 * that show it. What was typed before stays among the values and counts again when it is shown again. */
bool form_field_is_shown(const struct form *form, const struct form_values *values,
                         const struct form_field *field);
/* Whoever is here is the person, or somebody who acts for them: the form's own choice of that, where it has
 * one, says so. Returns: as form_values_set. */
enum status form_tell_agent(const struct form *form, bool is_agent, struct form_values *values);
/* What was typed into fields that are not shown is taken away, as where it is kept. */
void form_drop_unshown(const struct form *form, struct form_values *values);
/* The value a field has, derived ones followed to their source; "" when there is none or it is not shown.
 * Owns: borrowed. */
const char *form_value(const struct form *form, const struct form_values *values, const char *id);
/* What a printed row says: the values of all fields that feed it, in field order, one space between them,
 * stand at the end of the buffer; nothing for a row nobody feeds. Returns: as buf_append. */
enum status form_row(const struct form *form, const struct form_values *values, const char *row,
                     struct buf *out);
/* A template with {field_id} placeholders is filled from the form, at the end of the buffer; "{{" is a brace.
 * Returns: NOT_FOUND for an unknown field, MALFORMED for a brace without its partner; else as buf_append.
 * After failure: the content is unchanged. */
enum status form_fill(const struct form *form, const struct form_values *values, const char *pattern,
                      struct buf *out);
/* The keyboard a field opens: its own or its kind's. */
enum form_keyboard form_field_keyboard(const struct form_field *field);
/* The kind by which a field's value is judged: its own, or a code when the choice it depends on has another
 * answer (证件类型 护照). */
enum form_kind form_field_kind(const struct form *form, const struct form_values *values,
                               const struct form_field *field);
/* Whether the applicant types into the field: neither hidden nor derived. */
bool form_field_is_asked(const struct form_field *field);

/* Whether no other field of the form that can be seen has the same label: 身份证号码 may be the legal
 * representative's and the agent's. */
bool form_label_is_unique(const struct form *form, size_t index);

/* Whether its value is chosen from a list instead: a choice, or a region where there are regions. */
bool form_field_is_chosen(const struct form *form, const struct form_field *field);

/* What was typed stands trimmed and folded at the end of the buffer: full-width letters, digits and signs
 * become half-width where the kind is a number or an address, x becomes X in numbers, spaces and hyphens
 * leave numbers, runs of spaces in texts become one, hidden characters are gone. Returns: MALFORMED for text
 * that is not UTF-8; else as buf_append. */
enum status form_normalise(enum form_kind kind, const char *text, struct buf *out);
/* The value with its middle hidden by "*", as masked fields show it: first 3 and last 4 characters stay, of a
 * short value only the first. Returns: as buf_append. */
enum status form_mask(const char *value, struct buf *out);

/* The name with its middle hidden: 王*小; of two characters only the first stays. Returns: as buf_append. */
enum status form_mask_name(const char *name, struct buf *out);

/* Whether one field's value can stand: what leaving a field on the screen asks.
 * Units: today in seconds UTC. Returns: true, or false with *error filled. */
bool form_check(const struct form *form, const struct form_values *values, const struct form_field *field,
                int64_t today_utc_s, struct form_error *error);
/* Whether the whole form can stand; all errors are collected in field order.
 * Units: today in seconds UTC. Returns: true when *errors is empty. */
bool form_check_all(const struct form *form, const struct form_values *values, int64_t today_utc_s,
                    struct form_errors *errors);
/* The number of asked, shown, required fields of a block (all blocks for NULL) that are still empty ("还差 N
 * 项"). */
size_t form_missing(const struct form *form, const struct form_values *values, const char *block);

/* Stable names, "invalid" outside the list. Thread: any. */
const char *form_kind_name(enum form_kind kind);
const char *form_keyboard_name(enum form_keyboard keyboard);
const char *form_subject_name(enum form_subject subject);

#endif
