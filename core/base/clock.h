/* clock.h - what time it is. Decisions take times as arguments; only edges ask here.
 *
 * Deadlines use clock_ms(), which stands still during sleep; ages use clock_wall_s().
 * Threads: any. */
#ifndef CORE_BASE_CLOCK_H
#define CORE_BASE_CLOCK_H
#include "core/base/base.h"

int64_t clock_ms(void);     /* milliseconds, only differences mean something */
int64_t clock_wall_s(void); /* seconds since 1970-01-01T00:00:00Z */

/* RFC 3339 with optional fraction and zone -> seconds since 1970. False if it is not one, or the
 * year is 0001 (docker's and podman's "never"). Pure. */
bool clock_parse_rfc3339(const char *text, int64_t *out_s);
/* Nanoseconds since 1970 -> 2026-11-26T14:19:53.370003247Z, in UTC. Pure. */
#define CLOCK_TEXT_MAX 40
void clock_print_rfc3339(int64_t ns, char out[CLOCK_TEXT_MAX]);

#endif
