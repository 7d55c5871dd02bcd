/* power.c - see app/service/power.h: one thread that polls the system bus and the kernel.
 *
 * A bus that is not there is not there: a machine without logind. One that was there and went is
 * being restarted; then what it told is taken back, for its end might never be told, and it is
 * tried again from time to time. */
#include "app/service/power.h"
#include "app/gnustep/power_bus.h"
#include "app/gnustep/power_net.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define AGAIN_MS 30000 /* between attempts to reach a bus that went */

struct power {
    struct power_config config;
    struct worker *thread;
    bool stopped; /* home thread */

    struct power_bus *bus; /* the rest is the thread's; NULL: none */
    int64_t again_at;      /* clock_ms() of the next attempt, 0: none */
    int net;               /* -1: none */
    struct burst burst;
};

/* On its way to the home thread. */
struct heard {
    struct power *power;
    enum power_event what;
};

static void deliver(void *arg)
{
    struct heard *h = arg;

    if (!h->power->stopped)
        h->power->config.hear(h->power->config.ctx, h->what);
    mem_free(h);
}

static void hear(void *ctx, enum power_event what)
{
    struct power *p = ctx;
    struct heard *h = mem_new(sizeof *h);

    *h = (struct heard){p, what};
    p->config.post(p->config.post_ctx, deliver, h);
}

static void open_bus(struct power *p)
{
    const bool first = p->again_at == 0;
    int e = 0;

    p->bus = power_bus_open(hear, p, &e);
    p->again_at = p->bus == NULL && !first ? clock_ms() + AGAIN_MS : 0;
    if (p->bus == NULL && first)
        log_info("power: no system bus, so nothing of sleep and lock: %s", strerror(e));
    else if (p->bus != NULL)
        log_debug("power: listening on the system bus");
}

static void lose_bus(struct power *p)
{
    static const enum power_event as_before[] = {POWER_WAKE, POWER_SESSION_BACK, POWER_UNLOCK,
                                                 POWER_LOW_OFF};

    log_info("power: the system bus has gone");
    power_bus_free(p->bus);
    p->bus = NULL;
    p->again_at = clock_ms() + AGAIN_MS;
    for (size_t i = 0; i < countof(as_before); i++)
        hear(p, as_before[i]);
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int64_t time_left(const struct power *p)
{
    int64_t now = clock_ms(), again = -1;

    if (p->again_at != 0)
        again = p->again_at > now ? p->again_at - now : 0;
    return sooner(burst_wait(&p->burst, now), again);
}

/* Sleeps until something is there to be done. */
static void wait_for_more(const struct power *p, const struct cancel *stop)
{
    struct pollfd fds[] = {
        {.fd = cancel_fd(stop), .events = POLLIN}, {.fd = p->net, .events = POLLIN}, {.fd = -1}};
    int64_t wait = time_left(p);

    if (p->bus != NULL)
        power_bus_poll(p->bus, &fds[2], &wait);
    (void)poll(fds, countof(fds), (int)wait); /* -1: until something comes */
}

/* The thread. */
static int64_t run(void *ctx, struct cancel *stop)
{
    struct power *p = ctx;

    p->net = power_net_open();
    if (p->net < 0)
        log_info("power: nothing of network changes: %s", strerror(errno));
    open_bus(p);
    while (!cancel_is_set(stop)) {
        if (p->bus != NULL && !power_bus_process(p->bus))
            lose_bus(p);
        if (p->again_at != 0 && clock_ms() >= p->again_at)
            open_bus(p);
        if (p->net >= 0 && power_net_changed(p->net))
            burst_hear(&p->burst, clock_ms());
        if (burst_wait(&p->burst, clock_ms()) == 0) {
            burst_told(&p->burst);
            hear(p, POWER_NETWORK_CHANGED);
        }
        wait_for_more(p, stop);
    }
    power_bus_free(p->bus);
    p->bus = NULL;
    if (p->net >= 0)
        close(p->net);
    return WORKER_SLEEP;
}

struct power *power_new(const struct power_config *config)
{
    struct power *p = mem_new(sizeof *p);

    p->config = *config;
    p->net = -1;
    p->thread = worker_new("power", run, p);
    return p;
}

void power_stop(struct power *p)
{
    if (p == NULL)
        return;
    p->stopped = true;
    worker_free(p->thread);
    p->thread = NULL;
}

void power_free(struct power *p)
{
    mem_free(p);
}
