/* cancel.c - a pipe into which one byte is written and from which nobody ever reads. */
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/sys.h"
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

struct cancel {
    atomic_bool set; /* spares cancel_is_set() a system call */
    int ends[2];
};

struct cancel *cancel_new(void)
{
    struct cancel *c = mem_new(sizeof *c);

    atomic_init(&c->set, false);
    MUST(sys_pipe(c->ends) == 0); /* at most a few dozen exist, made by ourselves */
    return c;
}

void cancel_free(struct cancel *c)
{
    if (c == NULL)
        return;
    close(c->ends[0]);
    close(c->ends[1]);
    mem_free(c);
}

void cancel_trigger(struct cancel *c)
{
    ssize_t n = 0;

    if (atomic_exchange(&c->set, true))
        return;
    do
        n = write(c->ends[1], "x", 1);
    while (n < 0 && errno == EINTR);
    MUST(n == 1);
}

bool cancel_is_set(const struct cancel *c)
{
    return c != NULL && atomic_load(&c->set);
}

int cancel_fd(const struct cancel *c)
{
    return c != NULL ? c->ends[0] : -1;
}

bool cancel_wait_ms(const struct cancel *c, int64_t ms)
{
    struct pollfd p = {.fd = cancel_fd(c), .events = POLLIN};
    int64_t end = clock_ms() + (ms > 0 ? ms : 0);

    for (int64_t left = ms; left > 0 && !cancel_is_set(c); left = end - clock_ms())
        if (poll(&p, 1, left > INT_MAX ? INT_MAX : (int)left) < 0)
            MUST(errno == EINTR);
    return cancel_is_set(c);
}
