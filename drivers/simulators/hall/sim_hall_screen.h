/* Sim hall screen: the one page of the control window, laid out in as many columns as the window has room
 * for.
 *
 * It shows the last view and sends acts; it never asks a simulator itself. Pitfall: while an act is carried
 * out all buttons but a paper's stay usable; acts are carried out one after another.
 */
#ifndef DRIVERS_SIMULATORS_HALL_SIM_HALL_SCREEN_H
#define DRIVERS_SIMULATORS_HALL_SIM_HALL_SCREEN_H

#include "drivers/simulators/hall/sim_hall.h"
#include "kiosk/ui/ui.h"

/* What ui_program hands out in the control window. */
struct sim_hall_program {
    bool has_view; /* the simulators were asked once; before that nothing can be pressed */
    struct sim_hall_view view;
    int waiting;                 /* acts not yet answered */
    char chosen[72];             /* the chosen trade's number; "": the newest */
    char paper[64];              /* words of the paper last laid on the glass */
    enum sim_hall_act_code last; /* the act last sent */
    int sheet;                   /* the first sheet shown of the view's */
    int first;                   /* the section a small window begins with */
    /* The act is sent to the worker. */
    void (*send)(void *context, enum sim_hall_act_code act, const char *detail);
    /* The key with this name is put in. */
    void (*insert)(void *context, const char *name);
    /* The sheet with this name is laid on the glass. */
    void (*lay)(void *context, const char *name);
    void *context;
};

/* The table for the toolkit, one screen. Owns: static. */
const struct screen_class *sim_hall_screen_table(int *count);

#endif
