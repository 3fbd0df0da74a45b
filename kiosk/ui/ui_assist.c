#include "kiosk/ui/ui_assist.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_dialog.h"

#define KEEP(member) (void)text_copy(next.member, sizeof next.member, assist->member ? assist->member : "")

void ui_set_assist(struct ui *ui, const struct ui_assist *assist)
{
    struct ui_assist_words next = {0};
    KEEP(chip);
    KEEP(message_title);
    KEEP(message);
    KEEP(note);
    KEEP(read);
    KEEP(cancel);
    KEEP(lock_title);
    KEEP(lock_line);
    KEEP(call);
    KEEP(field);
    if (memcmp(&next, &ui->assist, sizeof next) == 0)
        return;
    ui->assist = next;
    ui->invalid = true;
}

static void build_message(struct ui *ui, const struct ui_assist_words *words)
{
    struct widget_dialog dialog = {.id = "assist",
                                   .title = words->message_title,
                                   .line = words->message,
                                   .note = words->note[0] ? words->note : NULL,
                                   .icon = ICON_HEADSET,
                                   .primary = {.id = "assist.read", .label = words->read}};
    if (words->cancel[0])
        dialog.left = (struct widget_button){
            .id = "assist.cancel", .label = words->cancel, .look = WIDGET_BUTTON_NEUTRAL};
    widget_dialog(ui, &dialog);
}

static void build_lock(struct ui *ui, const struct ui_assist_words *words)
{
    widget_dialog(ui, &(struct widget_dialog){.id = "assist.lock",
                                              .title = words->lock_title,
                                              .line = words->lock_line,
                                              .icon = ICON_LOCK,
                                              .primary = {.id = "assist.call", .label = words->call}});
}

void ui_build_assist(struct ui *ui)
{
    const struct ui_assist_words *words = &ui->assist;
    if (words->message[0])
        build_message(ui, words);
    if (words->lock_title[0])
        build_lock(ui, words);
}
