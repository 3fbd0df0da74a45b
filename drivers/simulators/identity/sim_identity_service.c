/* The service's address: checking a request, keeping its session, answering with a signature. */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/identity/sim_identity.h"
#include "kiosk/base/text.h"

enum { CLOCK_TOLERANCE_S = 300, WHOLE_BYTES = 64 * 1024, LIFE_MOST_S = 3600 };

static const char *header_of(const struct sim_http_request *request, const char *name)
{
    const char *value = sim_http_header(request, name);
    return value == NULL ? "" : value;
}

static void mac_hex(const struct sim_identity *sim, const struct buf *text, char out[SIM_IDENTITY_HEX_BYTES])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    (void)HMAC(EVP_sha256(), sim->key, (int)strlen(sim->key), text->data, text->length, digest, &length);
    for (unsigned int i = 0; i < length && i < 32; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

/* --- sessions ---------------------------------------------------------------------------------------- */

struct sim_identity_session *sim_identity_find(struct sim_identity *sim, const char *id)
{
    size_t kept = sim->count < SIM_IDENTITY_SESSIONS ? sim->count : SIM_IDENTITY_SESSIONS;
    for (size_t i = 0; i < kept; i++) {
        struct sim_identity_session *session = &sim->sessions[i];
        if (strcmp(session->id, id) != 0)
            continue;
        if (strcmp(session->state, "waiting") == 0 &&
            sim_control_utc_s(&sim->control) >= session->until_utc_s)
            (void)snprintf(session->state, sizeof(session->state), "expired");
        return session;
    }
    return NULL;
}

struct sim_identity_session *sim_identity_newest(struct sim_identity *sim)
{
    return sim->count == 0 ? NULL : &sim->sessions[(sim->count - 1) % SIM_IDENTITY_SESSIONS];
}

static void person_hex(const struct sim_identity *sim, const char *name, const char *number,
                       char out[SIM_IDENTITY_HEX_BYTES])
{
    struct buf text;
    buf_init(&text, WHOLE_BYTES);
    if (buf_append_format(&text, "%s\n%s\n", name, number) == STATUS_OK)
        mac_hex(sim, &text, out);
    buf_release(&text);
}

/* --- believing --------------------------------------------------------------------------------------- */

static bool is_nonce_fresh(struct sim_identity *sim, const char *nonce)
{
    size_t kept = sim->nonce_count < SIM_IDENTITY_NONCES ? sim->nonce_count : SIM_IDENTITY_NONCES;
    for (size_t i = 0; i < kept; i++)
        if (strcmp(sim->nonces[i], nonce) == 0)
            return false;
    char *place = sim->nonces[sim->nonce_count % SIM_IDENTITY_NONCES];
    if (nonce[0] == '\0' || !text_copy(place, sizeof(sim->nonces[0]), nonce))
        return false;
    sim->nonce_count++;
    return true;
}

static bool is_signed(const struct sim_identity *sim, const struct sim_http_request *request)
{
    struct buf text;
    char expected[SIM_IDENTITY_HEX_BYTES] = "";
    const char *mark = request->raw_query[0] != '\0' ? "?" : "";
    buf_init(&text, WHOLE_BYTES);
    enum status status = buf_append_format(&text, "%s\n%s%s%s\n%s\n%s\n", request->method, request->path,
                                           mark, request->raw_query, header_of(request, "X-Identity-Time"),
                                           header_of(request, "X-Identity-Nonce"));
    if (status == STATUS_OK)
        status = buf_append(&text, request->body, request->body_length);
    if (status == STATUS_OK)
        status = buf_append_text(&text, "\n");
    if (status == STATUS_OK)
        mac_hex(sim, &text, expected);
    buf_release(&text);
    return status == STATUS_OK && strcmp(expected, header_of(request, "X-Identity-Signature")) == 0;
}

/* Returns: what is wrong with the request, NULL when it may be believed. */
static const char *hindrance(struct sim_identity *sim, const struct sim_http_request *request)
{
    int64_t off_s =
        sim_control_utc_s(&sim->control) - strtoll(header_of(request, "X-Identity-Time"), NULL, 10);
    if (strcmp(header_of(request, "X-Identity-Key"), sim->key_id) != 0)
        return "unknown-key";
    if (!is_signed(sim, request))
        return "bad-signature";
    if (off_s > CLOCK_TOLERANCE_S || off_s < -CLOCK_TOLERANCE_S)
        return "clock";
    return is_nonce_fresh(sim, header_of(request, "X-Identity-Nonce")) ? NULL : "nonce-used";
}

/* --- answering --------------------------------------------------------------------------------------- */

static void answer_session(struct sim_identity *sim, const struct sim_identity_session *session,
                           struct sim_http_reply *reply)
{
    char url[192], person[SIM_IDENTITY_HEX_BYTES] = "";
    struct json *document = json_new_object();
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/s/%s", sim_http_port(sim->server), session->id);
    person_hex(sim, session->name, session->number, person);
    json_set_text(document, "id", session->id);
    json_set_text(document, "state", session->state);
    json_set_text(document, "url", url);
    json_set_integer(document, "expires_utc_s", session->until_utc_s);
    json_set_text(document, "person", person);
    sim_control_answer_take(reply, document);
}

/* The same id again is the same session; about somebody else it is refused. */
static void begin_session(struct sim_identity *sim, const struct sim_http_request *request,
                          struct sim_http_reply *reply)
{
    struct json *json = NULL;
    struct sim_identity_session fresh = {.state = "waiting"};
    if (json_parse((const char *)request->body, request->body_length, &json) != STATUS_OK) {
        sim_control_refuse(reply, 400, "no document");
        return;
    }
    int64_t life_s = json_number(json, "life_s", 0);
    bool is_whole = text_copy(fresh.id, sizeof(fresh.id), json_text(json, "id", "")) &&
                    text_copy(fresh.name, sizeof(fresh.name), json_text(json, "name", "")) &&
                    text_copy(fresh.number, sizeof(fresh.number), json_text(json, "number", "")) &&
                    strlen(fresh.id) == 32 && fresh.name[0] != '\0' && life_s > 0 && life_s <= LIFE_MOST_S;
    json_free(json);
    struct sim_identity_session *session = is_whole ? sim_identity_find(sim, fresh.id) : NULL;
    if (!is_whole) {
        sim_control_refuse(reply, 400, "incomplete");
    } else if (strlen(fresh.number) != 18) {
        sim_control_refuse(reply, 422, "not a number of a resident");
    } else if (session != NULL &&
               (strcmp(session->name, fresh.name) != 0 || strcmp(session->number, fresh.number) != 0)) {
        sim_control_refuse(reply, 409, "about somebody else");
    } else {
        if (session == NULL) {
            fresh.until_utc_s = sim_control_utc_s(&sim->control) + life_s;
            session = &sim->sessions[sim->count++ % SIM_IDENTITY_SESSIONS];
            *session = fresh;
        }
        answer_session(sim, session, reply);
    }
}

static void inquire(struct sim_identity *sim, const struct sim_http_request *request, const char *id,
                    struct sim_http_reply *reply)
{
    char person[SIM_IDENTITY_HEX_BYTES] = "";
    const char *asked = sim_http_query(request, "person");
    const struct sim_identity_session *session = sim_identity_find(sim, id);
    if (session == NULL) {
        sim_control_refuse(reply, 404, "no such session");
        return;
    }
    person_hex(sim, session->name, session->number, person);
    if (asked == NULL || strcmp(asked, person) != 0)
        sim_control_refuse(reply, 409, "about somebody else");
    else
        answer_session(sim, session, reply);
}

static bool is_due(struct sim_identity *sim, const char *method, const char *kind, struct sim_fault *fault)
{
    return sim_faults_take(&sim->control.faults, method, kind, fault);
}

/* Returns: whether the call goes no further. */
static bool stumble_before(struct sim_identity *sim, const char *method, struct sim_http_reply *reply)
{
    struct sim_fault fault;
    reply->drop = is_due(sim, method, "drop", &fault);
    if (is_due(sim, method, "http-500", &fault))
        sim_control_refuse(reply, 500, "broken");
    else if (is_due(sim, method, "busy", &fault))
        sim_control_refuse(reply, 503, "busy");
    else if (is_due(sim, method, "refuse", &fault))
        sim_control_refuse(reply, 422, "not this person");
    else
        return reply->drop;
    return true;
}

static void sign_reply(const struct sim_identity *sim, const char *nonce, struct sim_http_reply *reply)
{
    struct buf text;
    char signature[SIM_IDENTITY_HEX_BYTES] = "";
    buf_init(&text, WHOLE_BYTES);
    enum status status = buf_append_format(&text, "%s\n%d\n", nonce, reply->code);
    if (status == STATUS_OK)
        status = buf_append(&text, reply->body.data, reply->body.length);
    if (status == STATUS_OK)
        status = buf_append_text(&text, "\n");
    if (status == STATUS_OK)
        mac_hex(sim, &text, signature);
    buf_release(&text);
    reply->headers[0].name = "X-Identity-Signature";
    (void)snprintf(reply->headers[0].value, sizeof(reply->headers[0].value), "%s", signature);
}

static void stumble_after(struct sim_identity *sim, const char *method, struct sim_http_reply *reply)
{
    struct sim_fault fault;
    if (is_due(sim, method, "bad-sign", &fault))
        reply->headers[0].value[0] ^= 1;
    if (is_due(sim, method, "no-sign", &fault))
        reply->headers[0].name = NULL;
    if (is_due(sim, method, "garbage", &fault)) {
        buf_clear(&reply->body);
        (void)buf_append_text(&reply->body, "<html>?</html>");
    }
    if (is_due(sim, method, "cut", &fault))
        reply->cut_at_bytes = (int64_t)reply->body.length / 2;
    if (is_due(sim, method, "drop-reply", &fault))
        reply->drop = true;
    if (is_due(sim, method, "delay", &fault))
        reply->delay_ms = strtoll(fault.argument, NULL, 10);
}

static void write_log(struct sim_identity *sim, const char *method, const struct sim_http_reply *reply)
{
    struct json *line = json_new_object();
    json_set_text(line, "method", method);
    json_set_integer(line, "http", reply->code);
    json_set_bool(line, "dropped", reply->drop);
    json_set_integer(line, "utc_s", sim_control_utc_s(&sim->control));
    sim_log_take(&sim->control.log, line);
}

/* What the telephone would open; the control window plays it. */
static void answer_page(struct sim_identity *sim, const char *id, struct sim_http_reply *reply)
{
    const struct sim_identity_session *session = sim_identity_find(sim, id);
    sim_http_answer(reply, session == NULL ? 404 : 200, "text/plain; charset=utf-8", "%s\n",
                    session == NULL ? "没有这次核验" : session->state);
}

void sim_identity_service(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    static const char sessions[] = "/v1/sessions";
    struct sim_identity *sim = context;
    if (text_has_prefix(request->path, "/s/")) {
        answer_page(sim, request->path + 3, reply);
        return;
    }
    bool is_post = strcmp(request->method, "POST") == 0;
    bool is_one = text_has_prefix(request->path, "/v1/sessions/");
    const char *method = is_post ? "begin" : is_one ? "inquire" : "health";
    const char *wrong = hindrance(sim, request);
    if (wrong != NULL) {
        sim_control_refuse(reply, 401, wrong);
        write_log(sim, method, reply);
        return; /* whoever it is has no key, so it gets no signature */
    }
    if (!stumble_before(sim, method, reply)) {
        if (is_post && strcmp(request->path, sessions) == 0)
            begin_session(sim, request, reply);
        else if (is_one)
            inquire(sim, request, request->path + strlen(sessions) + 1, reply);
        else if (strcmp(request->path, "/v1/health") == 0)
            sim_http_answer(reply, 200, "application/json", "{\"health\":\"ok\"}\n");
        else
            sim_control_refuse(reply, 404, "no such address");
    }
    sign_reply(sim, header_of(request, "X-Identity-Nonce"), reply);
    stumble_after(sim, method, reply);
    write_log(sim, method, reply);
}
