/* archive.h - unpacks an update that was proved to be signed.
 *
 * Takes the proof, not a path: bytes that nobody signed cannot get here, and the file is read from
 * the descriptor that was checked (offer_check(), minisign_file()). What may be in the archive is a
 * closed list (updates.md 7): files, folders, symbolic links that stay inside, all in one folder
 * Name.app. Owners, times and attributes are not taken over. Modes become 0755, or 0644 for a file
 * that its owner may not run; one that gives rights away refuses the archive.
 * Nothing is ever written through a link: each folder on the way is opened without following one,
 * each file is new, and links are made when all else is there.
 * Threads: any; it waits for the disk. Memory: none is kept. */
#ifndef CORE_UPDATE_ARCHIVE_H
#define CORE_UPDATE_ARCHIVE_H
#include "core/update/archive_names.h"
#include "core/update/minisign.h"

#define ARCHIVE_ENTRIES_MAX 20000
#define ARCHIVE_UNPACKED_MAX ((uint64_t)512 << 20)  /* bytes of all files */
#define ARCHIVE_TAR_MAX ((uint64_t)1 << 30)         /* the same with headers and notes */
#define ARCHIVE_PADDING_MAX ((uint64_t)1 << 20)     /* zeros behind the end */
#define ARCHIVE_SPACE_LEFT_MIN ((uint64_t)64 << 20) /* room that has to remain on the disk */

struct cancel;

/* Unpacks into the open folder `staging`, which is fresh, of mode 0700 and the caller's, and writes
 * the name of the app's folder to `app`. `unpacked_max`, 0 if it was not told, is a cap for the
 * bytes of all files. `stop` may be NULL. On RC_OK all of it is on the disk; otherwise nothing of
 * it is left in the folder. */
NODISCARD enum rc archive_unpack(const struct signed_file *proof, int staging,
                                 uint64_t unpacked_max, const struct cancel *stop,
                                 char app[ARCHIVE_PART_MAX + 1], struct refusal *why);

#endif
