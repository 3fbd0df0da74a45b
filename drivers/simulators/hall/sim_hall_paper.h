/* Sim hall paper: the applicant's hands: takes the newest printed form, signs and stamps it, fetches the
 * other papers.
 *
 * The values on the papers come from the printed form itself, read with pdftotext, so that they are the ones
 * that were typed; sim-page draws. Pitfall: a long name is broken into two lines on the form and is then not
 * found; the seal carries the fallback's name.
 */
#ifndef DRIVERS_SIMULATORS_HALL_SIM_HALL_PAPER_H
#define DRIVERS_SIMULATORS_HALL_SIM_HALL_PAPER_H

#include <stddef.h>

#include "drivers/simulators/hall/sim_hall.h"

/* settings->page_file is the picture of this paper: "form", "licence", "id-legal", "id-agent" or "empty",
 * with more of sim-page's arguments behind it, separated by blanks.
 * Returns: NOT_FOUND (no form was printed yet), REFUSED (sim-page failed), IO. Time: a second or two. */
enum status sim_hall_paper_make(const struct sim_hall_settings *settings, const char *what);

/* settings->page_file is the picture of this sheet (sim_hall_files_sheets) as it is.
 * Returns: NOT_FOUND (no such sheet), REFUSED (no picture), IO. Time: a second or two. */
enum status sim_hall_paper_copy(const struct sim_hall_settings *settings, const char *name);

/* The value behind the label in pdftotext's layout: what stands up to two blanks or the line's end.
 * Returns: whether there is one. */
bool sim_hall_paper_value(const char *text, const char *label, char *out, size_t size);

#endif
