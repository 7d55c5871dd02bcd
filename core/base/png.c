/* png.c - see png.h. The form is that of the PNG specification (W3C, third edition): a signature,
 * then chunks of length, name, content and CRC-32. */
#include "core/base/png.h"
#include "core/base/mem.h"
#include <string.h>
#include <zlib.h>

enum {
    BITS = 8,
    WITH_ALPHA = 6, /* colour type: red, green, blue and alpha */
    SAMPLES = 4,
    CHUNK_NAME = 4
};

static void put_number(unsigned char *at, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(n >> (24 - 8 * i));
}

static enum rc add_number(struct buf *out, uint32_t n)
{
    unsigned char bytes[4];

    put_number(bytes, n);
    return buf_add(out, bytes, sizeof bytes);
}

/* The CRC is of the name and the content. */
static enum rc add_chunk(struct buf *out, const char *name, const void *content, size_t len)
{
    uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)name, CHUNK_NAME);
    enum rc rc = add_number(out, (uint32_t)len);

    if (len > 0)
        crc = (uint32_t)crc32(crc, content, (unsigned)len);
    if (rc == RC_OK)
        rc = buf_add(out, name, CHUNK_NAME);
    if (rc == RC_OK && len > 0)
        rc = buf_add(out, content, len);
    return rc == RC_OK ? add_number(out, crc) : rc;
}

/* Each row begins with the number of its filter, which is none. */
static unsigned char *rows_of(const unsigned char *cover, unsigned width, unsigned height,
                              size_t *len)
{
    size_t row = 1 + (size_t)width * SAMPLES;
    unsigned char *bytes = mem_new_array(height, row);

    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width; x++)
            bytes[y * row + 1 + (size_t)x * SAMPLES + 3] = cover[(size_t)y * width + x];
    *len = height * row;
    return bytes;
}

static enum rc add_pixels(struct buf *out, const unsigned char *cover, unsigned width,
                          unsigned height)
{
    size_t len = 0;
    unsigned char *rows = rows_of(cover, width, height, &len);
    uLongf packed_len = compressBound((uLong)len);
    unsigned char *packed = mem_new(packed_len);
    enum rc rc;

    MUST(compress(packed, &packed_len, rows, (uLong)len) == Z_OK);
    rc = add_chunk(out, "IDAT", packed, packed_len);
    mem_free(packed);
    mem_free(rows);
    return rc;
}

enum rc png_shape(const unsigned char *cover, unsigned width, unsigned height, struct buf *out)
{
    static const unsigned char signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    unsigned char head[13] = {[8] = BITS, [9] = WITH_ALPHA};
    enum rc rc = buf_add(out, signature, sizeof signature);

    MUST(width > 0 && width <= PNG_SIDE_MAX && height > 0 && height <= PNG_SIDE_MAX);
    put_number(head, width);
    put_number(head + 4, height);
    if (rc == RC_OK)
        rc = add_chunk(out, "IHDR", head, sizeof head);
    if (rc == RC_OK)
        rc = add_pixels(out, cover, width, height);
    return rc == RC_OK ? add_chunk(out, "IEND", NULL, 0) : rc;
}
