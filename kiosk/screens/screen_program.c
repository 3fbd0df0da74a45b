/* Screen program: what the applicant's program does on every screen, whoever runs its loop. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/call.h"
#include "kiosk/screens/help.h"
#include "kiosk/screens/screen.h"

bool screen_program_event(void *program, struct ui *ui, const struct ui_event *event)
{
    (void)program;
    if (help_event(ui, event))
        return true;
    if (call_event(ui, event)) {
        help_update(ui);
        return true;
    }
    if (!ui_tapped(event, "bar.call") && !ui_tapped(event, "assist.call"))
        return false;
    if (call_toggle(ui) && ui_tapped(event, "bar.call"))
        help_open_manual(ui); /* to read until somebody comes; a locked page has nothing to explain */
    return true;
}

void screen_program_idle_end(void *program, struct ui *ui)
{
    (void)program;
    screen_end_visit(ui);
}

static void tell_presence(struct ui *ui)
{
    struct screen_program *program = screen_program(ui);
    const char *screen = ui_screen_name(ui);
    const char *field = ui_focused(ui) == NULL ? "" : ui_focused(ui);
    if (strcmp(screen, program->told_screen) == 0 && strcmp(field, program->told_field) == 0)
        return;
    (void)text_copy(program->told_screen, sizeof(program->told_screen), screen);
    (void)text_copy(program->told_field, sizeof(program->told_field), field);
    (void)service_presence(program->services, program->told_screen, program->told_field);
}

void screen_program_drain(struct ui *ui)
{
    struct service_reply reply;
    while (services_receive(screen_services(ui), &reply)) {
        if (reply.kind == SERVICE_SUPERVISION)
            help_acts(ui);
        if (reply.id != 0)
            ui_reply(ui, reply.id, &reply);
        else
            ui_notice(ui, (int)reply.kind, &reply);
        service_image_free(reply.image); /* a screen that keeps it has taken the pointer and left NULL */
    }
    help_update(ui);
    call_update(ui);
    tell_presence(ui);
}
