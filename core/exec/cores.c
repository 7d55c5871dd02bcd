/* cores.c - see cores.h: a count of starts under way, the first of which raises the limit and the
 * last of which lowers it, so that no lock is held while a child starts. */
#include "core/exec/cores.h"

static void lock(struct cores *c)
{
    MUST(pthread_mutex_lock(&c->lock) == 0);
}

static void unlock(struct cores *c)
{
    MUST(pthread_mutex_unlock(&c->lock) == 0);
}

/* With the lock. Up to the hard limit a process may always set its soft one. */
static void set(const struct cores *c, rlim_t soft)
{
    struct rlimit limit = {.rlim_cur = soft, .rlim_max = c->given.rlim_max};

    MUST(setrlimit(RLIMIT_CORE, &limit) == 0);
}

void cores_init(struct cores *c)
{
    *c = (struct cores){.hidden = false};
    MUST(pthread_mutex_init(&c->lock, NULL) == 0);
}

void cores_hide(struct cores *c)
{
    lock(c);
    MUST(!c->hidden && c->starting == 0);
    MUST(getrlimit(RLIMIT_CORE, &c->given) == 0);
    c->hidden = true;
    set(c, 0);
    unlock(c);
}

void cores_lend(struct cores *c)
{
    lock(c);
    if (c->hidden && c->starting++ == 0)
        set(c, c->given.rlim_cur);
    unlock(c);
}

void cores_take_back(struct cores *c)
{
    lock(c);
    if (c->hidden && --c->starting == 0)
        set(c, 0);
    unlock(c);
}

void cores_release(struct cores *c)
{
    MUST(c->starting == 0);
    MUST(pthread_mutex_destroy(&c->lock) == 0);
}
