/* bundle.h - what the system takes this program for.
 *
 * One file per system: app/macos/bundle.c, app/gnustep/bundle.c. Main thread. */
#ifndef APP_SERVICE_BUNDLE_H
#define APP_SERVICE_BUNDLE_H
#include <stdbool.h>

#define BUNDLE_ID_MAX 128

/* The identifier of the app that we run as. False and "" if it is none: an executable without an
 * app around it, and always on Linux. */
bool bundle_id(char out[BUNDLE_ID_MAX]);

#endif
