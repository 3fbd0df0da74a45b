/* hall-seed: a hall key and a clerk for halls of tests, while no certctl is built.
 *
 *   hall-seed KEY-FILE STORE-FILE CLERK     the password is one line of standard input
 *
 * Exit codes: 0 done, 1 failed, 2 wrong arguments. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/secret.h"
#include "kiosk/store/hall_key_file.h"
#include "kiosk/store/store_clerk.h"

static enum status add_clerk(const char *store_path, const struct hall_key *key, const char *name,
                             const struct secret *password, struct failure *failure)
{
    struct store *store = NULL;
    const struct store_settings settings = {.path = store_path,
                                            .hall_key = key,
                                            .clock = clock_system(),
                                            .random = random_system(),
                                            .owner = "administrator"};
    enum status status = store_open(&settings, &store, failure);
    if (status == STATUS_OK)
        status = store_clerk_add(store, name, STORE_CLERK_REVIEWER, password, failure);
    store_close(store);
    return status;
}

static bool read_password(struct secret *out)
{
    char line[SECRET_BYTES + 2];
    bool is_read = fgets(line, sizeof(line), stdin) != NULL;
    if (is_read)
        is_read = secret_set(out, line, strcspn(line, "\n")) == STATUS_OK;
    secret_wipe_bytes(line, sizeof(line));
    return is_read;
}

int main(int argc, char **argv)
{
    struct failure failure = {0};
    struct hall_key key = {0};
    struct secret password = {0};
    if (argc != 4 || !read_password(&password)) {
        (void)fputs("hall-seed KEY-FILE STORE-FILE CLERK, the password on standard input\n", stderr);
        return 2;
    }
    enum status status = hall_key_file_create(argv[1], random_system(), &failure);
    if (status == STATUS_OK)
        status = hall_key_file_open(argv[1], random_system(), &key, &failure);
    if (status == STATUS_OK)
        status = add_clerk(argv[2], &key, argv[3], &password, &failure);
    if (status != STATUS_OK)
        log_failure("hall-seed", "making the hall", status, &failure);
    hall_key_close(&key);
    secret_wipe(&password);
    return status == STATUS_OK ? 0 : 1;
}
