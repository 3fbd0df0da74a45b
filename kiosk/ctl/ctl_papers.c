/* certctl papers and certctl steps: what an operation asks for, and in which order it goes. */
#include "kiosk/ctl/ctl_papers.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/ctl/ctl_wish.h"

struct json *ctl_papers_json(const struct product_paper *paper)
{
    struct json *object = json_new_object();
    struct json *formats = json_new_array();
    json_set_text(object, "id", paper->id);
    json_set_text(object, "title", paper->title);
    json_set_text(object, "kind", product_paper_kind_name(paper->kind));
    json_set_bool(object, "original", paper->original);
    json_set_bool(object, "optional", paper->optional);
    ctl_output_set_text(object, "same_as", paper->same_as);
    json_set_bool(object, "stamped", paper->stamped);
    json_set_bool(object, "signed", paper->signed_by_hand);
    json_set_bool(object, "printed_here", paper->code_required);
    json_set_integer(object, "copies", (int64_t)paper->copies);
    json_set_bool(object, "both_sides", paper->both_sides);
    json_set_integer(object, "dpi", (int64_t)paper->dpi);
    json_set_integer(object, "limit_bytes", paper->limit_bytes);
    json_set_integer(object, "extra", (int64_t)paper->extra);
    for (size_t i = 0; i < paper->format_count; i++)
        json_append_text(formats, product_format_name(paper->format[i]));
    json_set_take(object, "formats", formats);
    json_set_text(object, "hint", paper->hint);
    return object;
}

enum ctl_exit ctl_papers(struct ctl *ctl)
{
    static const char *const columns[] = {"id",     "title",      "kind", "original",    "stamped", "signed",
                                          "copies", "both_sides", "dpi",  "limit_bytes", "hint"};
    struct ctl_wish asked;
    enum ctl_exit result = ctl_wish_open(ctl, &asked);
    if (result == CTL_EXIT_DONE)
        result = ctl_wish_judge_whole(ctl, &asked);
    struct json *papers = json_new_array();
    for (size_t i = 0; result == CTL_EXIT_DONE && i < asked.wish.operation->paper_count; i++) {
        const struct product_paper *paper =
            product_operation_paper(asked.wish.product, asked.wish.operation, i);
        if (product_wish_needs(&asked.wish, paper->id))
            json_append_take(papers, ctl_papers_json(paper));
    }
    if (result == CTL_EXIT_DONE && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, papers);
    else if (result == CTL_EXIT_DONE)
        ctl_output_table(ctl, NULL, papers, columns, CTL_OUTPUT_COUNT(columns));
    json_free(papers);
    ctl_wish_close(&asked);
    return result;
}

enum ctl_exit ctl_steps(struct ctl *ctl)
{
    static const char *const columns[] = {"step", "status"};
    struct ctl_wish asked;
    enum ctl_exit result = ctl_wish_open(ctl, &asked);
    struct json *steps = json_new_array();
    for (size_t i = 0; result == CTL_EXIT_DONE && i < asked.wish.operation->steps.count; i++) {
        enum order_step step = asked.wish.operation->steps.step[i];
        struct json *object = json_new_object();
        json_set_text(object, "step", order_step_name(step));
        json_set_text(object, "status", product_status_label(asked.wish.product, order_step_state(step)));
        json_append_take(steps, object);
    }
    if (result == CTL_EXIT_DONE && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, steps);
    else if (result == CTL_EXIT_DONE)
        ctl_output_table(ctl, NULL, steps, columns, CTL_OUTPUT_COUNT(columns));
    json_free(steps);
    ctl_wish_close(&asked);
    return result;
}
