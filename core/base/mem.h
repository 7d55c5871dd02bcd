/* mem.h - memory that never fails, and arenas.
 *
 * When the system has no memory left the program ends with one line: no caller checks for NULL.
 * Therefore every size that comes from outside is capped before it gets here.
 * Threads: any; an arena belongs to one thread until it is handed away. */
#ifndef CORE_BASE_MEM_H
#define CORE_BASE_MEM_H
#include "core/base/base.h"

/* Zeroed memory of size bytes, never NULL, for mem_free(). */
void *mem_new(size_t size);
/* Zeroed array; MUST() on overflow of count * size. */
void *mem_new_array(size_t count, size_t size);
/* Resizes to count * size bytes; new bytes are not zeroed. Takes `old` (may be NULL). */
void *mem_grow(void *old, size_t count, size_t size);
/* A copy with a NUL behind it. */
char *mem_dup(const void *bytes, size_t len);
char *mem_str(const char *text);
/* Accepts NULL. */
void mem_free(void *p);

/* Many small things with one life: freed together, never one by one. Zeroed is empty. */
struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes handed out, for tests and benchmarks */
};

/* Zeroed memory, aligned for any type, valid until arena_release(). */
void *arena_new(struct arena *a, size_t size);
void *arena_new_array(struct arena *a, size_t count, size_t size);
/* A copy of len bytes with a NUL behind them. */
const char *arena_dup(struct arena *a, const char *bytes, size_t len);
const char *arena_str(struct arena *a, const char *text);
/* printf into the arena. */
const char *arena_print(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
void arena_release(struct arena *a);

#endif
