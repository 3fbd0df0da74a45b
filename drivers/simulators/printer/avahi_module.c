/* Stands in for the Avahi client library in ippeveprinter, which does not start without DNS-SD even when it
 * is told not to register anything. Preloaded by sim-printer into that one program only: nothing is
 * announced, no D-Bus is spoken. The functions are those ippeveprinter may call, with the signatures of
 * avahi-client 0.8. */
#include <stdlib.h>

void *avahi_client_new(const void *poll, int flags, void *callback, void *context, int *error);
void avahi_client_free(void *client);
int avahi_client_errno(void *client);
const char *avahi_client_get_host_name_fqdn(void *client);
void *avahi_entry_group_new(void *client, void *callback, void *context);
int avahi_entry_group_free(void *group);
int avahi_entry_group_reset(void *group);
int avahi_entry_group_commit(void *group);
int avahi_entry_group_add_service_strlst(void *group, int interface, int protocol, int flags,
                                         const char *name, const char *type, const char *domain,
                                         const char *host, unsigned short port, void *texts);
int avahi_entry_group_add_service_subtype(void *group, int interface, int protocol, int flags,
                                          const char *name, const char *type, const char *domain,
                                          const char *subtype);
int avahi_entry_group_add_record(void *group, int interface, int protocol, int flags, const char *name,
                                 unsigned short class, unsigned short type, unsigned ttl, const void *data,
                                 size_t size);

/* Only the program that was started with it is meant, not the print command that program starts. */
__attribute__((constructor)) static void forget_preload(void)
{
    (void)unsetenv("LD_PRELOAD");
}

/* Something that is not NULL and is never looked into. */
static int dummy;

void *avahi_client_new(const void *poll, int flags, void *callback, void *context, int *error)
{
    (void)poll;
    (void)flags;
    (void)callback;
    (void)context;
    if (error != NULL)
        *error = 0;
    return &dummy;
}

void avahi_client_free(void *client)
{
    (void)client;
}

int avahi_client_errno(void *client)
{
    (void)client;
    return 0;
}

const char *avahi_client_get_host_name_fqdn(void *client)
{
    (void)client;
    return "localhost";
}

void *avahi_entry_group_new(void *client, void *callback, void *context)
{
    (void)client;
    (void)callback;
    (void)context;
    return &dummy;
}

int avahi_entry_group_free(void *group)
{
    (void)group;
    return 0;
}

int avahi_entry_group_reset(void *group)
{
    (void)group;
    return 0;
}

int avahi_entry_group_commit(void *group)
{
    (void)group;
    return 0;
}

int avahi_entry_group_add_service_strlst(void *group, int interface, int protocol, int flags,
                                         const char *name, const char *type, const char *domain,
                                         const char *host, unsigned short port, void *texts)
{
    (void)group;
    (void)interface;
    (void)protocol;
    (void)flags;
    (void)name;
    (void)type;
    (void)domain;
    (void)host;
    (void)port;
    (void)texts;
    return 0;
}

int avahi_entry_group_add_service_subtype(void *group, int interface, int protocol, int flags,
                                          const char *name, const char *type, const char *domain,
                                          const char *subtype)
{
    (void)group;
    (void)interface;
    (void)protocol;
    (void)flags;
    (void)name;
    (void)type;
    (void)domain;
    (void)subtype;
    return 0;
}

int avahi_entry_group_add_record(void *group, int interface, int protocol, int flags, const char *name,
                                 unsigned short class, unsigned short type, unsigned ttl, const void *data,
                                 size_t size)
{
    (void)group;
    (void)interface;
    (void)protocol;
    (void)flags;
    (void)name;
    (void)class;
    (void)type;
    (void)ttl;
    (void)data;
    (void)size;
    return 0;
}
