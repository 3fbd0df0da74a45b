/* Rule none: the answer of a unit that has no website or WeChat, where the authority's form stars the row.
 *
 * For the rule files only.
 */
#ifndef KIOSK_FORM_RULE_NONE_H
#define KIOSK_FORM_RULE_NONE_H

#include <string.h>

#define RULE_NONE_ANSWER "无"

/* Whether the applicant says there is none. */
static inline int rule_none_is_said(const char *value)
{
    return strcmp(value, RULE_NONE_ANSWER) == 0;
}

#endif
