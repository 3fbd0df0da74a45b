#include "tests/kill/kill_judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/base/json.h"
#include "kiosk/base/limits.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/pkcs12.h"
#include "kiosk/pki/signature.h"
#include "kiosk/store/db.h"

/* --- the database ------------------------------------------------------------------------------------ */

static struct db *open_database(const struct kill_hall *kill)
{
    struct db *db = NULL;
    check(db_open(&(struct db_settings){.path = kill->hall.settings->store_file,
                                        .busy_ms = 5000,
                                        .only_existing = true},
                  &db, NULL) == STATUS_OK);
    return db;
}

/* The first column of the first row as text. */
static void ask_text(struct db *db, const char *sql, const char *parameter, char *out, size_t size)
{
    struct db_rows *rows = NULL;
    *out = 0;
    check(db_query(db, sql, DB_PARAMS(db_text(parameter)), &rows, NULL) == STATUS_OK);
    if (db_rows_next(rows, NULL) == STATUS_OK)
        (void)snprintf(out, size, "%s", db_column_text(rows, 0));
    db_rows_end(rows);
}

static int64_t ask_number(struct db *db, const char *sql, const char *parameter)
{
    struct db_rows *rows = NULL;
    check(db_query(db, sql, DB_PARAMS(db_text(parameter)), &rows, NULL) == STATUS_OK);
    int64_t number = db_rows_next(rows, NULL) == STATUS_OK ? db_column_integer(rows, 0) : 0;
    db_rows_end(rows);
    return number;
}

/* --- judging ------------------------------------------------------------------------------------------- */

/* What a finished order of a story leaves behind. */
static const struct expected {
    bool by_gateway; /* its money is there */
    int certificates, delivered;
    const char *pin;
} expected[] = {
    [KILL_STORY_MONEY] = {true, 1, 1, HALL_PIN},
    [KILL_STORY_WHOLE] = {true, 1, 1, HALL_PIN},
    [KILL_STORY_GIVEN_UP] = {true, 1, 1, HALL_PIN},
    [KILL_STORY_HELPED] = {0}, /* is not finished */
    [KILL_STORY_RENEWAL] = {true, 1, 0, HALL_PIN},
    [KILL_STORY_TWO_KEYS] = {true, 2, 2, HALL_PIN},
    [KILL_STORY_BY_HAND] = {false, 1, 1, HALL_PIN},
    [KILL_STORY_SOFT] = {false, 1, 1, ""},         /* the key is in a file */
    [KILL_STORY_COURIER] = {true, 1, 1, "111111"}, /* the product's default */
};

enum { SERIALS = 2 };

struct verdict {
    struct kill_hall *kill;
    enum kill_story story;
    struct db *db;
    const char *order_id;
    const char *holder; /* the order that made the own key of a renewal */
    char state[32];
    char serial[SERIALS][STORE_CERTIFICATE_SERIAL_BYTES]; /* of its unrevoked certificates */
    int serials;
    char *out;
    size_t size;
};

static void complain(struct verdict *verdict, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void complain(struct verdict *verdict, const char *format, ...)
{
    size_t used = strlen(verdict->out);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(verdict->out + used, verdict->size - used, format, arguments);
    va_end(arguments);
    used = strlen(verdict->out);
    (void)snprintf(verdict->out + used, verdict->size - used, "; ");
}

static bool is_done(const struct verdict *verdict)
{
    return strcmp(verdict->state, "done") == 0;
}

/* No order charged twice; money is kept for a finished order and for no other. */
static void judge_money(struct verdict *verdict)
{
    struct json *ledger = sim_client_get(&verdict->kill->alipay, "/control/ledger");
    const struct json *trades = json_member(ledger, "trades");
    int64_t kept_fen = 0;
    check(ledger != NULL);
    for (size_t i = 0; i < json_length(trades); i++) {
        const struct json *trade = json_element(trades, i);
        char owner[ORDER_ID_BYTES];
        ask_text(verdict->db, "SELECT order_id FROM payment WHERE out_trade_no = ?1",
                 json_text(trade, "out_trade_no", ""), owner, sizeof(owner));
        if (owner[0] == 0)
            complain(verdict, "the gateway has a trade the store does not know");
        if (strcmp(owner, verdict->order_id) == 0)
            kept_fen += json_number(trade, "paid_count", 0) * json_number(trade, "amount_fen", 0) -
                        json_number(trade, "returned_fen", 0);
    }
    json_free(ledger);
    int64_t due_fen =
        is_done(verdict) && expected[verdict->story].by_gateway
            ? ask_number(verdict->db, "SELECT amount_fen FROM orders WHERE id = ?1", verdict->order_id)
            : 0;
    if (kept_fen != due_fen)
        complain(verdict, "the gateway keeps %lld fen of an order that is %s", (long long)kept_fen,
                 verdict->state);
}

/* How many unrevoked certificates the authority has for the order; their serials are noted. */
static int count_valid(struct verdict *verdict, const char *order_id)
{
    struct buf list = pki_ca_list(&verdict->kill->ca);
    int valid = 0;
    for (char *rest = NULL, *line = strtok_r((char *)list.data, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        struct json *record = NULL;
        char owner[ORDER_ID_BYTES];
        if (json_parse(line, strlen(line), &record) != STATUS_OK)
            continue;
        const char *state = json_text(record, "state", "");
        bool is_valid = strcmp(state, "issued") == 0 || strcmp(state, "confirmed") == 0;
        ask_text(verdict->db, "SELECT order_id FROM certificate WHERE request_id = ?1",
                 json_text(record, "id", ""), owner, sizeof(owner));
        if (owner[0] == 0)
            complain(verdict, "the authority has a certificate the store does not know");
        if (is_valid && strcmp(owner, order_id) == 0) {
            if (verdict->serials < SERIALS)
                (void)snprintf(verdict->serial[verdict->serials++], STORE_CERTIFICATE_SERIAL_BYTES, "%s",
                               json_text(record, "serial", ""));
            valid++;
        }
        json_free(record);
    }
    buf_release(&list);
    return valid;
}

/* As many as its keys for a finished order and none for any other; of a renewal the old one is revoked, or,
 * when it was given up, stands. */
static void judge_certificates(struct verdict *verdict)
{
    int valid = count_valid(verdict, verdict->order_id);
    if (valid != (is_done(verdict) ? expected[verdict->story].certificates : 0))
        complain(verdict, "%d unrevoked certificates of an order that is %s", valid, verdict->state);
    if (verdict->story != KILL_STORY_RENEWAL)
        return;
    int old = count_valid(verdict, verdict->holder);
    if (old != (is_done(verdict) ? 0 : 1))
        complain(verdict, "%d unrevoked certificates of the order before", old);
}

static enum status sign_and_check(struct token *token, const struct token_identity *identity,
                                  const char *text, const struct token_key_id *id, struct bytes certificate)
{
    struct secret pin = {0};
    struct buf signature;
    uint8_t challenge[32];
    random_fill(random_system(), challenge, sizeof(challenge));
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    enum status status = secret_set(&pin, text, strlen(text));
    if (status == STATUS_OK)
        status = token_sign(token, identity, &pin, id, challenge, sizeof(challenge), &signature, NULL);
    if (status == STATUS_OK)
        status = signature_check(certificate, bytes_view(challenge, sizeof(challenge)),
                                 bytes_of_buf(&signature), NULL);
    buf_release(&signature);
    return status;
}

static bool is_unrevoked(const struct verdict *verdict, const char *serial)
{
    for (int i = 0; i < verdict->serials; i++)
        if (strcmp(verdict->serial[i], serial) == 0)
            return true;
    return false;
}

/* How many of the certificates on the key in the writer are the order's unrevoked ones and work with the PIN;
 * *all is how many it carries. */
static int count_working(const struct verdict *verdict, const struct token_info *info, const char *pin,
                         int *all)
{
    struct token *token = verdict->kill->token;
    struct token_objects objects;
    int working = 0;
    *all = 0;
    if (token_list(token, &info->identity, NULL, &objects, NULL) != STATUS_OK)
        return 0;
    for (unsigned i = 0; i < objects.count; i++) {
        const struct token_key_id *id = &objects.object[i].id;
        struct certificate_summary summary = {0};
        struct buf der;
        if (objects.object[i].kind != TOKEN_OBJECT_CERTIFICATE)
            continue;
        ++*all;
        buf_init(&der, LIMIT_CERTIFICATE_BYTES);
        working += token_read_certificate(token, &info->identity, TOKEN_ROLE_SIGN, id, &der, NULL, NULL) ==
                       STATUS_OK &&
                   certificate_summarize(bytes_of_buf(&der), &summary, NULL) == STATUS_OK &&
                   is_unrevoked(verdict, summary.serial) &&
                   sign_and_check(token, &info->identity, pin, id, bytes_of_buf(&der)) == STATUS_OK;
        buf_release(&der);
    }
    return working;
}

/* A finished order's key carries its certificate, no other, and signs with the PIN. */
static void judge_key(struct verdict *verdict)
{
    struct token_info info;
    char owner[ORDER_ID_BYTES] = "";
    int all = 0;
    enum status status = token_look(verdict->kill->token, &info, NULL);
    if (status == STATUS_OK && info.identity.mark[0] != 0)
        ask_text(verdict->db, "SELECT order_id FROM token_key WHERE mark = ?1", info.identity.mark, owner,
                 sizeof(owner));
    if (status == STATUS_OK && info.presence != TOKEN_BLANK && verdict->story != KILL_STORY_RENEWAL &&
        strcmp(owner, verdict->order_id) != 0)
        complain(verdict, "the key in the writer belongs to nobody");
    if (!is_done(verdict))
        return;
    int working = status == STATUS_OK ? count_working(verdict, &info, expected[verdict->story].pin, &all) : 0;
    if (working != 1 || all != 1)
        complain(verdict, "of %d certificates on the key %d work", all, working);
}

/* Both keys of the order, one after the other in the writer. */
static void judge_keys(struct verdict *verdict)
{
    struct token_sim *keys = &verdict->kill->keys;
    char first[sizeof(keys->inserted)], second[sizeof(keys->inserted)];
    judge_key(verdict);
    if (verdict->story != KILL_STORY_TWO_KEYS || !is_done(verdict))
        return;
    (void)snprintf(first, sizeof(first), "%s", keys->inserted);
    (void)snprintf(second, sizeof(second), "second-%.8s", verdict->order_id);
    token_sim_insert(keys, second);
    judge_key(verdict);
    token_sim_insert(keys, first);
    judge_key(verdict);
}

static int64_t count_of(const struct verdict *verdict, const char *sql)
{
    return ask_number(verdict->db, sql, verdict->order_id);
}

/* Taken once, under one receipt; the transfer it took the place of took nothing. */
static void judge_by_hand(struct verdict *verdict)
{
    if (count_of(verdict, "SELECT count(*) FROM payment WHERE order_id = ?1 AND state = 'paid'"
                          " AND channel = 'desk'") != 1)
        complain(verdict, "not the one payment at the desk");
    if (count_of(verdict, "SELECT count(*) FROM payment WHERE order_id = ?1 AND state <> 'closed'") != 1)
        complain(verdict, "another payment beside it");
    if (count_of(verdict, "SELECT count(*) FROM decision WHERE order_id = ?1 AND action = 'take-money'"
                          " AND state = 'applied'") != 1)
        complain(verdict, "not the one confirmation of the money");
    if (count_of(verdict, "SELECT count(*) FROM decision WHERE order_id = ?1 AND state = 'pending'") != 0)
        complain(verdict, "a decision waits");
}

static void judge_parcel(struct verdict *verdict)
{
    if (count_of(verdict, "SELECT count(*) FROM shipment WHERE order_id = ?1 AND state = 'sent'") != 1)
        complain(verdict, "not the one parcel");
}

/* The file opens, its key signs for the order's certificate, and the store has no copy of it. */
static enum status open_soft(const struct verdict *verdict, const struct hall_order_sum *sum)
{
    char path[160];
    uint8_t challenge[32];
    struct secret password = {0};
    struct buf file, certificate;
    struct store *store = hall_store(&verdict->kill->hall, "watcher");
    buf_init(&file, PKCS12_BYTES);
    buf_init(&certificate, LIMIT_CERTIFICATE_BYTES);
    random_fill(random_system(), challenge, sizeof(challenge));
    (void)snprintf(path, sizeof(path), "%s/%s.p12", verdict->kill->directory, sum->order.acceptance);
    enum status status = file_read(path, &file, NULL);
    if (status == STATUS_OK)
        status = store_certificate_part(store, sum->certificate[0].request_id, STORE_CERTIFICATE_DER,
                                        &certificate, NULL);
    if (status == STATUS_OK)
        status = secret_set(&password, KILL_HALL_FILE_PASSWORD, strlen(KILL_HALL_FILE_PASSWORD));
    if (status == STATUS_OK)
        status = pkcs12_prove(bytes_of_buf(&file), &password, bytes_of_buf(&certificate),
                              bytes_view(challenge, sizeof(challenge)), NULL);
    buf_release(&file);
    buf_release(&certificate);
    store_close(store);
    return status;
}

static void judge_soft(struct verdict *verdict)
{
    struct hall_order_sum *sum = calloc(1, sizeof(*sum));
    check(sum != NULL);
    hall_order_sum(&verdict->kill->hall, verdict->order_id, sum);
    if (sum->certificates != 1)
        complain(verdict, "it took %zu requests", sum->certificates);
    else if (open_soft(verdict, sum) != STATUS_OK)
        complain(verdict, "the file does not open, or is not the certificate's");
    if (count_of(verdict, "SELECT count(*) FROM soft_certificate WHERE order_id = ?1"
                          " AND length(sealed) > 0") != 0)
        complain(verdict, "its key is still in the store");
    free(sum);
}

static void judge_store(struct verdict *verdict)
{
    const char *id = verdict->order_id;
    if (ask_number(verdict->db, "SELECT count(*) FROM token_key WHERE order_id = ?1 AND state = 'in-work'",
                   id) != 0)
        complain(verdict, "a key is still in work");
    if (ask_number(verdict->db, "SELECT count(*) FROM token_key WHERE order_id = ?1 AND state = 'delivered'",
                   id) != (is_done(verdict) ? expected[verdict->story].delivered : 0))
        complain(verdict, "not the delivered keys of the order");
    if (ask_number(verdict->db,
                   "SELECT count(*) FROM intention WHERE order_id = ?1 AND state = 'open'"
                   " AND kind <> 'close-payment'",
                   id) != 0)
        complain(verdict, "an act is still open");
    if (ask_number(verdict->db,
                   "SELECT count(*) FROM payment WHERE order_id = ?1 AND state IN ('created', 'shown',"
                   " 'closing', 'late-paid', 'refunding', 'refund-alarm')",
                   id) != 0)
        complain(verdict, "a payment is still open");
}

/* Each act of the clerk who helped had its effect once, none is open, the order is where it was. */
static void judge_help(struct verdict *verdict)
{
    static const char *const kinds[] = {"message", "lock", "unlock", "end"};
    char sql[160];
    if (strcmp(verdict->state, "paying") != 0)
        complain(verdict, "the order is %s", verdict->state[0] == 0 ? "lost" : verdict->state);
    if (ask_number(verdict->db, "SELECT count(*) FROM supervision WHERE state <> 'done' AND ?1 = ''", "") !=
        0)
        complain(verdict, "an act of the clerk is still open");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        (void)snprintf(sql, sizeof(sql),
                       "SELECT count(*) FROM supervision WHERE order_id = ?1 AND outcome = 'effect'"
                       " AND kind = '%s'",
                       kinds[i]);
        int64_t effects = ask_number(verdict->db, sql, verdict->order_id);
        if (effects != 1)
            complain(verdict, "%s had its effect %lld times", kinds[i], (long long)effects);
    }
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static struct verdict begin(struct kill_hall *kill, enum kill_story story, const char *order_id,
                            const char *holder, char *out, size_t size)
{
    struct verdict verdict = {
        .kill = kill, .story = story, .order_id = order_id, .holder = holder, .out = out, .size = size};
    *out = 0;
    verdict.db = open_database(kill);
    ask_text(verdict.db, "SELECT state FROM orders WHERE id = ?1", order_id, verdict.state,
             sizeof(verdict.state));
    return verdict;
}

static void judge_order(struct verdict *verdict)
{
    bool is_soft = verdict->story == KILL_STORY_SOFT;
    bool may_go_back =
        verdict->story != KILL_STORY_BY_HAND && verdict->story != KILL_STORY_COURIER && !is_soft;
    if (!is_done(verdict) && (!may_go_back || strcmp(verdict->state, "refunded") != 0))
        complain(verdict, "the order is %s", verdict->state[0] == 0 ? "lost" : verdict->state);
    judge_money(verdict);
    judge_certificates(verdict);
    if (is_soft)
        judge_soft(verdict);
    else
        judge_keys(verdict);
    judge_store(verdict);
    if (verdict->story == KILL_STORY_BY_HAND)
        judge_by_hand(verdict);
    if (verdict->story == KILL_STORY_COURIER)
        judge_parcel(verdict);
}

void kill_judge_end(struct kill_hall *kill, enum kill_story story, const char *order_id, const char *holder,
                    char *out, size_t size)
{
    struct verdict verdict = begin(kill, story, order_id, holder, out, size);
    if (story == KILL_STORY_HELPED)
        judge_help(&verdict);
    else
        judge_order(&verdict);
    db_close(verdict.db);
}

void kill_judge_meanwhile(struct kill_hall *kill, const char *order_id, const char *holder, char *out,
                          size_t size)
{
    struct token_info info;
    int all = 0;
    struct verdict verdict = begin(kill, KILL_STORY_RENEWAL, order_id, holder, out, size);
    (void)count_valid(&verdict, order_id);
    (void)count_valid(&verdict, holder);
    if (token_look(kill->token, &info, NULL) != STATUS_OK ||
        count_working(&verdict, &info, HALL_PIN, &all) < 1)
        complain(&verdict, "meanwhile of %d certificates on the holder's key none worked", all);
    db_close(verdict.db);
}
