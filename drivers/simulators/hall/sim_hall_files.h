/* Sim hall files: the control files of the printer and the key writer, and the printer's tray.
 *
 * What they hold is described where they are read: sim_printer_control.h, key_state.h, sim_printer_job.h.
 * Pitfall: the writer's file is changed under its folder's lock, because the simulated key counts its own
 * lines down.
 */
#ifndef DRIVERS_SIMULATORS_HALL_SIM_HALL_FILES_H
#define DRIVERS_SIMULATORS_HALL_SIM_HALL_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "drivers/simulators/hall/sim_hall.h"

/* The beginning of a small file as text. Returns: whether it could be read; the text is "" when not. */
bool sim_hall_files_read(const char *path, char *out, size_t size);

/* The line is in the printer's control file, or is not. NULL takes every line away. Returns: IO, FULL. */
enum status sim_hall_files_printer_line(const char *printer_dir, const char *line, bool is_wanted);

/* Whether a line stands in a text of lines. */
bool sim_hall_files_has_line(const char *text, const char *line);

/* The number of the newest sheet in the tray. Returns: 0 for none. */
int sim_hall_files_newest_job(const char *tray_dir);

/* The names of all papers, then of all printed sheets. Returns: how many, SIM_HALL_SHEETS at most. */
int sim_hall_files_sheets(const char *papers_dir, const char *tray_dir, char names[SIM_HALL_SHEETS][64]);

/* The key in the writer. Returns: whether there is one; the name is "" when not. */
bool sim_hall_files_key(const char *key_dir, char name[64]);
/* What stands in the writer's file beside the key. */
void sim_hall_files_key_lines(const char *key_dir, char *out, size_t size);
/* The names of all keys, in alphabetical order. Returns: how many, SIM_HALL_KEYS at most. */
int sim_hall_files_keys(const char *key_dir, char names[SIM_HALL_KEYS][64]);
/* A name no key has. */
void sim_hall_files_fresh_key(const char *key_dir, char name[64]);

/* This key is in the writer, nothing planned; NULL: it is empty. Another insertion number each time.
 * Returns: IO, FULL. */
enum status sim_hall_files_insert(const char *key_dir, const char *name);
/* The line stands beside the key. Returns: IO, FULL. */
enum status sim_hall_files_key_plan(const char *key_dir, const char *line);

#endif
