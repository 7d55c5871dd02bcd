/* copies.h - other running programs that have our bundle identifier (mac-behaviour 8).
 *
 * The instance lock tells that another one runs; this tells whether it is another copy of the
 * program, which the user may not know of. Pure; any thread. */
#ifndef CORE_DESKTOP_COPIES_H
#define CORE_DESKTOP_COPIES_H
#include "core/base/fault.h"
#include "core/base/file.h"

#define COPIES_MAX 16 /* more are not looked at */

struct copy {
    long pid;
    char path[FILE_PATH_MAX]; /* of its bundle, "" if the system does not say */
};

/* The first that is another process than own_pid, and not the bundle that own_executable lies in;
 * NULL if there is none. */
const struct copy *copies_other(const struct copy *list, size_t count, long own_pid,
                                const char *own_executable);
/* "Container Kit already runs from <folder>. ...", the path being safe to show. */
void copies_sentence(const struct copy *other, char out[FAULT_TEXT_MAX]);

#endif
