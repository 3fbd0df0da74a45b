/* certca: the embedded CA's program. Exit codes: 0 done, 64 wrong arguments, 69 no CA in the directory,
 * 70 failed (the log says why), 75 another certca serves the directory. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/authority/ca/ca_book.h"
#include "drivers/authority/ca/ca_escrow.h"
#include "drivers/authority/ca/ca_keys.h"
#include "drivers/authority/ca/ca_server.h"
#include "drivers/authority/ca/ca_settings.h"
#include "kiosk/base/file.h"
#include "kiosk/base/log.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

enum { EXIT_ARGUMENTS = 64, EXIT_ABSENT = 69, EXIT_BROKEN = 70, EXIT_BUSY = 75 };

static const char usage[] =
    "usage:\n"
    "certca init  --dir D [--name TEXT] [--crl-url URL] [--key rsa3072|p256] [--days N] [--crl-days N]\n"
    "certca serve --dir D --socket S [--crl-file F]\n"
    "certca list  --dir D\n";

struct arguments {
    const char *verb;
    const char *dir;
    const char *socket_path;
    const char *crl_file;
    enum ca_key_kind key;
    struct ca_settings settings;
};

static bool read_days(const char *text, int most, int *out)
{
    char *end = NULL;
    long days = strtol(text, &end, 10);
    if (end == text || *end != 0 || days < 1 || days > most)
        return false;
    *out = (int)days;
    return true;
}

/* A term longer than a profile allows is allowed with it. */
static bool read_validity(const char *text, struct ca_settings *settings)
{
    int days = 0;
    if (!read_days(text, AUTHORITY_DAYS_MOST, &days))
        return false;
    for (unsigned i = 0; i < settings->profile_count; i++) {
        struct ca_profile *profile = &settings->profiles[i];
        profile->days = (unsigned)days;
        profile->days_most = profile->days > profile->days_most ? profile->days : profile->days_most;
    }
    return true;
}

static bool read_key(const char *text, enum ca_key_kind *out)
{
    *out = strcmp(text, "p256") == 0 ? CA_KEY_P256 : CA_KEY_RSA3072;
    return *out == CA_KEY_P256 || strcmp(text, "rsa3072") == 0;
}

static bool read_option(int option, struct arguments *arguments)
{
    struct ca_settings *settings = &arguments->settings;
    switch (option) {
    case 'd':
        arguments->dir = optarg;
        return true;
    case 's':
        arguments->socket_path = optarg;
        return true;
    case 'f':
        arguments->crl_file = optarg;
        return true;
    case 'n':
        return optarg[0] != 0 && text_length(optarg) <= 48 &&
               text_copy(settings->name, sizeof(settings->name), optarg);
    case 'u':
        return text_copy(settings->crl_url, sizeof(settings->crl_url), optarg);
    case 'k':
        return read_key(optarg, &arguments->key);
    case 'y':
        return read_validity(optarg, settings);
    case 'c':
        return read_days(optarg, 366, &settings->crl_days);
    default:
        return false;
    }
}

static bool read_arguments(int argc, char **argv, struct arguments *arguments)
{
    static const struct option options[] = {{"dir", required_argument, NULL, 'd'},
                                            {"socket", required_argument, NULL, 's'},
                                            {"crl-file", required_argument, NULL, 'f'},
                                            {"name", required_argument, NULL, 'n'},
                                            {"crl-url", required_argument, NULL, 'u'},
                                            {"key", required_argument, NULL, 'k'},
                                            {"days", required_argument, NULL, 'y'},
                                            {"crl-days", required_argument, NULL, 'c'},
                                            {NULL, 0, NULL, 0}};
    ca_settings_default(&arguments->settings);
    arguments->verb = argc > 1 ? argv[1] : "";
    optind = 2;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;)
        if (!read_option(option, arguments))
            return false;
    return optind >= argc && arguments->dir != NULL && arguments->dir[0] != 0;
}

/* ca.json comes last: until it is there, an interrupted init is simply done again. */
static enum status init(const struct arguments *arguments, struct failure *failure)
{
    struct ca_settings found;
    enum status status = ca_settings_read(arguments->dir, &found, failure);
    if (status != STATUS_NOT_FOUND)
        return status;
    status = file_make_directories(arguments->dir, 0700, failure);
    if (status == STATUS_OK)
        status = ca_keys_create(arguments->dir, arguments->settings.name, arguments->key,
                                clock_utc_s(clock_system()), failure);
    if (status == STATUS_OK)
        status = ca_escrow_create(arguments->dir, failure);
    if (status == STATUS_OK)
        status = ca_settings_write(&arguments->settings, arguments->dir, failure);
    return status;
}

static enum status list(const struct arguments *arguments, struct failure *failure)
{
    struct ca_book book;
    struct buf line;
    buf_init(&line, LIMIT_JSON_BYTES);
    enum status status = ca_book_open(&book, arguments->dir, false, failure);
    for (size_t i = 0; i < book.count && status == STATUS_OK; i++) {
        struct json *object = ca_record_to_json(&book.records[i], true);
        buf_clear(&line);
        status = json_write(object, &line);
        json_free(object);
        if (status == STATUS_OK)
            (void)printf("%s\n", (const char *)line.data);
    }
    buf_release(&line);
    ca_book_release(&book);
    return status;
}

static int exit_code(enum status status)
{
    if (status == STATUS_OK)
        return EXIT_SUCCESS;
    if (status == STATUS_BUSY)
        return EXIT_BUSY;
    return status == STATUS_NOT_FOUND ? EXIT_ABSENT : EXIT_BROKEN;
}

int main(int argc, char **argv)
{
    struct arguments arguments = {.key = CA_KEY_RSA3072};
    struct failure failure = {0};
    enum status status = STATUS_OK;
    if (text_is_among("--help", argc, argv)) {
        (void)fputs(usage, stdout);
        return EXIT_SUCCESS;
    }
    secret_harden_process(false);
    bool understood = read_arguments(argc, argv, &arguments);
    if (understood && strcmp(arguments.verb, "init") == 0) {
        status = init(&arguments, &failure);
    } else if (understood && strcmp(arguments.verb, "serve") == 0 && arguments.socket_path != NULL) {
        status =
            ca_server_run(arguments.dir, arguments.socket_path, arguments.crl_file, clock_system(), &failure);
    } else if (understood && strcmp(arguments.verb, "list") == 0) {
        status = list(&arguments, &failure);
    } else {
        (void)fputs(usage, stderr);
        return EXIT_ARGUMENTS;
    }
    if (status != STATUS_OK)
        log_failure("certca", arguments.verb, status, &failure);
    return exit_code(status);
}
