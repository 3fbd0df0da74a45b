/* Sim printer control: what the file STATE/control says should happen, one word or word and number per line.
 *
 *   paper-out     no sheet is left, also while nothing prints; the waiting job goes on when the line is gone
 *   supply-low    toner runs low; printing goes on
 *   jam           a sheet is stuck while a job prints; goes on when the line is gone
 *   cover-open    the same with an open cover
 *   abort         every job is given up as soon as it begins
 *   slow MS       a job takes at least so many milliseconds
 *   lose          a job is said to be done, and no sheet comes out
 *   duplicate     every job comes out twice
 *   offline       the printer is switched off; its queue is forgotten
 *
 * A missing or empty file means that all is well. Replace the file in one step (write beside, rename).
 * Unknown lines are passed over. Pitfall: the file stays as it is; a jam is
 * mended by taking the line away.
 */
#ifndef DRIVERS_SIMULATORS_PRINTER_SIM_PRINTER_CONTROL_H
#define DRIVERS_SIMULATORS_PRINTER_SIM_PRINTER_CONTROL_H

#include <stdbool.h>

struct sim_printer_control {
    bool paper_out;
    bool supply_low;
    bool jam;
    bool cover_open;
    bool abort;
    bool lose;
    bool duplicate;
    bool offline;
    int slow_ms;
};

/* The file `control` in this directory is read. */
struct sim_printer_control sim_printer_control_read(const char *state_dir);

/* The text is read; what the function above does with the file's. */
struct sim_printer_control sim_printer_control_parse(const char *text);

#endif
