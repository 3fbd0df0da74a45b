/* What a definition says around its orders: each button and message once, fields, forms and sheets that
 * exist, registers a clerk judges by. */
#include <string.h>

#include "kiosk/catalogue/product_check.h"
#include "kiosk/catalogue/product_wish.h"

/* A pattern of the kind acceptance_number has, with one place for the count. */
static void examine_key_number(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    char number[ORDER_ACCEPTANCE_BYTES];
    if (product->key_number[0] != '\0' && order_number_make(product->key_number, 0, 1, number) != STATUS_OK)
        TELL(examiner, product->key_number,
             "expected letters, digits, -, {yyMM} and {digits:N} for key.number, found %s",
             product->key_number);
}

static void examine_buttons(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    for (size_t i = 0; i < product->button_count; i++) {
        const struct product_button *button = &product->buttons[i];
        for (size_t j = 0; j < i; j++) {
            if (product->buttons[j].state == button->state && product->buttons[j].act == button->act)
                TELL(examiner, button->label, "expected the act %s of %s once", product_act_name(button->act),
                     order_state_name(button->state));
        }
    }
    for (size_t i = 0; i < product->saying_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (product->sayings[i].message == product->sayings[j].message)
                TELL(examiner, product->sayings[i].text, "expected the message %s once",
                     product_message_name(product->sayings[i].message));
        }
    }
}

static void examine_account(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    const struct product_account *account = &product->account;
    bool is_whole = account->holder[0] != '\0' && account->number[0] != '\0' && account->bank[0] != '\0';
    if (is_whole != product_takes(product, PRODUCT_PAYMENT_TRANSFER))
        TELL_KEY(examiner, is_whole ? "payment.account" : "payment.methods",
                 "expected payment.account with holder, number and bank exactly with the method transfer");
}

static bool is_field_somewhere(const struct product *product, const char *id)
{
    for (size_t i = 0; i < product->form_count; i++) {
        if (form_find(&product->forms[i], id) != NULL)
            return true;
    }
    return false;
}

static void examine_verification(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    const char *const ids[] = {product->verification_question, product->verification_answer};
    if ((ids[0][0] == '\0') != (ids[1][0] == '\0'))
        TELL_KEY(examiner, "verification", "expected verification.question and verification.answer together");
    for (size_t i = 0; i < 2; i++) {
        if (ids[i][0] != '\0' && !is_field_somewhere(product, ids[i]))
            TELL(examiner, ids[i], "expected the id of a field for verification, found %s", ids[i]);
    }
    for (size_t i = 0; i < product->operation_count; i++) {
        if (product->operations[i].asks_verification && ids[1][0] == '\0')
            TELL(examiner, product->operations[i].id, "expected verification.answer, which %s asks",
                 product->operations[i].id);
    }
}

static void examine_fallback(const struct product_examiner *examiner,
                             const struct product_operation *operation)
{
    const struct product_fallback *fallback = &operation->fallback;
    bool is_said = fallback->text[0] != '\0';
    if (is_said != (fallback->steps.count > 0))
        TELL(examiner, operation->id, "expected fallback.text and fallback.steps together in %s",
             operation->id);
    const char *complaint = fallback->steps.count == 0 ? NULL : order_steps_complaint(&fallback->steps);
    if (complaint != NULL)
        TELL(examiner, fallback->text, "expected %s in the fallback of %s", complaint, operation->id);
    if (is_said && product_find_form(examiner->product, fallback->form_id) == NULL)
        TELL(examiner, fallback->form_id[0] == '\0' ? operation->id : fallback->form_id,
             "expected the id of a form as fallback.form of %s", operation->id);
    for (size_t i = 0; i < fallback->paper_count; i++) {
        if (product_find_paper(examiner->product, fallback->paper_ids[i]) == NULL)
            TELL(examiner, fallback->paper_ids[i], "expected the id of a paper, found %s",
                 fallback->paper_ids[i]);
    }
}

/* A lock that is handed in is seen by a clerk, who judges what the list does not know. */
static bool has_lock_to_tick(const struct product *product, const struct product_operation *operation)
{
    for (size_t i = 0; i < operation->paper_count; i++) {
        const struct product_paper *paper = product_find_paper(product, operation->paper_ids[i]);
        if (paper != NULL && paper->kind == PRODUCT_PAPER_KIND_KEY && paper->original)
            return true;
    }
    return false;
}

static void examine_old_lock(const struct product_examiner *examiner,
                             const struct product_operation *operation)
{
    const struct order_steps *steps = &operation->steps;
    bool reviews = order_steps_has(steps, ORDER_STEP_REVIEW);
    bool is_at_key = order_steps_has(steps, ORDER_STEP_KEY) ||
                     (order_steps_has(steps, ORDER_STEP_ACT) && order_steps_has(steps, ORDER_STEP_PIN));
    if (operation->by_papers && (!reviews || is_at_key))
        TELL(examiner, operation->id, "expected the step review, and no old key, in %s, which goes by papers",
             operation->id);
    if (!product_operation_takes_old_lock(operation))
        return;
    if (!reviews || !order_steps_has(steps, ORDER_STEP_KEY) || !order_steps_has(steps, ORDER_STEP_PIN))
        TELL(examiner, operation->id, "expected the steps key, review and pin in %s, which takes an old lock",
             operation->id);
    if (!has_lock_to_tick(examiner->product, operation))
        TELL(examiner, operation->id,
             "expected a paper of the kind key with original in %s, which takes an old lock", operation->id);
}

static bool prints_sheet(const struct product_operation *operation, const char *sheet)
{
    for (size_t i = 0; i < operation->pack_count; i++) {
        if (strcmp(operation->pack[i], sheet) == 0)
            return true;
    }
    return false;
}

/* Nobody can hand in a sheet of the hall's own that the hall does not print. */
static void examine_sheets(const struct product_examiner *examiner, const struct product_operation *operation,
                           const char *const *paper_ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct product_paper *paper = product_find_paper(examiner->product, paper_ids[i]);
        if (paper != NULL && paper->sheet[0] != '\0' && !prints_sheet(operation, paper->sheet))
            TELL(examiner, operation->id, "expected the sheet %s of the paper %s in the pack of %s",
                 paper->sheet, paper->id, operation->id);
    }
}

static void examine_samples(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    for (size_t i = 0; i < product->paper_count; i++) {
        const struct product_paper *paper = &product->papers[i];
        if (paper->sample_count > 0 && paper->sheet[0] == '\0' && !paper->code_required)
            TELL(examiner, paper->id, "expected samples on a sheet that is printed here, not on %s",
                 paper->id);
        if (paper->sample_count > 0 && product->seal == PRODUCT_SEAL_NONE)
            TELL(examiner, paper->samples[0].zone, "expected a seal of the product with the samples of %s",
                 paper->id);
    }
}

/* A seal that comes with an operation or a kind of change is made of samples and written on a key. */
static void examine_made_seals(const struct product_examiner *examiner,
                               const struct product_operation *operation)
{
    bool makes = product_wish_makes_seal(operation);
    if (makes && examiner->product->seal == PRODUCT_SEAL_NONE)
        TELL(examiner, operation->id, "expected seal optional or main-lock, %s makes one", operation->id);
    else if (makes && !product_operation_can_seal(examiner->product, operation))
        TELL(examiner, operation->id,
             "expected a paper with samples and the step issue in %s, which makes a seal", operation->id);
}

/* A seal that is charged or included, too. */
static void examine_seals(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    bool can_seal = false;
    for (size_t i = 0; i < product->operation_count; i++) {
        examine_made_seals(examiner, &product->operations[i]);
        can_seal = can_seal || product_operation_can_seal(product, &product->operations[i]);
    }
    if (product->seal == PRODUCT_SEAL_INCLUDED && !can_seal)
        TELL(examiner, "included",
             "expected an operation with a paper with samples and the step issue, whose seal is included");
    for (size_t i = 0; i < product->tariff_count; i++) {
        const struct price_row *row = &product->tariff[i];
        const struct product_operation *operation = product_find_operation(product, row->operation);
        if (operation == NULL || strcmp(row->part, PRICE_PART_SEAL) != 0)
            continue;
        if (product->seal == PRODUCT_SEAL_NONE)
            TELL(examiner, row->operation, "expected seal optional or main-lock, %s charges for one",
                 row->operation);
        else if (!product_operation_can_seal(product, operation))
            TELL(examiner, row->operation,
                 "expected a paper with samples and the step issue in %s, which charges for a seal",
                 row->operation);
    }
}

/* --- registers ---------------------------------------------------------------------------------------------
 */

static void examine_columns(const struct product_examiner *examiner,
                            const struct product_comparison *comparison)
{
    for (size_t i = 0; i < comparison->field_count; i++) {
        const struct product_compared *compared = &comparison->fields[i];
        for (size_t j = 0; j < i; j++) {
            if (strcmp(comparison->fields[j].field, compared->field) == 0)
                TELL(examiner, compared->field, "expected the field %s once in %s", compared->field,
                     comparison->id);
            if (strcmp(comparison->fields[j].column, compared->column) == 0)
                TELL(examiner, compared->column, "expected the column %s once in %s", compared->column,
                     comparison->id);
        }
        if (!is_field_somewhere(examiner->product, compared->field))
            TELL(examiner, compared->field, "expected the id of a field of a form, found %s",
                 compared->field);
    }
    if (product_comparison_key_column(comparison)[0] == '\0')
        TELL(examiner, comparison->key, "expected one of the compared fields as key, found %s",
             comparison->key);
}

/* What was found differing or unknown is for a clerk to judge: nothing may pass without one. */
static void examine_judge(const struct product_examiner *examiner,
                          const struct product_comparison *comparison)
{
    const struct product *product = examiner->product;
    bool is_made = false;
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        const struct form *form = product_find_form(product, operation->form_id);
        if (form == NULL || !product_comparison_fits(comparison, form))
            continue;
        is_made = true;
        if (form_find_block(form, comparison->block) == NULL)
            TELL(examiner, comparison->block, "expected the id of a block of the form %s, found %s", form->id,
                 comparison->block);
        if (!order_steps_has(&operation->steps, ORDER_STEP_REVIEW))
            TELL(examiner, operation->id, "expected the step review for %s, whose form is compared by %s",
                 operation->id, comparison->id);
    }
    if (!is_made)
        TELL(examiner, comparison->id, "expected a form with all fields of the comparison %s",
             comparison->id);
}

static void examine_comparisons(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    for (size_t i = 0; i < product->comparison_count; i++) {
        const struct product_comparison *comparison = &product->comparisons[i];
        for (size_t j = 0; j < i; j++)
            if (strcmp(product->comparisons[j].id, comparison->id) == 0)
                TELL(examiner, comparison->id, "expected each comparison id once, %s is there already",
                     comparison->id);
        examine_columns(examiner, comparison);
        examine_judge(examiner, comparison);
    }
}

void product_check_notes(const struct product_examiner *examiner)
{
    examine_comparisons(examiner);
    examine_key_number(examiner);
    examine_buttons(examiner);
    examine_account(examiner);
    examine_verification(examiner);
    for (size_t i = 0; i < examiner->product->operation_count; i++) {
        const struct product_operation *operation = &examiner->product->operations[i];
        examine_fallback(examiner, operation);
        examine_old_lock(examiner, operation);
        examine_sheets(examiner, operation, operation->paper_ids, operation->paper_count);
        examine_sheets(examiner, operation, operation->fallback.paper_ids, operation->fallback.paper_count);
    }
    examine_samples(examiner);
    examine_seals(examiner);
}
