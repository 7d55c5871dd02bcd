/* secret.h - a password in memory: on locked pages of its own, wiped when it goes.
 *
 * The pages are never written to swap, a core file leaves them out where the system can (Linux),
 * those around them may not be touched, and they cannot be changed once filled. Bytes with a
 * length, not text: so none ends up in a log line or a sentence by the habit of "%s". What gives
 * one to a child writes the bytes to its stdin; never into words, environment, files or SQLite
 * (design.md 6).
 * Limits: 1 to SECRET_MAX bytes. Threads: any; it does not change. Memory: secret_free(). */
#ifndef CORE_BASE_SECRET_H
#define CORE_BASE_SECRET_H
#include "core/base/fault.h"

#define SECRET_MAX ((size_t)4096)

struct secret;

/* Copies: for bytes that their owner wipes. RC_OK and *out is the caller's, RC_DENIED for none,
 * RC_TOO_BIG over the cap. */
NODISCARD enum rc secret_new(const void *bytes, size_t len, struct secret **out, struct fault *why);
/* The same, and wipes `bytes` whatever comes of it. */
NODISCARD enum rc secret_take(void *bytes, size_t len, struct secret **out, struct fault *why);
/* All that comes from `fd` until its end, without the line end that it ends with, if any: a
 * password that another program pipes in. Blocks. Also RC_IO. */
NODISCARD enum rc secret_read(int fd, struct secret **out, struct fault *why);
/* Another one with the same bytes. */
struct secret *secret_copy(const struct secret *s);
/* Without a NUL behind them, which may be among them; valid as long as *s. */
const void *secret_bytes(const struct secret *s);
size_t secret_len(const struct secret *s);
/* Wipes and gives back. Accepts NULL. */
void secret_free(struct secret *s);

/* For a buffer that a secret was read into; no compiler leaves it out. */
void secret_wipe(void *bytes, size_t len);

#endif
