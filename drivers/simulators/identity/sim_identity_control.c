/* Being the person with the telephone: sessions are passed, failed or let expire. */
#include <stdio.h>
#include <string.h>

#include "drivers/simulators/identity/sim_identity.h"

static struct json *session_json(const struct sim_identity_session *session)
{
    struct json *row = json_new_object();
    json_set_text(row, "id", session->id);
    json_set_text(row, "state", session->state);
    json_set_text(row, "name", session->name);
    json_set_text(row, "number", session->number);
    json_set_integer(row, "expires_utc_s", session->until_utc_s);
    return row;
}

/* Newest first. */
static void show_sessions(struct sim_identity *sim, struct sim_http_reply *reply)
{
    struct json *list = json_new_array();
    size_t kept = sim->count < SIM_IDENTITY_SESSIONS ? sim->count : SIM_IDENTITY_SESSIONS;
    for (size_t back = 1; back <= kept; back++) {
        const char *id = sim->sessions[(sim->count - back) % SIM_IDENTITY_SESSIONS].id;
        json_append_take(list, session_json(sim_identity_find(sim, id)));
    }
    sim_control_answer_take(reply, list);
}

/* The session of the request, the newest when it names none, ends like this. */
static void end_session(struct sim_identity *sim, const struct sim_http_request *request,
                        struct sim_http_reply *reply)
{
    static const char ends[] = " passed failed expired ";
    char id[64], state[16], word[20];
    bool has_id = sim_control_parameter(request, "id", id, sizeof(id));
    struct sim_identity_session *session = has_id ? sim_identity_find(sim, id) : sim_identity_newest(sim);
    (void)sim_control_parameter(request, "state", state, sizeof(state));
    (void)snprintf(word, sizeof(word), " %s ", state);
    if (session == NULL || state[0] == '\0' || strstr(ends, word) == NULL) {
        sim_control_refuse(reply, session == NULL ? 404 : 400,
                           session == NULL ? "no such session" : "no end");
        return;
    }
    (void)snprintf(session->state, sizeof(session->state), "%s", state);
    sim_control_answer_take(reply, session_json(session));
}

void sim_identity_control_more(void *context, const struct sim_http_request *request,
                               struct sim_http_reply *reply)
{
    struct sim_identity *sim = context;
    bool is_post = strcmp(request->method, "POST") == 0;
    if (!is_post && strcmp(request->path, "/control/sessions") == 0)
        show_sessions(sim, reply);
    else if (is_post && strcmp(request->path, "/control/end") == 0)
        end_session(sim, request, reply);
    else
        sim_control_refuse(reply, 404, "no such control");
}

void sim_identity_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_identity *sim = context;
    sim_control_handle(&sim->control, request, reply);
}
