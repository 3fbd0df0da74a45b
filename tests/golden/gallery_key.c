/* Cases of a key put in alone: whose it is, how it stands, what can be done. */
#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

enum { DAY_S = 86400 };

static void insert(struct gallery *gallery, enum service_pin_health pin)
{
    gallery->services.key = (struct service_key){
        .presence = SERVICE_KEY_CARRYING, .pin = pin, .pin_min_bytes = 6, .pin_max_bytes = 16};
    (void)text_copy(gallery->services.key.serial, sizeof(gallery->services.key.serial), "8600251103071");
}

/* The key's certificate, as it would have been read. */
static void carry(struct gallery *gallery, enum service_holder_state state, int64_t days)
{
    struct service_holder *holder = &gallery->services.visit.holder;
    const struct product *product = gallery->catalogue->products[0];
    int64_t end_utc_s = GALLERY_NOW_UTC_S + days * DAY_S;
    *holder = (struct service_holder){.state = state,
                                      .is_ours = true,
                                      .objects = 5,
                                      .object = {{SERVICE_OBJECT_SIGN_CERTIFICATE, end_utc_s},
                                                 {SERVICE_OBJECT_ENCRYPT_CERTIFICATE, end_utc_s},
                                                 {SERVICE_OBJECT_SIGN_KEY, 0},
                                                 {SERVICE_OBJECT_ENCRYPT_KEY, 0},
                                                 {SERVICE_OBJECT_DATA, 0}},
                                      .product = product,
                                      .not_before_utc_s = GALLERY_NOW_UTC_S - 300 * DAY_S,
                                      .not_after_utc_s = end_utc_s};
    (void)text_copy(holder->request_id, sizeof(holder->request_id), "0123456789abcdef0123456789abcdef");
    (void)text_copy(holder->class_id, sizeof(holder->class_id), product->classes[0].id);
    (void)text_copy(holder->key_serial, sizeof(holder->key_serial), "8600251103071");
    (void)text_copy(holder->key_label, sizeof(holder->key_label), "CK5J2M7QX3VN4RBT6WYA2KLD7PEAEZCA");
    (void)text_copy(holder->owner, sizeof(holder->owner),
                    gallery_text(gallery, "重庆示例科技有限公司", "示例公司",
                                 "重庆市南岸区弹子石示例中央商务区数字经济产业园信息技术股份有限公司"));
}

static void read(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_HOLDER);
    gallery_answer(gallery, SERVICE_KEY_READ, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

static void show(struct gallery *gallery, enum service_holder_state state, int64_t days,
                 enum service_pin_health pin)
{
    insert(gallery, pin);
    carry(gallery, state, days);
    read(gallery);
}

void gallery_holder_insert(struct gallery *gallery)
{
    gallery_screen(gallery, SCREEN_HOLDER);
}

void gallery_holder_reading(struct gallery *gallery)
{
    insert(gallery, SERVICE_PIN_NORMAL);
    gallery_screen(gallery, SCREEN_HOLDER);
}

void gallery_holder_failed(struct gallery *gallery)
{
    gallery_holder_reading(gallery);
    gallery_answer(gallery, SERVICE_KEY_READ, STATUS_IO, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_holder_valid(struct gallery *gallery)
{
    show(gallery, SERVICE_HOLDER_VALID, 200, SERVICE_PIN_NORMAL);
}

void gallery_holder_inside(struct gallery *gallery)
{
    gallery_holder_valid(gallery);
    gallery_tap(gallery, "holder.inside");
}

void gallery_holder_soon(struct gallery *gallery)
{
    show(gallery, SERVICE_HOLDER_SOON, 20, SERVICE_PIN_LOW);
}

/* A product that renews within its last 90 days and never past its end. */
static void carry_windowed(struct gallery *gallery, enum service_holder_state state, int64_t days)
{
    const struct product *product = catalogue_find(gallery->catalogue, "gxca-suqian-unit");
    struct service_holder *holder = &gallery->services.visit.holder;
    insert(gallery, SERVICE_PIN_NORMAL);
    carry(gallery, state, days);
    holder->product = product;
    (void)text_copy(holder->class_id, sizeof(holder->class_id), product->classes[0].id);
}

static void show_windowed(struct gallery *gallery, enum service_holder_state state, int64_t days)
{
    carry_windowed(gallery, state, days);
    read(gallery);
}

/* A seal on it makes what is done with it dearer. */
void gallery_holder_sealed(struct gallery *gallery)
{
    carry_windowed(gallery, SERVICE_HOLDER_SOON, 20);
    gallery->services.visit.holder.has_seal = true;
    read(gallery);
    if (gallery->look.theme != THEME_STANDARD)
        gallery_tap(gallery, "bar.next");
}

void gallery_holder_early(struct gallery *gallery)
{
    show_windowed(gallery, SERVICE_HOLDER_VALID, 200);
}

void gallery_holder_past(struct gallery *gallery)
{
    show_windowed(gallery, SERVICE_HOLDER_EXPIRED, -20);
}

void gallery_holder_expired(struct gallery *gallery)
{
    show(gallery, SERVICE_HOLDER_EXPIRED, -20, SERVICE_PIN_FINAL);
}

void gallery_holder_revoked(struct gallery *gallery)
{
    show(gallery, SERVICE_HOLDER_REVOKED, 200, SERVICE_PIN_NORMAL);
}

/* By the authority itself, for one of its grounds. */
void gallery_holder_withdrawn(struct gallery *gallery)
{
    struct service_holder *holder = &gallery->services.visit.holder;
    insert(gallery, SERVICE_PIN_NORMAL);
    carry(gallery, SERVICE_HOLDER_REVOKED, 200);
    (void)text_copy(holder->ground, sizeof(holder->ground),
                    gallery_text(gallery, "申请证书时提供不真实信息", "其他",
                                 "不履行或违反法律法规、协议和业务规则规定的责任义务"));
    read(gallery);
}

void gallery_holder_held(struct gallery *gallery)
{
    show(gallery, SERVICE_HOLDER_HELD, 200, SERVICE_PIN_NORMAL);
}

void gallery_holder_locked(struct gallery *gallery)
{
    show(gallery, SERVICE_HOLDER_VALID, 200, SERVICE_PIN_LOCKED);
}

/* Large letters have what can be done on a page of its own. */
void gallery_holder_offers(struct gallery *gallery)
{
    gallery_holder_valid(gallery);
    if (gallery->look.theme != THEME_STANDARD)
        gallery_tap(gallery, "bar.next");
}

static void strange(struct gallery *gallery, enum service_holder_state state, int64_t days,
                    const char *issuer)
{
    insert(gallery, SERVICE_PIN_NORMAL);
    carry(gallery, state, days);
    (void)text_copy(gallery->services.visit.holder.issuer, sizeof(gallery->services.visit.holder.issuer),
                    issuer);
    gallery->services.visit.holder.product = NULL;
    gallery->services.visit.holder.request_id[0] = 0;
    gallery->services.visit.holder.is_ours = false;
    read(gallery);
}

/* Of an issuer that no product takes in. */
static const char *issuer_of(const struct gallery *gallery)
{
    return gallery_text(gallery, "示例数字证书认证中心", "示例 CA",
                        "某某省某某市某某区数字证书认证管理中心有限责任公司第二级运营 CA");
}

void gallery_holder_foreign(struct gallery *gallery)
{
    strange(gallery, SERVICE_HOLDER_FOREIGN, 200, issuer_of(gallery));
}

void gallery_holder_foreign_past(struct gallery *gallery)
{
    strange(gallery, SERVICE_HOLDER_FOREIGN_PAST, -20, issuer_of(gallery));
}

/* Two products give a new lock for it. */
void gallery_holder_exchange(struct gallery *gallery)
{
    strange(gallery, SERVICE_HOLDER_UNKNOWN, 200, "宿迁市公共资源交易中心CA");
}

void gallery_holder_faulty(struct gallery *gallery)
{
    gallery->services.key.presence = SERVICE_KEY_FAULTY;
    gallery_screen(gallery, SCREEN_HOLDER);
}

void gallery_holder_unknown(struct gallery *gallery)
{
    strange(gallery, SERVICE_HOLDER_UNKNOWN, 200, issuer_of(gallery));
}

void gallery_holder_empty(struct gallery *gallery)
{
    insert(gallery, SERVICE_PIN_NORMAL);
    gallery->services.visit.holder = (struct service_holder){.state = SERVICE_HOLDER_NONE, .is_ours = true};
    (void)text_copy(gallery->services.visit.holder.key_serial, 20, "8600251103071");
    read(gallery);
}

/* --- its PIN ------------------------------------------------------------------------------------------- */

static void ask(struct gallery *gallery, enum service_pin_health pin)
{
    insert(gallery, pin);
    carry(gallery, SERVICE_HOLDER_VALID, 200);
    gallery_screen(gallery, SCREEN_KEY);
}

void gallery_key_empty(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_NORMAL);
}

void gallery_key_typed(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_LOW);
    for (int i = 0; i < 6; i++)
        gallery_tap(gallery, "pad.3");
}

/* A key that came by courier: its holder has logged in with the PIN it was sent with. */
void gallery_pin_change(struct gallery *gallery)
{
    gallery_key_typed(gallery);
    gallery->services.visit.holder.product = gallery->catalogue->products[0];
    gallery->services.visit.holder.must_change = true;
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_KEY_LOGIN, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_key_wrong(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_FINAL);
    for (int i = 0; i < 6; i++)
        gallery_tap(gallery, "pad.3");
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_KEY_LOGIN, STATUS_REFUSED, SERVICE_REASON_PIN_WRONG, 0, NULL);
}

void gallery_key_letters(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_NORMAL);
    gallery_tap(gallery, "pad.extra");
}

void gallery_key_locked(struct gallery *gallery)
{
    ask(gallery, SERVICE_PIN_LOCKED);
}

void gallery_key_step(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_KEY);
    gallery_screen(gallery, SCREEN_KEY);
}

/* The lock of another authority, which is taken in for a key of this one. */
void gallery_key_old_lock(struct gallery *gallery)
{
    const struct product *product = catalogue_find(gallery->catalogue, "gxca-suqian-unit");
    gallery_order(gallery, ORDER_STATE_KEY);
    services_choose(&gallery->services, product, product_find_operation(product, "exchange"),
                    product->classes[0].id);
    gallery_screen(gallery, SCREEN_KEY);
}

void gallery_key_old_lock_unknown(struct gallery *gallery)
{
    insert(gallery, SERVICE_PIN_NORMAL);
    gallery_key_old_lock(gallery);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_OLD_LOCK_SHOW, STATUS_REFUSED, SERVICE_REASON_OLD_LOCK_UNKNOWN, 0, NULL);
}

/* --- what is done with it --------------------------------------------------------------------------------
 */

static void choose(struct gallery *gallery, const char *operation)
{
    const struct product *product = gallery->catalogue->products[0];
    services_choose(&gallery->services, product, product_find_operation(product, operation),
                    product->classes[0].id);
}

void gallery_heed_empty(struct gallery *gallery)
{
    gallery_login(gallery);
    choose(gallery, "revoke");
    gallery_screen(gallery, SCREEN_HEED);
}

void gallery_heed_chosen(struct gallery *gallery)
{
    gallery_heed_empty(gallery);
    gallery_tap(gallery, "warning.0");
    gallery_tap(gallery, "reason.compromised");
}

static void act(struct gallery *gallery, const char *operation)
{
    gallery_order(gallery, ORDER_STATE_ACTING);
    choose(gallery, operation);
    gallery_screen(gallery, SCREEN_ACTING);
}

void gallery_acting_now(struct gallery *gallery)
{
    act(gallery, "revoke");
}

static void stop(struct gallery *gallery, enum service_reason reason)
{
    act(gallery, "unlock");
    gallery_answer(gallery, SERVICE_CHANGE_RUN, STATUS_REFUSED, reason, 0, NULL);
}

void gallery_acting_no_key(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_NO_KEY);
}

void gallery_acting_pulled(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_KEY_PULLED);
}

void gallery_acting_other(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_KEY_OTHER);
}

void gallery_acting_foreign(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_KEY_FOREIGN);
}

void gallery_acting_unfit(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_KEY_UNFIT);
}

void gallery_acting_locked(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_KEY_LOCKED);
}

void gallery_acting_authority(struct gallery *gallery)
{
    stop(gallery, SERVICE_REASON_AUTHORITY_SILENT);
}

static void end(struct gallery *gallery, const char *operation, enum order_state state)
{
    struct service_issue *issue = &gallery->services.visit.issue;
    gallery_order(gallery, state);
    choose(gallery, operation);
    issue->not_after_utc_s = GALLERY_NOW_UTC_S + 200 * DAY_S;
    (void)text_copy(issue->key_serial, sizeof(issue->key_serial), "8600251103071");
    (void)text_copy(issue->common_name, sizeof(issue->common_name),
                    gallery_text(gallery, "重庆示例科技有限公司", "示例公司",
                                 "重庆市南岸区弹子石示例中央商务区数字经济产业园信息技术股份有限公司"));
    gallery_screen(gallery, SCREEN_DONE);
}

void gallery_done_unlocked(struct gallery *gallery)
{
    insert(gallery, SERVICE_PIN_NORMAL);
    end(gallery, "unlock", ORDER_STATE_COLLECTING);
}

void gallery_done_revoked(struct gallery *gallery)
{
    end(gallery, "revoke", ORDER_STATE_DONE);
}
