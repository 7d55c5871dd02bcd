/* buf.c - bytes that grow by doubling, never over the cap, always with a NUL behind them. */
#include "core/base/buf.h"
#include "core/base/mem.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SIZE_FIRST ((size_t)256)

void buf_init(struct buf *b, size_t max)
{
    MUST(max >= 1 && max < SIZE_MAX);
    *b = (struct buf){.max = max};
}

/* Room for `more` bytes and the NUL, or RC_TOO_BIG. */
static enum rc reserve(struct buf *b, size_t more)
{
    size_t need = 0, size = b->size > 0 ? b->size : SIZE_FIRST;

    MUST(b->max >= 1); /* else buf_init() was forgotten */
    if (more > b->max - b->len)
        return RC_TOO_BIG;
    need = b->len + more + 1;
    if (need <= b->size)
        return RC_OK;
    while (size < need)
        size = size > SIZE_MAX / 2 ? need : size * 2;
    if (size > b->max + 1)
        size = b->max + 1;
    b->data = mem_grow(b->data, size, 1);
    b->size = size;
    return RC_OK;
}

enum rc buf_add(struct buf *b, const void *bytes, size_t len)
{
    if (reserve(b, len) != RC_OK)
        return RC_TOO_BIG;
    if (len > 0)
        memcpy(b->data + b->len, bytes, len);
    b->len += len;
    b->data[b->len] = '\0';
    return RC_OK;
}

enum rc buf_text_add(struct buf *b, const char *text)
{
    return buf_add(b, text, strlen(text));
}

enum rc buf_print(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    int len = 0;

    va_start(ap, fmt);
    len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    MUST(len >= 0);
    if (reserve(b, (size_t)len) != RC_OK)
        return RC_TOO_BIG;
    va_start(ap, fmt);
    vsnprintf(b->data + b->len, (size_t)len + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)len;
    return RC_OK;
}

const char *buf_text(const struct buf *b)
{
    return b->data != NULL ? b->data : "";
}

void buf_drop(struct buf *b, size_t n)
{
    MUST(n <= b->len);
    if (n == 0)
        return;
    b->len -= n;
    memmove(b->data, b->data + n, b->len + 1);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->data != NULL)
        b->data[0] = '\0';
}

void buf_release(struct buf *b)
{
    if (b == NULL)
        return;
    mem_free(b->data);
    *b = (struct buf){.max = b->max};
}
