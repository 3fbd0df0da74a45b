#include "tests/support/hall_scene.h"

#include <stdlib.h>

#include "kiosk/base/check.h"

int hall_scene_setup(void **state, const char *source)
{
    struct hall_scene *scene = calloc(1, sizeof(*scene));
    check(scene != NULL);
    hall_open(&scene->hall, source);
    hall_add_clerk(&scene->hall, "chen");
    hall_program_start(&scene->terminal, &scene->hall, 1, "terminal-01");
    hall_program_start(&scene->desk, &scene->hall, 0, "desk-01");
    *state = scene;
    return 0;
}

int hall_scene_teardown(void **state)
{
    struct hall_scene *scene = *state;
    hall_program_end(&scene->desk);
    hall_program_end(&scene->other);
    hall_program_end(&scene->terminal);
    hall_close(&scene->hall);
    free(scene);
    return 0;
}

void hall_scene_start_other(struct hall_scene *scene)
{
    hall_program_start(&scene->other, &scene->hall, 2, "terminal-02");
}

const struct hall_order_sum *hall_scene_look(struct hall_scene *scene)
{
    hall_order_sum(&scene->hall, scene->order.id, &scene->sum);
    return &scene->sum;
}
