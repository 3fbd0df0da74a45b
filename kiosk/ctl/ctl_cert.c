#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_order.h"

static void add_summary(struct json *document, const struct certificate_summary *summary, bool with_subject)
{
    json_set_text(document, "serial", summary->serial);
    if (with_subject)
        json_set_text(document, "subject", summary->subject);
    json_set_text(document, "issuer", summary->issuer);
    json_set_text(document, "key", summary->key);
    ctl_output_set_time(document, "not_before", summary->not_before_utc_s);
    ctl_output_set_time(document, "not_after", summary->not_after_utc_s);
}

static void print(const struct ctl *ctl, const struct json *document)
{
    static const char *const names[] = {"serial",     "subject",    "issuer", "key",
                                        "not_before", "not_after",  "state",  "order",
                                        "key_mark",   "request_id", "created"};
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, document);
    else
        ctl_output_members(ctl, document, names, CTL_OUTPUT_COUNT(names));
}

/* --- the store's side -------------------------------------------------------------------------------- */

static void add_record(const struct ctl *ctl, const struct store_certificate *row, struct json *document)
{
    struct order order;
    json_set_text(document, "state", store_certificate_state_name(row->state));
    if (store_order_load(ctl->store, row->order_id, &order, NULL) == STATUS_OK)
        json_set_text(document, "order", order.acceptance);
    json_set_text(document, "key_mark", row->key_mark);
    json_set_text(document, "request_id", row->request_id);
    ctl_output_set_time(document, "created", row->created_utc_s);
}

static enum status read_stored(const struct ctl *ctl, const struct store_certificate *row,
                               struct certificate_summary *out, struct failure *failure)
{
    struct buf der;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status =
        store_certificate_part(ctl->store, row->request_id, STORE_CERTIFICATE_DER, &der, failure);
    if (status == STATUS_OK)
        status = certificate_summarize(bytes_of_buf(&der), out, failure);
    buf_wipe(&der);
    return status;
}

static enum ctl_exit show_stored(struct ctl *ctl, const char *serial)
{
    struct store_certificate row;
    struct certificate_summary summary;
    struct failure failure = {0};
    enum status status = store_certificate_load_by_serial(ctl->store, serial, &row, &failure);
    if (status == STATUS_NOT_FOUND)
        return ctl_refuse(ctl, status, NULL,
                          "%s is no file, and the store has no certificate with this serial", ctl->word[0]);
    if (status == STATUS_OK)
        status = read_stored(ctl, &row, &summary, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the certificate could not be read");
    bool with_subject = ctl_has(ctl, CTL_OPTION_REVEAL);
    enum ctl_exit result =
        with_subject ? ctl_record(ctl, "value.reveal", row.order_id, "cert show") : CTL_EXIT_DONE;
    if (result == CTL_EXIT_DONE) {
        struct json *document = json_new_object();
        add_summary(document, &summary, with_subject);
        add_record(ctl, &row, document);
        print(ctl, document);
        json_free(document);
    }
    secret_wipe_bytes(&summary, sizeof(summary));
    return result;
}

/* --- a file's side ----------------------------------------------------------------------------------- */

static enum status read_file(const char *path, struct certificate_summary *out, struct failure *failure)
{
    struct certificate_list list = {0};
    struct buf text;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    enum status status = file_read(path, &text, failure);
    if (status == STATUS_OK)
        status = certificate_list_read(text.data, text.length, "CERTIFICATE", &list, failure);
    if (status == STATUS_OK)
        status = certificate_summarize(bytes_of_buf(&list.items[0]), out, failure);
    certificate_list_release(&list);
    buf_release(&text);
    return status;
}

/* Who has the file may read it; the store's record is added when there are settings and it has one. */
static enum ctl_exit show_file(struct ctl *ctl)
{
    struct certificate_summary summary;
    struct store_certificate row;
    struct failure failure = {0};
    enum status status = read_file(ctl->word[0], &summary, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "%s holds no certificate", ctl->word[0]);
    if (ctl_has(ctl, CTL_OPTION_CONFIG)) {
        enum ctl_exit result = ctl_open_store(ctl, true);
        if (result != CTL_EXIT_DONE)
            return result;
    }
    struct json *document = json_new_object();
    add_summary(document, &summary, true);
    if (ctl->store != NULL &&
        store_certificate_load_by_serial(ctl->store, summary.serial, &row, &failure) == STATUS_OK)
        add_record(ctl, &row, document);
    print(ctl, document);
    json_free(document);
    return CTL_EXIT_DONE;
}

enum ctl_exit ctl_cert_show(struct ctl *ctl)
{
    char serial[STORE_CERTIFICATE_SERIAL_BYTES];
    if (access(ctl->word[0], F_OK) == 0)
        return show_file(ctl);
    enum ctl_exit result = ctl_open_store(ctl, true);
    if (result != CTL_EXIT_DONE)
        return result;
    if (!text_copy(serial, sizeof(serial), ctl->word[0]))
        return ctl_refuse(ctl, STATUS_NOT_FOUND, NULL, "%s is neither a file nor a serial", ctl->word[0]);
    for (char *c = serial; *c != 0; c++)
        *c = (char)toupper((unsigned char)*c); /* as the store keeps it */
    return show_stored(ctl, serial);
}
