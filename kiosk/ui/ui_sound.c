#include "kiosk/ui/ui_sound.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"

void ui_sound(struct ui *ui, enum ui_sound sound)
{
    bool passes = !ui->muted || sound == UI_SOUND_URGENT || sound == UI_SOUND_NONE;
    if (ui->settings.sound && passes)
        ui->settings.sound(ui->settings.program, sound);
}

bool ui_is_muted(const struct ui *ui)
{
    return ui->muted;
}

void ui_mute(struct ui *ui, bool muted)
{
    ui->muted = muted;
    ui->spoken[0] = '\0';
    if (muted)
        ui_sound(ui, UI_SOUND_NONE);
    ui->invalid = true;
}

static void speak(struct ui *ui)
{
    if (!ui->voice || ui->muted || strcmp(ui->voice, ui->spoken) == 0)
        return;
    (void)text_copy(ui->spoken, sizeof ui->spoken, ui->voice);
    if (ui->settings.speak)
        ui->settings.speak(ui->settings.program, ui->voice);
}

void ui_sound_page(struct ui *ui)
{
    if (ui->sound != UI_SOUND_NONE && ui->sound != ui->heard)
        ui_sound(ui, ui->sound);
    ui->heard = ui->sound;
    speak(ui);
}

void ui_sound_begin(struct ui *ui)
{
    ui->spoken[0] = '\0';
    ui->heard = UI_SOUND_NONE;
}
