/* Pki process: other programs for tests: run to the end with their output, or started until they say ready.
 *
 * Used for the openssl command line as an independent judge and for certca and sim-ca. Kills only what it
 * started.
 */
#ifndef TESTS_SUPPORT_PKI_PROCESS_H
#define TESTS_SUPPORT_PKI_PROCESS_H

#include <sys/types.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"

/* The program ran with these arguments (NULL last); standard output and error stand in *output (initialised
 * here). Returns: its exit code, 128 + signal when it was killed. Owns: the caller releases *output. */
int pki_process_run(const char *const *arguments, struct buf *output);

/* The program runs and has printed a first line. Returns: its pid, or minus its exit code (or -1) when it
 * ended before that. Owns: the caller ends it with pki_process_stop. */
pid_t pki_process_start(const char *const *arguments);

/* The signal was sent and the process is gone. Returns: as pki_process_run. */
int pki_process_stop(pid_t pid, int number);

/* A fresh directory below TMPDIR or /tmp. Owns: the caller removes it with pki_process_remove_dir. */
void pki_process_make_dir(char out[64]);
/* The directory and everything in it is gone. */
void pki_process_remove_dir(const char *dir);

/* The bytes stand in dir/name. */
void pki_process_write(const char *dir, const char *name, struct bytes bytes);
/* dir/name as a path that lives until 8 further calls. */
const char *pki_process_path(const char *dir, const char *name);

#endif
