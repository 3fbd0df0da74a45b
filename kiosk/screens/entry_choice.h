/* Entry choice: a field whose value is chosen: its list stands in place of the form, page by page.
 *
 * A choice has one list, a region two: provinces, then the places of one. It fills the entry; storing is the
 * form screen's. Pitfall: while it is open it takes every tap but those of the bars that are not its own.
 */
#ifndef KIOSK_SCREENS_ENTRY_CHOICE_H
#define KIOSK_SCREENS_ENTRY_CHOICE_H

#include "kiosk/screens/entry.h"

struct entry_choice {
    bool is_open;
    bool goes_on;    /* was opened by 下一项: the next field follows */
    size_t field;    /* index in the form */
    size_t province; /* index + 1 of the region's province, 0 while it is chosen */
    int page;
};

/* What became of an event. */
enum entry_choice_end {
    ENTRY_CHOICE_NOT_MINE,
    ENTRY_CHOICE_OPEN,   /* taken, nothing is chosen yet */
    ENTRY_CHOICE_FILLED, /* the field has its value */
    ENTRY_CHOICE_LEFT    /* nothing was chosen */
};

/* The field's list is open. */
void entry_choice_begin(struct entry_choice *choice, size_t field, bool goes_on);
/* A tap on the list. After FILLED the entry has the value, judged; `choice` says whether to go on. */
enum entry_choice_end entry_choice_event(struct entry_choice *choice, struct ui *ui, struct entry *entry,
                                         const struct ui_event *event);
/* The whole page, bars included, in place of the form's. */
void entry_choice_draw(struct ui *ui, const struct entry_choice *choice, const struct entry *entry);

#endif
