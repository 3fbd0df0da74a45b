/* Cases of what is around and between pages: the idle warning, the toast, the switches in the bar. */
#include "kiosk/ui/idle.h"
#include "tests/golden/gallery_person.h"

/* The warning over a form with a mistake and values, which are hidden now; 28 s are left. */
void gallery_frame_idle(struct gallery *gallery)
{
    gallery_form_error(gallery);
    gallery_wait(gallery, IDLE_DEFAULT_MS + 1);
    gallery_wait(gallery, 1000);
}

/* Before the login there is nothing to come back to. */
void gallery_frame_idle_early(struct gallery *gallery)
{
    gallery_choose(gallery);
    gallery_screen(gallery, SCREEN_SERVICE);
    gallery_wait(gallery, IDLE_DEFAULT_MS + 1);
}

/* 退出办理 asks once. */
void gallery_frame_leaving(struct gallery *gallery)
{
    gallery_form_empty(gallery);
    gallery_tap(gallery, "bar.exit");
}

void gallery_frame_call(struct gallery *gallery)
{
    gallery_choose(gallery);
    gallery_screen(gallery, SCREEN_SERVICE);
    gallery_tap(gallery, "bar.call");
    gallery->services.visit.clerk_called = true;
    gallery_answer(gallery, SERVICE_PRESENCE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* The store took nothing: the call is made again. */
void gallery_frame_call_failed(struct gallery *gallery)
{
    gallery_choose(gallery);
    gallery_screen(gallery, SCREEN_SERVICE);
    gallery_tap(gallery, "bar.call");
    gallery_answer(gallery, SERVICE_PRESENCE, STATUS_FULL, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_frame_muted(struct gallery *gallery)
{
    gallery_agreement_first(gallery);
    gallery_tap(gallery, "bar.voice");
}
