/* gunzip.h - the bytes inside a compressed file that was signed, read once from start to end.
 *
 * A gzip file of one member, deflate alone, checksum and length right and nothing behind it
 * (updates.md 7). The file is hashed again while it is read: at the end it is proved that what was
 * handed out came from the very bytes that were signed, whatever happened to the file meanwhile.
 * Nothing handed out is to be believed before gunzip_read() has said that it was the end.
 * Limits: a cap on what comes out. Threads: one at a time. Memory: 100 KiB, until gunzip_free(). */
#ifndef CORE_UPDATE_GUNZIP_H
#define CORE_UPDATE_GUNZIP_H
#include "core/update/minisign.h"

struct gunzip;

/* `proof` is borrowed until gunzip_free(). At most `max` bytes come out. */
struct gunzip *gunzip_new(const struct signed_file *proof, uint64_t max);
/* Fills out[len], or as much of it as there is: *got below len is the end, and then all was right.
 * REFUSAL_ARCHIVE, REFUSAL_SIZE, REFUSAL_READ, REFUSAL_SIGNATURE; no call may follow those. */
NODISCARD enum rc gunzip_read(struct gunzip *g, void *out, size_t len, size_t *got,
                              struct refusal *why);
/* Accepts NULL. */
void gunzip_free(struct gunzip *g);

#endif
