/* Pki ca: a running embedded CA for tests, in its own directory, alone or behind the misbehaving proxy
 * sim-ca.
 *
 * Starts the programs of the build tree given by TEST_BUILD_DIR; readiness is waited for, never slept for.
 */
#ifndef TESTS_SUPPORT_PKI_CA_H
#define TESTS_SUPPORT_PKI_CA_H

#include <sys/types.h>

#include "kiosk/base/buf.h"

struct pki_ca {
    char build_dir[256];
    char dir[64];         /* everything below here */
    char state_dir[96];   /* certca --dir */
    char socket_path[96]; /* certca --socket */
    char crl_file[96];    /* certca --crl-file */
    char proxy_path[96];  /* sim-ca --listen */
    pid_t pid;            /* 0 when it does not run */
    pid_t proxy_pid;
    int proxy_port;
};

/* The CA (P-256, so that tests are quick) is made in a fresh directory and runs. */
void pki_ca_start(struct pki_ca *ca, const char *build_dir);
/* It runs again on its directory. */
void pki_ca_restart(struct pki_ca *ca);
/* It was sent this signal and is gone. Returns: as pki_process_stop. */
int pki_ca_stop(struct pki_ca *ca, int number);
/* Everything is ended and removed. */
void pki_ca_end(struct pki_ca *ca);

/* `certca list` as it is now. Owns: the caller releases it. */
struct buf pki_ca_list(const struct pki_ca *ca);

/* The proxy runs in front of it. */
void pki_ca_start_proxy(struct pki_ca *ca);
/* The next `count` calls of the method meet this fault. */
void pki_ca_fault(const struct pki_ca *ca, const char *method, const char *kind, const char *argument,
                  int count);

#endif
