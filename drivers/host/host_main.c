/* certhost: the helper program that loads vendor code. `certhost <kind> [arguments of the service]`, started
 * by host.c with its socket as descriptor 3. Exit codes: 0 the product closed the socket, 64 started by hand,
 * 65 no such kind or another version, 70 the conversation broke. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/host/host.h"
#include "drivers/host/host_serve.h"
#include "drivers/scanner/scanner_sane.h"
#include "drivers/token/token_pkcs11.h"
#include "kiosk/base/log.h"
#include "kiosk/base/secret.h"

enum { EXIT_USAGE_ = 64, EXIT_UNSUPPORTED_ = 65, EXIT_BROKEN_ = 70 };

/* The only list of services. */
static const struct host_service *find_service(const char *kind)
{
    const struct host_service *const services[] = {token_pkcs11_service(), scanner_sane_service()};
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
        if (strcmp(services[i]->kind, kind) == 0)
            return services[i];
    }
    return NULL;
}

static int is_socket(int fd)
{
    int type = 0;
    socklen_t length = sizeof(type);
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_STREAM;
}

int main(int argc, char **argv)
{
    secret_harden_process(true);
    if (argc < 2 || !is_socket(HOST_SOCKET_FD)) {
        log_error("certhost", "this program is started by certkiosk: certhost <kind> [arguments]");
        return EXIT_USAGE_;
    }
    enum status status = host_serve(HOST_SOCKET_FD, find_service(argv[1]), argc - 2, argv + 2);
    if (status == STATUS_OK)
        _exit(0); /* vendor libraries crash in their own exit handlers; there is nothing left to write */
    log_error("certhost", "%s: %s", argv[1], status_name(status));
    _exit(status == STATUS_UNSUPPORTED ? EXIT_UNSUPPORTED_ : EXIT_BROKEN_);
}
