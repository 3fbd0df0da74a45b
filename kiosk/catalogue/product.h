/* Product: what one leaf of the product tree offers, asks, costs and issues, read from its definition file.
 *
 * Everything a hall may change about a product is data here: steps, fields, papers, fees, words of the
 * authority. It is read once and never changes while the program runs.
 * Pitfall: it is complete or it is not there: a file with one mistake gives no product.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_H
#define KIOSK_CATALOGUE_PRODUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/catalogue/product_judge.h"
#include "kiosk/catalogue/product_kinds.h"
#include "kiosk/catalogue/product_old_lock.h"
#include "kiosk/catalogue/product_term.h"
#include "kiosk/catalogue/yaml.h"
#include "kiosk/form/form.h"
#include "kiosk/form/rule_pin.h"
/* Lists of the order, read by name; kiosk/order includes nothing of the catalogue. */
#include "kiosk/order/order.h"
#include "kiosk/order/price.h"

enum { PRODUCT_RANK_DEFAULT = 100 };

/* A certificate class: 代理机构, 供应商, 采购人. */
struct product_class {
    const char *id;
    const char *label;
    const char *sale_label; /* 销售名称 in orders and on receipts: 供应商（一年） */
};

/* A box of a printed sheet that is stamped or signed as a sample, from which an electronic seal is made. */
struct product_sample {
    const char *zone; /* of the sheet's template */
    enum product_sample_of of;
    const char *tick; /* zone that is ticked when it is the best one, "" for none */
    bool optional;    /* may be left blank */
};

/* One paper to be scanned, or a key to be brought along. */
struct product_paper {
    const char *id;
    const char *title;
    const char *hint;
    enum product_paper_kind kind;
    bool original;       /* handed in on paper, too */
    bool optional;       /* may be left out */
    const char *same_as; /* id of the paper whose scan may stand for this one, "" for none */
    bool stamped;        /* 需加盖公章 */
    bool signed_by_hand; /* 需手写签名 */
    bool code_required;  /* the page's QR must belong to the order: the form we printed */
    unsigned copies;     /* that are handed in */
    unsigned dpi;
    enum product_format format[PRODUCT_FORMAT_COUNT_];
    size_t format_count;
    int64_t limit_bytes; /* of one kept page */
    bool both_sides;     /* front and back are asked for, on one sheet or on two: product_side.h */
    const char *sheet;   /* template of a sheet that is printed here with the form, "" for none */
    const char *example; /* template of its drawn example; "" for its own form or sheet, or for none */
    unsigned extra;      /* so many pages more may be added, each under a title of the applicant's own */
    const struct product_sample *samples; /* its boxes for samples of a seal, in reading order */
    size_t sample_count;
};

/* A kind of change one may choose: 变更单位名称, 变更法人, 章模变更. */
struct product_sub_kind {
    const char *id;
    const char *label;
    enum product_deed deed[PRODUCT_DEED_COUNT_]; /* when it was chosen */
    size_t deed_count;
    bool makes_seal; /* it is a change of the seal: one is made anew, whether or not it was asked for */
};

/* Why an operation is asked for: 丢失, 人为损坏. */
struct product_why {
    const char *id;
    const char *label;
    bool in_warranty; /* free of charge while the key's warranty lasts */
};

/* One of the signatures an approval takes, in this order: 初审, 复核. */
struct product_stage {
    const char *id;
    const char *label;
    enum product_stage_role role; /* who may sign it */
};

/* What is done when the short way is closed to a holder: 社保 renewal of a key without an order. */
struct product_fallback {
    const char *text; /* why the short way is closed, "" when there is no other way */
    struct order_steps steps;
    const char *form_id;
    const char *const *paper_ids;
    size_t paper_count;
};

/* One operation, offered as a tile. Its definition may be whole while it is not available at the terminal. */
struct product_operation {
    const char *id; /* of product_operations.def */
    const char *label;
    const char *tile; /* one line of use */
    bool available;
    const char *unavailable_text; /* why not, "" when available */
    bool login_required;
    unsigned minutes;       /* how long a visit takes, about */
    unsigned years;         /* of validity, as offered first */
    unsigned years_most;    /* the longest term; every term from `years` on may be chosen */
    enum product_term term; /* what becomes of the old certificate's end; see product_operation_term */
    unsigned quantity_most;
    const struct product_sub_kind *sub_kinds;
    size_t sub_kind_count;
    enum product_deed deed[PRODUCT_DEED_COUNT_]; /* whatever was chosen */
    size_t deed_count;
    bool one_sub_kind;    /* of the kinds one is chosen, not several */
    bool charges_dearest; /* of several sub-kinds only the dearest is charged, not their sum */
    bool makes_seal;      /* it is about the seal: one is made, whether or not it was asked for */
    const struct product_why *whys;
    size_t why_count;
    const char *const *warnings; /* to be read and agreed to before anything else */
    size_t warning_count;
    const char *not_needed;             /* when one need not come at all; "" for never */
    const char *promise;                /* how soon it is done after approval, "" for the product's */
    unsigned report_hours;              /* within which the holder must ask for it; 0 for not said */
    unsigned done_hours;                /* within which it is done after approval; 0 for not said */
    unsigned signers;                   /* decisions needed; 0 for the product's */
    const struct product_stage *stages; /* of the approval, in place of signers; none: the product's */
    size_t stage_count;
    struct order_steps steps;
    const char *form_id;     /* "" when not available */
    const char *template_id; /* assets/forms/<id>.yaml */
    const char *form_title;  /* of the printed form */
    const char *tick;        /* the box ticked in the printed form's 操作类型 */
    const char *const *pack; /* further sheets printed with the form: ids of templates */
    size_t pack_count;
    const char *const *paper_ids;
    size_t paper_count;
    enum product_identity identity[PRODUCT_IDENTITY_COUNT_]; /* in the order of preference */
    size_t identity_count;                                   /* above 0 with the step identity, else 0 */
    const char *identity_name, *identity_number;             /* fields of the person who must be here */
    const char *identity_agent_name, *identity_agent_number; /* of who is here instead, where shown */
    bool asks_verification; /* the answer given when the certificate was applied for is asked */
    bool by_papers;         /* also for a holder of whose certificate nothing is known here */
    struct product_old_lock old_lock;
    struct product_fallback fallback; /* prints and ticks what the operation does */
    char stored_as[ORDER_NAME_BYTES]; /* of a fallback, which is an operation of its own; "" for the id */
};

/* What is behind the id of an operation where an order goes its other way. */
#define PRODUCT_FALLBACK_SUFFIX ".fallback"

/* When a paper of an operation is asked for; without a condition always. All conditions of a paper must hold.
 */
struct product_condition {
    const char *paper;
    const char *operation;             /* "" for every one that has the paper */
    const char *const *only_sub_kinds; /* asked for when one of these was chosen; empty for any */
    size_t only_count;
    const char *const *unless_sub_kinds; /* not asked for when nothing but these was chosen */
    size_t unless_count;
    bool with_seal;  /* only when a seal is ordered */
    bool with_agent; /* only when somebody else acts for the person */
};

struct product_tick {
    const char *id;
    const char *label;
};

/* One attribute of the certificate's subject: a name of RFC 4519 (CN, O, OU, ST, L, C, serialNumber) and a
 * template over form fields. */
struct product_subject {
    const char *name;
    const char *pattern;
};

/* A reason a clerk may give with one touch. */
struct product_reason {
    const char *id;
    const char *text;
};

/* One of the few things to know before agreeing, beside the whole text. */
struct product_point {
    const char *icon; /* a name under assets/icons, "" for none */
    const char *title;
    const char *line;
};

/* A model of key the authority gives out, known by its looks. */
struct product_key_model {
    const char *id;
    const char *name;
    const char *line;          /* for whom it is, "" for not said */
    const char *picture;       /* a drawing under assets/icons, "" for none */
    const char *const *tokens; /* beginnings of what such a key tells of its model or maker */
    size_t token_count;
};

/* What may be pressed beside an order in this state. */
struct product_button {
    enum order_state state;
    enum product_act act;
    const char *label;
};

/* A sentence of the authority's own. */
struct product_saying {
    enum product_message message;
    const char *text;
};

/* A thing to know, with its head: another way to apply, a step after the certificate is there. */
struct product_note {
    const char *title;
    const char *line;
};

/* A field of the form and the column of the register that says the same. */
struct product_compared {
    const char *field;
    const char *column; /* the heading in the register's file */
};

/* What is compared with a register that an administrator imports (certctl register). */
struct product_comparison {
    const char *id;    /* stored with what was found */
    const char *kind;  /* of the register: social-security */
    const char *label; /* what people call the register: 参保登记 */
    const char *block; /* the group of the form at which the result is told */
    const char *key;   /* the field by which the register's row is found, one of `fields` */
    const struct product_compared *fields;
    size_t field_count;
};

/* The account money is transferred to; "" where transfers are not taken. */
struct product_account {
    const char *holder;
    const char *number;
    const char *bank;
};

struct product_agreement {
    const char *title;
    const char *version;
    const char *const *paragraphs; /* one that begins with "# " is a heading */
    size_t paragraph_count;
    const struct product_point *points;
    size_t point_count;
};

struct product {
    const char *id; /* stable, stored in orders */
    const char *name;
    unsigned rank;             /* its place in lists, the lowest first */
    const char *const *search; /* how it is spoken: pinyin, first letters; for looking it up */
    size_t search_count;
    const char *icon;                                   /* a name under assets/icons, "" for none */
    const char *region, *platform, *category, *project; /* 区域 平台 项目大类 子项目 */
    const char *code;                                   /* printed on forms that ask for one, "" for none */
    const char *scope; /* what its certificates are good for, "" for not said */
    const char *hint;  /* beside its name in the tree, "" for none */
    enum product_holder holder;
    enum product_seal seal;
    const char *authority_id; /* folder of the definition and socket of the CA */
    const char *authority_name;
    const char *hotline;
    const char *acceptance_pattern; /* see order_acceptance_make */

    const char *certificate_profile; /* the authority's name for this kind of certificate */
    enum product_algorithm algorithm;
    bool encryption; /* an encryption certificate stands beside each, made and kept in escrow by the authority
                      */
    bool soft;       /* a clerk may let it leave as a file with a password, where the hall does
                        (desk.soft_certificate) */
    unsigned validity_days;
    enum product_start start;  /* from which day validity counts */
    unsigned renewal_days;     /* before the end, from when it may be renewed; 0 for not said */
    bool renewal_after_expiry; /* may be renewed past its end, too */
    unsigned
        renewal_days_most; /* days a renewed certificate may hold from its application, 0 for the usual */
    const struct product_subject *subjects; /* in the order of the distinguished name */
    size_t subject_count;

    const struct product_class *classes;
    size_t class_count;
    const struct product_operation *operations; /* in tile order */
    size_t operation_count;
    const struct form *forms;
    size_t form_count;
    const struct product_paper *papers;
    size_t paper_count;
    const struct product_tick *ticks; /* boxes of 操作类型, in printed order */
    size_t tick_count;
    const struct product_condition *conditions;
    size_t condition_count;
    const struct price_row *tariff;
    size_t tariff_count;
    const struct price_bundle *bundles;
    size_t bundle_count;
    unsigned warranty_days; /* of a key from its issue; 0 for none */

    struct product_agreement agreement;
    const char *const *declarations;
    size_t declaration_count;
    const char *status_label[ORDER_STATE_COUNT_];

    struct rule_pin pin;
    const char *pin_default; /* on keys that the desk makes for absent holders, "" for none */
    bool pin_must_change;    /* the holder has to replace it at first use */
    const char *key_name;    /* what people call the key: 证书 U 盾 */
    const char *key_label;   /* written on the token behind its mark, ASCII */
    const char *review_promise;
    unsigned review_signers; /* decisions needed; 2 for the two-person rule */
    const struct product_stage
        *stages; /* of an approval, in place of signers; none: signatures have no names */
    size_t stage_count;
    unsigned received_days; /* so many days before today an original may have come; 0 for today alone */
    const struct product_reason *reasons;
    size_t reason_count;
    const struct product_reason *grounds; /* for which the authority revokes by itself; none: it does not */
    size_t ground_count;
    enum product_payment payment[PRODUCT_PAYMENT_COUNT_];
    size_t payment_count;
    unsigned payment_screen_s; /* how long one code is shown */
    unsigned
        payment_later_days; /* so long an unpaid order waits to be paid, then it is closed; 0: it waits */
    const char *payment_invoice; /* when and where the invoice comes; "" when it is not said */
    enum product_invoice invoice;
    unsigned invoice_days; /* working days until it comes; 0 for not said */
    enum product_pickup pickup[PRODUCT_PICKUP_COUNT_];
    size_t pickup_count;
    const char *pickup_cut_off; /* "17:00": what is paid before leaves the same day; "" for not said */
    const char *pickup_promise; /* when it leaves, for people; "" for not said */
    const char *pickup_receiver, *pickup_phone; /* fields of the form: who receives a parcel, "" for none */
    const char *const *pickup_address;          /* fields of the form: where it goes, in this order */
    size_t pickup_address_count;
    const char *follow_name,
        *follow_code;           /* WeChat account for messages, what its QR code says; "" for none */
    bool blank_forms;           /* applicants may print its forms to be filled in by hand */
    const char *binding_zone;   /* the business system that units are bound to at issue, "" for none */
    bool consent_asked;         /* the holder is asked whether the certificate is right */
    unsigned consent_hours;     /* so long after the key was taken silence is no consent yet */
    const char *const *notices; /* what the applicant should know after collecting */
    size_t notice_count;
    const char *const *to_confirm; /* where the guide is silent: what the operator must still confirm */
    size_t to_confirm_count;

    const char *key_number; /* pattern of the number on a key, "" for none */
    const struct product_key_model *key_models;
    size_t key_model_count;
    unsigned review_days; /* working days the promise gives; 0 for not said */
    struct product_account account;
    enum product_channel channel[PRODUCT_CHANNEL_COUNT_]; /* how results are told */
    size_t channel_count;
    const struct product_button *buttons;
    size_t button_count;
    const struct product_saying *sayings;
    size_t saying_count;
    const struct product_note *ways; /* other ways to apply: online, at a window */
    size_t way_count;
    const struct product_note *after; /* what follows when the certificate is there */
    size_t after_count;
    const struct product_note *elsewhere; /* projects of the same branch that are easily taken for this one */
    size_t elsewhere_count;
    const char *verification_question, *verification_answer; /* fields of the form, "" for none */
    const struct product_comparison *comparisons;
    size_t comparison_count;

    struct product_operation *fallbacks; /* the other ways of operations, as operations with the same ids */
    size_t fallback_count;

    struct yaml *yaml; /* owns every text and list above but the fallbacks */
};

/* A definition file is read and checked, then judged by `judge`, which may be NULL. Returns: CONFIG with all
 * mistakes told in *errors, NO_MEMORY. Owns: *out, until product_free. After failure: it is as it was. */
enum status product_open(const char *path, product_judge *judge, const void *context,
                         struct yaml_errors *errors, struct product **out);
/* The same from memory; `name` stands in messages. What a fuzz target calls.
 * Returns and Owns: as product_open, and FULL past LIMIT_CONFIG_BYTES. */
enum status product_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                          struct product **out);
/* Regions are chosen from this list from now on. Owns: borrowed, as long as the product. */
void product_give_regions(struct product *product, const struct region_list *regions);
/* The product is gone; NULL is allowed. */
void product_free(struct product *product);

/* The part with this id, NULL when there is none. Owns: borrowed from the product. */
const struct product_class *product_find_class(const struct product *product, const char *id);
const struct product_operation *product_find_operation(const struct product *product, const char *id);
/* The other way of an operation, NULL when it has none, or is one. */
const struct product_operation *product_operation_fallback(const struct product *product,
                                                           const struct product_operation *operation);
/* Whether the operation is the other way of one. */
bool product_operation_is_fallback(const struct product_operation *operation);
/* What an order of this operation keeps; product_find_operation leads back. Owns: borrowed. */
const char *product_operation_stored(const struct product_operation *operation);
/* The paper with this id, or the one that it is the back of, or was added to by product_extra_id. */
const struct product_paper *product_find_paper(const struct product *product, const char *id);
/* The id of the first, second.. page added to a paper that allows some: "spare.2". Units: number from 1. */
void product_extra_id(const struct product_paper *paper, unsigned number, char out[ORDER_NAME_BYTES]);
const struct form *product_find_form(const struct product *product, const char *id);

/* The form of an operation, NULL for one that is not defined: orders of one that was closed still have
 * theirs. Owns: borrowed from the product. */
const struct form *product_operation_form(const struct product *product,
                                          const struct product_operation *operation);
/* The index-th paper of an operation. Pitfall: past paper_count is a broken promise. */
const struct product_paper *product_operation_paper(const struct product *product,
                                                    const struct product_operation *operation, size_t index);
/* The comparison with this id, NULL when there is none. Owns: borrowed from the product. */
const struct product_comparison *product_find_comparison(const struct product *product, const char *id);
/* Whether a form has every field of the comparison, so that it can be made. */
bool product_comparison_fits(const struct product_comparison *comparison, const struct form *form);
/* The column of the row's key. Owns: borrowed from the product. */
const char *product_comparison_key_column(const struct product_comparison *comparison);
/* The paper that is the form we printed, NULL when the operation has none. */
const struct product_paper *product_form_paper(const struct product *product,
                                               const struct product_operation *operation);

/* The product's tariff, for price_quote_make. Owns: borrowed from the product. */
struct price_tariff product_tariff(const struct product *product);
/* What a class and operation cost as offered first: one key, the shortest term, no seal but one that comes
 * with it.
 * Returns: NOT_FOUND (not offered). After failure: *out is unchanged. */
enum status product_quote(const struct product *product, const char *class_id, const char *operation_id,
                          struct price_quote *out);
/* The label of a state in this product's words. */
const char *product_status_label(const struct product *product, enum order_state state);
/* The words of a ground on which the authority revokes, "" for an id that is none. Owns: borrowed. */
const char *product_ground_text(const struct product *product, const char *ground);
/* What the authority itself says, "" when the program's words are meant. Owns: borrowed from the product. */
const char *product_says(const struct product *product, enum product_message message);
/* The button's label, NULL when the act is not offered for an order in this state. Owns: borrowed. */
const char *product_button_label(const struct product *product, enum order_state state, enum product_act act);
/* Whether a way to pay is offered. */
bool product_takes(const struct product *product, enum product_payment payment);
/* Whether a way in which a key reaches its holder is offered. */
bool product_hands_over(const struct product *product, enum product_pickup pickup);

/* Whether the steps of an operation are defined; price, papers and forms can be asked for then. */
bool product_operation_is_defined(const struct product_operation *operation);

/* Whether something of it is stamped or signed for a seal to be made of, and a key made to carry it. */
bool product_operation_can_seal(const struct product *product, const struct product_operation *operation);

/* Whether it makes a holder's first certificate; every other operation is about one that exists. */
bool product_operation_is_first(const struct product_operation *operation);

/* The ids of the two fields that say who must be here with the card, the person or, where somebody acts for
 * them, the agent. Units: *name of the kind name, *number of the kind resident-id. Owns: borrowed. Thread:
 * any. */
void product_operation_person(const struct product *product, const struct product_operation *operation,
                              const struct form_values *values, const char **name, const char **number);

/* Which operation of the list has this id; PRODUCT_OPERATION_COUNT_ when none has. */
enum product_operation_code product_operation_code_of(const char *id);

/* Which operation of the list it is; its ids were checked when the product was read. */
enum product_operation_code product_operation_code(const struct product_operation *operation);

/* How many clerks must approve: the operation's own stages or number, else the product's. Thread: any. */
unsigned product_operation_signers(const struct product *product, const struct product_operation *operation);
/* The stage that is signed after so many signatures. Returns: NULL where signatures have no names, or all are
 * there. Owns: borrowed. Thread: any. */
const struct product_stage *product_operation_stage(const struct product *product,
                                                    const struct product_operation *operation,
                                                    size_t signatures);

#endif
