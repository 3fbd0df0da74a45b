/* What the hall trusts: one root certificate or revocation list in hand, and all of them written to a stick.
 */
#include <stdio.h>

#include "kiosk/desk/desk_certificates.h"
#include "kiosk/desk/record_table.h"

enum { PAIR = 30, GAP = 8, TOLD = 44, DIGEST_LINE = 32 };

/* --- events -------------------------------------------------------------------------------------------- */

static void on_exported(struct desk_certificates_state *state, const struct ui *ui,
                        const struct service_reply *reply)
{
    char number[24];
    state->exporting = 0;
    (void)snprintf(number, sizeof(number), "%lld", (long long)reply->number);
    state->is_error = !desk_told(ui, reply, "desk.trust.exported", state->message, sizeof(state->message));
    if (!state->is_error)
        desk_format(ui, state->message, sizeof(state->message), "desk.trust.exported", {"count", number});
}

bool desk_certificates_trust_event(struct desk_certificates_state *state, struct ui *ui,
                                   const struct ui_event *event)
{
    if (ui_replied(event, state->exporting))
        on_exported(state, ui, event->data);
    else if (ui_tapped(event, "trust.export") && state->exporting == 0)
        state->exporting = service_desk_trust_export(desk_program(ui)->services);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_time(struct ui *ui, struct rect *r, const char *key, int64_t utc_s)
{
    char text[32] = "";
    if (utc_s != 0)
        (void)clock_format_hall(utc_s, "%Y-%m-%d %H:%M", text, sizeof(text));
    record_table_draw_pair(ui, rect_cut_top(r, PAIR), key, text, false);
}

/* In two lines, to be compared with what the authority has published. */
static void draw_digest(struct ui *ui, struct rect *r, const char *digest)
{
    char lines[80];
    (void)snprintf(lines, sizeof(lines), "%.32s\n%.32s", digest, digest + DIGEST_LINE);
    (void)rect_cut_top(r, GAP);
    (void)widget_label(ui, rect_cut_top(r, PAIR),
                       &(struct widget_label){.text = desk_text(ui, "desk.trust.digest"),
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    int height = widget_label_height(ui, THEME_TYPE_DESK_TABLE, lines, r->w);
    (void)widget_label(
        ui, rect_cut_top(r, height),
        &(struct widget_label){.id = "trust.digest", .text = lines, .type = THEME_TYPE_DESK_TABLE});
}

static void draw_anchor(struct ui *ui, struct rect r, const struct service_certificate_anchor *anchor)
{
    char entries[24];
    (void)snprintf(entries, sizeof(entries), "%zu", anchor->entries);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.trust.name", anchor->name, false);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.trust.number", anchor->number, false);
    draw_time(ui, &r, anchor->is_list ? "desk.trust.this_update" : "desk.trust.from", anchor->from_utc_s);
    draw_time(ui, &r, anchor->is_list ? "desk.trust.next_update" : "desk.trust.until", anchor->until_utc_s);
    if (anchor->is_list)
        record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.trust.entries", entries, false);
    draw_digest(ui, &r, anchor->digest);
}

void desk_certificates_trust_draw(struct desk_certificates_state *state, struct ui *ui, struct rect area)
{
    const struct service_certificate_anchor *anchor = desk_certificates_anchor(state, ui);
    const char *title =
        anchor == NULL ? NULL : desk_text(ui, anchor->is_list ? "desk.trust.list" : "desk.trust.root");
    struct rect r = record_table_draw_side(ui, area, "certificates", title);
    record_table_draw_button(ui, &r,
                             &(struct widget_button){.id = "trust.export",
                                                     .label = desk_text(ui, "desk.trust.export"),
                                                     .look = WIDGET_BUTTON_SECONDARY,
                                                     .icon = ICON_FILE,
                                                     .busy = state->exporting != 0});
    if (desk_program(ui)->settings->desk_writer)
        record_table_draw_button(ui, &r,
                                 &(struct widget_button){.id = "trust.import",
                                                         .label = desk_text(ui, "desk.import.button"),
                                                         .look = WIDGET_BUTTON_SECONDARY,
                                                         .icon = ICON_KEY,
                                                         .busy = state->import.running != 0});
    if (state->message[0] != 0 && !state->import.asking)
        record_table_draw_told(ui, rect_cut_bottom(&r, TOLD), "trust.message", state->message,
                               state->is_error);
    if (anchor != NULL)
        draw_anchor(ui, r, anchor);
}
