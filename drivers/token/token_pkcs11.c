/* The service: each request of the contract as visits to the key. No vendor header is met here. */
#include "drivers/token/token_pkcs11.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/host/host_serve.h"
#include "drivers/token/token_pkcs11_data.h"
#include "drivers/token/token_pkcs11_import.h"
#include "drivers/token/token_pkcs11_slot.h"
#include "drivers/token/token_wire.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/random.h"

enum { LOOK_EVERY_MS = 50 };

struct service {
    const char *module;             /* borrowed from the arguments */
    const char *slot_text;          /* borrowed; NULL for any */
    struct token_pkcs11_slot *slot; /* loaded by the first request that needs it */
    uint64_t insertion;             /* from a random start, so that another process never repeats one */
    bool was_present;
    struct token_identity last; /* serial and model tell a swap that no event told */
};

/* One request being answered. */
struct act {
    struct service *service;
    struct host_turn *turn;
    const struct token_request *request;
    struct token_reply *reply;
    struct failure *failure;
    unsigned long number;   /* of the slot */
    struct token_info info; /* of the key when the act began */
};

/* --- what is in the writer ------------------------------------------------------------------------------ */

static enum status load(struct service *service, struct failure *failure)
{
    if (service->slot != NULL)
        return STATUS_OK;
    return token_pkcs11_slot_load(service->module, &service->slot, failure);
}

/* The writer is looked at and the insertion counted on when another key may be in. An empty writer is OK. */
static enum status observe(struct act *act)
{
    struct service *service = act->service;
    enum status status = load(service, act->failure);
    if (status != STATUS_OK)
        return status;
    struct token_pkcs11_raw *raw = token_pkcs11_slot_raw(service->slot);
    bool changed = token_pkcs11_raw_has_event(raw);
    act->info = (struct token_info){.presence = TOKEN_ABSENT, .free_bytes = -1};
    status = token_pkcs11_raw_find(raw, service->slot_text, &act->number, act->failure);
    if (status == STATUS_OK)
        status = token_pkcs11_raw_info(raw, act->number, &act->info, act->failure);
    if (status == STATUS_LOST || status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    if (status != STATUS_OK)
        return status;
    bool present = act->info.presence != TOKEN_ABSENT;
    changed = changed || present != service->was_present ||
              strcmp(act->info.identity.serial, service->last.serial) != 0 ||
              strcmp(act->info.identity.model, service->last.model) != 0;
    service->was_present = present;
    service->last = act->info.identity;
    service->insertion += changed ? 1 : 0;
    act->info.insertion = service->insertion;
    return STATUS_OK;
}

/* The key in the writer is the one the request names. */
static enum status recognise(struct act *act)
{
    enum status status = observe(act);
    if (status != STATUS_OK)
        return status;
    if (act->info.presence == TOKEN_ABSENT)
        return failure_set(act->failure, STATUS_LOST, "token", 0, "no key in the writer");
    if (!token_identity_is_same(&act->info.identity, &act->request->expected))
        return failure_set(act->failure, STATUS_CONFLICT, "token", 0, "another key is in the writer");
    return STATUS_OK;
}

/* After a failure the vendor's number may mislead: a key that is gone, or was out, is lost whatever it said.
 */
static enum status explain(struct act *act, enum status status)
{
    if (status != STATUS_IO && status != STATUS_UNSUPPORTED && status != STATUS_NOT_FOUND &&
        status != STATUS_BAD_STATE)
        return status;
    struct failure kept = *act->failure;
    uint64_t insertion = act->info.insertion;
    enum status seen = observe(act);
    *act->failure = kept;
    bool lost = seen == STATUS_OK && (act->info.presence == TOKEN_ABSENT || act->info.insertion != insertion);
    return lost ? STATUS_LOST : status;
}

/* --- visits ------------------------------------------------------------------------------------------ */

typedef enum status (*visit_step)(struct act *act, unsigned long session);

static enum status visit(struct act *act, enum token_pkcs11_login who, const struct secret *pin,
                         visit_step step)
{
    struct token_pkcs11_slot *slot = act->service->slot;
    unsigned long session = 0;
    enum status status = token_pkcs11_slot_enter(slot, act->number, act->failure);
    if (status == STATUS_OK)
        status = token_pkcs11_slot_login(slot, who, pin, &session, act->failure);
    if (status == STATUS_OK && step != NULL)
        status = step(act, session);
    token_pkcs11_slot_leave(slot);
    return status;
}

static enum status visit_as_user(struct act *act, visit_step step)
{
    if (!act->request->has_pin)
        return failure_set(act->failure, STATUS_MALFORMED, "token", 0, "no PIN in the request");
    return visit(act, TOKEN_PKCS11_USER, &act->request->pin, step);
}

static enum status step_summary(struct act *act, unsigned long session)
{
    (void)session;
    return token_pkcs11_slot_summary(act->service->slot, &act->info, act->failure);
}

static enum status look(struct act *act)
{
    enum status status = observe(act);
    if (status == STATUS_OK && act->info.presence == TOKEN_EMPTY)
        status = visit(act, TOKEN_PKCS11_NOBODY, NULL, step_summary);
    if (status == STATUS_OK)
        act->reply->info = act->info;
    return status;
}

static enum status wait_for_change(struct act *act)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + act->request->wait_ms;
    for (;;) {
        enum status status = observe(act);
        if (status != STATUS_OK)
            return status;
        if (act->info.insertion != act->request->insertion || clock_monotonic_ms(clock_system()) >= until_ms)
            break;
        if (host_turn_is_cancelled(act->turn))
            return STATUS_CANCELLED;
        (void)poll(NULL, 0, LOOK_EVERY_MS);
    }
    enum status status = look(act);
    /* pulled while it was looked at: the next look says absent, and that is the answer */
    return status == STATUS_LOST ? look(act) : status;
}

/* --- formatting and PINs ------------------------------------------------------------------------------- */

static enum status step_init_pin(struct act *act, unsigned long session)
{
    (void)session;
    return token_pkcs11_slot_init_pin(act->service->slot, &act->request->new_pin, act->failure);
}

static enum status init_token(struct act *act)
{
    char label[TOKEN_LABEL_CHARACTERS + 1];
    struct token_pkcs11_slot *slot = act->service->slot;
    token_label_from_mark(act->request->mark, act->request->name, label);
    enum status status = token_pkcs11_slot_enter(slot, act->number, act->failure);
    if (status == STATUS_OK)
        status = token_pkcs11_slot_format(slot, &act->request->pin, label, act->failure);
    token_pkcs11_slot_leave(slot); /* libp11 does not notice that the token is another one now */
    return status;
}

static enum status format(struct act *act)
{
    if (act->info.presence != TOKEN_BLANK && !act->request->may_erase)
        return failure_set(act->failure, STATUS_BAD_STATE, "token", 0,
                           "the key is not blank, nobody agreed to erase");
    if (strlen(act->request->mark) != TOKEN_MARK_CHARACTERS)
        return failure_set(act->failure, STATUS_MALFORMED, "token", 0, "no mark in the request");
    uint64_t insertion = act->info.insertion;
    enum status status = init_token(act);
    if (status == STATUS_OK)
        status = observe(act);
    if (status != STATUS_OK)
        return status;
    /* some modules give a key its serial number at formatting; another key would not carry our mark */
    if (strcmp(act->info.identity.mark, act->request->mark) != 0)
        return failure_set(act->failure, act->info.insertion != insertion ? STATUS_LOST : STATUS_IO,
                           "C_InitToken", 0, "the mark is not on the key");
    status = visit(act, TOKEN_PKCS11_OFFICER, &act->request->pin, step_init_pin);
    if (status == STATUS_OK)
        act->reply->identity = act->info.identity;
    return status;
}

static enum status step_change_pin(struct act *act, unsigned long session)
{
    (void)session;
    return token_pkcs11_slot_change_pin(act->service->slot, &act->request->pin, &act->request->new_pin,
                                        act->failure);
}

/* --- keys -------------------------------------------------------------------------------------------- */

static bool holds_key(const struct token_objects *objects, const struct token_key_id *id)
{
    for (unsigned i = 0; i < objects->count; i++) {
        const struct token_object *object = &objects->object[i];
        bool is_key = object->kind == TOKEN_OBJECT_PRIVATE_KEY || object->kind == TOKEN_OBJECT_PUBLIC_KEY;
        if (is_key && token_key_id_is_same(&object->id, id))
            return true;
    }
    return false;
}

static enum status give_public_key(struct act *act, unsigned long session, const struct token_key_id *id)
{
    struct token_pkcs11_raw_public key;
    enum status status = token_pkcs11_raw_public(token_pkcs11_slot_raw(act->service->slot), session,
                                                 act->request->role, id, &key, act->failure);
    return status == STATUS_OK ? token_pkcs11_slot_encode(&key, &act->reply->public_key, act->failure)
                               : status;
}

static enum status step_generate(struct act *act, unsigned long session)
{
    const struct token_request *request = act->request;
    struct token_pkcs11_raw *raw = token_pkcs11_slot_raw(act->service->slot);
    struct token_objects *objects = &act->reply->objects;
    enum status status = token_pkcs11_raw_list(raw, session, objects, act->failure);
    if (status == STATUS_OK && holds_key(objects, &request->id))
        status = failure_set(act->failure, STATUS_CONFLICT, "token", 0, "the id has a key already");
    if (status == STATUS_OK)
        status = token_pkcs11_raw_generate(raw, session, request->role, request->algorithm, request->unwraps,
                                           &request->id, act->failure);
    return status == STATUS_OK ? give_public_key(act, session, &request->id) : status;
}

static enum status generate(struct act *act)
{
    if (act->request->role != TOKEN_ROLE_SIGN)
        return failure_set(act->failure, STATUS_UNSUPPORTED, "token", 0,
                           "only signing keys are made on the key");
    if (act->request->id.length == 0)
        return failure_set(act->failure, STATUS_MALFORMED, "token", 0, "no key id in the request");
    if (act->request->unwraps && act->request->algorithm != TOKEN_ALGORITHM_RSA_2048)
        return failure_set(act->failure, STATUS_UNSUPPORTED, "token", 0, "only RSA keys take enveloped keys");
    return visit_as_user(act, step_generate);
}

static enum status step_import(struct act *act, unsigned long session)
{
    const struct token_request *request = act->request;
    struct token_envelope envelope;
    enum status status = token_envelope_read(bytes_view(request->data, request->data_length), &envelope);
    if (status != STATUS_OK)
        return failure_set(act->failure, status, "token_envelope", 0, "not an envelope this key can open");
    return token_pkcs11_import(token_pkcs11_slot_raw(act->service->slot), session, request->role,
                               &request->id, &envelope, act->failure);
}

static enum status import_enveloped(struct act *act)
{
    if (act->request->role != TOKEN_ROLE_ENCRYPT || act->request->id.length == 0)
        return failure_set(act->failure, STATUS_MALFORMED, "token", 0,
                           "only encryption keys with an id are brought in");
    return visit_as_user(act, step_import);
}

static enum status step_decrypt(struct act *act, unsigned long session)
{
    return token_pkcs11_decrypt(token_pkcs11_slot_raw(act->service->slot), session, &act->request->id,
                                act->request->data, act->request->data_length, &act->reply->data,
                                act->failure);
}

static enum status step_public_key(struct act *act, unsigned long session)
{
    return give_public_key(act, session, &act->request->id);
}

static enum status step_check(struct act *act, unsigned long session)
{
    return token_pkcs11_raw_check(token_pkcs11_slot_raw(act->service->slot), session, &act->request->id,
                                  &act->reply->check, act->failure);
}

static enum status step_sign(struct act *act, unsigned long session)
{
    (void)session;
    return token_pkcs11_slot_sign(act->service->slot, &act->request->id, act->request->data,
                                  act->request->data_length, &act->reply->data, act->failure);
}

static enum status step_list(struct act *act, unsigned long session)
{
    enum status status = token_pkcs11_raw_list(token_pkcs11_slot_raw(act->service->slot), session,
                                               &act->reply->objects, act->failure);
    act->reply->objects.with_private = act->request->has_pin;
    return status;
}

static enum status step_destroy(struct act *act, unsigned long session)
{
    return token_pkcs11_raw_destroy(token_pkcs11_slot_raw(act->service->slot), session, act->request->role,
                                    &act->request->id, act->failure);
}

/* --- certificates ------------------------------------------------------------------------------------- */

static enum status step_read(struct act *act, unsigned long session)
{
    (void)session;
    return token_pkcs11_slot_read(act->service->slot, act->request->role, &act->request->id,
                                  &act->reply->data, &act->reply->id, act->failure);
}

static enum status step_store(struct act *act, unsigned long session)
{
    const struct token_request *request = act->request;
    (void)session;
    return token_pkcs11_slot_store(act->service->slot, request->role, &request->id, request->data,
                                   request->data_length, act->failure);
}

static enum status step_remove_others(struct act *act, unsigned long session)
{
    const struct token_request *request = act->request;
    (void)session;
    return token_pkcs11_slot_remove_others(act->service->slot, request->role, &request->id, request->data,
                                           request->data_length, act->failure);
}

/* The new one first, then the old ones: a pull in between leaves the holder with a certificate. Each is a
 * visit of its own, because libp11 lists what it remembers, not what is on the key. */
static enum status write_certificate(struct act *act)
{
    const struct token_request *request = act->request;
    if (request->role == TOKEN_ROLE_FOREIGN || request->id.length == 0)
        return failure_set(act->failure, STATUS_MALFORMED, "token", 0, "no role or key id in the request");
    enum status status = visit_as_user(act, step_store);
    if (status == STATUS_OK)
        status = visit_as_user(act, step_remove_others);
    if (status == STATUS_OK)
        status = visit(act, TOKEN_PKCS11_NOBODY, NULL, step_read);
    if (status == STATUS_OK && (act->reply->data.length != request->data_length ||
                                memcmp(act->reply->data.data, request->data, request->data_length) != 0 ||
                                !token_key_id_is_same(&act->reply->id, &request->id)))
        status =
            failure_set(act->failure, STATUS_IO, "token", 0, "the certificate does not read back as written");
    return status;
}

/* --- data -------------------------------------------------------------------------------------------- */

static enum status step_read_data(struct act *act, unsigned long session)
{
    return token_pkcs11_data_read(token_pkcs11_slot_raw(act->service->slot), session, act->request->name,
                                  &act->reply->data, act->failure);
}

static enum status step_write_data(struct act *act, unsigned long session)
{
    const struct token_request *request = act->request;
    return token_pkcs11_data_write(token_pkcs11_slot_raw(act->service->slot), session, request->name,
                                   request->data, request->data_length, act->failure);
}

static enum status write_data(struct act *act)
{
    if (act->request->name[0] == 0 || act->request->data_length == 0)
        return failure_set(act->failure, STATUS_MALFORMED, "token", 0, "no name or data in the request");
    return visit_as_user(act, step_write_data);
}

/* --- the service --------------------------------------------------------------------------------------- */

static enum status act_on_key(struct act *act)
{
    const struct token_request *request = act->request;
    switch (request->verb) {
    case TOKEN_VERB_FORMAT:
        return format(act);
    case TOKEN_VERB_GENERATE:
        return generate(act);
    case TOKEN_VERB_PUBLIC_KEY:
        return visit(act, TOKEN_PKCS11_NOBODY, NULL, step_public_key);
    case TOKEN_VERB_CHECK_KEY:
        return visit_as_user(act, step_check);
    case TOKEN_VERB_SIGN:
        return visit_as_user(act, step_sign);
    case TOKEN_VERB_IMPORT_ENVELOPED:
        return import_enveloped(act);
    case TOKEN_VERB_DECRYPT:
        return visit_as_user(act, step_decrypt);
    case TOKEN_VERB_WRITE_CERTIFICATE:
        return write_certificate(act);
    case TOKEN_VERB_READ_CERTIFICATE:
        return visit(act, TOKEN_PKCS11_NOBODY, NULL, step_read);
    case TOKEN_VERB_WRITE_DATA:
        return write_data(act);
    case TOKEN_VERB_READ_DATA:
        return visit(act, TOKEN_PKCS11_NOBODY, NULL, step_read_data);
    case TOKEN_VERB_SET_PIN:
        return visit_as_user(act, step_change_pin);
    case TOKEN_VERB_VERIFY_PIN:
        return visit_as_user(act, NULL);
    case TOKEN_VERB_UNLOCK_PIN:
        return visit(act, TOKEN_PKCS11_OFFICER, &request->pin, step_init_pin);
    case TOKEN_VERB_LIST:
        return request->has_pin ? visit_as_user(act, step_list)
                                : visit(act, TOKEN_PKCS11_NOBODY, NULL, step_list);
    case TOKEN_VERB_DESTROY:
        return visit_as_user(act, step_destroy);
    case TOKEN_VERB_LOOK:
    case TOKEN_VERB_WAIT:
    case TOKEN_VERB_COUNT_:
        break;
    }
    return failure_set(act->failure, STATUS_UNSUPPORTED, "token", 0, "this driver cannot do that");
}

static enum status perform(struct act *act)
{
    enum status status = STATUS_OK;
    if (act->request->verb == TOKEN_VERB_LOOK || act->request->verb == TOKEN_VERB_WAIT) {
        status = act->request->verb == TOKEN_VERB_LOOK ? look(act) : wait_for_change(act);
    } else {
        status = recognise(act);
        if (status == STATUS_OK)
            status = act_on_key(act);
    }
    return status == STATUS_OK ? status : explain(act, status);
}

static enum status service_handle(void *context, struct host_turn *turn, const struct wire *request,
                                  struct wire *reply, struct failure *failure)
{
    struct token_request question;
    struct token_reply answer;
    token_reply_init(&answer);
    enum status status = token_wire_get_request(request, &question);
    if (status == STATUS_OK) {
        struct act act = {
            .service = context, .turn = turn, .request = &question, .reply = &answer, .failure = failure};
        status = perform(&act);
    }
    if (status == STATUS_OK)
        status = token_wire_put_reply(reply, question.verb, &answer);
    token_request_release(&question);
    token_reply_release(&answer);
    return status;
}

static enum status service_open(int argument_count, char *const *arguments, void **context,
                                struct failure *failure)
{
    struct service *service = calloc(1, sizeof(*service));
    if (service == NULL)
        return STATUS_NO_MEMORY;
    for (int i = 0; i + 1 < argument_count; i += 2) {
        if (strcmp(arguments[i], "--module") == 0)
            service->module = arguments[i + 1];
        else if (strcmp(arguments[i], "--slot") == 0)
            service->slot_text = arguments[i + 1];
    }
    if (service->module == NULL) {
        free(service);
        return failure_set(failure, STATUS_CONFIG, "token", 0, "--module PATH is missing");
    }
    random_fill(random_system(), &service->insertion, sizeof(service->insertion));
    service->insertion &= INT64_MAX >> 1; /* room to count, and never negative on the wire */
    service->insertion |= 1;
    *context = service;
    return STATUS_OK;
}

static void service_close(void *context)
{
    struct service *service = context;
    if (service == NULL)
        return;
    token_pkcs11_slot_unload(service->slot);
    free(service);
}

const struct host_service *token_pkcs11_service(void)
{
    static const struct host_service service = {
        .kind = "token", .open = service_open, .handle = service_handle, .close = service_close};
    return &service;
}
