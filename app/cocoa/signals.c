/* signals.c - see signals.h. The thread is ended by a signal sent to itself alone, with `stop` set
 * before it. */
#include "app/cocoa/signals.h"
#include "core/base/mem.h"
#include "core/base/sys.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

struct signals {
    sigset_t set, before;
    int first; /* any signal of the set, 0 if it is empty */
    pthread_t thread;
    bool started;
    atomic_bool stop;
    void (*quit)(void *ctx);
    void *ctx;
};

/* Blocked signals wait even where they are ignored, so those are left out. */
static bool ignored(int sig)
{
    struct sigaction now;

    return sigaction(sig, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

struct signals *signals_new(void)
{
    static const int wanted[] = {SIGTERM, SIGINT, SIGHUP};
    struct signals *s = mem_new(sizeof *s);

    sigemptyset(&s->set);
    for (size_t i = 0; i < countof(wanted); i++) {
        if (ignored(wanted[i]))
            continue;
        sigaddset(&s->set, wanted[i]);
        s->first = wanted[i];
    }
    MUST(pthread_sigmask(SIG_BLOCK, &s->set, &s->before) == 0);
    return s;
}

static void *wait_for_signals(void *arg)
{
    struct signals *s = arg;
    int sig;
    bool told = false;

    sys_thread_name("signals");
    for (;;) {
        MUST(sigwait(&s->set, &sig) == 0);
        if (atomic_load(&s->stop))
            return NULL;
        if (told)
            _exit(128 + sig);
        told = true;
        s->quit(s->ctx);
    }
}

void signals_start(struct signals *s, void (*quit)(void *ctx), void *ctx)
{
    if (s->first == 0)
        return;
    s->quit = quit;
    s->ctx = ctx;
    MUST(pthread_create(&s->thread, NULL, wait_for_signals, s) == 0);
    s->started = true;
}

void signals_free(struct signals *s)
{
    if (s == NULL)
        return;
    if (s->started) {
        atomic_store(&s->stop, true);
        MUST(pthread_kill(s->thread, s->first) == 0);
        MUST(pthread_join(s->thread, NULL) == 0);
    }
    MUST(pthread_sigmask(SIG_SETMASK, &s->before, NULL) == 0);
    mem_free(s);
}
