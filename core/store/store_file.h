/* store_file.h - the file behind the store: made private, checked once, brought up to date, moved
 * aside when damaged. Private to core/store. */
#ifndef CORE_STORE_STORE_FILE_H
#define CORE_STORE_STORE_FILE_H
#include "core/store/store.h"

enum store_use { STORE_READ, STORE_WRITE };

/* A connection to a file of this version. Never both RC_OK and a NULL *out. */
NODISCARD enum rc store_open(struct store *s, enum store_use use, struct db **out,
                             struct fault *why);
/* Closes it and passes rc on. RC_PARSE, damage that the first check did not see, makes the next
 * call check again. `db` may be NULL. */
NODISCARD enum rc store_close(struct store *s, struct db *db, enum rc rc);

/* The version of the file's own schema; 0 if it has none. */
NODISCARD enum rc store_file_version(struct db *db, int64_t *version, struct fault *why);
/* A whole copy at `path`, mode 0600, in place of what is there. */
NODISCARD enum rc store_file_copy(struct db *db, const char *path, struct fault *why);

#endif
