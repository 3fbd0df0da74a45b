#include "kiosk/services/service_drivers.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { ENVIRONMENT_BYTES = 512 };

void service_drivers_set_environment(const struct settings *settings)
{
    char copy[ENVIRONMENT_BYTES];
    char *rest = NULL;
    if (!text_copy(copy, sizeof(copy), settings->token_environment))
        return; /* cannot be: the setting is shorter */
    for (char *pair = strtok_r(copy, " ", &rest); pair != NULL; pair = strtok_r(NULL, " ", &rest)) {
        char *equals = strchr(pair, '=');
        if (equals == NULL)
            continue;
        *equals = 0;
        (void)setenv(pair, equals + 1, 1);
    }
}

enum status service_drivers_open_token(const struct service_drivers_source *source, int deadline_ms,
                                       struct token **out, struct failure *failure)
{
    const struct settings *settings = source->settings;
    return token_open(&(struct token_settings){.driver = settings->token_driver,
                                               .host_program = settings->host_program,
                                               .module = settings->token_module,
                                               .clock = source->clock,
                                               .deadline_ms = deadline_ms},
                      out, failure);
}

enum status service_drivers_open_scanner(const struct service_drivers_source *source, struct scanner **out,
                                         struct failure *failure)
{
    const struct settings *settings = source->settings;
    const char *folder = settings->scanner_sane_config_dir;
    return scanner_open(&(struct scanner_options){.driver = settings->scanner_driver,
                                                  .device = settings->scanner_device,
                                                  .host_path = settings->host_program,
                                                  .sane_config_dir = folder[0] != 0 ? folder : NULL,
                                                  .clock = source->clock},
                        out, failure);
}

enum status service_drivers_open_printer(const struct service_drivers_source *source, struct printer **out,
                                         struct failure *failure)
{
    return printer_open(&(struct printer_settings){.driver = source->settings->printer_driver,
                                                   .uri = source->settings->printer_uri,
                                                   .clock = source->clock},
                        out, failure);
}

enum status service_drivers_open_payment(const struct service_drivers_source *source, struct payment **out,
                                         struct failure *failure)
{
    const struct settings *settings = source->settings;
    return payment_open(
        &(struct payment_settings){.driver = settings->payment_driver,
                                   .clock = source->clock,
                                   .http = source->http,
                                   .gateway_url = settings->payment_alipay_gateway_url,
                                   .app_id = settings->payment_alipay_app_id,
                                   .seller_id = settings->payment_alipay_seller_id,
                                   .product_code = "",
                                   .store_id = "",
                                   .terminal_id = source->owner,
                                   .notify_url = "",
                                   .app_private_key_file = settings->payment_alipay_app_private_key_file,
                                   .app_certificate_file = settings->payment_alipay_app_cert_file,
                                   .alipay_certificate_file = settings->payment_alipay_alipay_cert_file,
                                   .alipay_root_file = settings->payment_alipay_alipay_root_cert_file,
                                   .alipay_public_key_file = ""},
        out, failure);
}

enum status service_drivers_open_wechat(const struct service_drivers_source *source, struct payment **out,
                                        struct failure *failure)
{
    const struct settings *settings = source->settings;
    return payment_open(
        &(struct payment_settings){
            .driver = settings->payment_wechat_driver,
            .clock = source->clock,
            .random = source->random,
            .http = source->http,
            .wechat = {.base_url = settings->payment_wechat_base_url,
                       .app_id = settings->payment_wechat_app_id,
                       .merchant_id = settings->payment_wechat_merchant_id,
                       .merchant_serial = settings->payment_wechat_merchant_serial,
                       .merchant_private_key_file = settings->payment_wechat_merchant_private_key_file,
                       .platform_serial = settings->payment_wechat_platform_serial,
                       .platform_key_file = settings->payment_wechat_platform_key_file,
                       .api_v3_key_file = settings->payment_wechat_api_v3_key_file,
                       .notify_url = settings->payment_wechat_notify_url}},
        out, failure);
}

enum status service_drivers_open_sms(const struct service_drivers_source *source, struct sms **out,
                                     struct failure *failure)
{
    const struct settings *settings = source->settings;
    return sms_open(&(struct sms_settings){.driver = settings->sms_driver,
                                           .clock = source->clock,
                                           .random = source->random,
                                           .http = source->http,
                                           .base_url = settings->sms_url,
                                           .access_key_id = settings->sms_key_id,
                                           .access_key_secret_file = settings->sms_key_secret_file,
                                           .sign_name = settings->sms_sign_name,
                                           .template_code = settings->sms_template,
                                           .template_code_resume = "",
                                           .voice_url = settings->sms_voice_url,
                                           .voice_template_code = settings->sms_voice_template,
                                           .minutes_parameter = ""},
                    out, failure);
}

enum status service_drivers_open_idcard(const struct service_drivers_source *source, struct idcard **out,
                                        struct failure *failure)
{
    const struct settings *settings = source->settings;
    return idcard_open(&(struct idcard_settings){.driver = settings->idcard_driver,
                                                 .clock = source->clock,
                                                 .device = settings->idcard_device,
                                                 .baud = (int)settings->idcard_baud,
                                                 .answer_ms = settings->idcard_answer_ms},
                       out, failure);
}

enum status service_drivers_open_identity(const struct service_drivers_source *source, struct identity **out,
                                          struct failure *failure)
{
    const struct settings *settings = source->settings;
    return identity_open(&(struct identity_settings){.driver = settings->identity_service_driver,
                                                     .clock = source->clock,
                                                     .random = source->random,
                                                     .http = source->http,
                                                     .base_url = settings->identity_service_url,
                                                     .key_id = settings->identity_service_key_id,
                                                     .key_file = settings->identity_service_key_file},
                         out, failure);
}

enum status service_drivers_open_authority(const struct service_drivers_source *source, int deadline_ms,
                                           struct authority **out, struct failure *failure)
{
    return authority_open(&(struct authority_settings){.driver = source->settings->authority_driver,
                                                       .socket_path = source->settings->authority_socket,
                                                       .deadline_ms = deadline_ms},
                          out, failure);
}
