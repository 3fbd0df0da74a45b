#include "tests/support/token_sim.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "tests/support/pki_process.h"

static void write_control(struct token_sim *sim, const char *line)
{
    char path[128];
    char fresh[128];
    snprintf(path, sizeof(path), "%s/lock", sim->dir);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    check(lock >= 0 && flock(lock, LOCK_EX) == 0);
    snprintf(path, sizeof(path), "%s/control", sim->dir);
    snprintf(fresh, sizeof(fresh), "%s/control.fresh", sim->dir);
    FILE *file = fopen(fresh, "we");
    check(file != NULL);
    if (sim->inserted[0] != 0)
        fprintf(file, "insert %s %u\n", sim->inserted, sim->insertions);
    fprintf(file, "%s\n", line);
    check(fclose(file) == 0 && rename(fresh, path) == 0);
    close(lock);
}

void token_sim_open(struct token_sim *sim)
{
    *sim = (struct token_sim){0};
    pki_process_make_dir(sim->dir);
    check(setenv("SIM_KEY_DIR", sim->dir, 1) == 0);
}

void token_sim_close(struct token_sim *sim)
{
    pki_process_remove_dir(sim->dir);
    (void)unsetenv("SIM_KEY_DIR");
}

void token_sim_insert(struct token_sim *sim, const char *name)
{
    check(text_copy(sim->inserted, sizeof(sim->inserted), name));
    sim->insertions++;
    write_control(sim, "");
}

void token_sim_pull(struct token_sim *sim)
{
    sim->inserted[0] = 0;
    write_control(sim, "");
}

void token_sim_plan(struct token_sim *sim, const char *line)
{
    write_control(sim, line);
}
