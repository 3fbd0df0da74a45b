#include "tests/support/scanner_bench.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "drivers/scanner/scanner_setup.h"
#include "kiosk/base/check.h"

enum { READY_TRIES = 1000, READY_NAP_MS = 10 };

static void nap_ms(long ms)
{
    const struct timespec nap = {0, ms * 1000000L};
    nanosleep(&nap, NULL);
}

static void run_simulator(const char *build_folder, const char *port_file, uint16_t port)
{
    char program[512], number[8];
    snprintf(program, sizeof program, "%s/sim-scanner", build_folder);
    snprintf(number, sizeof number, "%u", port);
    int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(quiet, STDOUT_FILENO);
    execl(program, program, "--port", number, "--port-file", port_file, "--die-with-parent", (char *)NULL);
    _exit(127);
}

static uint16_t wait_for_port(const char *port_file)
{
    for (int i = 0; i < READY_TRIES; i++) {
        unsigned port = 0;
        FILE *file = fopen(port_file, "re");
        int read = file ? fscanf(file, "%u", &port) : 0;
        if (file)
            fclose(file);
        if (read == 1)
            return (uint16_t)port;
        nap_ms(READY_NAP_MS);
    }
    return 0;
}

static void launch(struct scanner_bench *bench, const char *build_folder, uint16_t port)
{
    char port_file[96];
    snprintf(port_file, sizeof port_file, "%s/port", bench->folder);
    unlink(port_file);
    bench->pid = fork();
    check(bench->pid >= 0);
    if (bench->pid == 0)
        run_simulator(build_folder, port_file, port);
    bench->port = wait_for_port(port_file);
    check(bench->port != 0);
}

void scanner_bench_start(struct scanner_bench *bench, const char *build_folder)
{
    char url[64];
    snprintf(bench->folder, sizeof bench->folder, "/tmp/scanner-bench-XXXXXX");
    check(mkdtemp(bench->folder));
    launch(bench, build_folder, 0);
    snprintf(bench->sane_folder, sizeof bench->sane_folder, "%s/sane", bench->folder);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/eSCL/", bench->port);
    check(scanner_setup_escl(bench->sane_folder, "Counter Scanner", url, NULL) == STATUS_OK);
}

void scanner_bench_kill(struct scanner_bench *bench)
{
    if (bench->pid <= 0)
        return;
    kill(bench->pid, SIGKILL);
    waitpid(bench->pid, NULL, 0);
    bench->pid = 0;
}

void scanner_bench_revive(struct scanner_bench *bench, const char *build_folder)
{
    launch(bench, build_folder, bench->port);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

void scanner_bench_stop(struct scanner_bench *bench)
{
    scanner_bench_kill(bench);
    nftw(bench->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

int scanner_bench_control(const struct scanner_bench *bench, const char *path)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(bench->port)};
    char text[1024];
    int code = 0, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    snprintf(text, sizeof text,
             "POST /control/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
             path);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
        send(fd, text, strlen(text), MSG_NOSIGNAL) > 0) {
        ssize_t length = recv(fd, text, sizeof text - 1, 0);
        text[length > 0 ? length : 0] = '\0';
        if (sscanf(text, "HTTP/1.%*d %d", &code) != 1)
            code = 0;
    }
    if (fd >= 0)
        close(fd);
    return code;
}
