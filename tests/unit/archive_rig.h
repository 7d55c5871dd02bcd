/* archive_rig.h - archives made in memory, a folder to unpack into, and the proof that takes. Also
 * for the fuzzer. */
#ifndef TESTS_UNIT_ARCHIVE_RIG_H
#define TESTS_UNIT_ARCHIVE_RIG_H
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/update/archive.h"
#include "tests/unit/proof_rig.h"
#include <fcntl.h>
#include <stdlib.h>
#include <zlib.h>

/* tar[len] as a gzip file, not made smaller: that is quick, and each byte stays where it is. */
static void rig_gzip(const void *tar, size_t len, struct buf *out)
{
    z_stream z = {0};
    unsigned char *room = NULL;
    size_t size = 0;

    MUST(deflateInit2(&z, Z_NO_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    size = deflateBound(&z, len) + 64;
    room = mem_new(size);
    z.next_in = (unsigned char *)(uintptr_t)tar;
    z.avail_in = (unsigned)len;
    z.next_out = room;
    z.avail_out = (unsigned)size;
    MUST(deflate(&z, Z_FINISH) == Z_STREAM_END);
    MUST(buf_add(out, room, size - z.avail_out) == RC_OK);
    MUST(deflateEnd(&z) == Z_OK);
    mem_free(room);
}

/* Writes bytes[len] over what the file held. */
static void rig_write(int fd, const void *bytes, size_t len)
{
    MUST(ftruncate(fd, 0) == 0);
    MUST(pwrite(fd, bytes, len, 0) == (ssize_t)len);
}

#endif
