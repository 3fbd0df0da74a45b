/* Words are read, filled and complete: every key that stands in C exists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/catalogue/words.h"
#include "kiosk/order/order.h"

#define SHIPPED TEST_SOURCE_DIR "/assets/text/zh.txt"

static struct yaml_errors errors;
static struct words *words;

static int set_up(void **state)
{
    (void)state;
    yaml_errors_init(&errors);
    words = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    words_free(words);
    yaml_errors_release(&errors);
    return 0;
}

static enum status parse(const char *text)
{
    return words_parse("w.txt", text, strlen(text), &errors, &words);
}

static void test_words__keys_are_read_and_found(void **state)
{
    (void)state;
    assert_int_equal(parse("# comment\n\n b.two =  第二 \na.one=第一\\n行\r\n"), STATUS_OK);
    assert_string_equal(words_text(words, "a.one"), "第一\n行");
    assert_string_equal(words_text(words, "b.two"), "第二");
    assert_true(words_has(words, "a.one"));
    assert_false(words_has(words, "a.two"));
}

static void test_words__unknown_key_is_visible_and_stays(void **state)
{
    (void)state;
    char key[200];
    assert_int_equal(parse("a.one = 一\n"), STATUS_OK);
    const char *first = words_text(words, "a.three");
    assert_string_equal(first, "⟦a.three⟧");
    assert_string_equal(words_text(words, "a.four"), "⟦a.four⟧");
    assert_ptr_equal(words_text(words, "a.three"), first);
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    assert_string_equal(words_text(words, key), "⟦⟧");
}

static void test_words__placeholders_are_filled(void **state)
{
    (void)state;
    char out[64];
    assert_int_equal(parse("a.due = 应缴 {yuan} 元，{name}\n"), STATUS_OK);
    words_format(words, out, sizeof out, "a.due", {"name", "李"}, {"yuan", "480"});
    assert_string_equal(out, "应缴 480 元，李");
    words_format(words, out, sizeof out, "a.due", {"yuan", "480"});
    assert_string_equal(out, "应缴 480 元，{name}");
    char small[9];
    words_format(words, small, sizeof small, "a.due", {"yuan", "480"});
    assert_string_equal(small, "应缴 4");
}

static void test_words__mistakes_are_told_together(void **state)
{
    (void)state;
    assert_int_equal(parse("a.one = 一\nno equals\nBad = x\na.two = {x\n文.a = 字\na.one = 二\na.three "
                           "=\na.four = {}\nа = \xff\n"),
                     STATUS_CONFIG);
    assert_null(words);
    assert_string_equal(
        yaml_errors_text(&errors),
        "w.txt:2:1: expected key = text\nno equals\n^\n"
        "w.txt:3:1: expected a key of lower-case letters, digits, -, _ and at least one dot\nBad = x\n^\n"
        "w.txt:4:9: expected {placeholder}\na.two = {x\n        ^\n"
        "w.txt:5:1: expected a key of lower-case letters, digits, -, _ and at least one dot\n文.a = 字\n^\n"
        "w.txt:7:10: expected 1 to 2047 bytes of text\na.three =\n         ^\n"
        "w.txt:8:11: expected {placeholder}\na.four = {}\n          ^\n"
        "w.txt:9:1: expected UTF-8 text\nа = \xef\xbf\xbd\n^\n"
        "w.txt:6:1: expected a.one once, it stands on line 1 already\na.one = 二\n^\n");
}

static void test_words__file_that_is_not_there_is_told(void **state)
{
    (void)state;
    assert_int_equal(words_open(TEST_BUILD_DIR "/no-such-words.txt", &errors, &words), STATUS_NOT_FOUND);
    assert_null(words);
    assert_int_equal(errors.count, 1);
}

static void test_words__form_error_is_a_sentence_with_numbers_first(void **state)
{
    (void)state;
    char out[256];
    struct form_error error = {0};
    assert_int_equal(words_open(SHIPPED, &errors, &words), STATUS_OK);
    form_error_set(&error, "form.credit-code.short");
    form_error_number(&error, "missing", 2);
    form_error_number(&error, "length", 18);
    words_form_error(words, &error, out, sizeof out);
    assert_string_equal(out, "少 2 位，应为 18 位。请照营业执照补全");
}

static void fee_of(int64_t fen, enum price_unit unit, const char *expected)
{
    char out[64];
    struct price_quote quote = {.amount_fen = fen, .unit_amount_fen = fen, .unit = unit};
    words_fee(words, &quote, out, sizeof out);
    assert_string_equal(out, expected);
}

static void test_words__fees_stand_as_tiles_show_them(void **state)
{
    (void)state;
    assert_int_equal(words_open(SHIPPED, &errors, &words), STATUS_OK);
    fee_of(48000, PRICE_UNIT_ONCE, "480 元");
    fee_of(20050, PRICE_UNIT_PER_YEAR, "200.50 元/年");
    fee_of(28000, PRICE_UNIT_PER_KEY, "280 元/个");
    fee_of(0, PRICE_UNIT_ONCE, "免费");
    fee_of(PRICE_UNKNOWN_FEN, PRICE_UNIT_PER_KEY, "以公示为准");
}

/* --- every key in C exists ---------------------------------------------------------------------------------
 */

/* The families of keys: what stands before the first dot of any known key. */
static bool is_family(const char *literal, const struct buf *text)
{
    char family[WORDS_KEY_BYTES + 2];
    size_t length = strcspn(literal, ".") + 1;
    if (length >= sizeof family - 1)
        return false;
    family[0] = '\n';
    memcpy(family + 1, literal, length);
    family[length + 1] = '\0';
    return strstr((const char *)text->data, family) != NULL;
}

/* A literal such as "form.required": small letters, digits and - around dots, no file's ending. */
static bool looks_like_key(const char *literal)
{
    static const char *const endings[] = {".c",   ".h",   ".yaml", ".txt", ".db",      ".sock", ".key",
                                          ".pdf", ".png", ".svg",  ".def", ".widgets", ".json", ".log"};
    size_t length = strlen(literal);
    if (strchr(literal, '.') == NULL ||
        strspn(literal, "abcdefghijklmnopqrstuvwxyz0123456789_-.") != length || literal[0] < 'a' ||
        literal[length - 1] == '.' || literal[length - 1] == '-')
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && strcmp(literal + length - ending, endings[i]) == 0)
            return false;
    }
    return true;
}

struct scan {
    const struct buf *text;
    unsigned known;
    unsigned unknown;
};

/* A literal may be the front of keys that are put together at run time. */
static bool is_front_of_keys(const char *literal, const struct buf *text)
{
    char front[WORDS_KEY_BYTES + 3];
    snprintf(front, sizeof front, "\n%s.", literal);
    return strstr((const char *)text->data, front) != NULL;
}

/* Ids of widgets look like keys. They stand behind one of these, with no other text between; an id that
 * stands so anywhere in a file is one in its tables, too. */
static bool is_behind_id(const char *gap, size_t length)
{
    static const char *const before[] = {
        ".id = ",
        "ui_tapped(",
        "widget_add(",
        "widget_custom(",
        "draw_device(",
        "strcmp(",
        "draw_centred(",
        "widget_picture_qr(",
        "ui_focus(",
        "widget_find(",
        "draw_picture(",
        "draw_fact(",
        "screen_banner(",
        "screen_message(",
        ".action = ",
        "_id = ",
        "record_table_draw_told("}; /* what the audit calls an act has its words under "event." */
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (memmem(gap, length, before[i], strlen(before[i])) != NULL)
            return true;
    return false;
}

/* The next text in quotation marks from `from` on. Returns: false at the end. */
static bool next_literal(const char *from, const char **open, const char **close)
{
    *open = strchr(from, '"');
    while (*open != NULL && *open > from && (*open)[-1] == '\'')
        *open = strchr(*open + 1, '"'); /* the character '"' */
    *close = *open == NULL ? NULL : strchr(*open + 1, '"');
    while (*close != NULL && (*close)[-1] == '\\')
        *close = strchr(*close + 1, '"');
    return *close != NULL;
}

static bool is_widget_id(const char *source, const char *literal, size_t length)
{
    const char *from = source, *open, *close;
    while (next_literal(from, &open, &close)) {
        if ((size_t)(close - open - 1) == length && memcmp(open + 1, literal, length) == 0 &&
            is_behind_id(from, (size_t)(open - from)))
            return true;
        from = close + 1;
    }
    return false;
}

/* What the audit calls an act has its words under "event.". */
static bool is_event(const char *literal)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof key, "event.%.*s", (int)sizeof key - 8, literal);
    return words_has(words, key);
}

static void scan_literal(struct scan *scan, const char *path, const char *literal)
{
    if (!looks_like_key(literal) || !is_family(literal, scan->text))
        return;
    if (words_has(words, literal) || is_event(literal) || is_front_of_keys(literal, scan->text)) {
        scan->known++;
        return;
    }
    scan->unknown++;
    print_error("%s: \"%s\" is not in zh.txt\n", path, literal);
}

static void scan_source(struct scan *scan, const char *path, const char *source)
{
    const char *from = source, *open, *close;
    for (; next_literal(from, &open, &close); from = close + 1) {
        char literal[WORDS_KEY_BYTES];
        size_t length = (size_t)(close - open - 1);
        bool is_id = is_behind_id(from, (size_t)(open - from));
        if (is_id || length >= sizeof literal)
            continue;
        (void)snprintf(literal, sizeof literal, "%.*s", (int)length, open + 1);
        if (!looks_like_key(literal) || words_has(words, literal) || !is_widget_id(source, literal, length))
            scan_literal(scan, path, literal);
    }
}

/* Not the toolkit, which knows no words, and not the tables of configuration files, whose keys are paths. */
static bool is_source(const char *path, const char *name)
{
    const char *dot = strrchr(name, '.');
    bool is_table = strncmp(name, "settings", 8) == 0 || strncmp(name, "product_schema", 14) == 0 ||
                    strcmp(name, "product_check.c") == 0;
    bool is_toolkit = strstr(path, "/kiosk/ui/") != NULL;
    return dot != NULL && !is_table && !is_toolkit && (strcmp(dot, ".c") == 0 || strcmp(dot, ".def") == 0);
}

static void test_words__every_key_in_the_sources_exists(void **state)
{
    (void)state;
    char root[] = TEST_SOURCE_DIR "/kiosk";
    char *const roots[] = {root, NULL};
    struct buf text;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    assert_int_equal(words_open(SHIPPED, &errors, &words), STATUS_OK);
    assert_int_equal(file_read(SHIPPED, &text, NULL), STATUS_OK);
    struct scan scan = {.text = &text};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    assert_non_null(tree);
    for (FTSENT *entry = fts_read(tree); entry != NULL; entry = fts_read(tree)) {
        struct buf source;
        if (entry->fts_info != FTS_F || !is_source(entry->fts_path, entry->fts_name))
            continue;
        buf_init(&source, 4 * LIMIT_CONFIG_BYTES);
        assert_int_equal(file_read(entry->fts_path, &source, NULL), STATUS_OK);
        if (source.data != NULL)
            scan_source(&scan, entry->fts_path, (char *)source.data);
        buf_release(&source);
    }
    fts_close(tree);
    buf_release(&text);
    assert_int_equal(scan.unknown, 0);
    assert_true(scan.known > 60);
}

/* Keys that are put together from a list of names. */
static void test_words__every_status_and_reason_has_words(void **state)
{
    (void)state;
    static const char *const reasons[] = {
#define SERVICE_REASON(code, name) name,
#include "kiosk/services/service_reasons.def"
#undef SERVICE_REASON
    };
    unsigned missing = 0;
    assert_int_equal(words_open(SHIPPED, &errors, &words), STATUS_OK);
    for (int i = 0; i < STATUS_COUNT_; i++)
        assert_true(words_has(words, status_text_key((enum status)i)));
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        char key[WORDS_KEY_BYTES];
        snprintf(key, sizeof key, "service.%s", reasons[i]);
        bool is_known = strcmp(reasons[i], "none") == 0 || words_has(words, key);
        missing += !is_known;
        if (!is_known)
            print_error("%s is not in zh.txt\n", key);
    }
    for (int i = 0; i < ORDER_STEP_COUNT_; i++) {
        char key[WORDS_KEY_BYTES];
        snprintf(key, sizeof key, "step.%s", order_step_name((enum order_step)i));
        assert_true(words_has(words, key));
    }
    assert_int_equal(missing, 0);
}

static size_t missing_of(const char *const *keys, size_t count)
{
    size_t missing = 0;
    for (size_t i = 0; i < count; i++)
        if (!words_has(words, keys[i])) {
            print_error("no words for %s\n", keys[i]);
            missing++;
        }
    return missing;
}

/* The audit page and the journal name every event the store writes in words, never by its code. */
static void test_words__every_event_of_the_store_has_words(void **state)
{
    static const char *const events[] = {
#define ORDER_EVENT(code, name) "event.order." name,
#include "kiosk/order/order_events.def"
#undef ORDER_EVENT
#define STORE_PAYMENT_STATE(code, name, ended) "event.payment." name,
#define STORE_PAYMENT_STEP(from, to)
#include "kiosk/store/store_payment_states.def"
#undef STORE_PAYMENT_STATE
#undef STORE_PAYMENT_STEP
#define STORE_CERTIFICATE_STATE(code, name) "event.certificate." name,
#define STORE_CERTIFICATE_STEP(from, to)
#include "kiosk/store/store_certificate_states.def"
#undef STORE_CERTIFICATE_STATE
#undef STORE_CERTIFICATE_STEP
#define STORE_KEY_STATE(code, name) "event.key." name,
#define STORE_KEY_STEP(from, to)
#include "kiosk/store/store_key_states.def"
#undef STORE_KEY_STATE
#undef STORE_KEY_STEP
#define STORE_INTENTION_KIND(code, name) "event.intention." name,
#include "kiosk/store/store_intention_kinds.def"
#undef STORE_INTENTION_KIND
#define STORE_SUPERVISION_KIND(code, name, is_visit, needs_reason) "event.supervision." name,
#include "kiosk/store/store_supervision_kinds.def"
#undef STORE_SUPERVISION_KIND
        "event.order.insert", "event.order.subject", "event.order.forget",  "event.page.put",
        "event.page.delete",  "event.claim.take",    "event.claim.release", "event.clerk.add",
        "event.clerk.enable", "event.clerk.disable", "event.clerk.sign-in", "event.value.reveal",
    };
    (void)state;
    assert_int_equal(words_open(SHIPPED, &errors, &words), STATUS_OK);
    assert_int_equal(missing_of(events, sizeof(events) / sizeof(events[0])), 0);
}

/* What a row of the audit is about, how it went, and what it says it went from and to, has words as well. */
static void test_words__every_state_of_the_store_has_words(void **state)
{
    static const char *const states[] = {
#define ORDER_STATE(code, name, is_final) "audit.state.order." name,
#include "kiosk/order/order_states.def"
#undef ORDER_STATE
#define STORE_PAYMENT_STATE(code, name, ended) "audit.state.payment." name,
#define STORE_PAYMENT_STEP(from, to)
#include "kiosk/store/store_payment_states.def"
#undef STORE_PAYMENT_STATE
#undef STORE_PAYMENT_STEP
#define STORE_CERTIFICATE_STATE(code, name) "audit.state.certificate." name,
#define STORE_CERTIFICATE_STEP(from, to)
#include "kiosk/store/store_certificate_states.def"
#undef STORE_CERTIFICATE_STATE
#undef STORE_CERTIFICATE_STEP
#define STORE_KEY_STATE(code, name) "audit.state.key." name,
#define STORE_KEY_STEP(from, to)
#include "kiosk/store/store_key_states.def"
#undef STORE_KEY_STATE
#undef STORE_KEY_STEP
#define STORE_INVOICE_STATE(code, name) "audit.state.invoice." name,
#include "kiosk/store/store_invoice_states.def"
#undef STORE_INVOICE_STATE
#define STORE_AUDIT_RESULT(code, name, rule) "desk.audit.result." name,
#include "kiosk/store/store_audit_results.def"
#undef STORE_AUDIT_RESULT
#define STORE_CHANGE_KIND(code, name) "desk.audit.kind." name,
#include "kiosk/store/store_change_kinds.def"
#undef STORE_CHANGE_KIND
        "audit.state.intention.open",      "audit.state.intention.done",   "audit.state.intention.failed",
        "audit.state.decision.collecting", "audit.state.decision.pending", "audit.state.decision.applied",
        "audit.state.decision.withdrawn",
    };
    (void)state;
    assert_int_equal(words_open(SHIPPED, &errors, &words), STATUS_OK);
    assert_int_equal(missing_of(states, sizeof(states) / sizeof(states[0])), 0);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_words__keys_are_read_and_found),
        TEST(test_words__unknown_key_is_visible_and_stays),
        TEST(test_words__placeholders_are_filled),
        TEST(test_words__mistakes_are_told_together),
        TEST(test_words__file_that_is_not_there_is_told),
        TEST(test_words__form_error_is_a_sentence_with_numbers_first),
        TEST(test_words__fees_stand_as_tiles_show_them),
        TEST(test_words__every_key_in_the_sources_exists),
        TEST(test_words__every_status_and_reason_has_words),
        TEST(test_words__every_event_of_the_store_has_words),
        TEST(test_words__every_state_of_the_store_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
