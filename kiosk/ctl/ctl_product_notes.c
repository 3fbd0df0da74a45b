#include "kiosk/ctl/ctl_product_notes.h"

#include "kiosk/ctl/ctl_output.h"

static struct json *buttons_json(const struct product *product)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < product->button_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "state", order_state_name(product->buttons[i].state));
        json_set_text(object, "act", product_act_name(product->buttons[i].act));
        json_set_text(object, "label", product->buttons[i].label);
        json_append_take(list, object);
    }
    return list;
}

static struct json *messages_json(const struct product *product)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < product->saying_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "id", product_message_name(product->sayings[i].message));
        json_set_text(object, "text", product->sayings[i].text);
        json_append_take(list, object);
    }
    return list;
}

static struct json *compared_json(const struct product_comparison *comparison)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < comparison->field_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "field", comparison->fields[i].field);
        json_set_text(object, "column", comparison->fields[i].column);
        json_append_take(list, object);
    }
    return list;
}

static struct json *comparisons_json(const struct product *product)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < product->comparison_count; i++) {
        const struct product_comparison *comparison = &product->comparisons[i];
        struct json *object = json_new_object();
        json_set_text(object, "id", comparison->id);
        json_set_text(object, "register", comparison->kind);
        json_set_text(object, "label", comparison->label);
        json_set_text(object, "block", comparison->block);
        json_set_text(object, "key", comparison->key);
        json_set_take(object, "fields", compared_json(comparison));
        json_append_take(list, object);
    }
    return list;
}

static struct json *notes_json(const struct product_note *notes, size_t count)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "title", notes[i].title);
        json_set_text(object, "line", notes[i].line);
        json_append_take(list, object);
    }
    return list;
}

static struct json *key_models_json(const struct product *product)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < product->key_model_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "id", product->key_models[i].id);
        json_set_text(object, "name", product->key_models[i].name);
        ctl_output_set_text(object, "line", product->key_models[i].line);
        ctl_output_set_text(object, "picture", product->key_models[i].picture);
        json_append_take(list, object);
    }
    return list;
}

static struct json *grounds_json(const struct product *product)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < product->ground_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "id", product->grounds[i].id);
        json_set_text(object, "text", product->grounds[i].text);
        json_append_take(list, object);
    }
    return list;
}

/* Of the product's own review; operations may have others. */
static struct json *stages_json(const struct product *product)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < product->stage_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "id", product->stages[i].id);
        json_set_text(object, "label", product->stages[i].label);
        json_set_text(object, "role", product_stage_role_name(product->stages[i].role));
        json_append_take(list, object);
    }
    return list;
}

static void set_ways_to_pay_and_tell(struct json *object, const struct product *product)
{
    struct json *payments = json_new_array();
    struct json *channels = json_new_array();
    for (size_t i = 0; i < product->payment_count; i++)
        json_append_text(payments, product_payment_name(product->payment[i]));
    for (size_t i = 0; i < product->channel_count; i++)
        json_append_text(channels, product_channel_name(product->channel[i]));
    json_set_take(object, "payment_methods", payments);
    json_set_integer(object, "payment_later_days", (int64_t)product->payment_later_days);
    json_set_take(object, "channels", channels);
    ctl_output_set_text(object, "account_holder", product->account.holder);
    ctl_output_set_text(object, "account_number", product->account.number);
    ctl_output_set_text(object, "account_bank", product->account.bank);
}

void ctl_product_notes_set(struct json *object, const struct product *product)
{
    json_set_integer(object, "rank", (int64_t)product->rank);
    json_set_integer(object, "review_days", (int64_t)product->review_days);
    json_set_integer(object, "received_days", (int64_t)product->received_days);
    json_set_take(object, "stages", stages_json(product));
    json_set_take(object, "grounds", grounds_json(product));
    ctl_output_set_text(object, "key_number", product->key_number);
    json_set_take(object, "key_models", key_models_json(product));
    set_ways_to_pay_and_tell(object, product);
    json_set_take(object, "buttons", buttons_json(product));
    json_set_take(object, "messages", messages_json(product));
    json_set_take(object, "ways", notes_json(product->ways, product->way_count));
    json_set_take(object, "after", notes_json(product->after, product->after_count));
    json_set_take(object, "comparisons", comparisons_json(product));
    json_set_take(object, "elsewhere", notes_json(product->elsewhere, product->elsewhere_count));
}
