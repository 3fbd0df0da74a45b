/* The stock for administrators: how it stands, one key, and a supplier's list that comes in as a batch.
 * Moving and scrapping stay at the desk: there two clerks sign with their own passwords, here is one user id.
 */
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/form/serial_list.h"
#include "kiosk/services/service_stock.h"
#include "kiosk/store/store_stock.h"

enum { BATCHES_MAX = 256, RECEIVE_MAX = STORE_STOCK_SERIALS_MAX, ACTOR_BYTES = 32 };

static struct json *batch_json(const struct ctl *ctl, const struct store_stock_batch *batch,
                               int64_t model_left)
{
    struct json *object = json_new_object();
    int64_t low_at = service_stock_low_at(ctl->settings, batch->model);
    json_set_text(object, "batch", batch->id);
    json_set_text(object, "model", batch->model);
    json_set_integer(object, "opening", batch->opening);
    json_set_integer(object, "received", batch->received);
    json_set_integer(object, "issued", batch->issued);
    json_set_integer(object, "scrapped", batch->scrapped);
    json_set_integer(object, "left", batch->left);
    json_set_integer(object, "low_at", low_at);
    json_set_text(object, "state", model_left < low_at ? "low" : "enough");
    return object;
}

enum ctl_exit ctl_stock_list(struct ctl *ctl)
{
    static const char *const columns[] = {"batch",    "model", "opening", "received", "issued",
                                          "scrapped", "left",  "low_at",  "state"};
    static struct store_stock_batch batches[BATCHES_MAX];
    struct failure failure = {0};
    size_t count = 0;
    enum status status = store_stock_batches(ctl->store, clock_hall_day_utc_s(clock_utc_s(ctl->io->clock)),
                                             batches, BATCHES_MAX, &count, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the stock could not be read");
    struct json *rows = json_new_array();
    for (size_t i = 0; i < count; i++) {
        int64_t model_left = 0;
        for (size_t k = 0; k < count; k++)
            model_left += strcmp(batches[k].model, batches[i].model) == 0 ? batches[k].left : 0;
        json_append_take(rows, batch_json(ctl, &batches[i], model_left));
    }
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else
        ctl_output_table(ctl, NULL, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return CTL_EXIT_DONE;
}

enum ctl_exit ctl_stock_show(struct ctl *ctl)
{
    static const char *const members[] = {"serial", "batch",    "model",  "place",   "state",
                                          "reason", "received", "issued", "scrapped"};
    struct store_stock_key key;
    struct failure failure = {0};
    enum status status = store_stock_load(ctl->store, ctl->word[0], &key, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "no key %s is registered", ctl->word[0]);
    struct json *object = json_new_object();
    json_set_text(object, "serial", key.serial);
    json_set_text(object, "batch", key.batch);
    json_set_text(object, "model", key.model);
    json_set_text(object, "place", key.place[0] != 0 ? key.place : "hall");
    json_set_text(object, "state", store_stock_state_name(key.state));
    ctl_output_set_text(object, "reason", key.reason);
    ctl_output_set_time(object, "received", key.received_utc_s);
    ctl_output_set_time(object, "issued", key.issued_utc_s);
    ctl_output_set_time(object, "scrapped", key.scrapped_utc_s);
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, object);
    else
        ctl_output_members(ctl, object, members, CTL_OUTPUT_COUNT(members));
    json_free(object);
    return CTL_EXIT_DONE;
}

static enum ctl_exit receive(struct ctl *ctl, const char *text)
{
    static char serials[RECEIVE_MAX][SERIAL_LIST_BYTES];
    struct failure failure = {0};
    char actor[ACTOR_BYTES];
    size_t count = 0;
    enum status status = serial_list_parse(text, serials, RECEIVE_MAX, &count);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, NULL,
                          "%s: not 1 to %d serial numbers, each once; nothing was received", ctl->word[1],
                          RECEIVE_MAX);
    ctl_actor(actor, sizeof(actor));
    status = store_stock_receive(
        ctl->store, &(struct store_stock_act){(const char(*)[STORE_NAME_BYTES])serials, count, actor, ""},
        ctl->word[0], ctl->option[CTL_OPTION_MODEL], &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "nothing was received");
    (void)fprintf(ctl->io->out, "%s: %zu keys\n", ctl->word[0], count);
    return CTL_EXIT_DONE;
}

enum ctl_exit ctl_stock_receive(struct ctl *ctl)
{
    struct failure failure = {0};
    struct buf bytes;
    if (!ctl_has(ctl, CTL_OPTION_MODEL))
        return ctl_misuse(ctl, "stock receive needs --model M");
    buf_init(&bytes, LIMIT_CONFIG_BYTES);
    enum status status = file_read(ctl->word[1], &bytes, &failure);
    if (status == STATUS_OK)
        status = buf_append(&bytes, "", 1);
    enum ctl_exit result = status == STATUS_OK
                               ? receive(ctl, (const char *)bytes.data)
                               : ctl_refuse(ctl, status, &failure, "%s could not be read", ctl->word[1]);
    buf_release(&bytes);
    return result;
}
