#include "kiosk/screens/key_entry.h"

enum { PIN_MAX = 16, PIN_LEAST = 4 };

void key_entry_open(struct key_entry *entry, const struct ui *ui)
{
    key_entry_wipe(entry);
    entry->message[0] = 0;
    pin_pad_open(&entry->pad, screen_program(ui)->random);
}

void key_entry_wipe(struct key_entry *entry)
{
    secret_wipe(&entry->pin);
}

bool key_entry_event(struct key_entry *entry, const struct ui_event *event)
{
    if (!pin_pad_event(&entry->pad, event, &entry->pin, PIN_MAX))
        return false;
    entry->message[0] = 0;
    return true;
}

bool key_entry_is_complete(const struct key_entry *entry)
{
    return entry->pin.length >= PIN_LEAST;
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* What is left is said before the first digit. */
static const char *tries_text(const struct ui *ui)
{
    static const char *const keys[] = {[SERVICE_PIN_UNSET] = "key.tries.normal",
                                       [SERVICE_PIN_NORMAL] = "key.tries.normal",
                                       [SERVICE_PIN_LOW] = "key.tries.low",
                                       [SERVICE_PIN_FINAL] = "key.tries.final",
                                       [SERVICE_PIN_LOCKED] = "key.tries.locked"};
    return screen_text(ui, keys[services_key(screen_services(ui))->pin]);
}

static enum widget_notice_tone tries_tone(const struct ui *ui)
{
    enum service_pin_health pin = services_key(screen_services(ui))->pin;
    return pin == SERVICE_PIN_FINAL || pin == SERVICE_PIN_LOCKED ? WIDGET_NOTICE_ERROR
           : pin == SERVICE_PIN_LOW                              ? WIDGET_NOTICE_AMBER
                                                                 : WIDGET_NOTICE_INFO;
}

static void draw_banner(struct ui *ui, struct rect *area, const struct widget_notice *notice)
{
    int height = widget_notice_height(ui, notice, area->w);
    (void)widget_notice_banner(ui, rect_cut_top(area, height), notice);
    (void)rect_cut_top(area, 16);
}

static void draw_field(struct ui *ui, struct rect area, const struct key_entry *entry, const char *named)
{
    bool large = ui_is_large(ui);
    int height = large ? 168 : ui_is_portrait(ui) ? 140 : 154;
    char owner[SERVICE_TEXT_BYTES];
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, large ? 32 : 53, large ? 16 : 32);
    if (named[0] != 0 && !(large && entry->pad.has_letters)) {
        screen_shorten(named, large ? 24 : 30, owner, sizeof(owner));
        (void)widget_label(
            ui, rect_cut_top(&inner, widget_label_height(ui, THEME_TYPE_ITEM, owner, inner.w)),
            &(struct widget_label){
                .id = "key.owner", .text = owner, .type = THEME_TYPE_ITEM, .is_private = true});
        (void)rect_cut_top(&inner, 16);
    }
    (void)widget_field(ui, rect_cut_top(&inner, height),
                       &(struct widget_field){.id = "key.pin",
                                              .label = screen_text(ui, "key.pin"),
                                              .dots = (int)entry->pin.length,
                                              .box_height = large                ? 112
                                                            : ui_is_portrait(ui) ? 96
                                                                                 : 110,
                                              .active = true});
    (void)rect_cut_top(&inner, 24);
    if (entry->message[0] != 0)
        draw_banner(
            ui, &inner,
            &(struct widget_notice){
                .id = "key.message", .tone = WIDGET_NOTICE_ERROR, .line = entry->message, .quiet = true});
    draw_banner(ui, &inner,
                &(struct widget_notice){
                    .id = "key.tries", .tone = tries_tone(ui), .line = tries_text(ui), .quiet = true});
}

void key_entry_draw(struct ui *ui, struct rect area, const struct key_entry *entry, const char *owner)
{
    struct rect pad = pin_pad_cut(ui, &area, &entry->pad);
    pin_pad_hint(ui, pad);
    draw_field(ui, area, entry, owner);
    pin_pad_draw(ui, pad, &entry->pad, true);
}
