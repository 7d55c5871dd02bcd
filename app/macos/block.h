/* block.h - blocks as plain C sees them: made by hand as completion handlers, and called.
 *
 * The layout is what clang makes of a block literal on the stack without objects in it: the system
 * copies all of it bitwise when it keeps it and frees its copy itself, so what is captured must
 * mean something until the handler was called. It is called on a thread of the system's. */
#ifndef APP_MACOS_BLOCK_H
#define APP_MACOS_BLOCK_H
#include "app/cocoa/objc.h"

struct block_descriptor {
    unsigned long reserved;
    unsigned long size;    /* of the struct that begins with the block, what it captures included */
    const char *signature; /* the encoding of invoke, the block itself being "@?" */
};

/* The first member of a struct whose others are what it captures. */
struct block {
    void *isa;
    int flags;
    int reserved;
    IMP invoke; /* its first argument is the block */
    const struct block_descriptor *descriptor;
};

/* The class of a block on the stack; libSystem's. */
extern void *_NSConcreteStackBlock[32];

static inline struct block block_make(IMP invoke, const struct block_descriptor *descriptor)
{
    enum { HAS_SIGNATURE = 0x40000000 }; /* BLOCK_HAS_SIGNATURE */

    return (struct block){(void *)_NSConcreteStackBlock, HAS_SIGNATURE, 0, invoke, descriptor};
}

/* Calls a block of the system's that takes nothing. */
static inline void block_call(struct block *b)
{
    ((void (*)(struct block *))b->invoke)(b);
}

/* Calls a block of the system's that takes an NSUInteger. */
static inline void block_call_number(struct block *b, unsigned long number)
{
    ((void (*)(struct block *, unsigned long))b->invoke)(b, number);
}

#endif
