/* certctl form: the form of an operation filled from a file, or blank, as PDF; what is wrong with the values
 * is told by field. */
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/catalogue/words.h"
#include "kiosk/ctl/ctl_assets.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/ctl/ctl_wish.h"
#include "kiosk/services/service_sheet.h"

enum { TEXT_BYTES = 256 };

/* What is no text, or of no field, is told by its name. Returns: how many there are. */
static size_t tell_strange_values(const struct ctl *ctl, const struct form *form, const struct json *document)
{
    size_t count = 0;
    for (size_t i = 0; i < json_member_count(document); i++) {
        const char *name = json_member_name(document, i);
        bool is_field = form_find(form, name) != NULL;
        if (is_field && json_text(document, name, NULL) != NULL)
            continue;
        (void)fprintf(ctl->io->err, "%s: %s %s\n", name,
                      is_field ? "no text in quotes for a field of" : "no field of", form->id);
        count++;
    }
    return count;
}

/* The document is UTF-8, and a form's fields are few enough: what is not taken is too long for any. */
static void tell_too_long(const struct ctl *ctl, const struct form_field *field, const char *text,
                          size_t *count)
{
    (void)fprintf(ctl->io->err, "%s: %zu bytes, expected at most %d\n", field->id, strlen(text),
                  LIMIT_FIELD_BYTES);
    (*count)++;
}

static enum ctl_exit take_values(struct ctl *ctl, const struct form *form, const struct json *document,
                                 struct form_values *values)
{
    size_t strange = tell_strange_values(ctl, form, document);
    if (strange > 0)
        return ctl_refuse(ctl, STATUS_OK, NULL, "%zu values cannot be taken, no form was made", strange);
    for (size_t i = 0; i < form->field_count; i++) {
        const char *text = json_text(document, form->fields[i].id, NULL);
        if (text != NULL && form_values_set(values, form->fields[i].id, text) != STATUS_OK)
            tell_too_long(ctl, &form->fields[i], text, &strange);
    }
    return strange == 0
               ? CTL_EXIT_DONE
               : ctl_refuse(ctl, STATUS_OK, NULL, "%zu values cannot be taken, no form was made", strange);
}

static enum ctl_exit read_values(struct ctl *ctl, const struct form *form, struct form_values *values)
{
    struct buf text;
    struct json *document = NULL;
    const char *path = ctl->option[CTL_OPTION_VALUES];
    buf_init(&text, LIMIT_JSON_BYTES);
    struct failure failure = {0};
    enum status status = file_read(path, &text, &failure);
    enum ctl_exit result = CTL_EXIT_REFUSED;
    if (status != STATUS_OK)
        result = ctl_refuse(ctl, status, &failure, "%s cannot be read", path);
    else if (json_parse((const char *)text.data, text.length, &document) != STATUS_OK ||
             !json_is_map(document))
        result = ctl_refuse(ctl, STATUS_MALFORMED, NULL, "%s is no JSON object of fields", path);
    else
        result = take_values(ctl, form, document, values);
    json_free(document);
    buf_wipe(&text);
    return result;
}

/* What people read. Returns: NULL where it cannot be read. Owns: the caller frees it. */
static struct words *open_words(const char *assets)
{
    char path[PATH_MAX + sizeof "/text/zh.txt"];
    struct yaml_errors mistakes;
    struct words *words = NULL;
    yaml_errors_init(&mistakes);
    (void)snprintf(path, sizeof(path), "%s/text/zh.txt", assets);
    (void)!words_open(path, &mistakes, &words);
    yaml_errors_release(&mistakes);
    return words;
}

/* Every mistake with its field, in the applicant's words. */
static enum ctl_exit judge_values(struct ctl *ctl, const char *assets, const struct form *form,
                                  const struct form_values *values)
{
    char sentence[TEXT_BYTES];
    struct form_errors errors;
    if (form_check_all(form, values, clock_utc_s(ctl->io->clock), &errors))
        return CTL_EXIT_DONE;
    struct words *words = open_words(assets);
    if (words == NULL)
        return ctl_refuse(
            ctl, STATUS_NOT_FOUND, NULL,
            "%zu fields are wrong, the words for it are not in %s/text; --assets DIR names another "
            "place",
            errors.count, assets);
    for (size_t i = 0; i < errors.count; i++) {
        words_form_error(words, &errors.error[i], sentence, sizeof(sentence));
        (void)fprintf(ctl->io->err, "%s: %s\n", errors.error[i].field_id, sentence);
    }
    words_free(words);
    return ctl_refuse(ctl, STATUS_OK, NULL, "%zu fields are wrong, no form was made", errors.count);
}

/* With its words at the edge; a form without them could be taken for an order's. */
static enum status draw_blank(const char *assets, const struct product_wish *wish, struct buf *pdf,
                              struct failure *failure)
{
    struct words *words = open_words(assets);
    enum status status =
        words == NULL
            ? failure_set(failure, STATUS_NOT_FOUND, "words", 0, "%s/text", assets)
            : service_sheet_draw_blank(assets, wish, words_text(words, "paper.blank"), pdf, failure);
    words_free(words);
    return status;
}

/* Without values it is blank. */
static enum ctl_exit draw(struct ctl *ctl, const char *assets, const struct product_wish *wish,
                          const struct form_values *values)
{
    struct buf pdf;
    struct failure failure = {0};
    const char *path = ctl->option[CTL_OPTION_PDF];
    buf_init(&pdf, LIMIT_PDF_BYTES);
    enum status status = values == NULL ? draw_blank(assets, wish, &pdf, &failure)
                                        : service_sheet_draw(assets, wish, values, &pdf, &failure);
    if (status == STATUS_OK)
        status = file_replace(path, pdf.data, pdf.length, 0600, &failure);
    buf_wipe(&pdf);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "%s was not written", path);
    struct json *document = json_new_object();
    json_set_text(document, "pdf", path);
    json_set_text(document, "template", wish->operation->template_id);
    json_set_text(document, "title", wish->operation->form_title);
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, document);
    else
        (void)fprintf(ctl->io->out, "%s\n", path);
    json_free(document);
    return CTL_EXIT_DONE;
}

static enum ctl_exit make(struct ctl *ctl, const struct product_wish *wish)
{
    char assets[PATH_MAX];
    bool is_there = false;
    struct form_values values;
    const struct form *form = product_find_form(wish->product, wish->operation->form_id);
    if (form == NULL || wish->operation->template_id[0] == 0)
        return ctl_refuse(ctl, STATUS_OK, NULL, "nothing is printed for %s", wish->operation->id);
    form_values_init(&values);
    enum ctl_exit result = ctl_assets_find(ctl, NULL, assets, &is_there);
    if (result == CTL_EXIT_DONE && !is_there)
        result = ctl_refuse(ctl, STATUS_NOT_FOUND, NULL,
                            "%s has no forms and words; --assets DIR names a folder that has", assets);
    if (result == CTL_EXIT_DONE && ctl_has(ctl, CTL_OPTION_BLANK))
        return draw(ctl, assets, wish, NULL);
    if (result == CTL_EXIT_DONE)
        result = read_values(ctl, form, &values);
    if (result == CTL_EXIT_DONE && form_tell_agent(form, wish->agent, &values) != STATUS_OK)
        result = ctl_refuse(ctl, STATUS_NO_MEMORY, NULL, "there is no room for the form");
    if (result == CTL_EXIT_DONE)
        result = judge_values(ctl, assets, form, &values);
    if (result == CTL_EXIT_DONE)
        result = draw(ctl, assets, wish, &values);
    form_values_wipe(&values);
    return result;
}

enum ctl_exit ctl_form(struct ctl *ctl)
{
    struct ctl_wish asked;
    if (ctl_has(ctl, CTL_OPTION_VALUES) == ctl_has(ctl, CTL_OPTION_BLANK) || !ctl_has(ctl, CTL_OPTION_PDF))
        return ctl_misuse(ctl, "form needs --values FILE or --blank, not both, and --pdf OUT");
    enum ctl_exit result = ctl_wish_open(ctl, &asked);
    if (result == CTL_EXIT_DONE && !ctl_has(ctl, CTL_OPTION_BLANK)) /* there it is ticked by hand */
        result = ctl_wish_judge_whole(ctl, &asked);
    if (result == CTL_EXIT_DONE)
        result = make(ctl, &asked.wish);
    ctl_wish_close(&asked);
    return result;
}
