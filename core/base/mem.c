/* mem.c - allocation that ends the program instead of failing, and arenas.
 *
 * An arena is a list of blocks, the newest in front; each new block is twice as large as the one
 * before, up to a limit, so that small snapshots stay small and large ones need few calls. A thing
 * that does not fit gets a new block; what was left in the old one is given up. */
#include "core/base/mem.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_FIRST ((size_t)2 * 1024)
#define BLOCK_MAX ((size_t)256 * 1024)

struct arena_block {
    struct arena_block *next; /* older */
    size_t size, used;        /* of data */
    _Alignas(max_align_t) char data[];
};

NORETURN static void out_of_memory(void)
{
    static const char text[] = "container-kit: out of memory\n";

    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(1);
    abort();
}

void *mem_new(size_t size)
{
    void *p = calloc(1, size > 0 ? size : 1);

    if (p == NULL)
        out_of_memory();
    return p;
}

void *mem_new_array(size_t count, size_t size)
{
    MUST(size == 0 || count <= SIZE_MAX / size);
    return mem_new(count * size);
}

void *mem_grow(void *old, size_t count, size_t size)
{
    void *p = NULL;

    MUST(size == 0 || count <= SIZE_MAX / size);
    p = realloc(old, count * size > 0 ? count * size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

char *mem_dup(const void *bytes, size_t len)
{
    char *p = NULL;

    MUST(len < SIZE_MAX);
    p = mem_new(len + 1);
    if (len > 0)
        memcpy(p, bytes, len);
    return p;
}

char *mem_str(const char *text)
{
    return mem_dup(text, strlen(text));
}

void mem_free(void *p)
{
    free(p);
}

static void block_add(struct arena *a, size_t size_min)
{
    size_t size = BLOCK_FIRST;
    struct arena_block *b = NULL;

    if (a->blocks != NULL)
        size = a->blocks->size >= BLOCK_MAX / 2 ? BLOCK_MAX : a->blocks->size * 2;
    if (size < size_min)
        size = size_min;
    MUST(size < SIZE_MAX - sizeof *b);
    b = mem_new(sizeof *b + size);
    b->size = size;
    b->next = a->blocks;
    a->blocks = b;
}

/* `align` is a power of two. The blocks are zeroed and every byte is handed out once. */
static void *take(struct arena *a, size_t size, size_t align)
{
    struct arena_block *b = a->blocks;
    size_t at = 0;

    if (b != NULL)
        at = (b->used + align - 1) & ~(align - 1);
    if (b == NULL || at > b->size || size > b->size - at) {
        block_add(a, size);
        b = a->blocks;
        at = 0;
    }
    b->used = at + size;
    a->used += size;
    return b->data + at;
}

void *arena_new(struct arena *a, size_t size)
{
    return take(a, size, _Alignof(max_align_t));
}

void *arena_new_array(struct arena *a, size_t count, size_t size)
{
    MUST(size == 0 || count <= SIZE_MAX / size);
    return arena_new(a, count * size);
}

const char *arena_dup(struct arena *a, const char *bytes, size_t len)
{
    char *p = NULL;

    MUST(len < SIZE_MAX);
    p = take(a, len + 1, 1);
    if (len > 0)
        memcpy(p, bytes, len);
    return p;
}

const char *arena_str(struct arena *a, const char *text)
{
    return arena_dup(a, text, strlen(text));
}

const char *arena_print(struct arena *a, const char *fmt, ...)
{
    char *p = NULL;
    va_list ap;
    int len = 0;

    va_start(ap, fmt);
    len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    MUST(len >= 0);
    p = take(a, (size_t)len + 1, 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)len + 1, fmt, ap);
    va_end(ap);
    return p;
}

void arena_release(struct arena *a)
{
    if (a == NULL)
        return;
    while (a->blocks != NULL) {
        struct arena_block *next = a->blocks->next;

        mem_free(a->blocks);
        a->blocks = next;
    }
    a->used = 0;
}
