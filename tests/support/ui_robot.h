/* Ui robot: a toolkit without a window, driven by widget ids, for tests of pages and screens.
 *
 * Header only, because it needs the toolkit, which most tests do not link. The clock is moved by hand;
 * pictures are painted into memory and written as PNG for a person to look at.
 */
#ifndef TESTS_SUPPORT_UI_ROBOT_H
#define TESTS_SUPPORT_UI_ROBOT_H

#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/checker.h"
#include "kiosk/ui/idle.h"
#include "kiosk/ui/touch.h"
#include "kiosk/ui/ui.h"

#define UI_ROBOT_FONTS "/usr/share/fonts/opentype/noto"

struct ui_robot {
    struct clock_manual clock;
    struct font *font;
    struct icon_set *icons;
    struct ui *ui;
    uint32_t *pixels;
    int width, height;
};

/* Settings get clock, font and icons from the robot; the rest is the test's. 2025-11-21 10:26 in the hall. */
[[maybe_unused]] static void ui_robot_init(struct ui_robot *robot, struct ui_settings settings, int width,
                                           int height)
{
    struct font_settings fonts = {.regular = UI_ROBOT_FONTS "/NotoSansCJK-Regular.ttc",
                                  .medium = UI_ROBOT_FONTS "/NotoSansCJK-Medium.ttc",
                                  .bold = UI_ROBOT_FONTS "/NotoSansCJK-Bold.ttc"};
    memset(robot, 0, sizeof *robot);
    clock_manual_init(&robot->clock, 1763691960);
    check(font_open(&fonts, &robot->font, NULL) == STATUS_OK);
    robot->icons = icon_set_new(TEST_SOURCE_DIR "/assets/icons");
    settings.clock = &robot->clock.clock;
    settings.font = robot->font;
    settings.icons = robot->icons;
    robot->ui = ui_new(&settings, width, height);
    robot->width = width;
    robot->height = height;
    robot->pixels = calloc((size_t)width * (size_t)height, sizeof *robot->pixels);
    check(robot->pixels != NULL);
}

[[maybe_unused]] static void ui_robot_release(struct ui_robot *robot)
{
    ui_free(robot->ui);
    font_close(robot->font);
    icon_set_free(robot->icons);
    free(robot->pixels);
}

/* The time passes and what was due happens. Units: milliseconds. */
[[maybe_unused]] static void ui_robot_wait(struct ui_robot *robot, int64_t ms)
{
    clock_manual_advance(&robot->clock, ms);
    ui_tick(robot->ui);
}

[[maybe_unused]] static const struct widget *ui_robot_find(struct ui_robot *robot, const char *id)
{
    return widget_find(ui_tree(robot->ui), id);
}

[[maybe_unused]] static struct input_event ui_robot_event(struct ui_robot *robot, enum input_event_kind kind,
                                                          const char *id)
{
    const struct widget *widget = ui_robot_find(robot, id);
    check(widget != NULL);
    struct rect r = layout_to_window(ui_layout(robot->ui), widget->rect);
    return (struct input_event){.kind = kind, .pointer = 1, .x = r.x + r.w / 2, .y = r.y + r.h / 2};
}

/* A finger presses the widget's middle and leaves it again; then the double activation guard runs out. */
[[maybe_unused]] static void ui_robot_tap(struct ui_robot *robot, const char *id)
{
    const struct widget *widget = ui_robot_find(robot, id);
    if (widget && (widget->state & WIDGET_RESTING)) /* the page has just come by itself */
        ui_robot_wait(robot, TOUCH_REST_MS);
    struct input_event press = ui_robot_event(robot, INPUT_EVENT_PRESS, id), release = press;
    release.kind = INPUT_EVENT_RELEASE;
    ui_handle(robot->ui, &press);
    ui_handle(robot->ui, &release);
    ui_robot_wait(robot, TOUCH_GUARD_MS + 1);
}

[[maybe_unused]] static void ui_robot_type(struct ui_robot *robot, const char *text)
{
    struct input_event event = {.kind = INPUT_EVENT_TEXT};
    snprintf(event.text, sizeof event.text, "%s", text);
    ui_handle(robot->ui, &event);
}

[[maybe_unused]] static void ui_robot_key(struct ui_robot *robot, enum input_key key, int character,
                                          unsigned modifiers)
{
    ui_handle(robot->ui,
              &(struct input_event){
                  .kind = INPUT_EVENT_KEY, .key = key, .character = character, .modifiers = modifiers});
}

/* What is dirty is painted into the robot's pixels. */
[[maybe_unused]] static struct rect ui_robot_paint(struct ui_robot *robot)
{
    return ui_paint(robot->ui, robot->pixels, robot->width);
}

/* The whole page as a PNG file. */
[[maybe_unused]] static void ui_robot_picture(struct ui_robot *robot, const char *path)
{
    ui_damage(robot->ui);
    (void)ui_robot_paint(robot);
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(robot->pixels, robot->width, robot->height, 32,
                                                              robot->width * 4, SDL_PIXELFORMAT_RGB888);
    check(surface != NULL && IMG_SavePNG(surface, path) == 0);
    SDL_FreeSurface(surface);
}

/* The page's faults are printed. Returns: how many there are. */
[[maybe_unused]] static size_t ui_robot_faults(struct ui_robot *robot)
{
    struct checker_finding findings[32];
    ui_damage(robot->ui);
    (void)ui_robot_paint(robot);
    size_t count = checker_check(robot->ui, findings, 32);
    for (size_t i = 0; i < count && i < 32; i++)
        fprintf(stderr, "%s: %s '%s' %s\n", ui_screen_name(robot->ui), checker_fault_name(findings[i].fault),
                findings[i].id, findings[i].other ? findings[i].other : "");
    return count;
}

#endif
