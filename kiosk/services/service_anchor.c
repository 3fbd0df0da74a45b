#include "kiosk/services/service_anchor.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "drivers/authority/authority.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/crl.h"

enum { PATH_BYTES = 320, FILE_MODE = 0644 };

#define ROOT_LABEL "CERTIFICATE"
#define LIST_LABEL "X509 CRL"

struct anchors {
    struct certificate_list roots, lists;
};

static enum status read_anchors(const struct settings *settings, struct anchors *out, struct failure *failure)
{
    *out = (struct anchors){0};
    enum status status =
        certificate_list_read_file(settings->authority_roots_file, ROOT_LABEL, &out->roots, failure);
    if (status == STATUS_OK && settings->authority_crl_file[0] != 0)
        status = certificate_list_read_file(settings->authority_crl_file, LIST_LABEL, &out->lists, failure);
    return status;
}

static void release(struct anchors *anchors)
{
    certificate_list_release(&anchors->roots);
    certificate_list_release(&anchors->lists);
}

/* --- shown --------------------------------------------------------------------------------------------- */

static void write_digest(const struct buf *der, struct service_certificate_anchor *out)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    crypto_sha256(der->data, der->length, digest);
    encode_hex(out->digest, digest, sizeof(digest));
}

static enum status fill_root(const struct buf *der, struct service_certificate_anchor *out,
                             struct failure *failure)
{
    struct certificate_summary summary;
    enum status status = certificate_summarize(bytes_of_buf(der), &summary, failure);
    if (status != STATUS_OK)
        return status;
    *out = (struct service_certificate_anchor){.from_utc_s = summary.not_before_utc_s,
                                               .until_utc_s = summary.not_after_utc_s};
    (void)text_copy(out->name, sizeof(out->name),
                    summary.common_name[0] != 0 ? summary.common_name : summary.subject);
    (void)text_copy(out->number, sizeof(out->number), summary.serial);
    write_digest(der, out);
    return STATUS_OK;
}

static enum status fill_list(const struct buf *der, struct service_certificate_anchor *out,
                             struct failure *failure)
{
    struct crl_summary summary;
    enum status status = crl_summarize(bytes_of_buf(der), &summary, NULL, 0, failure);
    if (status != STATUS_OK)
        return status;
    *out = (struct service_certificate_anchor){.is_list = true,
                                               .from_utc_s = summary.this_update_utc_s,
                                               .until_utc_s = summary.next_update_utc_s,
                                               .entries = summary.entries};
    (void)text_copy(out->name, sizeof(out->name),
                    summary.issuer_common_name[0] != 0 ? summary.issuer_common_name : summary.issuer);
    (void)text_copy(out->number, sizeof(out->number), summary.number);
    write_digest(der, out);
    return STATUS_OK;
}

enum status service_anchor_list(const struct settings *settings, struct service_certificate_anchor *out,
                                size_t *count, struct failure *failure)
{
    struct anchors anchors;
    size_t filled = 0;
    enum status status = read_anchors(settings, &anchors, failure);
    for (size_t i = 0; i < anchors.roots.count && status == STATUS_OK; i++)
        if (filled < SERVICE_CERTIFICATE_ANCHORS_MAX)
            status = fill_root(&anchors.roots.items[i], &out[filled++], failure);
    for (size_t i = 0; i < anchors.lists.count && status == STATUS_OK; i++)
        if (filled < SERVICE_CERTIFICATE_ANCHORS_MAX)
            status = fill_list(&anchors.lists.items[i], &out[filled++], failure);
    release(&anchors);
    *count = status == STATUS_OK ? filled : 0;
    return status;
}

const char *service_anchor_reason(int reason)
{
    return authority_reason_name((enum authority_reason)reason);
}

/* --- written out --------------------------------------------------------------------------------------- */

static enum status write_all(const struct certificate_list *list, const char *label, const char *directory,
                             const char *name, size_t *count, struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < list->count && status == STATUS_OK; i++) {
        char path[PATH_BYTES];
        struct buf pem;
        buf_init(&pem, (size_t)LIMIT_CONFIG_BYTES * 2);
        (void)snprintf(path, sizeof(path), "%s/%s-%zu.pem", directory, name, i + 1);
        status = certificate_write_pem(bytes_of_buf(&list->items[i]), label, &pem);
        if (status == STATUS_OK)
            status = file_replace(path, pem.data, pem.length, FILE_MODE, failure);
        buf_release(&pem);
        *count += status == STATUS_OK;
    }
    return status;
}

static enum status check_directory(const char *directory, struct failure *failure)
{
    struct stat found;
    bool is_there = stat(directory, &found) == 0 && S_ISDIR(found.st_mode);
    return is_there ? STATUS_OK
                    : failure_set(failure, STATUS_NOT_FOUND, "anchor", errno, "no directory %s", directory);
}

enum status service_anchor_export(const struct settings *settings, const char *directory, size_t *count,
                                  struct failure *failure)
{
    struct anchors anchors = {0};
    *count = 0;
    enum status status = check_directory(directory, failure);
    if (status == STATUS_OK)
        status = read_anchors(settings, &anchors, failure);
    if (status == STATUS_OK)
        status = write_all(&anchors.roots, ROOT_LABEL, directory, "root", count, failure);
    if (status == STATUS_OK)
        status = write_all(&anchors.lists, LIST_LABEL, directory, "crl", count, failure);
    release(&anchors);
    return status;
}
