/* pipes.h - pipes between us and a child: our end never blocks, and writing never raises SIGPIPE.
 *
 * For core/exec alone. Every descriptor made here is closed on exec and is not 0, 1 or 2, so that
 * a child's 0, 1 and 2 can be put in place in any order, even when ours were closed.
 * Threads: any; one descriptor belongs to one thread at a time. */
#ifndef CORE_EXEC_PIPES_H
#define CORE_EXEC_PIPES_H
#include "core/base/base.h"
#include <sys/types.h>

/* *ours and *theirs are the two ends; `we_write` says which is which. Both are the caller's to
 * close. 0, or -1 with errno, and then both are -1. */
int pipes_open(int *ours, int *theirs, bool we_write);
/* A file without a name in `folder`, for reading and writing. -1 with errno. */
int pipes_file(const char *folder);
/* A copy of fd that is none of 0, 1, 2 and closed on exec. -1 with errno. */
int pipes_copy(int fd);
/* Closes *fd unless it is -1, and makes it -1. */
void pipes_close(int *fd);

/* How many bytes went; 0 if there is no room now; -1 with errno, EPIPE if nobody reads. */
ssize_t pipes_write(int fd, const void *bytes, size_t len);
/* How many bytes came; 0 at the end, also after an error; -1 if there are none now. */
ssize_t pipes_read(int fd, void *bytes, size_t size);

#endif
