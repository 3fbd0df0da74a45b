/* A company's people and what it has, for the logged-in person: all of it for its administrator.
 *
 * screen_unit.c has the four functions but the drawing, screen_unit_draw.c the drawing.
 * Pitfall: rows change with every answer, so what a dialog asks about is kept by id.
 */
#ifndef KIOSK_SCREENS_SCREEN_UNIT_H
#define KIOSK_SCREENS_SCREEN_UNIT_H

#include "kiosk/screens/screen.h"

enum { SCREEN_UNIT_TERMS = 3 };
/* How long an authorisation may be given for. Units: days. */
extern const int screen_unit_terms[SCREEN_UNIT_TERMS];

struct screen_unit_state {
    size_t unit; /* of the visit's */
    int page;
    bool asking; /* whether it is really meant */
    enum service_unit_act_kind ask;
    char subject[SERVICE_MARK_BYTES];
    bool granting;  /* an authorisation is being made up */
    bool to_person; /* for a person, not for a platform */
    size_t person;  /* chosen, index + 1 of the unit's persons; 0 for none */
    int term;       /* of the terms */
    struct text_edit platform;
    uint64_t listing, acting;
    char message[192];
};

/* The unit in hand; NULL while there is none. Owns: borrowed from the visit. */
const struct service_unit *screen_unit_of(const struct screen_unit_state *state, const struct ui *ui);
/* Whether the logged-in person is its administrator, or one of its people at all. */
bool screen_unit_is_manager(const struct service_unit *unit);
bool screen_unit_is_member(const struct service_unit *unit);
/* Whether what was made up can be given. */
bool screen_unit_can_grant(const struct screen_unit_state *state, const struct service_unit *unit);
/* The order of rows: people first. Units: rows. */
size_t screen_unit_rows(const struct service_unit *unit);

#endif
