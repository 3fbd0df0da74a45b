/* Hall applicant: an applicant who never gives up: looks where the order stands and does the next step.
 *
 * What did not work is asked again, from wherever the order then stands; so a visit goes on through kills and
 * faults. How messages are read, papers laid down and codes paid is handed in, because both happen outside.
 * Pitfall: nothing is insisted on here; the one who uses it says when it took too long.
 */
#ifndef TESTS_SUPPORT_HALL_APPLICANT_H
#define TESTS_SUPPORT_HALL_APPLICANT_H

#include "tests/support/hall_program.h"

struct hall_applicant {
    struct hall_program *program;
    const char *order_id; /* of the order to go on with; "" for a new one */
    const char *phone;    /* of a new order */
    bool waits_with_pin;  /* leaves the PIN unset: a clerk will give the order up */
    bool is_on_own_key;   /* the certificate goes onto the key that is there, whose PIN is HALL_PIN */
    /* The code of the newest message to the phone. Returns: false when there is none. */
    bool (*read_code)(void *context, const char *phone, struct secret *code);
    /* The sheet lies on the scanner's glass; NULL: on the program's own. Owns: the callee has the sheet. */
    void (*lay_take)(void *context, struct page_image sheet);
    /* The code on the screen is paid, unless it was paid before. */
    void (*pay)(void *context, const char *out_trade_no);
    /* A new order was opened; may be NULL. */
    void (*opened)(void *context, const char *order_id);
    void *context;
};

/* One step further, or a short wait when it is somebody else's turn. */
void hall_applicant_step(const struct hall_applicant *applicant);
/* Whether the order's life is over. */
bool hall_applicant_is_over(const struct hall_applicant *applicant);

#endif
