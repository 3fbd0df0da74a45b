#include "drivers/simulators/key/key_saved.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/simulators/key/key_state.h"

enum { PATH_BYTES = 2048 };

/* --- folders without subfolders ----------------------------------------------------------------------------
 */

static bool is_hidden(const char *name)
{
    return name[0] == '.';
}

static void remove_folder(const char *folder)
{
    char path[PATH_BYTES + NAME_MAX + 2];
    DIR *entries = opendir(folder);
    for (struct dirent *one; entries != NULL && (one = readdir(entries)) != NULL;) {
        snprintf(path, sizeof(path), "%s/%s", folder, one->d_name);
        if (!is_hidden(one->d_name))
            (void)unlink(path);
    }
    if (entries != NULL)
        closedir(entries);
    (void)rmdir(folder);
}

static bool copy_file(const char *from, const char *to)
{
    char bytes[8192];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = in >= 0 && out >= 0;
    for (ssize_t got = 1; good && got > 0;) {
        got = read(in, bytes, sizeof(bytes));
        good = got >= 0 && (got == 0 || write(out, bytes, (size_t)got) == got);
    }
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return good;
}

static bool copy_folder(const char *from, const char *to)
{
    char source[PATH_BYTES + NAME_MAX + 2];
    char target[PATH_BYTES + NAME_MAX + 2];
    DIR *entries = opendir(from);
    bool good = entries != NULL && mkdir(to, 0700) == 0;
    for (struct dirent *one; good && (one = readdir(entries)) != NULL;) {
        snprintf(source, sizeof(source), "%s/%s", from, one->d_name);
        snprintf(target, sizeof(target), "%s/%s", to, one->d_name);
        good = is_hidden(one->d_name) || copy_file(source, target);
    }
    if (entries != NULL)
        closedir(entries);
    return good;
}

/* --- changes ------------------------------------------------------------------------------------------- */

/* SoftHSM names a token's folder by a UUID whose last 16 hexadecimal digits are the serial number. */
static bool is_folder_of(const char *name, const char *inner)
{
    char digits[NAME_MAX + 1];
    size_t length = 0;
    for (const char *at = name; *at != 0 && length < NAME_MAX; at++) {
        if (*at != '-')
            digits[length++] = *at;
    }
    digits[length] = 0;
    size_t wanted = strlen(inner);
    return wanted > 0 && length >= wanted && strcmp(digits + length - wanted, inner) == 0;
}

static bool find_folder(const char *inner, char name[NAME_MAX + 1])
{
    char path[PATH_BYTES];
    bool found = false;
    snprintf(path, sizeof(path), "%s/tokens", key_state_folder());
    DIR *entries = opendir(path);
    for (struct dirent *one; !found && entries != NULL && (one = readdir(entries)) != NULL;) {
        found = is_folder_of(one->d_name, inner);
        if (found)
            snprintf(name, NAME_MAX + 1, "%s", one->d_name);
    }
    if (entries != NULL)
        closedir(entries);
    return found;
}

static int lock_changes(void)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof(path), "%s/busy", key_state_folder());
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    while (fd >= 0 && flock(fd, LOCK_EX) != 0 && errno == EINTR)
        continue;
    return fd;
}

int key_saved_begin(const char *inner)
{
    char name[NAME_MAX + 1];
    char from[PATH_BYTES];
    char fresh[PATH_BYTES];
    char saved[PATH_BYTES];
    int change = lock_changes();
    if (!find_folder(inner, name))
        return change;
    snprintf(from, sizeof(from), "%s/tokens/%s", key_state_folder(), name);
    snprintf(fresh, sizeof(fresh), "%s/saved/.%s", key_state_folder(), name);
    snprintf(saved, sizeof(saved), "%s/saved/%s", key_state_folder(), name);
    remove_folder(fresh);
    if (copy_folder(from, fresh))
        (void)rename(fresh, saved); /* from here on there is something to go back to */
    return change;
}

void key_saved_end(int change, const char *inner)
{
    char name[NAME_MAX + 1];
    char saved[PATH_BYTES];
    char done[PATH_BYTES];
    if (find_folder(inner, name)) {
        snprintf(saved, sizeof(saved), "%s/saved/%s", key_state_folder(), name);
        snprintf(done, sizeof(done), "%s/saved/.%s", key_state_folder(), name);
        if (rename(saved, done) == 0) /* at once: half a copy must never be gone back to */
            remove_folder(done);
    }
    if (change >= 0)
        close(change);
}

void key_saved_recover(void)
{
    char folder[PATH_BYTES];
    int change = lock_changes();
    snprintf(folder, sizeof(folder), "%s/saved", key_state_folder());
    (void)mkdir(folder, 0700);
    DIR *entries = opendir(folder);
    for (struct dirent *one; entries != NULL && (one = readdir(entries)) != NULL;) {
        char saved[PATH_BYTES + NAME_MAX + 2];
        char token[PATH_BYTES + NAME_MAX + 2];
        if (is_hidden(one->d_name))
            continue;
        snprintf(saved, sizeof(saved), "%s/%s", folder, one->d_name);
        snprintf(token, sizeof(token), "%s/tokens/%s", key_state_folder(), one->d_name);
        remove_folder(token);
        (void)rename(saved, token);
    }
    if (entries != NULL)
        closedir(entries);
    if (change >= 0)
        close(change);
}
