#include "tests/kill/kill_story.h"

#include <string.h>

static const char *const names[] = {
#define KILL_STORY(code, name) name,
#include "tests/kill/kill_stories.def"
#undef KILL_STORY
};

const char *kill_story_name(enum kill_story story)
{
    return names[story];
}

bool kill_story_parse(const char *name, enum kill_story *out)
{
    for (int i = 0; i < KILL_STORY_COUNT_; i++) {
        if (strcmp(names[i], name) != 0)
            continue;
        *out = (enum kill_story)i;
        return true;
    }
    return false;
}
