/* store_backup.h - a copy of what the program remembers, for the time in which a new version has
 * yet to prove that it runs (updates.md 10.4).
 *
 * Threads: any; blocks on the disk. No other copy of the program may have the file in use for
 * store_restore(). Memory: none is kept. */
#ifndef CORE_STORE_STORE_BACKUP_H
#define CORE_STORE_STORE_BACKUP_H
#include "core/base/fault.h"

/* Copies the store of the data folder `data` into the folder `to`, which is made. Nothing to copy
 * is RC_OK too. */
NODISCARD enum rc store_backup(const char *data, const char *to, struct fault *why);
/* Puts that copy back if the store has another version by now, which the older program could not
 * read; else what was remembered meanwhile stays. No copy is RC_OK. */
NODISCARD enum rc store_restore(const char *data, const char *from, struct fault *why);

#endif
