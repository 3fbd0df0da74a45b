/* Settings files: any bytes give whole settings or complaints. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/catalogue/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *fuzz_environment(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "STATE") == 0 ? "state" : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct yaml_errors errors;
    struct settings *settings = NULL;
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
