#include "drivers/idcard/idcard_text.h"

#include <string.h>

#include "kiosk/base/text.h"

enum {
    TYPE_MARK = 248,
    DATE_DIGITS = 8,
    SURROGATE_FIRST = 0xD800,
    SURROGATE_LOW = 0xDC00,
    SURROGATE_LAST = 0xDFFF
};

/* Where a field stands. Units: bytes. */
struct place {
    size_t offset, length;
};

/* Where the fields of a kind of card stand; a length of 0 is a field it does not have. */
struct layout {
    char mark;
    enum idcard_kind kind;
    struct place name, sex, nation, birth, address, number, issuer;
};

static const struct layout layouts[] = {
    {' ', IDCARD_RESIDENT, {0, 30}, {30, 2}, {32, 4}, {36, 16}, {52, 70}, {122, 36}, {158, 30}},
    {'I', IDCARD_FOREIGN, {158, 30}, {120, 2}, {152, 6}, {220, 16}, {0, 0}, {122, 30}, {240, 8}},
    {'J', IDCARD_RESIDENCE, {0, 30}, {30, 2}, {0, 0}, {36, 16}, {52, 70}, {122, 36}, {158, 30}},
};
static const struct place latin_name = {0, 120}, valid_from = {188, 16}, valid_to = {204, 16};
static const char no_end[] = "长期";

static uint32_t unit_at(const uint8_t *bytes, size_t at)
{
    return (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8;
}

/* The character at *at, which moves behind it. Returns: 0 for a half of a pair without the other. */
static uint32_t take(const uint8_t *bytes, size_t *at, size_t end)
{
    uint32_t first = unit_at(bytes, *at);
    *at += 2;
    if (first < SURROGATE_FIRST || first > SURROGATE_LAST)
        return first;
    if (first >= SURROGATE_LOW || *at >= end)
        return 0;
    uint32_t second = unit_at(bytes, *at);
    *at += 2;
    return second < SURROGATE_LOW || second > SURROGATE_LAST
               ? 0
               : 0x10000 + ((first - SURROGATE_FIRST) << 10) + (second - SURROGATE_LOW);
}

/* The field without the spaces behind it. Returns: whether every character of it is one. */
static bool read_field(const uint8_t *bytes, struct place place, char *out, size_t size)
{
    size_t end = place.offset + place.length;
    size_t used = 0;
    while (end > place.offset && unit_at(bytes, end - 2) == ' ')
        end -= 2;
    for (size_t at = place.offset; at < end;) {
        char encoded[5];
        uint32_t character = take(bytes, &at, end);
        size_t length = character == 0 ? 0 : text_encode(character, encoded);
        if (length == 0 || used + length >= size)
            return false;
        (void)memcpy(out + used, encoded, length);
        used += length;
    }
    out[used] = 0;
    return text_is_printable(out);
}

static bool is_date(const char *text)
{
    return strlen(text) == DATE_DIGITS && strspn(text, "0123456789") == DATE_DIGITS &&
           strncmp(text + 4, "01", 2) >= 0 && strncmp(text + 4, "12", 2) <= 0 &&
           strncmp(text + 6, "01", 2) >= 0 && strncmp(text + 6, "31", 2) <= 0;
}

static bool read_validity(const uint8_t *bytes, struct idcard_person *person)
{
    char end[IDCARD_ISSUER_BYTES];
    if (!read_field(bytes, valid_from, person->valid_from, sizeof(person->valid_from)) ||
        !is_date(person->valid_from) || !read_field(bytes, valid_to, end, sizeof(end)))
        return false;
    person->valid_to[0] = 0;
    return strcmp(end, no_end) == 0 ||
           (is_date(end) && text_copy(person->valid_to, sizeof(person->valid_to), end));
}

/* Digits and capitals; a check character is the form's rule's business. */
static bool is_number(const char *number)
{
    size_t length = strlen(number);
    return (length == 18 || length == 15) && strspn(number, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

static bool read_person(const uint8_t *bytes, const struct layout *layout, struct idcard_person *person)
{
    char sex[8];
    bool is_read = read_field(bytes, layout->name, person->name, sizeof(person->name)) &&
                   read_field(bytes, layout->sex, sex, sizeof(sex)) &&
                   read_field(bytes, layout->nation, person->nation, sizeof(person->nation)) &&
                   read_field(bytes, layout->birth, person->birth, sizeof(person->birth)) &&
                   read_field(bytes, layout->address, person->address, sizeof(person->address)) &&
                   read_field(bytes, layout->number, person->number, sizeof(person->number)) &&
                   read_field(bytes, layout->issuer, person->issuer, sizeof(person->issuer));
    if (is_read && layout->kind == IDCARD_FOREIGN && person->name[0] == 0) /* who has no Chinese name */
        is_read = read_field(bytes, latin_name, person->name, sizeof(person->name));
    if (!is_read)
        return false;
    person->kind = layout->kind;
    person->sex = sex[0] == '1' ? 1 : sex[0] == '2' ? 2 : 0;
    return person->name[0] != 0 && is_date(person->birth) && is_number(person->number) &&
           read_validity(bytes, person);
}

enum status idcard_text_parse(const uint8_t *bytes, size_t length, struct idcard_person *out)
{
    struct idcard_person person = {0};
    enum status status = STATUS_UNSUPPORTED;
    if (length != IDCARD_TEXT_BYTES)
        return STATUS_MALFORMED;
    for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
        if (unit_at(bytes, TYPE_MARK) == (unsigned char)layouts[i].mark)
            status = read_person(bytes, &layouts[i], &person) ? STATUS_OK : STATUS_MALFORMED;
    if (status == STATUS_OK)
        *out = person;
    idcard_wipe(&person);
    return status;
}
