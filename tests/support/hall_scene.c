#include "tests/support/hall_scene.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/store/store_audit.h"

enum { AUDITS = 64 };

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

int hall_scene_setup_two(void **state, const char *source)
{
    int result = hall_scene_setup(state, source);
    hall_add_clerk(&((struct hall_scene *)*state)->hall, "lin");
    return result;
}

int hall_scene_setup_by_hand(void **state, const char *source)
{
    int result = hall_scene_setup_two(state, source);
    hall_take_by_hand(&((struct hall_scene *)*state)->hall);
    return result;
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

struct token_fake *hall_scene_writer(const struct hall_scene *scene)
{
    return scene->hall.writers[0];
}

enum status hall_scene_try_pin(struct hall_scene *scene, const char *text)
{
    struct token *token = scene->hall.tokens[0];
    struct secret pin = {0};
    struct token_info info;
    check(token_look(token, &info, NULL) == STATUS_OK);
    check(secret_set(&pin, text, strlen(text)) == STATUS_OK);
    enum status status = token_verify_pin(token, &info.identity, &pin, NULL);
    secret_wipe(&pin);
    return status;
}

const struct service_visit *hall_scene_visit(const struct hall_scene *scene)
{
    return services_visit(scene->terminal.services);
}

const struct hall_order_sum *hall_scene_look(struct hall_scene *scene)
{
    hall_order_sum(&scene->hall, scene->order.id, &scene->sum);
    return &scene->sum;
}

bool hall_scene_has_audit(struct hall_scene *scene, const char *action, const char *actor)
{
    struct store_audit rows[AUDITS];
    struct store *store = hall_store(&scene->hall, "watcher");
    size_t count = 0;
    bool found = false;
    check(store_audit_list(store, 0, rows, AUDITS, &count, NULL) == STATUS_OK);
    for (size_t i = 0; i < count; i++)
        found = found || (strcmp(rows[i].action, action) == 0 && strcmp(rows[i].actor, actor) == 0);
    store_close(store);
    return found;
}
