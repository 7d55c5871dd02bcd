/* moment.h - dates with a time, as RFC 3339 (5.6) writes them and an update manifest uses them:
 * 2026-11-18T09:30:00Z, with a fraction of a second or an offset where it likes.
 *
 * Strict: real dates of the calendar, years 0000 to 9999, second 60 allowed. Pure; any thread. */
#ifndef CORE_UPDATE_MOMENT_H
#define CORE_UPDATE_MOMENT_H
#include "core/base/base.h"

/* Seconds since 1970 in UTC, a fraction cut off: true and *out; false if the text is none. */
NODISCARD bool moment_read(const char *text, int64_t *out);

#endif
