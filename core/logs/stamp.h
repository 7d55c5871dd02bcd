/* stamp.h - the times that docker and podman put before each line with `logs --timestamps`:
 * 2026-11-26T14:19:53.370003247Z and a blank, nine digits always, or +01:00 in the place of Z.
 * They tell a line that was read from one that was not when a log is read a second time.
 *
 * An engine that got a line in pieces puts a time before each piece, also inside the line: podman
 * where a read of its own ended (seen with 4.3.1: one line in two thousand at full speed), docker
 * after 16 KiB. Pure. */
#ifndef CORE_LOGS_STAMP_H
#define CORE_LOGS_STAMP_H
#include "core/base/base.h"

/* Bytes of the stamp at the front, its blank included, and its nanoseconds since 1970 in *ns; 0 if
 * there is none. */
size_t stamp_read(const char *text, size_t len, int64_t *ns);
/* Where the next stamp inside a line stands that itself began with one of `ns`, `len` if there is
 * none; *skip is its length then. A program's own times are earlier than the engine's: those stay.
 */
size_t stamp_inside(const char *text, size_t len, int64_t ns, size_t *skip);

#endif
