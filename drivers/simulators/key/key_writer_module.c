#include "drivers/simulators/key/key_writer.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SESSIONS = 256, INNER_SLOTS = 512 };

struct session {
    CK_SESSION_HANDLE handle; /* ours; 0: free */
    CK_SESSION_HANDLE inner;
    unsigned epoch; /* of the insertion it was opened in */
};

static CK_FUNCTION_LIST *inner;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* everything below */
static struct key_state_writer writer;
static unsigned epoch = 1;          /* counts insertions and removals this process has seen */
static unsigned reported_epoch = 1; /* the last one a slot event told */
static bool initialized;
static struct session sessions[SESSIONS];
static CK_SESSION_HANDLE last_handle;
static bool has_inner_slot;
static CK_SLOT_ID inner_slot; /* of the key in the writer, when has_inner_slot */

/* --- the writer ---------------------------------------------------------------------------------------- */

/* Notices a pull, an insertion, a swap. The sessions of a pulled key die with it. */
static void notice_locked(void)
{
    struct key_state_writer now;
    key_state_look(&now);
    if (strcmp(now.name, writer.name) != 0 || (now.name[0] != 0 && now.insertion != writer.insertion)) {
        if (has_inner_slot)
            (void)inner->C_CloseAllSessions(inner_slot);
        has_inner_slot = false;
        epoch++;
    }
    writer = now;
}

/* What the files want to happen at this call. Returns: CKR_OK to go on. */
static CK_RV suffer(const char *function, bool after)
{
    unsigned long rv = CKR_OK;
    switch (key_state_fault(function, after, &rv)) {
    case KEY_STATE_NO_FAULT:
        return CKR_OK;
    case KEY_STATE_PULL:
        pthread_mutex_lock(&lock);
        notice_locked();
        pthread_mutex_unlock(&lock);
        return rv != CKR_OK ? rv : CKR_DEVICE_REMOVED;
    case KEY_STATE_FAIL:
        return rv;
    case KEY_STATE_HANG:
        for (;;)
            pause();
    case KEY_STATE_CRASH:
        abort();
    }
    return CKR_OK;
}

CK_RV key_writer_suffer(const char *function)
{
    return suffer(function, false);
}

CK_RV key_writer_look(const char *function, struct key_state_writer *out)
{
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    CK_RV rv = suffer(function, false);
    if (rv != CKR_OK && rv != CKR_DEVICE_REMOVED)
        return rv;
    pthread_mutex_lock(&lock);
    notice_locked();
    *out = writer;
    pthread_mutex_unlock(&lock);
    return CKR_OK;
}

bool key_writer_take_event(void)
{
    pthread_mutex_lock(&lock);
    notice_locked();
    bool happened = epoch != reported_epoch;
    reported_epoch = epoch;
    pthread_mutex_unlock(&lock);
    return happened;
}

bool key_writer_key(struct key_state *out)
{
    return key_state_read(writer.name, out);
}

bool key_writer_is_full(void)
{
    pthread_mutex_lock(&lock);
    bool is_full = writer.is_full;
    pthread_mutex_unlock(&lock);
    return is_full;
}

/* The inner slot whose token has this serial number, or an unused one for a blank key. */
static bool find_inner(const char *serial, CK_SLOT_ID *out)
{
    CK_SLOT_ID slots[INNER_SLOTS];
    CK_ULONG count = INNER_SLOTS;
    if (inner->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK)
        return false;
    for (CK_ULONG i = 0; i < count; i++) {
        CK_TOKEN_INFO info;
        if (inner->C_GetTokenInfo(slots[i], &info) != CKR_OK)
            continue;
        bool formatted = (info.flags & CKF_TOKEN_INITIALIZED) != 0;
        bool wanted =
            serial[0] == 0 ? !formatted : formatted && memcmp(info.serialNumber, serial, strlen(serial)) == 0;
        if (!wanted)
            continue;
        *out = slots[i];
        return true;
    }
    return false;
}

static CK_RV start_inner(void)
{
    key_saved_recover();
    CK_C_INITIALIZE_ARGS arguments = {.flags = CKF_OS_LOCKING_OK};
    return inner->C_Initialize(&arguments);
}

/* The key in the writer and the inner slot that plays it. */
static CK_RV map_locked(struct key_state *key)
{
    if (writer.name[0] == 0)
        return CKR_TOKEN_NOT_PRESENT;
    if (!key_state_read(writer.name, key))
        return CKR_DEVICE_ERROR;
    has_inner_slot = find_inner(key->inner, &inner_slot);
    if (!has_inner_slot) { /* formatted by another process: SoftHSM reads its folder only when it starts */
        (void)inner->C_Finalize(NULL);
        CK_RV rv = start_inner();
        if (rv != CKR_OK)
            return rv;
        epoch++;
        has_inner_slot = find_inner(key->inner, &inner_slot);
    }
    return has_inner_slot ? CKR_OK : CKR_TOKEN_NOT_RECOGNIZED;
}

CK_RV key_writer_map(const char *function, CK_SLOT_ID slot, struct key_state *key, CK_SLOT_ID *mapped)
{
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    if (slot != KEY_WRITER_SLOT)
        return CKR_SLOT_ID_INVALID;
    CK_RV rv = suffer(function, false);
    if (rv != CKR_OK)
        return rv == CKR_DEVICE_REMOVED ? CKR_TOKEN_NOT_PRESENT : rv;
    pthread_mutex_lock(&lock);
    notice_locked();
    rv = map_locked(key);
    *mapped = inner_slot;
    pthread_mutex_unlock(&lock);
    return rv;
}

/* --- sessions ----------------------------------------------------------------------------------------- */

static struct session *find_session_locked(CK_SESSION_HANDLE handle)
{
    for (size_t i = 0; i < SESSIONS && handle != 0; i++) {
        if (sessions[i].handle == handle)
            return &sessions[i];
    }
    return NULL;
}

CK_RV key_writer_enter(const char *function, CK_SESSION_HANDLE handle, CK_SESSION_HANDLE *out)
{
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    CK_RV rv = suffer(function, false);
    pthread_mutex_lock(&lock);
    notice_locked();
    struct session *session = find_session_locked(handle);
    if (rv == CKR_OK && session == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    else if (rv == CKR_OK && session->epoch != epoch)
        rv = CKR_DEVICE_REMOVED;
    else if (rv == CKR_OK)
        *out = session->inner;
    pthread_mutex_unlock(&lock);
    return rv;
}

CK_RV key_writer_leave(const char *function, CK_RV rv)
{
    CK_RV fault = suffer(function, true);
    return fault != CKR_OK ? fault : rv;
}

CK_RV key_C_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify,
                        CK_SESSION_HANDLE_PTR out)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    CK_SESSION_HANDLE opened = 0;
    CK_RV rv = key_writer_map("C_OpenSession", slot, &key, &mapped);
    if (rv == CKR_OK)
        rv = inner->C_OpenSession(mapped, flags, application, notify, &opened);
    if (rv != CKR_OK)
        return rv;
    pthread_mutex_lock(&lock);
    struct session *free_one = NULL;
    for (size_t i = 0; i < SESSIONS && free_one == NULL; i++)
        free_one = sessions[i].handle == 0 ? &sessions[i] : NULL;
    if (free_one != NULL) {
        *free_one = (struct session){.handle = ++last_handle, .inner = opened, .epoch = epoch};
        *out = free_one->handle;
    }
    pthread_mutex_unlock(&lock);
    if (free_one == NULL)
        (void)inner->C_CloseSession(opened);
    return free_one == NULL ? CKR_SESSION_COUNT : key_writer_leave("C_OpenSession", CKR_OK);
}

CK_RV key_C_CloseSession(CK_SESSION_HANDLE handle)
{
    CK_SESSION_HANDLE opened = 0;
    CK_RV rv = key_writer_enter("C_CloseSession", handle, &opened);
    pthread_mutex_lock(&lock);
    struct session *session = find_session_locked(handle);
    if (session != NULL)
        session->handle = 0;
    pthread_mutex_unlock(&lock);
    return rv == CKR_OK ? inner->C_CloseSession(opened) : rv;
}

CK_RV key_C_CloseAllSessions(CK_SLOT_ID slot)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    CK_RV rv = key_writer_map("C_CloseAllSessions", slot, &key, &mapped);
    if (rv == CKR_CRYPTOKI_NOT_INITIALIZED || rv == CKR_SLOT_ID_INVALID)
        return rv;
    pthread_mutex_lock(&lock);
    memset(sessions, 0, sizeof(sessions));
    pthread_mutex_unlock(&lock);
    return rv == CKR_OK ? inner->C_CloseAllSessions(mapped) : rv;
}

/* --- changes -------------------------------------------------------------------------------------------- */

/* The token that plays the key in the writer; empty for a blank one. */
static void inner_of_writer(char out[KEY_WRITER_TOKEN_BYTES])
{
    struct key_state key;
    out[0] = 0;
    if (key_state_read(writer.name, &key))
        memcpy(out, key.inner, sizeof(key.inner));
}

int key_writer_begin_change(char token[KEY_WRITER_TOKEN_BYTES])
{
    inner_of_writer(token);
    return key_saved_begin(token);
}

/* --- its life ------------------------------------------------------------------------------------------- */

static bool load(void)
{
    const char *path = getenv("SIM_KEY_INNER");
    void *library = dlopen(path != NULL ? path : "/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW | RTLD_LOCAL);
    CK_RV (*get_list)(CK_FUNCTION_LIST **) = NULL;
    if (library != NULL) /* POSIX gives functions as data pointers; see dlsym(3) */
        *(void **)&get_list = dlsym(library, "C_GetFunctionList");
    return get_list != NULL && get_list(&inner) == CKR_OK;
}

bool key_writer_load(void)
{
    pthread_mutex_lock(&lock);
    bool good = inner != NULL || load();
    pthread_mutex_unlock(&lock);
    return good;
}

CK_FUNCTION_LIST *key_writer_softhsm(void)
{
    return inner;
}

bool key_writer_runs(void)
{
    return __atomic_load_n(&initialized, __ATOMIC_ACQUIRE);
}

CK_RV key_writer_start(void)
{
    if (initialized)
        return CKR_CRYPTOKI_ALREADY_INITIALIZED;
    if (!key_state_open())
        return CKR_GENERAL_ERROR;
    CK_RV rv = start_inner();
    if (rv != CKR_OK)
        return rv;
    pthread_mutex_lock(&lock);
    key_state_look(&writer);
    has_inner_slot = false;
    epoch++;
    reported_epoch = epoch;
    memset(sessions, 0, sizeof(sessions));
    __atomic_store_n(&initialized, true, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&lock);
    return CKR_OK;
}

CK_RV key_writer_end(void *reserved)
{
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    __atomic_store_n(&initialized, false, __ATOMIC_RELEASE);
    return inner->C_Finalize(reserved);
}
