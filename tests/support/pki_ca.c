#include "tests/support/pki_ca.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "tests/support/pki_process.h"

void pki_ca_restart(struct pki_ca *ca)
{
    const char *const arguments[] = {pki_process_path(ca->build_dir, "certca"),
                                     "serve",
                                     "--dir",
                                     ca->state_dir,
                                     "--socket",
                                     ca->socket_path,
                                     "--crl-file",
                                     ca->crl_file,
                                     NULL};
    ca->pid = pki_process_start(arguments);
    check(ca->pid > 0);
}

void pki_ca_start(struct pki_ca *ca, const char *build_dir)
{
    struct buf output;
    *ca = (struct pki_ca){0};
    (void)snprintf(ca->build_dir, sizeof(ca->build_dir), "%s", build_dir);
    pki_process_make_dir(ca->dir);
    (void)snprintf(ca->state_dir, sizeof(ca->state_dir), "%s/ca", ca->dir);
    (void)snprintf(ca->socket_path, sizeof(ca->socket_path), "%s/s", ca->dir);
    (void)snprintf(ca->crl_file, sizeof(ca->crl_file), "%s/crl.pem", ca->dir);
    (void)snprintf(ca->proxy_path, sizeof(ca->proxy_path), "%s/p", ca->dir);
    const char *const arguments[] = {
        pki_process_path(build_dir, "certca"), "init",  "--dir", ca->state_dir, "--crl-url",
        "http://127.0.0.1/issuing.crl",        "--key", "p256",  NULL};
    check(pki_process_run(arguments, &output) == 0);
    buf_release(&output);
    pki_ca_restart(ca);
}

int pki_ca_stop(struct pki_ca *ca, int number)
{
    int code = pki_process_stop(ca->pid, number);
    ca->pid = 0;
    return code;
}

void pki_ca_end(struct pki_ca *ca)
{
    if (ca->proxy_pid > 0)
        (void)pki_process_stop(ca->proxy_pid, SIGTERM);
    if (ca->pid > 0)
        (void)pki_process_stop(ca->pid, SIGTERM);
    pki_process_remove_dir(ca->dir);
    *ca = (struct pki_ca){0};
}

struct buf pki_ca_list(const struct pki_ca *ca)
{
    struct buf output;
    const char *const arguments[] = {pki_process_path(ca->build_dir, "certca"), "list", "--dir",
                                     ca->state_dir, NULL};
    check(pki_process_run(arguments, &output) == 0);
    return output;
}

void pki_ca_start_proxy(struct pki_ca *ca)
{
    struct buf text;
    const char *port_file = pki_process_path(ca->dir, "port");
    const char *const arguments[] = {pki_process_path(ca->build_dir, "sim-ca"),
                                     "--listen",
                                     ca->proxy_path,
                                     "--connect",
                                     ca->socket_path,
                                     "--port-file",
                                     port_file,
                                     NULL};
    ca->proxy_pid = pki_process_start(arguments);
    check(ca->proxy_pid > 0);
    buf_init(&text, 64);
    check(file_read(port_file, &text, NULL) == STATUS_OK);
    ca->proxy_port = (int)strtol((const char *)text.data, NULL, 10);
    buf_release(&text);
}

void pki_ca_fault(const struct pki_ca *ca, const char *method, const char *kind, const char *argument,
                  int count)
{
    char text[512];
    char reply[64] = "";
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)ca->proxy_port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int length = snprintf(text, sizeof(text),
                          "POST /control/fault?method=%s&kind=%s&argument=%s&count=%d HTTP/1.0\r\n"
                          "Host: 127.0.0.1\r\nContent-Length: 0\r\n\r\n",
                          method, kind, argument, count);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0);
    check(send(fd, text, (size_t)length, MSG_NOSIGNAL) == length);
    check(recv(fd, reply, sizeof(reply) - 1, MSG_WAITALL) > 12 && strstr(reply, " 200 ") != NULL);
    (void)close(fd);
}
