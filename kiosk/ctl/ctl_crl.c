/* Revocation lists for administrators: what they say, and the files a business system takes. */
#include <stdio.h>
#include <stdlib.h>

#include "kiosk/base/check.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/pki/crl.h"
#include "kiosk/services/service_anchor.h"

enum { ENTRIES_MAX = 4096 };

static void add_entries(struct json *document, const struct crl_entry *entries, size_t count)
{
    struct json *rows = json_new_array();
    for (size_t i = 0; i < count && i < ENTRIES_MAX; i++) {
        struct json *row = json_new_object();
        json_set_text(row, "serial", entries[i].serial);
        ctl_output_set_time(row, "revoked", entries[i].revoked_utc_s);
        json_set_text(row, "reason", service_anchor_reason(entries[i].reason));
        json_append_take(rows, row);
    }
    json_set_take(document, "revoked", rows);
}

static enum status append(struct json *lists, const struct buf *der, struct failure *failure)
{
    struct crl_summary summary;
    struct crl_entry *entries = calloc(ENTRIES_MAX, sizeof(*entries));
    check(entries != NULL);
    enum status status = crl_summarize(bytes_of_buf(der), &summary, entries, ENTRIES_MAX, failure);
    if (status == STATUS_OK) {
        struct json *document = json_new_object();
        json_set_text(document, "issuer", summary.issuer);
        ctl_output_set_text(document, "number", summary.number);
        ctl_output_set_time(document, "this_update", summary.this_update_utc_s);
        ctl_output_set_time(document, "next_update", summary.next_update_utc_s);
        json_set_integer(document, "entries", (int64_t)summary.entries);
        add_entries(document, entries, summary.entries);
        json_append_take(lists, document);
    }
    free(entries);
    return status;
}

static enum status read_lists(const struct ctl *ctl, struct json *lists, struct failure *failure)
{
    struct certificate_list list = {0};
    enum status status =
        certificate_list_read_file(ctl->settings->authority_crl_file, "X509 CRL", &list, failure);
    for (size_t i = 0; i < list.count && status == STATUS_OK; i++)
        status = append(lists, &list.items[i], failure);
    certificate_list_release(&list);
    return status;
}

static void print(const struct ctl *ctl, const struct json *lists)
{
    static const char *const members[] = {"issuer", "number", "this_update", "next_update", "entries"};
    static const char *const columns[] = {"serial", "revoked", "reason"};
    for (size_t i = 0; i < json_length(lists); i++) {
        const struct json *document = json_element(lists, i);
        ctl_output_members(ctl, document, members, CTL_OUTPUT_COUNT(members));
        ctl_output_table(ctl, "revoked", json_member(document, "revoked"), columns,
                         CTL_OUTPUT_COUNT(columns));
    }
}

enum ctl_exit ctl_crl_show(struct ctl *ctl)
{
    struct failure failure = {0};
    if (ctl->settings->authority_crl_file[0] == 0)
        return ctl_refuse(ctl, STATUS_NOT_FOUND, NULL, "authority.crl_file names no revocation list");
    struct json *lists = json_new_array();
    enum status status = read_lists(ctl, lists, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, lists);
    else if (status == STATUS_OK)
        print(ctl, lists);
    json_free(lists);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "the revocation list could not be read");
}

/* The audit says so before the files are written, and how many they were after. */
enum ctl_exit ctl_crl_export(struct ctl *ctl)
{
    struct failure failure = {0};
    char detail[64];
    size_t count = 0;
    enum ctl_exit result = ctl_record(ctl, "trust.export", "trust", "crl export");
    if (result != CTL_EXIT_DONE)
        return result;
    enum status status = service_anchor_export(ctl->settings, ctl->word[0], &count, &failure);
    (void)snprintf(detail, sizeof(detail), "%zu %s", count, status_name(status));
    result = ctl_record(ctl, "trust.exported", "trust", detail);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure,
                          "root certificates and revocation lists were not all written");
    (void)fprintf(ctl->io->out, "%zu files in %s\n", count, ctl->word[0]);
    return result;
}
