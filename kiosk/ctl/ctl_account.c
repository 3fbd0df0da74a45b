/* Accounts for administrators: one is taken away, for a holder who asks for it and does not come to a
 * terminal. */
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/store/store_account.h"

enum ctl_exit ctl_account_close(struct ctl *ctl)
{
    struct failure failure = {0};
    char id[STORE_ID_BYTES] = "";
    enum status status = store_account_find(ctl->store, ctl->word[0], id, &failure);
    if (status == STATUS_OK)
        status = store_account_close(ctl->store, id, &failure);
    if (status == STATUS_NOT_FOUND)
        return ctl_refuse(ctl, status, NULL, "nobody logs in by this name");
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the store refused");
    (void)fprintf(ctl->io->out, "the account is closed; its orders stay with its mobile number\n");
    return CTL_EXIT_DONE;
}
