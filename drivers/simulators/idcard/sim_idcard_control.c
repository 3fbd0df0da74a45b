/* Laying and lifting cards, by tests and by the control window. */
#include <string.h>

#include "drivers/simulators/idcard/sim_idcard.h"
#include "kiosk/base/text.h"

static void answer_state(const struct sim_idcard *sim, struct sim_http_reply *reply)
{
    struct json *state = json_new_object();
    json_set_bool(state, "card", sim->has_card);
    json_set_text(state, "name",
                  !sim->has_card           ? ""
                  : sim->card.name[0] != 0 ? sim->card.name
                                           : sim->card.latin);
    json_set_text(state, "number", sim->has_card ? sim->card.number : "");
    json_set_text(state, "to", sim->has_card ? sim->card.to : "");
    json_set_integer(state, "reads", sim->reads);
    sim_control_answer_take(reply, state);
}

/* A preset, and whatever of it is said otherwise. Returns: whether it can stand on a card. */
static bool read_wish(const struct sim_http_request *request, struct sim_idcard_card *card)
{
    uint8_t block[SIM_IDCARD_BLOCK_BYTES];
    char value[SIM_IDCARD_TEXT_BYTES];
    const struct {
        const char *name;
        char *out;
        size_t size;
    } rows[] = {{"name", card->name, sizeof(card->name)},
                {"number", card->number, sizeof(card->number)},
                {"address", card->address, sizeof(card->address)},
                {"from", card->from, sizeof(card->from)},
                {"to", card->to, sizeof(card->to)}};
    if (!sim_control_parameter(request, "card", value, sizeof(value)))
        (void)text_copy(value, sizeof(value), "agent");
    if (!sim_idcard_preset(value, card))
        return false;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (sim_control_parameter(request, rows[i].name, value, sizeof(value)) &&
            !text_copy(rows[i].out, rows[i].size, value))
            return false;
    return sim_idcard_block(card, block);
}

static void place(struct sim_idcard *sim, const struct sim_http_request *request,
                  struct sim_http_reply *reply)
{
    struct sim_idcard_card card;
    if (!read_wish(request, &card)) {
        sim_control_refuse(reply, 400, "no such card");
        return;
    }
    sim->card = card;
    sim->has_card = true;
    sim->is_found = sim->is_selected = sim->was_read = false;
    answer_state(sim, reply);
}

void sim_idcard_control_more(void *context, const struct sim_http_request *request,
                             struct sim_http_reply *reply)
{
    struct sim_idcard *sim = context;
    char once[8];
    bool is_post = strcmp(request->method, "POST") == 0;
    if (!is_post && strcmp(request->path, "/control/state") == 0) {
        answer_state(sim, reply);
    } else if (is_post && strcmp(request->path, "/control/place") == 0) {
        place(sim, request, reply);
    } else if (is_post && strcmp(request->path, "/control/lift") == 0) {
        sim->has_card = sim->is_found = sim->is_selected = sim->was_read = false;
        answer_state(sim, reply);
    } else if (is_post && strcmp(request->path, "/control/model") == 0 &&
               sim_control_parameter(request, "once", once, sizeof(once))) {
        sim->once = strcmp(once, "yes") == 0;
        answer_state(sim, reply);
    } else {
        sim_control_refuse(reply, 404, "no such control");
    }
}

void sim_idcard_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_idcard *sim = context;
    sim_control_handle(&sim->control, request, reply);
}
