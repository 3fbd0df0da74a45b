#include "kiosk/store/store_feedback.h"

#include "kiosk/store/store_private.h"

#define COLUMNS "id, kind, terminal, phone_sealed, text_sealed, created_utc_s, done_utc_s, clerk"

static const char *const kind_names[STORE_FEEDBACK_KIND_COUNT_] = {
#define STORE_FEEDBACK_KIND(code, name) [STORE_FEEDBACK_##code] = name,
#include "kiosk/store/store_feedback_kinds.def"
#undef STORE_FEEDBACK_KIND
};

const char *store_feedback_kind_name(enum store_feedback_kind kind)
{
    return (unsigned)kind < STORE_FEEDBACK_KIND_COUNT_ ? kind_names[kind] : "invalid";
}

static enum status read_feedback(struct store *store, const struct db_rows *rows, void *result)
{
    struct store_feedback *out = result;
    int kind = 0;
    *out = (struct store_feedback){.created_utc_s = db_column_integer(rows, 5),
                                   .done_utc_s = db_column_integer(rows, 6)};
    enum status status = store_inner_text(rows, 0, out->id, sizeof(out->id));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 1, kind_names, STORE_FEEDBACK_KIND_COUNT_, &kind);
    out->kind = (enum store_feedback_kind)kind;
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, out->terminal, sizeof(out->terminal));
    if (status == STATUS_OK)
        status = store_private_open(store, out->id, "phone", rows, 3, out->phone, sizeof(out->phone));
    if (status == STATUS_OK)
        status = store_private_open(store, out->id, "text", rows, 4, out->text, sizeof(out->text));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 7, out->clerk, sizeof(out->clerk));
    return status;
}

static enum status record(struct store *store, const char *id, const char *event, const char *actor,
                          struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){
            .kind = STORE_CHANGE_FEEDBACK, .subject = id, .event = event, .actor = actor},
        failure);
}

static enum status insert(struct store *store, const struct store_feedback *row, struct failure *failure)
{
    struct buf phone, text;
    store_private_init(&phone);
    store_private_init(&text);
    enum status status = store_private_seal(store, row->id, "phone", row->phone, &phone, failure);
    if (status == STATUS_OK)
        status = store_private_seal(store, row->id, "text", row->text, &text, failure);
    if (status == STATUS_OK)
        status =
            db_exec(store->db,
                    "INSERT INTO feedback (number, " COLUMNS ") VALUES"
                    " ((SELECT coalesce(max(number), 0) + 1 FROM feedback), ?1, ?2, ?3, ?4, ?5, ?6, 0, '')",
                    DB_PARAMS(db_text(row->id), db_text(kind_names[row->kind]), db_text(store->owner),
                              db_bytes(phone.data, phone.length), db_bytes(text.data, text.length),
                              db_integer(row->created_utc_s)),
                    NULL, failure);
    buf_release(&phone);
    buf_release(&text);
    return status;
}

enum status store_feedback_add(struct store *store, struct store_feedback *feedback, struct failure *failure)
{
    if (feedback->text[0] == '\0' || (unsigned)feedback->kind >= STORE_FEEDBACK_KIND_COUNT_)
        return failure_set(failure, STATUS_MALFORMED, "feedback", 0, "no words, or no such kind");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    store_new_id(store, feedback->id);
    feedback->created_utc_s = clock_utc_s(store->clock);
    status = insert(store, feedback, failure);
    if (status == STATUS_OK)
        status = record(store, feedback->id, kind_names[feedback->kind], NULL, failure);
    return store_end(store, status, failure);
}

enum status store_feedback_list(struct store *store, struct store_feedback *out, size_t capacity,
                                size_t *count, struct failure *failure)
{
    return store_private_read_all(store, read_feedback, out, sizeof(*out), capacity, count,
                                  "SELECT " COLUMNS
                                  " FROM feedback ORDER BY done_utc_s > 0, number DESC LIMIT ?1",
                                  DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

enum status store_feedback_finish(struct store *store, const char *id, const char *clerk,
                                  struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_change_row(
        store, "UPDATE feedback SET done_utc_s = ?2, clerk = ?3 WHERE id = ?1 AND done_utc_s = 0",
        DB_PARAMS(db_text(id), db_integer(clock_utc_s(store->clock)), db_text(clerk)), failure);
    if (status == STATUS_OK)
        status = record(store, id, "done", clerk, failure);
    return store_end(store, status, failure);
}
