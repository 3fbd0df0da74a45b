/* Entry: the applicant's form while it is being filled: the text of each field, whether it is right, and
 * where in the form the applicant stands.
 *
 * Lives in the form screen's state; it asks no service and draws nothing. What was typed becomes a value of
 * the visit when the field is left, not before. Pitfall: a derived field has no text of its own here; what it
 * shows comes from form_value.
 */
#ifndef KIOSK_SCREENS_ENTRY_H
#define KIOSK_SCREENS_ENTRY_H

#include "kiosk/screens/screen.h"

enum { ENTRY_ID_BYTES = 96, ENTRY_MESSAGE_BYTES = 256 };

struct entry_field {
    struct text_edit edit;
    bool touched; /* left once: what is right or wrong with it may be shown */
    bool faulty;
    char message[ENTRY_MESSAGE_BYTES];
};

struct entry {
    struct entry_field fields[LIMIT_FORM_FIELDS]; /* in the order of the form's fields */
    size_t block;
    size_t page;     /* within the block */
    size_t revealed; /* index + 1 of the masked field shown for a while, 0 for none */
};

/* The form of the visit's product and operation. Owns: borrowed. */
const struct form *entry_form(const struct ui *ui);
/* The values of the visit. Owns: borrowed. */
struct form_values *entry_values(const struct ui *ui);

/* Each field holds what the visit knows and, where that is something, is judged; a rejected field says what
 * the clerk said until it is edited. */
void entry_load(struct entry *entry, struct ui *ui);
/* The field was left: its text is normalised, becomes the value and is judged, unless it is still empty. */
void entry_leave(struct entry *entry, struct ui *ui, size_t index);
/* The field was edited: nothing is said about it until it is left. */
void entry_edit(struct entry *entry, size_t index);
/* What the services found out about the stored values is said: fields that have been left and hold a value
 * another order has are wrong. Returns: whether there is none. */
bool entry_hear(struct entry *entry, struct ui *ui);
/* What a register says of the field; NONE while it is empty or being typed. */
enum service_finding_verdict entry_finding(const struct entry *entry, const struct ui *ui, size_t index);
/* Every field that is asked is judged, empty ones too. Returns: whether all are right. */
bool entry_judge(struct entry *entry, struct ui *ui);

/* Whether the field has a place on the screen, with the answers as they stand. */
bool entry_is_shown(const struct ui *ui, const struct form_field *field);
/* Whether the applicant may change the field: asked, shown, and among the rejected ones where some were. */
bool entry_is_open(const struct ui *ui, const struct form_field *field);
/* The widget's id of a field: "form.company". */
void entry_id(const struct form_field *field, char out[ENTRY_ID_BYTES]);
/* Returns: the index of the field with this widget's id, the number of fields when there is none. */
size_t entry_index(const struct form *form, const char *widget_id);
/* Returns: the first field that is wrong, the number of fields when there is none. */
size_t entry_first_faulty(const struct entry *entry, const struct form *form);
/* The next field behind this one, round the end, that still wants something. Returns: the number of fields
 * when there is none. */
size_t entry_next_wanted(const struct entry *entry, const struct ui *ui, size_t from);
/* Whether the field is required and still empty; that is no mistake of anybody's. */
bool entry_is_missing(const struct entry *entry, const struct ui *ui, size_t index);
/* Whether what stands in the field is known to be wrong. */
bool entry_is_wrong(const struct entry *entry, const struct ui *ui, size_t index);
/* How many fields of a block are wrong, and how many are missing. */
size_t entry_faulty(const struct entry *entry, const struct ui *ui, size_t block);
size_t entry_missing(const struct entry *entry, const struct ui *ui, size_t block);

#endif
