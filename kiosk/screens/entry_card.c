#include "kiosk/screens/entry_card.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/screens/entry_rows.h"

/* Of a choice of documents only the answer that is an identity card can be read. */
static bool can_be_read(const struct ui *ui, size_t index)
{
    const struct form *form = entry_form(ui);
    const struct form_field *field = &form->fields[index];
    return field->kind == FORM_KIND_RESIDENT_ID && entry_is_open(ui, field) &&
           form_field_kind(form, entry_values(ui), field) == FORM_KIND_RESIDENT_ID;
}

bool entry_card_offers(const struct ui *ui, const struct entry *entry, size_t *field)
{
    struct entry_rows rows;
    size_t per_page = entry_rows_per_page(ui);
    if (!services_identifies(screen_services(ui), PRODUCT_IDENTITY_READER))
        return false;
    entry_rows_lay(ui, entry->block, &rows);
    for (size_t row = entry->page * per_page; row < rows.count && row < (entry->page + 1) * per_page; row++) {
        for (size_t i = 0; i < rows.row[row].count; i++) {
            if (can_be_read(ui, rows.row[row].field[i])) {
                *field = rows.row[row].field[i];
                return true;
            }
        }
    }
    return false;
}

void entry_card_begin(struct entry_card *card, struct ui *ui, size_t field)
{
    if (card->reading != 0)
        return;
    *card = (struct entry_card){
        .is_open = true, .field = field, .reading = service_card_read(screen_services(ui))};
}

void entry_card_end(struct entry_card *card, struct ui *ui)
{
    if (card->reading != 0)
        service_card_cancel(screen_services(ui));
    services_card_forget(screen_services(ui));
    *card = (struct entry_card){0};
}

/* --- filling ----------------------------------------------------------------------------------------- */

/* What of the card the field of its person takes; NULL for nothing. */
static const char *text_for(const struct ui *ui, const struct form_field *field)
{
    const struct service_card *card = &screen_visit(ui)->card;
    return field->kind == FORM_KIND_RESIDENT_ID ? card->number
           : field->kind == FORM_KIND_NAME      ? card->name
           : field->kind == FORM_KIND_ADDRESS   ? card->address
                                                : NULL;
}

static void fill(const struct entry_card *card, struct ui *ui, struct entry *entry)
{
    const struct form *form = entry_form(ui);
    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        const char *text = field->subject == form->fields[card->field].subject ? text_for(ui, field) : NULL;
        if (text == NULL || *text == 0 || !entry_is_open(ui, field))
            continue;
        text_edit_set(&entry->fields[i].edit, text);
        entry_leave(entry, ui, i);
    }
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_read(struct entry_card *card, struct ui *ui, struct entry *entry,
                    const struct service_reply *reply, bool *filled)
{
    card->reading = 0;
    if (reply->status != STATUS_OK) {
        card->refusal = reply->reason != SERVICE_REASON_NONE ? reply->reason : SERVICE_REASON_OFFLINE;
        return;
    }
    fill(card, ui, entry);
    *filled = true;
    entry_card_end(card, ui);
    ui_toast(ui, ICON_ID_CARD, screen_text(ui, "card.filled"));
}

bool entry_card_event(struct entry_card *card, struct ui *ui, struct entry *entry,
                      const struct ui_event *event, bool *filled)
{
    struct service_reply *reply = NULL;
    *filled = false;
    if (screen_answered(event, card->reading, &reply))
        on_read(card, ui, entry, reply, filled);
    else if (card->is_open && ui_tapped(event, "card.again"))
        entry_card_begin(card, ui, card->field);
    else if (card->is_open && ui_tapped(event, "card.type"))
        entry_card_end(card, ui);
    else
        return false;
    return true;
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* What happened and what to do about it: the words of the identity page but for a card no form takes. */
static const char *refusal_text(const struct ui *ui, enum service_reason reason, const char *what)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "identity.%s.%s", service_reason_name(reason), what);
    return screen_text(ui, key);
}

void entry_card_draw(struct ui *ui, const struct entry_card *card)
{
    bool refused = card->refusal != SERVICE_REASON_NONE;
    struct widget_dialog dialog = {
        .id = "card",
        .icon = ICON_ID_CARD,
        .title = refused ? refusal_text(ui, card->refusal, "head") : screen_text(ui, "card.lay"),
        .line = refused ? refusal_text(ui, card->refusal, "line") : screen_text(ui, "card.lay_line"),
        .note = screen_text(ui, "card.kept"),
        .left = {.id = "card.type", .label = screen_text(ui, "card.type"), .look = WIDGET_BUTTON_SECONDARY}};
    if (refused)
        dialog.primary = (struct widget_button){.id = "card.again", .label = screen_text(ui, "card.again")};
    else
        dialog.primary =
            (struct widget_button){.id = "card.wait", .label = screen_text(ui, "card.wait"), .busy = true};
    widget_dialog(ui, &dialog);
}
