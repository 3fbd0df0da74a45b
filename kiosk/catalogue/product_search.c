#include "kiosk/catalogue/product_search.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { PART_BYTES = 192 };

static bool stands_in(const char *text, const char *part)
{
    size_t length = strlen(part);
    for (; *text != '\0'; text++)
        if (strncasecmp(text, part, length) == 0)
            return true;
    return false;
}

static bool is_spoken(const struct product *product, const char *part)
{
    for (size_t i = 0; i < product->search_count; i++)
        if (stands_in(product->search[i], part))
            return true;
    return false;
}

static bool is_written(const struct product *product, const char *part)
{
    const char *const texts[] = {product->name,     product->region,  product->platform,
                                 product->category, product->project, product->authority_name,
                                 product->scope,    product->code};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (stands_in(texts[i], part))
            return true;
    for (size_t i = 0; i < product->class_count; i++)
        if (stands_in(product->classes[i].label, part))
            return true;
    return false;
}

bool product_search_finds(const struct product *product, const char *text)
{
    char part[PART_BYTES];
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (length >= sizeof(part))
            return false;
        (void)memcpy(part, text, length);
        part[length] = '\0';
        if (length > 0 && !is_written(product, part) && !is_spoken(product, part))
            return false;
        text += length + (text[length] == ' ');
    }
    return true;
}

bool product_search_spells(const struct product *product, const char *letters)
{
    char part[PART_BYTES];
    size_t length = 0;
    for (; *letters != '\0' && length + 1 < sizeof(part); letters++)
        if (isalpha((unsigned char)*letters))
            part[length++] = *letters;
    part[length] = '\0';
    return length == 0 || is_spoken(product, part);
}
