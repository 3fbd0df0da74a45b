#include "tests/walk/walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { QUIET_MS = 350 }; /* longer than a page slides */

bool walk_fail(struct walk *walk, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(walk->failure, sizeof(walk->failure), format, arguments);
    va_end(arguments);
    return false;
}

bool walk_fail_view(struct walk *walk, const struct walk_view *view)
{
    return walk_fail(walk, "%s", view->failure);
}

bool walk_fail_world(struct walk *walk)
{
    return walk_fail(walk, "%s", walk->world.failure);
}

const char *walk_path(const struct walk *walk, const char *name)
{
    static char paths[8][WALK_WORLD_PATH_BYTES];
    static unsigned next;
    char *path = paths[next++ % 8];
    (void)snprintf(path, WALK_WORLD_PATH_BYTES, "%s/%s", walk->out, name);
    return path;
}

bool walk_picture(struct walk *walk, struct walk_view *view, const char *name)
{
    char file[WALK_TEXT_BYTES];
    walk_view_settle(view, QUIET_MS);
    (void)snprintf(file, sizeof(file), "%02d-%s.png", ++walk->pictures, name);
    return walk_display_picture(view->display, walk_path(walk, file)) ||
           walk_fail(walk, "no picture of the %s can be taken", view->name);
}

const char *walk_applicant(const struct walk *walk, const char *name)
{
    return json_text(walk->applicant, name, "");
}

static const struct json *find_field(const struct walk *walk, const char *id)
{
    const struct json *fields = json_member(walk->applicant, "fields");
    for (size_t i = 0; i < json_length(fields); i++)
        if (strcmp(json_text(json_element(fields, i), "id", ""), id) == 0)
            return json_element(fields, i);
    return NULL;
}

void walk_applicant_text(const struct walk *walk, const char *field, char *out, size_t size)
{
    const struct json *found = find_field(walk, field);
    const struct json *pieces = found == NULL ? NULL : json_member(found, "pieces");
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; pieces != NULL && i < json_length(pieces); i++) {
        const struct json *piece = json_element(pieces, i);
        const char *text = json_text(piece, "text", json_text(piece, "keys", ""));
        if (text_copy(out + used, size - used, text))
            used += strlen(text);
    }
}
