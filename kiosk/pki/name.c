#include "kiosk/pki/name.h"

#include <openssl/objects.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

enum { ASN1_UTF8 = V_ASN1_UTF8STRING, ASN1_PRINTABLE = V_ASN1_PRINTABLESTRING };

static const struct encoding {
    const char *oid;
    int string_type;
} encodings[] = {
#define SUBJECT_ATTRIBUTE(code, name, oid, kind, characters) {oid, ASN1_##kind},
#include "kiosk/pki/subject_attributes.def"
#undef SUBJECT_ATTRIBUTE
};

X509_NAME *name_from_subject(const struct subject *subject)
{
    X509_NAME *name = X509_NAME_new();
    for (size_t i = 0; i < subject->count && name != NULL; i++) {
        const struct subject_item *item = &subject->items[i];
        const struct encoding *encoding = &encodings[item->attribute];
        if (X509_NAME_add_entry_by_txt(name, encoding->oid, encoding->string_type,
                                       (const unsigned char *)item->value, (int)strlen(item->value), -1,
                                       0) == 1)
            continue;
        X509_NAME_free(name);
        name = NULL;
    }
    return name;
}

static enum status attribute_of(const X509_NAME_ENTRY *entry, enum subject_attribute *out)
{
    char oid[64];
    (void)OBJ_obj2txt(oid, sizeof(oid), X509_NAME_ENTRY_get_object(entry), 1);
    for (unsigned i = 0; i < SUBJECT_ATTRIBUTE_COUNT_; i++) {
        if (strcmp(encodings[i].oid, oid) != 0)
            continue;
        *out = (enum subject_attribute)i;
        return STATUS_OK;
    }
    return STATUS_UNSUPPORTED;
}

/* The value of an entry as printable UTF-8 that the caller frees with OPENSSL_free; NULL for anything else.
 */
static char *printable_value(const X509_NAME_ENTRY *entry)
{
    unsigned char *utf8 = NULL;
    int length = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
    if (length < 0)
        return NULL;
    if (strlen((const char *)utf8) == (size_t)length && text_is_printable((const char *)utf8))
        return (char *)utf8;
    OPENSSL_free(utf8);
    return NULL;
}

static enum status add_entry(struct subject *subject, const X509_NAME_ENTRY *entry, int expected_set)
{
    enum subject_attribute attribute = SUBJECT_COMMON_NAME;
    enum status status = attribute_of(entry, &attribute);
    if (status != STATUS_OK || X509_NAME_ENTRY_set(entry) != expected_set)
        return STATUS_UNSUPPORTED;
    char *value = printable_value(entry);
    if (value == NULL)
        return STATUS_MALFORMED;
    status = subject_add(subject, attribute, value);
    OPENSSL_free(value);
    return status;
}

enum status name_subject(const X509_NAME *name, struct subject *out)
{
    struct subject subject = {0};
    for (int i = 0; i < X509_NAME_entry_count(name); i++) {
        enum status status = add_entry(&subject, X509_NAME_get_entry(name, i), i);
        if (status != STATUS_OK)
            return status;
    }
    *out = subject;
    return STATUS_OK;
}

static void copy_cut(char *out, size_t size, const char *text)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    if (text_copy(out, size, text))
        return;
    check(size > sizeof(ellipsis));
    size_t bytes = 0;
    for (const char *at = text; text_next(&at) != 0 && (size_t)(at - text) + sizeof(ellipsis) <= size;)
        bytes = (size_t)(at - text);
    memcpy(out, text, bytes);
    memcpy(out + bytes, ellipsis, sizeof(ellipsis));
}

static enum status write_entry(struct buf *text, const X509_NAME_ENTRY *entry)
{
    char oid[64];
    enum subject_attribute attribute = SUBJECT_COMMON_NAME;
    const char *name = oid;
    if (attribute_of(entry, &attribute) == STATUS_OK)
        name = subject_attribute_name(attribute);
    else
        (void)OBJ_obj2txt(oid, sizeof(oid), X509_NAME_ENTRY_get_object(entry), 0);
    char *value = printable_value(entry);
    enum status status = subject_write_item(text, name, value == NULL ? "?" : value);
    OPENSSL_free(value);
    return status;
}

void name_text(const X509_NAME *name, char *out, size_t size)
{
    struct buf text;
    buf_init(&text, 2 * size);
    enum status status = STATUS_OK;
    for (int i = 0; i < X509_NAME_entry_count(name) && status == STATUS_OK; i++)
        status = write_entry(&text, X509_NAME_get_entry(name, i));
    copy_cut(out, size, text.length == 0 ? "" : (const char *)text.data);
    buf_release(&text);
}

void name_common_name(const X509_NAME *name, char *out, size_t size)
{
    int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    char *value = at < 0 ? NULL : printable_value(X509_NAME_get_entry(name, at));
    copy_cut(out, size, value == NULL ? "" : value);
    OPENSSL_free(value);
}
