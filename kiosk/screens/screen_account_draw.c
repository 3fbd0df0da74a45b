/* Account, drawn: its parts as cards, and each part's fields. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_account.h"
#include "kiosk/screens/screen_list.h"

enum { GAP = 24, CARD = 150, CARD_LARGE = 160 };

static void draw_card(struct ui *ui, struct rect rect, const char *id, const char *line, enum icon icon)
{
    (void)widget_choice(
        ui, rect, &(struct widget_choice){.id = id, .name = screen_text(ui, id), .line = line, .icon = icon});
}

static void draw_all(struct ui *ui, struct rect *area)
{
    const struct service_account *account = &screen_visit(ui)->account;
    int height = ui_is_large(ui) ? CARD_LARGE : CARD;
    const struct {
        const char *id, *line;
        enum icon icon;
    } cards[] = {{"account.password", screen_text(ui, "account.password_line"), ICON_LOCK},
                 {"account.email", account->email[0] != 0 ? account->email : screen_text(ui, "account.unset"),
                  ICON_EDIT},
                 {"account.company",
                  account->company[0] != 0 ? account->company : screen_text(ui, "account.unset"),
                  ICON_BUILDING}};
    for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
        char line[SERVICE_ALIAS_BYTES];
        struct rect row = rect_cut_top(area, height);
        (void)text_copy(line, sizeof(line), cards[i].line);
        screen_fit(ui, THEME_TYPE_BODY, row.w - 240, line, sizeof(line));
        draw_card(ui, row, cards[i].id, line, cards[i].icon);
        (void)rect_cut_top(area, 16);
    }
}

/* While the keyboard is open only what is being typed has room beside it. */
static void draw_password(struct ui *ui, struct rect *area, struct screen_account_state *state)
{
    const char *focused = ui_focused(ui);
    bool has_id = !screen_visit(ui)->account.exists;
    bool types_id = focused != NULL && has_id && text_has_prefix(focused, "account.id");
    if (has_id && (focused == NULL || types_id || ui_is_portrait(ui))) {
        screen_field(ui, rect_cut_top(area, widget_field_plain_height(ui)), "account.id", &state->id_number);
        (void)rect_cut_top(area, 16);
    }
    if (!types_id || ui_is_portrait(ui))
        password_pair_draw(ui, rect_cut_top(area, password_pair_height(ui)), &state->pair);
    (void)rect_cut_top(area, GAP);
}

static void draw_companies(struct ui *ui, struct rect *area)
{
    const struct service_account *account = &screen_visit(ui)->account;
    int height = ui_is_large(ui) ? 120 : 104;
    for (size_t i = 0; i < account->company_count; i++) {
        char id[48], name[SERVICE_ALIAS_BYTES];
        struct rect row = rect_cut_top(area, height);
        (void)snprintf(id, sizeof(id), "company.%zu", i);
        (void)text_copy(name, sizeof(name), account->companies[i]);
        screen_fit(ui, THEME_TYPE_BODY_STRONG, row.w - 96, name, sizeof(name));
        (void)widget_button(ui, row,
                            &(struct widget_button){.id = id,
                                                    .label = name,
                                                    .look = WIDGET_BUTTON_SECONDARY,
                                                    .type = THEME_TYPE_BODY_STRONG,
                                                    .tag = (int64_t)i});
        (void)rect_cut_top(area, 16);
    }
}

static const char *hint_of(const struct ui *ui, const struct screen_account_state *state)
{
    switch (state->part) {
    case SCREEN_ACCOUNT_PASSWORD:
        return screen_text(ui,
                           screen_visit(ui)->account.exists ? "account.password_hint" : "account.open_hint");
    case SCREEN_ACCOUNT_EMAIL:
        return screen_text(ui, "account.email_hint");
    case SCREEN_ACCOUNT_COMPANY:
        return screen_text(ui, screen_visit(ui)->account.company_count > 0 ? "account.company_hint"
                                                                           : "account.company_none");
    case SCREEN_ACCOUNT_ALL:
        break;
    }
    return screen_text(ui, state->is_done ? "account.done" : "account.hint");
}

static void draw_message(struct ui *ui, struct rect area, const struct screen_account_state *state)
{
    bool is_error = state->message[0] != 0;
    if (ui_focused(ui) == NULL)
        screen_banner(ui, area, "account.message",
                      is_error         ? WIDGET_NOTICE_ERROR
                      : state->is_done ? WIDGET_NOTICE_DONE
                                       : WIDGET_NOTICE_INFO,
                      is_error ? state->message : hint_of(ui, state));
}

static void offer(struct ui_page *page, const struct ui *ui, const struct screen_account_state *state)
{
    const struct service_account *account = &screen_visit(ui)->account;
    const char *now = state->part == SCREEN_ACCOUNT_EMAIL     ? account->email
                      : state->part == SCREEN_ACCOUNT_COMPANY ? account->company
                                                              : "";
    if (now[0] != 0)
        page->secondary = (struct widget_button){
            .id = "account.none", .label = screen_text(ui, "account.none"), .look = WIDGET_BUTTON_SECONDARY};
    else if (state->part == SCREEN_ACCOUNT_ALL && account->exists)
        page->secondary = (struct widget_button){.id = "account.close",
                                                 .label = screen_text(ui, "account.close"),
                                                 .look = WIDGET_BUTTON_SECONDARY,
                                                 .busy = state->setting != 0};
    if (state->part == SCREEN_ACCOUNT_PASSWORD || state->part == SCREEN_ACCOUNT_EMAIL)
        page->primary = (struct widget_button){.label = screen_text(ui, "account.set"),
                                               .icon_right = ICON_ARROW_RIGHT,
                                               .busy = state->setting != 0,
                                               .disabled = !screen_account_is_complete(state, ui)};
}

static void draw_question(struct ui *ui)
{
    widget_dialog(ui, &(struct widget_dialog){
                          .id = "account.ask",
                          .title = screen_text(ui, "account.ask"),
                          .line = screen_text(ui, "account.ask_line"),
                          .icon = ICON_WARNING,
                          .left = {.id = "account.no",
                                   .label = screen_text(ui, "account.no"),
                                   .look = WIDGET_BUTTON_SECONDARY},
                          .primary = {.id = "account.yes", .label = screen_text(ui, "account.close")}});
}

void screen_account_draw(void *memory, struct ui *ui)
{
    struct screen_account_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_ACCOUNT);
    page.step = 0;
    page.subtitle = screen_text(ui, state->looking != 0 ? "orders.loading" : "account.subtitle");
    offer(&page, ui, state);
    struct rect area = ui_page(ui, &page);
    if (state->looking != 0 || !screen_visit(ui)->account.is_known)
        return;
    switch (state->part) {
    case SCREEN_ACCOUNT_ALL:
        draw_all(ui, &area);
        break;
    case SCREEN_ACCOUNT_PASSWORD:
        draw_password(ui, &area, state);
        break;
    case SCREEN_ACCOUNT_EMAIL:
        screen_field(ui, rect_cut_top(&area, widget_field_plain_height(ui)), "account.address",
                     &state->email);
        (void)rect_cut_top(&area, GAP);
        break;
    case SCREEN_ACCOUNT_COMPANY:
        draw_companies(ui, &area);
        break;
    }
    draw_message(ui, area, state);
    if (state->asks)
        draw_question(ui);
}
