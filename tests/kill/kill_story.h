/* Kill story: which of the stories of kill_stories.def a run is about.
 *
 * The driver tells it to both programs, which play their parts (kill_applicant.h, kill_clerk.h), and to the
 * judge. Pitfall: a story goes on from what is stored, so that a program killed anywhere plays on.
 */
#ifndef TESTS_KILL_KILL_STORY_H
#define TESTS_KILL_KILL_STORY_H

#include <stdbool.h>

enum kill_story {
#define KILL_STORY(code, name) KILL_STORY_##code,
#include "tests/kill/kill_stories.def"
#undef KILL_STORY
    KILL_STORY_COUNT_
};

/* The name in reports and arguments. Returns: a static text. */
const char *kill_story_name(enum kill_story story);
/* The story of this name. Returns: false when there is none. */
bool kill_story_parse(const char *name, enum kill_story *out);

#endif
