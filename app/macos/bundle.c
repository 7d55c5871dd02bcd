/* bundle.c - see app/service/bundle.h. */
#include "app/service/bundle.h"
#include "app/cocoa/cocoa.h"
#include <stdio.h>

bool bundle_id(char out[BUNDLE_ID_MAX])
{
    id pool = cocoa_enter();
    int len = snprintf(out, BUNDLE_ID_MAX, "%s", cocoa_utf8(ns_bundle_id(ns_bundle_main())));

    if (len >= BUNDLE_ID_MAX)
        out[0] = '\0';
    cocoa_pool_pop(pool);
    return out[0] != '\0';
}
