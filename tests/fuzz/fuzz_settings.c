/* Settings files: any bytes give whole settings or complaints; and so do the hours of the hall in them. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/catalogue/opening.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *fuzz_environment(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "STATE") == 0 ? "state" : NULL;
}

static void fuzz_hours(const uint8_t *data, size_t size)
{
    char text[256] = "";
    struct opening opening;
    (void)memcpy(text, data, size < sizeof(text) ? size : sizeof(text) - 1);
    const char *odd = opening_parse(text, &opening);
    check(odd == NULL || (odd >= text && odd <= text + strlen(text)));
    check(opening.count <= OPENING_RANGES_MAX && (odd != NULL || opening.count > 0));
    for (size_t i = 0; odd == NULL && i < opening.count; i++)
        check(opening.ranges[i].days != 0 && opening.ranges[i].from_s < opening.ranges[i].until_s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct yaml_errors errors;
    struct settings *settings = NULL;
    fuzz_hours(data, size);
    yaml_errors_init(&errors);
    enum status status =
        settings_parse("fuzz.yaml", (const char *)data, size, fuzz_environment, NULL, &errors, &settings);
    check((status == STATUS_OK) == (settings != NULL));
    check((status == STATUS_OK) == (errors.count == 0));
    check(settings == NULL || settings->idle_warning_s >= 10);
    settings_free(settings);
    yaml_errors_release(&errors);
    return 0;
}
