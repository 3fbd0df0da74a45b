/* sim-printer as a process: what it announces, and that nothing of it stays behind. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "tests/support/pki_process.h"

#define PROGRAM TEST_BUILD_DIR "/sim-printer"

enum { PATIENCE_MS = 10000, LOOK_MS = 50 };

struct printer {
    char folder[64];
    pid_t pid;
    uint16_t port;
};

static struct printer start(void)
{
    struct printer printer = {0};
    struct buf port;
    pki_process_make_dir(printer.folder);
    const char *port_file = pki_process_path(printer.folder, "port");
    printer.pid = pki_process_start(
        (const char *const[]){PROGRAM, "--state-dir", printer.folder, "--port-file", port_file, NULL});
    assert_true(printer.pid > 0);
    buf_init(&port, 16);
    assert_int_equal(file_read(port_file, &port, NULL), STATUS_OK);
    printer.port = (uint16_t)atoi((const char *)port.data);
    buf_release(&port);
    return printer;
}

static bool listens(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool is_up = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    (void)close(fd);
    return is_up;
}

static bool becomes(uint16_t port, bool wanted)
{
    for (int waited = 0; waited < PATIENCE_MS && listens(port) != wanted; waited += LOOK_MS)
        (void)poll(NULL, 0, LOOK_MS);
    return listens(port) == wanted;
}

static void test_sim_printer__it_listens_when_it_says_ready_and_ends_whole(void **state)
{
    (void)state;
    struct printer printer = start();
    assert_true(listens(printer.port));
    assert_int_equal(pki_process_stop(printer.pid, SIGTERM), 0);
    assert_false(listens(printer.port));
    pki_process_remove_dir(printer.folder);
}

static void test_sim_printer__killed_it_takes_ippeveprinter_along(void **state)
{
    (void)state;
    struct printer printer = start();
    assert_int_equal(pki_process_stop(printer.pid, SIGKILL), 128 + SIGKILL);
    assert_true(becomes(printer.port, false));
    pki_process_remove_dir(printer.folder);
}

static void test_sim_printer__switched_off_and_on_it_is_at_the_same_address(void **state)
{
    (void)state;
    struct printer printer = start();
    pki_process_write(printer.folder, "control", bytes_view("offline\n", 8));
    assert_true(becomes(printer.port, false));
    pki_process_write(printer.folder, "control", bytes_view("", 0));
    assert_true(becomes(printer.port, true));
    assert_int_equal(pki_process_stop(printer.pid, SIGTERM), 0);
    pki_process_remove_dir(printer.folder);
}

/* A job is run as ippeveprinter runs it, with this control file. Returns: how many sheets came out. */
static int sheets_of(const char *control)
{
    char folder[64];
    int sheets = 0;
    struct buf output;
    pki_process_make_dir(folder);
    pki_process_write(folder, "control", bytes_view(control, strlen(control)));
    pki_process_write(folder, "job", bytes_view("%PDF-1.7", 8));
    assert_int_equal(setenv("SIM_PRINTER_STATE", folder, 1), 0);
    assert_int_equal(setenv("SIM_PRINTER_TRAY", folder, 1), 0);
    assert_int_equal(setenv("SIM_PRINTER_PORT", "1", 1), 0);
    assert_int_equal(
        pki_process_run((const char *const[]){PROGRAM, pki_process_path(folder, "job"), NULL}, &output), 0);
    buf_release(&output);
    for (int i = 1; i <= 3; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "job-%d.pdf", i);
        sheets += access(pki_process_path(folder, name), F_OK) == 0;
    }
    assert_int_equal(unsetenv("SIM_PRINTER_STATE"), 0);
    pki_process_remove_dir(folder);
    return sheets;
}

static void test_sim_printer__a_job_comes_out_once_twice_or_not_at_all(void **state)
{
    (void)state;
    assert_int_equal(sheets_of(""), 1);
    assert_int_equal(sheets_of("duplicate\n"), 2);
    assert_int_equal(sheets_of("lose\n"), 0);
}

static void test_sim_printer__it_says_when_it_cannot_start(void **state)
{
    (void)state;
    struct buf output;
    assert_int_equal(pki_process_run((const char *const[]){PROGRAM, NULL}, &output), 2);
    assert_non_null(strstr((const char *)output.data, "--state-dir"));
    buf_release(&output);
    char folder[64];
    pki_process_make_dir(folder);
    assert_int_equal(pki_process_run((const char *const[]){PROGRAM, "--state-dir", folder, "--ippeveprinter",
                                                           "/no/such/program", NULL},
                                     &output),
                     1);
    assert_non_null(strstr((const char *)output.data, "/no/such/program"));
    buf_release(&output);
    pki_process_remove_dir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sim_printer__it_listens_when_it_says_ready_and_ends_whole),
        cmocka_unit_test(test_sim_printer__killed_it_takes_ippeveprinter_along),
        cmocka_unit_test(test_sim_printer__switched_off_and_on_it_is_at_the_same_address),
        cmocka_unit_test(test_sim_printer__a_job_comes_out_once_twice_or_not_at_all),
        cmocka_unit_test(test_sim_printer__it_says_when_it_cannot_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
