/* Names and marks: the part of the contract that needs no key. */
#include <string.h>

#include "drivers/token/token.h"

static const char mark_prefix[] = "CK";
enum { MARK_PREFIX_LENGTH = 2, TITLE_AT = MARK_PREFIX_LENGTH + TOKEN_MARK_CHARACTERS };
static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const char *token_presence_name(enum token_presence presence)
{
    switch (presence) {
#define TOKEN_PRESENCE(code, name)                                                                           \
    case TOKEN_##code:                                                                                       \
        return name;
#include "drivers/token/token_words.def"
#undef TOKEN_PRESENCE
    case TOKEN_PRESENCE_COUNT_:
        break;
    }
    return "invalid";
}

const char *token_pin_name(enum token_pin pin)
{
    switch (pin) {
#define TOKEN_PIN(code, name)                                                                                \
    case TOKEN_PIN_##code:                                                                                   \
        return name;
#include "drivers/token/token_words.def"
#undef TOKEN_PIN
    case TOKEN_PIN_COUNT_:
        break;
    }
    return "invalid";
}

const char *token_role_name(enum token_role role)
{
    switch (role) {
#define TOKEN_ROLE(code, name)                                                                               \
    case TOKEN_ROLE_##code:                                                                                  \
        return name;
#include "drivers/token/token_words.def"
#undef TOKEN_ROLE
    case TOKEN_ROLE_COUNT_:
        break;
    }
    return "invalid";
}

const char *token_algorithm_name(enum token_algorithm algorithm)
{
    switch (algorithm) {
#define TOKEN_ALGORITHM(code, name)                                                                          \
    case TOKEN_ALGORITHM_##code:                                                                             \
        return name;
#include "drivers/token/token_words.def"
#undef TOKEN_ALGORITHM
    case TOKEN_ALGORITHM_COUNT_:
        break;
    }
    return "invalid";
}

/* Base32 (RFC 4648 section 6) without padding: 128 bits are 25 characters of 5 bits and one of 3. */
void token_mark_draw(const struct random *random, char out[TOKEN_MARK_CHARACTERS + 1])
{
    uint8_t bytes[TOKEN_MARK_BYTES];
    unsigned bits = 0;
    unsigned held = 0;
    size_t written = 0;
    random_fill(random, bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bits = bits << 8 | bytes[i];
        for (held += 8; held >= 5; held -= 5)
            out[written++] = base32[bits >> (held - 5) & 31];
    }
    out[written++] = base32[bits << (5 - held) & 31];
    out[written] = 0;
}

void token_key_id_draw(const struct random *random, struct token_key_id *out)
{
    random_fill(random, out->bytes, sizeof(out->bytes));
    out->length = sizeof(out->bytes);
}

void token_label_from_mark(const char *mark, const char *title, char out[TOKEN_LABEL_CHARACTERS + 1])
{
    memset(out, ' ', TOKEN_LABEL_CHARACTERS);
    out[TOKEN_LABEL_CHARACTERS] = 0;
    memcpy(out, mark_prefix, MARK_PREFIX_LENGTH);
    memcpy(out + MARK_PREFIX_LENGTH, mark, strnlen(mark, TOKEN_MARK_CHARACTERS));
    memcpy(out + TITLE_AT, title, strnlen(title, TOKEN_TITLE_CHARACTERS));
}

bool token_mark_from_label(const char *label, char out[TOKEN_MARK_CHARACTERS + 1])
{
    out[0] = 0;
    size_t length = strnlen(label, TOKEN_LABEL_CHARACTERS + 1);
    while (length > 0 && label[length - 1] == ' ')
        length--;
    if (length < TITLE_AT || length > TOKEN_LABEL_CHARACTERS ||
        memcmp(label, mark_prefix, MARK_PREFIX_LENGTH) != 0 ||
        strspn(label + MARK_PREFIX_LENGTH, base32) < TOKEN_MARK_CHARACTERS ||
        strcspn(label + TITLE_AT, " ") != length - TITLE_AT)
        return false;
    memcpy(out, label + MARK_PREFIX_LENGTH, TOKEN_MARK_CHARACTERS);
    out[TOKEN_MARK_CHARACTERS] = 0;
    return true;
}

bool token_identity_is_same(const struct token_identity *left, const struct token_identity *right)
{
    return strcmp(left->mark, right->mark) == 0 && strcmp(left->label, right->label) == 0 &&
           strcmp(left->serial, right->serial) == 0 && strcmp(left->model, right->model) == 0;
}

bool token_key_id_is_same(const struct token_key_id *left, const struct token_key_id *right)
{
    return left->length > 0 && left->length == right->length &&
           memcmp(left->bytes, right->bytes, left->length) == 0;
}

bool token_key_check_is_sound(const struct token_key_check *check)
{
    return check->is_local && check->is_sensitive && !check->is_extractable && check->can_sign;
}

bool token_key_check_is_sound_encryption(const struct token_key_check *check)
{
    return check->is_sensitive && !check->is_extractable && check->can_decrypt && !check->can_sign;
}
