/* bus.c - see bus.h. A worker that also wakes up when the connection has something to read.
 *
 * sd-bus never blocks here: connecting, sending and receiving go on inside sd_bus_process(). What
 * the socket does not take at once is sent a moment later. */
#include "app/gnustep/bus.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>

#define RETRY_FIRST_MS 1000
#define RETRY_LAST_MS 60000
#define UNSENT_MS 20 /* until the socket is tried again */

struct bus {
    struct bus_config config;
    sd_bus *bus; /* down to retry_ms: the thread's own; NULL: not connected */
    int64_t retry_at;
    int64_t retry_ms;
    pthread_mutex_t lock;  /* guards what stands below it */
    struct worker *worker; /* its thread may run before worker_new() has returned */
};

static struct worker *worker_of(struct bus *b)
{
    struct worker *w;

    MUST(pthread_mutex_lock(&b->lock) == 0);
    w = b->worker;
    MUST(pthread_mutex_unlock(&b->lock) == 0);
    return w;
}

/* Closes the connection, which failed for the reason `error`, a negative errno. */
static void give_up(struct bus *b, int error)
{
    const char *which = b->config.which == BUS_SYSTEM ? "system" : "session";
    struct fault why = {0};

    if (error == -ENOMEDIUM || error == -ENOENT)
        fault_set(&why, RC_DOWN, "there is no %s bus", which);
    else
        fault_set(&why, RC_DOWN, "the %s bus cannot be reached: %s", which, strerror(-error));
    log_info("%s: %s", b->config.name, why.text);
    worker_watch(worker_of(b), -1);
    b->bus = sd_bus_close_unref(b->bus);
    b->retry_ms = b->retry_ms == 0 ? RETRY_FIRST_MS : b->retry_ms * 2;
    if (b->retry_ms > RETRY_LAST_MS)
        b->retry_ms = RETRY_LAST_MS;
    b->retry_at = clock_ms() + b->retry_ms;
    b->config.down(b->config.ctx, &why);
}

static int open_bus(struct bus *b)
{
    int r = b->config.which == BUS_SYSTEM ? sd_bus_open_system(&b->bus) : sd_bus_open_user(&b->bus);

    if (r < 0)
        return r;
    worker_watch(worker_of(b), sd_bus_get_fd(b->bus));
    return b->config.up(b->config.ctx, b->bus);
}

/* Everything that can be done now. */
static int process(struct bus *b)
{
    int r = b->config.work(b->config.ctx, b->bus);

    while (r >= 0 && (r = sd_bus_process(b->bus, NULL)) > 0)
        b->retry_ms = 0; /* it speaks to us */
    return r;
}

/* Until it wants to be called without having something to read. */
static int64_t wait_ms(const struct bus *b)
{
    int events = sd_bus_get_events(b->bus);
    uint64_t at_us;

    if (events >= 0 && (events & POLLOUT) != 0)
        return UNSENT_MS;
    if (sd_bus_get_timeout(b->bus, &at_us) <= 0 || at_us == UINT64_MAX)
        return WORKER_SLEEP;
    return at_us / 1000 > (uint64_t)clock_ms() ? (int64_t)(at_us / 1000) - clock_ms() + 1 : 0;
}

static int64_t work(void *ctx, struct cancel *stop)
{
    struct bus *b = ctx;
    int64_t left = b->retry_at - clock_ms();
    int r = 0;

    (void)stop;
    if (b->bus == NULL && left > 0)
        return left;
    if (b->bus == NULL)
        r = open_bus(b);
    if (r >= 0)
        r = process(b);
    if (r >= 0)
        return wait_ms(b);
    give_up(b, r);
    return b->retry_ms;
}

struct bus *bus_new(const struct bus_config *config)
{
    struct bus *b = mem_new(sizeof *b);

    b->config = *config;
    MUST(pthread_mutex_init(&b->lock, NULL) == 0);
    MUST(pthread_mutex_lock(&b->lock) == 0);
    b->worker = worker_new(config->name, work, b);
    MUST(pthread_mutex_unlock(&b->lock) == 0);
    return b;
}

void bus_poke(struct bus *b)
{
    worker_poke(worker_of(b));
}

void bus_free(struct bus *b)
{
    if (b == NULL)
        return;
    worker_free(b->worker);
    sd_bus_close_unref(b->bus);
    MUST(pthread_mutex_destroy(&b->lock) == 0);
    mem_free(b);
}
