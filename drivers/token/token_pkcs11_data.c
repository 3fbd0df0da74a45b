#include "drivers/token/token_pkcs11_data.h"

#include <p11-kit-1/p11-kit/pkcs11.h>
#include <string.h>

#include "kiosk/base/buf.h"

enum { SAME_NAME_MOST = 16 };

static const CK_BBOOL yes = CK_TRUE;
static const CK_BBOOL no = CK_FALSE;
static const CK_OBJECT_CLASS data_class = CKO_DATA;
static const char application[] = "certkiosk";

/* PKCS#11 templates take plain pointers and do not write through them. */
static CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, const void *value, size_t length)
{
    union {
        const void *in;
        void *out;
    } pointer = {.in = value};
    return (CK_ATTRIBUTE){.type = type, .pValue = pointer.out, .ulValueLen = length};
}

/* The objects of this name; a search is always ended, or the session stays busy. */
static enum status find(CK_FUNCTION_LIST *module, unsigned long session, const char *name,
                        CK_OBJECT_HANDLE *handles, CK_ULONG *found, struct failure *failure)
{
    CK_ATTRIBUTE template[] = {attribute(CKA_CLASS, &data_class, sizeof(data_class)),
                               attribute(CKA_TOKEN, &yes, sizeof(yes)),
                               attribute(CKA_APPLICATION, application, sizeof(application) - 1),
                               attribute(CKA_LABEL, name, strlen(name))};
    *found = 0;
    CK_RV rv = module->C_FindObjectsInit(session, template, sizeof(template) / sizeof(template[0]));
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_FindObjectsInit", failure);
    rv = module->C_FindObjects(session, handles, SAME_NAME_MOST, found);
    CK_RV ended = module->C_FindObjectsFinal(session);
    return token_pkcs11_raw_status(rv != CKR_OK ? rv : ended, "C_FindObjects", failure);
}

static enum status read_value(CK_FUNCTION_LIST *module, unsigned long session, CK_OBJECT_HANDLE object,
                              struct buf *out, struct failure *failure)
{
    uint8_t *room = NULL;
    CK_ATTRIBUTE value = {.type = CKA_VALUE};
    CK_RV rv = module->C_GetAttributeValue(session, object, &value, 1);
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_GetAttributeValue", failure);
    if (value.ulValueLen == CK_UNAVAILABLE_INFORMATION || value.ulValueLen > TOKEN_DATA_BYTES)
        return failure_set(failure, STATUS_FULL, "CKA_VALUE", 0, "more data than is read");
    enum status status = buf_extend(out, value.ulValueLen, &room);
    if (status != STATUS_OK)
        return status;
    value.pValue = room;
    rv = module->C_GetAttributeValue(session, object, &value, 1);
    return token_pkcs11_raw_status(rv, "C_GetAttributeValue", failure);
}

enum status token_pkcs11_data_read(struct token_pkcs11_raw *raw, unsigned long session, const char *name,
                                   struct buf *out, struct failure *failure)
{
    CK_OBJECT_HANDLE handles[SAME_NAME_MOST];
    CK_ULONG found = 0;
    CK_FUNCTION_LIST *module = token_pkcs11_raw_module(raw);
    enum status status = find(module, session, name, handles, &found, failure);
    if (status == STATUS_OK && found == 0)
        status = failure_set(failure, STATUS_NOT_FOUND, "C_FindObjects", 0, "nothing of this name");
    return status == STATUS_OK ? read_value(module, session, handles[found - 1], out, failure) : status;
}

static enum status create(CK_FUNCTION_LIST *module, unsigned long session, const char *name, const void *data,
                          size_t length, struct failure *failure)
{
    CK_OBJECT_HANDLE made = 0;
    CK_ATTRIBUTE template[] = {attribute(CKA_CLASS, &data_class, sizeof(data_class)),
                               attribute(CKA_TOKEN, &yes, sizeof(yes)),
                               attribute(CKA_PRIVATE, &no, sizeof(no)),
                               attribute(CKA_APPLICATION, application, sizeof(application) - 1),
                               attribute(CKA_LABEL, name, strlen(name)),
                               attribute(CKA_VALUE, data, length)};
    CK_RV rv = module->C_CreateObject(session, template, sizeof(template) / sizeof(template[0]), &made);
    return token_pkcs11_raw_status(rv, "C_CreateObject", failure);
}

/* Whether the object has these bytes; one that cannot be read has others. */
static bool is_same(CK_FUNCTION_LIST *module, unsigned long session, CK_OBJECT_HANDLE object,
                    const void *data, size_t length)
{
    struct buf value;
    buf_init(&value, TOKEN_DATA_BYTES);
    bool same = read_value(module, session, object, &value, NULL) == STATUS_OK && value.length == length &&
                memcmp(value.data, data, length) == 0;
    buf_release(&value);
    return same;
}

/* The new one first, then the others: a pull in between leaves what was meant. */
enum status token_pkcs11_data_write(struct token_pkcs11_raw *raw, unsigned long session, const char *name,
                                    const void *data, size_t length, struct failure *failure)
{
    CK_OBJECT_HANDLE handles[SAME_NAME_MOST];
    CK_ULONG found = 0;
    CK_FUNCTION_LIST *module = token_pkcs11_raw_module(raw);
    bool is_there = false;
    enum status status = find(module, session, name, handles, &found, failure);
    for (CK_ULONG i = 0; i < found && status == STATUS_OK && !is_there; i++)
        if (is_same(module, session, handles[i], data, length)) {
            is_there = true;
            handles[i] = handles[--found];
        }
    if (status == STATUS_OK && !is_there)
        status = create(module, session, name, data, length, failure);
    for (CK_ULONG i = 0; i < found && status == STATUS_OK; i++)
        status =
            token_pkcs11_raw_status(module->C_DestroyObject(session, handles[i]), "C_DestroyObject", failure);
    return status;
}
