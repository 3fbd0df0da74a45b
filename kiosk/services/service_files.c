#include "kiosk/services/service_files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/input/pinyin.h"
#include "kiosk/services/service_assets.h"
#include "kiosk/services/service_drivers.h"

static const char receipt_id[] = "receipt";

/* --- forms ------------------------------------------------------------------------------------------- */

void service_files_judge_forms(const struct settings *settings, struct yaml_errors *errors)
{
    if (settings->paths_assets[0] == 0)
        return;
    service_assets_judge_templates(settings->paths_assets, errors);
    if (!service_assets_has_template(settings->paths_assets, receipt_id))
        yaml_complain(settings->yaml, errors, settings->paths_assets,
                      "expected the template forms/%s.yaml in paths.assets, found none", receipt_id);
}

enum status service_files_open_catalogue(const struct settings *settings, struct yaml_errors *errors,
                                         struct catalogue **catalogue)
{
    bool has_assets = settings->paths_assets[0] != 0;
    return catalogue_open_judged(settings->paths_catalogue, has_assets ? service_assets_judge_product : NULL,
                                 settings->paths_assets, errors, catalogue);
}

/* --- icons, fonts, pinyin ---------------------------------------------------------------------------- */

void service_files_judge_icons(const struct settings *settings, struct yaml_errors *errors)
{
    static const char *const names[] = {
#define ICON(code, name) name,
#include "kiosk/ui/icons.def"
#undef ICON
    };
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && settings->paths_assets[0] != 0; i++) {
        (void)snprintf(path, sizeof(path), "%s/icons/%s.svg", settings->paths_assets, names[i]);
        if (names[i][0] != 0 && !service_assets_is_drawing(path))
            yaml_complain(settings->yaml, errors, settings->paths_assets,
                          "expected the drawing icons/%s.svg in paths.assets", names[i]);
    }
}

/* A font file is known by its first bytes: a collection, TrueType or CFF (OpenType 1.9, "Organization of an
 * OpenType Font"). */
bool service_files_is_font(const char *path)
{
    static const char tags[][5] = {"ttcf", "OTTO", "true", {0, 1, 0, 0, 0}};
    char tag[4];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_read = fd >= 0 && read(fd, tag, sizeof(tag)) == (ssize_t)sizeof(tag);
    if (fd >= 0)
        (void)close(fd);
    for (size_t i = 0; is_read && i < sizeof(tags) / sizeof(tags[0]); i++)
        if (memcmp(tag, tags[i], sizeof(tag)) == 0)
            return true;
    return false;
}

static void judge_font(const struct settings *settings, const char *key, const char *path,
                       struct yaml_errors *errors)
{
    if (path[0] != 0 && !service_files_is_font(path))
        yaml_complain(settings->yaml, errors, path, "expected a font file for %s, found %s", key,
                      access(path, R_OK) == 0 ? "another file" : strerrordesc_np(errno));
}

void service_files_judge_fonts(const struct settings *settings, struct yaml_errors *errors)
{
    judge_font(settings, "fonts.regular", settings->fonts_regular, errors);
    judge_font(settings, "fonts.bold", settings->fonts_bold, errors);
}

void service_files_judge_pinyin(const struct settings *settings, struct yaml_errors *errors)
{
    char path[PATH_MAX];
    struct pinyin *pinyin = NULL;
    struct failure failure = {0};
    if (settings->paths_assets[0] == 0)
        return;
    (void)snprintf(path, sizeof(path), "%s/rime/build", settings->paths_assets);
    enum status status = pinyin_open(path, NULL, &pinyin, &failure);
    if (status != STATUS_OK)
        yaml_complain(settings->yaml, errors, settings->paths_assets,
                      "expected the pinyin dictionary rime/build in paths.assets: %s %s", status_name(status),
                      failure.text);
    pinyin_close(pinyin);
}

/* --- drivers ----------------------------------------------------------------------------------------- */

/* What is judged of one driver: its files first, itself only when they are there. */
struct judged {
    const struct settings *settings;
    struct yaml_errors *errors;
    struct service_drivers_source source;
};

/* Whether the file can be opened as `mode` (access) asks; "" stands for no file. */
static bool judge_file(const struct judged *judged, const char *key, const char *path, int mode)
{
    if (path[0] == 0 || access(path, mode) == 0)
        return true;
    yaml_complain(judged->settings->yaml, judged->errors, path, "expected a file that can be %s for %s: %s",
                  mode == X_OK ? "run" : "read", key, strerrordesc_np(errno));
    return false;
}

/* The key of the settings that the driver's text begins with, in its own word. Returns: NULL when it begins
 * with something else. */
static const char *key_of(const char *kind, const char *text, size_t *word_bytes)
{
    static const struct {
        const char *kind;
        const char *word;
        const char *key;
    } keys[] = {
#define DRIVER_KEY(kind, word, key) {kind, word, key},
#include "kiosk/services/service_driver_keys.def"
#undef DRIVER_KEY
    };
    *word_bytes = strcspn(text, " ");
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (strcmp(keys[i].kind, kind) == 0 && strlen(keys[i].word) == *word_bytes &&
            strncmp(keys[i].word, text, *word_bytes) == 0)
            return keys[i].key;
    return NULL;
}

static void judge_opened(const struct judged *judged, const char *kind, const char *driver,
                         enum status status, const struct failure *failure)
{
    size_t word_bytes = 0;
    const char *text = failure->text[0] != 0 ? failure->text : status_name(status);
    const char *key = key_of(kind, text, &word_bytes);
    if (status != STATUS_OK)
        yaml_complain(judged->settings->yaml, judged->errors, driver,
                      "expected the settings of the %s driver %s to be whole: %s%s", kind, driver,
                      key != NULL ? key : "", key != NULL ? text + word_bytes : text);
}

static void judge_token(const struct judged *judged)
{
    struct token *token = NULL;
    struct failure failure = {0};
    const struct settings *settings = judged->settings;
    bool is_real = strcmp(settings->token_driver, "pkcs11") == 0;
    bool is_there = !is_real || judge_file(judged, "token.module", settings->token_module, R_OK);
    if (!is_there || settings->token_driver[0] == 0)
        return;
    judge_opened(judged, "token", settings->token_driver,
                 service_drivers_open_token(&judged->source, 0, &token, &failure), &failure);
    token_close(token);
}

static void judge_scanner(const struct judged *judged)
{
    struct scanner *scanner = NULL;
    struct failure failure = {0};
    const struct settings *settings = judged->settings;
    bool is_real = strcmp(settings->scanner_driver, "sane") == 0;
    bool is_there =
        !is_real || judge_file(judged, "scanner.sane_config_dir", settings->scanner_sane_config_dir, R_OK);
    if (!is_there || settings->scanner_driver[0] == 0)
        return;
    judge_opened(judged, "scanner", settings->scanner_driver,
                 service_drivers_open_scanner(&judged->source, &scanner, &failure), &failure);
    scanner_close(scanner);
}

static void judge_printer(const struct judged *judged)
{
    struct printer *printer = NULL;
    struct failure failure = {0};
    const char *driver = judged->settings->printer_driver;
    if (driver[0] == 0)
        return;
    judge_opened(judged, "printer", driver, service_drivers_open_printer(&judged->source, &printer, &failure),
                 &failure);
    printer_close(printer);
}

/* The helper that loads vendor code is met by two drivers and told once. */
static bool judge_host(const struct judged *judged)
{
    const struct settings *settings = judged->settings;
    bool is_needed =
        strcmp(settings->token_driver, "pkcs11") == 0 || strcmp(settings->scanner_driver, "sane") == 0;
    return !is_needed || (settings->host_program[0] != 0 &&
                          judge_file(judged, "host.program", settings->host_program, X_OK));
}

static bool judge_payment_files(const struct judged *judged)
{
    const struct settings *settings = judged->settings;
    bool is_there = judge_file(judged, "payment.alipay.app_private_key_file",
                               settings->payment_alipay_app_private_key_file, R_OK);
    is_there &=
        judge_file(judged, "payment.alipay.app_cert_file", settings->payment_alipay_app_cert_file, R_OK);
    is_there &= judge_file(judged, "payment.alipay.alipay_root_cert_file",
                           settings->payment_alipay_alipay_root_cert_file, R_OK);
    is_there &= judge_file(judged, "payment.alipay.alipay_cert_file",
                           settings->payment_alipay_alipay_cert_file, R_OK);
    return is_there;
}

static void judge_payment(const struct judged *judged)
{
    struct payment *payment = NULL;
    struct failure failure = {0};
    const char *driver = judged->settings->payment_driver;
    bool is_there = strcmp(driver, "alipay") != 0 || judge_payment_files(judged);
    if (!is_there || driver[0] == 0)
        return;
    judge_opened(judged, "payment", driver, service_drivers_open_payment(&judged->source, &payment, &failure),
                 &failure);
    payment_close_channel(payment);
}

static bool judge_wechat_files(const struct judged *judged)
{
    const struct settings *settings = judged->settings;
    bool is_there = judge_file(judged, "payment.wechat.merchant_private_key_file",
                               settings->payment_wechat_merchant_private_key_file, R_OK);
    is_there &= judge_file(judged, "payment.wechat.platform_key_file",
                           settings->payment_wechat_platform_key_file, R_OK);
    return is_there;
}

static void judge_wechat(const struct judged *judged)
{
    struct payment *payment = NULL;
    struct failure failure = {0};
    const char *driver = judged->settings->payment_wechat_driver;
    bool is_there = strcmp(driver, "wechat") != 0 || judge_wechat_files(judged);
    if (!is_there || driver[0] == 0)
        return;
    judge_opened(judged, "payment.wechat", driver,
                 service_drivers_open_wechat(&judged->source, &payment, &failure), &failure);
    payment_close_channel(payment);
}

static void judge_sms(const struct judged *judged)
{
    struct sms *sms = NULL;
    struct failure failure = {0};
    const struct settings *settings = judged->settings;
    bool is_real = strcmp(settings->sms_driver, "http") == 0;
    bool is_there =
        !is_real || judge_file(judged, "sms.key_secret_file", settings->sms_key_secret_file, R_OK);
    if (!is_there || settings->sms_driver[0] == 0)
        return;
    judge_opened(judged, "sms", settings->sms_driver,
                 service_drivers_open_sms(&judged->source, &sms, &failure), &failure);
    sms_close(sms);
}

static void judge_idcard(const struct judged *judged)
{
    struct idcard *idcard = NULL;
    struct failure failure = {0};
    const char *driver = judged->settings->idcard_driver;
    if (driver[0] == 0)
        return;
    judge_opened(judged, "idcard", driver, service_drivers_open_idcard(&judged->source, &idcard, &failure),
                 &failure);
    idcard_close(idcard);
}

static void judge_identity(const struct judged *judged)
{
    struct identity *identity = NULL;
    struct failure failure = {0};
    const struct settings *settings = judged->settings;
    bool is_real = strcmp(settings->identity_service_driver, "http") == 0;
    bool is_there = !is_real || judge_file(judged, "identity_service.key_file",
                                           settings->identity_service_key_file, R_OK);
    if (!is_there || settings->identity_service_driver[0] == 0)
        return;
    judge_opened(judged, "identity_service", settings->identity_service_driver,
                 service_drivers_open_identity(&judged->source, &identity, &failure), &failure);
    identity_close(identity);
}

static void judge_authority(const struct judged *judged)
{
    enum { DEADLINE_MS = 1000 }; /* of calls, of which there is none */
    struct authority *authority = NULL;
    struct failure failure = {0};
    const struct settings *settings = judged->settings;
    bool is_real = strcmp(settings->authority_driver, "embedded") == 0;
    bool is_there =
        !is_real || judge_file(judged, "authority.roots_file", settings->authority_roots_file, R_OK);
    if (is_real && !judge_file(judged, "authority.crl_file", settings->authority_crl_file, R_OK))
        is_there = false;
    if (!is_there || settings->authority_driver[0] == 0)
        return;
    judge_opened(judged, "authority", settings->authority_driver,
                 service_drivers_open_authority(&judged->source, DEADLINE_MS, &authority, &failure),
                 &failure);
    authority_close(authority);
}

void service_files_judge_drivers(const struct settings *settings, bool is_desk, struct yaml_errors *errors)
{
    struct http *http = NULL;
    if (http_curl_new(&(struct http_curl_settings){0}, &http) != STATUS_OK) {
        yaml_errors_add(errors, "the HTTP transport cannot be started");
        return;
    }
    const struct judged judged = {.settings = settings,
                                  .errors = errors,
                                  .source = {.settings = settings,
                                             .clock = clock_system(),
                                             .random = random_system(),
                                             .http = http,
                                             .owner = settings->terminal_id}};
    (void)judge_file(&judged, "hall_key.file", settings->hall_key_file, R_OK);
    if (!is_desk && judge_host(&judged)) {
        judge_token(&judged);
        judge_scanner(&judged);
    }
    if (!is_desk) {
        judge_printer(&judged);
        judge_sms(&judged);
        judge_idcard(&judged);
    }
    judge_payment(&judged);
    judge_wechat(&judged);
    judge_identity(&judged);
    judge_authority(&judged);
    http_free(http);
}

/* The hall's own products stand first. */
static void prefer_region(const struct settings *settings, struct catalogue *catalogue,
                          struct yaml_errors *errors)
{
    const char *region = settings->hall_region;
    if (catalogue != NULL && region[0] != 0 && catalogue_prefer_region(catalogue, region) == 0)
        yaml_errors_add(errors, "hall.region: no product of the catalogue is of %s", region);
}

/* --- all of it --------------------------------------------------------------------------------------- */

enum status service_files_open(const struct settings *settings, bool is_desk, struct yaml_errors *errors,
                               struct words **words, struct catalogue **catalogue)
{
    char path[PATH_MAX];
    size_t before = errors->count;
    enum status status = STATUS_OK;
    (void)snprintf(path, sizeof(path), "%s/text/%s.txt", settings->paths_assets, settings->language);
    if (settings->paths_assets[0] != 0 && settings->language[0] != 0)
        status = words_open(path, errors, words);
    if (settings->paths_catalogue[0] != 0 && status != STATUS_NO_MEMORY)
        status = service_files_open_catalogue(settings, errors, catalogue);
    if (status == STATUS_NO_MEMORY)
        return status;
    prefer_region(settings, *catalogue, errors);
    service_files_judge_forms(settings, errors);
    service_files_judge_icons(settings, errors);
    service_files_judge_fonts(settings, errors);
    if (!is_desk)
        service_files_judge_pinyin(settings, errors);
    service_files_judge_drivers(settings, is_desk, errors);
    return errors->count == before ? STATUS_OK : STATUS_CONFIG;
}
