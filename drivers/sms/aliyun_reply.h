/* Aliyun reply: what a SendSms answer means. Bytes in, findings out.
 *
 * Pitfall: an answer's Message may quote the number; only its Code may be logged.
 */
#ifndef DRIVERS_SMS_ALIYUN_REPLY_H
#define DRIVERS_SMS_ALIYUN_REPLY_H

#include <stddef.h>

#include "kiosk/base/status.h"

enum { ALIYUN_REPLY_TEXT_BYTES = 96 };

struct aliyun_reply {
    char code[ALIYUN_REPLY_TEXT_BYTES];   /* "" when the body is not such an answer */
    char biz_id[ALIYUN_REPLY_TEXT_BYTES]; /* the service's number of the message or call */
};

/* The answer's class: OK, REFUSED, BUSY, UNKNOWN, CONFIG as sms.h has them.
 * Units: http_code as in the status line. Returns: the class; *out is always filled. */
enum status aliyun_reply_read(int http_code, const char *body, size_t length, struct aliyun_reply *out);

#endif
