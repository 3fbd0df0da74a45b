#include "drivers/token/token_request.h"

#include <string.h>

void token_request_release(struct token_request *request)
{
    secret_wipe(&request->pin);
    secret_wipe(&request->new_pin);
}

void token_reply_init(struct token_reply *reply)
{
    memset(reply, 0, sizeof(*reply));
    buf_init(&reply->data, TOKEN_DATA_BYTES);
}

void token_reply_release(struct token_reply *reply)
{
    buf_wipe(&reply->data); /* may have been decrypted */
}
