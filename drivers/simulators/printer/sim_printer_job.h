/* Sim printer job: what ippeveprinter starts for each job: the printing itself, sheet by sheet into the tray.
 *
 * The tray is a directory: `job-<n>.pdf` appears, whole, when the job's sheets have come out, n counting from
 * 1 over restarts, with the job's name in `job-<n>.name` beside it. Nothing appears for a job that was
 * cancelled or given up. Pitfall: copies are not repeated; one file stands for all of them.
 */
#ifndef DRIVERS_SIMULATORS_PRINTER_SIM_PRINTER_JOB_H
#define DRIVERS_SIMULATORS_PRINTER_SIM_PRINTER_JOB_H

#define SIM_PRINTER_JOB_STATE "SIM_PRINTER_STATE"
#define SIM_PRINTER_JOB_TRAY "SIM_PRINTER_TRAY"
#define SIM_PRINTER_JOB_PORT "SIM_PRINTER_PORT"

/* The file ippeveprinter spooled is printed under the control file's rule; the variables above say where.
 * Returns: the exit code ippeveprinter understands: 0 printed or cancelled, 1 given up.
 * Time: until paper is back and the like. */
int sim_printer_job_run(const char *spooled);

#endif
