/* loop.c - see loop.h: a list of calls under a lock, and a pipe that poll() can see. */
#include "app/cli/loop.h"
#include "core/base/mem.h"
#include "core/base/sys.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

struct call {
    struct call *next;
    void (*call)(void *arg);
    void *arg;
};

struct loop {
    pthread_mutex_t lock;
    struct call *first, **last; /* guarded by lock, as is: */
    bool quit;
    int wake[2]; /* holds a byte while there is something to see: never more than a few */
    int out;     /* standard output, or -1 where poll() cannot watch it (owner's thread) */
    pthread_t signals;
};

static void fill_set(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
}

static void wake_up(struct loop *l)
{
    ssize_t n;

    do
        n = write(l->wake[1], "", 1);
    while (n < 0 && errno == EINTR);
    MUST(n == 1);
}

void loop_quit(struct loop *l)
{
    bool first;

    MUST(pthread_mutex_lock(&l->lock) == 0);
    first = !l->quit;
    l->quit = true;
    MUST(pthread_mutex_unlock(&l->lock) == 0);
    if (first)
        wake_up(l);
}

static void *wait_for_signal(void *arg)
{
    sigset_t set;
    int sig;

    sys_thread_name("signals");
    fill_set(&set);
    MUST(sigwait(&set, &sig) == 0);
    loop_quit(arg);
    return NULL;
}

enum rc loop_new(struct loop **out, struct fault *why)
{
    struct loop *l = mem_new(sizeof *l);
    sigset_t set;

    *l = (struct loop){.lock = PTHREAD_MUTEX_INITIALIZER,
                       .last = &l->first,
                       .wake = {-1, -1},
                       .out = STDOUT_FILENO};
    fill_set(&set);
    MUST(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
    if (sys_pipe(l->wake) != 0) {
        mem_free(l);
        return fault_set(why, RC_IO, "there is no pipe left");
    }
    errno = pthread_create(&l->signals, NULL, wait_for_signal, l);
    if (errno != 0) {
        enum rc rc = fault_set(why, RC_IO, "there is no thread left");

        close(l->wake[0]);
        close(l->wake[1]);
        mem_free(l);
        return rc;
    }
    *out = l;
    return RC_OK;
}

void loop_post(void *loop, void (*call)(void *arg), void *arg)
{
    struct loop *l = loop;
    struct call *c = mem_new(sizeof *c);
    bool was_empty;

    *c = (struct call){NULL, call, arg};
    MUST(pthread_mutex_lock(&l->lock) == 0);
    was_empty = l->first == NULL;
    *l->last = c;
    l->last = &c->next;
    MUST(pthread_mutex_unlock(&l->lock) == 0);
    if (was_empty)
        wake_up(l);
}

static struct call *take_all(struct loop *l, bool *quit)
{
    struct call *all;

    MUST(pthread_mutex_lock(&l->lock) == 0);
    all = l->first;
    l->first = NULL;
    l->last = &l->first;
    *quit = l->quit;
    MUST(pthread_mutex_unlock(&l->lock) == 0);
    return all;
}

static void run_calls(struct call *all)
{
    while (all != NULL) {
        struct call *c = all;

        all = c->next;
        c->call(c->arg);
        mem_free(c);
    }
}

/* Sleeps until a byte is in the pipe; false when standard output has lost its reader. */
static bool sleep_until_woken(struct loop *l)
{
    struct pollfd fds[2] = {{l->wake[0], POLLIN, 0}, {l->out, 0, 0}};
    char bytes[16];

    if (poll(fds, 2, -1) < 0) {
        MUST(errno == EINTR);
        return true;
    }
    if (fds[0].revents & POLLIN)
        MUST(read(l->wake[0], bytes, sizeof bytes) > 0);
    if (fds[1].revents & POLLNVAL)
        l->out = -1; /* a closed one, or on macOS some devices: poll() would never sleep again */
    return (fds[1].revents & (POLLERR | POLLHUP)) == 0;
}

void loop_run(struct loop *l)
{
    bool quit = false;

    while (!quit) {
        if (!sleep_until_woken(l))
            return;
        run_calls(take_all(l, &quit));
    }
}

void loop_free(struct loop *l)
{
    bool quit;

    if (l == NULL)
        return;
    run_calls(take_all(l, &quit));
    /* the thread may have ended already, which is as good */
    (void)pthread_kill(l->signals, SIGTERM);
    MUST(pthread_join(l->signals, NULL) == 0);
    close(l->wake[0]);
    close(l->wake[1]);
    MUST(pthread_mutex_destroy(&l->lock) == 0);
    mem_free(l);
}
