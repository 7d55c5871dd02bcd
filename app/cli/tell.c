/* tell.c - what the command line says: sentences on standard error, bytes on standard output, and
 * the exit status that goes with a result. */
#include "app/cli/words.h"
#include "core/base/text.h"
#include <stdarg.h>
#include <stdio.h>

void cli_say(const char *fmt, ...)
{
    struct arena a = {0};
    char text[1024];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    /* one call, so that sentences of threads never mix */
    fprintf(stderr, "container-kit: %s\n", text_safe(&a, text));
    arena_release(&a);
}

bool cli_put(const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, stdout) == len && fflush(stdout) == 0;
}

enum cli_status cli_status_of_rc(enum rc rc)
{
    switch (rc) {
    case RC_OK:
        return CLI_DONE;
    case RC_USAGE:
        return CLI_USAGE;
    case RC_MISSING:
    case RC_DOWN:
        return CLI_UNAVAILABLE;
    case RC_TIMEOUT:
        return CLI_TIMEOUT;
    default:
        return CLI_FAILED;
    }
}

enum cli_status cli_status_of_engine(enum engine_state state)
{
    switch (state) {
    case ENGINE_RUNNING:
        return CLI_DONE;
    case ENGINE_NOT_RESPONDING:
        return CLI_TIMEOUT;
    case ENGINE_STOPPED:
    case ENGINE_MISSING:
    case ENGINE_NOT_TRUSTED:
    case ENGINE_PERMISSION:
    case ENGINE_MISMATCH:
        return CLI_UNAVAILABLE;
    default:
        return CLI_FAILED;
    }
}
