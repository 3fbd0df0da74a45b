/* What the hall trusts, at the desk: root certificates and revocation lists shown, and written to a stick. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_anchor.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/store/store_audit.h"

/* --- shown --------------------------------------------------------------------------------------------- */

static bool is_certificate_file(const char *name)
{
    static const char *const ends[] = {".pem", ".cer", ".crt", ".der", ".p7b"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (name[0] != '.' && length > strlen(ends[i]) && length < SERVICE_CERTIFICATE_FILE_BYTES &&
            strcmp(name + length - strlen(ends[i]), ends[i]) == 0)
            return true;
    return false;
}

static int compare(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* What lies on the stick; nothing while none is in. */
static void list_files(const char *path, struct service_desk *desk)
{
    DIR *directory = path[0] == 0 ? NULL : opendir(path);
    struct dirent *entry = NULL;
    desk->file_count = 0;
    desk->has_stick = directory != NULL;
    while (directory != NULL && desk->file_count < SERVICE_CERTIFICATE_FILES_MAX &&
           (entry = readdir(directory)) != NULL)
        if (is_certificate_file(entry->d_name))
            (void)text_copy(desk->files[desk->file_count++], sizeof(desk->files[0]), entry->d_name);
    if (directory != NULL)
        (void)closedir(directory);
    qsort(desk->files, desk->file_count, sizeof(desk->files[0]), compare);
}

static enum status load(struct service_context *context, struct service_job *job)
{
    const struct settings *settings = context->settings->settings;
    struct service_desk *desk = &service_job_patch(job)->desk;
    enum status status = service_anchor_list(settings, desk->anchors, &desk->anchor_count, &job->failure);
    list_files(settings->desk_exchange_dir, desk);
    if (status == STATUS_OK)
        job->patch->changes |= PATCH_DESK_TRUST;
    return status;
}

void service_desk_trust_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_desk_has_clerk(context) ? load(context, job) : STATUS_BAD_STATE);
}

enum status service_desk_check_stick(struct service_context *context, struct service_job *job)
{
    struct stat found;
    const char *folder = context->settings->settings->desk_exchange_dir;
    bool is_there = folder[0] != 0 && stat(folder, &found) == 0 && S_ISDIR(found.st_mode);
    return is_there ? STATUS_OK : service_job_refuse(job, SERVICE_REASON_NO_STICK, 0);
}

/* --- written to a stick -------------------------------------------------------------------------------- */

static enum status record(struct service_context *context, const char *action, const char *detail,
                          struct failure *failure)
{
    return store_audit_append(
        context->store,
        &(struct store_audit_entry){
            .action = action, .actor = service_desk_clerk(context), .subject = "trust", .detail = detail},
        failure);
}

/* That it is to be written stands in the audit before, and how many files it were after. */
static enum status export(struct service_context *context, struct service_job *job) {
    struct store *store = NULL; const struct settings *settings = context->settings->settings;
    const char *directory = settings->desk_exchange_dir;
    char detail[48];
    size_t count = 0;
    if (directory[0] == 0) return service_job_refuse(job, SERVICE_REASON_NO_STICK, 0);
    enum status status = service_store(context, &store);
    if (status == STATUS_OK) status = record(context, "trust.export", "", &job->failure);
    if (status != STATUS_OK) return status;
    enum status done = service_anchor_export(settings, directory, &count, &job->failure);
    (void)snprintf(detail, sizeof(detail), "%zu %s", count, status_name(done));
    status = record(context, "trust.exported", detail, &job->failure);
    job->number = (int64_t)count;
    if (done == STATUS_NOT_FOUND || done == STATUS_IO) return service_job_refuse(job, SERVICE_REASON_NO_STICK,
                                                                                 0);
    return done == STATUS_OK ? status : done;
}

void service_desk_trust_export_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_desk_has_clerk(context) ? export(context, job) : STATUS_BAD_STATE);
}
