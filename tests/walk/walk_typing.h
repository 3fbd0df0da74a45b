/* Typing: a form's field filled with the on-screen keyboard, as a finger does it.
 *
 * Letters, digits and marks are keys of the page that is open; pages are changed by their keys. Chinese is
 * typed as pinyin and chosen from the candidate bar, turning its pages. Pitfall: what is typed first decides
 * which candidates come, so syllables and characters are given in matching pieces.
 */
#ifndef TESTS_WALK_WALK_TYPING_H
#define TESTS_WALK_WALK_TYPING_H

#include "tests/walk/walk_view.h"

/* The text was typed into the focused field with keys that show its characters. */
bool walk_typing_plain(struct walk_view *view, const char *text);
/* The pinyin was typed and the characters were chosen from the candidates, the longest fitting piece first.
 */
bool walk_typing_pinyin(struct walk_view *view, const char *pinyin, const char *characters);

#endif
