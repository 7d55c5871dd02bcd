/* copies.h - other running programs with our bundle identifier: finding them, asking one to quit.
 * What to think of them is core/desktop/copies.h. Main thread; may be called before AppKit runs. */
#ifndef APP_SERVICE_COPIES_H
#define APP_SERVICE_COPIES_H
#include "core/desktop/copies.h"

/* Those that the system knows, this one too; their count. Always 0 on Linux, where no program has a
 * bundle. */
size_t copies_running(struct copy out[COPIES_MAX]);
/* Asks it to quit, as a person would; false if it is not there any more. It may take its time. */
bool copies_quit(long pid);

#endif
