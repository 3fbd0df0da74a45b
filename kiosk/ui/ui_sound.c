#include "kiosk/ui/ui_sound.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"

enum { SPEAK_AGAIN_MS = 20000 };

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

static void say(struct ui *ui)
{
    ui->spoken_ms = ui_now_ms(ui);
    if (ui->settings.speak)
        ui->settings.speak(ui->settings.program, ui->spoken);
}

static void speak(struct ui *ui)
{
    if (!ui->voice || ui->muted || strcmp(ui->voice, ui->spoken) == 0)
        return;
    (void)text_copy(ui->spoken, sizeof ui->spoken, ui->voice);
    ui->spoken_again = false;
    say(ui);
}

void ui_read_aloud(struct ui *ui, const char *text)
{
    ui->spoken_again = true;
    if (ui->settings.read)
        ui->settings.read(ui->settings.program, text);
}

int64_t ui_sound_deadline_ms(const struct ui *ui)
{
    int64_t last_ms = ui->spoken_ms > ui->idle.last_ms ? ui->spoken_ms : ui->idle.last_ms;
    bool waits = ui->spoken[0] != 0 && !ui->spoken_again && !ui->muted;
    return waits ? last_ms + SPEAK_AGAIN_MS : INT64_MAX;
}

void ui_sound_tick(struct ui *ui)
{
    if (ui_sound_deadline_ms(ui) > ui_now_ms(ui))
        return;
    ui->spoken_again = true;
    say(ui);
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
