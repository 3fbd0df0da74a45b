#include "kiosk/store/store_invoice.h"

#include <string.h>

#include "kiosk/base/json.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

#define COLUMNS                                                                                              \
    "order_id, state, version, amount_fen, document, due_utc_s, paid_utc_s, requested_utc_s, issued_utc_s,"  \
    " updated_utc_s"

enum { DOCUMENT_SHORTEST = 4, TITLE_JSON_BYTES = 4096 };

static const char *const state_names[] = {
#define STORE_INVOICE_STATE(code, name) name,
#include "kiosk/store/store_invoice_states.def"
#undef STORE_INVOICE_STATE
};

const char *store_invoice_state_name(enum store_invoice_state state)
{
    return (unsigned)state < STORE_INVOICE_COUNT_ ? state_names[state] : "invalid";
}

enum store_invoice_state store_invoice_state_from_name(const char *name)
{
    int state = 0;
    while (state < STORE_INVOICE_COUNT_ && strcmp(state_names[state], name) != 0)
        state++;
    return (enum store_invoice_state)state;
}

bool store_invoice_is_document(const char *text)
{
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    return text[length] == '\0' && length >= DOCUMENT_SHORTEST && length < STORE_INVOICE_NUMBER_BYTES;
}

static enum status read_invoice(const struct db_rows *rows, void *out)
{
    struct store_invoice *invoice = out;
    int state = 0;
    enum status status = store_inner_text(rows, 0, invoice->order_id, sizeof(invoice->order_id));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 1, state_names, STORE_INVOICE_COUNT_, &state);
    invoice->state = (enum store_invoice_state)state;
    invoice->version = db_column_integer(rows, 2);
    invoice->amount_fen = db_column_integer(rows, 3);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 4, invoice->document, sizeof(invoice->document));
    invoice->due_utc_s = db_column_integer(rows, 5);
    invoice->paid_utc_s = db_column_integer(rows, 6);
    invoice->requested_utc_s = db_column_integer(rows, 7);
    invoice->issued_utc_s = db_column_integer(rows, 8);
    invoice->updated_utc_s = db_column_integer(rows, 9);
    return status;
}

enum status store_invoice_load(struct store *store, const char *order_id, struct store_invoice *out,
                               struct failure *failure)
{
    struct store_invoice invoice;
    enum status status = store_inner_read_one(store, read_invoice, &invoice, sizeof(invoice),
                                              "SELECT " COLUMNS " FROM invoice WHERE order_id = ?1",
                                              DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_OK)
        *out = invoice;
    return status;
}

enum status store_invoice_list(struct store *store, const struct store_invoice_filter *filter,
                               struct store_invoice *out, size_t capacity, size_t *count,
                               struct failure *failure)
{
    const char *state = filter->state == STORE_INVOICE_COUNT_ ? "" : store_invoice_state_name(filter->state);
    return store_inner_read_all(store, read_invoice, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM invoice WHERE (?1 = '' OR state = ?1)"
                                " AND paid_utc_s >= ?2 ORDER BY number LIMIT ?3 OFFSET ?4",
                                DB_PARAMS(db_text(state), db_integer(filter->since_utc_s),
                                          db_integer((int64_t)capacity), db_integer((int64_t)filter->offset)),
                                failure);
}

/* --- to whom ------------------------------------------------------------------------------------------- */

struct member {
    const char *name;
    size_t offset;
};
static const struct member members[] = {{"title", offsetof(struct store_invoice_title, title)},
                                        {"tax_number", offsetof(struct store_invoice_title, tax_number)},
                                        {"email", offsetof(struct store_invoice_title, email)},
                                        {"address", offsetof(struct store_invoice_title, address)},
                                        {"bank", offsetof(struct store_invoice_title, bank)},
                                        {"account", offsetof(struct store_invoice_title, account)}};
enum { MEMBERS = sizeof(members) / sizeof(members[0]) };

static enum status seal_title(struct store *store, const char *order_id,
                              const struct store_invoice_title *title, struct buf *sealed,
                              struct failure *failure)
{
    struct store_seal seal = {0};
    struct json *json = json_new_object();
    struct buf plain;
    buf_init(&plain, TITLE_JSON_BYTES);
    for (size_t i = 0; i < MEMBERS; i++)
        json_set_text(json, members[i].name, (const char *)title + members[i].offset);
    enum status status = json_write(json, &plain);
    if (status == STATUS_OK)
        status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_value(store, &seal, "invoice", "title", "sealed", plain.data, plain.length,
                                  sealed, failure);
    store_seal_wipe(&seal);
    json_free(json);
    buf_wipe(&plain);
    return status;
}

static enum status read_title(const struct buf *plain, struct store_invoice_title *out)
{
    struct json *json = NULL;
    enum status status = json_parse((const char *)plain->data, plain->length, &json);
    for (size_t i = 0; i < MEMBERS && status == STATUS_OK; i++)
        if (!text_copy((char *)out + members[i].offset, STORE_INVOICE_TEXT_BYTES,
                       json_text(json, members[i].name, "")))
            status = STATUS_MALFORMED;
    json_free(json);
    return status;
}

static enum status open_title(struct store *store, const char *order_id, const struct db_rows *rows,
                              struct store_invoice_title *out, struct failure *failure)
{
    struct store_seal seal = {0};
    struct store_invoice_title title = {0};
    size_t length = 0;
    struct buf plain;
    buf_init(&plain, TITLE_JSON_BYTES);
    const uint8_t *sealed = db_column_bytes(rows, 0, &length);
    enum status status = length == 0 ? STATUS_NOT_FOUND : store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_plain(&seal, "invoice", "title", "sealed", sealed, length, &plain, failure);
    if (status == STATUS_OK)
        status = read_title(&plain, &title);
    if (status == STATUS_OK)
        *out = title;
    store_seal_wipe(&seal);
    buf_wipe(&plain);
    return status;
}

enum status store_invoice_load_title(struct store *store, const char *order_id,
                                     struct store_invoice_title *out, struct failure *failure)
{
    struct db_rows *rows = NULL;
    enum status status = db_query(store->db, "SELECT sealed FROM invoice WHERE order_id = ?1",
                                  DB_PARAMS(db_text(order_id)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK)
        status = open_title(store, order_id, rows, out, failure);
    db_rows_end(rows);
    return status;
}

/* --- changes ------------------------------------------------------------------------------------------- */

static enum status record(struct store *store, const char *order_id, const char *event,
                          const struct store_invoice *before, enum store_invoice_state to, const char *actor,
                          struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){.kind = STORE_CHANGE_INVOICE,
                                    .order_id = order_id,
                                    .subject = order_id,
                                    .event = event,
                                    .from = before == NULL ? "" : state_names[before->state],
                                    .to = state_names[to],
                                    .version = before == NULL ? 1 : before->version + 1,
                                    .actor = actor},
        failure);
}

static enum status insert(struct store *store, const struct store_invoice *invoice, const struct buf *sealed,
                          struct failure *failure)
{
    int64_t now = clock_utc_s(store->clock);
    bool is_requested = invoice->state == STORE_INVOICE_REQUESTED;
    return db_exec(store->db,
                   "INSERT INTO invoice (number, " COLUMNS
                   ", sealed) VALUES ((SELECT coalesce(max(number), 0) + 1 FROM"
                   " invoice), ?1, ?2, 1, ?3, '', ?4, ?5, ?6, 0, ?7, ?8)",
                   DB_PARAMS(db_text(invoice->order_id), db_text(state_names[invoice->state]),
                             db_integer(invoice->amount_fen), db_integer(invoice->due_utc_s),
                             db_integer(invoice->paid_utc_s), db_integer(is_requested ? now : 0),
                             db_integer(now), db_bytes(sealed->data, sealed->length)),
                   NULL, failure);
}

enum status store_invoice_open(struct store *store, const struct store_invoice *invoice,
                               const struct store_invoice_title *title, struct failure *failure)
{
    struct buf sealed;
    if (invoice->amount_fen <= 0 || invoice->state > STORE_INVOICE_REQUESTED)
        return failure_set(failure, STATUS_MALFORMED, "invoice", 0, "amount or state");
    buf_init(&sealed, TITLE_JSON_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = seal_title(store, invoice->order_id, title, &sealed, failure);
    if (status == STATUS_OK)
        status = insert(store, invoice, &sealed, failure);
    if (status == STATUS_OK)
        status = record(store, invoice->order_id, "open", NULL, invoice->state, NULL, failure);
    buf_wipe(&sealed);
    return store_end(store, status, failure);
}

static bool may_change(const struct store_invoice *invoice)
{
    return invoice->state == STORE_INVOICE_OPEN || invoice->state == STORE_INVOICE_REQUESTED;
}

/* Loaded inside the change, as it must stand. Units: version 0 fits every one. */
static enum status load_for(struct store *store, const char *order_id, int64_t version,
                            struct store_invoice *out, struct failure *failure)
{
    enum status status = store_invoice_load(store, order_id, out, failure);
    if (status == STATUS_OK && !may_change(out))
        return failure_set(failure, STATUS_BAD_STATE, "invoice", 0, "it is %s", state_names[out->state]);
    if (status == STATUS_OK && version != 0 && out->version != version)
        return failure_set(failure, STATUS_CONFLICT, "invoice", 0, "it was changed");
    return status;
}

static enum status request(struct store *store, const char *order_id, int64_t due_utc_s,
                           struct failure *failure)
{
    struct store_invoice invoice;
    int64_t now = clock_utc_s(store->clock);
    enum status status = load_for(store, order_id, 0, &invoice, failure);
    if (status == STATUS_OK && invoice.state != STORE_INVOICE_OPEN)
        status = failure_set(failure, STATUS_BAD_STATE, "invoice", 0, "it was asked for");
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store,
            "UPDATE invoice SET state = 'requested', due_utc_s = ?1, requested_utc_s = ?2,"
            " updated_utc_s = ?2, version = version + 1 WHERE order_id = ?3",
            DB_PARAMS(db_integer(due_utc_s), db_integer(now), db_text(order_id)), failure);
    return status == STATUS_OK
               ? record(store, order_id, "request", &invoice, STORE_INVOICE_REQUESTED, NULL, failure)
               : status;
}

enum status store_invoice_request(struct store *store, const char *order_id, int64_t due_utc_s,
                                  struct failure *failure)
{
    enum status status = store_begin(store, failure);
    return status == STATUS_OK ? store_end(store, request(store, order_id, due_utc_s, failure), failure)
                               : status;
}

static enum status correct(struct store *store, const char *order_id, int64_t version,
                           const struct store_invoice_title *title, const char *actor,
                           struct failure *failure)
{
    struct store_invoice invoice;
    struct buf sealed;
    buf_init(&sealed, TITLE_JSON_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = load_for(store, order_id, version, &invoice, failure);
    if (status == STATUS_OK)
        status = seal_title(store, order_id, title, &sealed, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store,
            "UPDATE invoice SET sealed = ?1, updated_utc_s = ?2, version = version + 1 WHERE order_id = ?3",
            DB_PARAMS(db_bytes(sealed.data, sealed.length), db_integer(clock_utc_s(store->clock)),
                      db_text(order_id)),
            failure);
    if (status == STATUS_OK)
        status = record(store, order_id, "correct", &invoice, invoice.state, actor, failure);
    buf_wipe(&sealed);
    return status;
}

enum status store_invoice_correct(struct store *store, const char *order_id, int64_t version,
                                  const struct store_invoice_title *title, const char *actor,
                                  struct failure *failure)
{
    if (title->title[0] == '\0')
        return failure_set(failure, STATUS_MALFORMED, "invoice", 0, "no title");
    enum status status = store_begin(store, failure);
    return status == STATUS_OK
               ? store_end(store, correct(store, order_id, version, title, actor, failure), failure)
               : status;
}

static enum status issue(struct store *store, const char *order_id, int64_t version, const char *document,
                         const char *actor, struct failure *failure)
{
    struct store_invoice invoice;
    int64_t used = 0;
    enum status status = load_for(store, order_id, version, &invoice, failure);
    if (status == STATUS_OK)
        status = store_inner_integer(store, &used, "SELECT count(*) FROM invoice WHERE document = ?1",
                                     DB_PARAMS(db_text(document)), failure);
    if (status == STATUS_OK && used > 0)
        status = failure_set(failure, STATUS_MALFORMED, "invoice", 0, "the number stands for another one");
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store,
            "UPDATE invoice SET state = 'issued', document = ?1, issued_utc_s = ?2, updated_utc_s = ?2,"
            " version = version + 1 WHERE order_id = ?3",
            DB_PARAMS(db_text(document), db_integer(clock_utc_s(store->clock)), db_text(order_id)), failure);
    return status == STATUS_OK
               ? record(store, order_id, "issue", &invoice, STORE_INVOICE_ISSUED, actor, failure)
               : status;
}

enum status store_invoice_issue(struct store *store, const char *order_id, int64_t version,
                                const char *document, const char *actor, struct failure *failure)
{
    if (!store_invoice_is_document(document))
        return failure_set(failure, STATUS_MALFORMED, "invoice", 0, "number");
    enum status status = store_begin(store, failure);
    return status == STATUS_OK
               ? store_end(store, issue(store, order_id, version, document, actor, failure), failure)
               : status;
}

static enum status set_void(struct store *store, const struct store_invoice *invoice, struct failure *failure)
{
    enum status status = store_inner_change_row(
        store,
        "UPDATE invoice SET state = 'void', updated_utc_s = ?1, version = version + 1 WHERE order_id = ?2",
        DB_PARAMS(db_integer(clock_utc_s(store->clock)), db_text(invoice->order_id)), failure);
    return status == STATUS_OK
               ? record(store, invoice->order_id, "void", invoice, STORE_INVOICE_VOID, NULL, failure)
               : status;
}

enum status store_invoice_void(struct store *store, const char *order_id, struct failure *failure)
{
    struct store_invoice invoice;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_invoice_load(store, order_id, &invoice, failure);
    if (status == STATUS_OK && may_change(&invoice))
        status = set_void(store, &invoice, failure);
    return store_end(store, status == STATUS_NOT_FOUND ? STATUS_OK : status, failure);
}
