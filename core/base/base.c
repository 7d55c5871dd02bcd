/* base.c - how the program ends on a bug, and the names of results.
 *
 * must_fail() may run with any lock held and on any thread: it formats on the stack, writes once
 * and aborts, so that a crash report carries the place. */
#include "core/base/base.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void must_fail(const char *cond, const char *file, int line)
{
    char text[512];
    ssize_t told = 0;
    int len = snprintf(text, sizeof text, "container-kit: bug at %s:%d: %s\n", file, line, cond);

    if (len >= (int)sizeof text)
        len = (int)sizeof text - 1;
    if (len > 0)
        told = write(STDERR_FILENO, text, (size_t)len);
    (void)told; /* if nobody listens, the abort tells it all the same */
    abort();
}

const char *rc_name(enum rc rc)
{
    static const char *const names[RC_COUNT] = {
        [RC_OK] = "ok",           [RC_IO] = "io",
        [RC_PARSE] = "parse",     [RC_DENIED] = "denied",
        [RC_TOO_BIG] = "too big", [RC_MISSING] = "missing",
        [RC_DOWN] = "down",       [RC_FAILED] = "failed",
        [RC_TIMEOUT] = "timeout", [RC_CANCELLED] = "cancelled",
        [RC_USAGE] = "usage",
    };

    MUST((unsigned)rc < RC_COUNT);
    return names[rc];
}
