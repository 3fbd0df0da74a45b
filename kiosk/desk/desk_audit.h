/* Desk audit: what the page of the audit has in hand: which rows are looked for, and the row beside them.
 *
 * desk_audit.c has the four functions of the screen and the rows, desk_audit_filter.c what narrows them,
 * desk_audit_export.c the file of them, desk_audit_side.c the row in hand. Pitfall: only one page of rows is
 * here at a time; what is chosen counts over all that the filter leaves.
 */
#ifndef KIOSK_DESK_DESK_AUDIT_H
#define KIOSK_DESK_DESK_AUDIT_H

#include "kiosk/desk/desk.h"

enum desk_audit_period {
    DESK_AUDIT_TODAY,
    DESK_AUDIT_YESTERDAY,
    DESK_AUDIT_WEEK,
    DESK_AUDIT_MONTH,
    DESK_AUDIT_EVER,
    DESK_AUDIT_PERIODS
};
enum desk_audit_picker {
    DESK_AUDIT_NO_PICKER,
    DESK_AUDIT_TIME,
    DESK_AUDIT_ACTOR,
    DESK_AUDIT_KIND,
    DESK_AUDIT_PLACE,
    DESK_AUDIT_RESULT,
    DESK_AUDIT_PICKERS
};

struct desk_audit_state {
    size_t selected; /* of all rows the filter leaves */
    size_t rows;     /* that were asked for */
    enum desk_audit_period period;
    struct service_audit_filter filter; /* without time, text and page */
    enum desk_audit_picker open;
    struct text_edit search;
    uint64_t loading, opening;
    bool verifying;
    bool unfolded; /* the row in hand says all that is known of it, in place of who, where and about what */
    char message[128]; /* why there are no rows */
    struct {
        bool asking;
        struct text_edit second, password;
        uint64_t writing;
        char message[128]; /* why it was not written */
    } file;
};

/* --- desk_audit_filter.c */

/* The pickers stand in the tools. Units: base px. Returns: where the open one stands. */
struct rect desk_audit_filter_draw(const struct desk_audit_state *state, struct ui *ui, struct rect tools);
/* The menu of the picker that is open lies over the page; call it last. Units: base px. */
void desk_audit_filter_draw_menu(const struct desk_audit_state *state, struct ui *ui, struct rect below);
/* Its taps. Returns: whether it took the event; *changed says whether other rows are looked for now. */
bool desk_audit_filter_event(struct desk_audit_state *state, const struct ui *ui,
                             const struct ui_event *event, bool *changed);
/* Whether less is looked for than all of today. */
bool desk_audit_filter_narrows(const struct desk_audit_state *state);
/* What the store is asked, from the row `first` on; `until_utc_ms` holds pages still, 0 looks anew. */
void desk_audit_filter_fill(const struct desk_audit_state *state, const struct ui *ui, int64_t until_utc_ms,
                            size_t first, struct service_audit_filter *out);

/* --- desk_audit_export.c */

/* What is typed is empty; it is wiped. */
void desk_audit_export_init(struct desk_audit_state *state);
void desk_audit_export_wipe(struct desk_audit_state *state);
/* The dialog over the page while it is asked for. */
void desk_audit_export_draw(struct desk_audit_state *state, struct ui *ui);
/* Its taps, keys and reply, and the button that opens it, audit.export. Returns: whether it took the event.
 */
bool desk_audit_export_event(struct desk_audit_state *state, struct ui *ui, const struct ui_event *event);

/* --- desk_audit_side.c */

/* Whether the order can be opened at this desk now, and where. */
bool desk_audit_can_open(const struct ui *ui, const struct service_audit_line *line);
/* The row in hand (NULL for none) and its buttons, audit.open and audit.verify. */
void desk_audit_side_draw(const struct desk_audit_state *state, struct ui *ui, struct rect area,
                          const struct service_audit_line *line);

#endif
