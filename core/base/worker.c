/* worker.c - the loop of a worker: wait for a poke, a descriptor, a time or the stop; work.
 *
 * A poke is a byte in a pipe that is emptied before work() is called: a poke during the work is
 * seen by the next wait, and a thousand of them make one more round. No lock: the pipe and the
 * stop sign are all that crosses threads; `watched` and `due_ms` belong to the thread. */
#include "core/base/worker.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/sys.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

struct worker {
    pthread_t thread; /* the owner's */
    pthread_t self;   /* the same, as the thread itself knows it from its first moment */
    struct cancel *stop;
    int poke[2]; /* both ends do not block */
    int watched; /* the thread's own */
    worker_fn *work;
    void *ctx;
    char name[SYS_THREAD_NAME_MAX];
};

/* Time until due_ms in poll()'s terms: -1 for ever. */
static int poll_ms(int64_t due_ms)
{
    int64_t left = 0;

    if (due_ms == WORKER_SLEEP)
        return -1;
    left = due_ms - clock_ms();
    if (left <= 0)
        return 0;
    return left > INT_MAX ? INT_MAX : (int)left;
}

static void drain(int fd)
{
    char bytes[64];

    while (read(fd, bytes, sizeof bytes) > 0)
        continue;
}

/* Waits; true when work() is due, false when the worker has to end. */
static bool wait_due(struct worker *w, int64_t due_ms)
{
    enum { STOP, POKE, WATCHED };
    struct pollfd p[] = {[STOP] = {.fd = cancel_fd(w->stop), .events = POLLIN},
                         [POKE] = {.fd = w->poke[0], .events = POLLIN},
                         [WATCHED] = {.fd = w->watched, .events = POLLIN}};

    for (;;) {
        int ms = poll_ms(due_ms);
        int n = poll(p, countof(p), ms);

        MUST(n >= 0 || errno == EINTR);
        if (cancel_is_set(w->stop))
            return false;
        if (n < 0 || (n == 0 && ms != 0))
            continue; /* interrupted, or poll() came back early: look at the clock again */
        MUST((p[WATCHED].revents & POLLNVAL) == 0); /* closed before worker_watch(w, -1) */
        drain(w->poke[0]);
        return true;
    }
}

static void *worker_main(void *arg)
{
    struct worker *w = arg;
    int64_t due_ms = 0, again_ms = 0;

    w->self = pthread_self();
    sys_thread_name(w->name);
    while (wait_due(w, due_ms)) {
        again_ms = w->work(w->ctx, w->stop);
        MUST(again_ms >= 0 || again_ms == WORKER_SLEEP);
        due_ms = again_ms == WORKER_SLEEP ? WORKER_SLEEP : clock_ms() + again_ms;
    }
    return NULL;
}

/* Starts a thread with signals blocked, so that main() alone handles them; what a fault of the
 * thread itself raises stays open. */
static void start(pthread_t *thread, void *(*run)(void *), void *arg)
{
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
    sigset_t block, before;

    sigfillset(&block);
    for (size_t i = 0; i < countof(own); i++)
        sigdelset(&block, own[i]);
    MUST(pthread_sigmask(SIG_BLOCK, &block, &before) == 0);
    MUST(pthread_create(thread, NULL, run, arg) == 0);
    MUST(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
}

static void keep_name(char out[SYS_THREAD_NAME_MAX], const char *name)
{
    for (size_t i = 0; i + 1 < SYS_THREAD_NAME_MAX && name[i] != '\0'; i++)
        out[i] = name[i];
}

struct worker *worker_new(const char *name, worker_fn *work, void *ctx)
{
    struct worker *w = mem_new(sizeof *w);

    keep_name(w->name, name);
    w->stop = cancel_new();
    w->watched = -1;
    w->work = work;
    w->ctx = ctx;
    MUST(sys_pipe(w->poke) == 0);
    for (int i = 0; i < 2; i++)
        MUST(fcntl(w->poke[i], F_SETFL, O_NONBLOCK) == 0);
    start(&w->thread, worker_main, w);
    return w;
}

void worker_poke(struct worker *w)
{
    ssize_t n = 0;

    do
        n = write(w->poke[1], "x", 1);
    while (n < 0 && errno == EINTR);
    MUST(n == 1 || errno == EAGAIN); /* a full pipe is a poke as well */
}

void worker_watch(struct worker *w, int fd)
{
    MUST(pthread_equal(pthread_self(), w->self));
    w->watched = fd;
}

void worker_free(struct worker *w)
{
    if (w == NULL)
        return;
    cancel_trigger(w->stop);
    MUST(pthread_join(w->thread, NULL) == 0);
    cancel_free(w->stop);
    close(w->poke[0]);
    close(w->poke[1]);
    mem_free(w);
}

struct left {
    char name[SYS_THREAD_NAME_MAX];
    worker_left_fn *run;
    void *ctx;
};

static void *left_main(void *arg)
{
    struct left l = *(struct left *)arg;

    mem_free(arg);
    sys_thread_name(l.name);
    l.run(l.ctx);
    return NULL;
}

void worker_leave(const char *name, worker_left_fn *run, void *ctx)
{
    struct left *l = mem_new(sizeof *l);
    pthread_t thread;

    keep_name(l->name, name);
    l->run = run;
    l->ctx = ctx;
    start(&thread, left_main, l);
    MUST(pthread_detach(thread) == 0);
}
