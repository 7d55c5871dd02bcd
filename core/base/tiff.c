/* tiff.c - see tiff.h. The form is that of TIFF revision 6.0, sections 2 (structure), 6 (RGB) and
 * 18 (alpha): a header, one table of fields, the bits of each sample, then all rows as one strip.
 */
#include "core/base/tiff.h"

enum {
    SAMPLES = 4, /* red, green, blue, alpha */
    HEADER = 8,
    FIELDS = 11,
    FIELD = 12, /* bytes of one */
    BITS_AT = HEADER + 2 + FIELDS * FIELD + 4,
    PIXELS_AT = BITS_AT + 2 * SAMPLES
};

enum kind { SHORT = 3, LONG = 4 };

struct field {
    unsigned tag;
    enum kind kind;
    uint32_t count, value; /* or where the values are */
};

static unsigned char *put(unsigned char *at, uint32_t n, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char)(n >> (8 * i));
    return at + bytes;
}

static void put_head(unsigned char *at, unsigned width, unsigned height)
{
    const struct field fields[FIELDS] = {
        {256, LONG, 1, width},
        {257, LONG, 1, height},
        {258, SHORT, SAMPLES, BITS_AT},
        {259, SHORT, 1, 1}, /* not compressed */
        {262, SHORT, 1, 2}, /* RGB */
        {273, LONG, 1, PIXELS_AT},
        {277, SHORT, 1, SAMPLES},
        {278, LONG, 1, height}, /* rows of the strip */
        {279, LONG, 1, width * height * SAMPLES},
        {284, SHORT, 1, 1}, /* the samples of a pixel side by side */
        {338, SHORT, 1, 1}, /* alpha, with which the others are multiplied */
    };

    at = put(at, 'I' << 8 | 'I', 2); /* the smallest part of a number comes first */
    at = put(at, 42, 2);
    at = put(at, HEADER, 4);
    at = put(at, FIELDS, 2);
    for (size_t i = 0; i < FIELDS; i++) {
        at = put(at, fields[i].tag, 2);
        at = put(at, fields[i].kind, 2);
        at = put(at, fields[i].count, 4);
        at = put(at, fields[i].value, 4);
    }
    at = put(at, 0, 4); /* no further picture */
    for (int i = 0; i < SAMPLES; i++)
        at = put(at, 8, 2);
}

enum rc tiff_shape(const unsigned char *cover, unsigned width, unsigned height, struct buf *out)
{
    unsigned char head[PIXELS_AT];
    size_t count = (size_t)width * height;
    enum rc rc = RC_OK;

    MUST(width > 0 && width <= TIFF_SIDE_MAX && height > 0 && height <= TIFF_SIDE_MAX);
    put_head(head, width, height);
    rc = buf_add(out, head, sizeof head);
    for (size_t i = 0; i < count && rc == RC_OK; i++) {
        const unsigned char pixel[SAMPLES] = {0, 0, 0, cover[i]};

        rc = buf_add(out, pixel, sizeof pixel);
    }
    return rc;
}
