#include "kiosk/screens/offers.h"

#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/catalogue/product_old_lock.h"

enum { CARD_HEIGHT = 136, CARD_HEIGHT_PORTRAIT = 176, CARD_HEIGHT_LARGE = 200, CARD_GAP = 14 };

/* --- which make sense ---------------------------------------------------------------------------------- */

#define STATE_OF(state) (1U << (state))
#define STATE(code) STATE_OF(SERVICE_HOLDER_##code)
enum {
    LIVE = STATE(VALID) | STATE(SOON) | STATE(UNCHECKED) | STATE(EARLY),
    OF_OTHERS = STATE(FOREIGN) | STATE(FOREIGN_PAST) | STATE(UNKNOWN)
};

/* The operations that make sense for a key whose certificate stands like this. */
static const unsigned sense[PRODUCT_OPERATION_COUNT_] = {
    [PRODUCT_OPERATION_NEW] = STATE(NONE) | STATE(UNKNOWN) | STATE(REVOKED),
    [PRODUCT_OPERATION_RENEW] = STATE(VALID) | STATE(SOON) | STATE(UNCHECKED) | STATE(EXPIRED),
    [PRODUCT_OPERATION_CHANGE] = LIVE,
    [PRODUCT_OPERATION_REPLACE] = LIVE,
    [PRODUCT_OPERATION_UNLOCK] = LIVE | STATE(EXPIRED),
    [PRODUCT_OPERATION_REVOKE] = LIVE | STATE(HELD),
    [PRODUCT_OPERATION_SUSPEND] = LIVE,
    [PRODUCT_OPERATION_RESUME] = STATE(HELD),
    [PRODUCT_OPERATION_RECOVER] = LIVE | STATE(EXPIRED),
    [PRODUCT_OPERATION_EXCHANGE] = OF_OTHERS, /* ours is no old one */
    [PRODUCT_OPERATION_UPGRADE] = LIVE,
    [PRODUCT_OPERATION_REAPPLY] = STATE(EXPIRED) | STATE(REVOKED)};

static bool has_operation(const struct product *product, const struct product_operation *operation)
{
    for (size_t i = 0; i < product->operation_count; i++)
        if (&product->operations[i] == operation)
            return true;
    return false;
}

const struct product *offers_product(const struct ui *ui, const struct offers *offers,
                                     const struct product_operation *operation)
{
    const struct catalogue *catalogue = screen_program(ui)->catalogue;
    for (size_t i = 0; i < catalogue->count && offers->product == NULL; i++)
        if (has_operation(catalogue->products[i], operation))
            return catalogue->products[i];
    return offers->product;
}

/* From when a renewal is allowed, 0 for any time. A lock of another authority is taken in at any. */
static int64_t opens_utc_s(const struct offers *offers, const struct product_operation *operation)
{
    return offers->product == NULL ? 0
                                   : product_term_opens_utc_s(offers->product, operation, operation->years,
                                                              offers->not_after_utc_s);
}

/* What is offered, and not too early for this certificate. */
bool offers_is_open(const struct ui *ui, const struct offers *offers,
                    const struct product_operation *operation)
{
    return operation->available && opens_utc_s(offers, operation) <= clock_utc_s(screen_program(ui)->clock);
}

static bool makes_sense(const struct offers *offers, const struct product_operation *operation)
{
    enum product_operation_code code = product_operation_code(operation);
    if (offers->product == NULL)
        return (OF_OTHERS & STATE_OF(offers->state)) != 0 && offers->issuer != NULL &&
               product_operation_knows_issuer(operation, offers->issuer);
    bool is_past = offers->state == SERVICE_HOLDER_EXPIRED && !offers->product->renewal_after_expiry;
    if (is_past && (code == PRODUCT_OPERATION_RENEW || code == PRODUCT_OPERATION_NEW))
        return code == PRODUCT_OPERATION_NEW; /* it is to be applied for anew */
    return code < PRODUCT_OPERATION_COUNT_ && (sense[code] & STATE_OF(offers->state)) != 0;
}

/* Those of a product that can be had now, or those that cannot. */
static void add_offers(const struct ui *ui, const struct offers *offers, const struct product *product,
                       bool is_open, const struct product_operation *out[OFFERS_MAX], size_t *count)
{
    for (size_t i = 0; i < product->operation_count && *count < OFFERS_MAX; i++) {
        const struct product_operation *operation = &product->operations[i];
        if (offers_is_open(ui, offers, operation) == is_open && makes_sense(offers, operation))
            out[(*count)++] = operation;
    }
}

/* What is offered, what can be had first. Returns: how many. */
size_t offers_list(const struct ui *ui, const struct offers *offers,
                   const struct product_operation *out[OFFERS_MAX])
{
    const struct catalogue *catalogue = screen_program(ui)->catalogue;
    size_t count = 0;
    for (int round = 0; round < 2; round++) {
        if (offers->product != NULL)
            add_offers(ui, offers, offers->product, round == 0, out, &count);
        for (size_t i = 0; i < catalogue->count && offers->product == NULL; i++)
            add_offers(ui, offers, catalogue->products[i], round == 0, out, &count);
    }
    return count;
}

/* --- drawn ----------------------------------------------------------------------------------------- */

/* The least that the seal on the key adds to the operation, and whether it may be more; 0 for nothing. */
static int64_t seal_fee(const struct offers *offers, const struct product_operation *operation,
                        bool *is_least)
{
    struct product_wish wish;
    product_wish_init(&wish, offers->product, operation, 0);
    wish.class_id = offers->class_id;
    if (operation->sub_kind_count == 0)
        return product_wish_seal_fen(&wish);
    int64_t least_fen = 0;
    wish.sub_kind_count = 1;
    for (size_t i = 0; i < operation->sub_kind_count; i++) {
        wish.sub_kinds[0] = operation->sub_kinds[i].id;
        int64_t fen = product_wish_seal_fen(&wish);
        *is_least = *is_least || (least_fen > 0 && fen != least_fen);
        least_fen = fen > 0 && (least_fen == 0 || fen < least_fen) ? fen : least_fen;
    }
    return least_fen;
}

/* The seal on the key is told with what it costs here, before anything is chosen. Returns: whether it is. */
static bool write_seal(const struct ui *ui, const struct offers *offers,
                       const struct product_operation *operation, char *out, size_t size)
{
    char fee[64];
    char minutes[16];
    bool is_least = false;
    bool may = offers->has_seal && offers_is_open(ui, offers, operation) &&
               order_steps_is_on_own_key(&operation->steps);
    int64_t fen = may ? seal_fee(offers, operation, &is_least) : 0;
    if (fen <= 0) /* nothing, or nobody published it */
        return false;
    const struct price_quote quote = {
        .amount_fen = fen, .unit_amount_fen = fen, .unit = PRICE_UNIT_ONCE, .line_count = 0};
    words_fee(screen_program(ui)->words, &quote, fee, sizeof(fee));
    (void)snprintf(minutes, sizeof(minutes), "%u", operation->minutes);
    screen_format(ui, out, size, is_least ? "holder.offer_seal_from" : "holder.offer_seal", {"fee", fee},
                  {"minutes", minutes});
    return true;
}

static void write_offer(const struct ui *ui, const struct offers *offers,
                        const struct product_operation *operation, char *out, size_t size)
{
    char minutes[16];
    char count[24];
    char day[32];
    (void)clock_format_hall(opens_utc_s(offers, operation), "%Y-%m-%d", day, sizeof(day));
    (void)snprintf(minutes, sizeof(minutes), "%u", operation->minutes);
    (void)snprintf(count, sizeof(count), "%zu", operation->paper_count);
    if (!operation->available)
        (void)text_copy(out, size, operation->unavailable_text);
    else if (!offers_is_open(ui, offers, operation))
        screen_format(ui, out, size, "holder.opens", {"day", day});
    else
        screen_format(ui, out, size, operation->paper_count > 0 ? "holder.offer" : "holder.offer_no_papers",
                      {"minutes", minutes}, {"count", count});
}

static void draw_offer(struct ui *ui, struct rect rect, const struct offers *offers,
                       const struct product_operation *operation, size_t index, bool selected)
{
    const struct product *product = offers_product(ui, offers, operation);
    const char *class_id = offers->product != NULL ? offers->class_id : product->classes[0].id;
    struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
    char id[96];
    char line[128];
    char whole[256];
    char fee[64];
    (void)product_quote(product, class_id, operation->id, &quote);
    words_fee(screen_program(ui)->words, &quote, fee, sizeof(fee));
    char *unit = screen_split_fee(fee);
    if (!write_seal(ui, offers, operation, line, sizeof(line)))
        write_offer(ui, offers, operation, line, sizeof(line));
    if (offers->product != NULL) /* else several products may take it in */
        (void)snprintf(id, sizeof(id), "operation.%s", operation->id);
    else
        (void)snprintf(id, sizeof(id), "operation.%s.%s", operation->id, product->id);
    screen_format(ui, whole, sizeof(whole), "holder.offer_of", {"product", product->name}, {"line", line});
    (void)widget_choice(ui, rect,
                        &(struct widget_choice){.id = id,
                                                .name = operation->label,
                                                .line = offers->product != NULL ? line : whole,
                                                .icon = screen_operation_icon(operation->id),
                                                .fee = operation->available ? fee : NULL,
                                                .fee_unit = operation->available ? unit : NULL,
                                                .free_of_charge = quote.amount_fen == 0,
                                                .selected = selected,
                                                .disabled = !offers_is_open(ui, offers, operation),
                                                .tag = (int64_t)index});
}

static int card_height(const struct ui *ui)
{
    return ui_is_large(ui) ? CARD_HEIGHT_LARGE : ui_is_portrait(ui) ? CARD_HEIGHT_PORTRAIT : CARD_HEIGHT;
}

/* A card that names its product, too, is wide. */
static int columns_of(const struct ui *ui, const struct offers *offers)
{
    return ui_is_portrait(ui) && (ui_is_large(ui) || offers->product == NULL) ? 1 : 2;
}

size_t offers_per_page(const struct ui *ui, const struct offers *offers, int height)
{
    int rows = (height + CARD_GAP) / (card_height(ui) + CARD_GAP);
    return (size_t)(rows < 1 ? 1 : rows) * (size_t)columns_of(ui, offers);
}

void offers_draw(struct ui *ui, struct rect area, const struct offers *offers, size_t chosen, size_t page)
{
    const struct product_operation *all[OFFERS_MAX];
    size_t count = offers_list(ui, offers, all);
    size_t per_page = offers_per_page(ui, offers, area.h);
    size_t pages = count == 0 ? 1 : (count + per_page - 1) / per_page;
    size_t first = page % pages * per_page;
    int pitch = card_height(ui) + CARD_GAP;
    for (size_t i = 0; i < per_page && first + i < count; i++) {
        int row = (int)i / columns_of(ui, offers);
        struct rect line = rect_make(area.x, area.y + row * pitch, area.w, card_height(ui));
        draw_offer(ui, rect_column(line, (int)i % columns_of(ui, offers), columns_of(ui, offers), 24), offers,
                   all[first + i], first + i,
                   first + i == chosen && offers_is_open(ui, offers, all[first + i]));
    }
}
