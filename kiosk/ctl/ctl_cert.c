#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/store/store_encryption.h"
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
    static const char *const names[] = {"serial",
                                        "role",
                                        "subject",
                                        "issuer",
                                        "key",
                                        "not_before",
                                        "not_after",
                                        "state",
                                        "order",
                                        "key_mark",
                                        "request_id",
                                        "created",
                                        "encryption_serial",
                                        "encryption_not_after",
                                        "signing_serial",
                                        "proven",
                                        "recovered"};
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

/* The other certificate of a pair, seen from either; a certificate that is no pair has none. */
static void add_pair(const struct ctl *ctl, const struct store_certificate *row, bool is_encryption,
                     struct json *document)
{
    struct store_encryption encryption;
    if (store_encryption_load(ctl->store, row->request_id, &encryption, NULL) != STATUS_OK)
        return;
    json_set_text(document, "role", is_encryption ? "encrypt" : "sign");
    if (is_encryption) {
        json_set_text(document, "signing_serial", row->serial);
    } else {
        json_set_text(document, "encryption_serial", encryption.serial);
        ctl_output_set_time(document, "encryption_not_after", encryption.not_after_utc_s);
    }
    ctl_output_set_time(document, "proven", encryption.proven_utc_s);
    json_set_text(document, "recovered", encryption.recovered ? "yes" : "no");
}

/* What is asked about: the certificate, or the encryption half beside it. */
struct found {
    struct store_certificate row;
    bool is_encryption;
};

static enum status find(const struct ctl *ctl, const char *serial, struct found *out, struct failure *failure)
{
    struct store_encryption encryption;
    enum status status = store_certificate_load_by_serial(ctl->store, serial, &out->row, failure);
    out->is_encryption = false;
    if (status != STATUS_NOT_FOUND)
        return status;
    status = store_encryption_load_by_serial(ctl->store, serial, &encryption, failure);
    if (status == STATUS_OK)
        status = store_certificate_load(ctl->store, encryption.request_id, &out->row, failure);
    out->is_encryption = status == STATUS_OK;
    return status;
}

static enum status read_stored(const struct ctl *ctl, const struct found *found,
                               struct certificate_summary *out, struct failure *failure)
{
    enum store_certificate_part part =
        found->is_encryption ? STORE_CERTIFICATE_ENCRYPTION_DER : STORE_CERTIFICATE_DER;
    struct buf der;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = store_certificate_part(ctl->store, found->row.request_id, part, &der, failure);
    if (status == STATUS_OK)
        status = certificate_summarize(bytes_of_buf(&der), out, failure);
    buf_wipe(&der);
    return status;
}

static enum ctl_exit show_stored(struct ctl *ctl, const char *serial)
{
    struct found found;
    struct certificate_summary summary;
    struct failure failure = {0};
    enum status status = find(ctl, serial, &found, &failure);
    if (status == STATUS_NOT_FOUND)
        return ctl_refuse(ctl, status, NULL,
                          "%s is no file, and the store has no certificate with this serial", ctl->word[0]);
    if (status == STATUS_OK)
        status = read_stored(ctl, &found, &summary, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the certificate could not be read");
    bool with_subject = ctl_has(ctl, CTL_OPTION_REVEAL);
    enum ctl_exit result =
        with_subject ? ctl_record(ctl, "value.reveal", found.row.order_id, "cert show") : CTL_EXIT_DONE;
    if (result == CTL_EXIT_DONE) {
        struct json *document = json_new_object();
        add_summary(document, &summary, with_subject);
        add_record(ctl, &found.row, document);
        add_pair(ctl, &found.row, found.is_encryption, document);
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
    enum status status = certificate_list_read_file(path, "CERTIFICATE", &list, failure);
    if (status == STATUS_OK)
        status = certificate_summarize(bytes_of_buf(&list.items[0]), out, failure);
    certificate_list_release(&list);
    return status;
}

/* Who has the file may read it; the store's record is added when there are settings and it has one. */
static enum ctl_exit show_file(struct ctl *ctl)
{
    struct certificate_summary summary;
    struct found found;
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
    if (ctl->store != NULL && find(ctl, summary.serial, &found, &failure) == STATUS_OK) {
        add_record(ctl, &found.row, document);
        add_pair(ctl, &found.row, found.is_encryption, document);
    }
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
