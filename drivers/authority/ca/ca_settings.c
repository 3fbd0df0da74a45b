#include "drivers/authority/ca/ca_settings.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/json.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

/* The longest term sold is five years; a renewal before the end adds what is left of the old one to it. */
enum { DAYS_OF_A_YEAR = 365, DAYS_OF_SIX_YEARS = 2192 };

/* Names are given as in OpenSSL, with blanks between. */
static void list_names(const char *text, char names[][CA_ATTRIBUTE_BYTES], unsigned *count)
{
    while (*text != 0) {
        size_t length = strcspn(text, " ");
        (void)snprintf(names[(*count)++], CA_ATTRIBUTE_BYTES, "%.*s", (int)length, text);
        text += length + (text[length] == ' ');
    }
}

static void add_profile(struct ca_settings *settings, const char *name, const char *required,
                        const char *optional, bool credit_code)
{
    struct ca_profile *profile = &settings->profiles[settings->profile_count++];
    *profile = (struct ca_profile){.days = DAYS_OF_A_YEAR,
                                   .days_most = DAYS_OF_SIX_YEARS,
                                   .encryption = true,
                                   .credit_code = credit_code};
    (void)text_copy(profile->name, sizeof(profile->name), name);
    list_names(required, profile->required, &profile->required_count);
    list_names(optional, profile->optional, &profile->optional_count);
}

void ca_settings_default(struct ca_settings *settings)
{
    *settings = (struct ca_settings){.crl_days = 7};
    (void)snprintf(settings->name, sizeof(settings->name), "演示认证机构");
    add_profile(settings, "organisation", "CN O C serialNumber", "OU ST L", true);
    add_profile(settings, "person", "CN C", "O OU ST L serialNumber", false);
}

static struct json *names_to_json(char names[][CA_ATTRIBUTE_BYTES], unsigned count)
{
    struct json *array = json_new_array();
    for (unsigned i = 0; i < count; i++)
        json_append_text(array, names[i]);
    return array;
}

static struct json *profile_to_json(struct ca_profile profile)
{
    struct json *object = json_new_object();
    json_set_text(object, "name", profile.name);
    json_set_integer(object, "days", profile.days);
    json_set_integer(object, "days_most", profile.days_most);
    json_set_bool(object, "credit_code", profile.credit_code);
    json_set_text(object, "policy", profile.policy);
    json_set_bool(object, "encryption", profile.encryption);
    json_set_text(object, "encryption_policy", profile.encryption_policy);
    json_set_take(object, "required", names_to_json(profile.required, profile.required_count));
    json_set_take(object, "optional", names_to_json(profile.optional, profile.optional_count));
    return object;
}

bool ca_settings_path(const char *dir, const char *name, char out[CA_PATH_BYTES])
{
    int length = snprintf(out, CA_PATH_BYTES, "%s/%s", dir, name);
    if (length > 0 && length < CA_PATH_BYTES)
        return true;
    out[0] = 0;
    return false;
}

enum status ca_settings_write(const struct ca_settings *settings, const char *dir, struct failure *failure)
{
    char path[CA_PATH_BYTES];
    struct buf text;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    struct json *object = json_new_object();
    struct json *profiles = json_new_array();
    json_set_text(object, "name", settings->name);
    json_set_text(object, "crl_url", settings->crl_url);
    json_set_integer(object, "crl_days", settings->crl_days);
    for (unsigned i = 0; i < settings->profile_count; i++)
        json_append_take(profiles, profile_to_json(settings->profiles[i]));
    json_set_take(object, "profiles", profiles);
    enum status status = json_write(object, &text);
    if (status == STATUS_OK && !ca_settings_path(dir, "ca.json", path))
        status = failure_set(failure, STATUS_CONFIG, "ca_settings_write", 0, "path too long");
    if (status == STATUS_OK)
        status = file_replace(path, text.data, text.length, 0644, failure);
    json_free(object);
    buf_release(&text);
    return status;
}

static bool read_names(const struct json *array, char names[][CA_ATTRIBUTE_BYTES], unsigned *count)
{
    size_t length = json_length(array);
    if (length > CA_ATTRIBUTES)
        return false;
    for (size_t i = 0; i < length; i++) {
        const char *name = json_text_value(json_element(array, i));
        if (name == NULL || !text_copy(names[i], CA_ATTRIBUTE_BYTES, name))
            return false;
    }
    *count = (unsigned)length;
    return true;
}

static bool read_policy(const struct json *object, const char *key, char out[CA_ATTRIBUTE_BYTES * 2])
{
    return text_copy(out, CA_ATTRIBUTE_BYTES * 2, json_text(object, key, "")) &&
           out[strspn(out, "0123456789.")] == 0;
}

static bool read_profile(const struct json *object, struct ca_profile *profile)
{
    int64_t days = json_number(object, "days", 0);
    int64_t days_most = json_number(object, "days_most", days);
    profile->days = (unsigned)days;
    profile->days_most = (unsigned)days_most;
    profile->credit_code = json_bool(object, "credit_code", true);
    profile->encryption = json_bool(object, "encryption", false);
    return days > 0 && days <= days_most && days_most <= AUTHORITY_DAYS_MOST &&
           text_copy(profile->name, sizeof(profile->name), json_text(object, "name", "")) &&
           authority_id_is_valid(profile->name) && read_policy(object, "policy", profile->policy) &&
           read_policy(object, "encryption_policy", profile->encryption_policy) &&
           read_names(json_member(object, "required"), profile->required, &profile->required_count) &&
           profile->required_count > 0 &&
           read_names(json_member(object, "optional"), profile->optional, &profile->optional_count);
}

/* The address goes into an extension's text form, where a comma or blank would start something else. */
static bool url_is_plain(const char *url)
{
    return strpbrk(url, ",; \t\n\\\"") == NULL && text_is_printable(url);
}

static const char *read_members(const struct json *object, struct ca_settings *settings)
{
    int64_t crl_days = json_number(object, "crl_days", 0);
    const struct json *profiles = json_member(object, "profiles");
    size_t count = json_length(profiles);
    if (!text_copy(settings->name, sizeof(settings->name), json_text(object, "name", "")) ||
        settings->name[0] == 0 || !text_is_printable(settings->name))
        return "name";
    if (!text_copy(settings->crl_url, sizeof(settings->crl_url), json_text(object, "crl_url", "")) ||
        !url_is_plain(settings->crl_url))
        return "crl_url";
    if (crl_days < 1 || crl_days > 366)
        return "crl_days";
    settings->crl_days = (int)crl_days;
    if (count == 0 || count > CA_PROFILES)
        return "profiles";
    for (size_t i = 0; i < count; i++)
        if (!read_profile(json_element(profiles, i), &settings->profiles[i]))
            return "profiles";
    settings->profile_count = (unsigned)count;
    return NULL;
}

enum status ca_settings_read(const char *dir, struct ca_settings *out, struct failure *failure)
{
    char path[CA_PATH_BYTES];
    struct buf text;
    struct json *object = NULL;
    struct ca_settings settings = {0};
    buf_init(&text, LIMIT_CONFIG_BYTES);
    if (!ca_settings_path(dir, "ca.json", path))
        return failure_set(failure, STATUS_CONFIG, "ca_settings_read", 0, "path too long");
    enum status status = file_read(path, &text, failure);
    if (status == STATUS_OK && json_parse((const char *)text.data, text.length, &object) != STATUS_OK)
        status = failure_set(failure, STATUS_CONFIG, "ca_settings_read", 0, "ca.json is not JSON");
    const char *wrong = status == STATUS_OK ? read_members(object, &settings) : NULL;
    if (wrong != NULL)
        status = failure_set(failure, STATUS_CONFIG, "ca_settings_read", 0, "ca.json: wrong \"%s\"", wrong);
    if (status == STATUS_OK)
        *out = settings;
    json_free(object);
    buf_release(&text);
    return status;
}

const struct ca_profile *ca_settings_profile(const struct ca_settings *settings, const char *name)
{
    for (unsigned i = 0; i < settings->profile_count; i++)
        if (strcmp(settings->profiles[i].name, name) == 0)
            return &settings->profiles[i];
    return NULL;
}
