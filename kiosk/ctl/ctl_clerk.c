#include <string.h>
#include <unistd.h>

#include "kiosk/ctl/ctl_output.h"
#include "kiosk/store/store_clerk.h"

enum { PASSWORD_CHARACTERS = 14, CLERKS_MAX = 200, ACTOR_BYTES = 32 };

/* 14 of 32 characters are 70 bits; none of them looks like another on paper. */
static enum status make_password(const struct random *random, struct secret *out)
{
    static const char alphabet[] = "23456789abcdefghijkmnpqrstuvwxyz";
    char text[PASSWORD_CHARACTERS];
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = alphabet[random_below(random, sizeof(alphabet) - 1)];
    enum status status = secret_set(out, text, sizeof(text));
    secret_wipe_bytes(text, sizeof(text));
    return status;
}

/* Byte by byte, so that no buffer keeps the password and nothing behind the line is taken. */
static enum status read_password(int fd, struct secret *out)
{
    char line[SECRET_BYTES + 2];
    size_t length = 0;
    while (length < sizeof(line) && read(fd, line + length, 1) == 1 && line[length] != '\n')
        length++;
    if (length > 0 && length < sizeof(line) && line[length - 1] == '\r')
        length--;
    enum status status = length > SECRET_BYTES ? STATUS_FULL : secret_set(out, line, length);
    secret_wipe_bytes(line, sizeof(line));
    return status;
}

static enum ctl_exit get_password(struct ctl *ctl, struct secret *out)
{
    bool is_given = ctl_has(ctl, CTL_OPTION_PASSWORD_STDIN);
    enum status status = is_given ? read_password(ctl->io->in_fd, out) : make_password(ctl->io->random, out);
    if (status == STATUS_OK)
        return CTL_EXIT_DONE;
    return ctl_refuse(ctl, status, NULL, "the password may hold at most %d bytes", (int)SECRET_BYTES);
}

/* The one time a password is ever shown: the one we made ourselves. */
static void tell_password(struct ctl *ctl, const struct secret *password)
{
    if (!ctl_has(ctl, CTL_OPTION_PASSWORD_STDIN))
        (void)fprintf(ctl->io->out, "password, shown only now: %s\n", (const char *)password->bytes);
}

static enum ctl_exit refuse_clerk(struct ctl *ctl, enum status status, const struct failure *failure)
{
    const char *name = ctl->word[0];
    if (status == STATUS_CONFLICT)
        return ctl_refuse(ctl, status, NULL, "there is a clerk %s already", name);
    if (status == STATUS_NOT_FOUND)
        return ctl_refuse(ctl, status, NULL, "there is no clerk %s", name);
    if (status == STATUS_MALFORMED)
        return ctl_refuse(
            ctl, status, NULL,
            "a name must be one word of letters, digits, \".\", \"_\" and \"-\", and a password "
            "have at least %d characters",
            (int)STORE_CLERK_PASSWORD_MIN);
    return ctl_refuse(ctl, status, failure, "the store refused");
}

enum ctl_exit ctl_clerk_add(struct ctl *ctl)
{
    struct secret password = {0};
    struct failure failure = {0};
    char actor[ACTOR_BYTES];
    const char *given = ctl->option[CTL_OPTION_ROLE];
    enum store_clerk_role role = given == NULL ? STORE_CLERK_REVIEWER : store_clerk_role_from_name(given);
    if (role == STORE_CLERK_ROLE_COUNT_)
        return ctl_misuse(ctl, "%s is no role", given);
    enum ctl_exit result = get_password(ctl, &password);
    if (result != CTL_EXIT_DONE)
        return result;
    ctl_actor(actor, sizeof(actor));
    enum status status = store_clerk_add(ctl->store, ctl->word[0], role, &password, actor, &failure);
    if (status == STATUS_OK) {
        (void)fprintf(ctl->io->out, "clerk %s may sign in as %s\n", ctl->word[0],
                      store_clerk_role_name(role));
        tell_password(ctl, &password);
    } else {
        result = refuse_clerk(ctl, status, &failure);
    }
    secret_wipe(&password);
    return result;
}

enum ctl_exit ctl_clerk_password(struct ctl *ctl)
{
    struct secret password = {0};
    struct failure failure = {0};
    char actor[ACTOR_BYTES];
    enum ctl_exit result = get_password(ctl, &password);
    if (result != CTL_EXIT_DONE)
        return result;
    ctl_actor(actor, sizeof(actor));
    enum status status = store_clerk_set_password(ctl->store, ctl->word[0], &password, actor, &failure);
    if (status == STATUS_OK) {
        (void)fprintf(ctl->io->out, "clerk %s has a new password\n", ctl->word[0]);
        tell_password(ctl, &password);
    } else {
        result = refuse_clerk(ctl, status, &failure);
    }
    secret_wipe(&password);
    return result;
}

static enum ctl_exit set_disabled(struct ctl *ctl, bool disabled)
{
    struct failure failure = {0};
    char actor[ACTOR_BYTES];
    ctl_actor(actor, sizeof(actor));
    enum status status = store_clerk_set_disabled(ctl->store, ctl->word[0], disabled, actor, &failure);
    if (status != STATUS_OK)
        return refuse_clerk(ctl, status, &failure);
    (void)fprintf(ctl->io->out, "clerk %s can %s sign in\n", ctl->word[0], disabled ? "no longer" : "again");
    return CTL_EXIT_DONE;
}

enum ctl_exit ctl_clerk_disable(struct ctl *ctl)
{
    return set_disabled(ctl, true);
}

enum ctl_exit ctl_clerk_enable(struct ctl *ctl)
{
    return set_disabled(ctl, false);
}

static struct json *clerk_json(const struct ctl *ctl, const struct store_clerk *clerk)
{
    struct json *row = json_new_object();
    bool is_locked = clerk->locked_until_utc_s > clock_utc_s(ctl->io->clock);
    json_set_text(row, "name", clerk->name);
    json_set_text(row, "role", store_clerk_role_name(clerk->role));
    json_set_text(row, "state", clerk->disabled ? "disabled" : is_locked ? "locked" : "active");
    json_set_integer(row, "failed_tries", clerk->failed_tries);
    if (is_locked)
        ctl_output_set_time(row, "locked_until", clerk->locked_until_utc_s);
    ctl_output_set_time(row, "created", clerk->created_utc_s);
    return row;
}

enum ctl_exit ctl_clerk_list(struct ctl *ctl)
{
    static const char *const columns[] = {"name", "role", "state", "failed_tries", "locked_until", "created"};
    static struct store_clerk clerks[CLERKS_MAX];
    struct failure failure = {0};
    size_t count = 0;
    enum status status = store_clerk_list(ctl->store, clerks, CLERKS_MAX, &count, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the clerks could not be read");
    struct json *rows = json_new_array();
    for (size_t i = 0; i < count; i++)
        json_append_take(rows, clerk_json(ctl, &clerks[i]));
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else
        ctl_output_table(ctl, NULL, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return CTL_EXIT_DONE;
}
