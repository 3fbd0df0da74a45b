/* Registers for administrators: a file is imported in place of the earlier one of its kind, and what is there
 * is told. */
#include <string.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/ctl/ctl_wish.h"
#include "kiosk/services/service_register.h"

enum { REGISTERS_MAX = 64, ACTOR_BYTES = 32 };

static const char *actor_of(char out[ACTOR_BYTES])
{
    ctl_actor(out, ACTOR_BYTES);
    return out;
}

/* --- import ------------------------------------------------------------------------------------------ */

/* Every mistake of the file stands on the error output; nothing of it is stored then. */
static enum ctl_exit read_register(struct ctl *ctl, const struct register_shape *shape,
                                   const struct buf *bytes, struct register_file **out)
{
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    enum status status =
        register_file_parse(ctl->word[1], bytes->length == 0 ? "" : (const char *)bytes->data, bytes->length,
                            shape, clock_utc_s(ctl->io->clock), &errors, out);
    if (status != STATUS_OK)
        (void)fprintf(ctl->io->err, "%s", yaml_errors_text(&errors));
    enum ctl_exit result = status == STATUS_OK
                               ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, NULL, "%s: %zu mistakes, nothing was imported",
                                            ctl->word[1], errors.count);
    yaml_errors_release(&errors);
    return result;
}

static enum ctl_exit import_bytes(struct ctl *ctl, const struct register_shape *shape,
                                  const struct buf *bytes)
{
    struct register_file *file = NULL;
    struct failure failure = {0};
    uint8_t hash[CRYPTO_SHA256_BYTES];
    char digest[2 * CRYPTO_SHA256_BYTES + 1], actor[ACTOR_BYTES];
    enum ctl_exit result = read_register(ctl, shape, bytes, &file);
    if (result != CTL_EXIT_DONE)
        return result;
    crypto_sha256(bytes->data, bytes->length, hash);
    encode_hex(digest, hash, sizeof(hash));
    enum status status = service_register_put(ctl->store, shape, file, digest, actor_of(actor), &failure);
    if (status != STATUS_OK)
        result =
            ctl_refuse(ctl, status, &failure, "the register could not be stored; the earlier one stands");
    else
        (void)fprintf(ctl->io->out, "%s: %zu rows\n", shape->kind, file->count);
    register_file_free(file);
    return result;
}

/* A kind nobody compares with is refused with those that are. */
static enum ctl_exit refuse_kind(const struct ctl *ctl, const struct catalogue *catalogue)
{
    struct buf kinds;
    buf_init(&kinds, LIMIT_FIELD_BYTES);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && register_kind_at(catalogue, i) != NULL; i++)
        status = buf_append_format(&kinds, "%s%s", i == 0 ? "" : ", ", register_kind_at(catalogue, i));
    enum ctl_exit result =
        ctl_refuse(ctl, STATUS_OK, NULL, "no product compares with a register %s; those named are: %s",
                   ctl->word[0], kinds.length == 0 ? "none" : (const char *)kinds.data);
    buf_release(&kinds);
    return result;
}

static enum ctl_exit import_file(struct ctl *ctl, const struct catalogue *catalogue)
{
    struct register_shape shape;
    struct failure failure = {0};
    struct buf bytes;
    enum ctl_exit result = CTL_EXIT_DONE;
    enum status status = register_shape_make(catalogue, ctl->word[0], &shape);
    if (status == STATUS_NOT_FOUND)
        return refuse_kind(ctl, catalogue);
    buf_init(&bytes, LIMIT_REGISTER_BYTES);
    if (status == STATUS_OK)
        status = file_read(ctl->word[1], &bytes, &failure);
    result = status == STATUS_OK ? import_bytes(ctl, &shape, &bytes)
                                 : ctl_refuse(ctl, status, &failure, "%s could not be read", ctl->word[1]);
    buf_wipe(&bytes);
    return result;
}

enum ctl_exit ctl_register_import(struct ctl *ctl)
{
    struct catalogue *catalogue = NULL;
    enum ctl_exit result = ctl_wish_catalogue(ctl, &catalogue);
    if (result == CTL_EXIT_DONE)
        result = import_file(ctl, catalogue);
    catalogue_free(catalogue);
    return result;
}

/* --- looking ----------------------------------------------------------------------------------------- */

static struct json *register_json(const struct store_register *known)
{
    struct json *object = json_new_object(), *columns = json_new_array();
    char titles[STORE_REGISTER_COLUMNS_BYTES];
    char *rest = titles;
    (void)memcpy(titles, known->columns, sizeof(titles));
    json_set_text(object, "kind", known->kind);
    json_set_integer(object, "rows", known->entries);
    ctl_output_set_time(object, "imported", known->imported_utc_s);
    json_set_text(object, "sha256", known->digest);
    for (const char *title = strsep(&rest, "\n"); title != NULL; title = strsep(&rest, "\n"))
        json_append_text(columns, title);
    json_set_take(object, "columns", columns);
    return object;
}

enum ctl_exit ctl_register_list(struct ctl *ctl)
{
    static const char *const columns[] = {"kind", "rows", "imported", "sha256"};
    struct store_register known[REGISTERS_MAX];
    struct failure failure = {0};
    size_t count = 0;
    enum status status = store_register_list(ctl->store, known, REGISTERS_MAX, &count, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the registers could not be read");
    struct json *rows = json_new_array();
    for (size_t i = 0; i < count; i++)
        json_append_take(rows, register_json(&known[i]));
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else
        ctl_output_table(ctl, NULL, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return CTL_EXIT_DONE;
}

/* What a register says of one key is personal: it is recorded first, and of which key. */
static enum ctl_exit add_entry(struct ctl *ctl, struct json *document)
{
    struct failure failure = {0};
    struct json *row = NULL;
    char id[STORE_ID_BYTES], key[STORE_REGISTER_KEY_BYTES], detail[64];
    store_register_name_key(ctl->store, ctl->word[1], key);
    (void)snprintf(detail, sizeof(detail), "register show %s", key);
    enum ctl_exit result = ctl_record(ctl, "value.reveal", ctl->word[0], detail);
    if (result != CTL_EXIT_DONE)
        return result;
    enum status status = service_register_find(ctl->store, ctl->word[0], ctl->word[1], &row, id, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the register has no row of this key");
    json_set_take(document, "row", row);
    return CTL_EXIT_DONE;
}

static void show_row(const struct ctl *ctl, const struct store_register *known, const struct json *row)
{
    char titles[STORE_REGISTER_COLUMNS_BYTES];
    char *rest = titles;
    (void)memcpy(titles, known->columns, sizeof(titles));
    for (const char *title = strsep(&rest, "\n"); row != NULL && title != NULL; title = strsep(&rest, "\n"))
        (void)fprintf(ctl->io->out, "%s: %s\n", title, json_text(row, title, "-"));
}

enum ctl_exit ctl_register_show(struct ctl *ctl)
{
    static const char *const members[] = {"kind", "rows", "imported", "sha256"};
    struct store_register known;
    struct failure failure = {0};
    enum ctl_exit result = CTL_EXIT_DONE;
    enum status status = store_register_load(ctl->store, ctl->word[0], &known, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "no register %s was imported", ctl->word[0]);
    struct json *document = register_json(&known);
    if (ctl->word_count > 1)
        result = add_entry(ctl, document);
    if (result == CTL_EXIT_DONE && ctl_has(ctl, CTL_OPTION_JSON)) {
        ctl_output_json(ctl, document);
    } else if (result == CTL_EXIT_DONE) {
        ctl_output_members(ctl, document, members, CTL_OUTPUT_COUNT(members));
        show_row(ctl, &known, json_member(document, "row"));
    }
    json_free(document);
    return result;
}

enum ctl_exit ctl_register_remove(struct ctl *ctl)
{
    struct failure failure = {0};
    char actor[ACTOR_BYTES];
    enum status status = store_register_remove(ctl->store, ctl->word[0], actor_of(actor), &failure);
    if (status == STATUS_NOT_FOUND)
        return ctl_refuse(ctl, status, NULL, "no register %s was imported", ctl->word[0]);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "the register could not be removed");
}
