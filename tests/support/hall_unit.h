/* Hall unit: orders among a company's people, put into a state without their visits, and carried out.
 *
 * The product is 新点标证通; the company, its number and its people are fictitious. The phone of each order
 * has brought its request already (hall_phone.h), so that nothing but people is waited for. Pitfall: any
 * program of the hall may carry an approved order out, not only the one asked.
 */
#ifndef TESTS_SUPPORT_HALL_UNIT_H
#define TESTS_SUPPORT_HALL_UNIT_H

#include "tests/support/hall_scene.h"

#define HALL_UNIT_PRODUCT "bzt-unit"
#define HALL_UNIT_COMPANY "宿迁示例建设有限公司"
#define HALL_UNIT_PERSON "张小丽" /* whose phone is HALL_PHONE */

/* What an order asks for, and who asks. */
struct hall_unit_wish {
    const char *operation; /* NULL: new */
    const char *kind;      /* of change, NULL for none */
    const char *company;   /* NULL: the usual one */
    const char *name, *phone;
};

/* The order stands in this state, from DRAFT to REVIEWING. */
void hall_unit_make(struct hall_scene *scene, const struct hall_unit_wish *wish, enum order_state state,
                    struct order *out);
/* As many clerks as the operation needs approve the order in review. */
void hall_unit_approve(struct hall_scene *scene, struct order *order);
/* So many do. */
void hall_unit_approve_by(struct hall_scene *scene, struct order *order, unsigned clerks);
/* The order is opened at the terminal, approved if it is not, and carried out. Returns: the reply. */
struct service_reply hall_unit_carry_out(struct hall_scene *scene, struct order *order);
/* The usual person has claimed the usual company; the order waits to be collected. */
void hall_unit_claim(struct hall_scene *scene, struct order *out);

/* Who stands in the form's values has a certificate of the product on a phone: the administrator, who claimed
 * the company, or a person without one. The order waits to be collected. */
void hall_unit_certificate(struct hall_scene *scene, const struct product *product,
                           const struct form_values *values, struct order *out);

#endif
