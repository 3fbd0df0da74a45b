/* Sim page paper: the other papers an applicant brings, as copies with made-up values.
 *
 * A licence and identity cards in plain layout, marked as samples: good enough to be scanned, stamped and
 * looked at, and like no real paper.
 */
#ifndef DRIVERS_SIMULATORS_PAGE_SIM_PAGE_PAPER_H
#define DRIVERS_SIMULATORS_PAGE_SIM_PAGE_PAPER_H

#include "drivers/simulators/page/sim_page_sheet.h"

struct sim_page_person {
    const char *unit; /* name of the unit */
    const char *code; /* its credit code */
    const char *name; /* legal representative or card holder */
    const char *id;   /* identity number */
    const char *address;
};

/* The paper is drawn on the sheet. Units: kind is "licence", "id-legal" or "id-agent".
 * Returns: NOT_FOUND for another kind. */
enum status sim_page_paper_draw(struct sim_page_sheet *sheet, const char *kind,
                                const struct sim_page_person *person);

#endif
