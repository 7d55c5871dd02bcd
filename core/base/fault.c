/* fault.c - filling, prefixing and printing the sentence of a failure.
 *
 * Each function formats into a buffer of its own first: callers put an older sentence, even the
 * one of the same fault, into the new one. */
#include "core/base/fault.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum rc fault_set(struct fault *why, enum rc rc, const char *fmt, ...)
{
    int sys = errno; /* before anything can change it */
    char text[FAULT_TEXT_MAX];
    va_list ap;

    MUST(rc != RC_OK);
    if (why == NULL)
        return rc;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    why->rc = rc;
    why->sys = rc == RC_IO ? sys : 0;
    memcpy(why->text, text, sizeof text);
    return rc;
}

void fault_context(struct fault *why, const char *fmt, ...)
{
    char context[FAULT_TEXT_MAX], text[FAULT_TEXT_MAX];
    va_list ap;
    int len = 0;

    if (why == NULL)
        return;
    va_start(ap, fmt);
    vsnprintf(context, sizeof context, fmt, ap);
    va_end(ap);
    memcpy(text, why->text, sizeof text);
    len = snprintf(why->text, sizeof why->text, "%s: %s", context, text); /* cut if too long */
    MUST(len > 0);
}

const char *fault_text(const struct fault *why, char out[FAULT_TEXT_MAX])
{
    char reason[128];
    int len = 0;

    memcpy(out, why->text, FAULT_TEXT_MAX);
    if (why->sys == 0 || strerror_r(why->sys, reason, sizeof reason) != 0)
        return out;
    len = snprintf(out, FAULT_TEXT_MAX, "%s: %s", why->text, reason); /* cut if too long */
    MUST(len > 0);
    return out;
}
