/* Assist: what a clerk at a distance puts over whatever page is open: a chip, a sentence, a lock, a frame.
 *
 * Copied when set and built with every page, so that no screen knows of it. Words only; who the clerk is does
 * not matter here.
 * Pitfall: a sentence and a lock are modal; of both the lock is on top.
 */
#ifndef KIOSK_UI_UI_ASSIST_H
#define KIOSK_UI_UI_ASSIST_H

struct ui;

struct ui_assist {
    const char *chip;          /* in the top bar instead of the machine; NULL or "": none */
    const char *message_title; /* of the sentence */
    const char *message;       /* stands until it was read (tap "assist.read"); NULL or "": none */
    const char *note;          /* below it in a well; NULL or "": none */
    const char *read;          /* words of its button */
    const char *cancel;        /* words of a button beside it, "assist.cancel"; NULL or "": none */
    const char *lock_title;    /* NULL or "": not locked */
    const char *lock_line;
    const char *call;  /* words of the lock's button, "assist.call" */
    const char *field; /* id of the field in an amber frame; NULL or "": none */
};
/* This is over the page from now on. Owns: copied. */
void ui_set_assist(struct ui *ui, const struct ui_assist *assist);

#endif
