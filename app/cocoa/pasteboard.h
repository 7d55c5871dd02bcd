/* pasteboard.h - copying plain text for the user. Main thread. */
#ifndef APP_COCOA_PASTEBOARD_H
#define APP_COCOA_PASTEBOARD_H
#include <stdbool.h>

/* Replaces what is on the general pasteboard. False if the system refused. */
bool pasteboard_copy(const char *utf8);
/* The same for what may hold secrets: marked so that programs which keep a history of the
 * pasteboard leave it out (nspasteboard.org, "Concealed"). */
bool pasteboard_conceal(const char *utf8);

#endif
