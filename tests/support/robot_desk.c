#include "tests/support/robot_desk.h"

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/desk/desk.h"
#include "tests/support/hall_visit.h"

void robot_desk_take_reset(struct robot *desk, struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(desk, &scene->desk);
    ui_reset(desk->ui, DESK_HOLDERS, NULL);
    robot_tap(desk, "holders.row.0");
    check(robot_shows(desk, hall_scene_visit(scene)->reset.code));
}

void robot_desk_grant(struct robot *desk, const char *id_number)
{
    robot_fill(desk, "reset.id", id_number);
    robot_key(desk, INPUT_KEY_ENTER, 0, 0);
    robot_tap(desk, "reset.grant");
}

void robot_desk_read_proof(struct robot *desk, const struct hall_scene *scene,
                           char proof[ROBOT_DESK_PROOF_BYTES])
{
    robot_until_text(desk, "已允许");
    const struct service_desk *view = services_desk(scene->desk.services);
    check(view->reset_count == 1 && text_copy(proof, ROBOT_DESK_PROOF_BYTES, view->resets[0].proof));
    check(robot_shows(desk, proof));
}
