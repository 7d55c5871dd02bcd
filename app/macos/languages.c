/* languages.c - see app/service/languages.h. The system has compared the user's list with what
 * Info.plist says we speak, and knows what was chosen for this program alone. */
#include "app/service/languages.h"
#include "app/cocoa/cocoa.h"
#include <stdio.h>

void languages_wanted(char out[LANGUAGES_MAX])
{
    id pool = cocoa_enter();
    id bundle = ns_bundle_main();

    out[0] = '\0';
    if (can_ns_bundle_languages(bundle))
        snprintf(out, LANGUAGES_MAX, "%s",
                 cocoa_utf8(ns_array_join(ns_bundle_languages(bundle), cocoa_string(":"))));
    cocoa_pool_pop(pool);
}

bool languages_are_the_systems(void)
{
    return true;
}
