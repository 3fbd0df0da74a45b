#include <libgen.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/text.h"
#include "kiosk/ctl/ctl.h"
#include "kiosk/store/hall_key_file.h"

/* A private directory for the key, when there is none yet. */
static enum status make_directory(const char *path, struct failure *failure)
{
    char copy[PATH_MAX];
    if (!text_copy(copy, sizeof(copy), path))
        return failure_set(failure, STATUS_CONFIG, "hall_key.file", 0, "path too long");
    return file_make_directories(dirname(copy), 0700, failure);
}

enum ctl_exit ctl_hall_key_create(struct ctl *ctl)
{
    struct failure failure = {0};
    const char *path = ctl->settings->hall_key_file;
    const char *store = ctl->settings->store_file;
    if (access(path, F_OK) != 0 && access(store, F_OK) == 0)
        return ctl_refuse(ctl, STATUS_CONFLICT, NULL,
                          "%s was sealed with another hall key: bring that one back from the backup", store);
    enum status status = make_directory(path, &failure);
    if (status == STATUS_OK)
        status = hall_key_file_create(path, ctl->io->random, &failure);
    if (status == STATUS_CONFLICT)
        return ctl_refuse(ctl, status, NULL, "%s exists and is left alone", path);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "%s could not be made", path);
    (void)fprintf(ctl->io->out,
                  "hall key made: %s\nkeep a copy in the machine's backup, never beside the store's\n", path);
    return CTL_EXIT_DONE;
}
