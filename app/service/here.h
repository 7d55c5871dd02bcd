/* here.h - core/desktop/place.h and tool_link.h with the facts of this very process. Main thread.
 */
#ifndef APP_SERVICE_HERE_H
#define APP_SERVICE_HERE_H
#include "app/setup.h"
#include "core/desktop/place.h"
#include "core/desktop/tool_link.h"

/* Where we lie; asks the disk and, on a Mac, the system. */
void here_place(const struct setup *setup, struct place *out);
/* Where the link of the command line tool would lie; borrows from *setup and the environment. */
struct tool_link_where here_link(const struct setup *setup);

#endif
