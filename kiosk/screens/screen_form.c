/* Form: the fields of the product's definition, block by block, stored as they are left (a06, a07, p02). */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/entry.h"
#include "kiosk/screens/entry_card.h"
#include "kiosk/screens/entry_choice.h"
#include "kiosk/screens/entry_errors.h"
#include "kiosk/screens/entry_known.h"
#include "kiosk/screens/entry_page.h"
#include "kiosk/screens/entry_rows.h"
#include "kiosk/screens/entry_same.h"
#include "kiosk/screens/entry_summary.h"
#include "kiosk/screens/help.h"
#include "kiosk/screens/screen_list.h"
#include "kiosk/ui/widget_group.h"

enum { TIMER_REVEAL = 0, TIMER_MEASURED = 1, REVEAL_MS = 5000 };

struct screen_form_state {
    struct entry entry;
    uint64_t saving;
    uint64_t completing;
    bool complete_after_save;
    bool is_questioned;     /* the page of the holder's question is open */
    struct entry_card card; /* being read into the form */
    struct entry_summary summary;
    struct entry_choice choice;      /* a value being chosen from a list */
    struct entry_known known;        /* what was taken over is asked about */
    bool listing;                    /* the dialog with all errors is open */
    char error[ENTRY_MESSAGE_BYTES]; /* of a request that failed */
};
SCREEN_STATE(form)

void screen_form_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_form_state *state = memory;
    (void)argument;
    entry_load(&state->entry, ui);
    if (screen_visit(ui)->rejections.count > 0) /* what came back is what is seen first */
        entry_rows_show(&state->entry, ui, entry_first_faulty(&state->entry, entry_form(ui)));
}

void screen_form_leave(void *memory, struct ui *ui)
{
    struct screen_form_state *state = memory;
    ui_timer_cancel(ui, TIMER_REVEAL);
    ui_timer_cancel(ui, TIMER_MEASURED);
    entry_card_end(&state->card, ui);
}

static void save(struct screen_form_state *state, struct ui *ui)
{
    state->saving = service_order_save(screen_services(ui));
}

/* --- going on ---------------------------------------------------------------------------------------- */

/* The summary, where it was open, is come back to when they are mended. */
static void list_faults(struct screen_form_state *state, struct ui *ui)
{
    state->summary.is_mended = state->summary.is_mended || state->summary.is_open;
    state->summary.is_open = false;
    state->listing = true;
    entry_rows_show(&state->entry, ui, entry_first_faulty(&state->entry, entry_form(ui)));
}

/* What is right is read once more as a whole; what is not is listed. */
static void finish(struct screen_form_state *state, struct ui *ui)
{
    if (!entry_judge(&state->entry, ui)) {
        list_faults(state, ui);
        return;
    }
    state->error[0] = 0;
    state->summary.is_open = true;
    ui_timer(ui, TIMER_MEASURED, 1); /* the first drawing counts its pages, the second one says how many */
    save(state, ui);
}

static bool is_completing(const struct screen_form_state *state)
{
    return state->completing != 0 || state->complete_after_save;
}

/* --- the summary -------------------------------------------------------------------------------------- */

static void go_on_from_summary(struct screen_form_state *state, struct ui *ui)
{
    if (is_completing(state))
        return;
    if (state->summary.page + 1 < state->summary.pages) {
        state->summary.page++;
        return;
    }
    state->complete_after_save = true;
    save(state, ui);
}

static void mend(struct screen_form_state *state, size_t block)
{
    state->summary.is_open = false;
    state->summary.is_mended = true;
    state->entry.block = block;
    state->entry.page = 0;
    state->error[0] = 0;
}

static void on_summary_tap(struct screen_form_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    else if (ui_tapped(event, "bar.next"))
        go_on_from_summary(state, ui);
    else if (is_completing(state))
        return;
    else if (ui_tapped_prefix(event, ENTRY_SUMMARY_MEND))
        mend(state, (size_t)event->tag);
    else if (ui_tapped(event, "bar.back") && state->summary.page > 0)
        state->summary.page--;
    else if (ui_tapped(event, "bar.back"))
        state->summary.is_open = false;
}

/* --- going on from a page of the form ------------------------------------------------------------------ */

static void go_on(struct screen_form_state *state, struct ui *ui)
{
    struct entry *entry = &state->entry;
    ui_focus(ui, NULL);
    if (entry->page + 1 < entry_rows_pages(ui, entry->block)) {
        entry->page++;
    } else if (entry->block + 1 < entry_form(ui)->block_count && !state->summary.is_mended) {
        entry->block++;
        entry->page = 0;
    } else {
        finish(state, ui);
    }
}

static void go_back(struct screen_form_state *state, struct ui *ui)
{
    struct entry *entry = &state->entry;
    ui_focus(ui, NULL);
    if (entry->page > 0) {
        entry->page--;
    } else if (entry->block > 0) {
        entry->block--;
        entry->page = entry_rows_pages(ui, entry->block) - 1;
    }
}

/* 下一项: the next field of the form that still wants something, on whatever page it stands. */
static void next_field(struct screen_form_state *state, struct ui *ui, size_t from)
{
    struct entry *entry = &state->entry;
    const struct form *form = entry_form(ui);
    char id[ENTRY_ID_BYTES];
    size_t next = entry_next_wanted(entry, ui, from);
    if (next == form->field_count) {
        ui_focus(ui, NULL);
        return;
    }
    entry_rows_show(entry, ui, next);
    entry_id(&form->fields[next], id);
    bool chosen = form_field_is_chosen(form, &form->fields[next]);
    ui_focus(ui, chosen ? NULL : id);
    if (chosen)
        entry_choice_begin(&state->choice, next, true);
}

/* What was chosen is stored; who came by 下一项 goes on. Returns: whether the list took the event. */
static bool on_choice(struct screen_form_state *state, struct ui *ui, const struct ui_event *event)
{
    enum entry_choice_end end = entry_choice_event(&state->choice, ui, &state->entry, event);
    if (end == ENTRY_CHOICE_FILLED)
        save(state, ui);
    if (end == ENTRY_CHOICE_FILLED && state->choice.goes_on)
        next_field(state, ui, state->choice.field);
    return end != ENTRY_CHOICE_NOT_MINE;
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_saved(struct screen_form_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->saving = 0;
    state->error[0] = 0;
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->error, sizeof(state->error));
    else if (!entry_hear(&state->entry, ui) && state->complete_after_save)
        list_faults(state, ui);
    else if (state->complete_after_save)
        state->completing = service_order_event(screen_services(ui), ORDER_EVENT_FORM_COMPLETED);
    state->complete_after_save = false;
}

static void on_completed(struct screen_form_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->completing = 0;
    if (reply->status == STATUS_OK) {
        screen_go(ui);
        return;
    }
    if (reply->reason == SERVICE_REASON_FORM_FAULTY && !entry_judge(&state->entry, ui))
        list_faults(state, ui); /* which of them, as the values stand now */
    screen_reason(ui, reply, state->error, sizeof(state->error));
    if (screen_visit(ui)->question.is_asked) {
        state->is_questioned = true;
        ui_push(ui, SCREEN_QUESTION, reply->reason == SERVICE_REASON_QUESTION_ASKED ? NULL : state->error);
    }
}

/* Back from the question: what was answered is not asked again. */
static void on_return(struct screen_form_state *state, struct ui *ui)
{
    bool goes_on = state->is_questioned && !screen_visit(ui)->question.is_asked;
    state->is_questioned = false;
    if (!goes_on)
        return;
    state->error[0] = 0;
    state->completing = service_order_event(screen_services(ui), ORDER_EVENT_FORM_COMPLETED);
}

/* Shown for 5 s, or until the eye is pressed again. */
static void reveal(struct entry *entry, struct ui *ui, const char *eye)
{
    char id[ENTRY_ID_BYTES];
    (void)snprintf(id, sizeof(id), "%.*s", (int)(strlen(eye) - strlen(".eye")), eye);
    size_t index = entry_index(entry_form(ui), id);
    bool again = entry->revealed == index + 1;
    entry->revealed = again ? 0 : index + 1;
    if (!again)
        ui_timer(ui, TIMER_REVEAL, REVEAL_MS);
}

static void on_tap(struct screen_form_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct form *form = entry_form(ui);
    size_t length = strlen(event->id), field = entry_index(form, event->id);
    size_t card = 0;
    if (ui_tapped_prefix(event, "form.tab.")) {
        ui_focus(ui, NULL);
        state->entry.block = (size_t)event->tag;
        state->entry.page = 0;
    } else if (ui_tapped_prefix(event, "form.") && length > 4 &&
               strcmp(event->id + length - 4, ".eye") == 0) {
        reveal(&state->entry, ui, event->id);
    } else if (field < form->field_count && form_field_is_chosen(form, &form->fields[field])) {
        ui_focus(ui, NULL);
        entry_choice_begin(&state->choice, field, false);
    } else if (ui_tapped(event, "form.same")) {
        ui_focus(ui, NULL);
        entry_same_take(&state->entry, ui);
        save(state, ui);
    } else if (ui_tapped(event, "form.card") && entry_card_offers(ui, &state->entry, &card)) {
        entry_card_begin(&state->card, ui, card);
    } else if (ui_tapped(event, "errors.mend")) {
        state->listing = false;
    } else if (ui_tapped(event, "bar.next")) {
        go_on(state, ui);
    } else if (ui_tapped(event, "bar.back")) {
        go_back(state, ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

static void on_field(struct screen_form_state *state, struct ui *ui, const struct ui_event *event,
                     size_t index)
{
    if (event->kind == UI_EVENT_CHANGE) {
        entry_edit(&state->entry, index);
    } else if (event->kind == UI_EVENT_NEXT) {
        next_field(state, ui, index);
    } else if (event->kind == UI_EVENT_BLUR) {
        entry_leave(&state->entry, ui, index);
        save(state, ui);
    }
}

/* The clerk points at a field: its page comes up; who is typing goes on there. */
static void show_pointed(struct screen_form_state *state, struct ui *ui)
{
    const char *field = help_field(ui);
    size_t index = entry_index(entry_form(ui), field);
    if (index == entry_form(ui)->field_count || !entry_is_shown(ui, &entry_form(ui)->fields[index]) ||
        is_completing(state))
        return;
    state->summary.is_mended = state->summary.is_mended || state->summary.is_open;
    state->summary.is_open = false;
    entry_rows_show(&state->entry, ui, index);
    state->choice.is_open = false;
    if (ui_focused(ui) != NULL)
        ui_focus(ui, field);
}

void screen_form_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_form_state *state = memory;
    const struct form *form = entry_form(ui);
    struct service_reply *reply = NULL;
    size_t index = entry_index(form, event->id);
    bool filled = false;
    if (entry_known_event(&state->known, ui, &state->entry, event) || on_choice(state, ui, event))
        return;
    if (entry_card_event(&state->card, ui, &state->entry, event, &filled)) {
        if (filled)
            save(state, ui);
    } else if (screen_answered(event, state->saving, &reply))
        on_saved(state, ui, reply);
    else if (screen_answered(event, state->completing, &reply))
        on_completed(state, ui, reply);
    else if (event->kind == UI_EVENT_RETURN)
        on_return(state, ui);
    else if (event->kind == UI_EVENT_NOTICE && event->notice == SERVICE_SUPERVISION)
        show_pointed(state, ui);
    else if (event->kind == UI_EVENT_NOTICE)
        (void)screen_moved_on(ui, SCREEN_FORM);
    else if (event->kind == UI_EVENT_TIMER && event->timer == TIMER_REVEAL)
        state->entry.revealed = 0;
    else if (state->summary.is_open && event->kind == UI_EVENT_TAP)
        on_summary_tap(state, ui, event);
    else if (index < form->field_count && event->kind != UI_EVENT_TAP)
        on_field(state, ui, event, index);
    else if (event->kind == UI_EVENT_TAP)
        on_tap(state, ui, event);
}

/* --- drawing ------------------------------------------------------------------------------------------ */

/* Whom to ask when a register of units does not know this one, in the authority's words; "" for other
 * registers. */
static const char *words_of_unknown(struct ui *ui, const struct product_comparison *comparison)
{
    const struct form_field *key = form_find(entry_form(ui), comparison->key);
    return key != NULL && key->kind == FORM_KIND_CREDIT_CODE
               ? product_says(screen_visit(ui)->product, PRODUCT_MESSAGE_UNIT_UNKNOWN)
               : "";
}

/* What the register of this block's comparison says as a whole, and what to do; "" before it was asked. */
static void compared(struct ui *ui, const struct entry *entry, char out[ENTRY_MESSAGE_BYTES])
{
    const struct service_visit *visit = screen_visit(ui);
    const char *block = entry_form(ui)->blocks[entry->block].id;
    out[0] = 0;
    for (size_t i = 0; i < visit->product->comparison_count; i++) {
        const struct product_comparison *comparison = &visit->product->comparisons[i];
        enum service_finding_verdict verdict =
            service_finding_by(visit->findings, visit->finding_count, comparison->id);
        char key[WORDS_KEY_BYTES];
        if (strcmp(comparison->block, block) != 0 || verdict == SERVICE_FINDING_NONE)
            continue;
        (void)snprintf(key, sizeof(key), "form.compared.%s", service_finding_name(verdict));
        screen_format(ui, out, ENTRY_MESSAGE_BYTES, key, {"register", comparison->label});
        const char *own = words_of_unknown(ui, comparison);
        if (verdict == SERVICE_FINDING_UNKNOWN && own[0] != 0)
            (void)text_copy(out, ENTRY_MESSAGE_BYTES, own);
    }
}

/* The bar over the keyboard marks a group as its tab does. */
static void mark_groups(const struct ui *ui, const struct entry *entry, struct ui_page *page)
{
    const struct form *form = entry_form(ui);
    for (size_t i = 0; i < form->block_count && i < WIDGET_GROUP_MARKED; i++) {
        enum widget_choice_mark mark = entry_page_mark(ui, entry, i);
        page->group_done |= (uint64_t)(mark == WIDGET_CHOICE_DONE) << i;
        page->group_faulty |= (uint64_t)(mark == WIDGET_CHOICE_ERROR) << i;
    }
}

/* The present group is filled only when it holds no mistake, either. */
static void say_group(struct ui *ui, const struct entry *entry, char out[64])
{
    size_t wanted = form_missing(entry_form(ui), entry_values(ui), entry_form(ui)->blocks[entry->block].id);
    size_t faulty = entry_faulty(entry, ui, entry->block);
    char count[24];
    (void)snprintf(count, sizeof(count), "%zu", wanted > 0 ? wanted : faulty);
    screen_format(ui, out, 64,
                  wanted > 0   ? "form.group_missing"
                  : faulty > 0 ? "form.tab.faulty"
                               : "form.tab.done",
                  {"count", count});
}

/* Who has just shown the own key reads that its PIN was right, where the authority says so. */
static const char *head_of(const struct ui *ui, const struct entry *entry)
{
    const struct service_visit *visit = screen_visit(ui);
    bool has_shown = visit->holder.is_proven && entry->block == 0 && entry->page == 0 &&
                     order_steps_has(&visit->operation->steps, ORDER_STEP_KEY);
    const char *proven = has_shown ? product_says(visit->product, PRODUCT_MESSAGE_KEY_PROVEN) : "";
    return proven[0] != 0 ? proven : screen_says(ui, PRODUCT_MESSAGE_FORM_HEAD, "form.subtitle");
}

/* Beside the title (a06); where the title has no room it stands in the bar, unless another offer does. */
static void offer_card(struct ui *ui, struct ui_page *page)
{
    bool beside = !ui_is_portrait(ui) && !ui_is_large(ui);
    struct widget_button card = {.id = "form.card",
                                 .label = screen_text(ui, beside ? "card.fill" : "card.read"),
                                 .icon = ICON_ID_CARD,
                                 .look = WIDGET_BUTTON_SECONDARY};
    if (beside) {
        card.type = THEME_TYPE_ITEM;
        page->title_action = card;
    } else if (page->secondary.label == NULL)
        page->secondary = card;
}

static struct ui_page page_of(struct ui *ui, const struct screen_form_state *state, char label[96],
                              char missing[64], char line[ENTRY_MESSAGE_BYTES])
{
    const struct form *form = entry_form(ui);
    const struct entry *entry = &state->entry;
    struct ui_page page = screen_page(ui, SCREEN_FORM);
    bool last_page = entry->page + 1 >= entry_rows_pages(ui, entry->block);
    bool last = last_page && entry->block + 1 == form->block_count;
    const char *next = last_page && !last ? form->blocks[entry->block + 1].label : "";
    size_t card = 0;
    screen_format(ui, label, 96,
                  last_page && state->summary.is_mended ? "summary.return"
                  : last                                ? "form.finish"
                  : last_page                           ? "form.next"
                                                        : "form.more",
                  {"block", next});
    say_group(ui, entry, missing);
    compared(ui, entry, line);
    const char *head = head_of(ui, entry);
    page.subtitle = state->error[0] != 0                      ? state->error
                    : line[0] != 0                            ? line
                    : form->blocks[entry->block].note[0] != 0 ? form->blocks[entry->block].note
                                                              : head;
    page.plain = true;
    page.no_back = entry->block == 0 && entry->page == 0;
    page.group = form->blocks[entry->block].label;
    page.group_line = missing;
    page.group_now = (int)entry->block + 1;
    page.group_count = (int)form->block_count;
    mark_groups(ui, entry, &page);
    if (entry_same_offers(ui, entry))
        page.secondary = (struct widget_button){
            .id = "form.same", .label = screen_text(ui, "form.same"), .icon = ICON_COPY};
    if (entry_card_offers(ui, entry, &card))
        offer_card(ui, &page);
    page.primary =
        (struct widget_button){.label = label, .icon_right = ICON_ARROW_RIGHT, .busy = is_completing(state)};
    return page;
}

static void draw_summary(struct ui *ui, struct screen_form_state *state)
{
    struct entry_summary *summary = &state->summary;
    struct ui_page page = screen_page(ui, SCREEN_FORM);
    bool last = summary->page + 1 >= summary->pages;
    bool prints = order_steps_has(&screen_visit(ui)->operation->steps, ORDER_STEP_PRINT);
    char now[16], count[16], pages[64], line[ENTRY_MESSAGE_BYTES];
    (void)snprintf(now, sizeof(now), "%d", summary->page + 1);
    (void)snprintf(count, sizeof(count), "%d", summary->pages);
    screen_format(ui, pages, sizeof(pages), "form.page", {"page", now}, {"count", count});
    screen_format(ui, line, sizeof(line), summary->pages > 1 ? "summary.subtitle_pages" : "summary.subtitle",
                  {"pages", pages});
    page.title = screen_text(ui, "summary.title");
    const char *own = prints ? product_says(screen_visit(ui)->product, PRODUCT_MESSAGE_PRINT) : "";
    page.subtitle = state->error[0] != 0 ? state->error : last && own[0] != 0 ? own : line;
    page.voice = "summary";
    page.plain = true;
    page.no_back = is_completing(state);
    page.primary = (struct widget_button){.label = screen_text(ui, !last    ? "form.more"
                                                                   : prints ? "summary.print"
                                                                            : "summary.confirm"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = is_completing(state)};
    entry_summary_draw(ui, ui_page(ui, &page), summary);
}

void screen_form_draw(void *memory, struct ui *ui)
{
    struct screen_form_state *state = memory;
    if (state->choice.is_open) {
        entry_choice_draw(ui, &state->choice, &state->entry);
        return;
    }
    char label[96];
    char missing[64];
    char line[ENTRY_MESSAGE_BYTES];
    if (state->summary.is_open) {
        draw_summary(ui, state);
        return;
    }
    struct ui_page page = page_of(ui, state, label, missing, line);
    entry_page_draw(ui, ui_page(ui, &page), &state->entry);
    if (state->listing)
        entry_errors_draw(ui, &state->entry);
    if (state->card.is_open)
        entry_card_draw(ui, &state->card);
    if (entry_known_asks(ui))
        entry_known_draw(ui, &state->known);
}
