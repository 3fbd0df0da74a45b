#include "tests/support/authority_bench.h"

int authority_bench_open(const char *socket_path, struct authority **out)
{
    const struct authority_settings settings = {
        .driver = "embedded", .socket_path = socket_path, .deadline_ms = 5000};
    return authority_open(&settings, out, NULL) == STATUS_OK ? 0 : -1;
}

int authority_bench_begin(struct pki_ca *ca, const char *build_dir, struct authority **out)
{
    pki_ca_start(ca, build_dir);
    return authority_bench_open(ca->socket_path, out);
}

int authority_bench_end(struct pki_ca *ca, struct authority *authority)
{
    authority_close(authority);
    pki_ca_end(ca);
    return 0;
}
