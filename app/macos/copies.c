/* copies.c - see app/service/copies.h. */
#include "app/service/copies.h"
#include "app/macos/macos.h"
#include <stdio.h>

/* +0; nil for a bare executable, which has no copies. */
static id all(void)
{
    id name;

    macos_load(); /* this may come before platform_init() */
    name = mac_bundle_id(mac_bundle_main());
    return name == nil ? nil : mac_running_of(name);
}

size_t copies_running(struct copy out[COPIES_MAX])
{
    id list = all();
    unsigned long count = list == nil ? 0 : mac_array_count(list);
    size_t n = 0;

    for (unsigned long i = 0; i < count && n < COPIES_MAX; i++) {
        id one = mac_array_at(list, i), url = mac_running_bundle(one);
        const char *path = url == nil ? NULL : mac_string_utf8(mac_url_path(url));

        out[n].pid = mac_running_pid(one);
        snprintf(out[n].path, sizeof out[n].path, "%s", path == NULL ? "" : path);
        n++;
    }
    return n;
}

bool copies_quit(long pid)
{
    id list = all();
    unsigned long count = list == nil ? 0 : mac_array_count(list);

    for (unsigned long i = 0; i < count; i++)
        if (mac_running_pid(mac_array_at(list, i)) == pid)
            return mac_running_quit(mac_array_at(list, i)) != NO;
    return false;
}
