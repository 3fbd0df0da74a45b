/* About: what is worth knowing before one applies, in the product's own words: what its certificates are good
 * for, whom to ask, other ways, which key one has, what follows. */
#include <stdio.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/screens/key_models.h"
#include "kiosk/screens/reading.h"
#include "kiosk/screens/screen_list.h"

enum { LINE_BYTES = 1024 };

struct screen_about_state {
    struct reading reading;
    uint64_t printing; /* a blank form */
    char message[160];
};
SCREEN_STATE(about)

void screen_about_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_about_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

/* What is chosen, else the first that prints one. Returns: NULL where the product offers no blank forms. */
static const struct product_operation *blank_of(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct product *product = visit->product;
    if (!product->blank_forms)
        return NULL;
    if (visit->operation != NULL && visit->operation->template_id[0] != 0)
        return visit->operation;
    for (size_t i = 0; i < product->operation_count; i++)
        if (product->operations[i].template_id[0] != 0)
            return &product->operations[i];
    return NULL;
}

static void print_blank(struct screen_about_state *state, struct ui *ui)
{
    if (state->printing != 0)
        return;
    state->message[0] = 0;
    state->printing = service_blank_print(screen_services(ui), screen_visit(ui)->product, blank_of(ui),
                                          screen_text(ui, "paper.blank"));
}

/* Short where the printer's own words are: 打印机没纸了. */
static void on_printed(struct screen_about_state *state, struct ui *ui, const struct service_reply *reply)
{
    char key[WORDS_KEY_BYTES];
    state->printing = 0;
    (void)snprintf(key, sizeof(key), "print.%s.title", service_reason_name(reply->reason));
    if (reply->status == STATUS_OK)
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "about.blank_done"));
    else if (words_has(screen_program(ui)->words, key))
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, key));
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_about_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_about_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->printing, &reply))
        on_printed(state, ui, reply);
    else if (ui_tapped(event, "about.blank"))
        print_blank(state, ui);
    else if (ui_tapped(event, "bar.next") || ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    else
        (void)reading_event(&state->reading, event);
}

/* --- the text ---------------------------------------------------------------------------------------- */

static void add_line(struct buf *out, const char *prefix, const char *text)
{
    check(buf_append_format(out, "%s%s%s", out->length > 0 ? "\n" : "", prefix, text) == STATUS_OK);
}

static void add_head(struct buf *out, const struct ui *ui, const char *key)
{
    add_line(out, "# ", screen_text(ui, key));
}

/* One paragraph under its head; nothing where the product does not say it. */
static void add_words(struct buf *out, const struct ui *ui, const char *key, const char *words)
{
    if (words[0] == 0)
        return;
    add_head(out, ui, key);
    add_line(out, "", words);
}

static void add_pair(struct buf *out, const struct ui *ui, const char *title, const char *line)
{
    char whole[LINE_BYTES];
    screen_format(ui, whole, sizeof(whole), "about.line", {"title", title}, {"line", line});
    add_line(out, "", line[0] != 0 ? whole : title);
}

static void add_notes(struct buf *out, const struct ui *ui, const char *key, const struct product_note *notes,
                      size_t count)
{
    if (count > 0)
        add_head(out, ui, key);
    for (size_t i = 0; i < count; i++)
        add_pair(out, ui, notes[i].title, notes[i].line);
}

/* Where else it may be done; whoever prefers to ask has the number. */
static void add_ways(struct buf *out, const struct ui *ui, const struct product *product)
{
    char phone[LINE_BYTES];
    add_notes(out, ui, "about.ways", product->ways, product->way_count);
    if (product->way_count == 0)
        add_head(out, ui, "about.ways");
    screen_format(ui, phone, sizeof(phone), "about.phone", {"phone", product->hotline});
    add_line(out, "", phone);
}

static void add_keys(struct buf *out, const struct ui *ui, const struct product *product)
{
    const char *own = product_says(product, PRODUCT_MESSAGE_CHOOSE_KEY);
    if (product->key_model_count == 0)
        return;
    add_line(out, "# ", own[0] != 0 ? own : screen_text(ui, "about.keys"));
    for (size_t i = 0; i < product->key_model_count; i++)
        add_pair(out, ui, product->key_models[i].name, product->key_models[i].line);
}

static void add_needless(struct buf *out, const struct ui *ui, const struct product *product)
{
    bool begun = false;
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        if (operation->not_needed[0] == 0)
            continue;
        if (!begun)
            add_head(out, ui, "about.needless");
        begun = true;
        add_pair(out, ui, operation->label, operation->not_needed);
    }
}

static void write_about(struct buf *out, const struct ui *ui, const struct product *product)
{
    add_words(out, ui, "about.hint", product->hint);
    add_words(out, ui, "about.scope", product->scope);
    add_notes(out, ui, "about.elsewhere", product->elsewhere, product->elsewhere_count);
    add_words(out, ui, "about.voluntary", product_says(product, PRODUCT_MESSAGE_VOLUNTARY));
    add_words(out, ui, "about.account", product_says(product, PRODUCT_MESSAGE_ACCOUNT));
    add_needless(out, ui, product);
    add_keys(out, ui, product);
    add_words(out, ui, "about.pin", product_says(product, PRODUCT_MESSAGE_PIN_CHANGE));
    add_words(out, ui, "about.promise", product->review_promise);
    add_ways(out, ui, product);
    add_notes(out, ui, "about.after", product->after, product->after_count);
}

void screen_about_draw(void *memory, struct ui *ui)
{
    struct screen_about_state *state = memory;
    const struct product *product = screen_visit(ui)->product;
    struct buf text;
    struct ui_page page = screen_page(ui, SCREEN_ABOUT);
    page.step = 1;
    page.subtitle = state->message[0] != 0 ? state->message : screen_text(ui, "about.subtitle");
    if (blank_of(ui) != NULL)
        page.secondary = (struct widget_button){.id = "about.blank",
                                                .label = screen_text(ui, "about.blank"),
                                                .icon = ICON_PRINTER,
                                                .busy = state->printing != 0};
    page.primary = (struct widget_button){.label = screen_text(ui, "about.close"), .icon_right = ICON_CHECK};
    buf_init(&text, LIMIT_CONFIG_BYTES);
    write_about(&text, ui, product);
    struct rect area = ui_page(ui, &page);
    key_models_draw(ui, &area, product);
    reading_draw(&state->reading, ui, area, product->name, (const char *)text.data);
    buf_release(&text);
}
