/* cocoa.c - see cocoa.h: defines the two arrays of the message table, pools and strings. */
#include "app/cocoa/cocoa.h"
#define ROWS_DEF "app/cocoa/cocoa.def"
#define ROWS_NAME cocoa
#include "app/cocoa/rows_load.h"
#undef ROWS_DEF
#undef ROWS_NAME
#include <dlfcn.h>

id cocoa_pool_push(void)
{
    return ns_init(ns_pool_alloc());
}

void cocoa_pool_pop(id pool)
{
    ns_pool_drain(pool);
}

id cocoa_enter(void)
{
    if (cocoa_class[CLS_NSObject] == (Class)0)
        cocoa_load();
    return cocoa_pool_push();
}

id cocoa_string(const char *utf8)
{
    id s = ns_string_from_utf8(utf8 == NULL ? "" : utf8);

    return s != nil ? s : ns_string_from_utf8("");
}

const char *cocoa_utf8(id string)
{
    const char *utf8 = string == nil ? NULL : ns_string_utf8(string);

    return utf8 == NULL ? "" : utf8;
}

id cocoa_constant(const char *name)
{
    void *all = dlopen(NULL, RTLD_LAZY); /* this program and what it is linked with */
    id *at = all == NULL ? NULL : dlsym(all, name);

    if (all != NULL)
        dlclose(all);
    return at == NULL ? nil : *at;
}
