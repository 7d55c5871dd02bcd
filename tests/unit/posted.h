/* posted.h - the home thread of a test: calls that workers post wait in a list, until the test
 * makes them one by one. */
#ifndef TESTS_UNIT_POSTED_H
#define TESTS_UNIT_POSTED_H
#include "core/base/base.h"
#include <pthread.h>
#include <string.h>

#define POSTED_MAX 64

struct posted {
    pthread_mutex_t lock;
    struct {
        void (*call)(void *arg);
        void *arg;
    } list[POSTED_MAX];
    size_t count, max;
};

/* More than `max` at a time is a fault of whoever posts. */
static inline void posted_init(struct posted *p, size_t max)
{
    MUST(max <= POSTED_MAX);
    p->count = 0;
    p->max = max;
    MUST(pthread_mutex_init(&p->lock, NULL) == 0);
}

/* A `post` of a config, whose ctx is the struct posted. */
static inline void posted_put(void *ctx, void (*call)(void *arg), void *arg)
{
    struct posted *p = ctx;

    MUST(pthread_mutex_lock(&p->lock) == 0);
    MUST(p->count < p->max);
    p->list[p->count].call = call;
    p->list[p->count++].arg = arg;
    MUST(pthread_mutex_unlock(&p->lock) == 0);
}

/* Makes the oldest one; false if there is none. */
static inline bool posted_make(struct posted *p)
{
    void (*call)(void *arg) = NULL;
    void *arg = NULL;

    MUST(pthread_mutex_lock(&p->lock) == 0);
    if (p->count > 0) {
        call = p->list[0].call;
        arg = p->list[0].arg;
        memmove(&p->list[0], &p->list[1], --p->count * sizeof p->list[0]);
    }
    MUST(pthread_mutex_unlock(&p->lock) == 0);
    if (call != NULL)
        call(arg);
    return call != NULL;
}

/* Makes those that are left. */
static inline void posted_release(struct posted *p)
{
    while (posted_make(p))
        ;
    MUST(pthread_mutex_destroy(&p->lock) == 0);
}

#endif
