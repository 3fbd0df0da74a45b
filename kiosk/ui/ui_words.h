/* Ui words: what the toolkit itself says, in one list.
 *
 * Words of screens belong to the screens, words of products to their definitions.
 * Pitfall: a word is borrowed from the words handed to the ui and lives as long.
 */
#ifndef KIOSK_UI_UI_WORDS_H
#define KIOSK_UI_UI_WORDS_H

#define UI_WORD(code, words) [[maybe_unused]] static const char ui_word_##code[] = words;
#include "kiosk/ui/ui_words.def"
#undef UI_WORD

#endif
