/* platform.c - see app/cocoa/platform.h. macOS brings its own menu bar and always has a display for
 * a program that LaunchServices or a logged-in user starts. */
#include "app/cocoa/platform.h"

enum rc platform_init(struct fault *why)
{
    (void)why;
    return RC_OK;
}

const struct selfcheck_table *platform_table(void)
{
    return NULL; /* all that is sent here is a row of cocoa.def */
}
