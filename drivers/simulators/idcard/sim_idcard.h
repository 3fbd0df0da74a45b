/* Sim idcard: the state all parts of the simulator share. What it does and how it is controlled stands in
 * sim_idcard_main.c.
 *
 * Everything here is touched under the server's lock only. Pitfall: nothing is taken from drivers/idcard; a
 * mistake made there must not be made here a second time.
 */
#ifndef DRIVERS_SIMULATORS_IDCARD_SIM_IDCARD_H
#define DRIVERS_SIMULATORS_IDCARD_SIM_IDCARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

#include "drivers/simulators/common/sim_control.h"

enum {
    SIM_IDCARD_TEXT_BYTES = 160,
    SIM_IDCARD_BLOCK_BYTES = 256,
    SIM_IDCARD_PHOTO_BYTES = 1024,
    SIM_IDCARD_ANSWER_BYTES = 2400
};

/* A card as it is made up; texts are UTF-8. */
struct sim_idcard_card {
    char mark; /* ' ' resident, 'I' foreigner, 'J' Hong Kong, Macao, Taiwan */
    char name[SIM_IDCARD_TEXT_BYTES];
    char latin[SIM_IDCARD_TEXT_BYTES]; /* of a foreigner */
    char nation[8];
    char address[SIM_IDCARD_TEXT_BYTES];
    char number[24];
    char issuer[SIM_IDCARD_TEXT_BYTES];
    char from[16];
    char to[16];
};

struct sim_idcard {
    struct sim_control control;
    struct sim_http *server;
    speed_t speed; /* of the reader's end of the line */
    bool once;     /* a card read already is found again only when it was lifted */
    bool has_card, is_found, is_selected, was_read;
    struct sim_idcard_card card;
    int64_t reads; /* whole ones */
};

/* What goes over the line in answer, and how. */
struct sim_idcard_answer {
    uint8_t bytes[SIM_IDCARD_ANSWER_BYTES];
    size_t length; /* 0: silence */
    int pause_ms;  /* before the first byte */
    size_t piece;  /* so many bytes at once; 0: all */
};

/* A made-up card by its name: "agent", "legal", "other", "expired", "endless", "foreign", "residence".
 * Returns: whether there is one. */
bool sim_idcard_preset(const char *name, struct sim_idcard_card *out);

/* The card's block of texts. Returns: false when a text does not fit its place. */
bool sim_idcard_block(const struct sim_idcard_card *card, uint8_t out[SIM_IDCARD_BLOCK_BYTES]);

/* The first whole question among the bytes is answered. Units: *used bytes are done with.
 * Returns: whether there was one. */
bool sim_idcard_question(struct sim_idcard *sim, const uint8_t *bytes, size_t length, size_t *used,
                         struct sim_idcard_answer *out);

/* The reader answers on its end of the line until a signal ends the program. `slave` is the other end, whose
 * speed is looked at. Returns: IO. */
enum status sim_idcard_serve(struct sim_idcard *sim, int line, int slave, struct failure *failure);

/* Answers /control/, and its own paths below it. Thread: as sim_http_handler. */
void sim_idcard_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply);
void sim_idcard_control_more(void *context, const struct sim_http_request *request,
                             struct sim_http_reply *reply);

#endif
