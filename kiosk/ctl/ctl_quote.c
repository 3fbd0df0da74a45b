/* certctl quote: what a wish costs, part by part. */
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/ctl/ctl_wish.h"

static struct json *line_json(const struct price_line *line)
{
    struct json *object = json_new_object();
    json_set_text(object, "part", line->row->part);
    ctl_output_set_text(object, "sub_kind", line->row->sub_kind);
    json_set_text(object, "unit", price_unit_name(line->row->unit));
    if (line->row->amount_fen != PRICE_UNKNOWN_FEN)
        json_set_integer(object, "each_fen", line->row->amount_fen);
    if (line->row->following_fen != PRICE_SAME_FEN)
        json_set_integer(object, "following_fen", line->row->following_fen);
    if (line->bundle_years > 0) {
        json_set_integer(object, "bundle_years", (int64_t)line->bundle_years);
        json_set_integer(object, "bundle_fen", line->bundle_fen);
    }
    if (line->amount_fen != PRICE_UNKNOWN_FEN)
        json_set_integer(object, "amount_fen", line->amount_fen);
    json_set_text(object, "trace", line->trace);
    return object;
}

static struct json *quote_json(const struct product_wish *wish, const struct price_quote *quote)
{
    struct json *object = json_new_object();
    struct json *lines = json_new_array();
    json_set_text(object, "product", wish->product->id);
    json_set_text(object, "operation", wish->operation->id);
    json_set_text(object, "class", wish->class_id);
    json_set_integer(object, "years", (int64_t)wish->years);
    json_set_integer(object, "quantity", (int64_t)wish->quantity);
    json_set_bool(object, "seal", wish->seal);
    json_set_bool(object, "in_warranty", product_wish_in_warranty(wish));
    if (quote->amount_fen == PRICE_UNKNOWN_FEN)
        json_set_text(object, "total_yuan", "unknown");
    else
        ctl_output_set_money(object, "total_fen", "total_yuan", quote->amount_fen);
    for (size_t i = 0; i < quote->line_count; i++)
        json_append_take(lines, line_json(&quote->line[i]));
    json_set_take(object, "lines", lines);
    return object;
}

enum ctl_exit ctl_quote(struct ctl *ctl)
{
    static const char *const members[] = {"product", "operation",   "class",     "years",     "quantity",
                                          "seal",    "in_warranty", "total_fen", "total_yuan"};
    static const char *const columns[] = {"part", "sub_kind", "unit", "amount_fen", "trace"};
    struct ctl_wish asked;
    struct price_quote quote;
    enum ctl_exit result = ctl_wish_open(ctl, &asked);
    if (result == CTL_EXIT_DONE)
        result = ctl_wish_judge_whole(ctl, &asked);
    enum status status = STATUS_OK;
    if (result == CTL_EXIT_DONE)
        status = product_wish_quote(&asked.wish, &quote);
    if (result == CTL_EXIT_DONE && status != STATUS_OK)
        result = ctl_refuse(ctl, status, NULL, "%s has no price for %s", asked.wish.product->id,
                            asked.wish.operation->id);
    if (result == CTL_EXIT_DONE) {
        struct json *document = quote_json(&asked.wish, &quote);
        if (ctl_has(ctl, CTL_OPTION_JSON)) {
            ctl_output_json(ctl, document);
        } else {
            ctl_output_members(ctl, document, members, CTL_OUTPUT_COUNT(members));
            ctl_output_table(ctl, "lines", json_member(document, "lines"), columns,
                             CTL_OUTPUT_COUNT(columns));
        }
        json_free(document);
    }
    ctl_wish_close(&asked);
    return result;
}
