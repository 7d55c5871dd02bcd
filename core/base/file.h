/* file.h - files and folders of our own: private modes, whole or not at all.
 *
 * Symbolic links are not followed in our own folders. Threads: any. */
#ifndef CORE_BASE_FILE_H
#define CORE_BASE_FILE_H
#include "core/base/buf.h"
#include "core/base/fault.h"

#define FILE_PATH_MAX 1024

/* Reads a whole regular file; over out->max is RC_TOO_BIG. `path` "-" is standard input. */
NODISCARD enum rc file_read(const char *path, struct buf *out, struct fault *why);
/* Writes all of it, however many calls that takes: 0, or -1 with errno. */
int file_write_all(int fd, const void *bytes, size_t len);
/* Names in this folder last through a power cut. A file system that cannot do it has lost nothing.
 */
void file_sync_folder(const char *path);
/* Replaces `path` whole, mode 0600: a reader sees the old bytes or the new, never a mix. */
NODISCARD enum rc file_replace(const char *path, const void *data, size_t len, struct fault *why);
/* Something lies there, whatever it is; a link is not followed. */
bool file_is_there(const char *path);
/* Makes the folder and its parents with mode 0700; an existing one stays as it is. */
NODISCARD enum rc file_make_folder(const char *path, struct fault *why);
/* Takes an exclusive lock that ends with the process; *out_fd keeps it. RC_DENIED if another
 * process holds it. The file is made with mode 0600. */
NODISCARD enum rc file_lock(const char *path, int *out_fd, struct fault *why);
/* The user's home folder: $HOME if absolute, else the one of the system's list of users. */
NODISCARD enum rc file_home(char out[FILE_PATH_MAX], struct fault *why);
/* The program's data folder (design.md 1), not made: macOS
 * ~/Library/Application Support/<bundle id>, else $XDG_DATA_HOME/container-kit, with
 * ~/.local/share for a missing or relative XDG_DATA_HOME. In sys_linux.c, sys_macos.c. */
NODISCARD enum rc file_data_folder(char out[FILE_PATH_MAX], struct fault *why);
/* The same for what may be lost: ~/Library/Caches/<bundle id>, else $XDG_CACHE_HOME/container-kit,
 * with ~/.cache. */
NODISCARD enum rc file_cache_folder(char out[FILE_PATH_MAX], struct fault *why);

#endif
