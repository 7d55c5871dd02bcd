/* first_start.h - was the program ever started by this user (mac-behaviour 15)?
 *
 * A file in the data folder remembers. Threads: any. */
#ifndef CORE_DESKTOP_FIRST_START_H
#define CORE_DESKTOP_FIRST_START_H
#include "core/base/fault.h"

/* The welcome is due: nobody started the program before, and a person did it now. A folder that
 * cannot be used remembers nothing, so there it is never due. */
bool first_start_due(const char *data_folder, bool at_login);
/* From now on it is not due any more. The folder is there. */
NODISCARD enum rc first_start_done(const char *data_folder, struct fault *why);

#endif
